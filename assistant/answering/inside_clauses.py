"""A question for what one clause says on a matter, or for its end → those sentences of the clause, or that it has none.

第六条 is answered by how the clause begins; 第六条里写盐边的那几句 by the sentences that are on 盐边.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant.answering import compose, wording_of_clauses
from assistant.answering.clause_matters import ClauseMatter, is_general
from assistant.answering.degrees import EVEN, HELD, LITERAL, TELLING
from assistant.answering.expansion import Term
from assistant.answering.found import Found
from assistant.answering.missing import missing_of
from assistant.answering.outline import referenced_clauses
from assistant.answering.passage import Passage
from assistant.answering.quoting import passages
from assistant.answering.sub_question import SubQuestion
from assistant.answering.understanding import Understanding
from assistant.indexing.index import Index
from assistant.indexing.sentences import split_sentences
from assistant.schema import Answer, Citation, Clause, Document

Examine = Callable[[SubQuestion, Sequence[int]], Found]
"""Judges a sub-question by the chunks of some rows."""
Near = Callable[[], Sequence[Citation]]

ABSENT = 0.6
"""The same below which none of a clause is."""


def answer_inside(
    index: Index, understood: Understanding, documents: Sequence[str], examine: Examine, near: Near
) -> Answer | None:
    """The answer to what one clause says on a matter, or at its end; None where it is asked for as a whole.

    Args:
        index: where the documents are.
        understood: the question.
        documents: ids of those that it is put to.
        examine: judges what the sentences of the clause say.
        near: gives the clauses that come nearest, to be offered where this one says nothing.
    """
    question, matter, language = understood.inside, understood.matter, understood.language
    if matter is None:
        return None
    clauses, _ = referenced_clauses(index, understood.references, documents, language)
    if len(clauses) != 1:
        return None
    document, clause = clauses[0]
    rows = index.clause_rows(document.id, clause.position)
    found = examine(question, rows) if question and rows else None
    named = _named(found, matter) if found else []
    if found and found.judgement.answers and (_is_meant(found, named, matter) or _in_its_year(index, found)):
        return compose.quoting(index, _quoted(index, found, named, matter), language, found.judgement.probability)
    if matter.ending:
        return compose.quoting(index, [_ending(document, clause, matter.ending)], language, 1.0)
    if (
        found is None
        or found.judgement.answers
        or not (_is_absent(found, matter) or (named and found.judgement.blocked))
    ):
        return None
    text = wording_of_clauses.not_in_clause(clause, missing_of([found], [found], understood), language)
    return Answer("no_evidence", text, language, related=tuple(near()), confidence=found.judgement.probability)


def _named(found: Found, matter: ClauseMatter) -> list[int]:
    """Those of the terms that a sentence holds and the heading does not: of what that says the whole clause is.

    Where it is asked for expressly it may be of the heading as well.
    """
    ranking = found.ranking
    held, heading = ranking.support.max(axis=1, initial=0.0), ranking.heading.max(axis=1, initial=0.0)
    return [
        place
        for place, term in enumerate(ranking.terms)
        if _tells(term) and held[place] >= HELD and (matter.framed or heading[place] < HELD)
    ]


def _is_meant(found: Found, named: Sequence[int], matter: ClauseMatter) -> bool:
    """Whether one of the terms is the matter: it is asked for expressly, is what is to be listed, or answered well.

    第八条对我们企业有什么影响 names whom the clause may concern.
    """
    ranking = found.ranking
    listed = "哪" in found.question.text and found.question.head in {ranking.terms[place].surface for place in named}
    return bool(named) and (matter.framed or listed or ranking.odds(found.places) >= EVEN)


def _tells(term: Term) -> bool:
    return term.weight >= TELLING and not is_general(term.surface)


def _in_its_year(index: Index, found: Found) -> bool:
    """Whether the question names a year, and what was chosen does too."""
    said = "".join(index.text(found.ranking.rows[place]) for place in found.places)
    return bool(found.question.years) and all(year in said for year in found.question.years)


def _is_absent(found: Found, matter: ClauseMatter) -> bool:
    """Whether what is asked after in so many words stands nowhere in the clause, nor anything like it."""
    ranking = found.ranking
    asked_after = [i for i, term in enumerate(ranking.terms) if _tells(term) and term.surface in matter.about]
    return bool(asked_after) and float(ranking.support[asked_after].max(initial=0.0)) < ABSENT


def _quoted(index: Index, found: Found, named: Sequence[int], matter: ClauseMatter) -> list[Passage]:
    """What answers it; where all that is said on the matter is asked for, each sentence that names it as well."""
    ranking, question, places = found.ranking, found.question, found.places
    if named and (matter.framed or question.asked.wants_list or question.everything):
        held = ranking.support[list(named)].max(axis=0) >= LITERAL
        places = list(dict.fromkeys([*places, *map(int, np.flatnonzero(held))]))
    return passages(index, ranking, places, question.asked)


def _ending(document: Document, clause: Clause, count: int) -> Passage:
    """The last sentences of a clause, so many of them."""
    body = clause.start + len(clause.label)
    found = split_sentences(document.text[body : clause.end])
    start, end = body + found[-count:][0][0], body + found[-1][1]
    while start < end and document.text[start].isspace():
        start += 1
    while end > start and document.text[end - 1].isspace():
        end -= 1
    return Passage(document.id, clause.position, start, end)
