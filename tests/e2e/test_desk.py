"""The staff desk in a browser: signing in, what it shows, in both languages, light and dark, on a phone too."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser

from tests.e2e.axe import PHONE, fits, violations

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
PASSWORD = "a long password for the desk"
LOOKS = {
    "zh-light": {"locale": "zh-CN", "color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "en-dark-phone": {"locale": "en-GB", "color_scheme": "dark", **PHONE},
    "zh-light-phone": {"locale": "zh-CN", "color_scheme": "light", **PHONE},
}
QUESTIONS = [
    "要建设哪些产业园？",
    "市政府办公室的电话号码是多少？",
    "市政府办公室电话是多少",
    "What is the phone number of the mayor's office?",
]


@pytest.fixture(scope="module")
def desk(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with a desk, some questions asked and one answer found wanting."""
    folder = tmp_path_factory.mktemp("desk") / "data"
    shutil.copytree(data_dir, folder, ignore=shutil.ignore_patterns("feedback.sqlite3*"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "ASSISTANT_DATA_DIR": str(folder),
        "ASSISTANT_STAFF_PASSWORD": PASSWORD,
        "ASSISTANT_QUESTION_LOG_DAYS": "30",
        "OMP_WAIT_POLICY": "passive",
    }
    command = [sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(site)
        for question in QUESTIONS:
            post(f"{site}/api/v1/ask", f'{{"question": "{question}"}}')
        post(
            f"{site}/api/v1/feedback",
            '{"language": "zh", "question": "要建设哪些产业园？", "status": "answered", "verdict": "not_helpful",'
            ' "reason": "incomplete", "text": "第四条里还有一个"}',
        )
        yield site
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_for(site: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{site}/healthz", timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server does not start")


def post(url: str, body: str) -> None:
    request = urllib.request.Request(url, body.encode(), {"content-type": "application/json"})
    urllib.request.urlopen(request, timeout=60).close()


@pytest.mark.parametrize("look", LOOKS)
def test_staff_sign_in_read_and_sign_out(browser: Browser, desk: str, look: str, tmp_path: Path) -> None:
    context = browser.new_context(base_url=desk, **LOOKS[look])  # type: ignore[arg-type]
    errors: list[str] = []
    context.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    shots = Path(os.environ.get("DESK_SCREENSHOTS", tmp_path))
    try:
        page = context.new_page()
        page.goto("/desk")
        assert page.url == f"{desk}/desk/login"
        assert violations(page) == []
        assert fits(page)
        page.screenshot(path=shots / f"login-{look}.png", full_page=True)
        page.locator("#password").fill(PASSWORD)
        page.locator(".desk-login button").click()
        page.wait_for_url(f"{desk}/desk")
        assert page.locator(".desk-chart svg rect.bar").count() == 30
        assert page.locator(".desk-list bdi", has_text="市政府办公室").first.is_visible()
        for summary in page.locator("main summary").all():
            summary.click()
        assert violations(page) == []
        assert fits(page)
        assert page.locator(".desk-nav [aria-current=page]").get_attribute("href") == "/desk"
        page.screenshot(path=shots / f"desk-{look}.png", full_page=True)
        language = page.locator("html").get_attribute("lang")
        page.locator(".site-nav a[hreflang]").click()
        page.wait_for_url(f"{desk}/desk")
        assert page.locator("html").get_attribute("lang") != language
        page.locator(".desk-top button").click()
        page.wait_for_url(f"{desk}/desk/login")
        page.goto("/desk")
        assert page.url == f"{desk}/desk/login"
        assert errors == []
    finally:
        context.close()
