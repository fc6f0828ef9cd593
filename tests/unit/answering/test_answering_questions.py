"""A text → the questions in it, one after the other, and the words of each that ask."""

from __future__ import annotations

import pytest

from assistant.answering.questions import ASKS, asking_words, pieces_of


@pytest.mark.parametrize(
    ("piece", "words"),
    [
        ("我们公司做钒钛材料的,想入驻产业园,租金多少", "租金多少"),
        ("机场要迁吗", "机场要迁吗"),
        ("机场什么时候搬,搬到哪里,听说很远", "机场什么时候搬,搬到哪里"),
        ("我妈七十了。看病方便不?", "看病方便不"),
        ("那新区谁负责", "新区谁负责"),
        ("还有效吗", "还有效吗"),
        ("那个园区在哪", "那个园区在哪"),
        # What only asks if it is so says nothing by itself; where it was heard is no part of it.
        ("我在开会,新区要建20家,对吧", "新区要建20家,对吧"),
        ("听说机场要搬,真的吗", "机场要搬,真的吗"),
        ("同事稿子上写的新区2030年建成,是不是", "新区2030年建成,是不是"),
        # What names the topic of a question is asked about with it.
        ("我做买卖的,环保这块,市里怎么管", "环保这块,市里怎么管"),
        ("my shop is near the station, what is planned there", "what is planned there"),
        ("my title is valid here", "my title is valid here"),
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
        ("which parks are planned, and by which year?", ["which parks are planned", "by which year"]),
    ],
)
def test_a_question_is_cut_where_another_begins(question: str, pieces: list[str]) -> None:
    found, told = pieces_of(question, lambda piece: True)
    assert [piece for piece, _ in found] == pieces
    assert told == ""


@pytest.mark.parametrize(
    ("question", "asked", "told"),
    [
        (
            "we live in the u.s. now. what will the airport be used for?",
            "what will the airport be used for",
            "we live in the u.s. now",
        ),
        ("what does no. 5 say? just the gist will do.", "what does no. 5 say", "just the gist will do"),
        ("我翻半天没找到。文件怎么说?", "文件怎么说", "我翻半天没找到"),
    ],
)
def test_sentences_that_ask_nothing_are_told(question: str, asked: str, told: str) -> None:
    assert pieces_of(question, lambda piece: True) == ([(asked, True)], told)


def test_what_asks_of_nothing_goes_with_what_stands_before_it() -> None:
    def asks(piece: str) -> bool:
        return bool(ASKS.search(piece)) and ("高铁" in piece or "通车" in piece)

    pieces, _ = pieces_of("有高铁从那边来,走哪几个地方,几年通车", asks)
    assert [piece for piece, _ in pieces] == ["有高铁从那边来,走哪几个地方", "几年通车"]
