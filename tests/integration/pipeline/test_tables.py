"""What stands in tables: the row that answers is quoted under its heads, another row or the heads alone never."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Answer, Query

NOTICE = """云溪市民政局关于印发老年人福利补贴标准的通知

云溪民发〔2025〕12号

各县（区）民政局：
现将2025年老年人福利补贴标准印发给你们。
一、高龄津贴
高龄津贴按下表标准按月发放。
|年龄段|城镇户籍|农村户籍|
|80至89周岁|每人每月60元|每人每月50元|
|90至99周岁|每人每月150元|每人每月130元|
|100周岁以上|每人每月600元|每人每月600元|
二、护理补贴
失能老年人护理补贴标准见下表：
|失能等级|居家护理（元/月）|机构护理（元/月）|备注|
|轻度失能|100|200|每年复评|
|中度失能|300|500|每两年复评|
|重度失能|600|1000|不需复评|
三、办理窗口
|县区|办理地点|电话|
|东溪区|东溪区政务服务中心一楼3号窗口|0811-2233445|
|西溪县|西溪县民政局二楼|0811-5566778|
四、其他
本通知自2025年3月1日起执行。
"""
AGES, CARE, WINDOWS = (
    "|年龄段|城镇户籍|农村户籍|",
    "|失能等级|居家护理（元/月）|机构护理（元/月）|备注|",
    "|县区|办理地点|电话|",
)


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over the notice alone."""
    folder: Path = tmp_path_factory.mktemp("notice")
    (folder / "notice.txt").write_text(NOTICE, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    ingest([folder], settings)
    return open_assistant(settings)


def lines(answer: Answer) -> list[str]:
    """The lines of all quotes."""
    return [line for citation in answer.citations for line in citation.quote.split("\n")]


@pytest.mark.parametrize(
    ("question", "heads", "row"),
    [
        ("重度失能在养老院护理补贴多少", CARE, "|重度失能|600|1000|不需复评|"),
        ("轻度失能居家护理补贴多少钱一个月", CARE, "|轻度失能|100|200|每年复评|"),
        ("中度失能多久复评一次", CARE, "|中度失能|300|500|每两年复评|"),
        ("95岁的老人每个月能领多少钱", AGES, "|90至99周岁|每人每月150元|每人每月130元|"),
        ("城镇90岁津贴标准", AGES, "|90至99周岁|每人每月150元|每人每月130元|"),
        ("西溪县在哪里办", WINDOWS, "|西溪县|西溪县民政局二楼|0811-5566778|"),
        ("东溪区电话多少", WINDOWS, "|东溪区|东溪区政务服务中心一楼3号窗口|0811-2233445|"),
    ],
)
def test_the_row_that_answers_is_quoted_under_its_heads(notice: Assistant, question: str, heads: str, row: str) -> None:
    answer = notice.ask(Query(question))
    assert answer.status == "answered"
    quoted = lines(answer)
    assert quoted.index(heads) < quoted.index(row)
    assert f"{row}[" in answer.text
    document = notice.documents()[0]
    assert all(document.text[one.start : one.end] == one.quote for one in answer.citations)


@pytest.mark.parametrize("question", ["95岁的老人每个月能领多少钱", "我妈83了，高龄津贴一个月多少"])
def test_no_row_for_another_age_is_quoted(notice: Assistant, question: str) -> None:
    quoted = lines(notice.ask(Query(question)))
    assert sum("周岁" in line for line in quoted) == 1


def test_of_a_document_that_is_a_table_no_other_age_is_quoted_either(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    table = "津贴标准表\n|年龄|标准|\n|80至89周岁|60元|\n|90至99周岁|150元|\n"
    (tmp_path / "docs" / "table.txt").write_text(table, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "docs"], settings)
    assistant = open_assistant(settings)
    assert "|80至89周岁|60元|" in lines(assistant.ask(Query("85岁多少钱")))
    assert assistant.ask(Query("七十岁多少钱")).citations == ()


def test_what_leads_to_a_table_is_quoted_with_all_of_it(notice: Assistant) -> None:
    quoted = lines(notice.ask(Query("高龄津贴标准是什么")))
    assert [line for line in NOTICE.split("\n") if "周岁" in line or line == AGES] == [
        line for line in quoted if line.startswith("|")
    ]


@pytest.mark.parametrize("question", ["北溪区在哪办", "七十五岁的老人津贴多少钱", "东溪区办事窗口几点下班"])
def test_a_row_or_column_that_is_not_there_is_refused(notice: Assistant, question: str) -> None:
    assert notice.ask(Query(question)).status == "no_evidence"


def test_a_place_told_by_its_number_is_no_other_one(tmp_path: Path) -> None:
    rows = "\n".join(f"|云溪第{number}便民站|湖滨路{number}号|0811-55{number:03}|" for number in range(1, 60))
    (tmp_path / "stations.txt").write_text(
        f"云溪市便民站一览\n一、各便民站的地址和电话见下表。\n|站点|地址|电话|\n{rows}\n", encoding="utf-8"
    )
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "stations.txt"], settings)
    assistant = open_assistant(settings)
    found = assistant.ask(Query("第7便民站电话多少"))
    assert [line for line in lines(found) if "便民站|" in line] == ["|云溪第7便民站|湖滨路7号|0811-55007|"]
    assert assistant.ask(Query("第99便民站电话多少")).citations == ()
