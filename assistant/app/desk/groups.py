"""Questions → groups of questions that ask the same, the largest first.

Likeness is the cosine between two questions' vectors. The vectors count pairs of neighbouring characters, because the
assistant lends nobody its embedder; a function that embeds takes their place without another change here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.7
"""Cosine from which two questions are one. Over pairs of characters:

- 0.74: "哪些人可以申请补贴？" and "哪些人能申请补贴";
- 0.75: "市政府办公室的电话号码是多少？" and "市政府办公室电话是多少";
- 0.59: "要建设哪些产业园？" and "要建设哪些学校？", which ask for other things;
- 0.69: "What is the fine for littering?" and "What is the fee for parking?", likewise.
"""
MOST_QUESTIONS = 500
"""Different questions that are compared; the rest of a long list is left out, the most asked ones never."""

Embed = Callable[[Sequence[str]], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same: the one asked most, the others' wordings, and how often all were asked."""

    question: str
    others: tuple[str, ...]
    count: int


def normalised(question: str) -> str:
    """A question without what does not change it: width, case, punctuation, spaces."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", question).casefold())


def group(questions: Sequence[str], embed: Embed | None = None, alike: float = ALIKE) -> list[Group]:
    """Group questions greedily: each joins the first group whose first question is alike, or begins one."""
    counts: Counter[str] = Counter()
    wording: dict[str, str] = {}
    for question in questions:
        key = normalised(question) or question
        counts[key] += 1
        wording.setdefault(key, question)
    common = [key for key, _ in counts.most_common(MOST_QUESTIONS)]
    if not common:
        return []
    vectors = (embed or character_pairs)(common)
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    members: dict[int, list[int]] = {}
    for row in range(len(common)):
        heads = list(members)
        likeness = vectors[heads] @ vectors[row] if heads else np.zeros(0)
        best = int(np.argmax(likeness)) if heads else -1
        if heads and likeness[best] >= alike:
            members[heads[best]].append(row)
        else:
            members[row] = [row]
    groups = [
        Group(
            wording[common[head]],
            tuple(wording[common[row]] for row in rows[1:]),
            sum(counts[common[row]] for row in rows),
        )
        for head, rows in members.items()
    ]
    return sorted(groups, key=lambda found: -found.count)


def character_pairs(texts: Sequence[str]) -> NDArray[np.float64]:
    """A row a text: how often each pair of neighbouring characters stands in it."""
    pairs = [Counter(a + b for a, b in zip(" " + text, text + " ", strict=True)) for text in texts]
    columns = {pair: column for column, pair in enumerate(sorted(set().union(*pairs)))}
    vectors = np.zeros((len(texts), max(len(columns), 1)))
    for row, counted in enumerate(pairs):
        for pair, count in counted.items():
            vectors[row, columns[pair]] = count
    return vectors
