"""The assistant's records → the passages and answers that the report shows, and checks on citations."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import UnknownDocument
from assistant.schema import Answer, Citation, Clause, Document, Evidence
from eval.metrics.text import is_verbatim, markers_in
from eval.results import GivenAnswer, Passage
from eval.systems import Engine

LONGEST_MARKER = 99
"""`[2020]` in an answer is part of a document number, `[3]` can only be a marker."""


def clause_at(document: Document, position: int) -> Clause | None:
    """The piece at a position."""
    return next((clause for clause in document.clauses if clause.position == position), None)


def shown_answer(answer: Answer) -> GivenAnswer:
    """An answer for the report."""
    return GivenAnswer(
        status=answer.status,
        text=answer.text,
        citations=[_cited(citation) for citation in answer.citations],
        related=[_cited(citation) for citation in answer.related],
        confidence=answer.confidence,
    )


def _cited(citation: Citation) -> Passage:
    label = citation.clause_label or (
        "title or preamble" if citation.clause_number == 0 else str(citation.clause_number)
    )
    return Passage(f"{citation.document} {label}", citation.quote, citation.marker)


def shown_evidence(engine: Engine, found: Sequence[Evidence]) -> list[Passage]:
    """Evidence for the report, best first."""
    passages = []
    for evidence in found:
        chunk = evidence.chunk
        clause = clause_at(engine.document(chunk.document), chunk.position)
        place = f"{chunk.document} {clause.label if clause else ''}".strip()
        passages.append(Passage(place, chunk.text, score=evidence.score))
    return passages


def citation_problems(engine: Engine, answer: Answer) -> dict[str, list[str]]:
    """What is not sound about an answer's citations, by figure: quotes, the clauses they name, and markers."""
    problems: dict[str, list[str]] = {"quotes_verbatim": [], "quotes_in_clause": [], "markers_sound": []}
    for citation in (*answer.citations, *answer.related):
        try:
            document = engine.document(citation.document)
        except UnknownDocument:
            problems["quotes_verbatim"].append(f"cites {citation.document}, which is not held")
            continue
        if not is_verbatim(citation.quote, document.text, citation.start, citation.end):
            problems["quotes_verbatim"].append(f"quote is not the text at [{citation.start}, {citation.end})")
        if not _in_clause(document, citation):
            problems["quotes_in_clause"].append(
                f"quote [{citation.marker}] is not from {citation.clause_label or 'there'}"
            )
    said = {marker for marker in markers_in(answer.text) if marker <= LONGEST_MARKER}
    cited = {citation.marker for citation in answer.citations}
    offered = {citation.marker for citation in answer.related}
    problems["markers_sound"] += [f"marker [{marker}] leads nowhere" for marker in sorted(said - cited - offered)]
    problems["markers_sound"] += [f"citation [{marker}] is not in the text" for marker in sorted(cited - said)]
    return problems


def _in_clause(document: Document, citation: Citation) -> bool:
    return any(
        clause.start <= citation.start and citation.end <= clause.end
        for clause in document.clauses
        if clause.number == citation.clause_number
    )


def citation_ratios(answer: Answer, problems: dict[str, list[str]]) -> dict[str, tuple[float, float]]:
    """The checks as (numerator, denominator): over the quotes, and for markers over the answer. No quote, no ratio."""
    quotes = len(answer.citations) + len(answer.related)
    found = {
        key: (float(quotes - len(problems[key])), float(quotes)) for key in ("quotes_verbatim", "quotes_in_clause")
    }
    found = {key: pair for key, pair in found.items() if quotes}
    if answer.citations or problems["markers_sound"]:
        found["markers_sound"] = (float(not problems["markers_sound"]), 1.0)
    return found
