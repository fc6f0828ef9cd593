"""Terms, the question's vector, candidate chunks → chunks in the order in which they are likely to answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.expansion import Term
from assistant.answering.labels import spells_out
from assistant.answering.windows import fits, near_terms, stretch_cover, stretches
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Clause, Language

FEATURES = (
    "dense",
    "cover",
    "cover_names",
    "cover_clause",
    "heading",
    "lexical",
    "kind",
    "tight",
    "list",
    "cue",
    "body",
    "label",
    "year",
    "head",
    "stretch",
)
"""Names of a chunk's features, in the order of the columns."""

READ, AHEAD = 6, 3.0
"""How many candidates the cross-encoder reads at most, and by how much the first one's score may lie above theirs: with
its say in the order those further behind do not come first."""
UNREAD = -4.0
"""Log-odds that a candidate answers which was not read."""

_ITSELF = re.compile(r"本(?:办法|条例|规定|规则|细则|决定|意见|方案|通知|法(?![人庭院定律]))")
"""How a document speaks of itself."""
WHOLLY = 0.9
"""Degree of support from which a chunk holds what is asked for, and not merely something like it."""
HEADING_SHARE = 0.95
"""What a term counts that stands in the heading of the chunk's clause."""
TITLE_SHARE = 0.7
"""What a term counts that stands in the document's title, where there are several documents to tell apart."""
SENTENCE_SHARE = 0.9
"""What a term counts that stands elsewhere in the chunk's sentence."""
CLAUSE_SHARE = 0.7
"""What a term counts that stands elsewhere in the chunk's clause, as against in the chunk itself."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Candidate chunks, scored.

    Attributes:
        rows: rows of the chunks in the index, best first.
        scores: their scores, shape (n,).
        features: their features, shape (n, len(FEATURES)), in the order of FEATURES.
        support: degree to which each holds each term, shape (terms, n).
        heading: degree to which the headings above each hold each term, shape (terms, n).
        terms: the terms, in the order of `support`.
    """

    rows: tuple[int, ...]
    scores: NDArray[np.float64]
    features: NDArray[np.float64]
    support: NDArray[np.float64]
    heading: NDArray[np.float64]
    terms: tuple[Term, ...]
    similarity: tuple[float, ...]
    """Cosine of each chunk to the question after the part common to all chunks is taken off."""
    answers: tuple[float, ...] = ()
    """Log-odds that each answers, as the cross-encoder reads it; empty when none has read them."""

    def odds(self, places: Sequence[int]) -> float:
        """The best log-odds that a chunk at one of these places answers; 0, which tells nothing, when none was read."""
        return max((self.answers[place] for place in places), default=UNREAD) if self.answers else 0.0

    def read(self, score: Callable[[tuple[int, ...]], NDArray[np.float64]], share: float) -> Ranking:
        """The ranking after its first chunks have been read, READ at most, and put in order anew.

        Args:
            score: log-odds that the chunks of some rows answer.
            share: what those count beside the score.
        """
        count = int(np.count_nonzero(self.scores[:READ] >= self.scores[:1] - AHEAD))
        answers = score(self.rows[:count])
        order = np.argsort(-(self.scores[:count] + share * answers), kind="stable")
        order = np.concatenate([order, np.arange(count, len(self.rows))])
        return replace(
            self,
            rows=tuple(self.rows[i] for i in order),
            scores=self.scores[order],
            features=self.features[order],
            support=self.support[:, order],
            heading=self.heading[:, order],
            similarity=tuple(self.similarity[i] for i in order),
            answers=tuple(float(answers[i]) if i < count else UNREAD for i in order),
        )


def term_weights(terms: Sequence[Term]) -> NDArray[np.float64]:
    """Weights of the terms, summing to 1; shape (terms,)."""
    weights = np.array([term.weight for term in terms], np.float64)
    return weights / max(float(weights.sum()), 1e-9)


