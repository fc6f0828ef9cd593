"""The desk's documents: upload, check, publish, replace, withdraw, put back, rebuild, and the log of it all."""

from __future__ import annotations

import re
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.app import links
from assistant.app.conversation import Exchange, dump
from assistant.app.desk.audit import FILE, AuditLog
from assistant.app.desk.uploads import LARGEST_UPLOAD, MOST_FILES
from assistant.app.desk.works import Works
from assistant.app.page import ChatPage
from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import open_assistant
from assistant.pipeline.publishing import CORRECTABLE
from assistant.schema import Query
from tests.integration.app.desk_forms import log_in, token
from tests.unit.ingestion.make_pdf import make_pdf

OLE = b"\xd0\xcf\x11\xe0"
PARKS = """城市公园管理办法

第一条 为了加强城市公园管理，制定本办法。

第二条 公园内禁止燃放烟花爆竹。

第四条 本办法自2023年5月1日起施行。
"""
PARKS_2 = PARKS.replace("烟花爆竹。", "烟花爆竹和孔明灯。").replace("第四条", "第三条 湖泊内禁止垂钓。\n\n第四条")
QUESTION = {"question": "公园内禁止燃放什么？"}
DOCUMENTS = "/desk/documents"
POSTS = [
    f"{DOCUMENTS}/upload",
    f"{DOCUMENTS}/withdraw",
    f"{DOCUMENTS}/put-back",
    f"{DOCUMENTS}/rebuild",
    f"{DOCUMENTS}/previews/{'0' * 32}",
    f"{DOCUMENTS}/previews/{'0' * 32}/refuse",
    f"{DOCUMENTS}/held/lamps",
    f"{DOCUMENTS}/held/lamps/remove-translation",
    f"{DOCUMENTS}/upload/translation/lamps",
]
GETS = [DOCUMENTS, f"{DOCUMENTS}/works", f"{DOCUMENTS}/previews/{'0' * 32}", f"{DOCUMENTS}/nothing"]
GETS += [f"{DOCUMENTS}/held/lamps", f"{DOCUMENTS}/held/lamps/translation.jsonl"]


@pytest.fixture
def desk_app(lamps_app: FastAPI) -> FastAPI:
    return lamps_app


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    assert log_in(visitor, name=" 张\u202e三 ").status_code == 303
    return visitor


def upload(client: TestClient, *files: tuple[str, str | bytes], accept: str = "text/html"):  # type: ignore[no-untyped-def]
    form = {"token": token(client.get(DOCUMENTS).text)}
    sent = [("files", (name, text.encode() if isinstance(text, str) else text)) for name, text in files]
    return client.post(f"{DOCUMENTS}/upload", data=form, files=sent, headers={"accept": accept})


def waiting(client: TestClient) -> list[str]:
    """Addresses of the previews of the uploads that wait, in the order of the page."""
    return list(
        dict.fromkeys(re.findall(r'href="(/desk/documents/previews/[0-9a-f]{32})"', client.get(DOCUMENTS).text))
    )


