"""A text → the questions in it, one after the other, and the words of each that ask."""

from __future__ import annotations

import pytest

from assistant.answering.questions import asking_words, pieces_of


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("我们公司做钒钛材料的,想入驻产业园,租金多少", "租金多少"),
        ("机场要迁吗", "机场要迁吗"),
        ("机场什么时候搬,搬到哪里,听说很远", "机场什么时候搬,搬到哪里"),
        ("我妈七十了。看病方便不?", "看病方便不"),
        ("那新区谁负责", "新区谁负责"),
        ("还有效吗", "还有效吗"),
        # Nothing asks: all of it is what is wanted.
        ("招商电话,给一个", "招商电话,给一个"),
    ],
)
def test_what_is_only_told_is_left_out(piece: str, words: str) -> None:
    assert asking_words(piece) == words


@pytest.mark.parametrize(
    ("question", "pieces"),
    [
        ("will it move, when, and how much will it cost?", ["will it move", "when", "how much will it cost"]),
        ("will it open, where?", ["will it open", "where"]),
        ("when i am 70, what care do i get?", ["when i am 70, what care do i get"]),
        ("机场搬不搬,什么时候搬", ["机场搬不搬", "什么时候搬"]),
    ],
)
def test_a_question_is_cut_where_another_begins(question: str, pieces: list[str]) -> None:
    found, told = pieces_of(question, lambda piece: True)
    assert [piece for piece, _ in found] == pieces
    assert told == ""
