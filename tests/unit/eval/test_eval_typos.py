"""Misspellings sound like what they stand for, and the same questions always get the same ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pypinyin import lazy_pinyin

from eval.datasets import Question
from eval.typos import Sort, misspelt


def question(text: str, **fields: object) -> Question:
    plain = Question("q1", "zh", "citizen", "fact", "none", text, (), frozenset(), frozenset(), frozenset(), ())
    return replace(plain, **fields)  # type: ignore[arg-type]


ASKED = [question("新区要建在哪里"), question("西区要发展什么"), question("园区归谁管理")]


@pytest.mark.parametrize("sort", ["characters", "words"])
def test_one_word_is_replaced_by_what_sounds_the_same(sort: Sort) -> None:
    found = misspelt(ASKED, sort)
    assert len(found) == len(ASKED)
    for before, after in zip(ASKED, found, strict=True):
        wrong = [at for at, (a, b) in enumerate(zip(before.question, after.question, strict=True)) if a != b]
        assert 1 <= len(wrong) <= (1 if sort == "characters" else 3)
        assert [lazy_pinyin(before.question[at])[0] for at in wrong] == [
            lazy_pinyin(after.question[at])[0] for at in wrong
        ]
        assert after.noise == "typo"
    assert misspelt(ASKED, sort) == found


@pytest.mark.parametrize(
    "fields",
    [{"language": "en"}, {"noise": "typo"}, {"kind": "clause"}, {"history": (("机场呢", "要搬"),)}],
)
def test_what_is_no_plain_chinese_question_is_left_out(fields: dict[str, object]) -> None:
    assert misspelt([question("机场要搬到哪里", **fields)], "characters") == []
