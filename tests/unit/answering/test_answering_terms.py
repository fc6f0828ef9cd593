"""The content terms of a question: which they are, what stands for them, and how much they tell."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answering.expansion import Term
from assistant.answering.lexicon import Lexicon
from assistant.answering.terms import TermFinder
from assistant.indexing.analysis import normalize
from assistant.indexing.embedding import Vectors
from assistant.indexing.index import Index


def terms(finder: TermFinder, question: str) -> dict[str, Term]:
    return {term.surface: term for term in finder.terms(normalize(question), "zh")}


@pytest.mark.parametrize(
    ("question", "everyday", "official"),
    [
        ("飞机场要挪窝不？", "挪窝", "机场迁建"),
        ("那些摆架子的人管不管？", "摆架子", "官僚主义"),
        ("有没有人给企业牵线？", "牵线", "银企对接"),
        ("任务派到人头以后谁挂帅？", "挂帅", "牵头"),
    ],
)
def test_an_everyday_word_is_supported_by_the_official_one(
    finder: TermFinder, question: str, everyday: str, official: str
) -> None:
    term = terms(finder, question)[everyday]
    assert term.support(official) > 0.9
    assert term.support("发展清洁能源") == 0.0


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("坐公交免不免费？", "免费"),
        ("社保一体化以后退休金涨不涨？", "涨"),
        ("市民中心周末开不开门？", "开门"),
        ("图书馆开放不开放？", "开放"),
    ],
)
def test_a_choice_put_as_a_question_asks_after_the_verb(finder: TermFinder, question: str, verb: str) -> None:
    found = terms(finder, question)
    assert verb in found
    assert not any("不" in surface or "没" in surface for surface in found)


def test_a_name_that_the_segmenter_cuts_is_whole_where_the_documents_have_it(finder: TermFinder) -> None:
    assert "石墨烯" in terms(finder, "石墨烯投资多少")


def test_a_name_of_one_character_counts(finder: TermFinder) -> None:
    assert terms(finder, "钛产业怎么发展")["钛"].support("钒钛新材料") == 1.0
    assert "人" not in terms(finder, "要多少人")


def test_how_long_names_nothing(finder: TermFinder) -> None:
    found = terms(finder, "低保多久发一次")
    assert found["多久"].standins
    assert not found["多久"].names


def test_words_of_telling_a_story_count_little(finder: TermFinder) -> None:
    found = terms(finder, "前两天同事把文件下载下来，说机场那边免费停车")
    for faint in ("前两天", "同事", "下载"):
        assert faint not in found or found[faint].weight < 0.25
    assert found["免费"].weight > 0.6


@pytest.mark.parametrize("word", ["周末", "票价", "例外", "终点", "分红", "外国人", "会费", "反对", "冬天"])
def test_what_is_asked_for_counts_though_the_documents_do_not_have_it(finder: TermFinder, word: str) -> None:
    term = terms(finder, f"科技城的{word}是什么？")[word]
    assert term.weight > 0.5
    assert term.listed


@pytest.mark.parametrize("asking", ["好多", "好久", "啷个", "得不得行", "讲清楚"])
def test_words_of_asking_are_no_terms(finder: TermFinder, asking: str) -> None:
    assert set(terms(finder, f"冷链基地{asking}")) == set(terms(finder, "冷链基地"))


def test_the_new_words_of_a_question_are_embedded_together(
    index: Index, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch
) -> None:
    finder = TermFinder(index, lexicon)
    embedded: list[list[str]] = []
    embed = index.embedder.embed_queries

    def noted(texts: Sequence[str]) -> Vectors:
        embedded.append(list(texts))
        return embed(texts)

    monkeypatch.setattr(index.embedder, "embed_queries", noted)
    asked = "榴莲、椰子和荔枝怎么种"
    found = terms(finder, asked)
    assert [set(texts) >= {"榴莲", "荔枝"} for texts in embedded] == [True]
    assert terms(finder, asked) == found
    assert len(embedded) == 1, "what was expanded once is kept"


def test_what_is_forgotten_is_found_again(index: Index, lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.answering.expansion.KEPT", 1)
    finder = TermFinder(index, lexicon)
    first = terms(finder, "榴莲怎么种")
    assert set(terms(finder, "榴莲和荔枝怎么种")) >= {"榴莲", "荔枝"}
    assert terms(finder, "榴莲怎么种") == first
