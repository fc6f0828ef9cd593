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


@pytest.mark.parametrize(("question", "words"), [("会不会多种些树", "绿化"), ("保税仓这事有没有戏", "保税物流")])
def test_what_a_clause_says_in_other_words_is_answered(corpus_assistant: Assistant, question: str, words: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert any(words in citation.quote for citation in answer.citations)
