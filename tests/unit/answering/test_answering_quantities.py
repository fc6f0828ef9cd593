"""Years and quantities in questions, and whether a text has them."""

from __future__ import annotations

import pytest

from assistant.answering.quantities import YEAR, differs, has_number, quantities, unconfirmed


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年产值到2000亿", ["2025"]),
        ("2030要到多少", ["2030"]),
        ("2020年7月", ["2020"]),
        ("集聚2000家企业", []),
        ("by 2025, 2000 billion yuan", ["2025"]),
    ],
)
def test_years(text: str, years: list[str]) -> None:
    assert YEAR.findall(text) == years


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("听说要到3000亿", "zh", {("3000", "亿")}),
        ("是不是占八成", "zh", {("80", "%")}),
        ("听说要引进两百家", "zh", {("200", "家")}),
        ("听说成都立项一个", "zh", set()),
        # Nothing is put forward here, and the second 个 tells of who asks.
        ("我有两个孩子能报几个", "zh", set()),
        ("第三条说了什么对吗", "zh", set()),
        ("是三家,对不", "zh", {("3", "家")}),
        ("对不同的三家企业怎么支持", "zh", set()),
    ],
)
def test_quantities(text: str, language: str, found: set[tuple[str, str]]) -> None:
    assert set(quantities(text, language)) == found


@pytest.mark.parametrize(
    ("text", "digits", "held"), [("1500亿元", "500", False), ("1500亿元", "1500", True), ("占50.5%", "50", False)]
)
def test_a_number_is_no_part_of_another(text: str, digits: str, held: bool) -> None:
    assert has_number(text, digits) is held


PARKS = "建设钒钛产业园、装备产业园、新能源产业园和石墨烯产业园"


@pytest.mark.parametrize(
    ("text", "said", "missing"),
    [
        ("要建四个产业园对吗", PARKS, ""),
        ("要建五个产业园对吗", PARKS, "5个"),
        # A list of four, of something else.
        ("要建四所大学对吗", PARKS, "4所"),
        ("是不是有四个层级", "构建四级机制", ""),
        ("是不是有四个层级", "四川省", "4个"),
        ("要建五个产业园", PARKS, ""),
    ],
)
def test_what_is_to_be_confirmed(text: str, said: str, missing: str) -> None:
    nouns = [noun for noun in ("产业园", "大学", "层级") if noun in text]
    assert unconfirmed(text, quantities(text, "zh"), nouns, said, said) == missing


@pytest.mark.parametrize(
    ("question", "named", "text", "wrong"),
    [
        ("要有50家吗", ("50", "家"), "占比50%以上", False),
        ("要有50家吗", ("50", "家"), "企业100家以上", True),
        ("要超过50家吗", ("50", "家"), "企业100家以上", False),
        ("要超过200家吗", ("200", "家"), "企业100家以上", True),
        ("不超过200家吧", ("200", "家"), "最多100家", False),
        ("不超过200家吧", ("200", "家"), "100家以上", True),
        ("不低于100家吧", ("100", "家"), "100家以上", False),
        ("到1.5万亿吗", ("1.5", "万亿"), "15000亿元", False),
        ("到1500万吗", ("1500", "万"), "1500亿元", True),
        ("有多少", ("5", ""), "100家", False),
    ],
)
def test_a_quantity_that_no_number_bears_out(question: str, named: tuple[str, str], text: str, wrong: bool) -> None:
    assert differs(question, named, [text]) is wrong
