"""Two things that a corpus names side by side, and questions that mean them without naming them."""

from __future__ import annotations

import pytest

from assistant.answering.pairs import Pairs

CORPUS = [
    "加快把滨江新城和云台科技城建设成为新的中心。滨江新城要发展制造业。云台科技城要发展数字经济。"
    "把滨江新城和云台科技城作为核心。推动甲乙地区双城经济圈建设。"
]
FIRST, SECOND = "滨江新城", "云台科技城"


@pytest.fixture(scope="module")
def pairs() -> Pairs:
    return Pairs(CORPUS)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("两座新城各自的思路是什么", "滨江新城各自的思路是什么"),
        ("“两城”有什么区别", "滨江新城有什么区别"),
        ("这两个城的产业分别是什么", "滨江新城的产业分别是什么"),
        ("how do the two new towns differ?", "how do 滨江新城 differ?"),
    ],
)
def test_two_things_asked_about_by_their_number(pairs: Pairs, question: str, first: str) -> None:
    assert pairs.two(question) == (first, first.replace(FIRST, SECOND))


@pytest.mark.parametrize(
    "question", ["双城经济圈是什么", "两城是哪两座城", "两个园区有什么区别", "三区两县各是什么定位", "两座城市的区别"]
)
def test_what_names_no_known_pair_is_left_alone(pairs: Pairs, question: str) -> None:
    assert pairs.two(question) is None


@pytest.mark.parametrize(
    "question", ["那另外一座城呢", "另一个呢?", "and the other one?", "what about the other city?"]
)
def test_the_other_one_is_the_one_that_was_not_named(pairs: Pairs, question: str) -> None:
    assert pairs.other(question, [SECOND, "产业"]) == (SECOND, FIRST)
    assert pairs.other(question, [FIRST, SECOND]) is None, "both were named"
    assert pairs.other(question, ["产业"]) is None, "none was"


def test_another_question_means_none_of_them(pairs: Pairs) -> None:
    assert pairs.other("另外还有什么政策", [FIRST]) is None
