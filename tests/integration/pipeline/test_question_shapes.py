"""Questions by their shape: by place, by list, by who is asked for, by body."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.schema import Query
from tests.integration.pipeline.conversing import asked, quoted

DISTRICTS = ["东区要", "西区要", "仁和区要", "米易县要", "盐边县要"]


@pytest.mark.parametrize("country", ["缅甸", "印度", "孟加拉国"])
def test_a_country_is_known_by_its_first_character_among_others(corpus_assistant: Assistant, country: str) -> None:
    answer = asked(corpus_assistant, f"通往{country}的铁路走哪个口岸")
    assert "瑞丽口岸到达孟中印缅经济走廊" in quoted(answer)


@pytest.mark.parametrize(
    "question",
    [
        "各县区的任务分别是什么",
        "给几个县区定了任务",
        "哪些县区被点到名",
        "定了任务的县区有几个",
        "三区两县分别要干啥",
        "五个区县分别要干啥",
        "五个区县分别干啥 全说一遍 快点",
        "What is each of the five counties and districts supposed to do?",
    ],
)
def test_each_district_is_listed_with_its_task(corpus_assistant: Assistant, question: str) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert [citation.quote[: len(start)] for citation, start in zip(answer.citations, DISTRICTS, strict=True)] == (
        DISTRICTS
    )


def test_where_something_is_that_only_the_heading_says(corpus_assistant: Assistant) -> None:
    assert "攀西科技城" in quoted(asked(corpus_assistant, "新的医院和停车场在哪座城里修"))


def test_a_year_that_is_wrong_is_put_right(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "新区要到2028年才基本形成区域中心城市核心区，对不对")
    assert "2028年" in answer.text.splitlines()[0]
    assert "到2025年，新区基本形成" in quoted(answer)


@pytest.mark.parametrize("question", ["具体是哪八个", "具体是哪几场"])
def test_what_is_only_counted_is_not_named(corpus_assistant: Assistant, question: str) -> None:
    answer = asked(corpus_assistant, question, "污染防治要打几大战役")
    assert answer.status == "no_evidence"
    assert "八大战役" in answer.text


def test_a_common_verb_need_not_stand_in_the_text(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "By which year should the new area reach 100 high-tech enterprises?")
    assert answer.status == "answered"
    assert "2025" in quoted(answer)


def test_what_counts_things_is_no_part_of_their_name(corpus_assistant: Assistant) -> None:
    assert "阳光大道南北延线" in quoted(asked(corpus_assistant, "科技城那边要修哪几条路哦？"))


def test_which_they_are_tells_how_many(corpus_assistant: Assistant) -> None:
    question = "How many industrial parks is the new vanadium town getting, and what are they?"
    for text in (question, "钒钛新城要建几个产业园，都叫啥"):
        assert "石墨烯碳新材料产业园" in quoted(asked(corpus_assistant, text))


def test_bodies_that_do_research_are_not_those_that_have_tasks(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "搞科研靠本地哪些单位")
    assert "攀钢研究院" in quoted(answer)
    assert not any(district in quoted(answer) for district in DISTRICTS)


def test_the_decision_of_another_body_is_not_this_one(corpus_assistant: Assistant) -> None:
    assert asked(corpus_assistant, "凉山州委的决定是哪天通过的").citations == ()
    assert "2020年7月30日" in quoted(asked(corpus_assistant, "攀枝花市委的决定是哪天通过的"))


@pytest.mark.parametrize(
    "question", ["When did the province adopt its decision?", "When was the provincial decision passed?"]
)
def test_another_body_did_not_adopt_its_decision_with_this_one(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == "no_evidence"


def test_private_firms_are_the_private_economy_too(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "关于私人企业的，所有说法都给我")
    assert "民营经济参与重大基础设施建设" in quoted(answer)
    assert "非禁即入" in quoted(answer)


def test_a_draft_that_is_to_scold_is_no_insult(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "我要写个作风建设的稿子，重点骂一骂形式主义，决定里怎么说形式主义的")
    assert answer.status == "answered"


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("哪些县区要大力发展战略性新兴产业", {"西区要", "仁和区要", "米易县要"}),
        ("哪几个区县搞温泉度假", {"盐边县要"}),
        ("哪些县区要建南大门", {"仁和区要"}),
        ("五个县区分别是什么任务", set(DISTRICTS)),
    ],
)
def test_only_the_districts_with_the_task_are_quoted(
    corpus_assistant: Assistant, question: str, districts: set[str]
) -> None:
    text = quoted(asked(corpus_assistant, question))
    assert {district for district in DISTRICTS if district in text} == districts
