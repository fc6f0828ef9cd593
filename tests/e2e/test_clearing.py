"""The conversation is cleared while an answer is coming."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Page, expect

from assistant.app.server import create_app, server_config
from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import AnswerChunk, Query

pytestmark = pytest.mark.e2e

Ask = Callable[[Page, str], None]
Reload = Callable[[Page], None]


class Held:
    """An assistant whose answers are not begun for as long as the test wants."""

    def __init__(self, assistant: Assistant) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self._stream = assistant.stream
        assistant.stream = self.stream  # type: ignore[method-assign]

    def stream(self, query: Query) -> Iterator[AnswerChunk]:
        for piece in self._stream(query):
            assert self.go_on.wait(60)
            yield piece


@pytest.fixture(scope="module")
def assistant(data_dir: Path) -> Assistant:
    return open_assistant(Settings(data_dir=data_dir))


@pytest.fixture(scope="module")
def held(assistant: Assistant) -> Held:
    return Held(assistant)


@pytest.fixture(scope="module")
def site(assistant: Assistant, held: Held, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server over that assistant."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    # A page that asks before the server has started waits for it.
    listening.listen()
    app = create_app(assistant, feedback_folder=tmp_path_factory.mktemp("feedback"))
    server = uvicorn.Server(server_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    held.go_on.set()
    server.should_exit = True
    thread.join(timeout=10)


def test_what_was_cleared_does_not_come_back_with_the_answer_under_way(
    page: Page, held: Held, ask: Ask, settle: Reload, reload: Reload
) -> None:
    ask(page, "要建设哪些产业园？")
    held.go_on.clear()
    page.locator("#question textarea").fill("机场要搬到哪里？")
    page.locator("#ask").click()
    expect(page.locator("#current .turn[data-state=pending]")).to_be_visible()
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator("#notice [role=status]")).to_contain_text("对话已清空")
    expect(page.locator(".turn")).to_have_count(0)
    held.go_on.set()
    settle(page)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#notice [role=status]")).to_contain_text("对话已清空")
    reload(page)
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "机场要搬到哪里？")
    expect(page.locator(".turn")).to_have_count(1)
