"""Rows of tables on the page: shown as a table, marked where quoted, and still the document's text to whoever copies."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from assistant.app.conversation import Exchange
from assistant.app.rendering import Renderer
from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

WINDOWS = """云溪市办事窗口公告

一、办理窗口
各县区的窗口见下表：
|县区|办理地点|电话|
|东溪区|政务服务中心一楼<b>3号</b>窗口|0811-2233445|
|南溪区|便民服务中心二楼|0811-3344556|
|北溪县|民政局一楼大厅|0811-4455667|
|西溪县|民政局二楼|0811-5566778|
二、其他
窗口周末不办公。
"""
HEADS, ROW = "|县区|办理地点|电话|", "|西溪县|民政局二楼|0811-5566778|"


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder: Path = tmp_path_factory.mktemp("windows")
    (folder / "windows.txt").write_text(WINDOWS, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    ingest([folder], settings)
    return open_assistant(settings)


def tables(html: str) -> list[list[str]]:
    """The text of each row of each table."""
    return [["".join(row.itertext()) for row in table.iter("tr")] for table in lxml.html.fromstring(html).iter("table")]


def test_an_answer_shows_the_row_under_its_heads_each_with_its_marker(windows: Assistant) -> None:
    question = "西溪县的窗口电话多少"
    html = Renderer("zh", windows).turn(Exchange(question, windows.ask(Query(question))), 1)
    assert tables(html) == [[f"{HEADS}[1]", f"{ROW}[2]"]]
    shown = lxml.html.fromstring(html)
    assert [cell.text_content().strip("|") for cell in shown.iter("th")] == ["县区", "办理地点", "电话|[1]"]
    assert len(list(shown.iter("td"))) == 3


def test_a_document_shows_its_tables_with_the_quoted_row_marked(windows: Assistant, tmp_path: Path) -> None:
    start = windows.documents()[0].text.index(ROW)
    with TestClient(create_app(windows, feedback_folder=tmp_path)) as client:
        html = client.get(f"/documents/windows?quote={start}-{start + len(ROW)}").text
    (rows,) = tables(html)
    assert rows == [line for line in WINDOWS.split("\n") if line.startswith("|")]
    marks = [mark.text_content() for mark in lxml.html.fromstring(html).iter("mark")]
    assert marks == ["西溪县", "民政局二楼", "0811-5566778"]
    assert "<b>3号" not in html
