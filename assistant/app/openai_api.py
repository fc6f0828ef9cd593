"""The routes of OpenAI's API under /v1: chat completions and models, over the same assistant.

Beside OpenAI's own fields a completion has `status`, `citations`, `related`, `language` and `confidence`, in the shape
of /api/v1/ask; a stream brings them with the chunk that ends it. A refusal is an ordinary message.
"""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from assistant.answering.waiting import NobodyWaits
from assistant.app import sse
from assistant.app.chat_requests import ChatRequest
from assistant.app.desk.questions import Record
from assistant.app.problems import FAILURE, openai_error_body
from assistant.app.question_threads import in_question_thread
from assistant.pipeline.tokens import token_counter
from assistant.schema import Answer, AnswerChunk

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

MODEL = "policy-assistant"
_MODEL_ENTRY = {"id": MODEL, "object": "model", "created": 0, "owned_by": "policy-assistant"}
_EXTENSIONS = ("status", "language", "citations", "related", "confidence")
_ERROR_SCHEMA = {
    "type": "object",
    "properties": {"error": {"type": "object", "required": ["message", "type", "param", "code"]}},
    "required": ["error"],
}
_ERROR_CONTENT = {"application/json": {"schema": _ERROR_SCHEMA}}
_ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"description": "The request is not answered; `error.message` says why.", "content": _ERROR_CONTENT},
    "5XX": {"description": "The server could not answer.", "content": _ERROR_CONTENT},
}
_EVENTS: dict[str, Any] = {
    "description": "The completion; with `stream`, its chunks as server-sent events, and last `data: [DONE]`.",
    "content": {sse.MEDIA_TYPE: {"schema": sse.SCHEMA}},
}


def build_router(assistant: Assistant, record: Record) -> APIRouter:
    """The routes over an assistant.

    Args:
        assistant: the assistant that answers.
        record: told of each question and its answer; it neither fails nor takes time.
    """
    router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
    count_tokens = token_counter(assistant)

    @router.post(
        "/chat/completions",
        summary="Answer the last user message of a conversation",
        responses={200: _EVENTS, **_ERRORS},
    )
    async def chat_completions(request: ChatRequest) -> Response:
        return await in_question_thread(completed, request)

    def completed(request: ChatRequest) -> Response:
        head = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}
        if nothing := request.nothing_asked():
            if not request.stream:
                return JSONResponse(completion(head, nothing, usage_of(request, nothing.text, count_tokens)))
            only = iter([AnswerChunk(nothing.text, nothing)])
            return sse.response(_whole(_events(head, only, request, count_tokens)))
        query = request.to_query()
        if not request.stream:
            answer = assistant.ask(query)
            record(query.question, answer)
            return JSONResponse(completion(head, answer, usage_of(request, answer.text, count_tokens)))
        # The first piece is waited for, so that a question that cannot be answered is an error and no broken stream.
        pieces = assistant.stream(query)
        first = next(pieces)
        recorded = _recorded(chain([first], pieces), query.question, record)
        return sse.response(_whole(_events(head, recorded, request, count_tokens)))

    @router.get("/models", summary="The models: one, this assistant", responses=_ERRORS)
    def models() -> JSONResponse:
        return JSONResponse({"object": "list", "data": [_MODEL_ENTRY]})

    @router.get("/models/{model}", summary="A model", responses=_ERRORS)
    def model(model: str) -> JSONResponse:
        if model != MODEL:
            message = f"there is no model {model[:100]!r}; the model here is {MODEL!r}"
            return JSONResponse(openai_error_body(404, message, param="model", code="model_not_found"), status_code=404)
        return JSONResponse(_MODEL_ENTRY)

    return router


def _recorded(pieces: Iterator[AnswerChunk], question: str, record: Record) -> Iterator[AnswerChunk]:
    """The pieces, unchanged; the whole answer among them is told to `record`."""
    for piece in pieces:
        if piece.answer is not None:
            record(question, piece.answer)
        yield piece


def completion(head: dict[str, Any], answer: Answer, usage: dict[str, int]) -> dict[str, Any]:
    """An answer as a chat completion."""
    message = {"role": "assistant", "content": answer.text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**head, "object": "chat.completion", "choices": [choice], "usage": usage, **extensions(answer)}


def extensions(answer: Answer) -> dict[str, Any]:
    """What an answer says beyond OpenAI's fields."""
    told = answer.to_dict()
    return {name: told[name] for name in _EXTENSIONS}


def usage_of(request: ChatRequest, text: str, count_tokens: Callable[[str], int]) -> dict[str, int]:
    """The tokens of the messages' texts and of the answer's text."""
    asked = sum(count_tokens(message.text) for message in request.messages)
    answered = count_tokens(text)
    return {"prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered}


def _events(
    head: dict[str, Any], pieces: Iterator[AnswerChunk], request: ChatRequest, count_tokens: Callable[[str], int]
) -> Generator[str]:
    def chunk(delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return sse.event({**head, "object": "chat.completion.chunk", "choices": [choice], **more})

    yield chunk({"role": "assistant", "content": ""})
    whole = AnswerChunk()
    for piece in pieces:
        whole = whole + piece
        if piece.text:
            yield chunk({"content": piece.text})
    yield chunk({}, "stop", **(extensions(whole.answer) if whole.answer else {}))
    if request.wants_usage:
        usage = usage_of(request, whole.text, count_tokens)
        yield sse.event({**head, "object": "chat.completion.chunk", "choices": [], "usage": usage})


def _whole(events: Iterator[str]) -> Generator[str]:
    """The events and the mark that they are all; a failure under way is told as the last event instead."""
    try:
        yield from events
        yield "data: [DONE]\n\n"
    except NobodyWaits:
        return
    except Exception:
        logger.exception("a stream broke off")
        yield sse.event(openai_error_body(500, FAILURE))
