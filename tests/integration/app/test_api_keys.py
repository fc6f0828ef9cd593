"""API keys: asked of programs where they are set, never of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import openai
import pytest
from fastapi import FastAPI
from openai import OpenAI
from starlette.testclient import TestClient

from assistant.app.server import create_app
from assistant.config import load_settings, split_setting
from assistant.pipeline import Assistant

KEYS = ("first-key", "钥匙")
GUARDED = ["/api/v1/documents", "/api/v1/search?q=机场", "/api/openapi.json", "/api/v1/nothing", "/v1/models", "/v1/x"]
OPEN = ["/healthz", "/", "/en/", "/documents", "/favicon.ico", "/ui/style.css"]


@pytest.fixture(scope="module")
def locked_app(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(assistant, feedback_folder=tmp_path_factory.mktemp("locked"), api_keys=KEYS)


@pytest.fixture(scope="module")
def locked(locked_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(locked_app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer"},
        {"authorization": "Bearer first-ke"},
        {"authorization": "Basic first-key"},
        {"x-api-key": "first-key,钥匙".encode()},
        {"x-api-key": b"\xff"},
    ],
)
def test_without_a_key_nothing_is_told(locked: TestClient, path: str, headers: dict[str, str]) -> None:
    response = locked.get(path, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["x-content-type-options"] == "nosniff"
    if path.startswith("/v1"):
        assert response.json()["error"]["code"] == "invalid_api_key"
    else:
        assert response.headers["content-type"] == "application/problem+json"
        assert "X-API-Key" in response.json()["detail"]


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("key", KEYS)
def test_each_key_opens(locked: TestClient, path: str, key: str) -> None:
    expected = 404 if path.endswith(("/nothing", "/x")) else 200
    assert locked.get(path, headers={"x-api-key": key.encode()}).status_code == expected
    assert locked.get(path, headers={"authorization": f"Bearer {key}".encode()}).status_code == expected


@pytest.mark.parametrize("path", OPEN)
def test_pages_need_no_key(locked: TestClient, client: TestClient, path: str) -> None:
    status = locked.get(path).status_code
    assert status != 401
    assert status == client.get(path, follow_redirects=False).status_code


def test_feedback_needs_no_key(locked: TestClient) -> None:
    body = {"language": "zh", "question": "问", "status": "answered", "verdict": "helpful"}
    assert locked.post("/api/v1/feedback", json=body).status_code == 201
    assert locked.post("/api/v1/ask", json={"question": "机场要搬到哪里？"}).status_code == 401


def test_openais_client_sends_its_key(locked_app: FastAPI, serve_app: Callable[[FastAPI], str]) -> None:
    address = serve_app(locked_app)
    http = httpx.Client(trust_env=False)
    assert OpenAI(base_url=f"{address}/v1", api_key="first-key", http_client=http).models.list().data
    with pytest.raises(openai.AuthenticationError):
        OpenAI(base_url=f"{address}/v1", api_key="wrong", http_client=http, max_retries=0).models.list()


@pytest.mark.parametrize(("setting", "keys"), [("", ()), (" , ", ()), ("a", ("a",)), (" a, b ,,c", ("a", "b", "c"))])
def test_the_setting(setting: str, keys: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_API_KEYS", setting)
    settings = load_settings()
    assert split_setting(settings.api_keys.get_secret_value()) == keys
    assert "a, b" not in repr(settings)


def test_no_key_is_asked_for_where_none_is_set(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    monkeypatch.delenv("ASSISTANT_API_KEYS", raising=False)
    assert split_setting(load_settings().api_keys.get_secret_value()) == ()
    assert client.get("/v1/models").status_code == 200


def test_the_command_hands_the_keys_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from assistant import cli
    from assistant.app import server

    given: list[object] = []
    monkeypatch.setenv("ASSISTANT_API_KEYS", "a,b")
    monkeypatch.setattr(cli, "_assistant", lambda settings: None)
    monkeypatch.setattr(server, "serve", lambda *arguments, **options: given.append((*arguments, options["api_keys"])))
    result = CliRunner().invoke(cli.app, ["serve", "--port", "0"])
    assert result.exit_code == 0, result.output
    assert given == [(None, "127.0.0.1", 0, ("a", "b"))]
