"""Which status an address answers with: HEAD, a slash too many, an address or a method that there is not."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.integration.app.desk_forms import log_in

DECISION = "panzhihua-2020-07-30"


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/documents", f"/documents/{DECISION}", "/api/v1/documents", "/api/openapi.json", "/ui/base.css"],
)
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    told, shown = client.head(path), client.get(path)
    assert (told.status_code, told.content) == (200, b"")
    for name in ("content-type", "content-length", "cache-control"):
        assert told.headers.get(name) == shown.headers.get(name)


def test_head_of_what_is_not_there(client: TestClient) -> None:
    assert client.head("/documents/none").status_code == 404
    assert client.head("/desk").status_code == 404


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/documents/", "/documents"),
        ("/documents//", "/documents"),
        (f"/documents/{DECISION}/?lang=en&quote=1-9", f"/documents/{DECISION}?lang=en&quote=1-9"),
        ("/documents//evil.example/", "/documents//evil.example"),
        ("/documents/文件/", "/documents/%E6%96%87%E4%BB%B6"),
    ],
)
def test_a_slash_too_many_leads_to_the_page(client: TestClient, path: str, target: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, target)


def test_what_is_not_there_is_told_in_our_words(client: TestClient) -> None:
    for path in ("/documents/a/b", f"/documents/{DECISION}/b"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "没有找到这份文件" in answer.text
        assert "There is no such document" in client.get(path, params={"lang": "en"}).text
    for path in ("/language/x/y", "/language/", "/desk", "/desk/nothing"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["detail"]) == (404, "there is nothing at this address")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/documents", f"/documents/{DECISION}", "/documents/a/b", "/healthz", "/favicon.ico"])
def test_pages_are_read_only(client: TestClient, method: str, path: str) -> None:
    answer = client.request(method, path, content=b"")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.json()["detail"] == f"this address takes GET and HEAD, not {method}"


def test_methods_of_the_desk(visitor: TestClient, client: TestClient) -> None:
    for signed_in in (False, True):
        if signed_in:
            assert log_in(visitor).status_code == 303
        for path in ("/desk", "/desk/login", "/desk/documents", "/desk/nothing"):
            answer = visitor.delete(path)
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert visitor.head("/desk").status_code == 200
    assert client.delete("/desk").status_code == 404, "where there is no desk"
