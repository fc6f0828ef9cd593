"""The staff desk: what is shown of questions, their figures and their groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.app.desk.figures import bars, figures, percentile
from assistant.app.desk.groups import Remembering, Vectors, group
from assistant.app.desk.questions import Asked
from assistant.app.server import create_app
from assistant.pipeline import Assistant
from tests.integration.app.desk_forms import PASSWORD, log_in

ANSWERABLE = "要建设哪些产业园？"
PHONE = "13812345678"
UNANSWERABLE = f"市政府办公室的电话号码是多少？我的手机是{PHONE}"


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
    assert "连同问题保留 90 天" in html
    assert "<b>这样" not in html
    assert "<script" not in html
    assert " style=" not in html
    assert re.search(r'<svg[^>]* role="img" aria-label="[^"]*未作答', html)
    english = staff.get("/desk?lang=en").text
    assert '<html lang="en">' in english
    assert "Questions without an answer" in english
    assert 'href="/documents/panzhihua-2020-07-30?lang=en#clause-' in english


def test_the_language_switch_leads_back_to_the_desk(staff: TestClient) -> None:
    for path in ("/desk", "/desk/login", "/desk/documents/held/rules.v1.2"):
        assert staff.get(f"/language/en?to={path}").headers["location"] == path
    assert staff.get("/language/en?to=/desk/../x").status_code == 404


def test_the_desk_says_how_to_keep_questions(assistant: Assistant, tmp_path: Path) -> None:
    app = create_app(assistant, feedback_folder=tmp_path, staff_password=SecretStr(PASSWORD))
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


def test_the_desk_groups_unanswered_questions_by_meaning(assistant: Assistant, tmp_path: Path) -> None:
    app = create_app(assistant, feedback_folder=tmp_path, staff_password=SecretStr(PASSWORD), question_log_days=7)
    with TestClient(app, follow_redirects=False) as client:
        for question in ("市政府办公室电话是多少", "怎么联系市政府办公室"):
            assert client.post("/api/v1/ask", json={"question": question}).json()["status"] == "no_evidence"
        log_in(client, PASSWORD)
        html = client.get("/desk").text
    assert re.search("<bdi>市政府办公室电话是多少</bdi>.*2 次.*<li><bdi>怎么联系市政府办公室</bdi>", html, re.DOTALL)
