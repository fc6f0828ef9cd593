"""The rate limit: by key or address, in each door's own words, never at the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from fastapi import FastAPI
from hypothesis import given
from hypothesis import strategies as st
from openai import OpenAI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from assistant.app import rate_limit
from assistant.app.keys import KeyRing
from assistant.app.rate_limit import Buckets, RateLimit
from assistant.app.server import create_app
from assistant.pipeline import Assistant

LIMIT = 5
DOCUMENTS, MODELS = "/api/v1/documents", "/v1/models"
LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
EVENTS = {"accept": "application/json, text/event-stream"}


@pytest.fixture
def limited_app(assistant: Assistant, tmp_path: Path) -> FastAPI:
    return create_app(assistant, feedback_folder=tmp_path, api_keys=["one", "two"], rate_limit=LIMIT)


@pytest.fixture
def limited(limited_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(limited_app, raise_server_exceptions=False) as client:
        yield client


def statuses(client: TestClient, times: int, headers: dict[str, str]) -> list[int]:
    return [client.get(DOCUMENTS, headers=headers).status_code for _ in range(times)]


def test_each_key_has_its_own_requests(limited: TestClient) -> None:
    assert statuses(limited, LIMIT + 1, {"x-api-key": "one"}) == [200] * LIMIT + [429]
    assert statuses(limited, LIMIT + 1, {"authorization": "Bearer two"}) == [200] * LIMIT + [429]
    assert statuses(limited, 1, {"authorization": "Bearer one"}) == [429]


def test_guessing_keys_counts_by_address(limited: TestClient) -> None:
    tried = [limited.get(DOCUMENTS, headers={"x-api-key": f"guess-{n}"}).status_code for n in range(LIMIT + 1)]
    assert tried == [401] * LIMIT + [429]
    assert statuses(limited, 1, {"x-api-key": "one"}) == [200]


def test_the_doors_share_the_limit_and_tell_it_in_their_words(limited: TestClient) -> None:
    key = {"x-api-key": "one"}
    assert limited.post("/mcp", json=LIST, headers=EVENTS | key).status_code == 200
    assert statuses(limited, LIMIT - 1, key) == [200] * (LIMIT - 1)
    problem, chat, mcp = (
        limited.get(DOCUMENTS, headers=key),
        limited.get(MODELS, headers=key),
        limited.post("/mcp", json=LIST, headers=EVENTS | key),
    )
    for response in (problem, chat, mcp):
        assert response.status_code == 429
        assert 1 <= int(response.headers["retry-after"]) <= 60 / LIMIT
        assert response.headers["x-content-type-options"] == "nosniff"
    assert problem.headers["content-type"] == "application/problem+json"
    assert "try again in" in problem.json()["detail"]
    assert chat.json()["error"]["code"] == "rate_limit_exceeded"
    assert "try again in" in mcp.json()["error"]["message"]


def test_pages_are_not_counted(limited: TestClient) -> None:
    for path in ("/documents", "/healthz", "/en/"):
        assert {limited.get(path).status_code for _ in range(LIMIT + 2)} == {200}, path


def test_no_limit_unless_one_is_set(client: TestClient) -> None:
    assert {client.get(MODELS).status_code for _ in range(30)} == {200}


def test_openais_client_understands(limited_app: FastAPI, serve_app: Callable[[FastAPI], str]) -> None:
    address = serve_app(limited_app)
    http = httpx.Client(trust_env=False)
    client = OpenAI(base_url=f"{address}/v1", api_key="two", http_client=http, max_retries=0)
    for _ in range(LIMIT):
        client.models.list()
    with pytest.raises(openai.RateLimitError) as raised:
        client.models.list()
    assert raised.value.code == "rate_limit_exceeded"


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_fills_evenly() -> None:
    clock = Clock()
    buckets = Buckets(60, clock)
    assert [buckets.take("a") for _ in range(60)] == [0.0] * 60
    assert buckets.take("a") == pytest.approx(1.0)
    assert buckets.take("b") == 0.0
    clock.now += 0.9
    assert buckets.take("a") == pytest.approx(0.1)
    clock.now += 0.1
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0
    clock.now += 3600
    assert [buckets.take("a") > 0 for _ in range(61)] == [False] * 60 + [True]


@given(per_minute=st.integers(1, 200), pauses=st.lists(st.floats(0, 20, allow_nan=False), min_size=1, max_size=300))
def test_never_more_than_a_minutes_worth_and_what_has_come_since(per_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(per_minute, clock)
    taken = 0
    for pause in pauses:
        clock.now += pause
        wait = buckets.take("a")
        taken += wait == 0
        assert wait <= 60 / per_minute + 1e-6
    assert taken <= per_minute + clock.now * per_minute / 60 + 1e-3
    assert taken >= min(len(pauses), per_minute)


def test_clients_that_are_done_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate_limit, "MOST_CLIENTS", 10)
    clock = Clock()
    buckets = Buckets(60, clock)
    for number in range(100):
        buckets.take(str(number))
        clock.now += 2
    assert len(buckets._full_at) <= 11
    clock.now -= 2
    assert [buckets.take("99") > 0 for _ in range(60)] == [False] * 59 + [True]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_who_counts_as_one_client(first: str, second: str, same: bool) -> None:
    app = RateLimit(PlainTextResponse("answered"), 1, KeyRing())
    found: list[Any] = []
    for address in (first, second):
        client = TestClient(app, client=(address, 1))
        found.append(client.get(MODELS).status_code)
    assert found == [200, 429 if same else 200]
