"""Questions → groups of questions that ask the same, the largest first.

Likeness is the cosine between two questions' vectors. By wording, a vector counts pairs of neighbouring characters. By
meaning, the embedder's vector stands beside those pairs: alone it puts every two questions about the same subject close
together, whatever they ask of it, and the pairs alone know no other words for the same thing.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIKE_IN_WORDING = 0.7
"""Cosine over pairs of characters from which two questions are one:

- 0.74: "哪些人可以申请补贴？" and "哪些人能申请补贴";
- 0.75: "市政府办公室的电话号码是多少？" and "市政府办公室电话是多少";
- 0.59: "要建设哪些产业园？" and "要建设哪些学校？", which ask for other things;
- 0.69: "What is the fine for littering?" and "What is the fee for parking?", likewise.
"""
ALIKE_IN_MEANING = 0.83
"""The same over wording and meaning together.

Of the pairs of dev questions that it puts together 76 % ask the same and 96 % are about the same clause; it finds 13 %
of the pairs that ask the same, wording alone 3.5 % (`python -m eval grouping`). A lower one finds more, but hides what
some ask for behind what others ask: "要建设哪些产业园？" and "要建设哪些学校？" have 0.827.
"""
WEIGHT_OF_WORDING = 0.3
"""Of the character pairs, beside the embedder's vector at 1."""
MOST_QUESTIONS = 300
"""Different questions that are compared; the rest of a long list is left out, the most asked ones never."""
MOST_REMEMBERED = 2000

Vectors = NDArray[np.floating[Any]]
Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same: the one asked most, the others' wordings, and how often all were asked."""

    question: str
    others: tuple[str, ...]
    count: int


class Remembering:
    """An embedder that embeds no question twice: the desk is opened again and again over mostly the same ones.

    Safe for use from several threads.
    """

    def __init__(self, embed: Embed) -> None:
        self._embed = embed
        self._lock = threading.Lock()
        self._known: dict[str, Vectors] = {}

    def __call__(self, questions: Sequence[str]) -> Vectors:
        """A row a question."""
        with self._lock:
            new = [question for question in dict.fromkeys(questions) if question not in self._known]
            if new:
                self._known.update(zip(new, self._embed(new), strict=True))
            rows = [self._known[question] for question in questions]
            while len(self._known) > MOST_REMEMBERED:
                self._known.pop(next(iter(self._known)))
        return np.stack(rows) if rows else np.zeros((0, 1))


def normalised(question: str) -> str:
    """A question without what does not change it: width, case, punctuation, spaces."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", question).casefold())


def group(questions: Sequence[str], embed: Embed | None = None) -> list[Group]:
    """Group questions greedily: each joins the group whose first question is most alike, or begins one.

    Args:
        questions: as asked, in any order, one as often as it was asked.
        embed: the embedder; None groups by wording alone.
    """
    counts: Counter[str] = Counter()
    wording: dict[str, str] = {}
    for question in questions:
        key = normalised(question) or question
        counts[key] += 1
        wording.setdefault(key, question)
    common = [key for key, _ in counts.most_common(MOST_QUESTIONS)]
    if not common:
        return []
    likeness = alike(common, embed([wording[key] for key in common]) if embed else None)
    least = ALIKE_IN_MEANING if embed else ALIKE_IN_WORDING
    members: dict[int, list[int]] = {}
    for row in range(len(common)):
        heads = list(members)
        best = max(heads, key=lambda head: likeness[head, row], default=row)
        members.setdefault(best if likeness[best, row] >= least else row, []).append(row)
    groups = [
        Group(
            wording[common[head]],
            tuple(wording[common[row]] for row in rows[1:]),
            sum(counts[common[row]] for row in rows),
        )
        for head, rows in members.items()
    ]
    return sorted(groups, key=lambda found: -found.count)


def alike(texts: Sequence[str], meaning: Vectors | None = None) -> Vectors:
    """How alike each two questions are, shape (len(texts), len(texts)), 1 for the same.

    Args:
        texts: normalised questions.
        meaning: the embedder's vectors of them, a row a question; None compares wording alone.
    """
    pairs = _unit(character_pairs(texts))
    wording: Vectors = pairs @ pairs.T
    if meaning is None:
        return wording
    vectors = _unit(meaning)
    return (vectors @ vectors.T + WEIGHT_OF_WORDING * wording) / (1 + WEIGHT_OF_WORDING)


def character_pairs(texts: Sequence[str]) -> Vectors:
    """A row a text: how often each pair of neighbouring characters stands in it."""
    pairs = [Counter(a + b for a, b in zip(" " + text, text + " ", strict=True)) for text in texts]
    columns = {pair: column for column, pair in enumerate(sorted(set().union(*pairs)))}
    vectors = np.zeros((len(texts), max(len(columns), 1)))
    for row, counted in enumerate(pairs):
        for pair, count in counted.items():
            vectors[row, columns[pair]] = count
    return vectors


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit
