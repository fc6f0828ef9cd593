"""The doors of the welcome, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import PHONE

pytestmark = pytest.mark.e2e

NewPage = Callable[..., Page]
OpenAt = Callable[..., None]


def shown(page: Page) -> list[str]:
    return page.locator(".welcome .suggestion:visible").all_text_contents()


def test_a_door_shows_its_questions_and_gives_the_general_ones_back(page: Page) -> None:
    general = shown(page)
    door = page.get_by_role("button", name="投资者")
    expect(door).to_have_attribute("aria-expanded", "false")
    door.click()
    expect(door).to_have_attribute("aria-expanded", "true")
    behind = shown(page)
    assert behind
    assert not set(behind) & set(general)
    page.get_by_role("button", name="市民").click()
    expect(door).to_have_attribute("aria-expanded", "false")
    assert not set(shown(page)) & {*behind, *general}
    page.get_by_role("button", name="市民").click()
    assert shown(page) == general


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_question_behind_a_door_is_answered_by_keyboard(new_page: NewPage, open_at: OpenAt, locale: str) -> None:
    page = new_page(locale=locale)
    open_at(page)
    doors = page.locator(".welcome button.door:enabled")
    expect(doors).to_have_count(3)
    doors.last.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    question = page.locator(".welcome .suggestion:focus").text_content() or ""
    assert question == shown(page)[0]
    page.keyboard.press("Enter")
    expect(page.locator("#current .asked bdi")).to_have_text(question)
    expect(page.locator("#current .status")).to_contain_text(re.compile("已回答|Answered"))


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_doors_fit_a_phone(new_page: NewPage, open_at: OpenAt, locale: str) -> None:
    page = new_page(locale=locale, **PHONE)
    open_at(page)
    for door in page.locator(".welcome button.door:enabled").all():
        door.tap()
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
        for target in (door, *page.locator(".welcome .suggestion:visible").all()):
            box = target.bounding_box()
            assert box is not None
            assert min(box["height"], box["width"]) >= 44
