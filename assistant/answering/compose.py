"""Passages → citations, the text that carries their markers, and the answer made of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answering import wording
from assistant.answering.passage import Passage
from assistant.indexing.index import Index
from assistant.indexing.translation import standing
from assistant.schema import Answer, Citation, Clause, Document, Language, Status


def citation(index: Index, passage: Passage, marker: int) -> Citation:
    """The citation of a passage."""
    document = index.document(passage.document)
    clause = document.clauses[passage.position]
    return Citation(
        marker=marker,
        document=document.id,
        document_title=document.record.title,
        clause_number=clause.number,
        clause_label=clause.label,
        quote=document.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        url=f"/documents/{document.id}#{anchor(document, clause)}",
    )


def anchor(document: Document, clause: Clause) -> str:
    """The fragment of the document page at which a piece stands."""
    if clause.kind == "clause":
        return f"clause-{clause.number}"
    if clause.kind == "part":
        return f"part-{clause.part}"
    return f"part-{clause.part}-intro" if clause.part and clause.kind == "preamble" else "clause-0"


def citations(index: Index, passages: Iterable[Passage], first_marker: int = 1) -> list[Citation]:
    """The citations of passages, numbered on."""
    return [citation(index, passage, marker) for marker, passage in enumerate(passages, start=first_marker)]


def sentences(index: Index, cited: Sequence[Citation], language: Language) -> list[str]:
    """One line for each citation: the quoted words, closed as a sentence, with the marker."""
    if language == "en":
        return [
            f"{one.quote}[{one.marker}]" if _goes_on(before, one) else _english(index, one)
            for before, one in zip([None, *cited], cited, strict=False)
        ]
    return [f"{_closed(one.quote)}[{one.marker}]" for one in cited]


def quoting(
    index: Index,
    passages: Iterable[Passage],
    language: Language,
    confidence: float,
    *,
    status: Status = "answered",
    lead: str = "",
    note: str = "",
) -> Answer:
    """The answer that quotes passages: `lead` before the first, `note` after the last; these alone where none is."""
    cited = citations(index, passages)
    lines = sentences(index, cited, language)
    if lead and not lines:
        lines = [lead]
    elif lead:
        lines[0] = lead + lines[0] if len(lines) == 1 and "\n" not in lines[0] else f"{lead}\n{lines[0]}"
    if note:
        lines.append(note)
    return Answer(status, "\n".join(lines), language, tuple(cited), confidence=confidence)


def _goes_on(before: Citation | None, one: Citation) -> bool:
    """Whether a quote is of rows of the table that the quote before it is of."""
    return before is not None and before.url == one.url and before.quote.endswith("|") and one.quote.startswith("|")


def _closed(quote: str) -> str:
    return quote if quote.endswith(("|", "。", "！", "？", "”", "：", "）", ")")) else quote + "。"


def _english(index: Index, one: Citation) -> str:
    found = [pair.text for pair in index.translation_of(one.document, one.start, one.end)]
    if not found:
        said = wording.untranslated(one.quote)
        return f"{said}[{one.marker}]" if said.endswith("|") else f"{said} [{one.marker}]"
    return wording.translated(f"{' '.join(standing(found))} [{one.marker}]", one.quote)
