"""Quotes that are on what is asked and answer something else: another kind of answer, another thing, another end."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from tests.integration.pipeline.conversing import asked, quoted


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("生态方面的目标", "生态屏障"),
        ("新区产值目标是什么", "1500亿元以上"),
        ("What is the target for the industrial output of the new district?", "1500亿元以上"),
    ],
)
def test_a_target_is_asked_of_something(corpus_assistant: Assistant, question: str, words: str) -> None:
    """That a sentence has the word 目标, or 指标, in it does not make it an answer."""
    answer = asked(corpus_assistant, question)
    assert words in quoted(answer)
    assert "指标要求" not in quoted(answer)
    assert "目标定位" not in quoted(answer)


@pytest.mark.parametrize("question", ["空港那边要建的新城叫什么名字", "跟机场配套的新城叫啥名"])
def test_the_name_of_a_thing_is_no_person(corpus_assistant: Assistant, question: str) -> None:
    assert "空港新城" in quoted(asked(corpus_assistant, question))


def test_the_name_of_a_person_is_still_asked_for(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "带头的是哪位领导，叫啥名")
    assert answer.status == "no_evidence"
    assert "人名" in answer.text


def test_when_work_begins_does_not_tell_when_it_ends(corpus_assistant: Assistant) -> None:
    assert "“十四五”开工建设" in quoted(asked(corpus_assistant, "西区到盐源的高速什么时候开工"))
    assert asked(corpus_assistant, "好久能通车", "西区到盐源的高速修不修").status == "no_evidence"


def test_a_country_that_no_document_names_is_refused(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "通往越南的铁路走哪个口岸")
    assert answer.status == "no_evidence"
    assert "越南" in answer.text


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (("钒钛新城有哪些产业园",), "那科技城呢"),
        (("钒钛新城有哪些产业园",), "租金呢"),
        (("我想来养老", "看病方便吗"), "医保呢"),
        (("民企有什么支持",), "个体户呢"),
        (("钒钛新城有哪些产业园",), "怎么入驻"),
        (("钒钛新城有哪些产业园",), "谁来管"),
        (("攀钢要做什么",), "归谁管"),
        (("商会联盟要建吗",), "怎么加入"),
    ],
)
def test_what_answered_the_question_before_does_not_answer_for_something_else(
    corpus_assistant: Assistant, before: tuple[str, ...], question: str
) -> None:
    answer = asked(corpus_assistant, question, *before)
    assert answer.status == "no_evidence"
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("民企有什么支持", "国企呢", "国资国企"),
        ("东区要干什么", "还有两个县呢", "盐边县要"),
        ("机场要搬吗", "高铁呢", "高速铁路"),
    ],
)
def test_what_holds_the_other_thing_does(corpus_assistant: Assistant, before: str, question: str, words: str) -> None:
    answer = asked(corpus_assistant, question, before)
    assert answer.status == "answered"
    assert words in quoted(answer)


@pytest.mark.parametrize("before", [(), ("高速公路修哪几条", "攀宜那条在修没")])
def test_a_line_that_is_begun_is_not_said_to_be_open(corpus_assistant: Assistant, before: tuple[str, ...]) -> None:
    question = "那条啥时候通车" if before else "攀宜高速好久通车"
    assert asked(corpus_assistant, question, *before).status == "no_evidence"


@pytest.mark.parametrize(
    "question",
    [
        "省委决定是哪年通过的",
        "《中共四川省委关于深入贯彻习近平总书记重要讲话精神、加快推动成渝地区双城经济圈建设的决定》是哪天通过的",
        "2025年攀枝花GDP目标",
        "攀宜高速公路什么时候开工",
    ],
)
def test_what_is_said_of_something_like_it_is_no_answer(corpus_assistant: Assistant, question: str) -> None:
    assert asked(corpus_assistant, question).status == "no_evidence"


@pytest.mark.parametrize(
    "question",
    [
        "“7+3”里的七个和三个分别是什么产业",
        "污染防治的八个战役一个一个报给我听",
        "“一二三五”工作思路展开来是什么",
        "火车南站那个片区有多大",
        "红格温泉度假区，是盐边县出钱建吧",
        "国家全域旅游示范区建的是第几批",
        "科技城要修几所小学",
        "钒钛新城的厂子安全没整好，会不会遭喊停产",
        "What is the closing date for applying to the pilot for mountains, lakes and forests?",
        "In those shared parks, is it fifty fifty on the taxes?",
    ],
)
def test_another_kind_of_answer_is_none(corpus_assistant: Assistant, question: str) -> None:
    assert asked(corpus_assistant, question).status == "no_evidence"


@pytest.mark.parametrize("question", ["对民企要搞贷款贴息吗", "奖金分配要到人吗"])
def test_what_is_so_of_other_things_is_no_yes(corpus_assistant: Assistant, question: str) -> None:
    assert asked(corpus_assistant, question).status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("能先行先试的五个领域一个一个说", "“五大领域”"),
        ("三级运行机制是哪三级", "决策层、协调层、执行层"),
        ("安宁河谷要打造省内第几个平原经济带", "第二个平原经济带"),
        ("老三线厂房这些旧东西会保留下来吗", "三线工业遗产"),
        ("大学老师能不能到外面公司兼份差", "兼职"),
        ("大学老师能到公司里做副业吗", "兼职"),
        ("私人老板掏钱修路，政府欢迎吗", "民营"),
    ],
)
def test_the_same_kind_in_other_words_is_one(corpus_assistant: Assistant, question: str, words: str) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert words in quoted(answer)


def test_a_year_of_which_something_else_is_said_is_not_called_unknown(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "到2025年攀枝花要建成几所大学")
    assert answer.status == "no_evidence"
    assert "没有写明2025年" not in answer.text
    assert "没有写明2031年的情况" in asked(corpus_assistant, "2031年工业总产值要到多少").text


@pytest.mark.parametrize(("question", "clause"), [("哪些不好的作风要整治", 16), ("哪些没用的地要修复", 12)])
def test_what_is_denied_of_the_thing_itself_is_no_denial_asked_for(
    corpus_assistant: Assistant, question: str, clause: int
) -> None:
    assert [citation.clause_number for citation in asked(corpus_assistant, question).citations] == [clause]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("水力、风能、太阳能这块，市里准备怎么开发，想做成什么？", 8),
        ("走过场、摆官架子这些毛病怎么管", 16),
    ],
)
def test_what_only_sounds_like_an_answer_is_not_quoted_beside_it(
    corpus_assistant: Assistant, question: str, number: int
) -> None:
    assert {citation.clause_number for citation in asked(corpus_assistant, question).citations} == {number}


def test_what_is_done_or_not_must_stand_there(corpus_assistant: Assistant) -> None:
    assert asked(corpus_assistant, "格里坪那个园区招不招工嘛 一个月开好多").status == "no_evidence"
