"""JSON routes under /api/v1: ask, search, documents, clauses. Every error is application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi import Query as QueryParameter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.errors import AssistantError, IndexBusy, IndexNotBuilt, UnknownDocument, UsageError
from assistant.pipeline import search_rows
from assistant.schema import Answer, Document, Query, Turn

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)


class EarlierTurn(BaseModel):
    """An earlier question, and its answer where it is known."""

    model_config = ConfigDict(extra="forbid")
    question: str
    answer: str = ""


class AskRequest(BaseModel):
    """A question, in the shape of a line of `ask --jsonl`."""

    model_config = ConfigDict(extra="forbid")
    question: str
    id: str | int | None = None
    history: list[str | EarlierTurn] = Field(default=[], max_length=100)
    documents: list[str] = Field(default=[], max_length=1000)

    def to_query(self) -> Query:
        """The request as the pipeline takes it."""
        turns = tuple(
            Turn(turn) if isinstance(turn, str) else Turn(turn.question, turn.answer) for turn in self.history
        )
        return Query(self.question, turns, tuple(self.documents))


def build_router(assistant: Assistant, record: Callable[[str, Answer], None]) -> APIRouter:
    """The routes over an assistant.

    Args:
        assistant: the assistant that answers.
        record: told of each question and its answer; it neither fails nor takes time.
    """
    router = APIRouter(prefix="/api/v1")

    @router.post("/ask")
    def ask(request: AskRequest) -> JSONResponse:
        answer = assistant.ask(request.to_query())
        record(request.question, answer)
        return JSONResponse(answer.to_dict(request.id))

    @router.get("/search")
    def search(
        q: str,
        k: Annotated[int, QueryParameter(ge=1, le=100)] = 10,
        documents: Annotated[Sequence[str], QueryParameter(max_length=1000)] = (),
    ) -> JSONResponse:
        return JSONResponse(search_rows(assistant, q, k, tuple(documents)))

    @router.get("/documents")
    def documents() -> JSONResponse:
        return JSONResponse([document_entry(document) for document in assistant.documents()])

    @router.get("/documents/{document_id}/clauses")
    def clauses(document_id: str) -> JSONResponse:
        return JSONResponse(clause_entries(assistant.document(document_id)))

    return router


def document_entry(document: Document) -> dict[str, Any]:
    """A document in the shape of `documents --json`."""
    record = document.record
    names = ("id", "title", "status", "issuer", "number", "meeting", "adopted", "published", "effective", "repealed")
    return {name: getattr(record, name) for name in names} | {
        "source": record.source,
        "clauses": sum(clause.kind == "clause" for clause in document.clauses),
        "url": f"/documents/{record.id}",
    }


def clause_entries(document: Document) -> list[dict[str, Any]]:
    """The pieces of a document in the shape of `clauses --json`."""
    return [
        {
            "clause_number": clause.number,
            "kind": clause.kind,
            "part": clause.part,
            "label": clause.label,
            "heading": clause.heading,
            "text": clause.text,
            "start": clause.start,
            "end": clause.end,
        }
        for clause in document.clauses
    ]


def problem(status: int, detail: str) -> JSONResponse:
    """An error as the API tells it."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse(body, status_code=status, media_type="application/problem+json")


def status_of(error: AssistantError) -> int:
    """The HTTP status that tells an error: the caller's (4xx) or the server's (5xx)."""
    if isinstance(error, UnknownDocument):
        return 404
    if isinstance(error, UsageError):
        return 422
    return 503 if isinstance(error, IndexBusy | IndexNotBuilt) else 500


def install_error_handlers(app: FastAPI) -> None:
    """Turn every error of our own routes into a problem, without a traceback."""

    @app.exception_handler(AssistantError)
    def _assistant_error(request: Request, error: AssistantError) -> JSONResponse:
        return problem(status_of(error), str(error))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return problem(422, f"{place}: {first['msg']}" if place else str(first["msg"]))

    @app.exception_handler(StarletteHTTPException)
    def _http_error(request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail))

    @app.exception_handler(Exception)
    def _failure(request: Request, error: Exception) -> JSONResponse:
        return problem(500, "the server could not complete the request; its log says more")
