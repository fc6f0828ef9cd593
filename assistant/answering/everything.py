"""Everything that documents say on a matter: which clauses belong to it.

A search finds what fits best and stops; who asks for all of something (列出所有支持民企的措施) is answered by looking
at every clause, so that the list can be called complete. The words that collect (`lexicon/collecting.txt`) name no
matter: a clause need not hold them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.degrees import LITERAL, TELLING
from assistant.answering.expansion import Term
from assistant.answering.passage import Passage
from assistant.answering.quoting import passages
from assistant.answering.ranking import Ranking
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Clause, Document

Read = Callable[[Sequence[int]], NDArray[np.float64]]
"""Gives the log-odds that the chunks of some rows answer a question."""
Place = tuple[str, int]
"""A clause by its document's id and its position there."""

SIGNALS = ("score", "lead", "behind", "named", "answers", "held")
"""Names of what tells whether a clause belongs, in the order of the model's weights."""
MOST_QUOTED = 12
"""Clauses that are quoted, at most; all are counted."""
OF_A_CLAUSE = 2
"""Chunks of a clause that are read, and quoted, at most."""
NAMED = 0.9
"""Share of the most telling term's weight from which a clause names the matter itself."""
MOSTLY = 0.4
"""Share of the terms, by weight, that a clause must have literally to be on the matter whatever the question asks."""
MOST_CONSIDERED = 40
"""Chunks that are read, at most."""
AHEAD = 6.0
"""By how much the first chunk's score may lie above that of a clause that is looked at more closely."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found on a matter.

    Attributes:
        clauses: how many clauses were looked at.
        read: how many documents these are of.
        holding: those that belong to the matter, in reading order.
        documents: how many documents those are of.
        passages: what to quote of them, of MOST_QUOTED at most.
        by_meaning: whether some of them do not name the matter: others may be missing.
        surely: the highest probability with which one of them belongs that has most of what is asked about literally.
    """

    clauses: int
    read: int
    holding: tuple[Clause, ...]
    documents: int
    passages: tuple[Passage, ...]
    by_meaning: bool
    surely: float


@dataclass(frozen=True, slots=True)
class Considered:
    """A clause that is looked at closely.

    Attributes:
        place: its document's id, and its position there.
        chunks: places of its best chunks in the ranking, OF_A_CLAUSE at most, best first.
        signals: name → what tells whether it belongs to the matter: the ranker's score of its best chunk, how far that
            lies behind the first chunk of all, how far its best log-odds lie behind the best of all, and how telling
            the best of the terms is that it names, as a share of the most telling one: a matter is asked for in several
            words of which one is enough (引水、治河、防洪); its best log-odds, and the share of the terms, by weight,
            that the whole clause has literally, its heading included.
        each: the same of each of those chunks by itself.
    """

    place: Place
    chunks: tuple[int, ...]
    signals: Mapping[str, float]
    each: tuple[Mapping[str, float], ...]


def consider(index: Index, ranking: Ranking, read: Read) -> list[Considered]:
    """The clauses that are not far behind the best.

    Args:
        index: where they are.
        ranking: all chunks of the documents, ranked for the question.
        read: log-odds that the chunks of some rows answer it.
    """
    if not ranking.rows:
        return []
    chunks: dict[Place, list[int]] = {}
    for place, row in enumerate(ranking.rows):
        chunk = index.chunks[row]
        if float(ranking.scores[place]) < float(ranking.scores[0]) - AHEAD:
            break
        if index.document(chunk.document).clauses[chunk.position].kind == "clause":
            found = chunks.setdefault((chunk.document, chunk.position), [])
            found += [place] if len(found) < OF_A_CLAUSE else []
        if sum(map(len, chunks.values())) == MOST_CONSIDERED:
            break
    places = [place for found in chunks.values() for place in found]
    odds = dict(zip(places, read([ranking.rows[place] for place in places]), strict=True))
    first, top = float(ranking.scores[0]), max(odds.values(), default=0.0)

    weights = np.array([term.weight for term in ranking.terms])
    telling = (ranking.support >= LITERAL) * weights[:, None] / max(float(weights.max(initial=0.0)), 1e-9)

    held = {clause: _share_held(index, clause, ranking.terms) for clause in chunks}

    def signals(clause: Place, found: Sequence[int]) -> dict[str, float]:
        score, likeliest = float(ranking.scores[found[0]]), float(max(odds[place] for place in found))
        return {
            "score": score,
            "lead": score - first,
            "behind": likeliest - top,
            "named": float(telling[:, list(found)].max(initial=0.0)),
            "answers": likeliest,
            "held": held[clause],
        }

    return [
        Considered(clause, tuple(found), signals(clause, found), tuple(signals(clause, [place]) for place in found))
        for clause, found in chunks.items()
    ]


