"""JSON routes: shapes of the contract, and every error a problem."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from httpx import ASGITransport, AsyncClient, Response
from starlette.testclient import TestClient

from assistant.app.question_threads import MOST_AT_ONCE
from assistant.pipeline import Assistant
from assistant.schema import AnswerChunk, Document, Query

DECISION = "panzhihua-2020-07-30"
CITATION = {
    "marker", "document", "document_title", "clause_number", "clause_label", "quote", "start", "end", "url",
}  # fmt: skip


def assert_problem(response: Response, status: int) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert set(problem) == {"type", "title", "status", "detail"}
    assert "Traceback" not in response.text


def test_healthz(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "documents": 2}


def test_healthz_answers_while_all_threads_of_questions_wait(client: TestClient) -> None:
    released = threading.Event()

    async def ask_with_no_thread_left() -> int:
        threads = anyio.to_thread.current_default_thread_limiter()
        transport = ASGITransport(app=client.app)
        async with anyio.create_task_group() as group, AsyncClient(transport=transport, base_url="http://a") as asking:
            for _ in range(int(threads.total_tokens)):
                group.start_soon(anyio.to_thread.run_sync, released.wait)
            await anyio.wait_all_tasks_blocked()
            try:
                with anyio.fail_after(10):
                    return (await asking.get("/healthz")).status_code
            finally:
                released.set()

    # In a thread of its own: a browser of another test may keep a loop running in this one.
    with ThreadPoolExecutor(1) as other:
        assert other.submit(anyio.run, ask_with_no_thread_left).result() == 200


def test_everything_else_is_served_while_more_questions_wait_than_there_are_threads(
    client: TestClient, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = assistant.ask(Query("机场要搬到哪里？"))
    waiting, released = threading.Semaphore(0), threading.Event()

    def stream(self: Assistant, query: Query) -> Iterator[AnswerChunk]:
        for piece in (AnswerChunk(answer.text), AnswerChunk("", answer)):
            yield piece
            waiting.release()
            released.wait(60)

    monkeypatch.setattr(Assistant, "stream", stream)
    message = {"messages": [{"role": "user", "content": "甲？"}]}
    asked: list[tuple[str, dict[str, Any], str]] = [
        ("/api/v1/ask", {"question": "甲？"}, "application/json"),
        ("/api/v1/ask", {"question": "甲？"}, "text/event-stream"),
        ("/v1/chat/completions", message, "application/json"),
        ("/v1/chat/completions", {**message, "stream": True}, "application/json"),
    ]
    others = ["/healthz", "/documents", f"/documents/{DECISION}", f"/api/v1/documents/{DECISION}/clauses", "/v1/models"]

    async def serve() -> tuple[list[int], list[int]]:
        answers: list[int] = []
        transport = ASGITransport(app=client.app)
        async with AsyncClient(transport=transport, base_url="http://a", timeout=60) as visitor:

            async def ask(path: str, body: dict[str, Any], accept: str) -> None:
                answers.append((await visitor.post(path, json=body, headers={"accept": accept})).status_code)

            async with anyio.create_task_group() as group:
                for one in asked * 11:
                    group.start_soon(ask, *one)
                own = anyio.CapacityLimiter(1)
                for _ in range(MOST_AT_ONCE):
                    await anyio.to_thread.run_sync(waiting.acquire, limiter=own)
                try:
                    with anyio.fail_after(20):
                        statuses = [(await visitor.get(path)).status_code for path in others]
                finally:
                    released.set()
        return answers, statuses

    with ThreadPoolExecutor(1) as other:
        assert other.submit(anyio.run, serve).result() == ([200] * 44, [200] * len(others))


def test_ask_answers_with_citations_that_are_word_for_word(client: TestClient, decision: Document) -> None:
    response = client.post(
        "/api/v1/ask", json={"id": "q1", "question": "要建设哪些产业园？", "documents": [decision.id]}
    )
    assert response.status_code == 200
    answer = response.json()
    assert set(answer) >= {"id", "status", "answer", "language", "citations", "related", "timings_ms"}
    assert answer["id"] == "q1"
    assert answer["status"] == "answered"
    assert answer["citations"]
    for citation in answer["citations"]:
        assert set(citation) == CITATION
        assert citation["quote"] == decision.text[citation["start"] : citation["end"]]
        assert f"[{citation['marker']}]" in answer["answer"]


def test_ask_takes_history_in_both_shapes(client: TestClient) -> None:
    body = {"question": "那第五条呢？", "history": ["第四条讲什么？", {"question": "你好", "answer": "您好！"}]}
    response = client.post("/api/v1/ask", json=body)
    assert response.status_code == 200
    assert response.json()["id"] is None


def test_refusal_has_no_citations(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": "市政府办公室的电话号码是多少？"}).json()
    assert answer["status"] == "no_evidence"
    assert answer["citations"] == []
    assert answer["related"]
    assert all(set(related) == CITATION for related in answer["related"])


@pytest.mark.parametrize("question", ["", "   ", "？" * 5, "长" * 100_000])
def test_questions_that_are_none(client: TestClient, question: str) -> None:
    assert_problem(client.post("/api/v1/ask", json={"question": question}), 422)


@pytest.mark.parametrize(
    "body", [{}, {"question": 7}, {"question": "问", "history": [3]}, {"question": "问", "extra": 1}, [], "text"]
)
def test_requests_of_the_wrong_shape(client: TestClient, body: object) -> None:
    assert_problem(client.post("/api/v1/ask", json=body), 422)


def test_invalid_json_and_lone_surrogates(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    assert_problem(client.post("/api/v1/ask", content=b"{not json", headers=headers), 422)
    response = client.post("/api/v1/ask", content=b'{"question": "\\ud800", "id": "\\ud800"}', headers=headers)
    assert response.status_code in (200, 422)


def test_unknown_document_in_a_question(client: TestClient) -> None:
    assert_problem(client.post("/api/v1/ask", json={"question": "目标是什么？", "documents": ["none"]}), 404)


def test_search(client: TestClient, decision: Document) -> None:
    found = client.get("/api/v1/search", params={"q": "康养旅游", "k": 3, "documents": decision.id}).json()
    assert len(found) == 3
    for hit in found:
        assert set(hit) == {"document", "clause_number", "text", "start", "end", "score", "scores"}
        assert hit["text"] == decision.text[hit["start"] : hit["end"]]
    assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)
    assert found[0]["clause_number"] == 11


@pytest.mark.parametrize(
    "parameters", [{}, {"q": ""}, {"q": "词", "k": 0}, {"q": "词", "k": 101}, {"q": "词", "k": "x"}]
)
def test_search_of_the_wrong_shape(client: TestClient, parameters: dict[str, str]) -> None:
    assert_problem(client.get("/api/v1/search", params=parameters), 422)


def test_documents_and_clauses(client: TestClient, decision: Document) -> None:
    entries = client.get("/api/v1/documents").json()
    assert [entry["id"] for entry in entries] == ["hostile", decision.id]
    assert {"id", "title", "status"} <= set(entries[0])
    clauses = client.get(f"/api/v1/documents/{decision.id}/clauses").json()
    assert [clause["clause_number"] for clause in clauses if clause["clause_number"]] == list(range(1, 18))
    for clause in clauses:
        assert clause["text"] == decision.text[clause["start"] : clause["end"]]
        assert {"clause_number", "label", "heading", "text", "start", "end"} <= set(clause)
    assert_problem(client.get("/api/v1/documents/none/clauses"), 404)


def test_unknown_addresses_and_methods(client: TestClient) -> None:
    assert_problem(client.get("/api/v1/nothing"), 404)
    assert_problem(client.get("/nothing"), 404)
    for method, path, allowed in (
        ("DELETE", "/api/v1/documents", "GET, HEAD"),
        ("HEAD", "/api/v1/ask", "POST"),
        ("OPTIONS", "/api/v1/search", "GET, HEAD"),
        ("TRACE", "/api/v1/documents/none/clauses/1", "GET, HEAD"),
        ("POST", "/api/openapi.json", "GET, HEAD"),
    ):
        response = client.request(method, path, content=b"" if method == "POST" else None)
        assert (response.status_code, response.headers["allow"]) == (405, allowed)
        if method != "HEAD":
            assert_problem(response, 405)


def test_an_id_that_cannot_come_back_is_told(client: TestClient) -> None:
    for accept in ("application/json", "text/event-stream"):
        headers = {"content-type": "application/json", "accept": accept}
        body = b'{"question": "\xe6\x9c\xba\xe5\x9c\xba", "id": "a\\ud800"}'
        response = client.post("/api/v1/ask", content=body, headers=headers)
        assert_problem(response, 422)
        assert "surrogate" in response.json()["detail"]


def test_bodies_are_limited(client: TestClient) -> None:
    assert_problem(client.post("/api/v1/ask", content=b"x" * (3 * 1024 * 1024)), 413)
    assert_problem(client.post("/api/v1/ask", content=iter([b"x"])), 411)
