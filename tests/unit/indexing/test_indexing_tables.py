"""Tables: which row heads a table, and what a row says with the heads of its columns."""

from __future__ import annotations

import pytest

from assistant.indexing.sentences import split_sentences
from assistant.indexing.tables import ROW, head_of, opener_of, spelled_out

CARE = """护理补贴标准见下表：
|失能等级|居家护理（元/月）|机构护理（元/月）|备注|
|轻度失能|100|200|每年复评|
|重度失能|600|/|不需复评|
以上标准自1月1日起执行。"""


def rows(text: str) -> list[str]:
    """What each row of a text says."""
    return [spelled_out(text, *match.span()) for match in ROW.finditer(text)]


def head(text: str) -> str | None:
    """The heads of the last row of a text."""
    *_, last = ROW.finditer(text)
    found = head_of(text, last.span())
    return text[slice(*found)] if found else None


def test_a_row_says_its_cells_with_their_heads_and_units() -> None:
    assert rows(CARE)[1:] == [
        "失能等级:轻度失能，居家护理:100元/月，机构护理:200元/月，备注:每年复评",
        "失能等级:重度失能，居家护理:600元/月，备注:不需复评",
    ]


def test_what_is_no_row_stays_as_it_is() -> None:
    spelled = spelled_out(CARE, 0, len(CARE)).split("\n")
    assert spelled[0] == "护理补贴标准见下表："
    assert spelled[-1] == "以上标准自1月1日起执行。"
    assert spelled[2].startswith("失能等级:轻度失能")
    assert spelled_out("或者|以及|都行", 0, 8) == "或者|以及|都行"


def test_of_a_part_of_a_row_the_first_cell_says_what_it_is_about() -> None:
    start = CARE.index("不需复评")
    assert spelled_out(CARE, start, start + 4) == "失能等级:重度失能，备注:不需复评"


def test_cells_merged_downwards_count_for_each_row() -> None:
    text = "|类别|等级|标准（元）|名额|\n|生活补贴|一级|135|20|\n||二级|110|20|\n||三级||30|"
    assert rows(text)[2:] == ["类别:生活补贴，等级:二级，标准:110元，名额:20", "类别:生活补贴，等级:三级，名额:30"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "奖励按以下标准执行（单位：万元）。\n|名称|首次认定|名额|\n|绿色工厂|20|5|",
            "名称:绿色工厂，首次认定:20万元，名额:5",
        ),
        ("标准如下。单位：元/平方米·月。\n|园区|首层|\n|冷链园|42|", "园区:冷链园，首层:42元/平方米·月"),
        (
            "救助标准如下（元/亩）：\n|作物|损失30%以下|70%以上|\n|柑橘|200|900|",
            "作物:柑橘，损失30%以下:200元/亩，70%以上:900元/亩",
        ),
        (
            "标准为：\n|等级|津贴（本人工资的%）|面积（平方米）|\n|二级|85|不超过60|",
            "等级:二级，津贴本人工资的:85%，面积:不超过60平方米",
        ),
        ("标准为：\n|等级|电话|\n|二级|6620318|", "等级:二级，电话:6620318"),
        (
            "|对象|标准（每人每月，元）|护理（每人每天元）|\n|孤儿|600|30|",
            "对象:孤儿，标准:600元/人·月，护理:30元/人·天",
        ),
        ("|区|床位（每千人，张）|工龄（年以上）|\n|东区|7|20|", "区:东区，床位:7张/千人，工龄:20年以上"),
        (
            "指标（单位：万元）：\n|区|投资|床位|增速|同比增长（2025年）|增长20%以上|\n|东区|80|500|5.2|7|30|",
            "区:东区，投资:80万元，床位:500，增速:5.2，同比增长（2025年）:7，增长20%以上:30万元",
        ),
        ("指标（单位：元/人、张）：\n|区|投资|床|\n|东区|80|500|", "区:东区，投资:80，床:500"),
    ],
)
def test_the_unit_of_a_number_may_stand_in_its_head_or_above_the_table(text: str, said: str) -> None:
    assert rows(text)[-1] == said


@pytest.mark.parametrize(
    "head",
    [
        "目标值（2025年）",
        "补贴（2025年1月起）",
        "补助（含个人缴费）",
        "2020年实际（基期年）",
        "缴费（个人）",
        "标准（每人每月）",
    ],
)
def test_what_stands_in_brackets_in_a_head_and_is_no_unit_stays_there(head: str) -> None:
    assert rows(f"|事项|条件|{head}|\n|养老|在册|75|")[1] == f"事项:养老，条件:在册，{head}:75"


def test_the_row_that_fills_a_merged_cell() -> None:
    text = "|类别|等级|标准（元）|\n|生活补贴|一级|135|\n||二级|110|\n|护理补贴|一级|120|\n||二级|115|"
    spans = [match.span() for match in ROW.finditer(text)]
    assert [opener_of(text, row) for row in spans] == [None, None, spans[1], None, spans[3]]


def test_ordinals_and_rules_of_markdown_say_nothing() -> None:
    text = "|序号|事项|电话|\n|---|---|---|\n|1|社保卡|0811-2233445|"
    assert rows(text)[2] == "事项:社保卡，电话:0811-2233445"


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        (CARE, "|失能等级|居家护理（元/月）|机构护理（元/月）|备注|"),
        ("|附表：办理窗口||\n|县区|电话|\n|东溪区|0811-2233445|", "|县区|电话|"),
        ("|年份|2025年|2030年|\n|产值|1500|3000|", "|年份|2025年|2030年|"),
        ("|申报对象|在本市注册的企业。|\n|补贴标准|每家最高20万元|", None),
        ("|80至89周岁|60元|\n|90至99周岁|150元|", None),
        ("|80至89周岁|60元|50元/月|\n|90至99周岁|150元|130元/月|", None),
        ("|县区|电话|", None),
    ],
)
def test_the_row_that_heads_a_table(text: str, heads: str | None) -> None:
    assert head(text) == heads


def test_a_row_that_does_not_fit_the_heads_says_its_cells_alone() -> None:
    assert rows("|县区|地点|电话|\n|东溪区|一楼|")[1] == "东溪区，一楼"


def test_a_row_is_one_sentence_whatever_its_cells_hold() -> None:
    text = "甲。乙。\n|条件|1.在册。2.无欠税！|\n|时间|每年3月。|\n丙。丁。"
    assert [text[start:end] for start, end in split_sentences(text)] == [
        "甲。",
        "乙。",
        "|条件|1.在册。2.无欠税！|",
        "|时间|每年3月。|",
        "丙。",
        "丁。",
    ]
