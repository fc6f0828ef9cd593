"""Whether what a question supposes of one place is said of another, over passages as they were found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answering.asked import what_is_asked
from assistant.answering.expansion import Term
from assistant.answering.premises import displaced, not_only
from assistant.answering.ranking import UNREAD
from assistant.answering.sub_question import SubQuestion

PLACES = ("仁和区", "仁和", "名山区")


def asked(text: str, *names: str, weight: float = 1.0) -> SubQuestion:
    terms = tuple(Term(name, ((name, 1.0),), weight) for name in names)
    return SubQuestion(text, terms, what_is_asked(text), (), ())


def found(text: str, *answers: float) -> tuple[Any, Any]:
    """An index that holds one passage, and the ranking that found it, read with those log-odds of answering."""
    document = SimpleNamespace(text=text, record=SimpleNamespace(title="", misprints=()), tables=())
    chunk = SimpleNamespace(document="d", position=0, start=0, end=len(text))
    return SimpleNamespace(chunks=[chunk], document=lambda _: document), SimpleNamespace(rows=(0,), answers=answers)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("仁和区要新建污水处理厂。西区要发展旅游。", "西区"),
        ("名山区要新建污水处理厂。西区要发展旅游。", "西区"),
        ("桐川县要新建污水处理厂。西区要发展旅游。", "西区"),
        ("园区要新建污水处理厂。西区要发展旅游。", ""),
        ("景区应当新建污水处理厂。西区要发展旅游。", ""),
        ("城市应当新建污水处理厂。西区要发展旅游。", ""),
        ("我市将新建污水处理厂。西区要发展旅游。", ""),
        ("本市应当新建污水处理厂。西区要发展旅游。", ""),
        ("本市应当新建污水处理厂。仁和区要新建污水处理厂。西区要发展旅游。", ""),
    ],
)
def test_another_place_is_one_that_cannot_take_it_in(text: str, wrong: str) -> None:
    index, ranking = found(text)
    result = displaced(index, asked("西区要新建污水处理厂吧", "西区", "污水处理厂"), ranking, PLACES, ())
    assert (result[0] if result else "") == wrong


@pytest.mark.parametrize(
    ("answers", "weight", "wrong"),
    [(2.5, 0.51, "西区"), (-3.2, 0.51, "西区"), (UNREAD, 0.51, ""), (UNREAD, 0.7, "西区")],
)
def test_by_common_words_a_place_is_put_right_only_with_what_is_near(answers: float, weight: float, wrong: str) -> None:
    index, ranking = found("仁和区要新建污水处理厂。西区要发展旅游。", answers)
    question = asked("西区要新建污水处理厂吧", "西区", "污水处理厂", weight=weight)
    result = displaced(index, question, ranking, PLACES, ())
    assert (result[0] if result else "") == wrong


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("仁和区要新建污水处理厂。西区要新建污水处理厂。", "只有"),
        ("园区要新建污水处理厂。西区要新建污水处理厂。", ""),
    ],
)
def test_what_is_no_name_does_it_beside_no_place(text: str, only: str) -> None:
    index, ranking = found(text)
    result = not_only(index, asked("只有西区要新建污水处理厂吧", "西区", "污水处理厂"), ranking, PLACES)
    assert (result[0] if result else "") == only
