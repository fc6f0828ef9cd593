"""A ranked list of ids and the relevant ids → recall@k, hit@k, reciprocal rank, nDCG@k. Relevance is binary.

The names are those of trec_eval and of information-retrieval textbooks; `ranking` is best first, each id once.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

Id = TypeVar("Id", bound=Hashable)


def _check(ranking: Sequence[Id], relevant: AbstractSet[Id], k: int) -> None:
    if not relevant:
        raise ValueError("no relevant id: a question without gold cannot be measured")
    if k < 1:
        raise ValueError(f"k must be 1 or more, not {k}")
    if len(set(ranking)) != len(ranking):
        raise ValueError("an id occurs twice in the ranking")


def distinct(ids: Iterable[Id]) -> list[Id]:
    """The ids in order, each where it first occurs: a run over chunks becomes a run over their clauses or documents."""
    return list(dict.fromkeys(ids))


def recall_at_k(ranking: Sequence[Id], relevant: AbstractSet[Id], k: int) -> float:
    """Share of the relevant ids among the first k, in [0, 1]."""
    _check(ranking, relevant, k)
    return len(relevant & set(ranking[:k])) / len(relevant)


def hit_at_k(ranking: Sequence[Id], relevant: AbstractSet[Id], k: int) -> float:
    """1.0 if a relevant id is among the first k, else 0.0."""
    return float(recall_at_k(ranking, relevant, k) > 0)


def reciprocal_rank(ranking: Sequence[Id], relevant: AbstractSet[Id], k: int) -> float:
    """1 / rank of the first relevant id among the first k, 0.0 if there is none. Its mean over questions is MRR@k."""
    _check(ranking, relevant, k)
    return next((1.0 / rank for rank, item in enumerate(ranking[:k], start=1) if item in relevant), 0.0)


def ndcg_at_k(ranking: Sequence[Id], relevant: AbstractSet[Id], k: int) -> float:
    """Normalised discounted cumulative gain of the first k, in [0, 1]: gain 1 if relevant, discount log2(1 + rank).

    Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", TOIS 2002.
    """
    _check(ranking, relevant, k)
    gain = sum(1 / math.log2(1 + rank) for rank, item in enumerate(ranking[:k], start=1) if item in relevant)
    ideal = sum(1 / math.log2(1 + rank) for rank in range(1, min(len(relevant), k) + 1))
    return gain / ideal
