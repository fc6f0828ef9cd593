"""The assistant without one of its parts: what is turned off is off, and everything else is as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, Parts, open_assistant
from assistant.schema import Answer, Query, Turn

Without = Callable[[str], Assistant]


@pytest.fixture(scope="module")
def without(corpus_data_dir: Path) -> Without:
    """Opens the assistant without one part."""

    @cache
    def opened(part: str) -> Assistant:
        return open_assistant(Settings(data_dir=corpus_data_dir), parts=replace(Parts(), **{part: False}))

    return opened


def said(assistant: Assistant, question: str, *before: str) -> Answer:
    return replace(assistant.ask(Query(question, tuple(map(Turn, before)))), timings_ms={})


def test_every_part_says_what_happens_without_it() -> None:
    abouts = [part.metadata["about"] for part in fields(Parts)]
    assert all(about.endswith(".") for about in abouts)
    assert len(set(abouts)) == len(abouts)
    assert all(getattr(Parts(), part.name) is True for part in fields(Parts))


@pytest.mark.parametrize(
    ("part", "scores"),
    [
        ("dense", {"dense"}),
        ("words", {"lexical", "terms"}),
        ("pairs", {"pairs"}),
        ("document", {"document"}),
    ],
)
def test_search_without_a_retriever(corpus_assistant: Assistant, without: Without, part: str, scores: set[str]) -> None:
    whole = {name for item in corpus_assistant.search("机场迁建", 5) for name in item.scores}
    less = {name for item in without(part).search("机场迁建", 5) for name in item.scores}
    assert whole - less == scores
    assert less


@pytest.mark.parametrize(
    ("part", "question", "status"),
    [
        ("spelling", "jichang yao banqian ma", "out_of_scope"),
        ("rules", "阳光康养是什么意思", "answered"),
        ("answerability", "财政资金怎么用", "answered"),
    ],
)
def test_an_answer_that_rests_on_a_part(
    corpus_assistant: Assistant, without: Without, part: str, question: str, status: str
) -> None:
    assert said(without(part), question).status == status
    assert said(corpus_assistant, question).status != status


def test_without_follow_ups_a_question_stands_alone(corpus_assistant: Assistant, without: Without) -> None:
    before = "西区要做强哪些产业"
    alone = said(corpus_assistant, "那盐边呢？")
    assert said(corpus_assistant, "那盐边呢？", before) != alone
    assert said(without("follow_ups"), "那盐边呢？", before) == alone


def test_without_the_ranker_candidates_stay_as_they_were_found(corpus_assistant: Assistant, without: Without) -> None:
    question = "要建哪些产业园？"
    index, (found,) = without("ranker").examine(Query(question))
    order = [item.chunk.id for item in without("ranker").search(question, 40)]
    ranked = [index.chunks[row].id for row in found.ranking.rows]
    assert ranked == [chunk_id for chunk_id in order if chunk_id in set(ranked)]
    assert list(found.ranking.scores) == sorted(found.ranking.scores, reverse=True)
    _, (whole,) = corpus_assistant.examine(Query(question))
    assert whole.ranking.rows != found.ranking.rows


def standins(assistant: Assistant, question: str) -> dict[str, dict[str, float]]:
    """Term → the words that stand in for it, with their degrees."""
    _, (found,) = assistant.examine(Query(question))
    return {term.surface: dict(term.standins) for term in found.question.terms}


def test_without_synonyms_an_everyday_word_does_not_stand_for_the_official_one(
    corpus_assistant: Assistant, without: Without
) -> None:
    question = "要整治摆架子吗"
    assert standins(corpus_assistant, question)["摆架子"]["官僚主义"] >= 0.9
    assert standins(without("synonyms"), question)["摆架子"].get("官僚主义", 0.0) < 0.9, "near it, no more"


def test_without_near_words_only_lists_lend_words(corpus_assistant: Assistant, without: Without) -> None:
    whole, less = (standins(one, "养老有什么政策") for one in (corpus_assistant, without("near_words")))
    assert whole.keys() == less.keys()
    assert all(less[term].items() <= whole[term].items() for term in whole)
    assert less != whole


def test_without_the_glossary_english_words_stay_english(corpus_assistant: Assistant, without: Without) -> None:
    question = "Where will the airport be moved?"
    assert standins(corpus_assistant, question)["airport"]["机场"] == 1.0
    assert standins(without("glossary"), question)["airport"]["机场"] < 1.0, "near it in the embedding, no more"


def test_without_the_translation_english_words_are_not_matched(corpus_assistant: Assistant, without: Without) -> None:
    def held(assistant: Assistant) -> float:
        _, (found,) = assistant.examine(Query("Which logistics projects rely on intermodal transport?"))
        return float(found.ranking.support.sum())

    assert held(without("translation")) < held(corpus_assistant)
