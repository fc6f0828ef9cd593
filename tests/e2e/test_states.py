"""What is easily left unfinished: a slow or lost connection, paper, 200 % zoom, reduced motion, no mouse, weight."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

pytestmark = pytest.mark.e2e

NewPage = Callable[..., Page]
Ask = Callable[[Page, str], None]
OpenAt = Callable[..., None]
SignIn = Callable[[Page], None]
Settle = Callable[[Page], None]

QUESTION = "要建设哪些产业园？"
DOCUMENT = "/documents/panzhihua-2020-07-30"
JOIN = "**/gradio_api/queue/join*"
OF_GRADIO = ("/assets/", "/static/", "/gradio_api/", "/theme.css", "/config", "/en/assets/", "/en/gradio_api/")
MOST_BYTES = 1_000_000


@pytest.mark.parametrize("path", ["/", "/en/", "/documents", DOCUMENT, "/desk/login"])
def test_our_share_of_a_first_load_is_under_a_megabyte(
    new_page: NewPage, open_at: OpenAt, site: str, path: str
) -> None:
    page = new_page(fresh=True, locale="en-GB" if path.startswith("/en") else "zh-CN")
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    if path in ("/", "/en/"):
        open_at(page, path)
    else:
        page.goto(path)
    ours = {
        response.url: len(response.body())
        for response in responses
        if not response.url.removeprefix(site).startswith(OF_GRADIO) and response.url.startswith(site)
    }
    assert any("/ui/base.css" in url for url in ours)
    assert 10_000 < sum(ours.values()) < MOST_BYTES, ours


def test_a_slow_server_is_waited_for_in_words(page: Page, settle: Settle) -> None:
    held: list[Route] = []
    page.route(JOIN, lambda route: held.append(route))
    page.locator("#question textarea").fill(QUESTION)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".not-yet-sent[role=status]")).to_have_text("正在发送问题…网络可能较慢，请稍等。")
    held[0].continue_()
    expect(page.locator('#current .turn[data-state="done"]')).to_be_visible()
    expect(page.locator(".not-yet-sent")).to_be_empty()
    settle(page)


def test_a_welcome_that_comes_late_does_not_push_the_answer_away(page: Page, ask: Ask) -> None:
    """A server that has just started may still be finding the questions of the welcome when one is asked."""
    late = page.locator(".welcome").evaluate("welcome => welcome.outerHTML")
    ask(page, "钒钛新城要建哪几个产业园？")
    page.locator("#earlier").evaluate("(earlier, welcome) => earlier.insertAdjacentHTML('afterbegin', welcome)", late)
    expect(page.locator(".welcome")).to_have_count(1)
    expect(page.locator(".welcome")).to_be_hidden()
    expect(page.locator("#current .answer-text")).to_be_in_viewport()


def test_a_lost_connection_is_told_and_costs_no_words(browser: Browser, site: str, open_at: OpenAt) -> None:
    context = browser.new_context(base_url=site, locale="en-GB")
    try:
        page = context.new_page()
        open_at(page, "/en/")
        context.set_offline(True)
        page.locator("#question textarea").fill("Which industrial parks will be built?")
        page.locator("#ask").click()
        expect(page.locator(".connection-lost[role=alert]")).to_contain_text("cannot be reached", timeout=15_000)
        expect(page.locator(".not-yet-sent")).to_be_empty()
        context.set_offline(False)
        expect(page.locator(".connection-lost")).to_be_empty(timeout=30_000)
        expect(page.locator("#question textarea")).to_have_value("Which industrial parks will be built?")
        page.locator("#ask").click()
        expect(page.locator('#current .turn[data-state="done"]')).to_be_visible(timeout=30_000)
    finally:
        context.close()


def test_paper_is_white_whatever_the_screen(new_page: NewPage, open_at: OpenAt, ask: Ask) -> None:
    page = new_page(color_scheme="dark")
    open_at(page)
    ask(page, QUESTION)
    colour = "e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).map(Number)"
    assert min(page.locator("#current .answer-text > p").first.evaluate(colour)) > 150
    page.emulate_media(media="print")
    assert max(page.locator("#current .answer-text > p").first.evaluate(colour)) < 100
    page.emulate_media(media="screen")
    page.goto(f"{DOCUMENT}?quote=3900-4100")
    page.emulate_media(media="print")
    assert max(page.locator(".original p:not(.adoption)").first.evaluate(colour)) < 100
    for hidden in (".site-header", ".contents", "#find"):
        expect(page.locator(hidden).first).to_be_hidden()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_zoomed_to_200_percent_everything_is_in_reach(
    new_page: NewPage, open_at: OpenAt, ask: Ask, sign_in: SignIn, locale: str
) -> None:
    """A window of 1280 × 800 at 200 %: half as many CSS pixels each way (WCAG 1.4.4, 1.4.10)."""
    page = new_page(locale=locale, viewport={"width": 640, "height": 400}, device_scale_factor=2)
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    open_at(page, "/" if locale == "zh-CN" else "/en/")
    assert page.evaluate(fits)
    ask(page, QUESTION if locale == "zh-CN" else "Which industrial parks will be built?")
    assert page.evaluate(fits)
    page.locator("#current a.cite").first.click()
    expect(page.locator("#sources.open mark.quote").first).to_be_in_viewport()
    page.locator(".sources-close").click()
    answer = page.locator("#current .answer-text > p").first.bounding_box()
    box = page.locator("#composer").bounding_box()
    assert answer is not None
    assert box is not None
    assert box["height"] < 200, "the question box leaves half of the window to the answer"
    page.goto(f"{DOCUMENT}#clause-11")
    assert page.evaluate(fits)
    expect(page.locator("#clause-11")).to_be_in_viewport()
    sign_in(page)
    for path in ("/desk", "/desk/evaluation"):
        page.goto(path)
        assert page.evaluate(fits), path


def test_with_reduced_motion_nothing_moves(new_page: NewPage, open_at: OpenAt) -> None:
    moving = "document.getAnimations().filter(a => a.effect.getComputedTiming().activeDuration > 50).length"
    for motion, moves in (("no-preference", True), ("reduce", False)):
        page = new_page(reduced_motion=motion)
        open_at(page)
        # The mark that says "searching", as the server sends it before an answer.
        page.locator("#current").evaluate(
            """e => e.insertAdjacentHTML('beforeend', '<p class="searching">…</p>')""",
        )
        assert bool(page.evaluate(moving)) is moves


def test_without_a_mouse(page: Page) -> None:
    """From the top of the page to an answer, its clause, and a word on it, with Tab, Enter, space and Escape alone."""

    def tab_to(selector: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("s => document.activeElement.matches(s)", selector):
                break
        focused = page.locator(selector).first
        assert page.evaluate("s => document.activeElement.matches(s)", selector), f"{selector} cannot be reached"
        seen = "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' }"
        assert page.evaluate(seen), f"{selector} does not show that it has the focus"
        expect(focused).to_be_visible()

    tab_to('.skip-link[href="#question"]')
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#question textarea')")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator('#current .turn[data-state="done"]').wait_for()
    page.evaluate("document.activeElement.blur(); document.getElementById('current').tabIndex = -1")
    page.locator("#current").focus()
    tab_to("#current a.cite")
    page.keyboard.press("Enter")
    expect(page.locator("#sources-title")).to_be_focused()
    page.locator("#current").focus()
    tab_to("#current [data-verdict=not_helpful]")
    page.keyboard.press("Enter")
    expect(page.locator("#current .feedback input").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to("#current .feedback .send")
    page.keyboard.press("Enter")
    expect(page.locator("#current .said")).to_contain_text("谢谢")
    expect(page.locator("#current .said"), "the focus must not fall back to the top of the page").to_be_focused()
