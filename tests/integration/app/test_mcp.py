"""The MCP door, through the official client: over HTTP against a real server, and over standard input and output."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult
from starlette.testclient import TestClient

from assistant.app.server import create_app
from assistant.pipeline import Assistant
from assistant.schema import Document, Query

ROOT = Path(__file__).parents[3]
DECISION, QUESTION = "panzhihua-2020-07-30", "机场要搬到哪里？"
NAMES = ["ask", "search", "get_clause", "list_documents"]
HEADERS = {"accept": "application/json, text/event-stream"}
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


def run(work: Callable[[], Awaitable[Any]]) -> Any:
    """What a coroutine returns; on a thread of its own, as the browser of other tests keeps a loop on this one."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(lambda: asyncio.run(_awaited(work))).result()


async def _awaited(work: Callable[[], Awaitable[Any]]) -> Any:
    return await work()


def with_client(address: str, use: Callable[[Client], Awaitable[Any]], **options: Any) -> Any:
    async def work() -> Any:
        async with httpx2.AsyncClient(trust_env=False, timeout=60, headers=options.pop("headers", None)) as http:
            async with Client(streamable_http_client(f"{address}/mcp", http_client=http), **options) as client:
                return await use(client)

    return run(work)


def call(address: str, name: str, arguments: dict[str, Any], **options: Any) -> CallToolResult:
    return with_client(address, lambda client: client.call_tool(name, arguments), **options)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_both_revisions_of_the_protocol(address: str, mode: str) -> None:
    async def use(client: Client) -> Any:
        tools = (await client.list_tools()).tools
        return client.server_info.name, tools, await client.call_tool("ask", {"question": QUESTION})

    name, tools, answer = with_client(address, use, mode=mode)
    assert name == "policy-assistant"
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema["type"] == "object"
    assert answer.structured_content["status"] == "answered"


def test_ask_says_what_the_assistant_says(address: str, assistant: Assistant, decision: Document) -> None:
    expected = assistant.ask(Query(QUESTION)).to_dict()
    result = call(address, "ask", {"question": QUESTION})
    told = result.structured_content
    assert json.loads(result.content[0].text) == told
    assert {name: told[name] for name in ("status", "answer", "language", "confidence")} == {
        name: expected[name] for name in ("status", "answer", "language", "confidence")
    }
    assert told["citations"]
    for citation, other in zip(told["citations"], expected["citations"], strict=True):
        assert citation["quote"] == decision.text[citation["start"] : citation["end"]]
        assert citation | {"url": ""} == other | {"url": ""}


def test_links_open_the_document_at_the_clause(address: str) -> None:
    cited = call(address, "ask", {"question": QUESTION}).structured_content["citations"][0]
    page, _, fragment = cited["url"].partition("#")
    assert page.startswith(f"{address}/documents/{DECISION}?quote=")
    html = httpx2.get(page, trust_env=False).text
    assert f'id="{fragment}"' in html
    assert "<mark" in html


def test_a_refusal_is_an_answer_and_no_error(address: str) -> None:
    result = call(address, "ask", {"question": "市政府办公室的电话号码是多少？"})
    assert not result.is_error
    assert result.structured_content["status"] == "no_evidence"
    assert result.structured_content["citations"] == []


def test_history_and_documents(address: str, assistant: Assistant) -> None:
    history = [{"question": "第四条讲什么？"}]
    told = call(address, "ask", {"question": "下一条呢？", "history": history}).structured_content
    assert told["citations"][0]["clause_number"] == 5
    # As some clients send lists.
    as_text = {"question": "下一条呢？", "history": json.dumps(history), "documents": json.dumps([DECISION])}
    assert call(address, "ask", as_text).structured_content["answer"] == told["answer"]
    elsewhere = call(address, "ask", {"question": QUESTION, "documents": ["hostile"]}).structured_content
    assert {cited["document"] for cited in elsewhere["citations"]} <= {"hostile"}


def test_search(address: str, decision: Document) -> None:
    found = call(address, "search", {"query": "康养旅游", "k": 3, "documents": [DECISION]}).structured_content[
        "passages"
    ]
    assert len(found) == 3
    assert (found[0]["clause_number"], found[0]["clause_label"]) == (11, "(十一)")
    for passage in found:
        assert passage["text"] == decision.text[passage["start"] : passage["end"]]
        assert re.search(rf"quote={passage['start']}-{passage['end']}-[0-9a-f]{{8}}#", passage["url"])
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)


