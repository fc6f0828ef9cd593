"""Questions on one thing only: what no clause holds is refused, what one says in other words is answered."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.schema import Query


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("攀枝花修轻轨吗", "轻轨"),
        ("攀枝花修不修轻轨？", "轻轨"),
        ("有没有体育场地", "体育场地"),
        ("有没有住院治疗", "住院治疗"),
    ],
)
def test_what_no_clause_holds_is_refused_though_a_clause_shares_its_characters(
    corpus_assistant: Assistant, question: str, thing: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "no_evidence"
    assert f"“{thing}”" in answer.text


@pytest.mark.parametrize("thing", ["榴莲", "芒果", "石榴", "咖啡", "蚕桑"])
def test_what_is_to_be_developed_must_be_named(corpus_assistant: Assistant, thing: str) -> None:
    """产业 and 发展 stand in most clauses, and say of no clause that it is about mangoes."""
    for asked in (f"{thing}产业怎么发展", f"{thing}产业要怎么发展？"):
        answer = corpus_assistant.ask(Query(asked))
        assert answer.status == "no_evidence", asked
        assert thing in answer.text


@pytest.mark.parametrize("thing", ["钒钛", "康养", "体育", "煤炭", "石墨烯"])
def test_what_is_named_is_answered_with_a_clause_that_names_it(corpus_assistant: Assistant, thing: str) -> None:
    answer = corpus_assistant.ask(Query(f"{thing}产业怎么发展"))
    assert any(thing in citation.quote for citation in answer.citations)


@pytest.mark.parametrize("question", ["会给企业多少地", "石墨烯产业园投资多少"])
def test_what_no_clause_answers_is_refused_though_one_has_its_words(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == "no_evidence"


def test_what_is_done_may_be_said_in_other_words(corpus_assistant: Assistant) -> None:
    assert "组长" in corpus_assistant.ask(Query("谁牵头")).citations[0].quote


def test_a_name_of_one_character_is_asked_about(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("钛产业怎么发展"))
    assert any("钒钛新材料产业集群" in citation.quote for citation in answer.citations)


def test_what_the_segmenter_takes_for_an_adverb_is_asked_about(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("攀枝花要修哪些高速"))
    assert any("攀宜高速公路" in citation.quote for citation in answer.citations)


def test_one_thing_alone_must_be_held_itself(corpus_assistant: Assistant) -> None:
    """产城融合 is something like it; what is said of 职教城 is read whatever it answers."""
    assert corpus_assistant.ask(Query("军民融合提到了吗")).status == "no_evidence"
    assert "职教城" in corpus_assistant.ask(Query("关于职教城是怎么规定的")).citations[0].quote


@pytest.mark.parametrize(("question", "words"), [("会不会多种些树", "绿化"), ("保税仓这事有没有戏", "保税物流")])
def test_what_a_clause_says_in_other_words_is_answered(corpus_assistant: Assistant, question: str, words: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("医院要建几家", "“医院”的数量"),
        ("绿化攀枝花种多少棵树", "的数量"),
        ("阳光康养是什么意思", "“阳光康养”的含义"),
        ("GDP目标多少", "“GDP”"),
        ("新区面积多大", "“新区”的面积"),
        ("钒钛产业要做到好大规模", "“钒钛产业”的面积"),
        ("how much money for talent", "money for “talent”"),
        ("人才来了给房子吗", "“房子”的具体规定"),
        # 铁路 is near it, and no more.
        ("地铁修不修", "“地铁”的具体规定"),
        # Of the place in its title the whole document is.
        ("攀枝花的煤有多少吨", "“煤”的数量"),
        ("攀枝花的钒钛能出口吗", "“攀枝花的钒钛能出口吗”"),
        ("高铁啥时候通到攀枝花", "“高铁啥时候通到攀枝花”"),
        ("贷款利息政府贴几个点", "“贷款利息”的具体比例"),
        ("成都交的公积金每月交多少钱", "“公积金”的具体金额"),
        ("How much will a high-speed train ticket to Dali cost?", "money for “ticket”"),
        ("min wage here?", "“wage”"),
    ],
)
def test_a_refusal_names_what_is_missing(corpus_assistant: Assistant, question: str, missing: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "no_evidence"
    assert missing in answer.text
    assert "来了" not in answer.text


def test_where_something_is_run_is_no_application(corpus_assistant: Assistant) -> None:
    assert "康养学院" in corpus_assistant.ask(Query("康养学院在哪儿办的")).citations[0].quote


@pytest.mark.parametrize(
    ("question", "words"), [("攀枝花机场要搬吗", "机场迁建"), ("中欧班列 攀枝花 开不开", "衔接开通中欧班列")]
)
def test_a_sentence_that_only_names_the_documents_own_city_is_not_quoted_beside(
    corpus_assistant: Assistant, question: str, words: str
) -> None:
    (citation,) = corpus_assistant.ask(Query(question)).citations
    assert words in citation.quote
