"""Verdicts on answers: stored masked in a file of their own, and taken from our own pages only."""

from __future__ import annotations

import json
import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from assistant.app.feedback import FILE, Feedback, FeedbackStore
from assistant.app.masking import mask

HELPFUL = {
    "language": "zh",
    "question": "要建设哪些产业园？",
    "status": "answered",
    "cited": ["panzhihua-2020-07-30#clause-4", "文件#clause-0"],
    "verdict": "helpful",
}
NOT_HELPFUL = HELPFUL | {"verdict": "not_helpful", "reason": "not_found", "text": "第四条里有"}


def rows(folder: Path) -> list[dict[str, object]]:
    with sqlite3.connect(folder / FILE) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM feedback ORDER BY id")]


def test_a_verdict_is_stored(client: TestClient, feedback_folder: Path) -> None:
    assert client.post("/api/v1/feedback", json=NOT_HELPFUL).status_code == 201
    row = rows(feedback_folder)[-1]
    assert str(row["time"]).endswith("+00:00")
    assert json.loads(str(row["cited"])) == NOT_HELPFUL["cited"]
    for name in ("language", "question", "status", "verdict", "reason", "text"):
        assert row[name] == NOT_HELPFUL[name]
    assert (feedback_folder / FILE).stat().st_mode & 0o077 == 0


def test_with_helpful_no_question_is_stored(client: TestClient, feedback_folder: Path) -> None:
    sent = HELPFUL | {"question": "张某的补贴为什么停了？"}
    for body in (sent, {name: value for name, value in sent.items() if name != "question"}):
        assert client.post("/api/v1/feedback", json=body).status_code == 201
        row = rows(feedback_folder)[-1]
        assert (row["verdict"], row["status"], row["question"]) == ("helpful", "answered", "")
    assert "张某".encode() not in (feedback_folder / FILE).read_bytes()


def test_the_form_says_that_the_question_is_sent_along(client: TestClient) -> None:
    assert "您的问题会一并提交，最多保存 90 天。" in client.get("/").text
    assert "Sent with your question; kept for 90 days." in client.get("/en/").text


def make_older(folder: Path, days: int) -> None:
    then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("UPDATE feedback SET time = ?", (then,))


def test_old_feedback_is_deleted(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path, 30)
    store.add(Feedback.model_validate(NOT_HELPFUL | {"question": "旧的秘密问题"}))
    make_older(tmp_path, 29)
    assert [complaint.question for complaint in FeedbackStore(tmp_path, 30).complaints()] == ["旧的秘密问题"]
    make_older(tmp_path, 31)
    store.add(Feedback.model_validate(NOT_HELPFUL | {"question": "新的问题"}))
    assert [complaint.question for complaint in store.complaints()] == ["新的问题"]
    assert [row["question"] for row in rows(tmp_path)] == ["新的问题"]
    assert "旧的秘密问题".encode() not in (tmp_path / FILE).read_bytes()
    make_older(tmp_path, 31)
    FeedbackStore(tmp_path, 30)
    assert rows(tmp_path) == []


def test_questions_that_were_stored_with_helpful_are_deleted(tmp_path: Path) -> None:
    FeedbackStore(tmp_path, 30).add(Feedback.model_validate(NOT_HELPFUL | {"question": "旧的秘密问题"}))
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE feedback SET verdict = 'helpful', reason = NULL, text = ''")
    FeedbackStore(tmp_path, 30)
    assert [row["question"] for row in rows(tmp_path)] == [""]
    assert "旧的秘密问题".encode() not in (tmp_path / FILE).read_bytes()


def test_sql_and_markup_are_text(client: TestClient, feedback_folder: Path) -> None:
    hostile = "'); DROP TABLE feedback; -- <script>\x00\u202e"
    sent = NOT_HELPFUL | {"question": hostile, "text": hostile}
    assert client.post("/api/v1/feedback", json=sent).status_code == 201
    assert rows(feedback_folder)[-1]["text"] == hostile.replace("\x00", " ")
    lone = json.dumps(sent | {"text": "?"}).replace("?", "\\ud800").encode()
    headers = {"content-type": "application/json"}
    assert client.post("/api/v1/feedback", content=lone, headers=headers).status_code in (201, 422)


