"""Cutting a question so that known words come out whole, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.segmentation import segment


def cut(text: str, *known: str) -> list[str]:
    return [word.text for word in segment(text, set(known))]


@pytest.mark.parametrize(
    ("text", "known", "words"),
    [
        ("做康养项目的地方", ["康养", "项目"], ["做", "康养", "项目", "的", "地方"]),
        ("做康养项目的地方", ["康养项目"], ["做", "康养项目", "的", "地方"]),
        ("钒钛新城建什么", ["钒钛", "新城"], ["钒钛", "新城"]),
        ("机场搬到哪", ["机场"], ["机场"]),
    ],
)
def test_known_words_come_out_whole(text: str, known: list[str], words: list[str]) -> None:
    found = cut(text, *known)
    assert found[: len(words)] == words
    assert all(word.known for word in segment(text, set(known)) if word.text in known)


def test_a_longer_known_word_is_preferred() -> None:
    assert "攀西科技城" in cut("攀西科技城的定位", "攀西", "科技", "攀西科技城")


def test_other_scripts_are_one_word() -> None:
    assert cut("abc机场123", "机场") == ["abc", "机场", "123"]
    assert cut("") == []


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from("钒钛新城机场的了在abc12 ，。“”䶮𠀀"), max_size=30),
    st.sets(st.sampled_from(["钒钛", "新城", "机场", "城机"])),
)
def test_nothing_is_lost(text: str, known: set[str]) -> None:
    assert "".join(word.text for word in segment(text, known)) == text
