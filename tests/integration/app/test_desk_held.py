"""A published document at the desk: its record is corrected, its translation uploaded, fetched, kept and removed."""

from __future__ import annotations

import json
import re
import threading
import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.app.desk import documents_routes
from assistant.app.desk.audit import AuditLog
from assistant.app.desk.held_labels import HELD_LABELS
from assistant.app.desk.held_pages import LARGEST_TRANSLATION
from assistant.config import Settings
from assistant.pipeline import open_assistant
from assistant.pipeline.publishing import CORRECTABLE, LONGEST_VALUE, Library
from tests.integration.app.desk_forms import LAMPS, log_in, token
from tests.unit.ingestion.make_pdf import make_pdf

ENGLISH = [("路灯由市政机构管理。", "The city runs the lamps."), ("路灯每天天黑时开启。", "Lamps are lit at dusk.")]
DOCUMENTS = "/desk/documents"
HELD = f"{DOCUMENTS}/held/lamps"
TRANSLATION = f"{DOCUMENTS}/upload/translation/lamps"


@pytest.fixture
def desk_app(lamps_app: FastAPI) -> FastAPI:
    return lamps_app


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    assert log_in(visitor, name="张三").status_code == 303
    return visitor


def settle(client: TestClient) -> None:
    deadline = time.monotonic() + 60
    while any(work["underWay"] for work in client.get(f"{DOCUMENTS}/works").json()["works"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def form(client: TestClient) -> dict[str, str]:
    """The form as the page shows it."""
    shown = client.get(HELD).text
    found = {name: re.search(rf'id="{name}" name="{name}" type="text" value="([^"]*)"', shown) for name in CORRECTABLE}
    values = {name: match[1] for name, match in found.items() if match} | {"status": "in_force"}
    return {"token": token(shown), "record": re.findall(r'name="record" value="([^"]+)"', shown)[0], **values}


def correct(client: TestClient, **changes: str):  # type: ignore[no-untyped-def]
    """Change fields of the form as the page shows it, and send it."""
    return post(client, form(client) | changes)


def post(client: TestClient, fields: dict[str, str], language: str = "zh"):  # type: ignore[no-untyped-def]
    answer = client.post(f"{HELD}?lang={language}", data=fields)
    settle(client)
    return answer


def send(client: TestClient, content: bytes, language: str = "zh"):  # type: ignore[no-untyped-def]
    form = {"token": token(client.get(HELD).text)}
    answer = client.post(f"{TRANSLATION}?lang={language}", data=form, files={"files": ("lamps.en.jsonl", content)})
    settle(client)
    return answer


def lines(pairs: list[tuple[str, str]]) -> bytes:
    return "\n".join(json.dumps({"zh": zh, "en": en}, ensure_ascii=False) for zh, en in pairs).encode()


def log(data: Path) -> list[tuple[str, str, str, str]]:
    return [(e.action, e.document, e.who, e.detail) for e in reversed(AuditLog(data).read())]


def test_a_record_is_corrected_on_its_own_page(staff: TestClient, data: Path) -> None:
    assert f'href="{HELD}"' in staff.get(DOCUMENTS).text
    answer = correct(staff, title="攀枝花市路灯管理办法", published="2023-05-01")
    assert (answer.status_code, answer.headers["location"]) == (303, DOCUMENTS)
    assert "著录信息已更正" in staff.get(DOCUMENTS).text
    page = staff.get("/documents/lamps").text
    assert "攀枝花市路灯管理办法" in page
    assert 'id="clause-2"' in page
    assert log(data) == [("correct", "lamps", "张三", "“路灯管理办法” → “攀枝花市路灯管理办法”; “—” → “2023-05-01”")]


def test_a_wrong_field_loses_nothing_of_what_was_typed(staff: TestClient, data: Path) -> None:
    answer = correct(staff, title="新标题", adopted="去年")
    assert answer.status_code == 422
    assert 'value="新标题"' in answer.text
    assert 'id="adopted-problem"' in answer.text
    assert "还没有保存" in answer.text
    assert "没有改动" in correct(staff).text
    assert log(data) == []


def test_nobodys_correction_is_undone_by_a_page_opened_before_it(staff: TestClient, data: Path) -> None:
    theirs = form(staff)
    assert correct(staff, number="攀民〔2024〕1号", status="amended").status_code == 303
    mine = {**theirs, "issuer": "攀枝花市民政局", "adopted": "去年"}
    for language, overtaken, now in (
        ("zh", "已由他人更正", ("现在的记录：攀民〔2024〕1号", "现在的记录：已修改", "现在的记录：未载明")),
        ("en", "corrected by someone else", ("The record now: 攀民〔2024〕1号", "The record now: Amended")),
    ):
        answer = post(staff, mine, language)
        assert answer.status_code == 409
        assert overtaken in answer.text
        for words in (*now, 'value="攀枝花市民政局"', 'value="去年"'):
            assert words in answer.text
        assert 'id="title-problem"' not in answer.text, "fields that hold what the record holds are not in question"
    record = open_assistant(Settings(data_dir=data)).document("lamps").record
    assert (record.number, record.issuer, record.status) == ("攀民〔2024〕1号", "", "amended")
    seen = {**mine, "record": form(staff)["record"], "number": "攀民〔2024〕1号", "adopted": ""}
    assert post(staff, seen).status_code == 303
    assert post(staff, seen).status_code == 200, "sent twice it is no conflict, only no change"
    record = open_assistant(Settings(data_dir=data)).document("lamps").record
    assert (record.number, record.issuer, record.status) == ("攀民〔2024〕1号", "攀枝花市民政局", "in_force")
    assert [entry[0] for entry in log(data)] == ["correct", "correct"]


def test_a_correction_whose_turn_comes_after_another_change_is_not_made(
    staff: TestClient, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = threading.Event()

    def rebuild(library: Library, progress: object) -> None:
        """Something that takes a while, and changes the record."""
        assert seen.wait(60)
        library.correct("lamps", {"number": "攀民〔2024〕1号"})

    monkeypatch.setattr(Library, "rebuild", rebuild)
    monkeypatch.setattr(documents_routes, "PATIENCE_SECONDS", 0.0)
    mine = {**form(staff), "issuer": "攀枝花市民政局"}
    staff.post(f"{DOCUMENTS}/rebuild", data={"token": mine["token"]})
    assert staff.post(HELD, data=mine).status_code == 303
    seen.set()
    settle(staff)
    assert "著录信息已由他人改动，因此没有保存" in staff.get(DOCUMENTS).text
    record = open_assistant(Settings(data_dir=data)).document("lamps").record
    assert (record.number, record.issuer) == ("攀民〔2024〕1号", "")


@pytest.mark.parametrize("length", [20_000, 200_000])  # nine bytes a character: 1.8 MB of the 2 MiB that are let in
def test_a_field_far_too_long_loses_nothing_of_the_others(staff: TestClient, data: Path, length: int) -> None:
    answer = correct(staff, title="新标题", source="长" * length)
    assert answer.status_code == 422
    assert 'value="新标题"' in answer.text
    assert 'id="source-problem"' in answer.text
    assert answer.text.count(f'maxlength="{LONGEST_VALUE}"') == len(CORRECTABLE) - 1, "all but the choice of a status"
    assert log(data) == []


def test_a_translation_is_uploaded_shown_fetched_and_removed(staff: TestClient, data: Path) -> None:
    assert "没有英文对照" in staff.get(HELD).text
    fetched = staff.get(f"{HELD}/translation.jsonl")
    assert "attachment" in fetched.headers["content-disposition"]
    empty = [(line["zh"], line["en"]) for line in map(json.loads, fetched.text.splitlines())]
    assert ("夏季晚开。", "") in empty
    filled = [(zh, "Measures" if zh == "路灯管理办法" else "") for zh, _ in empty]
    assert send(staff, lines(filled)).headers["location"] == DOCUMENTS
    assert "2 条中有 0 条有英文对照" in staff.get(HELD).text
    assert send(staff, "\ufeff".encode() + lines(ENGLISH)).status_code == 303
    assert "2 条中有 2 条有英文对照" in staff.get(HELD).text
    assert "Lamps are lit at dusk." in staff.get("/documents/lamps?lang=en").text
    again = [json.loads(line) for line in staff.get(f"{HELD}/translation.jsonl").text.splitlines()]
    assert {"zh": ENGLISH[1][0], "en": ENGLISH[1][1]} in again
    answer = staff.post(f"{HELD}/remove-translation", data={"token": token(staff.get(HELD).text)})
    settle(staff)
    assert answer.status_code == 303
    assert "没有英文对照" in staff.get(HELD).text
    assert [entry[0] for entry in log(data)] == ["translate", "translate", "untranslate"]


@pytest.mark.parametrize(
    ("content", "fault", "about"),
    [
        ("路灯".encode("gb18030") + b"\xff", "encoding", {}),
        (lines(ENGLISH[:1]) + b"\n{'zh'}", "json", {"line": 2}),
        (b'{"zh": "x"}', "keys", {"line": 1}),
        (lines(ENGLISH[::-1]), "order", {"line": 2, "words": "路灯由市政机构管理。"}),
        (lines([("路灯由\u202e<b>管理。", "x")]), "order", {"line": 1, "words": "路灯由U+202E&lt;b&gt;管理。"}),
        (lines([(ENGLISH[0][0], " ")]), "empty", {}),
        (b" " * (LARGEST_TRANSLATION + 1), "too_large", {"size": 4}),
    ],
)
def test_a_wrong_translation_is_told_and_changes_nothing(
    staff: TestClient, data: Path, content: bytes, fault: str, about: dict[str, object]
) -> None:
    for language in ("zh", "en"):
        answer = send(staff, content, language)
        assert answer.status_code == 422
        assert HELD_LABELS[language].faults[fault].format(**{"line": 0, "words": "", "size": 0, **about}) in answer.text
    assert open_assistant(Settings(data_dir=data)).translation("lamps") == []
    assert log(data) == []


def test_no_file_and_two_files(staff: TestClient) -> None:
    form = {"token": token(staff.get(HELD).text)}
    assert "请先选择文件" in staff.post(TRANSLATION, data=form, files={"files": ("", b"")}).text
    two = [("files", ("a.jsonl", b"{}")), ("files", ("b.jsonl", b"{}"))]
    assert "一次只能上传一个" in staff.post(TRANSLATION, data=form, files=two).text


def test_a_document_that_is_not_held(staff: TestClient) -> None:
    form = {"token": token(staff.get(HELD).text), "title": "x"}
    for answer in (
        staff.get(HELD.replace("lamps", "none")),
        staff.post(HELD.replace("lamps", "none"), data=form),
        staff.get(f"{HELD.replace('lamps', 'none')}/translation.jsonl"),
        staff.post(TRANSLATION.replace("lamps", "none"), data=form, files={"files": ("a", b"")}),
        staff.post(f"{HELD.replace('lamps', 'none')}/remove-translation", data=form),
    ):
        assert answer.status_code == 404
        assert "库中没有这份文件" in answer.text


def test_before_a_document_is_replaced_staff_see_what_becomes_of_its_translation(staff: TestClient) -> None:
    assert send(staff, lines(ENGLISH)).status_code == 303
    form = {"token": token(staff.get(DOCUMENTS).text)}
    pdf = make_pdf(LAMPS.replace("\n\n", "\n").replace("天黑时", "日落后"))
    staff.post(f"{DOCUMENTS}/upload", data=form, files={"files": ("lamps.pdf", pdf)})
    preview = re.findall(r'href="(/desk/documents/previews/[0-9a-f]{32})"', staff.get(DOCUMENTS).text)[0]
    shown = staff.get(preview).text
    assert "正文取自 PDF 文件" in shown
    assert "正文未变的 1 条保留英文对照" in shown
    assert "下列 1 条有改动或已删去，其英文对照将不再显示： 第二条" in shown
    english = staff.get(f"{preview}?lang=en").text
    assert "The text was taken from a PDF." in english
    assert "It goes for those that are changed or removed, 1: 第二条" in english
    staff.post(preview, data={**form, "title": "路灯管理办法", "status": "in_force", "replaces": "lamps"})
    settle(staff)
    page = staff.get("/documents/lamps?lang=en").text
    assert "The city runs the lamps." in page
    assert "Lamps are lit at dusk." not in page
