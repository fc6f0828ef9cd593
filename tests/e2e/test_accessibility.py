"""axe-core finds nothing on any page, by the rules of WCAG 2.0 to 2.2, levels A and AA."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e import axe
from tests.e2e.axe import PHONE

pytestmark = pytest.mark.e2e

NewPage = Callable[..., Page]
Ask = Callable[[Page, str], None]
OpenAt = Callable[..., None]

DOCUMENT = "/documents/panzhihua-2020-07-30"
ZH_LIGHT = {"locale": "zh-CN", "color_scheme": "light"}
EN_DARK = {"locale": "en-GB", "color_scheme": "dark"}
QUESTIONS = {
    "zh-CN": ("要建设哪些产业园？", "市政府办公室的电话号码是多少？"),
    "en-GB": ("Which industrial parks will be built?", "What is the phone number of the mayor's office?"),
}
BOTH = pytest.mark.parametrize("look", [ZH_LIGHT, EN_DARK], ids=["zh-light", "en-dark"])


def violations(page: Page) -> list[str]:
    """What axe finds, a line for each element.

    Axe takes what the question box, which stays in view, half covers for a small target: look from the page's end.
    """
    page.evaluate("window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    page.wait_for_timeout(100)  # let colours that change slowly arrive
    return axe.violations(page)


def test_axe_finds_what_is_there_to_find(new_page: NewPage) -> None:
    page = new_page(fresh=True)  # what it is filled with is under no policy of the site
    page.set_content('<main><img src="data:," width="9"><p style="color:#bbb;background:#fff">pale</p></main>')
    found = " ".join(violations(page))
    for rule in ("image-alt", "color-contrast", "html-has-lang", "document-title"):
        assert rule in found


@BOTH
def test_chat(new_page: NewPage, open_at: OpenAt, ask: Ask, look: dict[str, str]) -> None:
    page = new_page(**look)
    answered, refused = QUESTIONS[look["locale"]]
    open_at(page)
    assert violations(page) == []
    page.locator(".welcome button.door").last.click()
    assert violations(page) == []
    ask(page, answered)
    page.locator("#sources-body mark.quote").first.wait_for()
    assert violations(page) == []
    page.locator("#current [data-verdict=not_helpful]").click()
    page.locator("#current .feedback textarea").wait_for()
    assert violations(page) == []
    ask(page, refused)
    assert violations(page) == []


@BOTH
def test_source_sheet_on_a_phone(new_page: NewPage, open_at: OpenAt, ask: Ask, look: dict[str, str]) -> None:
    page = new_page(**look, **PHONE)
    open_at(page)
    assert violations(page) == []
    ask(page, QUESTIONS[look["locale"]][0])
    assert violations(page) == []
    page.locator("#current a.cite").first.tap()
    page.locator("#sources.open mark.quote").first.wait_for()
    assert violations(page) == []


@BOTH
@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desktop", "phone"])
def test_documents(new_page: NewPage, look: dict[str, str], screen: dict[str, object]) -> None:
    page = new_page(**look, **screen)
    for path in ("/documents", DOCUMENT, f"{DOCUMENT}?quote=3900-4100"):
        page.goto(path)
        assert violations(page) == [], path
    page.locator("#find input").fill("产业")
    page.locator("mark.found.current").first.wait_for()
    assert violations(page) == []


@BOTH
def test_unknown_document(new_page: NewPage, look: dict[str, str]) -> None:
    page = new_page(**look)
    # The browser writes the status 404 to the console, which counts as an error elsewhere: show the page itself.
    page.goto("/documents")
    response = page.request.get("/documents/none", headers={"accept-language": look["locale"]})
    assert response.status == 404
    page.route("**/documents", lambda route: route.fulfill(body=response.body(), content_type="text/html"))
    page.goto("/documents")
    assert page.locator("h1").count() == 1
    assert violations(page) == []