def test_get_clause_and_list_documents(address: str, decision: Document) -> None:
    clause = call(address, "get_clause", {"document": DECISION, "number": 11}).structured_content
    assert clause["text"] == decision.text[clause["start"] : clause["end"]]
    assert (clause["clause_number"], clause["document_title"]) == (11, decision.record.title)
    assert clause["url"] == f"{address}/documents/{DECISION}#clause-11"
    held = call(address, "list_documents", {}).structured_content["documents"]
    assert [document["id"] for document in held] == ["hostile", DECISION]
    assert held[1]["clauses"] == 17


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("ask", {}, "question: Field required"),
        ("ask", {"question": ""}, "the question is empty"),
        ("ask", {"question": "长" * 2001}, "2,000 are the most"),
        ("ask", {"question": QUESTION, "documents": ["none"]}, "`list_documents` gives the ids"),
        ("ask", {"question": QUESTION, "documents": "[" * 100_000}, "documents: "),
        ("ask", {"question": QUESTION, "temperature": 1}, "temperature: "),
        ("search", {"query": "机场", "k": 0}, "k: "),
        ("get_clause", {"document": "none", "number": 1}, "no document 'none'"),
        ("get_clause", {"document": DECISION, "number": 18}, "has no clause 18; it has clauses 1 to 17"),
        ("list_documents", {"page": 2}, "page: "),
    ],
)
def test_what_is_wrong_is_told_to_the_model(address: str, name: str, arguments: dict[str, Any], words: str) -> None:
    result = call(address, name, arguments)
    assert result.is_error
    assert result.structured_content is None
    assert words in result.content[0].text
    assert "\n" not in result.content[0].text


