"""The word lists: well formed, and of no particular document."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files

import pytest

from assistant.answering.lexicon import Lexicon
from assistant.answering.segmentation import LONGEST, segment
from assistant.indexing.analysis import normalize


def test_synonyms_go_both_ways_and_never_to_themselves(lexicon: Lexicon) -> None:
    assert len(lexicon.synonyms) > 500
    for word, others in lexicon.synonyms.items():
        assert word not in others
        assert all(word in lexicon.synonyms[other] for other in others)


LISTS = ["synonyms", "said", "near", "glossary", "places", "stopwords", "faint"]


@pytest.mark.parametrize("name", ["said", "near"])
def test_what_stands_for_an_everyday_word_is_listed_once_and_is_another_word(lexicon: Lexicon, name: str) -> None:
    for word, others in getattr(lexicon, name).items():
        assert others, word
        assert word not in others
        assert all(len(other) > 1 for other in others), word
    assert [word for word in lexicon.said if set(lexicon.said[word]) & set(lexicon.synonyms.get(word, ()))] == []
    assert [word for word in lexicon.said if set(lexicon.said[word]) & set(lexicon.near.get(word, ()))] == []


def test_every_line_of_the_one_way_lists_has_a_key_of_its_own() -> None:
    text = files("assistant.answering").joinpath("lexicon", "synonyms.tsv").read_text(encoding="utf-8")
    for part in re.split(r"^# \w+$", text, flags=re.MULTILINE)[1:]:
        keys = Counter(line.split("\t")[0] for line in part.splitlines() if line.strip())
        assert [word for word, count in keys.items() if count > 1] == []


def test_an_everyday_word_comes_out_of_a_question_whole(lexicon: Lexicon) -> None:
    known = frozenset(lexicon.entries) | lexicon.stopwords | lexicon.places | lexicon.faint
    assert [word for word in lexicon.said if len(word) > LONGEST] == []
    assert [word for word in lexicon.said if [found.text for found in segment(word, known)] != [word]] == []
    assert lexicon.said.keys() & lexicon.stopwords == set()


def test_words_of_little_weight_are_neither_empty_nor_words_of_policy(lexicon: Lexicon) -> None:
    """免费, 例外, 起点: what is asked for must count in full, or its absence goes unnoticed."""
    assert lexicon.faint & (lexicon.stopwords | lexicon.places) == set()
    asked_for = {"免费", "电话", "票价", "例外", "起点", "终点", "分红", "周末", "外国人", "补贴", "标准", "比例"}
    assert asked_for & (lexicon.faint | lexicon.stopwords) == set()


@pytest.mark.parametrize(
    ("everyday", "official"),
    [("摆架子", "官僚主义"), ("牵线", "对接"), ("挪窝", "搬迁"), ("私人老板", "民营企业"), ("领头", "牵头")],
)
def test_everyday_words_lead_to_official_ones(lexicon: Lexicon, everyday: str, official: str) -> None:
    held = [lexicon.synonyms, lexicon.said, lexicon.near]
    assert any(official in part.get(everyday, ()) for part in held)


@pytest.mark.parametrize(
    ("word", "other"), [("医院", "养老院"), ("补贴", "贷款"), ("高铁", "高速"), ("出租车", "网约车"), ("分红", "工资")]
)
def test_different_things_do_not_stand_for_one_another(lexicon: Lexicon, word: str, other: str) -> None:
    for part in (lexicon.synonyms, lexicon.said):
        assert other not in part.get(word, ())
        assert word not in part.get(other, ())


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
