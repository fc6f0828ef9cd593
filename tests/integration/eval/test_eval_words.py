"""Plain questions on words that are held, and on words that are not."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from eval.suites.words import WordCase, chosen
from eval.systems import System

# 公积金 and 产业 stand twice in it, 贷款 once; the decision holds 产业 alone.
TEXT = "公积金可以用来还贷款。\n提取公积金；发展产业，升级产业。"


def test_words_of_the_documents_and_words_that_none_of_them_holds(corpus_assistant: Assistant) -> None:
    documents = corpus_assistant.documents()
    cases = chosen(documents, [TEXT], limit=30)
    assert {case.word for case in cases if not case.held} == {"公积金"}
    held = [case for case in cases if case.held]
    assert len(held) == 30
    assert all(any(case.word in document.text for document in documents) for case in held)
    assert all(case.word in case.question for case in cases)
    assert chosen(documents, [TEXT], limit=30) == cases


@pytest.mark.parametrize(
    ("word", "held", "right", "counted"),
    [
        ("机场", True, True, {"held_answered": 1, "held_quoted": 1}),
        ("公积金", False, True, {"unheld_refused": 1}),
        ("公积金", True, False, {"held_answered": 0, "held_quoted": 0}),
        ("机场", False, False, {"unheld_refused": 0}),
    ],
)
def test_a_held_word_must_be_quoted_and_another_refused(
    corpus_assistant: Assistant, word: str, held: bool, right: bool, counted: dict[str, float]
) -> None:
    item = WordCase(word, f"哪里写了{word}", held).measure(System("ours", "", corpus_assistant))
    assert item.right is right
    assert {key: value for key, (value, _) in item.ratios.items() if "held" in key} == counted
    assert item.samples["answerable"] == held
