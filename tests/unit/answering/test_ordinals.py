"""Names told from others of a sort by a number, and the one that a text has otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.ordinals import wrong_ordinal


@pytest.mark.parametrize(
    ("question", "text", "wrong"),
    [
        ("第三批示范区", "创建第四批示范区", "第三批"),
        ("第4批示范区", "创建第四批示范区", ""),
        ("七大战役是哪些", "打好“八大战役”", "七大战役"),
        ("八大领域", "五大区域、八大战役", ""),
        ("十五五要建什么", "力争“十四五”开工", "十五五"),
        ("十四五要建什么", "力争“十四五”开工", ""),
        ("第三批示范区", "建设示范区", ""),
        ("四级运行机制是哪四级", "构建决策层、协调层、执行层三级运行机制", "四级"),
        ("三级运行机制是哪三级", "构建决策层、协调层、执行层三级运行机制", ""),
        # Of the third level, not of three.
        ("三级医院怎么管", "构建两级运行机制", ""),
        ("5116工程是什么", "深入实施“5115”工程", "5116工程"),
        ("“7+4”产业体系是什么", "构建“7+3”产业体系", "7+4产业"),
        ("5115工程是什么", "深入实施“5115”工程", ""),
        ("3000家企业", "深入实施“5115”工程", ""),
    ],
)
def test_a_name_with_another_number(question: str, text: str, wrong: str) -> None:
    assert wrong_ordinal(question, text) == wrong


def test_many_numbered_names_take_no_time(effort: Callable[[Callable[[], object]], float]) -> None:
    assert wrong_ordinal("八大领域" * 500, "五大领域" * 20000) == "八大领域"
    assert wrong_ordinal("五大领域" * 500, "五大领域" * 20000) == ""
    assert effort(lambda: wrong_ordinal("五大领域" * 500, "五大领域" * 20000)) < 20


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("市委九届九次全会通过的吧", "九届"),
        ("是十届八次全会吧", "八次"),
        ("一年开两次全会吧", ""),
        ("市委十届九次全会通过的吧", ""),
    ],
)
def test_a_session_with_another_number(question: str, wrong: str) -> None:
    assert wrong_ordinal(question, "2020年7月30日第十届委员会第九次全体会议通过") == wrong


@pytest.mark.parametrize(
    ("question", "text", "wrong"),
    [
        ("市委十届九次全会怎么落实省委全会精神", "深入落实省委十一届七次全会精神", ""),
        ("省委十一届八次全会讲了什么", "深入落实省委十一届七次全会精神", "八次"),
        ("十一届八次全会讲了什么", "深入落实省委十一届七次全会精神", "八次"),
        ("市委十届九次全会讲了什么", "中国共产党攀枝花市第十二次代表大会提出", ""),
        ("市人大第三次会议讲了什么", "市委第四次全体会议", ""),
        ("市第十一次党代会讲了什么", "中国共产党攀枝花市第十二次代表大会提出", "第十一次"),
        ("市人大第三次会议讲了什么", "市人民代表大会第四次会议提出", "第三次"),
        ("党的十九届六中全会讲了什么", "市委十届九次全会提出", ""),
    ],
)
def test_sessions_of_other_bodies_are_not_compared(question: str, text: str, wrong: str) -> None:
    assert wrong_ordinal(question, text) == wrong


@pytest.mark.parametrize(
    ("question", "document", "wrong"),
    [
        ("十四五期间建多少公里高速", "为编制“十四五”规划,制定本意见", ""),
        ("十四五期间建多少公里高速", "为改善交通,制定本意见", "十四五"),
        ("十五五期间建多少公里高速", "为编制“十四五”规划,制定本意见", "十五五"),
    ],
)
def test_a_number_that_stands_elsewhere_in_the_document_is_not_wrong(question: str, document: str, wrong: str) -> None:
    text = "较“十三五”末新增200公里"
    assert wrong_ordinal(question, text, f"{document}。{text}") == wrong
