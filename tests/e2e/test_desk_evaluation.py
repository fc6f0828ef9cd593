"""An evaluation at the staff desk in a browser: started, watched, read; in both languages, light and dark, on a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import PHONE, fits, violations

pytestmark = pytest.mark.e2e

NewPage = Callable[..., Page]
SignIn = Callable[[Page], None]

PAGE = "/desk/evaluation"
LOOKS = {
    "zh-light-phone": {"locale": "zh-CN", "color_scheme": "light", **PHONE},
    "en-light": {"locale": "en-GB", "color_scheme": "light"},
    "en-dark-phone": {"locale": "en-GB", "color_scheme": "dark", **PHONE},
    "zh-dark": {"locale": "zh-CN", "color_scheme": "dark"},
}
RUN_MS = 180_000


def sound(page: Page) -> None:
    assert violations(page) == []
    assert fits(page)


def test_staff_start_watch_and_read_an_evaluation(new_page: NewPage, sign_in: SignIn, tmp_path: Path) -> None:
    shots = Path(os.environ.get("DESK_SCREENSHOTS", tmp_path))
    page = new_page(color_scheme="light")
    sign_in(page)
    page.locator(".desk-nav a", has_text="评测").click()
    page.wait_for_url(f"**{PAGE}")
    sound(page)
    page.screenshot(path=shots / "evaluation-start.png", full_page=True)
    before = page.locator(".runs tbody tr").count()
    page.get_by_label("开发集", exact=True).check()
    page.locator("#number").select_option("20")
    page.get_by_role("button", name="开始评测").press("Enter")
    page.wait_for_url(f"**{PAGE}")
    expect(page.locator("#run-count")).to_contain_text("已答", timeout=RUN_MS)
    sound(page)
    page.screenshot(path=shots / "evaluation-running.png", full_page=True)
    page.reload()
    expect(page.locator("#run, .outcome").first).to_be_visible()
    expect(page.locator(".outcome")).to_contain_text("已完成", timeout=RUN_MS)
    expect(page.locator(".runs tbody tr")).to_have_count(before + 1)
    page.get_by_role("link", name="查看这次的报告").click()
    page.wait_for_url(f"**{PAGE}/reports/*")
    expect(page.locator("h1")).to_contain_text("Panzhihua decision")
    if page.locator("form.filters").count():
        expect(page.locator("form.filters"), "the report's own script runs").to_be_visible()
    assert page.evaluate("window.origin") == "null", "a report must be cut off from this site"

    for name, look in LOOKS.items():
        page = new_page(**look)
        sign_in(page)
        page.goto(PAGE)
        expect(page.locator(".runs tbody tr").first).to_be_visible()
        sound(page)
        page.screenshot(path=shots / f"evaluation-{name}.png", full_page=True)


def test_a_run_can_be_stopped(new_page: NewPage, sign_in: SignIn) -> None:
    page = new_page(locale="en-GB")
    sign_in(page)
    page.goto(PAGE)
    page.locator("#number").select_option("all")
    page.get_by_role("button", name="Start an evaluation").click()
    page.get_by_role("button", name="Stop the evaluation").click()
    expect(page.locator(".outcome")).to_contain_text("stopped as asked", timeout=RUN_MS)


def test_without_scripts_the_page_keeps_up(new_page: NewPage, sign_in: SignIn) -> None:
    page, other = new_page(java_script_enabled=False), new_page(java_script_enabled=False)
    for each in (page, other):
        sign_in(each)
        each.goto(PAGE)
    page.locator("#number").select_option("all")
    page.get_by_role("button", name="开始评测").click()
    expect(page.locator("#run-count")).to_be_visible()
    other.goto(PAGE)
    other.get_by_role("button", name="停止评测").click()
    expect(page.locator(".outcome"), "it is told without a click on this page").to_contain_text("停止", timeout=RUN_MS)
