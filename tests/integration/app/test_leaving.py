"""A client that goes away ends the work on its answer: over a real server, with a chat model that never ends."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from mcp import Client

from assistant.app.mcp_door import build_server
from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.pipeline.runnables import AssistantRunnable
from assistant.schema import Query
from eval.scripted import Scripted

QUESTION = "攀枝花机场迁建有什么安排？"
BODIES = {
    "/api/v1/ask": {"question": QUESTION},
    "/v1/chat/completions": {"messages": [{"role": "user", "content": QUESTION}]},
    "/mcp": {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "ask", "arguments": {"question": QUESTION}},
    },
}
STREAMED = "/v1/chat/completions streamed"
ACCEPT = {"accept": "application/json, text/event-stream"}
LONGEST_S = 30


class Endless:
    """A chat model's reply that says nothing and never ends, and when it began and ended."""

    def __init__(self) -> None:
        self.begun, self.ended = threading.Event(), threading.Event()

    def __call__(self, prompt: str) -> Iterator[str]:
        self.begun.set()
        try:
            until = time.monotonic() + LONGEST_S
            while time.monotonic() < until:
                yield " "
                time.sleep(0.02)
        finally:
            self.ended.set()


@pytest.fixture(scope="module")
def model() -> Scripted:
    return Scripted()


@pytest.fixture
def endless(model: Scripted) -> Endless:
    model.reply = Endless()
    return model.reply


@pytest.fixture(scope="module")
def writing(data_dir: Path, model: Scripted) -> Assistant:
    return open_assistant(Settings(data_dir=data_dir, chat_timeout_s=2 * LONGEST_S), model)


@pytest.fixture(scope="module")
def site(writing: Assistant, tmp_path_factory: pytest.TempPathFactory, serve_app: Callable[[FastAPI], str]) -> str:
    return serve_app(create_app(writing, feedback_folder=tmp_path_factory.mktemp("feedback"), question_log_days=30))


@pytest.mark.parametrize("door", [*BODIES, STREAMED])
def test_a_client_that_leaves_ends_the_call_of_the_model(site: str, endless: Endless, door: str) -> None:
    body = BODIES[door.partition(" ")[0]] | ({"stream": True} if door == STREAMED else {})
    request = httpx.Request("POST", site + door.partition(" ")[0], json=body, headers=ACCEPT)
    host = request.url.host
    with socket.create_connection((host, request.url.port or 80)) as connection:
        head = [f"POST {request.url.raw_path.decode()} HTTP/1.1"]
        head += [f"{name}: {value}" for name, value in request.headers.items()]
        connection.sendall("\r\n".join([*head, "", ""]).encode() + request.read())
        assert endless.begun.wait(20)
        assert not endless.ended.wait(0.3)
    assert endless.ended.wait(LONGEST_S / 3)


def run(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a coroutine on a thread of its own, as the browser of other tests keeps a loop on this one."""
    with ThreadPoolExecutor(1) as executor:
        executor.submit(lambda: asyncio.run(work())).result()


def test_a_cancelled_call_of_a_tool_ends_too(writing: Assistant, endless: Endless) -> None:
    async def work() -> None:
        async with Client(build_server(writing)) as client:
            call = asyncio.create_task(client.call_tool("ask", {"question": QUESTION}))
            assert await asyncio.to_thread(endless.begun.wait, 20)
            call.cancel()
            assert await asyncio.to_thread(endless.ended.wait, LONGEST_S / 3)

    run(work)


@pytest.mark.parametrize("streamed", [False, True], ids=["ainvoke", "astream"])
def test_a_cancelled_runnable_ends_too(writing: Assistant, endless: Endless, streamed: bool) -> None:
    runnable = AssistantRunnable(writing)

    async def listen() -> None:
        async for _ in runnable.astream(QUESTION):
            pass

    async def work() -> None:
        asked = asyncio.create_task(listen() if streamed else runnable.ainvoke(QUESTION))
        assert await asyncio.to_thread(endless.begun.wait, 20)
        asked.cancel()
        assert await asyncio.to_thread(endless.ended.wait, LONGEST_S / 3)

    run(work)


def test_who_stays_gets_the_answer(site: str, writing: Assistant, model: Scripted) -> None:
    model.reply = lambda prompt: iter(["[]"])
    for door, body in BODIES.items():
        told = httpx.post(site + door, json=body, headers=ACCEPT, trust_env=False, timeout=30)
        assert told.status_code == 200
        assert "空港新城" in told.text
    assert writing.ask(Query(QUESTION)).status == "answered"
