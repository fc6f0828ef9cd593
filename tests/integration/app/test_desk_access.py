"""The staff desk: who gets in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.app.desk.access import LONGEST_WAIT, SESSION_SECONDS, Sessions, Throttle, is_password
from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import Assistant
from tests.integration.app.desk_forms import PASSWORD, log_in, token

CLOSED = ["/desk", "/desk/", "/desk/logout", "/desk/nothing", "/desk?lang=en"]


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("path", [*CLOSED, "/desk/login"])
def test_without_a_password_there_is_no_desk(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


@pytest.mark.parametrize("path", CLOSED)
def test_strangers_are_sent_to_the_login(visitor: TestClient, path: str) -> None:
    for answer in (visitor.get(path), visitor.post(path)):
        if answer.status_code == 405:
            continue
        assert answer.status_code in (303, 307), path
        assert answer.headers["location"].endswith(("/desk/login", "/desk", "/desk?lang=en")), path
        assert "asked" not in answer.text
    visitor.cookies.set("desk", "guessed")
    assert visitor.get("/desk").headers["location"] == "/desk/login"


def test_programs_get_401(visitor: TestClient) -> None:
    answer = visitor.get("/desk", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_password_opens_the_desk_and_leaving_closes_it(visitor: TestClient) -> None:
    answer = log_in(visitor, PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("desk="))
    for attribute in ("HttpOnly", "SameSite=strict", "Path=/desk", "Max-Age="):
        assert attribute in cookie
    page = visitor.get("/desk")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "unsafe" not in page.headers["content-security-policy"]
    assert visitor.get("/desk/login").headers["location"] == "/desk"
    kept = visitor.cookies["desk"]
    assert visitor.post("/desk/logout", data={"token": token(page.text)}).status_code == 303
    visitor.cookies.set("desk", kept, path="/desk")
    assert visitor.get("/desk").status_code == 303


def test_posts_need_the_token_of_their_form_and_this_site(visitor: TestClient) -> None:
    visitor.get("/desk/login")
    assert visitor.post("/desk/login", data={"password": PASSWORD}).status_code == 403
    assert visitor.post("/desk/login", data={"password": PASSWORD, "token": "x"}).status_code == 403
    form = {"token": token(visitor.get("/desk/login").text), "password": PASSWORD}
    for other in ({"sec-fetch-site": "cross-site"}, {"origin": "http://[::1"}):
        assert visitor.post("/desk/login", data=form, headers=other).status_code == 403
    assert "desk" not in visitor.cookies
    assert visitor.post("/desk/login", data=form).status_code == 303
    mine = token(visitor.get("/desk").text)
    for change in ({}, {"token": ""}, {"token": form["token"]}):
        assert visitor.post("/desk/logout", data=change).status_code == 403
    elsewhere = {"origin": "https://elsewhere.example"}
    assert visitor.post("/desk/logout", data={"token": mine}, headers=elsewhere).status_code == 403
    assert visitor.get("/desk").status_code == 200


def test_wrong_passwords_are_slowed_even_the_right_one_among_them(assistant: Assistant, tmp_path: Path) -> None:
    app = create_app(assistant, feedback_folder=tmp_path, staff_password=SecretStr(PASSWORD))
    with TestClient(app, follow_redirects=False) as client:
        wrong = log_in(client, "wrong")
        assert wrong.status_code == 401
        assert "desk" not in client.cookies
        assert "密码不对" in wrong.text
        soon = log_in(client, PASSWORD)
        assert soon.status_code == 429
        assert int(soon.headers["retry-after"]) >= 1


def test_waits_double_up_to_a_minute_and_are_each_clients_own() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    waits = []
    for _ in range(10):
        assert throttle.start("192.0.2.1") == 0
        waits.append(throttle.start("192.0.2.1"))
        assert throttle.start("192.0.2.1") == waits[-1], "looking too early makes it no longer"
        clock.now += waits[-1]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == LONGEST_WAIT
    assert throttle.start("192.0.2.2") == 0
    throttle.succeeded("192.0.2.2")
    assert throttle.start("192.0.2.2") == 0
    assert throttle.start("2001:db8::1") == 0
    assert throttle.start("2001:db8::2") > 0
    assert throttle.start("::ffff:192.0.2.3") == 0
    assert throttle.start("::ffff:192.0.2.4") == 0, "IPv4 addresses are told apart, however they are written"
    assert throttle.start("192.0.2.3") > 0


def test_sessions_end() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    first, second = sessions.open(), sessions.open()
    assert first != second
    opened = sessions.get(first)
    assert opened is not None
    assert opened.form_token not in (first, second)
    sessions.close(second)
    assert sessions.get(second) is None
    clock.now += SESSION_SECONDS
    assert sessions.get(first) is None
    assert sessions.get("") is None
    assert sessions.get(None) is None


@pytest.mark.parametrize("given", ["", "正确的 horse", PASSWORD + " ", "\ud800", "?" * 10_000])
def test_only_the_password_is_the_password(given: str) -> None:
    assert is_password(PASSWORD, SecretStr(PASSWORD))
    assert not is_password(given, SecretStr(PASSWORD))
    assert not is_password("", SecretStr(""))


def test_the_password_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_STAFF_PASSWORD", PASSWORD)
    assert PASSWORD not in repr(Settings())
    assert Settings().staff_password.get_secret_value() == PASSWORD
    assert Settings().question_log_days == 0
    assert Settings().feedback_days == 90
