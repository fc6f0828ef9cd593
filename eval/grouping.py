"""The dev questions → how well the staff desk tells questions that ask the same from questions that do not.

Two questions ask the same where they owe the same facts from the same clauses, and something else where they share no
fact; pairs in between are left out, and so are follow-ups, which say little alone. There are some 400 pairs that do not
ask the same for each that does, nearly as in a day's questions, so precision is hard to get.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.app.desk.groups import ALIKE_IN_MEANING, ALIKE_IN_WORDING, Embed, Vectors, alike, normalised
from eval.datasets import Question


@dataclass(frozen=True, slots=True)
class Likeness:
    """How well a threshold does.

    Attributes:
        by: what is compared.
        threshold: likeness from which two questions count as one; `chosen` is the one that the desk uses.
        precision: of the pairs put together, those that ask the same.
        same_clause: of the pairs put together, those that are at least about the same clause.
        recall: of the pairs that ask the same, those put together.
        pairs: pairs put together.
    """

    by: str
    threshold: float
    chosen: bool
    precision: float
    same_clause: float
    recall: float
    pairs: int


def measure_grouping(questions: Sequence[Question], embed: Embed) -> list[Likeness]:
    """Precision and recall over pairs, at thresholds around those that the desk uses."""
    asked = [question for question in questions if question.facts and not question.history]
    texts = [normalised(question.question) for question in asked]
    judged = _pairs(asked)
    return [
        *_curve("wording", alike(texts), judged, ALIKE_IN_WORDING),
        *_curve("meaning", alike(texts, embed([question.question for question in asked])), judged, ALIKE_IN_MEANING),
    ]


def _pairs(asked: Sequence[Question]) -> list[tuple[int, int, bool, bool]]:
    """(row, row, whether they ask the same, whether they are about one clause)."""
    found = []
    for (first, one), (second, other) in combinations(enumerate(asked), 2):
        same = one.clauses == other.clauses and _owed(one, other) and _owed(other, one)
        related = {words for fact in one.facts for words in fact} & {words for fact in other.facts for words in fact}
        if same or not related:
            found.append((first, second, same, bool(one.clauses & other.clauses)))
    return found


def _owed(one: Question, other: Question) -> bool:
    """Whether each fact of one question is owed by the other too, in some wording that both accept."""
    return all(any(set(fact) & set(owed) for owed in other.facts) for fact in one.facts)


def _curve(by: str, likeness: Vectors, judged: Sequence[tuple[int, int, bool, bool]], chosen: float) -> list[Likeness]:
    every = sum(same for _, _, same, _ in judged)
    curve = []
    for step in range(-6, 7, 2):
        threshold = round(chosen + step / 100, 2)
        together = [(same, near) for a, b, same, near in judged if likeness[a, b] >= threshold]
        right = sum(same for same, _ in together)
        near = sum(near for _, near in together)
        size = len(together)
        curve.append(
            Likeness(
                by,
                threshold,
                step == 0,
                right / size if size else 1.0,
                near / size if size else 1.0,
                right / every if every else 0.0,
                size,
            )
        )
    return curve