@pytest.mark.parametrize(
    "change",
    [
        {"verdict": "maybe"},
        {"verdict": "helpful"},
        {"reason": "because"},
        {"language": "fr"},
        {"status": "hacked"},
        {"question": ""},
        {"verdict": "helpful", "reason": None, "text": "", "question": "长" * 2001},
        {"question": "长" * 2001},
        {"text": "长" * 501},
        {"cited": ["x"]},
        {"cited": ["a b#clause-1"]},
        {"cited": ["a#clause-1"] * 101},
        {"cited": "a#clause-1"},
        {"more": 1},
    ],
)
def test_what_has_not_the_shape_is_refused(client: TestClient, change: dict[str, object]) -> None:
    response = client.post("/api/v1/feedback", json=NOT_HELPFUL | change)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


def test_large_bodies_are_refused(client: TestClient) -> None:
    body = json.dumps(HELPFUL).encode() + b" " * (64 * 1024)
    response = client.post("/api/v1/feedback", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 413


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin", "origin": "http://testserver"}, 201),
        ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://testserver"}, 201),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://testserver.evil.example"}, 403),
        ({"origin": "http://testserver:81"}, 403),
        ({"origin": "null"}, 403),
        ({}, 201),
    ],
)
def test_only_our_own_pages_may_send(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/api/v1/feedback", json=HELPFUL, headers=headers).status_code == status


def test_forms_of_other_sites_cannot_send(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        body = json.dumps(HELPFUL).encode()
        assert client.post("/api/v1/feedback", content=body, headers={"content-type": kind}).status_code == 415


def test_a_file_that_cannot_be_written_is_a_polite_problem(client: TestClient, feedback_folder: Path) -> None:
    path = feedback_folder / FILE
    kept = path.read_bytes() if path.exists() else None
    path.write_bytes(b"this is no database " * 100)
    try:
        response = client.post("/api/v1/feedback", json=HELPFUL)
    finally:
        path.unlink()
        if kept is not None:
            path.write_bytes(kept)
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"
    assert "Traceback" not in response.text
    assert "sqlite" not in response.text.lower()


def test_many_at_once_are_all_stored(tmp_path: Path) -> None:
    store = FeedbackStore(tmp_path, 90)
    verdicts = [Feedback.model_validate(NOT_HELPFUL | {"question": f"问题{n}？"}) for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.add, verdicts))
    assert {row["question"] for row in rows(tmp_path)} == {verdict.question for verdict in verdicts}


@pytest.mark.parametrize(
    "number",
    [
        "13812345678", "138 1234 5678", "138-1234-5678", "+86 13812345678", "+86-138-1234-5678", "１３８１２３４５６７８",
        "510402199003074512", "51040219900307451X", "510402 19900307 451x", "510402900307451",
        "6222021001116245702", "6222 0210 0111 6245 702", "6222-0210-0111-6245",
        "0812-3324567", "010-12345678", "（0812）3324567", "0812 3324567",
        "138 - 1234 - 5678", "138，1234，5678", "138, 1234, 5678", "138/1234/5678", "138~1234～5678", "138_1234_5678",
        "138\t1234\t5678", "138\n1234\n5678", "138\u200b1234\u200b5678", "1\u200b3\u200b812345678", "1381234，5678",
        "+86，138，1234，5678", "86 / 138 / 12345678", "0812，3324567", "010 / 1234 / 5678", "１３８，１２３４，５６７８",
        "138、1234、5678", "138、 1200、 5678", "E12345678", "ea1234567", "H12345678", "A1234567", "Ｅ１２３４５６７８", "A123456(7)",
        "A123456（A）", "一三八一二三四五六七八", "幺三八 一二三四 五六七八", "五一〇四〇二一九九〇〇三〇七四五一二",
    ],
)  # fmt: skip
def test_numbers_that_lead_to_a_person_are_masked(number: str) -> None:
    for text in (f"我的号是{number}，请回电", f"{number}", f"call {number} please"):
        masked = mask(text)
        assert "[号码已隐去]" in masked, text
        assert not any(character.isnumeric() for character in masked), masked


@pytest.mark.parametrize(
    "text",
    [
        "电话：3324567", "座机是 88123456", "tel 3324567", "TEL 3324567", "phone: 332 4567", "联系3333333", "联系人张某，3333333",
        "电话3324567、3324568", "电话三三二四五六七", "护照号 12345678", "台胞证12345678", "my passport: 12345678",
        "QQ 123456789", "qq：12345", "微信号abc123456", "微信：123456", "加我VX:abc_123", "WeChat ID wxid_8a7b6c",
    ],
)  # fmt: skip
def test_short_numbers_and_accounts_are_masked_where_words_say_so(text: str) -> None:
    masked = mask(text)
    assert "[号码已隐去]" in masked
    assert not any(character.isnumeric() for character in masked), masked


@pytest.mark.parametrize(
    "said",
    [
        "微信号 {}", "微信号：{}", "我的微信号是{}", "微信：{}", "加我微信 {}", "加微信{}", "请加一下我的微信 {}", "我微信{}", "联系微信 {}",
        "加我vx {}", "VX：{}", "wx {}", "加我v：{}", "加我QQ {}", "薇信号{}", "WeChat ID: {}", "wechat: {}", "my WeChat is {}",
        "Add me on WeChat {}", "微信账号叫{}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["abcDef", "lanlan_cat", "lan-lan-cat", "Lanlancat"])
def test_accounts_of_letters_alone_are_masked_where_it_is_said_that_they_are(said: str, name: str) -> None:
    hidden = said.format("[号码已隐去]")
    assert mask(said.format(name)) == hidden
    assert mask(f"{said.format(name)}，谢谢") == f"{hidden}，谢谢"
    assert mask(f"机场在哪？{said.format(name)} 谢谢") == f"机场在哪？{hidden} 谢谢"


def test_an_account_with_an_underscore_is_masked_after_the_bare_word() -> None:
    assert mask("微信 lanlan_cat，谢谢") == "微信 [号码已隐去]，谢谢"


@pytest.mark.parametrize("address", ["a.b@example.com", "zhang_san+x@mail.gov.cn", "me＠qq.com", "user@QQ。com"])
def test_addresses_are_masked(address: str) -> None:
    assert mask(f"写信到{address}吧").count("[邮箱已隐去]") == 1
    assert re.split("[.。]", address)[-1] not in mask(f"to {address}")
    assert mask(f"{address}。请回信") == "[邮箱已隐去]。请回信"


@pytest.mark.parametrize(
    "text",
    [
        "2025年目标是多少？", "2020-07-30通过的决定", "2020—2025年", "2020.07.30-2025.12.31", "2020 2021 2022 年",
        "到2025年GDP达到1500亿元", "第十一条第2款", "攀委发〔2020〕15号", "1.5万亩、3000万元、20000000元",
        "1000，2000，3000", "1000, 2000, 3000", "1000/2000/3000", "1000\t2000\t3000", "1000\n2000\n3000", "500，1500，2500",
        "150、2000、3000", "150，2000，3000元", "10000~20000元", "10000 - 20000", "130,000,000", "2020/01/01-2020/12/31",
        "2019/2020/2021", "2020~2025", "2020，2021，2022", "二〇二〇 二〇二一 二〇二二年", "（一）（二）（三）（四）（五）（六）",
        "联系2020-2025年规划", "联系项目，投资20000000元", "电话2020-07-30公布", "RMB20000000", "GB50016-2014", "约A2000000元",
        "微信支付10000元", "Can I pay with WeChat payment?", "QQ和微信都能问吗", "commit a1234567bc",
        "微信公众号 panzhihuafabu", "我用微信Android版缴费", "微信小程序和支付宝都行", "用微信 WeChat 支付", "我的QQ邮箱", "加微信群",
        "Which WeChat official account?", "WeChat mini-program", "微信号怎么注销？", "公司加盟vertical farming", "联系QQ和微信",
    ],
)  # fmt: skip
def test_years_dates_and_amounts_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(alphabet="0123456789 -Xx()（）@a.电话年，/\n\u200b元、。三QE", max_size=60))
def test_masking_again_changes_nothing_and_leaves_no_long_number(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    digits = 0
    for character in masked:
        digits = digits + 1 if character.isdigit() else 0
        assert digits < 10 or "19" in masked or "20" in masked
