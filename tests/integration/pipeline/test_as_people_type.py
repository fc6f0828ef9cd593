"""Questions as people type them: clauses parted by spaces, told beside asked, two at once, doubts, and other places."""

from __future__ import annotations

import re

import pytest

from assistant.pipeline import Assistant
from assistant.schema import Answer, Query


def clauses(answer: Answer) -> list[int]:
    return sorted({citation.clause_number for citation in answer.citations})


@pytest.mark.parametrize(
    ("question", "clause", "quoted"),
    [
        ("我们开厂的 想过去租间屋 他们说搞研发的机构要弄到好多家", 7, "研发机构20家以上"),
        ("我屋头娃儿要上学 听说有个康养学院 是不是全国就这一个哦", 11, "全国唯一"),
        ("外婆当年跟着大部队来的，那些老厂房以后有没有人保护？", 11, "三线工业遗产"),
        ("My uncle runs a bakery and never reads the news. What will the airport be used for?", 10, "无人机测试基地"),
    ],
)
def test_what_is_told_beside_a_question_does_not_lead_away(
    corpus_assistant: Assistant, question: str, clause: int, quoted: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert clauses(answer) == [clause]
    assert quoted in answer.text


@pytest.mark.parametrize(
    "question",
    [
        # What is asked about is only told.
        "我家老房子漏水，攀西科技城那边管不管",
        "攀西科技城主打炼钢，会不会有污染？",
        "孩子明年小升初，我们家租房住在仁和，想问问科技城新修的中学我们这种没房的能不能报",
        # Neither of two is answered, though the second has words of its own that are held.
        "新机场定在哪个镇了，周边能建酒店吗",
        "科技城新建的医院是不是三甲，什么时候开始收病人？",
        "那个冷库基地到底修在哪个位置 占好大地 哪个单位在牵头",
    ],
)
def test_no_guess_is_made(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "answered", "missing"),
    [
        ("我女想读那个国际康养学院 是不是全国就这一家哦 一年学费好多", 11, "学费"),
        ("我大理的 听说有高铁从你们那边修过来 走哪几个地方 几年通车啊", 10, "几年通车"),
    ],
)
def test_clauses_parted_by_spaces_are_read_one_by_one(
    corpus_assistant: Assistant, question: str, answered: int, missing: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert (answer.status, clauses(answer)) == ("partial", [answered])
    assert missing in answer.text.splitlines()[-1]


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("饭局上有人吹 说那个新区到2030年工业产值要冲两千个亿 我咋觉得数字和年份都不对喃", "2030年"),
        ("同事稿子上写的新区2030年工业总产值两千亿 我咋记得不是这个数喃 帮我核一哈", "2000亿"),
    ],
)
def test_a_doubt_is_put_right(corpus_assistant: Assistant, question: str, wrong: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert (answer.status, clauses(answer)) == ("answered", [7])
    assert wrong in answer.text.splitlines()[0]
    assert "1500亿元以上" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "成都到2025年工业总产值多少",
        "重庆怎么发展清洁能源",
        "成都要建哪些产业园",
        "宜宾对民营企业有什么支持",
        "盐源县的定位是什么",
        "大理有什么旅游目标",
        "宜宾的机场要搬吗",
        "请问一下2025年成都的高新技术企业要达到多少家",
        "What are Chongqing's goals for elder care?",
        "Which parks will Yibin build?",
        "How many high-tech firms must neighbouring Yibin reach by 2025?",
    ],
)
def test_what_is_said_of_this_city_is_not_said_of_another(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "no_evidence"
    place = re.search("成都|重庆|宜宾|盐源县|大理|Chongqing|Yibin", question)
    assert place is not None
    assert place.group() in answer.text


@pytest.mark.parametrize(
    ("question", "status"),
    [("我妹子住西昌，那边要添新医院吗", "no_evidence"), ("我妹子住米易，那边要开发什么新区", "answered")],
)
def test_there_is_where_somebody_lives(corpus_assistant: Assistant, question: str, status: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == status


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("米易的目标是啥", 6),
        ("What is Miyi's positioning?", 6),
        ("大理高铁经过哪里", 10),
        ("盐源到西区的高速啥时开工", 10),
        ("重庆的职称这边认不认", 13),
        ("成都的厂想搬过来，政府怎么接", 13),
    ],
)
def test_a_place_that_the_document_speaks_of_is_answered(
    corpus_assistant: Assistant, question: str, clause: int
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert (answer.status, clauses(answer)) == ("answered", [clause])


def test_two_names_in_quotation_marks_are_compared(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("“五大领域”和“五大区域高地”是不是一回事？我怕写混了"))
    assert clauses(answer) == [5, 8]


def test_the_years_of_a_five_year_plan_are_its_name(corpus_assistant: Assistant) -> None:
    by_years = corpus_assistant.ask(Query("2021到2025年要开工哪几条高速公路"))
    by_name = corpus_assistant.ask(Query("“十四五”要开工哪几条高速公路"))
    assert by_years.status == "answered"
    assert by_years.citations == by_name.citations
