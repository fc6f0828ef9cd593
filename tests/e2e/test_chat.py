"""Journeys through the chat page in a real browser."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

ANSWERABLE = "要建设哪些产业园？"
UNANSWERABLE = "市政府办公室的电话号码是多少？"
NewPage = Callable[..., Page]
Ask = Callable[[Page, str], None]
OpenAt = Callable[..., None]
Reload = Callable[[Page], None]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def marked(page: Page, within: str) -> str:
    return squeezed("".join(page.locator(f"{within} mark.quote").all_text_contents()))


def citations(site: str, question: str) -> list[dict[str, object]]:
    """The citations of an answer, by way of the JSON route."""
    body = json.dumps({"question": question}).encode()
    request = urllib.request.Request(f"{site}/api/v1/ask", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return list(json.load(response)["citations"])


def test_the_page_says_what_it_is_and_is_not(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.get_by_role("heading", level=1)).to_have_text("政策问答")
    expect(page.get_by_text("依据已收录的政策文件回答，逐字引用，不是官方答复。")).to_be_visible()
    expect(page.get_by_label("您的问题")).to_be_visible()
    expect(page.locator(".sources-documents a")).to_have_count(1)


@pytest.mark.parametrize("question", [ANSWERABLE, "生态环保有什么要求？", "第四条和第十一条讲什么？"])
def test_answer_citation_source_panel_and_document(page: Page, site: str, ask: Ask, question: str) -> None:
    cited = citations(site, question)
    assert cited
    for expected in cited[:3]:
        quote = squeezed(str(expected["quote"]))
        page.goto("/?lang=zh")
        ask(page, question)
        expect(page.locator("#current .status")).to_contain_text("已回答")
        expect(page.locator("#current .basis")).to_contain_text("无文号")
        page.locator(f"#current a.cite[data-marker='{expected['marker']}']").first.click()
        expect(page.locator("#sources-marker")).to_have_text(f" {expected['clause_label']} [{expected['marker']}]")
        expect(page.locator("#sources-body mark.quote").first).to_be_in_viewport()
        assert marked(page, "#sources-body") == quote
        expect(page.locator("#sources-body .record-line")).to_contain_text("现行有效")
        page.locator("#sources-body a.action").click()
        page.wait_for_url(re.compile(r"/documents/.+"))
        path, fragment = str(expected["url"]).split("#")
        span = f"{expected['start']}-{expected['end']}"
        assert re.fullmatch(rf"{re.escape(site + path)}\?quote={span}-[0-9a-f]{{8}}#{fragment}", page.url)
        assert marked(page, "article") == quote
        expect(page.locator("article mark.quote").first).to_be_in_viewport()
        assert quote in squeezed(page.locator(f"#{fragment}").text_content() or "")


def test_citation_by_keyboard(page: Page, ask: Ask) -> None:
    ask(page, ANSWERABLE)
    page.locator("#current a.cite").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#sources-title")).to_be_focused()
    expect(page.locator("#sources-body mark.quote").first).to_be_visible()


def test_refusal_shows_related_clauses_that_open(page: Page, ask: Ask) -> None:
    ask(page, UNANSWERABLE)
    expect(page.locator("#current .status")).to_contain_text("文件中没有")
    expect(page.locator("#current .status svg")).to_be_visible()
    expect(page.locator("#current a.cite")).to_have_count(0)
    expect(page.locator("#current .related h3")).to_have_text("相关条款（不是答案）")
    related = page.locator("#current .related a").first
    assert "/documents/" in (related.get_attribute("href") or "")
    related.click()
    expect(page.locator("#sources-body mark.quote").first).to_be_visible()
    expect(page.locator("#sources-marker")).to_contain_text("不是答案")


def test_example_questions_are_asked_and_answered(page: Page) -> None:
    example = page.locator(".welcome .suggestion").first
    question = example.text_content() or ""
    example.click()
    expect(page.locator("#current .asked bdi")).to_have_text(question)
    expect(page.locator("#current .status")).to_contain_text(re.compile("已回答|部分回答"))
    expect(page.locator("#current a.cite").first).to_be_visible()


def test_enter_asks(page: Page) -> None:
    box = page.get_by_label("您的问题")
    box.fill(ANSWERABLE)
    box.press("Enter")
    expect(page.locator("#current .turn[data-state=done]")).to_have_count(1)
    expect(box).to_have_value("")


def test_a_conversation_goes_on_survives_a_reload_and_can_be_dropped(page: Page, ask: Ask, reload: Reload) -> None:
    ask(page, "第四条讲什么？")
    ask(page, "那第五条呢？")
    expect(page.locator("#earlier .turn")).to_have_count(1)
    expect(page.locator("#current .basis")).to_contain_text("（五）")
    reload(page)
    expect(page.locator("#earlier .turn")).to_have_count(2)
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    reload(page)
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_draft_survives_a_reload_until_it_is_asked(page: Page, reload: Reload) -> None:
    box = page.get_by_label("您的问题")
    box.fill(ANSWERABLE)
    reload(page)
    expect(box).to_have_value(ANSWERABLE)
    page.locator("#ask").click()
    expect(page.locator("#current .turn[data-state=done]")).to_have_count(1)
    reload(page)
    expect(page.locator("#earlier .turn")).to_have_count(1)
    expect(box).to_have_value("")


def test_conversations_are_nobody_elses(page: Page, new_page: NewPage, ask: Ask, open_at: OpenAt) -> None:
    ask(page, ANSWERABLE)
    other = new_page()
    open_at(other)
    expect(other.locator(".turn")).to_have_count(0)


@pytest.mark.parametrize(("question", "notice"), [("   ", "请先写下您的问题"), ("长" * 5000, "问题太长了")])
def test_a_question_that_is_none_gets_a_gentle_word(page: Page, question: str, notice: str) -> None:
    box = page.get_by_label("您的问题")
    box.fill(question)
    page.locator("#ask").click()
    expect(page.locator("#notice [role=alert]")).to_contain_text(notice)
    expect(box).to_have_value(question)
    expect(page.locator(".turn")).to_have_count(0)


def test_a_hostile_question_is_text_and_runs_nothing(page: Page, ask: Ask) -> None:
    hostile = (
        '<img src="https://evil.example/a.png" onerror="window.hacked=1"><script>window.hacked=2</script>'
        "![x](https://evil.example/b.png) [click](javascript:window.hacked=3) **粗** $$x$$ 产业园"
    )
    ask(page, hostile)
    assert page.locator("#current .asked bdi").text_content() == hostile
    assert page.evaluate("window.hacked") is None
    expect(page.locator("#current img, #current script, #current .asked a, #current .asked strong")).to_have_count(0)


def test_bidi_controls_are_shown(page: Page, ask: Ask) -> None:
    page.locator("#question textarea").fill("什么是\u202e翻转？")
    page.locator("#ask").click()
    expect(page.locator("#current .asked bdi")).to_have_text("什么是U+202E翻转？")


def test_the_whole_answer_is_announced_once_complete(page: Page, ask: Ask) -> None:
    ask(page, ANSWERABLE)
    expect(page.locator("body > [role=status][aria-live=polite]")).to_contain_text("已回答")


def test_english(new_page: NewPage, ask: Ask, open_at: OpenAt) -> None:
    page = new_page(locale="en-GB")
    open_at(page)
    assert page.url.endswith("/en/")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_text("This is not an official reply.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    ask(page, "Which industrial parks will be built?")
    expect(page.locator("#current .status")).to_contain_text(re.compile("Answered"))
    page.locator("#current a.cite").first.click()
    expect(page.locator("#sources-body .panel-translation")).to_contain_text("unofficial")
    page.locator("#sources-body a.action").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".translation").first).to_be_visible()


def test_the_language_switch_is_remembered(page: Page, settle: Reload) -> None:
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    settle(page)
    page.goto("/documents")
    expect(page.get_by_role("heading", level=1)).to_have_text("All documents")
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("全部文件")


def test_phone_without_sideways_scrolling(new_page: NewPage, ask: Ask, open_at: OpenAt) -> None:
    page = new_page(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    open_at(page)
    assert sideways(page) == 0
    ask(page, ANSWERABLE)
    assert sideways(page) == 0
    page.locator("#current a.cite").first.tap()
    expect(page.locator("#sources.open mark.quote").first).to_be_in_viewport()
    assert sideways(page) == 0
    assert small_targets(page) == []
    page.locator(".sources-close").tap()
    expect(page.locator("#sources")).not_to_have_class(re.compile(r"\bopen\b"))
    assert small_targets(page) == []
    page.locator("#current [data-verdict=not_helpful]").tap()
    expect(page.locator("form.feedback")).to_be_visible()
    assert sideways(page) == 0
    assert small_targets(page) == []
    href = page.locator("#current a.cite").first.get_attribute("href") or ""
    for path in (href, "/documents"):
        page.goto(path)
        assert sideways(page) == 0
        assert small_targets(page) == []


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def small_targets(page: Page) -> list[str]:
    """Visible controls lower than 44 px; links within a sentence are exempt (WCAG 2.2, 2.5.8)."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a, button, textarea, summary, label:has(input:is([type=checkbox], [type=radio]))')]
            .filter(e => e.checkVisibility() && !e.matches('.cite, .skip-link, .answer-text a'))
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([e, box]) => box.width > 1 && (box.height < 43.5 || box.width < 43.5))
            .map(([e, box]) => `${e.className} ${e.textContent.trim()} ${box.width}x${box.height}`)"""
    )
    return found


def test_every_control_has_a_name(page: Page, ask: Ask) -> None:
    ask(page, ANSWERABLE)
    nameless: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, textarea')]
            .filter(e => e.checkVisibility())
            .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.labels?.length))
            .map(e => e.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_background(new_page: NewPage, ask: Ask, open_at: OpenAt, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    open_at(page)
    ask(page, ANSWERABLE)
    assert page.evaluate(CONTRAST) == []
    ask(page, UNANSWERABLE)
    assert page.evaluate(CONTRAST) == []
    page.goto("/documents/panzhihua-2020-07-30?quote=3900-4100")
    assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const background = (e) => {
    for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] > 250) return c; }
    return rgba(matchMedia('(prefers-color-scheme: dark)').matches ? '#000' : '#fff');
  };
  const poor = [];
  for (const e of document.querySelectorAll('h1,h2,h3,p,a,button,span,dt,dd,mark,label,bdi,summary')) {
    if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(rgba(getComputedStyle(e).color)), light(background(e))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`);
  }
  return poor;
}"""
