"""What the assistant says in its own words of clauses that have no labels."""

from __future__ import annotations

import pytest

from assistant.answering import wording_of_clauses
from assistant.answering.mentions import Mentions
from assistant.schema import Clause


@pytest.mark.parametrize(
    ("labels", "numbers", "said"),
    [
        (["", ""], [0, 2], "出自文件开头、第2条，点引用可打开原文："),
        (["（三）"], [3], "出自（三），点引用可打开原文："),
    ],
)
def test_where_something_stands(labels: list[str], numbers: list[int], said: str) -> None:
    assert wording_of_clauses.source(labels, numbers, "zh") == said


def test_clauses_without_labels_are_listed_by_their_ordinals() -> None:
    holding = tuple(Clause(n, "clause", n, "", "", "路灯。", 0, 3, 0) for n in (1, 3))
    found = Mentions(("路灯",), True, 4, holding, 1, 2, ())
    assert "提到“路灯”的有2条（第1条、第3条）" in wording_of_clauses.mentions(found, "路灯", 1, "zh")
