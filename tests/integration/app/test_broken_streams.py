"""A stream that breaks off says so, in the way of its door, and tells nothing of the inside."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.errors import IndexBusy
from assistant.pipeline import Assistant
from assistant.schema import AnswerChunk

ASK, CHAT = "/api/v1/ask", "/v1/chat/completions"
BODIES = {
    ASK: {"question": "机场要搬到哪里？"},
    CHAT: {"messages": [{"role": "user", "content": "机场要搬到哪里？"}], "stream": True},
}
EVENTS = {"accept": "text/event-stream"}


@pytest.mark.parametrize("path", BODIES)
def test_a_failure_after_the_first_piece(
    client: TestClient, assistant: Assistant, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream(query: object) -> Iterator[AnswerChunk]:
        yield AnswerChunk("一半")
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(assistant, "stream", stream)
    response = client.post(path, json=BODIES[path], headers=EVENTS)
    *before, last = response.text.removesuffix("\n\n").split("\n\n")
    assert "一半" in before[-1]
    assert "secret" not in response.text
    assert "[DONE]" not in response.text
    told = json.loads(last[last.index("data: ") + 6 :])
    if path == ASK:
        assert last.startswith("event: error\n")
        assert told["status"] == 500
    else:
        assert told["error"]["type"] == "server_error"


@pytest.mark.parametrize("path", BODIES)
def test_a_failure_before_the_first_piece(
    client: TestClient, assistant: Assistant, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream(query: object) -> Iterator[AnswerChunk]:
        raise IndexBusy("another process is writing; try again")
        yield AnswerChunk()

    monkeypatch.setattr(assistant, "stream", stream)
    response = client.post(path, json=BODIES[path], headers=EVENTS)
    assert response.status_code == 503
    assert "try again" in response.text


@pytest.mark.parametrize("path", BODIES)
def test_a_program_error_before_the_first_piece(
    client: TestClient, assistant: Assistant, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream(query: object) -> Iterator[AnswerChunk]:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(assistant, "stream", stream)
    response = client.post(path, json=BODIES[path], headers=EVENTS)
    assert response.status_code == 500
    assert "secret" not in response.text
    assert ("error" in response.json()) == (path == CHAT)


@pytest.mark.parametrize("path", BODIES)
def test_a_client_that_goes_away_frees_its_work(
    address: str, assistant: Assistant, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    freed = threading.Event()

    def stream(query: object) -> Iterator[AnswerChunk]:
        try:
            for _ in range(6000):
                yield AnswerChunk("更多")
                time.sleep(0.01)
        finally:
            freed.set()

    monkeypatch.setattr(assistant, "stream", stream)
    with httpx.stream("POST", address + path, json=BODIES[path], headers=EVENTS, trust_env=False) as response:
        assert any("更多" in line for line in response.iter_lines())
        assert not freed.is_set()
    assert freed.wait(20)
