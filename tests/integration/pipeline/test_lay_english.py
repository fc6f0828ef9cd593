"""English questions in everyday words, which share few with the translation: read by what they are in Chinese."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from assistant.schema import Query


@pytest.mark.parametrize(
    ("question", "clause", "words"),
    [
        ("By which year should the new area reach its output target?", 7, "2025年"),
        ("What share of industrial output should come from high-tech companies in the new area?", 7, "50%以上"),
        ('Our partners keep saying "the Two Cities". Which two places do they mean?', 7, "“两城”"),
        ("Can private businesses take stakes in state firms there?", 15, "股权混改"),
        ("Which district works with Wenjiang?", 11, "西区与温江区"),
        ("Are drones going to be tested somewhere?", 10, "无人机测试基地"),
        (
            "My bakery is near the south train station in Renhe, what is planned for that part of town?",
            6,
            "火车南站片区综合开发",
        ),
        ("what precent of factory output must be hi tech in the new area", 7, "50%以上"),
        ("The tourism and wellness project goes by four digits. Which digits?", 11, "5115"),
        ("How many layers does the set-up for running this have, from top to bottom?", 14, "三级运行机制"),
    ],
)
def test_is_answered(corpus_assistant: Assistant, question: str, clause: int, words: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert (answer.status, {citation.clause_number for citation in answer.citations}) == ("answered", {clause})
    assert any(words in citation.quote for citation in answer.citations)
    assert answer.language == "en"


@pytest.mark.parametrize(
    "question",
    [
        "How do I cook fish with sour cabbage?",
        "If a plant is caught dumping waste into the river, how big is the fine?",
        "Do I need an export licence for vanadium, and is there a yearly quota?",
        "Do foreigners get the same old-age benefits as residents?",
        "Where can I get my laptop repaired?",
        "How much does kindergarten cost?",
        "What is the closing date for applying to the pilot for mountains, rivers and forests?",
        "Was the high-speed railway to Dali finished on time?",
        "How deep are the mine holes that must be filled?",
    ],
)
def test_is_not_answered_with_something_like_it(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status in {"no_evidence", "out_of_scope"}, answer.text


def test_a_refusal_names_a_word_that_says_something(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("Does any dentist come to the villages?"))
    assert answer.status == "no_evidence"
    assert "“dentist”" in answer.text
    assert "“come”" not in answer.text
