"""How much of a question whole documents hold, and how broad a corpus is."""

from __future__ import annotations

import math

import pytest

from assistant.answering.answerability import judge, signals_of
from assistant.answering.breadth import breadth, held_by
from assistant.indexing.index import Index
from assistant.pipeline import Assistant
from assistant.schema import Query

DECISION = "panzhihua-2020-07-30"


@pytest.fixture
def index(two_documents: Assistant) -> Index:
    found, _ = two_documents.examine(Query("消防演练每年组织几次？"))
    return found


@pytest.mark.parametrize(("documents", "expected"), [(1, 0.0), (30, 0.0), (95, 0.5006), (300, 1.0), (2000, 1.0)])
def test_breadth_grows_with_the_documents_that_are_searched(index: Index, documents: int, expected: float) -> None:
    assert breadth(index, ["any"] * documents) == pytest.approx(expected, abs=1e-3)


def test_of_several_documents_more_evidence_is_asked(two_documents: Assistant) -> None:
    index, (found,) = two_documents.examine(Query("消防演练每年组织几次？"))
    seen = (index, found.question, found.ranking, found.places)
    several = [signals_of(*seen, ["any"] * count)["several"] for count in (1, 2, 3, 8)]
    assert several == pytest.approx([0, 0, 1 / 3, 0.75])
    assert signals_of(*seen)["several"] == 0, "two are held"
    one, eight = (judge(*seen, (), "", ["any"] * count).probability for count in (1, 8))
    assert eight < one


def test_two_documents_are_no_broad_corpus(index: Index) -> None:
    assert breadth(index) == 0.0


def test_the_document_that_a_question_is_about_holds_most_of_it(index: Index) -> None:
    held, other = (held_by(index, "每年组织消防演练", document) for document in ("fire", DECISION))
    assert held == pytest.approx(1.0, abs=0.35)
    assert held is not None
    assert other is not None
    assert other < held - 0.2


def test_what_no_document_holds(index: Index) -> None:
    assert held_by(index, "龙虾火锅", "fire") == 0.0


def test_an_english_question_has_no_pairs(index: Index) -> None:
    assert held_by(index, "How often are fire drills held?", "fire") is None


def test_pairs_are_counted_by_their_rarity(index: Index) -> None:
    texts = [index.text(row) for row in range(len(index.chunks))]

    def rarity(pair: str) -> float:
        holding = sum(pair in text for text in texts)
        return math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))

    found = dict(index.lexical_index.held_by_documents(["消防", "管理"], 2))
    assert found["fire"] == pytest.approx(1.0)
    assert found[DECISION] == pytest.approx(rarity("管理") / (rarity("管理") + rarity("消防")), rel=1e-4)


@pytest.mark.parametrize("question", ["机场要搬到哪儿去？", "市长的工资是多少"])
def test_among_many_documents_the_threshold_is_that_of_the_other_weights(
    corpus_assistant: Assistant, question: str
) -> None:
    index, (found,) = corpus_assistant.examine(Query(question))
    seen = index, found.question, found.ranking, found.places, [], ""
    one, some, many = (judge(*seen, documents=["any"] * count).threshold for count in (1, 95, 300))
    assert (one, many) == pytest.approx((0.5, 0.46))
    assert some == pytest.approx((one + many) / 2, abs=0.002)
