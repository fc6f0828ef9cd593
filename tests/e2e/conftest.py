"""A real browser before the real server, over the real corpus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, WebError, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "Assistant ready at "
WAIT_MS = 30_000
# Of itself `expect` waits for 5 s, which a loaded machine needs for one answer.
expect.set_options(timeout=WAIT_MS)
STAFF_PASSWORD = "a long password for the desk"

STREAM = "/gradio_api/queue/data"

NewPage = Callable[..., Page]
_STREAMS: set[Request] = set()
"""Streams of answers that are open now."""
QUIET_MS = 400
"""How long none is open before a page counts as settled."""


def settle(page: Page) -> None:
    """Wait until no stream is open: Gradio writes errors to the console when a page is left before that.

    It must stay so for a while: a page that has just been opened may be about to open its first.
    """
    quiet = 0
    for _ in range(WAIT_MS // 20):
        page.wait_for_timeout(20)
        quiet = 0 if _STREAMS else quiet + 1
        if quiet == QUIET_MS // 20:
            return
    raise AssertionError("a stream of an answer does not end")


@pytest.fixture(scope="session")
def data_dir(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("e2e-data") / "data"
    shutil.copytree(corpus_data_dir, folder)
    return folder


@pytest.fixture(scope="session")
def site(data_dir: Path) -> Iterator[str]:
    """Address of a running server, as it says itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", "0"],
        cwd=ROOT,
        env={**environment(data_dir), "ASSISTANT_STAFF_PASSWORD": STAFF_PASSWORD},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith(READY):
                break
        assert lines, "the server ended without a word"
        assert lines[-1].startswith(READY), "".join(lines)
        assert len(lines) == 1, "".join(lines)
        yield lines[-1].removeprefix(READY).strip()
    finally:
        process.terminate()
        process.wait(timeout=30)


def environment(data_dir: Path) -> dict[str, str]:
    return {**os.environ, "ASSISTANT_DATA_DIR": str(data_dir), "OMP_WAIT_POLICY": "passive"}


@pytest.fixture(scope="session")
def sign_in() -> Callable[[Page], None]:
    """Signs in to the staff desk."""

    def enter(page: Page) -> None:
        page.goto("/desk/login")
        page.locator("#password").fill(STAFF_PASSWORD)
        page.locator("#password").press("Enter")
        page.wait_for_url("**/desk")

    return enter


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class KeptPages:
    """Pages of a browser that go from test to test, emptied between: a new one takes three times as long to load.

    A look (its options and its site) is that of one page at a time; who asks for the same look meanwhile gets another
    page, which shares nothing with the first.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._idle: dict[str, list[Page]] = {}
        self._look: dict[Page, dict[str, Any]] = {}

    def take(self, fresh: bool, **look: Any) -> Page:
        """A page of that look; `fresh` is one that has loaded nothing before."""
        idle = self._idle.get(repr(sorted(look.items())), [])
        if idle and not fresh:
            return idle.pop()
        context = self._browser.new_context(**look)
        context.set_default_timeout(WAIT_MS)
        page = context.new_page()
        self._look[page] = look
        return page

    def give_back(self, page: Page) -> None:
        """Empty a page, and keep it. One without scripts cannot be emptied and ends here."""
        look = self._look[page]
        if not look.get("java_script_enabled", True) or page.is_closed():
            page.context.close()
            return
        for other in page.context.pages:
            if other is not page:
                other.close()
        page.unroute_all(behavior="ignoreErrors")
        page.emulate_media(media="null")
        page.set_viewport_size(look["viewport"])
        page.goto("/healthz")
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.context.clear_cookies()
        page.context.clear_permissions()
        self._idle.setdefault(repr(sorted(look.items())), []).append(page)


@pytest.fixture(scope="session")
def kept_pages(browser: Browser) -> KeptPages:
    return KeptPages(browser)


@pytest.fixture
def new_page(kept_pages: KeptPages, site: str) -> Iterator[NewPage]:
    """Hands out pages with nothing stored; whatever they do, nothing may leave the host or end up as an error."""
    taken: list[Page] = []
    outside: list[str] = []
    errors: list[str] = []

    def note_request(request: Request) -> None:
        if not request.url.startswith((site + "/", "data:", "blob:" + site)):
            outside.append(request.url)
        if STREAM in request.url:
            _STREAMS.add(request)

    def note_end(request: Request) -> None:
        _STREAMS.discard(request)

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            errors.append(message.text)

    def note_error(error: WebError) -> None:
        errors.append(str(error.error))

    noted: list[tuple[Any, Callable[..., None]]] = [
        ("request", note_request),
        ("console", note_message),
        ("weberror", note_error),
        ("requestfinished", note_end),
        ("requestfailed", note_end),
    ]

    def make(fresh: bool = False, **options: object) -> Page:
        look = {"base_url": site, "locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, **options}
        page = kept_pages.take(fresh, **look)
        for event, note in noted:
            page.context.on(event, note)
        taken.append(page)
        return page

    yield make
    seen = list(errors)
    for page in taken:
        for event, note in noted:
            page.context.remove_listener(event, note)
        kept_pages.give_back(page)
    _STREAMS.clear()
    assert outside == []
    assert seen == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """The Chinese chat page on a desktop, ready for a question."""
    page = new_page()
    open_chat(page)
    return page


def open_chat(page: Page, path: str = "/") -> None:
    page.goto(path)
    page.locator("#question textarea").wait_for()
    page.locator(".welcome .suggestion").first.wait_for()
    settle(page)


@pytest.fixture(scope="session")
def open_at() -> Callable[..., None]:
    """Opens a chat page and waits until it can be asked."""
    return open_chat


@pytest.fixture(scope="session")
def ask() -> Callable[[Page, str], None]:
    """Asks a question and waits for the whole answer."""

    def put(page: Page, question: str) -> None:
        page.locator("#question textarea").fill(question)
        page.locator("#ask").click()
        page.wait_for_function(
            """question => {
                const turn = document.querySelector('#current .turn[data-state="done"]');
                return turn && turn.querySelector('.asked bdi').textContent === question;
            }""",
            arg=question,
        )
        settle(page)

    return put


@pytest.fixture(scope="session", name="settle")
def settle_fixture() -> Callable[[Page], None]:
    """Waits until the page can be left."""
    return settle


@pytest.fixture(scope="session")
def reload() -> Callable[[Page], None]:
    """Reloads the chat page and waits until it is whole again."""

    def again(page: Page) -> None:
        settle(page)
        page.reload()
        page.locator("#question textarea").wait_for()
        settle(page)

    return again
