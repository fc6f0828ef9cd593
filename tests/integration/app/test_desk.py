"""The staff desk: who gets in, what is kept of questions, and what is shown of them."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.app.desk.access import LONGEST_WAIT, SESSION_SECONDS, Sessions, Throttle, is_password
from assistant.app.desk.figures import bars, figures, percentile
from assistant.app.desk.groups import Remembering, Vectors, group
from assistant.app.desk.questions import FILE, Asked, QuestionLog
from assistant.app.page import ChatPage
from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import Assistant
from assistant.schema import Answer

PASSWORD = "正确的 horse battery"
ANSWERABLE = "要建设哪些产业园？"
PHONE = "13812345678"
UNANSWERABLE = f"市政府办公室的电话号码是多少？我的手机是{PHONE}"
CLOSED = ["/desk", "/desk/", "/desk/logout", "/desk/nothing", "/desk?lang=en"]


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture(scope="module")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk_app(assistant: Assistant, desk_folder: Path) -> FastAPI:
    return create_app(assistant, feedback_folder=desk_folder, staff_password=SecretStr(PASSWORD), question_log_days=30)


@pytest.fixture
def visitor(desk_app: FastAPI) -> Iterator[TestClient]:
    with TestClient(desk_app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    assert log_in(visitor, PASSWORD).status_code == 303
    return visitor


def token(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def log_in(client: TestClient, password: str):  # type: ignore[no-untyped-def]
    form = {"token": token(client.get("/desk/login").text), "password": password}
    return client.post("/desk/login", data=form)


# --- who gets in ------------------------------------------------------------------------------------------------------


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


def test_wrong_passwords_are_slowed_even_the_right_one_among_them(assistant: Assistant, folder: Path) -> None:
    app = create_app(assistant, feedback_folder=folder, staff_password=SecretStr(PASSWORD))
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


# --- what is kept of questions ----------------------------------------------------------------------------------------


def rows(folder: Path) -> list[dict[str, object]]:
    with sqlite3.connect(folder / FILE) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM questions ORDER BY id")]


def wait_for_rows(folder: Path, count: int) -> None:
    """Questions are written after their answer is sent."""
    for _ in range(200):
        with suppress(sqlite3.OperationalError):
            if len(rows(folder)) >= count:
                return
        time.sleep(0.02)
    raise AssertionError("the questions were not written")


def test_questions_asked_over_the_api_are_kept_masked(visitor: TestClient, desk_folder: Path) -> None:
    assert visitor.post("/api/v1/ask", json={"question": ANSWERABLE}).status_code == 200
    assert visitor.post("/api/v1/ask", json={"question": UNANSWERABLE}).status_code == 200
    assert visitor.post("/api/v1/ask", json={"question": ""}).status_code == 422
    wait_for_rows(desk_folder, 2)
    answered, refused = rows(desk_folder)[-2:]
    assert answered["question"] == ANSWERABLE
    assert (answered["status"], answered["language"]) == ("answered", "zh")
    assert "panzhihua-2020-07-30#clause-" in str(answered["cited"])
    assert isinstance(answered["latency_ms"], float)
    assert answered["latency_ms"] > 0
    assert refused["status"] == "no_evidence"
    assert refused["cited"] == "[]"
    assert PHONE.encode() not in (desk_folder / FILE).read_bytes()
    assert (desk_folder / FILE).stat().st_mode & 0o077 == 0


def test_questions_asked_on_the_page_are_kept(assistant: Assistant, folder: Path) -> None:
    log = QuestionLog(folder, 7)
    list(ChatPage(assistant, "zh", log.record).respond(ANSWERABLE, []))
    list(ChatPage(assistant, "zh", log.record).respond("  ", []))
    assert [asked.question for asked in log.read()] == [ANSWERABLE]


def test_nothing_is_kept_unless_days_are_set(folder: Path) -> None:
    log = QuestionLog(folder, 0)
    log.record(ANSWERABLE, Answer("answered", "", "zh"))
    log.flush()
    assert not (folder / FILE).exists()
    assert log.read() == []


def test_old_questions_are_deleted(folder: Path) -> None:
    kept = QuestionLog(folder, 30)
    kept.record("旧的秘密问题", Answer("answered", "", "zh"))
    kept.flush()
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat(timespec="seconds")
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("UPDATE questions SET time = ?", (old,))
    assert kept.read() == []
    again = QuestionLog(folder, 30)
    again.record("新的问题", Answer("answered", "", "zh"))
    again.flush()
    assert [row["question"] for row in rows(folder)] == ["新的问题"]
    assert "旧的秘密问题".encode() not in (folder / FILE).read_bytes()
    off = QuestionLog(folder, 0)
    off.flush()
    assert rows(folder) == []


def test_a_log_that_cannot_be_written_costs_no_answer(
    assistant: Assistant, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / FILE).mkdir()
    app = create_app(assistant, feedback_folder=folder, staff_password=SecretStr(PASSWORD), question_log_days=7)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        assert client.post("/api/v1/ask", json={"question": ANSWERABLE}).status_code == 200
        assert log_in(client, PASSWORD).status_code == 303
        page = client.get("/desk")
    assert page.status_code == 200
    assert "暂时读不出来" in page.text
    assert "question log" in caplog.text


def test_hostile_questions_are_text(folder: Path) -> None:
    log = QuestionLog(folder, 7)
    log.record("'); DROP TABLE questions; --\x00\ud800", Answer("no_evidence", "", "zh"))
    assert [asked.question for asked in log.read()] == ["'); DROP TABLE questions; -- ?"]


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_the_desk_shows_what_was_asked(staff: TestClient) -> None:
    for question in (ANSWERABLE, ANSWERABLE, UNANSWERABLE, "市政府办公室电话是多少？<script>x</script>"):
        assert staff.post("/api/v1/ask", json={"question": question}).status_code == 200
    complaint = {
        "language": "zh",
        "question": "为什么<b>这样</b>？",
        "status": "answered",
        "verdict": "not_helpful",
        "reason": "incomplete",
        "text": "第四条也说了",
    }
    assert staff.post("/api/v1/feedback", json=complaint).status_code == 201
    html = staff.get("/desk").text
    assert '<html lang="zh-CN">' in html
    assert "市政府办公室的电话号码是多少" in html
    assert PHONE not in html
    assert 'href="/documents/panzhihua-2020-07-30#clause-' in html
    assert "回答不完整" in html
    assert "第四条也说了" in html
    assert "<b>这样" not in html
    assert "<script" not in html
    assert " style=" not in html
    assert re.search(r'<svg[^>]* role="img" aria-label="[^"]*未作答', html)
    english = staff.get("/desk?lang=en").text
    assert '<html lang="en">' in english
    assert "Questions without an answer" in english
    assert 'href="/documents/panzhihua-2020-07-30?lang=en#clause-' in english


def test_the_language_switch_leads_back_to_the_desk(staff: TestClient) -> None:
    for path in ("/desk", "/desk/login"):
        assert staff.get(f"/language/en?to={path}").headers["location"] == path
    assert staff.get("/language/en?to=/desk/../x").status_code == 404


def test_the_desk_says_how_to_keep_questions(assistant: Assistant, folder: Path) -> None:
    app = create_app(assistant, feedback_folder=folder, staff_password=SecretStr(PASSWORD))
    with TestClient(app, follow_redirects=False) as client:
        log_in(client, PASSWORD)
        assert "ASSISTANT_QUESTION_LOG_DAYS" in client.get("/desk").text


def asked(
    question: str, status: str = "no_evidence", ms: float = 10.0, back: int = 0, cited: tuple[str, ...] = ()
) -> Asked:
    return Asked(datetime.now(UTC) - timedelta(days=back), question, status, "zh", cited, ms)


def test_figures() -> None:
    questions = [
        asked("哪些人可以申请补贴？", ms=10),
        asked("哪些人能申请补贴", ms=20, back=1),
        asked("哪些人可以申请补贴", ms=30),
        asked("罚款多少钱", "answered", 40, cited=("a#clause-1", "a#clause-2")),
        asked("罚款怎么算", "partial", 500, cited=("a#clause-1",)),
        asked("说清楚点", "clarify", 60),
    ]
    counted = figures(questions, date.today(), 7)
    assert (counted.asked, counted.refused, counted.refusal_rate) == (6, 4, 4 / 6)
    assert [(found.question, found.others, found.count) for found in counted.unanswered] == [
        ("哪些人可以申请补贴？", ("哪些人能申请补贴",), 3)
    ]
    assert counted.cited == [("a#clause-1", 2), ("a#clause-2", 1)]
    assert (counted.p50, counted.p95) == (30, 500)
    assert len(counted.days) == 7
    assert sum(day.asked for day in counted.days) == 6
    assert max(bar.height for bar in bars(counted.days)) == 120


def test_figures_of_nothing() -> None:
    counted = figures([], date.today(), 30)
    assert (counted.asked, counted.refusal_rate, counted.p95, counted.most) == (0, 0, 0, 0)
    assert {bar.height for bar in bars(counted.days)} == {0}
    assert percentile([5.0], 50) == 5


def test_groups_keep_apart_what_asks_for_other_things() -> None:
    found = group(
        ["要建设哪些产业园？", "要建设哪些学校？", "要建设哪些学校", "？？", "What is the fine?", "what is the FINE"]
    )
    assert [(g.question, g.count) for g in found] == [
        ("要建设哪些学校？", 2),
        ("What is the fine?", 2),
        ("要建设哪些产业园？", 1),
        ("？？", 1),
    ]


def test_groups_by_meaning_join_other_words_for_the_same(assistant: Assistant) -> None:
    same = ["市政府办公室电话是多少", "怎么联系市政府办公室"]
    others = [
        "要建设哪些产业园？",
        "要建设哪些学校？",
        "What is the fine for littering?",
        "What is the fee for parking?",
    ]
    by_wording = group([*same, *others])
    assert [g.count for g in by_wording] == [1] * 6
    by_meaning = group([*same, *others], assistant.embed_questions)
    assert [(g.question, g.others, g.count) for g in by_meaning if g.others] == [(same[0], (same[1],), 2)]
    assert len(by_meaning) == 5
    assert group([], assistant.embed_questions) == []


def test_no_question_is_embedded_twice(assistant: Assistant) -> None:
    embedded: list[str] = []

    def embed(questions: Sequence[str]) -> Vectors:
        embedded.extend(questions)
        return assistant.embed_questions(questions)

    remembering = Remembering(embed)
    first = remembering(["机场", "学校", "机场"])
    again = remembering(["学校", "医院"])
    assert embedded == ["机场", "学校", "医院"]
    assert first.shape == (3, 384)
    assert (first[0] == first[2]).all()
    assert (first[1] == again[0]).all()


def test_the_desk_groups_unanswered_questions_by_meaning(assistant: Assistant, folder: Path) -> None:
    app = create_app(assistant, feedback_folder=folder, staff_password=SecretStr(PASSWORD), question_log_days=7)
    with TestClient(app, follow_redirects=False) as client:
        for question in ("市政府办公室电话是多少", "怎么联系市政府办公室"):
            assert client.post("/api/v1/ask", json={"question": question}).json()["status"] == "no_evidence"
        log_in(client, PASSWORD)
        html = client.get("/desk").text
    assert re.search("<bdi>市政府办公室电话是多少</bdi>.*2 次.*<li><bdi>怎么联系市政府办公室</bdi>", html, re.DOTALL)
