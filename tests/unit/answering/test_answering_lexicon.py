"""The word lists: well formed, and of no particular document."""

from __future__ import annotations

import re

import pytest

from assistant.answering.lexicon import Lexicon
from assistant.indexing.analysis import normalize


def test_synonyms_go_both_ways_and_never_to_themselves(lexicon: Lexicon) -> None:
    assert len(lexicon.synonyms) > 500
    for word, others in lexicon.synonyms.items():
        assert word not in others
        assert all(word in lexicon.synonyms[other] for other in others)


LISTS = ["synonyms", "near", "glossary", "places", "stopwords"]


@pytest.mark.parametrize("name", LISTS)
def test_every_word_is_in_the_form_that_is_compared(lexicon: Lexicon, name: str) -> None:
    held = getattr(lexicon, name)
    words = set(held)
    if isinstance(held, dict):
        words |= {word for others in held.values() for word in others}
    assert "" not in words
    assert sorted(word for word in words if normalize(word) != word) == []


def test_the_glossary_translates_words_of_public_policy(lexicon: Lexicon) -> None:
    assert len(lexicon.glossary) > 500
    assert "机场" in lexicon.glossary["airport"]
    chinese = [any(re.search(r"[\u4e00-\u9fff]", word) for word in words) for words in lexicon.glossary.values()]
    assert sum(chinese) > 0.99 * len(chinese)


def test_places(lexicon: Lexicon) -> None:
    assert {"北京", "上海", "成都"} <= lexicon.places
    assert not {"机场", "铁路", "企业"} & lexicon.places
