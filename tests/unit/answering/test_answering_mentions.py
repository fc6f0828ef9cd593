"""Where a word stands: which questions ask it, and every place where it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.mention_sets import WantedSet, wanted_set
from assistant.answering.mentions import Wanted, wanted_word

ASKED = """
哪几条提到康养|康养
哪些条款提到了重庆|重庆
一共有多少条讲到医疗|医疗
文件里哪些地方说到人才|人才
提到重庆的条款有哪些|重庆
所有涉及钒钛的条款|钒钛
涉及金沙江的有哪几条|金沙江
哪几条跟养老有关|养老
哪几条是关于人才的|人才
哪几条专门提到养老|养老
哪几条讲养老|养老
讲资源共享的是哪一条|资源共享
提到康养的地方都列出来|康养
机场在哪些条款里提到|机场
生态补偿在哪几条|生态补偿
“后花园”这个说法都在哪几条里出现,分别指什么?|后花园
哪几条提到康养,分别说什么|康养
提到重庆的一共有几条|重庆
“康养”在文件里出现了几次|康养
钒钛这个词一共提到多少次|钒钛
一共几次提到康养|康养
提到几次重庆|重庆
文件里提到几次成都|成都
提到首都的有几条|首都
全文提到康养多少次|康养
第几条提到机场|机场
哪些文件提到路灯|路灯
文件有没有提乡村振兴|乡村振兴
does the document mention Tibet|Tibet
which documents mention street lamps?|street lamps
which articles mention the airport?|airport
how many clauses talk about healthcare|healthcare
how many times is vanadium mentioned?|vanadium
how often does the document mention logistics|logistics
list every clause about healthcare|healthcare
"""
LOOSELY = ("哪几条讲养老", "讲资源共享的是哪一条", "文件有没有提乡村振兴", "does the document mention Tibet")
NOT_ASKED = """
哪些条款提到了什么补贴
哪几条高速要开工
哪些地方要建医院
哪些地方涉及拆迁
修几条铁路
每条都讲了什么
哪几条有关系
涉及西区的有几条高速公路
提到西区的有几条地铁
是哪一条写的？
考核激励写在文件的第几条？
哪几条说明要绿化
哪些条件要满足
第八条讲什么
一共多少条
关于康养有什么规定
文件里提到的铁路全部列一下
哪些条款跟我有关
机场一天有几次航班
which industries does it cover?
how many clauses are there
how often do trains run
what does article 7 say about talent
"""


@pytest.mark.parametrize("row", ASKED.strip().splitlines())
def test_the_word_that_is_looked_for(row: str) -> None:
    question, word = row.split("|")
    assert wanted_word(question) == Wanted(word, loosely=question in LOOSELY)


@pytest.mark.parametrize("question", NOT_ASKED.strip().splitlines())
def test_other_questions_look_for_no_word(question: str) -> None:
    assert wanted_word(question) is None


@pytest.mark.parametrize(
    ("question", "having", "lacking"),
    [
        ("哪些条款没有提到钒钛?", (), ("钒钛",)),
        ("哪几条不涉及机场", (), ("机场",)),
        ("提到康养没提到钒钛的条款", ("康养",), ("钒钛",)),
        ("哪些条款提到企业,但不包含贷款", ("企业",), ("贷款",)),
        ("哪些条款讲到重庆却没说成都", ("重庆",), ("成都",)),
    ],
)
def test_the_set_of_clauses_that_is_asked_for(question: str, having: tuple[str, ...], lacking: tuple[str, ...]) -> None:
    assert wanted_set(question) == WantedSet(having, lacking)


@pytest.mark.parametrize("word", ["未提交材料", "不提供住房", "不含税", "没有说明来源", "企业不含税收入", "未提前告知"])
def test_a_word_with_a_negation_is_a_word_like_any_other(word: str) -> None:
    question = f"哪些条款提到{word}"
    assert wanted_set(question) is None
    assert wanted_word(question) == Wanted(word)


@pytest.mark.parametrize("run", ["几次提到都都都", "几次提到都", "在哪几条", "提到"])
def test_a_long_run_of_words_takes_no_time(run: str, effort: Callable[[Callable[[], object]], float]) -> None:
    question = f"几次提到{run * (2000 // len(run))}x"
    assert wanted_word(question) is None
    assert effort(lambda: wanted_word(question)) < 5
