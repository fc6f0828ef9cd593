"""Answers in server-sent events, single documents and clauses, and an OpenAPI description that is true."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from assistant.app.api_models import AnswerBody, ClauseBody, DocumentBody, HitBody, ProblemBody
from assistant.schema import Document

EVENTS = {"accept": "text/event-stream"}
LONG = "第一部分讲什么？"


def events(text: str) -> list[tuple[str, Any]]:
    assert text.endswith("\n\n")
    found = []
    for entry in text.removesuffix("\n\n").split("\n\n"):
        name, data = entry.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def without_timings(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "timings_ms"}


@pytest.mark.parametrize("question", [LONG, "要建设哪些产业园？", "市政府办公室的电话号码是多少？", "你好"])
def test_parts_add_up_to_the_answer_that_follows(client: TestClient, question: str) -> None:
    body = {"question": question, "id": "q"}
    whole = client.post("/api/v1/ask", json=body).json()
    response = client.post("/api/v1/ask", json=body, headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    *parts, (last, answer) = events(response.text)
    assert {name for name, _ in parts} == {"part"}
    assert "".join(data["text"] for _, data in parts) == whole["answer"]
    assert last == "answer"
    assert without_timings(answer) == without_timings(whole)


def test_on_the_wire(address: str) -> None:
    accept = {"accept": "text/event-stream, application/json;q=0.5"}
    response = httpx.post(f"{address}/api/v1/ask", json={"question": LONG}, headers=accept, trust_env=False)
    assert [name for name, _ in events(response.text)].count("part") >= 3


@pytest.mark.parametrize("accept", ["", "*/*", "application/json", "text/html"])
def test_json_unless_events_are_asked_for(client: TestClient, accept: str) -> None:
    response = client.post("/api/v1/ask", json={"question": LONG}, headers={"accept": accept})
    assert response.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({"question": ""}, 422, "empty"),
        ({"question": "长" * 2001}, 422, "2,001 characters, 2,000 are the most"),
        ({"question": "目标是什么？", "documents": ["none"]}, 404, "none"),
        ({}, 422, "question"),
    ],
)
@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
def test_what_cannot_be_answered_is_a_problem_and_no_stream(
    client: TestClient, body: dict[str, Any], status: int, words: str, accept: str
) -> None:
    response = client.post("/api/v1/ask", json=body, headers={"accept": accept})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_a_document(client: TestClient, decision: Document) -> None:
    entries = client.get("/api/v1/documents").json()
    assert client.get(f"/api/v1/documents/{decision.id}").json() in entries
    assert client.get("/api/v1/documents/none").status_code == 404


def test_a_clause_by_its_number(client: TestClient, decision: Document) -> None:
    address = f"/api/v1/documents/{decision.id}/clauses"
    for clause in client.get(address).json():
        if clause["clause_number"]:
            assert client.get(f"{address}/{clause['clause_number']}").json() == clause
    for path, status in ((f"{address}/18", 404), (f"{address}/0", 422), (f"{address}/x", 422)):
        response = client.get(path)
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
    assert "18" in client.get(f"{address}/18").json()["detail"]
    assert client.get("/api/v1/documents/none/clauses/1").status_code == 404


def test_answers_have_the_shapes_that_are_described(client: TestClient, decision: Document) -> None:
    documents = "/api/v1/documents"
    for model, response in (
        (AnswerBody, client.post("/api/v1/ask", json={"question": "要建设哪些产业园？"})),
        (list[HitBody], client.get("/api/v1/search", params={"q": "机场"})),
        (list[DocumentBody], client.get(documents)),
        (DocumentBody, client.get(f"{documents}/{decision.id}")),
        (list[ClauseBody], client.get(f"{documents}/{decision.id}/clauses")),
        (ClauseBody, client.get(f"{documents}/{decision.id}/clauses/11")),
        (ProblemBody, client.get(f"{documents}/none")),
    ):
        TypeAdapter(model).validate_json(response.content, strict=True)


def test_every_route_is_described(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/ask",
        "/api/v1/search",
        "/api/v1/documents",
        "/api/v1/documents/{document_id}",
        "/api/v1/documents/{document_id}/clauses",
        "/api/v1/documents/{document_id}/clauses/{number}",
        "/v1/chat/completions",
        "/v1/models",
        "/v1/models/{model}",
        "/healthz",
    }
    for path, operations in described["paths"].items():
        for operation in operations.values():
            assert operation["summary"]
            assert operation["tags"], path
    ask = described["paths"]["/api/v1/ask"]["post"]
    assert set(ask["responses"]["200"]["content"]) == {"application/json", "text/event-stream"}
    assert "application/problem+json" in ask["responses"]["422"]["content"]
    assert described["components"]["schemas"]["AskRequest"]["example"]["question"]
