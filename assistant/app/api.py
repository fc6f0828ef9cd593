"""JSON routes under /api/v1: ask, search, documents, clauses. Every error is application/problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Header, Path, Response
from fastapi import Query as QueryParameter
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.answering.waiting import NobodyWaits
from assistant.app import sse
from assistant.app.api_models import (
    QUESTION_SCHEMA,
    AnswerBody,
    AskRequest,
    ClauseBody,
    DocumentBody,
    HitBody,
    problems,
)
from assistant.app.desk.questions import Record
from assistant.app.problems import FAILURE, problem_body
from assistant.app.question_threads import in_question_thread
from assistant.pipeline import search_rows
from assistant.schema import AnswerChunk, Document

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

_EVENTS = {
    "description": (
        'The answer. With `Accept: text/event-stream` it comes in events: `part` (`{"text": …}`, which add up to the'
        " answer's text), and last `answer` (the whole answer)."
    ),
    "content": {
        sse.MEDIA_TYPE: {
            "schema": sse.SCHEMA,
            "example": 'event: part\ndata: {"text": "…"}\n\nevent: answer\ndata: {"status": "answered", …}\n\n',
        }
    },
}


def build_router(assistant: Assistant, record: Record) -> APIRouter:
    """The routes over an assistant.

    Args:
        assistant: the assistant that answers.
        record: told of each question and its answer; it neither fails nor takes time.
    """
    router = APIRouter(prefix="/api/v1")
    _add_questions(router, assistant, record)
    _add_documents(router, assistant)
    return router


def _add_questions(router: APIRouter, assistant: Assistant, record: Record) -> None:
    @router.post(
        "/ask",
        tags=["Questions"],
        summary="Answer a question, at once or in events",
        response_model=AnswerBody,
        responses={200: _EVENTS, **problems(400, 404, 413, 415, 422)},
    )
    async def ask(request: AskRequest, accept: Annotated[str, Header(include_in_schema=False)] = "") -> Response:
        return await in_question_thread(answered, request, accept)

    def answered(request: AskRequest, accept: str) -> Response:
        if not sse.is_wanted(accept):
            answer = assistant.ask(request.to_query())
            record(request.question, answer)
            return JSONResponse(answer.to_dict(request.id))
        # The first piece is waited for, so that a question that cannot be answered is a problem and no broken stream.
        pieces = assistant.stream(request.to_query())
        first = next(pieces)
        return sse.response(_events(chain([first], pieces), request, record))

    @router.get(
        "/search",
        tags=["Questions"],
        summary="Find the passages that fit a question best, best first",
        response_model=list[HitBody],
        responses=problems(404, 422),
    )
    async def search(
        q: Annotated[
            str,
            QueryParameter(
                description="The question, or words.", examples=["康养旅游"], json_schema_extra=QUESTION_SCHEMA
            ),
        ],
        k: Annotated[int, QueryParameter(ge=1, le=100, description="How many passages, at most.")] = 10,
        documents: Annotated[
            Sequence[str], QueryParameter(max_length=1000, description="Ids of documents to search; none: all.")
        ] = (),
    ) -> JSONResponse:
        return JSONResponse(await in_question_thread(search_rows, assistant, q, k, tuple(documents)))


def _add_documents(router: APIRouter, assistant: Assistant) -> None:
    @router.get(
        "/documents",
        tags=["Documents"],
        summary="All documents",
        response_model=list[DocumentBody],
        responses=problems(),
    )
    def documents() -> JSONResponse:
        return JSONResponse([document_entry(document) for document in assistant.documents()])

    @router.get(
        "/documents/{document_id}",
        tags=["Documents"],
        summary="A document",
        response_model=DocumentBody,
        responses=problems(404),
    )
    def document(document_id: str) -> JSONResponse:
        return JSONResponse(document_entry(assistant.document(document_id)))

    @router.get(
        "/documents/{document_id}/clauses",
        tags=["Documents"],
        summary="The pieces of a document, in order",
        response_model=list[ClauseBody],
        responses=problems(404),
    )
    def clauses(document_id: str) -> JSONResponse:
        return JSONResponse([clause.to_dict() for clause in assistant.document(document_id).clauses])

    @router.get(
        "/documents/{document_id}/clauses/{number}",
        tags=["Documents"],
        summary="A clause by its number",
        response_model=ClauseBody,
        responses=problems(404, 422),
    )
    def clause(document_id: str, number: Annotated[int, Path(ge=1, examples=[11])]) -> JSONResponse:
        found = [clause for clause in assistant.document(document_id).clauses if clause.number == number]
        if not found:
            raise HTTPException(404, f"document {document_id} has no clause {number}")
        return JSONResponse(found[0].to_dict())


def _events(pieces: Iterator[AnswerChunk], request: AskRequest, record: Record) -> Generator[str]:
    try:
        for piece in pieces:
            if piece.text:
                yield sse.event({"text": piece.text}, "part")
            if piece.answer is not None:
                record(request.question, piece.answer)
                yield sse.event(piece.answer.to_dict(request.id), "answer")
    except NobodyWaits:
        return
    except Exception:
        logger.exception("a stream broke off")
        yield sse.event(problem_body(500, FAILURE), "error")


def document_entry(document: Document) -> dict[str, Any]:
    """A document as `documents --json` gives it, and where it can be read."""
    return document.to_dict() | {"url": f"/documents/{document.id}"}
