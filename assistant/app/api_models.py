"""What the JSON routes take and give, as pydantic models: requests are checked by them, answers described."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from assistant.pipeline.asking import LONGEST_QUESTION
from assistant.schema import ClauseKind, Language, Query, Status, Turn

QUESTION_SCHEMA: dict[str, Any] = {"minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": r"[\p{L}\p{N}_]"}
"""What OpenAPI says of a question. The pipeline checks it, and says what is wrong in better words than pydantic."""


class EarlierTurn(BaseModel):
    """An earlier question, and its answer where it is known."""

    model_config = ConfigDict(extra="forbid")
    question: str
    answer: str = ""


def turns_of(history: Sequence[str | EarlierTurn]) -> tuple[Turn, ...]:
    """A conversation as the pipeline takes it."""
    return tuple(Turn(turn) if isinstance(turn, str) else Turn(turn.question, turn.answer) for turn in history)


def _can_come_back(given: Any) -> Any:
    """Pydantic would take `true` for the number 1, and half a character, which no answer could give back."""
    if isinstance(given, bool):
        raise ValueError("a text or a number is expected")
    if isinstance(given, str):
        try:
            given.encode()
        except UnicodeEncodeError:
            raise ValueError("the text holds half of a character (a lone surrogate)") from None
    return given


class AskRequest(BaseModel):
    """A question, in the shape of a line of `ask --jsonl`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"question": "机场要搬到哪里？", "history": [], "documents": []}},
    )
    question: str = Field(
        description=f"The question, {LONGEST_QUESTION:,} characters at most.", json_schema_extra=QUESTION_SCHEMA
    )
    id: Annotated[str | int | None, BeforeValidator(_can_come_back)] = Field(
        default=None, description="Comes back with the answer."
    )
    history: list[str | EarlierTurn] = Field(
        default=[], max_length=100, description="The conversation so far, oldest first; the last questions count."
    )
    documents: list[str] = Field(default=[], max_length=1000, description="Ids of documents to search; empty: all.")

    def to_query(self) -> Query:
        """The request as the pipeline takes it."""
        return Query(self.question, turns_of(self.history), tuple(self.documents))


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CitationBody(_Told):
    """The clause that a sentence rests on. `quote` is the document's text from `start` to `end`, word for word."""

    marker: int
    document: str
    document_title: str
    clause_number: int
    clause_label: str
    quote: str
    start: int
    end: int
    url: str


class AnsweredBody(_Told):
    """An answer. `answer` holds markers [n] that refer to `citations`; `related` is offered, not claimed."""

    status: Status
    answer: str
    language: Language
    citations: list[CitationBody]
    related: list[CitationBody]
    confidence: float
    timings_ms: dict[str, float]


class AnswerBody(AnsweredBody):
    """An answer, and the `id` that the request gave it."""

    id: str | int | None


class HitBody(_Told):
    """A passage found, with the fused score and the score of each retriever."""

    document: str
    clause_number: int
    text: str
    start: int
    end: int
    score: float
    scores: dict[str, float]


class DocumentBody(_Told):
    """What is known about a document. Dates are ISO 8601; empty strings mean none or unknown."""

    id: str
    title: str
    status: str
    issuer: str
    number: str
    meeting: str
    adopted: str
    published: str
    effective: str
    repealed: str
    source: str
    clauses: int
    url: str


class ClauseBody(_Told):
    """A piece of a document; `clause_number` is 0 for what is no clause (title, preamble, …)."""

    clause_number: int
    kind: ClauseKind
    part: int
    label: str
    heading: str
    text: str
    start: int
    end: int


class ProblemBody(BaseModel):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = Field(description="What is wrong, and what to do about it.")


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors of a route, as OpenAPI describes them."""
    said = {
        400: "the request's body is no text",
        401: "an API key is needed, and was not given",
        404: "there is no such document or clause",
        413: "the request is larger than 2 MiB",
        415: "the request is not JSON",
        422: "the request has not the right shape, or the question is empty or too long",
        429: "too many requests within a minute; `Retry-After` says in how many seconds to try again",
        503: "nothing has been ingested yet, or the index is being written",
    }
    content = {"application/problem+json": {"schema": ProblemBody.model_json_schema()}}
    return {status: {"description": said[status], "content": content} for status in (401, *statuses, 429, 503)}