def test_a_failure_tells_nothing_of_the_inside(
    address: str, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(query: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(assistant, "ask", ask)
    result = call(address, "ask", {"question": QUESTION})
    assert result.is_error
    assert "secret" not in result.content[0].text


def test_a_tool_that_is_none(address: str) -> None:
    with pytest.raises((MCPError, BaseExceptionGroup)) as raised:
        call(address, "shell", {})
    assert "there are ask, search, get_clause, list_documents" in _told(raised.value)


def test_calls_at_once_do_not_mix(address: str, assistant: Assistant) -> None:
    questions = [f"第{number}条讲什么？" for number in "一二三四五六七八九十"]

    async def use(client: Client) -> Any:
        return await asyncio.gather(*(client.call_tool("ask", {"question": question}) for question in questions))

    answers = [result.structured_content["answer"] for result in with_client(address, use)]
    assert answers == [assistant.ask(Query(question)).text for question in questions]
    assert len(set(answers)) == 10


@pytest.fixture(scope="module")
def locked(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory, serve_app: Any) -> str:
    folder = tmp_path_factory.mktemp("locked")
    return serve_app(create_app(assistant, feedback_folder=folder, api_keys=["a-key"]))


def test_a_key_is_asked_for(locked: str) -> None:
    for headers in ({"authorization": "Bearer a-key"}, {"x-api-key": "a-key"}):
        assert not call(locked, "list_documents", {}, headers=headers).is_error
    with pytest.raises((MCPError, BaseExceptionGroup)) as raised:
        call(locked, "list_documents", {}, headers={"authorization": "Bearer wrong"}, mode="legacy")
    assert "an API key is needed" in _told(raised.value)


def _told(error: BaseException) -> str:
    """The message of an error; tasks of the client wrap it in groups."""
    return _told(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else str(error)


@pytest.fixture(scope="module")
def site(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Reached under one name, and said to be at another."""
    folder = tmp_path_factory.mktemp("site")
    app = create_app(
        assistant, feedback_folder=folder, mcp_hosts=["policies.example"], site_url="https://policies.example/"
    )
    with TestClient(app, base_url="https://policies.example", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "POLICIES.example:8443"}, 200),
        ({"origin": "https://policies.example"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "evil.example", "origin": "https://evil.example"}, 403),
        ({"host": "[::1"}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[::1"}, 403),
    ],
)
def test_pages_of_other_sites_are_kept_off(site: TestClient, headers: dict[str, str], status: int) -> None:
    for path in ("/mcp", "/mcp/"):
        response = site.post(path, json=LIST, headers=HEADERS | headers)
        assert response.status_code == status
        assert (response.json().get("error", {}).get("code") == -32600) == (status == 403)
        assert response.headers["x-content-type-options"] == "nosniff"


def test_links_of_a_site_that_says_where_it_is(site: TestClient) -> None:
    request = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "list_documents"}}
    told = site.post("/mcp", json=request, headers=HEADERS).json()["result"]["structuredContent"]
    assert told["documents"][1]["url"] == f"https://policies.example/documents/{DECISION}"


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "OPTIONS"])
def test_other_methods(client: TestClient, method: str) -> None:
    response = client.request(method, "/mcp", content=b"" if method == "PUT" else None)
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"[" * 100_000, b'{"jsonrpc": "2.0", "id": 1}', b"\xff"])
def test_what_is_no_message(client: TestClient, body: bytes) -> None:
    response = client.post("/mcp", content=body, headers=HEADERS | {"content-type": "application/json"})
    assert 400 <= response.status_code < 500
    assert "error" in response.json()


def test_an_application_may_be_started_again(assistant: Assistant, tmp_path: Path) -> None:
    app = create_app(assistant, feedback_folder=tmp_path)
    for _ in range(2):
        with TestClient(app) as client:
            assert client.post("/mcp", json=LIST, headers=HEADERS).status_code == 200


@pytest.mark.slow
def test_standard_input_and_output(data_dir: Path) -> None:
    parameters = StdioServerParameters(
        command=sys.executable,
        args=["-m", "assistant", "mcp"],
        env={"ASSISTANT_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT)},
    )

    async def work() -> Any:
        async with Client(parameters) as client:
            return (await client.list_tools()).tools, await client.call_tool("ask", {"question": QUESTION})

    tools, answer = run(work)
    assert [tool.name for tool in tools] == NAMES
    told = answer.structured_content
    assert told["status"] == "answered"
    assert told["citations"][0]["url"].startswith(f"/documents/{DECISION}?quote=")


@pytest.mark.slow
def test_the_command_ends_quietly(data_dir: Path) -> None:
    command = [sys.executable, "-m", "assistant", "mcp"]
    environment = {"ASSISTANT_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT), "PATH": ""}
    streams: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=environment, **streams) as process:
        initialize = {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        }
        message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": initialize}
        process.stdin.write(json.dumps(message).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["result"]["serverInfo"]["name"] == "policy-assistant"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == -signal.SIGINT
        assert process.stderr.read() == b""
    ended = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, b"", b"")
    with subprocess.Popen(command, env=environment, **streams) as process:
        process.stdout.close()  # who asked has gone
        _, said = process.communicate(json.dumps(message).encode() + b"\n", timeout=60)
        assert (process.returncode, said) == (0, b"")


def test_the_command_answers_what_was_asked_before_the_input_ended(data_dir: Path) -> None:
    started = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    asked = [{"name": "ask", "arguments": {"question": QUESTION}}, {"name": "list_documents", "arguments": {}}]
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": started},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        *({"jsonrpc": "2.0", "id": f"call {i}", "method": "tools/call", "params": one} for i, one in enumerate(asked)),
    ]
    ended = subprocess.run(
        [sys.executable, "-m", "assistant", "mcp"],
        env={"ASSISTANT_DATA_DIR": str(data_dir), "PYTHONPATH": str(ROOT), "PATH": ""},
        input="\n".join(map(json.dumps, messages)),  # the last line without its end, too
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    replies = {reply["id"]: reply["result"] for reply in map(json.loads, ended.stdout.splitlines())}
    assert set(replies) == {1, "call 0", "call 1"}
    assert "机场迁建" in replies["call 0"]["structuredContent"]["answer"]
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_command_without_an_index(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assistant", "mcp"]
    environment = {"ASSISTANT_DATA_DIR": str(tmp_path / "none"), "PYTHONPATH": str(ROOT), "PATH": ""}
    ended = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("error: no index in")
    assert ended.stderr.count("\n") == 1
