"""Questions about documents as such → their answers: a clause by its number, how many there are, where a word stands.

What they say of anything is not looked for here; but of several documents, which one is meant may have to be asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.answering import compose, wording_of_clauses
from assistant.answering.mention_sets import clauses_of, wanted_set
from assistant.answering.mentions import mentions, wanted_word
from assistant.answering.numbered import (
    clauses_restart,
    headings_of,
    most_numbered,
    part_numbered,
    printed_number,
    unit_of,
)
from assistant.answering.outline import (
    asks_for_a_whole,
    asks_word_for_word,
    clause_count,
    missing_parts,
    part_count,
    referenced_clauses,
    summary_passage,
    tells_a_subject,
    whole_passage,
    with_parts,
)
from assistant.answering.record_questions import asks_for_record
from assistant.answering.references import References
from assistant.answering.understanding import Understanding
from assistant.indexing.index import Index
from assistant.schema import Answer, Citation, Clause, Document, Language

MOST_DOCUMENTS = 3
"""Of how many documents a clause of one number is quoted; of more, which one is meant is asked.

So many of one number are quoted of a document where the numbers start again.
"""
NAMED = 5
"""How many documents are named when which one is meant is asked, at most."""


def about_documents(
    index: Index,
    understood: Understanding,
    text: str,
    scope: Sequence[Document],
    near: Callable[[], Sequence[Citation]],
) -> Answer | None:
    """The answer to a question about documents as such; None to any other question.

    Args:
        index: where they are.
        understood: the question.
        text: it, without the titles that it names.
        scope: the documents that it is put to.
        near: gives the clauses that come nearest, to be offered where there is no answer.
    """
    language = understood.language
    by_number = _by_number(index, understood, [document.id for document in scope])
    if by_number is not None:
        return by_number
    if understood.references.parts and not with_parts(scope, understood.references):
        return Answer("no_evidence", no_such_part(scope, understood.references, language), language)
    if len(scope) > 1 and _is_about_one(understood, text):
        return _which(index, scope, language)
    if understood.outline:
        return None
    count, last = clause_count(index, text, [document.id for document in scope])
    if last:
        return compose.quoting(index, last, language, 1.0, lead=wording_of_clauses.clause_count(count, language))
    count, unit, headings = part_count(index, text, [document.id for document in scope])
    if headings:
        lead = wording_of_clauses.part_count(count, unit, language)
        return compose.quoting(index, headings, language, 1.0, lead=lead)
    return _mention_set(index, understood, text, scope, near) or _mentions(index, understood, text, scope, near)


def _by_number(index: Index, understood: Understanding, documents: Sequence[str]) -> Answer | None:
    """The answer to a question that names a clause; None when it names none."""
    if not understood.references.clauses:
        return None
    language = understood.language
    clauses, missing = referenced_clauses(index, understood.references, documents, language)
    note = ""
    if missing:
        inside = understood.references if understood.references.in_part else None
        note = _no_such_inside(index, missing, inside, documents, language) or _no_such_clause(
            index, missing, documents, language
        )
    if not clauses:
        return Answer("no_evidence", note, language)
    held = list({document.id: document for document, _ in clauses}.values())
    if len(held) > MOST_DOCUMENTS:
        return _which(index, held, language, {document.id: clause for document, clause in reversed(clauses)})
    clauses, more = _first_of_each(clauses)
    if more:
        note = "\n".join(filter(None, [note, wording_of_clauses.more_of_a_number(more, language)]))
    passage = whole_passage if asks_word_for_word(understood.text) else summary_passage
    quoted = [passage(document, clause) for document, clause in clauses]
    return compose.quoting(index, quoted, language, 1.0, status="partial" if missing else "answered", note=note)


def _first_of_each(clauses: Sequence[tuple[Document, Clause]]) -> tuple[list[tuple[Document, Clause]], int]:
    """The clauses without those of a label after MOST_DOCUMENTS of the same in a document, and how many these are."""
    kept: list[tuple[Document, Clause]] = []
    times: Counter[tuple[str, str]] = Counter()
    for document, clause in clauses:
        times[document.id, clause.label] += bool(clause.label)
        if times[document.id, clause.label] <= MOST_DOCUMENTS:
            kept.append((document, clause))
    return kept, len(clauses) - len(kept)


def _no_such_inside(
    index: Index, missing: Sequence[int], references: References | None, documents: Sequence[str], language: Language
) -> str:
    """That a part that is named has no clauses of those numbers, with how many it has; empty where none is named."""
    if references is None:
        return ""
    for id_ in documents:
        document = index.document(id_)
        inside = [one for part in references.parts for one in part_numbered(document, part, references)]
        if inside:
            return wording_of_clauses.no_such_inside(missing, [one.label for one in inside], language)
    return ""


def _no_such_clause(index: Index, missing: Sequence[int], documents: Sequence[str], language: Language) -> str:
    """That none of the documents has clauses of those numbers, with how many the one of the most has."""
    scope = [index.document(id_) for id_ in documents]
    clauses = {document.id: [c for c in document.clauses if c.kind == "clause"] for document in scope}
    document = max(scope, key=lambda document: len(clauses[document.id]))
    held = clauses[document.id]
    restart = language == "zh" and clauses_restart(document)
    last = max(held, key=lambda c: printed_number(c.label) if restart else c.number, default=None)
    title = document.record.title if len(documents) > 1 and held else ""
    label = last.label if last else ""
    return wording_of_clauses.no_such_clause(missing, len(held), label, title, language, restart=restart)


def no_such_part(scope: Sequence[Document], references: References, language: Language) -> str:
    """That the documents lack parts that are named, with how many there are; empty where none is missing."""
    missing = missing_parts(scope, references)
    if not missing:
        return ""
    below = references.above is not None
    counted = [headings_of(document, references.unit, below=below) for document in scope]
    most, headings = max(((most_numbered(one), one) for one in counted), key=lambda pair: pair[0][0])
    unit = unit_of(headings[0]) if headings else references.unit
    return wording_of_clauses.no_such_part(missing, most, unit, len(scope), language)


def _is_about_one(understood: Understanding, text: str) -> bool:
    """Whether a question is about a document as such, and so needs to be put to one; `text` is without a title."""
    if asks_for_a_whole(understood, text):
        return True
    return asks_for_record(text) and not any(tells_a_subject(part, text, named=True) for part in understood.parts)


def _which(
    index: Index, scope: Sequence[Document], language: Language, clauses: Mapping[str, Clause] | None = None
) -> Answer:
    """The question back, which of several documents is meant, with their titles or those clauses of theirs."""
    shown = scope[:NAMED]
    text = wording_of_clauses.which_document([document.record.title for document in shown], len(scope), language)
    places = [(document, clauses[document.id] if clauses else document.clauses[0]) for document in shown]
    related = compose.citations(index, [summary_passage(*place) for place in places])
    return Answer("no_evidence", text, language, related=tuple(related))


def _mention_set(
    index: Index,
    understood: Understanding,
    text: str,
    scope: Sequence[Document],
    near: Callable[[], Sequence[Citation]],
) -> Answer | None:
    """The answer to which clauses lack a word, have two, or one and not another; None to any other question."""
    wanted, language = wanted_set(text), understood.language
    if wanted is None:
        return None
    having, lacking = (tuple(map(understood.as_typed, words)) for words in (wanted.having, wanted.lacking))
    found = clauses_of(index, understood.parts[0], wanted, scope, language)
    lead = wording_of_clauses.mention_set(found, having, lacking, len(scope), language)
    if found is None or not found.holding:
        return Answer("no_evidence", lead, language, related=tuple(near()))
    return compose.quoting(index, found.passages, language, 1.0, lead=lead)


def _mentions(
    index: Index,
    understood: Understanding,
    text: str,
    scope: Sequence[Document],
    near: Callable[[], Sequence[Citation]],
) -> Answer | None:
    """The answer to where, or how often, a word stands; None to any other question."""
    wanted, language = wanted_word(text), understood.language
    found = mentions(index, understood.parts[0], wanted, scope, language) if wanted else None
    if wanted is None or found is None:
        return None
    if not found.times:
        text = wording_of_clauses.mentioned_nowhere(understood.as_typed(wanted.word), found.clauses, language)
        return Answer("no_evidence", text, language, related=tuple(near()))
    found = replace(found, words=tuple(map(understood.as_typed, found.words)))
    lead = wording_of_clauses.mentions(found, understood.as_typed(wanted.word), len(scope), language)
    return compose.quoting(index, found.passages, language, 1.0, lead=lead)
