"""Servers of chat models that fail in every way there is, spoken to by the real clients: OpenAI's and Ollama's."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.answering import chat_model
from assistant.config import Settings
from assistant.errors import InvalidSetting
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import Answer, Query

QUESTION = Query("攀枝花机场迁建有什么安排？")
AWAY = "对话模型暂时无法使用"

Behave = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each request as the server's `behave` says."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(
            (self.path, json.loads(body), {name.lower(): value for name, value in self.headers.items()})
        )  # type: ignore[attr-defined]
        with suppress(ConnectionError):
            self.server.behave(self)  # type: ignore[attr-defined]

    def start(self, status: int = 200, kind: str = "text/event-stream") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def send(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def delta(self, content: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": content}, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.send(f"data: {json.dumps(chunk)}\n\n")

    def log_message(self, *args: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[tuple[str, dict[str, Any], dict[str, str]]] = []
        self.behave: Behave = lambda handler: None

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture(scope="module")
def quoted(corpus_assistant: Assistant) -> Answer:
    return corpus_assistant.ask(QUESTION)


@pytest.fixture
def ask(server: Server, corpus_data_dir: Path) -> Callable[..., Answer]:
    def answer(behave: Behave, **more: Any) -> Answer:
        server.behave = behave
        options = {"chat_timeout_s": 5.0, "chat_retries": 0, "chat_model": "openai:any"} | more
        address = {"chat_base_url": f"{server.address}/v1", "chat_api_key": SecretStr("key")}
        settings = Settings(data_dir=corpus_data_dir, **(address | options))  # type: ignore[arg-type]
        pieces = list(open_assistant(settings).stream(QUESTION))
        found = pieces[-1].answer
        assert found is not None
        assert "".join(piece.text for piece in pieces) == found.text
        return found

    return answer


def statement(quote: str) -> str:
    return json.dumps({"text": quote, "evidence": 1, "quote": quote}, ensure_ascii=False)


def good(source: str) -> Behave:
    def behave(handler: Handler) -> None:
        handler.start()
        handler.delta(statement(source))
        handler.delta("", "stop")
        handler.send("data: [DONE]\n\n")

    return behave


def refusing(status: int) -> Behave:
    def behave(handler: Handler) -> None:
        handler.start(status, "application/json")
        handler.send(json.dumps({"error": {"message": "no", "type": "x"}}))

    return behave


def silent(handler: Handler) -> None:
    time.sleep(3)


def silent_after_the_start(handler: Handler) -> None:
    handler.start()
    handler.delta("{")
    time.sleep(3)


def slow(handler: Handler) -> None:
    handler.start()
    for _ in range(200):
        handler.delta("。")
        time.sleep(0.05)


def keeping_alive(handler: Handler) -> None:
    handler.start()
    for _ in range(100):
        handler.send(": keep-alive\n\n")
        time.sleep(0.05)


def hanging_up(handler: Handler) -> None:
    handler.connection.close()


def empty(handler: Handler) -> None:
    handler.start()
    handler.send("data: [DONE]\n\n")


def a_web_page(handler: Handler) -> None:
    handler.start(kind="text/html")
    handler.send("<html><body>502 Bad Gateway</body></html>")


def broken_json(handler: Handler) -> None:
    handler.start()
    handler.send('data: {"choices": [{"delta": \n\n')


@pytest.mark.parametrize(
    "behave",
    [
        *(refusing(status) for status in (400, 401, 404, 429, 500, 503)),
        silent,
        silent_after_the_start,
        slow,
        keeping_alive,
        hanging_up,
        empty,
        a_web_page,
        broken_json,
    ],
    ids="400 401 404 429 500 503 silent stalled slow keep-alive hanging-up empty web-page broken-json".split(),
)
def test_a_server_that_fails_leaves_the_quotes_and_says_so(
    ask: Callable[..., Answer], quoted: Answer, behave: Behave
) -> None:
    answer = ask(behave, chat_timeout_s=0.6)
    assert answer.text.startswith(f"{quoted.text}\n")
    assert AWAY in answer.text
    assert (answer.status, answer.citations) == (quoted.status, quoted.citations)
    assert answer.timings_ms["write"] < 3000


@pytest.mark.parametrize("behave", [silent, refusing(503)], ids=["silent", "503"])
def test_what_is_tried_again_takes_no_longer(ask: Callable[..., Answer], behave: Behave) -> None:
    answer = ask(behave, chat_timeout_s=1.0, chat_retries=3)
    assert AWAY in answer.text
    assert answer.timings_ms["write"] < 3000


def test_endless_output_is_cut(ask: Callable[..., Answer], quoted: Answer) -> None:
    sent = itertools.count()

    def endless(handler: Handler) -> None:
        handler.start()
        while next(sent) < 100_000:
            handler.delta("很" * 50)

    assert ask(endless).text == quoted.text
    assert next(sent) < 100_000


@pytest.mark.parametrize(
    "reply",
    [
        "机场迁建进展顺利。",
        '["机场"]',
        '{"answer": "机场"}',
        '{"statements": [{"text": 1, "evidence": [], "quote": {}}]}',
    ],
)
def test_a_reply_that_has_not_the_form_asked_for_leaves_the_quotes(
    ask: Callable[..., Answer], quoted: Answer, reply: str
) -> None:
    def behave(handler: Handler) -> None:
        handler.start()
        handler.delta(reply, "stop")
        handler.send("data: [DONE]\n\n")

    assert ask(behave).text == quoted.text


def test_what_came_before_the_line_broke_stands_and_the_quotes_follow(
    ask: Callable[..., Answer], quoted: Answer
) -> None:
    first, second = (one.quote for one in quoted.citations[:2])

    def cut(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.delta(statement(first))
        handler.delta('{"text": "机场')
        handler.connection.close()

    answer = ask(cut)
    lines = answer.text.split("\n")
    assert lines[0] == f"{first.rstrip('。')}。[1]"
    assert lines[1] == f"{second.rstrip('。')}。[2]"
    assert AWAY in lines[-1]
    assert [one.marker for one in answer.citations] == [1, 2]
    assert [one.quote for one in answer.citations[1:]] == [second]


@pytest.mark.parametrize("status", [429, 503])
def test_the_client_tries_again(ask: Callable[..., Answer], server: Server, quoted: Answer, status: int) -> None:
    source = quoted.citations[0].quote

    def behave(handler: Handler) -> None:
        (refusing(status) if len(server.requests) == 1 else good(source))(handler)

    assert ask(behave, chat_retries=1).text == f"{source.rstrip('。')}。[1]"
    assert len(server.requests) == 2
    assert server.requests[1][1]["max_completion_tokens"] > 0


# Ollama


def test_ollama_writes_through_its_own_client(ask: Callable[..., Answer], server: Server, quoted: Answer) -> None:
    source = quoted.citations[0].quote

    def behave(handler: Handler) -> None:
        handler.start(kind="application/x-ndjson")
        line = {"model": "qwen3:4b", "created_at": "2026-01-01T00:00:00Z"}
        for content in (statement(source)[:20], statement(source)[20:]):
            handler.send(
                json.dumps(line | {"message": {"role": "assistant", "content": content}, "done": False}) + "\n"
            )
        message = {"role": "assistant", "content": ""}
        handler.send(json.dumps(line | {"message": message, "done": True, "done_reason": "stop"}) + "\n")

    answer = ask(behave, chat_model="ollama:qwen3:4b", chat_base_url=server.address)
    assert answer.text == f"{source.rstrip('。')}。[1]"
    (path, body, headers), *more = server.requests
    assert not more
    assert (path, body["model"], body["stream"]) == ("/api/chat", "qwen3:4b", True)
    assert headers["authorization"] == "Bearer key"
    assert body["options"]["num_predict"] > 0


@pytest.mark.parametrize("behave", [refusing(500), silent], ids=["500", "silent"])
def test_ollama_that_fails_leaves_the_quotes(
    ask: Callable[..., Answer], server: Server, quoted: Answer, behave: Behave
) -> None:
    answer = ask(behave, chat_model="ollama:any", chat_base_url=server.address, chat_timeout_s=0.6)
    assert answer.text.startswith(quoted.text)
    assert AWAY in answer.text


def test_an_extra_that_is_missing_is_named(corpus_data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(chat_model.EXTRAS, "ollama", "a_package_that_is_not_there")
    with pytest.raises(InvalidSetting, match=r"\.venv/bin/python -m pip install -e '\.\[ollama\]'") as caught:
        open_assistant(Settings(data_dir=corpus_data_dir, chat_model="ollama:qwen3"))
    assert "\n" not in str(caught.value)
