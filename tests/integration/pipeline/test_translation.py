"""The translation of the decision is aligned finely, says the same numbers, and is shown as far as the quote goes."""

from __future__ import annotations

import itertools
import json
import re
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.app.documents import panel
from assistant.app.passages import Span
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import load_embedder
from assistant.indexing.numerals import parse_numeral
from assistant.pipeline import Assistant
from assistant.schema import Query

DECISION = "panzhihua-2020-07-30"
LONGEST = 100
"""Chinese characters of a pair, at most."""
MONTHS = "January February March April May June July August September October November December".split()
_FIGURE = re.compile(r"(\d+)(月|亿)?")
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千]+")


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str]]:
    file = Path(__file__).parents[3] / "corpus" / f"{DECISION}.en.jsonl"
    lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    return [(line["zh"], line["en"]) for line in lines]


def test_the_pairs_hold_the_whole_document(pairs: list[tuple[str, str]], corpus_assistant: Assistant) -> None:
    text = corpus_assistant.document(DECISION).text
    assert "".join("".join(zh.split()) for zh, _ in pairs) == "".join(text.split())


def test_no_pair_is_long_or_cut_within_brackets(pairs: list[tuple[str, str]]) -> None:
    for zh, english in pairs:
        assert len(zh) <= LONGEST, zh
        assert english.count('"') % 2 == 0, english
        plain = zh.translate(str.maketrans("()", "（）"))
        for left, right in ("“”", "《》", "（）"):
            assert plain.count(left) == plain.count(right), zh


def test_parts_of_a_sentence_read_on(pairs: list[tuple[str, str]]) -> None:
    for (before, english_before), (_, english) in itertools.pairwise(pairs):
        if before.endswith(("，", "；")):
            assert english_before.endswith((",", ";")), english_before
        elif not english[:1].isupper():
            assert english.startswith("("), english
        if english_before.endswith((",", ";")):
            assert before.endswith(("，", "；")), before


def test_both_languages_say_the_same_numbers(pairs: list[tuple[str, str]]) -> None:
    for zh, english in pairs:
        for figure, unit in _FIGURE.findall(zh):
            said = {"月": lambda n: MONTHS[n - 1], "亿": lambda n: f"{n / 10:g} billion"}.get(unit, str)(int(figure))
            assert re.search(rf"\b{said}\b", english), (figure, unit, english)
        numerals = [parse_numeral(run) for run in _NUMERAL.findall(zh)]
        # “十四五” is the 14th Five-Year Plan: two numbers without a mark between them.
        numerals += [parse_numeral(run[:-1]) for run in _NUMERAL.findall(zh)]
        held = {int(figure) for figure, _ in _FIGURE.findall(zh)} | {n for n in numerals if n is not None}
        held |= {n // 10 for n in held}
        assert {int(figure) for figure in re.findall(r"\d+", english)} <= held, (zh, english)


# question | words of the quote | how the English begins | how it ends
PARTS = """
Is there anything about the mutual secondment of officials?|互派干部|Promote the mutual secondment|Chengdu-Chongqing region. [1]
Will people share the blessings of sunshine health and wellness?|阳光康养之福|Let the people of|health and wellness. [1]
In which fields will the city align with the Chengdu-Chongqing circle?|产业和科技等领域的接轨|Accelerate alignment|other fields. [1]
"""


@pytest.mark.parametrize("row", PARTS.strip().splitlines())
def test_an_english_answer_is_as_long_as_its_quote_and_a_sentence(corpus_assistant: Assistant, row: str) -> None:
    question, words, beginning, end = row.split("|")
    answer = corpus_assistant.ask(Query(question))
    assert [words in citation.quote for citation in answer.citations] == [True]
    english = answer.text.splitlines()[0]
    assert english.startswith(beginning)
    assert english.endswith(end)


def test_the_panel_shows_the_parts_of_the_quote_as_a_sentence(corpus_assistant: Assistant) -> None:
    document = corpus_assistant.document(DECISION)
    start = document.text.index("让成渝攀人民")
    shown = panel(document, corpus_assistant.translation(DECISION), "en", Span(start, start + 14))
    assert "<bdi>Let the people of Chengdu, Chongqing and Panzhihua share" in shown
    assert "coexistence" not in shown


def test_a_question_is_held_against_whole_sentences(corpus_assistant: Assistant) -> None:
    text = corpus_assistant.document(DECISION).text
    with closing(Catalogue.open(corpus_assistant.data_dir, embedder=load_embedder().name)) as catalogue:
        found, vectors = catalogue.translations()
    at = next(i for i, pair in enumerate(found) if text[pair.start : pair.end].startswith("西区要"))
    assert np.array_equal(vectors[at], vectors[at + 1])
    assert not np.array_equal(vectors[at], vectors[at + 4])
