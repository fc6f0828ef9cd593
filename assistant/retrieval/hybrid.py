"""A question's vector, weighted words and pairs of characters → evidence, from Chroma and tantivy, fused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.index import Index
from assistant.retrieval.fusion import fuse, share_of_best
from assistant.schema import Evidence

Terms = Sequence[tuple[float, Sequence[tuple[str, float]]]]
"""Terms of a question: each one's weight, and the words that stand for it with the degree to which they do."""
DEPTH = 60
"""How many chunks each retriever proposes, at least; every one is then scored by all of them."""
DOCUMENTS = 10
"""Of how many documents, those that fit the question best as a whole, the best chunks are proposed too."""
SPREAD = 5.0
"""Standard deviations above the mean of all chunks at which a cosine counts 1."""
TITLE_SHARE = 0.5
"""What a title is put back by: it names what is asked about, and says nothing of it."""


def retrieve(
    index: Index,
    vector: NDArray[np.float32],
    word_weights: Mapping[str, float],
    top_k: int,
    *,
    weights: Mapping[str, float],
    pairs: Sequence[str] = (),
    terms: Terms = (),
    documents: Sequence[str] = (),
) -> list[Evidence]:
    """The chunks that fit a question best.

    Args:
        index: where to look.
        vector: the question's vector, shape (dimension,).
        word_weights: the question's words with their weights, as the lexical index takes them.
        top_k: how many at most.
        weights: in the fusion, of the cosine (`dense`), the words (`lexical`), the terms, each by the best word for it
            (`terms`), the pairs of characters in a chunk and around it (`pairs`), and those in its document as a whole
            (`document`). What has none is not looked at.
        pairs: the question's pairs of characters.
        terms: its terms, each with its weight and the words that stand for it, as the lexical index takes them.
        documents: restrict to these documents; empty means all.

    Returns:
        Evidence, best first; `scores` holds the cosine (`dense`), the share of the terms that is held (`terms`) and the
        BM25 scores (the others), those above 0.
    """
    used = {name: weight for name, weight in weights.items() if weight > 0}
    standing: dict[str, float] = {}
    if "document" in used:
        standing = dict(index.lexical_index.search_documents(pairs, len(index.chunks), documents))
    candidates = _candidates(
        index, vector, word_weights, max(DEPTH, top_k), used, pairs, terms, documents, list(standing)
    )
    raw = _scores(index, vector, word_weights, candidates, used, pairs, terms)
    if standing:
        raw["document"] = {id_: standing.get(index.chunks[index.row[id_]].document, 0.0) for id_ in candidates}
    scaled = {name: share_of_best(scores) for name, scores in raw.items() if name not in ("dense", "terms")}
    scaled |= {name: raw[name] for name in ("terms",) if name in raw}
    if "dense" in raw:
        cosines = index.vectors @ vector
        mean, spread = float(cosines.mean()), SPREAD * max(float(cosines.std()), 1e-3)
        scaled["dense"] = {id_: (cosine - mean) / spread for id_, cosine in raw["dense"].items()}
    titles = {id_: -TITLE_SHARE for id_ in candidates if index.is_title(index.row[id_])}
    fused = fuse(scaled | {"title": titles}, used | {"title": 1.0})[:top_k]
    return [
        Evidence(index.chunks[index.row[id_]], score, {name: raw[name][id_] for name in raw if raw[name].get(id_, 0.0)})
        for id_, score in fused
    ]


def _candidates(
    index: Index,
    vector: NDArray[np.float32],
    word_weights: Mapping[str, float],
    depth: int,
    used: Mapping[str, float],
    pairs: Sequence[str],
    terms: Terms,
    documents: Sequence[str],
    best_documents: Sequence[str],
) -> list[str]:
    """The ids of the chunks that any retriever proposes, each once, in a fixed order."""
    runs = []
    if "dense" in used:
        runs.append(index.vector_store.search(vector, depth, documents))
    if "lexical" in used:
        runs.append(index.lexical_index.search(word_weights, depth, documents))
    if "terms" in used:
        runs.append(index.lexical_index.search_terms(terms, depth, documents))
    if "pairs" in used:
        runs.append(index.lexical_index.search_pairs(pairs, depth, documents))
    if best_documents:
        runs.append(index.lexical_index.search_pairs(pairs, depth, best_documents[:DOCUMENTS]))
    return list(dict.fromkeys(id_ for run in runs for id_, _ in run))


def _scores(
    index: Index,
    vector: NDArray[np.float32],
    word_weights: Mapping[str, float],
    candidates: Sequence[str],
    used: Mapping[str, float],
    pairs: Sequence[str],
    terms: Terms,
) -> dict[str, dict[str, float]]:
    """Name of a retriever → candidate → its score there."""
    found: dict[str, dict[str, float]] = {}
    if not candidates:
        return found
    if "dense" in used:
        cosines = index.vectors[[index.row[id_] for id_ in candidates]] @ vector
        found["dense"] = {id_: float(cosine) for id_, cosine in zip(candidates, cosines, strict=True)}
    if "lexical" in used:
        found["lexical"] = dict(index.lexical_index.search(word_weights, len(candidates), chunks=candidates))
    if "terms" in used:
        found["terms"] = dict(index.lexical_index.search_terms(terms, len(candidates), chunks=candidates))
    if "pairs" in used:
        found["pairs"] = dict(index.lexical_index.search_pairs(pairs, len(candidates), chunks=candidates))
    return found