def send(client: TestClient, path: str, **fields: str):  # type: ignore[no-untyped-def]
    """Send a form of the desk, and wait until what it began has ended."""
    answer = client.post(path, data={"token": token(client.get(DOCUMENTS).text), **fields})
    deadline = time.monotonic() + 60
    while any(work["underWay"] for work in client.get(f"{DOCUMENTS}/works").json()["works"]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return answer


def fields(html: str) -> dict[str, str]:
    """The record as the preview's form shows it."""
    found = {name: re.search(rf'id="{name}" name="{name}" type="text" value="([^"]*)"', html) for name in CORRECTABLE}
    return {name: match[1] for name, match in found.items() if match} | {"status": "in_force"}


def publish(client: TestClient, text: str, name: str = "公园.txt", **corrections: str) -> None:
    assert upload(client, (name, text)).status_code == 200
    path = waiting(client)[-1]
    shown = client.get(path).text
    replaces = re.search(r'<option value="([^"]+)" selected>(?:替换|In place)', shown)
    values = {**fields(shown), "replaces": replaces[1] if replaces else "", **corrections}
    answer = send(client, path, **values)
    assert (answer.status_code, answer.headers["location"]) == (303, DOCUMENTS)


def log(data: Path) -> list[tuple[str, str, str, str]]:
    return [(e.action, e.title, e.who, e.detail) for e in reversed(AuditLog(data).read())]


# --- who gets in ------------------------------------------------------------------------------------------------------


def test_strangers_get_nothing_and_leave_nothing(visitor: TestClient, data: Path) -> None:
    for path in GETS:
        answer = visitor.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk/login"), path
        assert visitor.get(path, headers={"accept": "application/json"}).status_code == 401
    for path in POSTS:
        for sent in ({"data": {"document": "lamps"}}, {"files": {"files": ("a.txt", PARKS.encode())}}):
            assert visitor.post(path, **sent).headers["location"] == "/desk/login", path
    assert not (data / "library").exists()
    assert not (data / FILE).exists()
    assert [document["id"] for document in visitor.get("/api/v1/documents").json()] == ["lamps"]


def test_forms_need_the_desks_own_token(staff: TestClient, data: Path) -> None:
    good = token(staff.get(DOCUMENTS).text)
    for path in POSTS:
        for form in ({}, {"token": ""}, {"token": "guessed"}):
            assert staff.post(path, data={**form, "document": "lamps"}).status_code == 403, path
            file = {"files": ("a.txt", PARKS.encode())}
            assert staff.post(path, data=form, files=file).status_code == 403, path
        elsewhere = {"sec-fetch-site": "cross-site"}
        refused = staff.post(path, data={"token": good}, headers=elsewhere)
        assert (refused.status_code, "没有执行操作" in refused.text) == (403, True), path
    assert not (data / "library").exists()


def test_without_a_password_there_is_none_of_it(data: Path) -> None:
    app = create_app(open_assistant(Settings(data_dir=data)), feedback_folder=data)
    with TestClient(app, follow_redirects=False) as client:
        for path in GETS:
            assert client.get(path).status_code == 404
        for path in POSTS:
            assert client.post(path).status_code == 404


# --- from the upload to the answer ------------------------------------------------------------------------------------


def test_from_upload_to_answer_to_withdrawal(staff: TestClient, data: Path) -> None:
    assert staff.post("/api/v1/ask", json=QUESTION).json()["citations"] == []
    answer = upload(staff, ("公园.txt", PARKS), ("../空.txt", b""))
    assert answer.status_code == 200
    assert "文件里没有文字" in answer.text
    (path,) = waiting(staff)
    html = staff.get(path).text
    assert "“第四条”之前缺第 3 号" in html
    assert fields(html)["title"] == "城市公园管理办法"
    assert fields(html)["effective"] == "2023-05-01"
    assert "公园内禁止燃放烟花爆竹。" in html
    assert staff.post("/api/v1/ask", json=QUESTION).json()["citations"] == [], "an upload is not published"
    values = {**fields(html), "title": "攀枝花市公园办法", "issuer": "城管局", "effective": ""}
    assert send(staff, path, **values, do="publish").headers["location"] == DOCUMENTS
    cited = staff.post("/api/v1/ask", json=QUESTION).json()["citations"][0]
    assert cited["document_title"] == "攀枝花市公园办法"
    assert "烟花爆竹" in cited["quote"]
    page = staff.get(DOCUMENTS).text
    assert "已发布，助手已依据它回答。" in page
    assert waiting(staff) == []
    record = staff.get(f"/api/v1/documents/{cited['document']}").json()
    assert (record["issuer"], record["effective"]) == ("城管局", "")
    assert send(staff, f"{DOCUMENTS}/withdraw", document=cited["document"]).status_code == 303
    assert staff.post("/api/v1/ask", json=QUESTION).json()["citations"] == []
    assert staff.get(f"/documents/{cited['document']}").status_code == 404
    assert "已撤下的文件" in staff.get(DOCUMENTS).text
    send(staff, f"{DOCUMENTS}/put-back", document=cited["document"])
    assert staff.post("/api/v1/ask", json=QUESTION).json()["citations"][0]["document_title"] == "攀枝花市公园办法"
    send(staff, f"{DOCUMENTS}/rebuild")
    assert staff.post("/api/v1/ask", json=QUESTION).json()["citations"][0]["document_title"] == "攀枝花市公园办法"
    title = "攀枝花市公园办法"
    assert log(data) == [
        ("publish", title, "张三", "公园.txt"),
        ("withdraw", title, "张三", ""),
        ("put_back", title, "张三", ""),
        ("rebuild", "", "张三", ""),
    ]
    assert "张三" in staff.get(DOCUMENTS).text


def test_a_new_version_is_recognised_compared_and_put_in_place(staff: TestClient, data: Path) -> None:
    publish(staff, PARKS)
    upload(staff, ("新版.txt", PARKS_2))
    (path,) = waiting(staff)
    html = staff.get(path).text
    assert "标题与已有的这份文件相同" in html
    assert "新增 1 条" in html
    assert "改动 1 条" in html
    assert "未变 2 条" in html
    replaced = re.search(r'<option value="([^"]+)" selected>替换', html)
    assert replaced is not None
    form = {"token": token(html), **fields(html), "title": "改过的标题", "do": "compare", "replaces": "lamps"}
    compared = staff.post(path, data=form).text
    assert fields(compared)["title"] == "改过的标题", "what was corrected is not lost by looking at the difference"
    assert '<option value="lamps" selected>' in compared
    assert "改动 2 条" in compared
    publish(staff, PARKS_2 + "\n", "又一版.txt")
    assert "孔明灯" in staff.post("/api/v1/ask", json=QUESTION).json()["answer"]
    assert len(staff.get("/api/v1/documents").json()) == 2
    assert [entry[0] for entry in log(data)] == ["publish", "replace"]


def test_citations_of_a_version_that_was_replaced_say_so(staff: TestClient, data: Path) -> None:
    publish(staff, PARKS)
    assistant = open_assistant(Settings(data_dir=data))
    answer = assistant.ask(Query(QUESTION["question"]))
    (cited,) = answer.citations
    old = f"/documents/{cited.document}?quote={cited.start}-{cited.end}"
    addresses = [links.citation(cited, "zh"), links.panel(cited, "zh"), old]
    marks = [re.findall(r'<mark class="quote">(.*?)</mark>', staff.get(address).text) for address in addresses]
    assert marks == [[cited.quote]] * 3
    chat = ChatPage(assistant, "zh", lambda question, answer: None)
    kept = dump([Exchange(QUESTION["question"], answer)])
    note = "回答之后已有改动"
    assert note not in chat.restore(kept)[0]
    publish(staff, PARKS_2.replace("为了加强", "为了进一步加强"), "又一版.txt")
    for address in addresses[:2]:
        html = staff.get(address).text
        assert 'class="quote"' not in html
        assert note in html
    assert 'class="quote"' in staff.get(old).text, "links of before there were digests work as they did"
    assert note in chat.restore(kept)[0]


def test_wrong_fields_are_told_and_nothing_is_lost(staff: TestClient) -> None:
    upload(staff, ("公园.txt", PARKS))
    (path,) = waiting(staff)
    wrong = {"title": " ", "adopted": "去年", "issuer": '"><b>局', "status": "none", "number": "长" * 301}
    for query, words in (
        ("", ("不能为空", "不是日期", "太长")),
        ("?lang=en", ("must be filled in", "no date", "too long")),
    ):
        answer = send(staff, path + query, **{**fields(staff.get(path).text), **wrong})
        assert answer.status_code == 422
        for word in words:
            assert word in answer.text
        assert 'value="去年"' in answer.text
        assert "&#34;&gt;&lt;b&gt;局" in answer.text
        assert "<b>局" not in answer.text
    gone = send(staff, path, **fields(staff.get(path).text), replaces="nothing")
    assert gone.status_code == 422
    assert "已经不在库中" in gone.text
    assert waiting(staff) == [path]


def test_refused_uploads_are_gone(staff: TestClient, data: Path) -> None:
    upload(staff, ("公园.txt", PARKS))
    (path,) = waiting(staff)
    assert send(staff, f"{path}/refuse").status_code == 303
    assert waiting(staff) == []
    for answer in (staff.get(path), send(staff, path, title="x"), send(staff, f"{path}/refuse")):
        assert answer.status_code == 404
        assert "找不到这份上传的文件" in answer.text
    assert list((data / "library" / "staged").iterdir()) == []
    assert [entry[0] for entry in log(data)] == ["refuse"]


def test_what_cannot_be_taken_is_told_for_each_file(staff: TestClient) -> None:
    files = [
        ("扫描.pdf", make_pdf("")),
        ("a.doc", OLE),
        ("b.exe", b"MZ"),
        ("c.txt", b"\x00\x01" * 50),
        ("d.docx", b"PK\x03\x04"),
    ]
    answer = upload(staff, *files)
    assert answer.status_code == 422
    for words in ("是扫描件", "不能读取旧版 Word", "不支持这种文件", "读不出文字", "文件已损坏"):
        assert words in answer.text
    assert waiting(staff) == []
    form = {"token": token(answer.text)}
    none = staff.post(f"{DOCUMENTS}/upload", data=form, files={"files": ("", b"")})
    assert none.status_code == 422
    assert "请先选择文件" in none.text
    many = upload(staff, *[(f"{number}.txt", f"第{number}份办法") for number in range(MOST_FILES + 1)])
    assert many.status_code == 422
    assert f"最多上传 {MOST_FILES} 个" in many.text
    large = upload(staff, ("大.txt", b"a" * (LARGEST_UPLOAD + 1)))
    assert large.status_code == 413
    assert "请分几次上传" in large.text
    assert waiting(staff) == []


def test_scripts_get_json(staff: TestClient) -> None:
    answer = upload(staff, ("公园.txt", PARKS), ("x.pdf", make_pdf("")), accept="application/json")
    good, bad = answer.json()["files"]
    assert (good["name"], good["problem"], good["url"]) == ("公园.txt", "", waiting(staff)[0])
    assert (bad["url"], "PDF" in bad["problem"]) == ("", True)
    again = upload(staff, ("又.txt", PARKS), accept="application/json")
    assert "正在等待核对" in again.json()["files"][0]["problem"]


def test_hostile_names_and_texts_are_text(staff: TestClient) -> None:
    name = "../../<img src=x onerror=alert(1)>\u202etxt.txt"
    text = "关于<script>alert(1)</script>的办法\n\n第一条 <b>加粗</b>\u202e文字。\n\n第三条 {{ 7*7 }}。\n"
    shown = upload(staff, (name, text)).text + staff.get(waiting(staff)[0]).text
    publish(staff, text + "\n", name, title="<script>alert(2)</script>标题")
    shown += staff.get(DOCUMENTS).text
    assert "<img src=x" not in shown
    assert "<script>alert" not in shown
    assert "<b>加粗" not in shown
    assert "\u202e" not in shown
    assert "{{ 7*7 }}" in shown
    assert "&lt;script&gt;alert(2)&lt;/script&gt;标题" in shown


def test_the_only_document_stays(staff: TestClient, data: Path) -> None:
    send(staff, f"{DOCUMENTS}/withdraw", document="lamps")
    html = staff.get(DOCUMENTS).text
    assert "唯一的文件，不能撤下" in html
    send(staff, f"{DOCUMENTS}/withdraw", document="../lamps<b>")
    assert "已经不在库中" in staff.get(DOCUMENTS).text
    assert log(data) == []
    assert staff.get("/documents/lamps").status_code == 200


def test_every_page_speaks_english_too(staff: TestClient) -> None:
    publish(staff, PARKS)
    upload(staff, ("a.txt", PARKS_2))
    (path,) = waiting(staff)
    for address in (DOCUMENTS, path, f"{DOCUMENTS}/previews/{'1' * 32}"):
        html = staff.get(f"{address}?lang=en").text
        ours = re.sub(
            r'<bdi[^>]*>.*?</bdi>|lang="zh-CN">[^<]*<|value="[^"]*"|<option.*?</option>|<ol.*?</ol>',
            "",
            html,
            flags=re.S,
        )
        assert re.findall(r"[\u4e00-\u9fff]+", ours) == [], address
        assert " style=" not in html
        assert "<script>" not in html
    for page in ("/desk", DOCUMENTS, path):
        assert staff.get(f"/language/en?to={page}").headers["location"] == page


# --- the log and the works --------------------------------------------------------------------------------------------


def test_the_log_cannot_be_changed(tmp_path: Path) -> None:
    audit = AuditLog(tmp_path)
    assert audit.read() == []
    audit.add("publish", "a", "'); DROP TABLE actions; --\ud800", "", "")
    for statement in ("UPDATE actions SET who = 'x'", "DELETE FROM actions"):
        with sqlite3.connect(tmp_path / FILE) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)
    (entry,) = audit.read()
    assert entry.title == "'); DROP TABLE actions; --?"
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_log_that_cannot_be_read_is_told(staff: TestClient, data: Path) -> None:
    (data / FILE).mkdir()
    assert "操作记录暂时读不出来" in staff.get(DOCUMENTS).text
    publish(staff, PARKS)
    assert "烟花爆竹" in staff.post("/api/v1/ask", json=QUESTION).json()["answer"]


def test_works_run_one_after_another_and_tell_how_far_they_are() -> None:
    works, go, running = Works(), threading.Event(), []

    def slow(report):  # type: ignore[no-untyped-def]
        running.append("slow")
        report(3, 7)
        assert go.wait(30)
        running.remove("slow")
        return "id"

    def fail(report):  # type: ignore[no-untyped-def]
        assert running == []
        raise ValueError("broken")

    first = works.start("publish", "a", "甲", slow)
    assert works.start("publish", "a", "甲", slow) is None, "not twice at a time"
    second = works.start("withdraw", "b", "乙", fail)
    deadline = time.monotonic() + 30
    while not works.shown()[-1].total and time.monotonic() < deadline:
        time.sleep(0.01)
    waits, runs = works.shown()
    assert (waits.state, runs.state, runs.done, runs.total) == ("waiting", "running", 3, 7)
    assert works.is_under_way("b")
    go.set()
    works.wait(first, 30)
    works.wait(second, 30)
    failed, done = works.shown()
    assert (failed.state, str(failed.error), done.state, done.document) == ("failed", "broken", "done", "id")
    assert works.start("publish", "a", "甲", slow) is not None
