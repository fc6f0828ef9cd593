"""Helpful or not: told with a click or a reason, thanked, stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

pytestmark = pytest.mark.e2e

ANSWERABLE = "要建设哪些产业园？"
Ask = Callable[[Page, str], None]
Reload = Callable[[Page], None]


def last(data_dir: Path) -> tuple[str, ...]:
    with sqlite3.connect(data_dir / "feedback.sqlite3") as connection:
        query = "SELECT language, question, status, cited, verdict, reason, text FROM feedback ORDER BY id DESC LIMIT 1"
        return tuple(connection.execute(query).fetchone())


def sent(page: Page) -> list[dict[str, object]]:
    """What the page tells the server of an answer, as it comes to be sent."""
    bodies: list[dict[str, object]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/v1/feedback"):
            bodies.append(json.loads(request.post_data or "{}"))

    page.on("request", note)
    return bodies


def test_helpful_is_one_click_and_stays_told(page: Page, ask: Ask, reload: Reload, data_dir: Path) -> None:
    bodies = sent(page)
    ask(page, ANSWERABLE)
    page.get_by_role("button", name="有帮助").click()
    expect(page.locator("#current .said[role=status]")).to_have_text("谢谢您的反馈，我们会用它改进回答。")
    language, question, status, cited, verdict, reason, text = last(data_dir)
    assert (language, question, status, verdict, reason, text) == ("zh", "", "answered", "helpful", None, "")
    assert '"panzhihua-2020-07-30#clause-' in cited
    assert [body.get("question") for body in bodies] == [None], "the visitor is not told that it goes along"
    expect(page.get_by_role("button", name="有帮助")).to_have_count(0)
    reload(page)
    expect(page.locator("#earlier .take-along")).to_have_count(1)
    expect(page.get_by_role("button", name="有帮助")).to_have_count(0)


def test_not_helpful_asks_why_by_keyboard(page: Page, ask: Ask, data_dir: Path) -> None:
    bodies = sent(page)
    ask(page, ANSWERABLE)
    opener = page.get_by_role("button", name="没帮助")
    opener.focus()
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_label("回答有误")).to_be_focused()
    expect(page.locator("form.feedback")).to_contain_text("您的问题会一并提交，最多保存 90 天。")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("文件里有，却没有找到")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("<b>第四条</b>里有，电话13812345678")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#current .said")).to_contain_text("谢谢")
    expect(page.locator("form.feedback")).to_have_count(0)
    assert [body.get("question") for body in bodies] == [ANSWERABLE]
    assert last(data_dir)[1] == ANSWERABLE
    assert last(data_dir)[-3:] == ("not_helpful", "not_found", "<b>第四条</b>里有，电话[号码已隐去]")


def test_not_helpful_can_be_taken_back(page: Page, ask: Ask) -> None:
    ask(page, ANSWERABLE)
    opener = page.get_by_role("button", name="没帮助")
    opener.click()
    page.get_by_role("button", name="取消").click()
    expect(page.locator("form.feedback")).to_have_count(0)
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")


def test_a_failure_is_said_and_keeps_what_was_written(page: Page, ask: Ask) -> None:
    ask(page, ANSWERABLE)
    page.get_by_role("button", name="没帮助").click()
    expect(page.locator("form.feedback .send")).to_be_in_viewport()
    page.get_by_label("回答不完整").check()
    page.get_by_label("补充说明").fill("少了一项")
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('offline')); }")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#current .said")).to_have_text("抱歉，这次没能记下您的反馈。请稍后再试。")
    expect(page.get_by_label("补充说明")).to_have_value("少了一项")
