"""Ranked lists of one question → one ranked list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

RANK_CONSTANT = 60
"""k of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""


def reciprocal_rank_fusion(
    runs: Mapping[str, Sequence[tuple[str, float]]], weights: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Fuse runs by the weighted sum of 1 / (k + rank).

    Args:
        runs: name of a retriever → its run, (id, score) best first.
        weights: name of a retriever → its weight; a run without a weight counts 1.

    Returns:
        (id, fused score), best first; ties in the order in which the ids first appear.
    """
    fused: dict[str, float] = {}
    for name, run in runs.items():
        for rank, (item, _) in enumerate(run, start=1):
            fused[item] = fused.get(item, 0.0) + weights.get(name, 1.0) / (RANK_CONSTANT + rank)
    return sorted(fused.items(), key=lambda pair: -pair[1])
