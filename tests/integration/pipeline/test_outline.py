"""The document as a whole, its parts, and clauses named by their place: however they are asked for."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from tests.integration.pipeline.conversing import asked

WHOLE = """
这个文件到底讲了个啥子哦，三两句话说清楚嘛
领导叫我明早会上汇报，我还一个字没看，先给我列个全文提纲吧
請問這份決定通篇的主旨是什麼？
我从外地过来考察，飞机上只有十分钟，想先对它有个整体印象
给个TL;DR，整个doc的
把整份材料浓缩成一百字左右
Can you sum up the entire decision for me in a short paragraph?
just moved here, whats this party paper basically about??
"""


@pytest.mark.parametrize("question", WHOLE.strip().splitlines())
def test_an_outline_is_given_of_the_whole(corpus_assistant: Assistant, question: str) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert answer.citations[0].clause_number == 0
    assert len(answer.citations) >= 5
    assert answer.text.startswith(("主要内容", "Main points"))


@pytest.mark.parametrize(
    "question", ["这个文件大概讲了养老的什么", "给我列个钒钛新城的提纲", "这份决定里宠物的主要内容是什么"]
)
def test_what_names_a_matter_asks_for_no_outline(corpus_assistant: Assistant, question: str) -> None:
    assert not asked(corpus_assistant, question).text.startswith("主要内容")


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("“二、”底下那几条合起来在讲什么", {4, 5, 6, 7}),
        ("gimme the gist of the 2nd part, all of it", {4, 5, 6, 7}),
        ("三、 重点任务 几项 分别", {8, 9, 10, 11, 12, 13}),
        ("末尾一部分关于怎么保障落实，请概括", {14, 15, 16, 17}),
        ("What ground does the fourth and closing section cover?", {14, 15, 16, 17}),
        ("开头那一大块讲什么", {1, 2, 3}),
    ],
)
def test_a_part_by_its_place(corpus_assistant: Assistant, question: str, clauses: set[int]) -> None:
    assert {citation.clause_number for citation in asked(corpus_assistant, question).citations} == clauses


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("第三部分第二条，想跟哪几所大学合作？", 9),
        ("第四部分头一条讲什么", 14),
        ("第七條前面那一條，對米易是怎麼定位的？", 6),
        ("夹在第七和第九中间的那条", 8),
        ("the one after clause 5, whats it on?", 6),
        ("third clause of the fourth part, what role does the CPPCC get", 16),
        ("第三部分第九条", 9),
    ],
)
def test_a_clause_by_its_place(corpus_assistant: Assistant, question: str, clause: int) -> None:
    assert {citation.clause_number for citation in asked(corpus_assistant, question).citations} == {clause}


def test_a_clause_that_a_part_does_not_have(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "第四部分的第六条讲啥")
    assert answer.status == "no_evidence"
    assert answer.text == "这一部分没有第6条：共4条，从(十四)到（十七）。"
    english = asked(corpus_assistant, "the sixth clause of the fourth part")
    assert english.text.startswith("That part has no clause 6: it has 4")
