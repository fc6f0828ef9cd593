"""The document page in a real browser, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

NewPage = Callable[..., Page]
PAGE = "/documents/panzhihua-2020-07-30"


def test_readable_without_scripts(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{PAGE}?quote=3900-3940#clause-7")
    expect(page.locator("#clause-7")).to_be_in_viewport()
    expect(page.locator("mark.quote").first).to_be_visible()
    expect(page.locator("nav.contents a").first).to_be_visible()
    expect(page.locator(".translation").first).to_be_hidden()
    page.get_by_label("对照显示英文译文").check()
    expect(page.locator(".translation").first).to_be_visible()


def test_that_the_quoted_words_are_gone_is_in_sight_where_the_link_leads(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 780})
    page.goto(f"{PAGE}?quote=3900-3940-deadbeef#clause-7")
    expect(page.locator("#clause-7")).to_be_in_viewport()
    expect(page.get_by_text("所引用的文字不在原处了")).to_be_in_viewport()
    expect(page.locator("mark.quote")).to_have_count(0)


def test_contents_lead_to_clauses(new_page: NewPage) -> None:
    page = new_page()
    page.goto(PAGE)
    page.locator("nav.contents a[href='#clause-11']").click()
    expect(page.locator("#clause-11")).to_be_in_viewport()
    assert page.url.endswith("#clause-11")


def test_contents_are_folded_on_a_phone(new_page: NewPage) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(PAGE)
    expect(page.locator("nav.contents a").first).to_be_hidden()
    page.locator("nav.contents summary").click()
    expect(page.locator("nav.contents a").first).to_be_visible()


def test_translation_stands_beside_the_text_on_a_desktop_and_below_on_a_phone(new_page: NewPage) -> None:
    page = new_page(locale="en-GB")
    for width, beside in ((1280, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(PAGE)
        original = page.locator("#clause-4 .original").bounding_box()
        translation = page.locator("#clause-4 .translation").bounding_box()
        assert original is not None
        assert translation is not None
        assert (translation["x"] >= original["x"] + original["width"]) == beside
        assert (translation["y"] >= original["y"] + original["height"]) != beside


def test_misprints_are_marked(new_page: NewPage) -> None:
    page = new_page()
    page.goto(PAGE)
    expect(page.locator("mark.misprint")).to_have_text(["城乡融合发发展示范区", "国家级钇钛高新区"])
    expect(page.locator("mark.misprint").first).to_have_attribute("title", "疑为“城乡融合发展示范区”之误")


def test_unknown_document(new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False)
    response = page.request.get("/documents/none")
    assert response.status == 404
    assert "没有找到这份文件" in response.text()
