"""Headers of every response, and the routes of Gradio that stay closed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

EVERY_PAGE = ["/", "/en/", "/documents", "/documents/panzhihua-2020-07-30", "/documents/none", "/healthz", "/nothing"]


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "object-src 'none'" in policy
    assert "http" not in policy
    assert "unsafe-eval" not in policy
    scripts = policy.split("script-src", 1)[1].split(";", 1)[0]
    assert "unsafe-inline" not in scripts
    if path not in ("/", "/en/"):
        assert "unsafe" not in policy


def test_each_chat_page_has_a_nonce_of_its_own(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = [page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0] for page in (first, second)]
    assert nonces[0] != nonces[1]
    assert f'<script nonce="{nonces[0]}"' in first.text
    assert first.text.count("<script") == first.text.count(f'nonce="{nonces[0]}"')


def test_language_and_title_of_the_chat_pages(client: TestClient) -> None:
    assert '<html lang="zh-CN"' in client.get("/").text
    assert '<html lang="en"' in client.get("/en/").text
    assert "<title>政策问答" in client.get("/").text
    sent = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"}, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"]) == (307, "/en/")
    stays = client.get("/?lang=zh", headers={"accept-language": "en"}, follow_redirects=False)
    assert stays.status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("GET", "/gradio_api/file/etc/passwd"),
        ("GET", "/gradio_api/proxy=https://example.com/"),
        ("GET", "/monitoring"),
        ("GET", "/gradio_api/vibe-code"),
        ("POST", "/gradio_api/vibe-edit"),
        ("POST", "/gradio_api/run/respond"),
        ("POST", "/gradio_api/call/respond"),
        ("POST", "/en/gradio_api/upload"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/docs"),
        ("PUT", "/"),
    ],
)
def test_what_gradio_offers_besides_stays_closed(client: TestClient, method: str, path: str) -> None:
    assert client.request(method, path, content=b"").status_code == 404


def test_gradio_exposes_no_endpoints(client: TestClient) -> None:
    assert client.get("/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}


def test_the_front_end_comes_from_here_and_may_be_kept(client: TestClient) -> None:
    html = client.get("/documents").text
    address = html.split('rel="stylesheet" href="')[1].split('"')[0]
    response = client.get(address)
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
    assert client.get("/ui/../server.py").status_code == 404
    assert client.get("/ui/none.css").status_code == 404


def test_importing_the_server_does_not_import_gradio() -> None:
    code = "import sys, assistant.app.server; sys.exit('gradio' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3]).returncode == 0