def collect(
    index: Index,
    ranking: Ranking,
    considered: Sequence[Considered],
    asked: Asked,
    documents: Sequence[Document],
    model: Mapping[str, Any],
    quoted: Sequence[Passage] = (),
) -> Collected:
    """The clauses that belong to what everything is asked of.

    Args:
        index: where they are.
        ranking: all chunks of the documents, ranked for the question.
        considered: the clauses that `consider` found near.
        asked: what it asks for.
        documents: those that were looked at.
        model: the fitted weights (`everything` in model.json).
        quoted: what answers it, as a search finds it; the clauses of it belong in any case.
    """
    pieces = [(document.id, piece) for document in documents for piece in document.clauses]
    clauses = [(id_, piece) for id_, piece in pieces if piece.kind == "clause"]
    sure = {(passage.document, passage.position) for passage in quoted}
    least = float(model["threshold"])
    places: dict[Place, list[int]] = {}
    name = _one_name(ranking.terms)
    using = [clause.place for clause in considered if name is None or _uses(index, clause.place, name)]
    for clause in considered:
        if using and clause.place not in using:
            continue
        if belongs(clause.signals, model) >= least:
            each = zip(clause.chunks, clause.each, strict=True)
            places[clause.place] = [place for place, signals in each if belongs(signals, model) >= least] or [
                clause.chunks[0]
            ]
    holding = [(id_, clause) for id_, clause in clauses if (id_, clause.position) in sure | places.keys()]
    shown = [(id_, clause.position) for id_, clause in holding[:MOST_QUOTED]]
    chosen = [place for clause in shown for place in places.get(clause, ())]
    return Collected(
        len(clauses),
        len(documents),
        tuple(clause for _, clause in holding),
        len({id_ for id_, _ in holding}),
        tuple(passages(index, ranking, sorted(chosen), asked)),
        any(clause.place in places and clause.signals["named"] < NAMED for clause in considered),
        max((belongs(one.signals, model) for one in considered if one.signals["held"] >= MOSTLY), default=0.0),
    )


def _share_held(index: Index, place: Place, terms: Sequence[Term]) -> float:
    """The share of the terms, by weight, that a clause has literally, its heading included."""
    text = _clause_text(index, place)
    weight = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.support(text) >= LITERAL) / weight if weight else 0.0


def _clause_text(index: Index, place: Place) -> str:
    document = index.document(place[0])
    clause = document.clauses[place[1]]
    return normalize(document.text[clause.start : clause.end])


def _one_name(terms: Sequence[Term]) -> Term | None:
    """The name that is all that tells in a question (攀钢): what does not use it is not on it. None for others.

    A matter that the lexicon knows (人才) may be told in other words.
    """
    telling = [term for term in terms if term.weight >= TELLING]
    return telling[0] if len(telling) == 1 and not telling[0].listed else None


def _uses(index: Index, place: Place, name: Term) -> bool:
    """Whether a clause has a name anywhere, be it in its heading."""
    return name.support(_clause_text(index, place)) >= LITERAL


def belongs(signals: Mapping[str, float], model: Mapping[str, Any]) -> float:
    """The probability that a clause with these signals belongs to what everything is asked of."""
    logit = float(model["bias"]) + sum(model["weights"][name] * signals[name] for name in SIGNALS)
    return 1 / (1 + math.exp(-logit))
