"""The records that the steps of the pipeline hand to one another.

A policy document is read into a `Document` (its record, its cleaned text, and the `Clause` pieces that tile that
text); clauses are cut into `Chunk`s; retrieval hands answering `Evidence`; answering returns an `Answer` with
`Citation`s. Offsets are always half-open character offsets [start, end) into `Document.text`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

ClauseKind = Literal["title", "adoption", "preamble", "part", "clause", "closing"]
"""What a piece of a document is. `preamble` is also the text between a part's heading and its first clause."""

Status = Literal["answered", "partial", "no_evidence", "out_of_scope", "clarify", "blocked"]
"""What an answer is; see DESIGN section 2. Everything but `answered` and `partial` carries no citations."""

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Misprint:
    """A known misprint of the source: the display shows `printed`, the search also understands `intended`."""

    printed: str
    intended: str


@dataclass(frozen=True, slots=True)
class Record:
    """What is known about a document besides its text. Dates are ISO 8601; empty strings mean "none or unknown"."""

    id: str
    title: str
    issuer: str = ""
    number: str = ""
    meeting: str = ""
    adopted: str = ""
    published: str = ""
    effective: str = ""
    repealed: str = ""
    status: str = "in_force"
    source: str = ""
    misprints: tuple[Misprint, ...] = ()
    translation: str = ""
    """File name, beside the record, of a sentence-aligned English translation; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a document. The pieces of a document, in order, tile its text: only line feeds lie between them.

    Attributes:
        position: 0-based place among all pieces of the document, unique in it.
        kind: what the piece is.
        number: the citable number: the clause's ordinal for `clause` (unique in the document, 1 or more), 0 otherwise.
        label: the label as printed (`（十一）`, `第十一条`, `三、`); empty where there is none.
        heading: the words that name the piece (first sentence of a clause when that is a heading), without the label.
        text: `Document.text[start:end]`, label included.
        part: number of the part the piece stands in (the part itself included), 0 before the first part.
    """

    position: int
    kind: ClauseKind
    number: int
    label: str
    heading: str
    text: str
    start: int
    end: int
    part: int

    def to_dict(self) -> dict[str, Any]:
        """The piece in the shape of the command-line contract (DESIGN section 4)."""
        names = ("label", "heading", "text", "start", "end", "kind", "part")
        return {"clause_number": self.number} | {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Document:
    """A policy document as ingested: record, cleaned text, the pieces that tile it, and the digest of both."""

    record: Record
    text: str
    clauses: tuple[Clause, ...]
    digest: str = ""
    """SHA-256 over the text, its pieces, the record and the translation: unchanged digest, no work."""

    @property
    def id(self) -> str:
        """The document's id, URL-safe and unique in the corpus."""
        return self.record.id

    def to_dict(self) -> dict[str, Any]:
        """The document's entry in the shape of the command-line contract (DESIGN section 4), its text left out."""
        names = (
            "id",
            "title",
            "status",
            "issuer",
            "number",
            "meeting",
            "adopted",
            "published",
            "effective",
            "repealed",
        )
        return {name: getattr(self.record, name) for name in (*names, "source")} | {
            "clauses": sum(clause.kind == "clause" for clause in self.clauses)
        }


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded: one or a few whole sentences of one clause.

    `context` is what the reader of the whole document would know (part and clause heading); it is embedded with the
    text but is never quoted. `tokens` counts the text alone. `id` is `{document}:{ordinal of chunk in document}`.
    """

    id: str
    document: str
    position: int
    """`Clause.position` of the piece the chunk lies in."""
    text: str
    context: str
    start: int
    end: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """A chunk found for a query: the fused score, and the score each retriever gave (absent if it did not find it)."""

    chunk: Chunk
    score: float
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Citation:
    """The clause an answer's sentence rests on. `quote` is `Document.text[start:end]`, word for word."""

    marker: int
    document: str
    document_title: str
    clause_number: int
    clause_label: str
    quote: str
    start: int
    end: int
    url: str

    def to_dict(self) -> dict[str, Any]:
        """The citation in the shape of the command-line contract."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, and the answer's text where it is known."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says. `text` holds markers [n] that refer to `citations`; `related` is offered, not claimed.

    `confidence` is the calibrated probability, in [0, 1], that the evidence answers the question.
    """

    status: Status
    text: str
    language: Language
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    confidence: float = 0.0
    timings_ms: dict[str, float] = field(default_factory=dict)

    def to_dict(self, request_id: str | int | None = None) -> dict[str, Any]:
        """The answer in the shape of the command-line contract (DESIGN section 4)."""
        return {
            "id": request_id,
            "status": self.status,
            "answer": self.text,
            "language": self.language,
            "citations": [citation.to_dict() for citation in self.citations],
            "related": [citation.to_dict() for citation in self.related],
            "confidence": round(self.confidence, 4),
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the question as typed, the conversation before it (oldest first), and where to look.

    `documents` restricts the search to these ids; empty means all documents.
    """

    question: str
    history: tuple[Turn, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerChunk:
    """A piece of a streamed answer: more of its text, and with the last piece the whole answer. Pieces add up."""

    text: str = ""
    answer: Answer | None = None

    def __add__(self, other: AnswerChunk) -> AnswerChunk:
        """This piece followed by another."""
        return AnswerChunk(self.text + other.text, other.answer or self.answer)