def rank(
    index: Index,
    rows: Sequence[int],
    terms: Sequence[Term],
    asked: Asked,
    vector: NDArray[np.float32],
    lexical_scores: Mapping[str, float],
    weights: Mapping[str, float],
    language: Language,
    name: str = "",
    years: Sequence[str] = (),
    head: str = "",
) -> Ranking:
    """Score candidate chunks by a weighted sum of their features.

    Args:
        index: where the chunks are.
        rows: rows of the candidates.
        terms: the question's terms.
        asked: the kinds of answer it asks for.
        vector: its vector, shape (dimension,).
        lexical_scores: chunk id → BM25 score, where the lexical index found it.
        weights: feature → weight.
        language: that of the question; an English one is matched against the translation as well.
        name: a name with a number in it that the question wants spelt out, if any.
        years: the years that it names.
        head: surface of the term that names what is asked for, if any.
    """
    features, support, heading = _features(
        index, rows, terms, asked, vector, lexical_scores, language, name, years, head
    )
    scores = features @ np.array([weights[name] for name in FEATURES])
    order = np.argsort(-scores, kind="stable")
    return Ranking(
        tuple(rows[i] for i in order),
        scores[order],
        features[order],
        support[:, order],
        heading[:, order],
        tuple(terms),
        _similarity(index, [rows[i] for i in order], vector),
    )


