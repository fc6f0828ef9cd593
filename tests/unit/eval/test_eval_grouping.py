"""How well like questions are put together, counted over pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.app.desk.groups import ALIKE_IN_MEANING, Vectors
from eval.datasets import Question
from eval.grouping import measure_grouping


def question(words: str, facts: tuple[tuple[str, ...], ...], clause: int = 1, after: tuple[str, ...] = ()) -> Question:
    history = tuple((earlier, "") for earlier in after)
    answered, clauses = frozenset({"answered"}), frozenset({clause})
    return Question(words, "zh", "staff", "fact", "none", words, history, answered, clauses, frozenset(), facts)


def test_pairs_are_counted() -> None:
    asked = [
        question("甲乙丙丁", (("1", "一"),)),
        question("甲乙丙戊", (("一", "壹"),)),
        question("庚辛壬", (("2",),)),
        question("那呢", (("1",),), after=("甲乙丙丁",)),
        question("无", ()),
    ]
    directions = {"甲乙丙丁": (1.0, 0.0), "甲乙丙戊": (1.0, 0.0), "庚辛壬": (0.0, 1.0)}

    def embed(questions: Sequence[str]) -> Vectors:
        return np.array([directions[words] for words in questions])

    rows = measure_grouping(asked, embed)
    (by_meaning,) = (row for row in rows if row.by == "meaning" and row.chosen)
    assert by_meaning.threshold == ALIKE_IN_MEANING
    assert (by_meaning.pairs, by_meaning.precision, by_meaning.same_clause, by_meaning.recall) == (1, 1.0, 1.0, 1.0)
    (by_wording,) = (row for row in rows if row.by == "wording" and row.chosen)
    assert (by_wording.pairs, by_wording.recall) == (0, 0.0)


def test_what_only_looks_alike_costs_precision() -> None:
    asked = [
        question(words, ((fact,),), clause) for words, fact, clause in (("甲", "1", 1), ("乙", "2", 1), ("丙", "3", 2))
    ]
    rows = measure_grouping(asked, lambda questions: np.ones((len(questions), 1)))
    lowest = min((row for row in rows if row.by == "meaning"), key=lambda row: row.threshold)
    assert (lowest.pairs, lowest.precision) == (0, 1.0), "nothing in common in wording"
    same_words = [question("甲乙丙丁" + words, ((words,),), clause) for words, clause in (("1", 1), ("2", 1), ("3", 2))]
    rows = measure_grouping(same_words, lambda questions: np.ones((len(questions), 1)))
    (chosen,) = (row for row in rows if row.by == "meaning" and row.chosen)
    assert (chosen.pairs, chosen.precision, chosen.recall) == (3, 0.0, 0.0)
    assert chosen.same_clause == pytest.approx(1 / 3)
