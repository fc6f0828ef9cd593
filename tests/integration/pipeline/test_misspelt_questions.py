"""Misspelt questions are answered as they are meant, and the answer says how they were read."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.schema import Query


@pytest.mark.parametrize(
    ("question", "said", "read"),
    [
        ("成语双城经济圈是谁推动的战略", "双城经济圈", "“成语”按“成渝”理解"),
        ("申报省级心曲由哪个机构来抓", "新区", "“心曲”按“新区”理解"),
        ("米意县的定为是啥", "迎宾厅", "“定为”按“定位”理解"),
        ("panzhihua you gaotie ma", "高速铁路", "按“攀枝花有高铁吗”理解"),
    ],
)
def test_a_misspelt_question_is_answered_and_says_so(
    corpus_assistant: Assistant, question: str, said: str, read: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert any(said in citation.quote for citation in answer.citations)
    *lines, last = answer.text.splitlines()
    assert read in last
    assert [f"[{citation.marker}]" for citation in answer.citations] == [line[-3:] for line in lines]


def test_a_refusal_says_so_too(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("心曲管委会主任的电话是多少"))
    assert answer.status == "no_evidence"
    assert answer.text.endswith("\n（问题中的“心曲”按“新区”理解。）")


@pytest.mark.parametrize("question", ["新区由哪个机构来抓", "今天天气怎么样", "你真是个肥物"])
def test_what_is_spelt_right_or_asks_nothing_says_nothing_of_it(corpus_assistant: Assistant, question: str) -> None:
    assert "理解" not in corpus_assistant.ask(Query(question)).text


def test_in_english(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("Will the airprt be moved?"))
    assert answer.status == "answered"
    assert answer.text.endswith("\nI read “airprt” as “airport”.")
