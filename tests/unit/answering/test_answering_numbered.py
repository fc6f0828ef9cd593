"""A number that a question names is that of a label as it is printed, of a part or clause of the level that is named."""

from __future__ import annotations

import pytest

from assistant.answering.numbered import clauses_numbered, headings_of, most_numbered, part_numbered
from assistant.answering.references import find_references
from assistant.indexing.analysis import normalize
from assistant.ingestion.clauses import parse_clauses
from assistant.schema import Document, Language, Record


def document(text: str) -> Document:
    return Document(Record("d", "d"), text, parse_clauses(text))


PLAN = document(
    "县域发展方案\n一、建设\n（一）加快建设甲。\n（二）资金来自乙。\n二、管理\n（一）加强管理丙。\n（二）分工落实丁。\n"
    "（三）督查考核戊。\n三、保障\n（一）组织保障己。\n（二）经费保障庚。"
)
RUNNING = document("县域发展方案\n一、建设\n（一）加快建设甲。\n（二）资金来自乙。\n二、管理\n（三）加强管理丙。")
RULES = document(
    "渔业条例\n"
    + "\n".join(
        f"第{chapter}章 章名{chapter}\n"
        f"第一节 节名{chapter}一\n第{first}条 内容{first}。\n第二节 节名{chapter}二\n第{second}条 内容{second}。"
        for chapter, first, second in (("一", "一", "二"), ("二", "三", "四"), ("三", "五", "六"))
    )
)
BOOKS = document(
    "民事法典\n第一编 总则\n第一章 甲\n第一条 内容一。\n第二章 乙\n第二条 内容二。\n"
    "第二编 物权\n第一章 丙\n第三条 内容三。\n第二章 丁\n第四条 内容四。"
)


def clauses(asked: str, of: Document, language: Language = "zh") -> list[str]:
    references = find_references(normalize(asked))
    found = [c for number in references.clauses for c in clauses_numbered(of, number, references, language)]
    return [clause.text for clause in found]


@pytest.mark.parametrize(
    ("asked", "of", "found"),
    [
        ("（三）讲了什么", PLAN, ["（三）督查考核戊。"]),
        ("第（七）条讲什么", PLAN, []),
        ("第二条讲什么", PLAN, ["（二）资金来自乙。", "（二）分工落实丁。", "（二）经费保障庚。"]),
        ("第二部分第（二）条讲什么", PLAN, ["（二）分工落实丁。"]),
        ("最后一条讲什么", PLAN, ["（二）经费保障庚。"]),
        ("第三条讲什么", RUNNING, ["（三）加强管理丙。"]),
        ("第二部分第一条讲什么", RUNNING, ["（三）加强管理丙。"]),
        ("第五条讲什么", RULES, ["第五条 内容五。"]),
    ],
)
def test_the_clauses_of_a_number(asked: str, of: Document, found: list[str]) -> None:
    assert clauses(asked, of) == found


def test_in_english_clauses_are_named_by_their_ordinals() -> None:
    assert clauses("What does clause 7 say?", PLAN, "en") == ["（二）经费保障庚。"]


def test_of_clauses_without_labels_the_ordinal_is_the_number() -> None:
    plain = document("关于闭馆的通知\n图书馆周六闭馆。\n周日照常开放。\n周一休息。")
    assert clauses("第二条讲什么", plain) == ["周日照常开放。"]


@pytest.mark.parametrize(
    ("asked", "of", "found"),
    [
        ("第二章讲什么", RULES, ["三", "四"]),
        ("第二节讲什么", RULES, ["二", "四", "六"]),
        ("第三章第二节讲什么", RULES, ["六"]),
        ("第三章的第一节", RULES, ["五"]),
        ("第三节讲什么", RULES, []),
        ("第五章讲什么", RULES, []),
        ("第二部分讲什么", RULES, ["三", "四"]),
        ("最后一部分", RULES, ["五", "六"]),
        ("What does chapter 2 say?", RULES, ["三", "四"]),
        ("第二编讲什么", BOOKS, ["三", "四"]),
        ("第二编第一章讲什么", BOOKS, ["三"]),
        ("第一章讲什么", BOOKS, ["一", "三"]),
        ("第二节讲什么", BOOKS, []),
        ("第二部分讲什么", BOOKS, ["三", "四"]),
        ("第二章讲什么", RUNNING, ["（三）加强管理丙。"]),
    ],
)
def test_the_clauses_of_a_part_of_the_level_that_is_named(asked: str, of: Document, found: list[str]) -> None:
    references = find_references(normalize(asked))
    held = [c.text for number in references.parts for c in part_numbered(of, number, references)]
    assert held == [one if len(one) > 1 else f"第{one}条 内容{one}。" for one in found]


@pytest.mark.parametrize(
    ("unit", "of", "counted"),
    [
        ("章", RULES, (3, False)),
        ("节", RULES, (2, True)),
        ("", RULES, (3, False)),
        ("", BOOKS, (2, False)),
        ("章", BOOKS, (2, True)),
        ("节", BOOKS, (0, False)),
        ("", PLAN, (3, False)),
    ],
)
def test_how_far_parts_are_counted(unit: str, of: Document, counted: tuple[int, bool]) -> None:
    assert most_numbered(headings_of(of, unit)) == counted