def _features(
    index: Index,
    rows: Sequence[int],
    terms: Sequence[Term],
    asked: Asked,
    vector: NDArray[np.float32],
    lexical_scores: Mapping[str, float],
    language: Language,
    name: str,
    years: Sequence[str],
    head: str,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    text_of = index.bilingual_text if language == "en" else index.text
    texts = [text_of(row) for row in rows]
    support = _support(terms, texts)
    in_heading = np.maximum(
        _support(terms, [_heading(index, row) for row in rows]), TITLE_SHARE * _title_support(index, rows, terms)
    )
    in_context = _support(terms, [normalize(index.chunks[row].context) for row in rows])
    in_clause = _clause_support(index, rows, terms)
    # What a clause's heading is about, each of its sentences is about: there, the other terms tell them apart.
    held = np.maximum(support, HEADING_SHARE * in_heading)
    # A long sentence is several chunks, and its subject stands in the first.
    held = np.maximum(held, SENTENCE_SHARE * _support(terms, [index.sentence(row) for row in rows]))
    weights = term_weights(terms)
    names = weights * np.array([term.names for term in terms], np.float64)
    names = names / max(float(names.sum()), 1e-9)
    near = [_near(text, terms, weights, asked, held[:, i]) for i, text in enumerate(texts)]
    asked_for = next((term for term in terms if term.surface == head), None)
    best_lexical = max(lexical_scores.values(), default=1.0) or 1.0
    columns = {
        "dense": _dense(index, rows, vector, language),
        "cover": weights @ held,
        "cover_names": names @ held,
        "cover_clause": weights @ np.maximum(held, CLAUSE_SHARE * np.maximum(in_clause, in_context)),
        "heading": weights @ in_heading,
        "lexical": np.array([lexical_scores.get(index.chunks[row].id, 0.0) / best_lexical for row in rows]),
        "kind": np.array([fit for _, fit in near], np.float64),
        "tight": np.array([tight for tight, _ in near], np.float64),
        "body": np.array([_clause_of(index, row).kind == "clause" for row in rows], np.float64),
        "head": np.array([float(asked_for is not None and asked_for.support(text) >= WHOLLY) for text in texts]),
        "stretch": _among(index.stretch_cosines(rows, vector)),
        "year": np.array([bool(years) and all(year in text for year in years) for text in texts], np.float64),
        "label": np.array([bool(name) and spells_out(name, text) for text in texts], np.float64),
        "cue": np.array([_cue(asked, text) for text in texts], np.float64),
        "list": np.array([asked.wants_list and text.count("、") >= 2 for text in texts], np.float64),
    }
    return np.stack([columns[name] for name in FEATURES], axis=1), support, in_heading


def _support(terms: Sequence[Term], texts: Sequence[str]) -> NDArray[np.float64]:
    """Degree to which each text holds each term, shape (terms, texts)."""
    return np.array([[term.support(text) for text in texts] for term in terms], np.float64).reshape(
        len(terms), len(texts)
    )


def _title_support(index: Index, rows: Sequence[int], terms: Sequence[Term]) -> NDArray[np.float64]:
    """Degree to which each chunk's title holds each term, shape (terms, rows); 0 where there is only one document."""
    if len(index.documents()) < 2:
        return np.zeros((len(terms), len(rows)))
    ids = [index.chunks[row].document for row in rows]
    titles = {id_: normalize(index.document(id_).record.title) for id_ in ids}
    known = {id_: [term.support(title) for term in terms] for id_, title in titles.items()}
    return np.array([known[id_] for id_ in ids], np.float64).reshape(len(rows), len(terms)).T


def _cue(asked: Asked, text: str) -> float:
    """Share of the cues that a text holds; 0 where the question gives none."""
    return sum(bool(cue.search(text)) for cue in asked.cues) / len(asked.cues) if asked.cues else 0.0


def _clause_of(index: Index, row: int) -> Clause:
    chunk = index.chunks[row]
    return index.document(chunk.document).clauses[chunk.position]


def _heading(index: Index, row: int) -> str:
    """What a chunk's text is about by what stands above it: its clause's heading, and the title where it means that."""
    clause = _clause_of(index, row)
    if clause.kind != "clause":
        return ""
    title = index.document(index.chunks[row].document).record.title if _ITSELF.search(index.text(row)) else ""
    return normalize(f"{clause.heading}\n{title}")


def _dense(index: Index, rows: Sequence[int], vector: NDArray[np.float32], language: Language) -> NDArray[np.float64]:
    """Cosines of the candidates in standard deviations above the mean of all chunks, divided by 2.5, shape (rows,)."""
    chosen = list(rows)
    scaled = _standardised(index.vectors @ vector, chosen)
    if language == "en":
        translated = index.translation_cosines(vector)
        if float(translated.max()) > -1:
            scaled = np.maximum(scaled, _standardised(translated, chosen))
    return scaled


def _among(cosines: NDArray[np.float32]) -> NDArray[np.float64]:
    """Cosines of candidates in standard deviations above their mean, divided by 2.5."""
    return np.asarray((cosines - cosines.mean()) / max(float(cosines.std()), 1e-3) / 2.5, np.float64)


def _similarity(index: Index, rows: Sequence[int], vector: NDArray[np.float32]) -> tuple[float, ...]:
    common = index.centroid
    question = vector - common
    centred = index.vectors[list(rows)] - common
    norms = np.linalg.norm(centred, axis=1) * float(np.linalg.norm(question))
    return tuple(float(x) for x in (centred @ question) / np.maximum(norms, 1e-9))


def _standardised(cosines: NDArray[np.float32], chosen: Sequence[int]) -> NDArray[np.float64]:
    spread = max(float(cosines.std()), 1e-3)
    return np.asarray(np.clip((cosines[list(chosen)] - float(cosines.mean())) / spread, -3, 5) / 2.5, np.float64)


def _clause_support(index: Index, rows: Sequence[int], terms: Sequence[Term]) -> NDArray[np.float64]:
    """Degree to which the whole clause of each chunk holds each term, shape (terms, rows)."""
    known: dict[tuple[str, int], list[float]] = {}
    columns = []
    for row in rows:
        chunk = index.chunks[row]
        key = (chunk.document, chunk.position)
        if key not in known:
            text = "".join(index.text(sibling) for sibling in index.clause_rows(*key))
            known[key] = [term.support(text) for term in terms]
        columns.append(known[key])
    return np.array(columns, np.float64).reshape(len(rows), len(terms)).T


def _near(
    text: str, terms: Sequence[Term], weights: NDArray[np.float64], asked: Asked, held: NDArray[np.float64]
) -> tuple[float, bool]:
    """Weighted share of the terms that the best stretch between commas holds, and whether the kind stands near it.

    A term that the chunk only holds by its heading counts for every stretch.
    """
    parts = stretches(text)
    cover = stretch_cover(parts, terms, weights)
    by_heading = float(sum(w * h for w, h, term in zip(weights, held, terms, strict=True) if not term.support(text)))
    return (float(cover.max()) if len(cover) else 0.0) + by_heading, fits(asked, near_terms(parts, cover, asked))
