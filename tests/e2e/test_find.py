"""The search box of the document page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

NewPage = Callable[..., Page]
PAGE = "/documents/panzhihua-2020-07-30"
WORDS = "产业园"


@pytest.fixture
def text(new_page: NewPage) -> Page:
    page = new_page()
    page.goto(PAGE)
    return page


def test_hidden_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(PAGE)
    expect(page.locator("#find")).to_be_hidden()
    expect(page.locator("#clause-4")).to_be_visible()


def test_marks_every_match_and_walks_through_them(text: Page) -> None:
    before = text.locator("article").inner_text()
    expected = before.count(WORDS)
    assert expected > 2
    box = text.get_by_label("在本文中查找")
    count = text.locator("#find [role=status]")
    current = text.locator("mark.found.current")
    box.fill(WORDS)
    expect(count).to_have_text(f"第 1 / {expected} 处")
    expect(text.locator("mark.found")).to_have_count(expected)
    box.press("Enter")
    expect(count).to_have_text(f"第 2 / {expected} 处")
    expect(current).to_be_in_viewport()
    box.press("Shift+Enter")
    box.press("Shift+Enter")
    expect(count).to_have_text(f"第 {expected} / {expected} 处")
    text.get_by_role("button", name="下一处").click()
    expect(count).to_have_text(f"第 1 / {expected} 处")
    expect(current).to_have_text(WORDS)
    box.press("Escape")
    expect(box).to_have_value("")
    expect(count).to_have_text("")
    expect(text.locator("mark.found")).to_have_count(0)
    assert text.locator("article").inner_text() == before


def test_says_when_there_is_nothing(text: Page) -> None:
    text.get_by_label("在本文中查找").fill("没有(这个")
    expect(text.locator("#find [role=status]")).to_have_text("没有找到")
    expect(text.get_by_role("button", name="下一处")).to_be_disabled()


def test_finds_across_a_misprint_and_a_quote(text: Page) -> None:
    content = text.locator("article").evaluate("article => article.textContent")
    assert "城乡融合发发展示范区和绿色" in content
    text.get_by_label("在本文中查找").fill("打造城乡融合发发展示范区和绿色")
    expect(text.locator("#find [role=status]")).to_have_text("第 1 / 1 处")
    assert "".join(text.locator("mark.found.current").all_text_contents()) == "打造城乡融合发发展示范区和绿色"
    expect(text.locator("mark.misprint")).to_have_count(2)


def test_looks_in_what_is_shown_only(text: Page) -> None:
    box = text.get_by_label("在本文中查找")
    box.fill("AIRPORT")
    expect(text.locator("#find [role=status]")).to_have_text("没有找到")
    text.get_by_label("对照显示英文译文").check()
    expect(text.locator("#find [role=status]")).to_have_text(re.compile("第 1 / "))


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_fits_a_phone(new_page: NewPage, locale: str) -> None:
    page = new_page(locale=locale, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    page.goto(PAGE)
    page.locator("#find input").fill("a" if locale == "en-GB" else "的")
    expect(page.locator("mark.found.current")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0
    for control in page.locator("#find input, #find button").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
