"""A question's vector and weighted words → evidence, from Chroma and tantivy, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.index import Index
from assistant.retrieval.fusion import reciprocal_rank_fusion
from assistant.schema import Evidence

DEPTH = 60
"""How deep each retriever's run goes before fusion, at least."""


def retrieve(
    index: Index,
    vector: NDArray[np.float32],
    word_weights: Mapping[str, float],
    top_k: int,
    *,
    weights: Mapping[str, float],
    documents: Sequence[str] = (),
) -> list[Evidence]:
    """The chunks that fit a question best.

    Args:
        index: where to look.
        vector: the question's vector, shape (dimension,).
        word_weights: the question's words with their weights, as the lexical index takes them.
        top_k: how many at most.
        weights: weight of the `dense` and the `lexical` run in the fusion; a run of weight 0 is not made.
        documents: restrict to these documents; empty means all.

    Returns:
        Evidence, best first; `scores` holds the cosine (`dense`) and the BM25 score (`lexical`) where found.
    """
    depth = max(DEPTH, top_k)
    runs: dict[str, list[tuple[str, float]]] = {}
    if weights["dense"] > 0:
        runs["dense"] = index.vector_store.search(vector, depth, documents)
    if weights["lexical"] > 0:
        runs["lexical"] = index.lexical_index.search(word_weights, depth, documents)
    by_id: dict[str, dict[str, float]] = {}
    for name, run in runs.items():
        for chunk_id, score in run:
            by_id.setdefault(chunk_id, {})[name] = score
    fused = reciprocal_rank_fusion(runs, weights)[:top_k]
    return [Evidence(index.chunks[index.row[chunk_id]], score, by_id[chunk_id]) for chunk_id, score in fused]
