"""Answers leave the page: copied, shared, exported, printed; and the conversation can be cleared."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

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


def copy(page: Page, name: str) -> str:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#current").get_by_role("button", name=name).click()
    expect(page.locator("#current .said")).not_to_be_empty()
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_copy_takes_answer_and_citations(page: Page, ask: Ask, site: str) -> None:
    ask(page, ANSWERABLE)
    copied = copy(page, "复制")
    expect(page.locator("#current .said[role=status]")).to_have_text("已复制回答和依据。")
    answer, sources = copied.split("\n\n")
    assert squeezed(answer) == squeezed("".join(page.locator("#current .answer-text > *").all_text_contents()))
    chips = page.locator("#current .chip")
    lines = sources.split("\n")
    assert lines[0] == "依据"
    assert len(lines) == 1 + 2 * chips.count()
    (document,) = page.request.get("/api/v1/documents").json()
    clauses = page.request.get(f"/api/v1/documents/{document['id']}/clauses").json()
    for number in range(chips.count()):
        named, link = lines[1 + 2 * number : 3 + 2 * number]
        assert link == site + (chips.nth(number).get_attribute("href") or "")
        start, end = map(int, link.split("quote=")[1].split("#")[0].split("-")[:2])
        clause = next(c for c in clauses if c["start"] <= start < c["end"])
        quoted = clause["text"][start - clause["start"] : end - clause["start"]]
        marker = chips.nth(number).get_attribute("data-marker")
        assert squeezed(named) == squeezed(f"[{marker}] 《{document['title']}》{clause['label']}“{quoted}”")


def test_a_shared_link_asks_the_question_once(page: Page, new_page: NewPage, ask: Ask, settle: Reload) -> None:
    ask(page, ANSWERABLE)
    link = copy(page, "分享链接")
    expect(page.locator("#current .said")).to_contain_text("链接已复制")
    assert quote(ANSWERABLE, safe="") in link
    other = new_page()
    other.goto(link)
    expect(other.locator("#current .turn[data-state=done] .asked bdi")).to_have_text(ANSWERABLE)
    settle(other)
    assert "?" not in other.url
    other.goto(link)  # the conversation goes on: it is not replaced
    expect(other.locator("#current .turn[data-state=done]")).to_have_count(1)
    expect(other.locator("#earlier .turn")).to_have_count(1)
    settle(other)
    other.reload()
    expect(other.locator("#earlier .turn")).to_have_count(2)
    settle(other)


def test_a_shared_question_follows_the_readers_language(new_page: NewPage, settle: Reload) -> None:
    page = new_page(locale="en-GB")
    page.goto(f"/?q={quote(ANSWERABLE)}")
    expect(page.locator("#current .turn[data-state=done] .asked bdi")).to_have_text(ANSWERABLE)
    assert page.url.endswith("/en/")
    settle(page)


@pytest.mark.parametrize("question", ["", "   ", "长" * 301])
def test_what_is_no_question_is_not_asked(new_page: NewPage, open_at: OpenAt, question: str) -> None:
    page = new_page()
    open_at(page, f"/?q={quote(question)}")
    page.wait_for_timeout(500)
    expect(page.locator(".turn")).to_have_count(0)


def test_a_hostile_shared_question_is_text(new_page: NewPage, settle: Reload) -> None:
    page = new_page()
    hostile = '"><img src=x onerror="window.hacked=1"><script>window.hacked=2</script>产业园'
    page.goto(f"/?q={quote(hostile)}")
    expect(page.locator("#current .turn[data-state=done] .asked bdi")).to_have_text(hostile)
    settle(page)
    assert page.evaluate("window.hacked") is None


def test_export_is_markdown_of_the_whole_conversation(page: Page, ask: Ask, tmp_path: Path) -> None:
    hostile = "<img src=x> [a](javascript:alert(1)) **粗** [1](https://evil.example) 产业园"
    for question in (ANSWERABLE, UNANSWERABLE, hostile):
        ask(page, question)
    with page.expect_download() as started:
        page.get_by_role("button", name="导出").click()
    assert re.fullmatch(r"政策问答-\d{4}-\d\d-\d\d\.md", started.value.suggested_filename)
    started.value.save_as(tmp_path / "conversation.md")
    text = (tmp_path / "conversation.md").read_text(encoding="utf-8")
    assert text.startswith("# 政策问答\n")
    assert "不是官方答复" in text
    assert f"## {ANSWERABLE}" in text
    assert "**文件中没有**" in text
    assert text.count("\n- [1] 《") >= 1
    assert "/documents/panzhihua-2020-07-30?quote=" in text
    unescaped = re.sub(r"\\.", "", text)
    assert "<img" not in unescaped
    assert "](" not in unescaped
    assert "**粗**" not in unescaped


def test_print_shows_quotes_and_no_controls(page: Page, ask: Ask) -> None:
    ask(page, ANSWERABLE)
    page.emulate_media(media="print")
    for hidden in ("#composer", "#sources", ".take-along", ".ask-also", ".site-nav"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("#current .answer-text")).to_be_visible()
    shown = page.locator("#current .chip").first.evaluate("e => getComputedStyle(e, '::after').content")
    assert page.locator("#current .chip").first.get_attribute("data-quote") in shown.replace('\\"', '"')


def test_clearing_empties_the_browser_and_says_so(page: Page, ask: Ask, reload: Reload) -> None:
    stored = "(localStorage.getItem('policy-assistant.conversation') || '').length"
    ask(page, ANSWERABLE)
    page.wait_for_function(f"{stored} > 500")
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator("#notice [role=status]")).to_have_text("对话已清空，这个浏览器里不再保留。")
    page.wait_for_function(f"{stored} < 100")
    assert page.evaluate("Object.values(sessionStorage).join('')") == ""
    reload(page)
    expect(page.locator(".turn")).to_have_count(0)
