"""Scores that several retrievers give the same items → one ranked list."""

from __future__ import annotations

from collections.abc import Mapping


def fuse(scores: Mapping[str, Mapping[str, float]], weights: Mapping[str, float]) -> list[tuple[str, float]]:
    """Fuse by the weighted sum of scores that have been brought to one scale.

    Scores and not ranks: how far ahead the first is of the second says how sure a retriever is of it, and reciprocal
    ranks forget that.

    Args:
        scores: name of a retriever → item → score, about in [-1, 1]; an item that a retriever does not know counts 0.
        weights: name of a retriever → its weight; a retriever without one counts 0.

    Returns:
        (item, fused score), best first; ties in the order in which the items first appear.
    """
    fused: dict[str, float] = {}
    for name, given in scores.items():
        for item, score in given.items():
            fused[item] = fused.get(item, 0.0) + weights.get(name, 0.0) * score
    return sorted(fused.items(), key=lambda pair: -pair[1])


def share_of_best(scores: Mapping[str, float]) -> dict[str, float]:
    """Scores of 0 and more as shares of the best of them, in [0, 1]."""
    best = max(scores.values(), default=0.0)
    return {item: score / best for item, score in scores.items()} if best > 0 else {}
