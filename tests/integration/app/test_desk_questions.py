"""The staff desk: what is kept of questions."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.app import expiring, feedback
from assistant.app.desk.questions import FILE, QuestionLog
from assistant.app.page import ChatPage
from assistant.app.server import create_app
from assistant.pipeline import Assistant
from assistant.schema import Answer
from tests.integration.app.desk_forms import PASSWORD, log_in

ANSWERABLE = "要建设哪些产业园？"
PHONE = "13812345678"
UNANSWERABLE = f"市政府办公室的电话号码是多少？我的手机是{PHONE}"


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


def test_questions_asked_on_the_page_are_kept(assistant: Assistant, tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 7)
    list(ChatPage(assistant, "zh", log.record).respond(ANSWERABLE, []))
    list(ChatPage(assistant, "zh", log.record).respond("  ", []))
    assert [asked.question for asked in log.read()] == [ANSWERABLE]


def test_nothing_is_kept_unless_days_are_set(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 0)
    log.record(ANSWERABLE, Answer("answered", "", "zh"))
    log.flush()
    assert not (tmp_path / FILE).exists()
    assert log.read() == []


def test_old_questions_are_deleted(tmp_path: Path) -> None:
    kept = QuestionLog(tmp_path, 30)
    kept.record("旧的秘密问题", Answer("answered", "", "zh"))
    kept.flush()
    old = (datetime.now(UTC) - timedelta(days=31)).isoformat(timespec="seconds")
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE questions SET time = ?", (old,))
    assert kept.read() == []
    again = QuestionLog(tmp_path, 30)
    again.record("新的问题", Answer("answered", "", "zh"))
    again.flush()
    assert [row["question"] for row in rows(tmp_path)] == ["新的问题"]
    assert "旧的秘密问题".encode() not in (tmp_path / FILE).read_bytes()
    off = QuestionLog(tmp_path, 0)
    off.flush()
    assert rows(tmp_path) == []


def test_reading_deletes_what_is_too_old(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 30)
    log.record("旧的秘密问题", Answer("answered", "", "zh"))
    log.flush()
    make_older(tmp_path / FILE, "questions", 31)
    assert log.read() == []
    assert rows(tmp_path) == []
    assert "旧的秘密问题".encode() not in (tmp_path / FILE).read_bytes()


def test_what_is_too_old_is_deleted_though_nothing_is_asked(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expiring, "SWEEP_SECONDS", 0.05)
    complaint = {"language": "zh", "question": ANSWERABLE, "status": "answered", "verdict": "not_helpful"}
    app = create_app(assistant, feedback_folder=tmp_path, question_log_days=7, feedback_days=7)
    with TestClient(app) as client:
        assert client.post("/api/v1/ask", json={"question": ANSWERABLE}).status_code == 200
        assert client.post("/api/v1/feedback", json=complaint).status_code == 201
        wait_for_rows(tmp_path, 1)
        for file, table in ((FILE, "questions"), (feedback.FILE, "feedback")):
            time.sleep(0.2)
            assert count(tmp_path / file, table) == 1, "what is not too old stays"
            make_older(tmp_path / file, table, 8)
            deadline = time.monotonic() + 20
            while count(tmp_path / file, table) and time.monotonic() < deadline:
                time.sleep(0.02)
            assert count(tmp_path / file, table) == 0


def make_older(path: Path, table: str, days: int) -> None:
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {table} SET time = ?", (then,))


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_log_that_cannot_be_written_costs_no_answer(
    assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FILE).mkdir()
    app = create_app(assistant, feedback_folder=tmp_path, staff_password=SecretStr(PASSWORD), question_log_days=7)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        assert client.post("/api/v1/ask", json={"question": ANSWERABLE}).status_code == 200
        assert log_in(client, PASSWORD).status_code == 303
        page = client.get("/desk")
    assert page.status_code == 200
    assert "暂时读不出来" in page.text
    assert "question log" in caplog.text


def test_hostile_questions_are_text(tmp_path: Path) -> None:
    log = QuestionLog(tmp_path, 7)
    log.record("'); DROP TABLE questions; --\x00\ud800", Answer("no_evidence", "", "zh"))
    assert [asked.question for asked in log.read()] == ["'); DROP TABLE questions; -- ?"]
