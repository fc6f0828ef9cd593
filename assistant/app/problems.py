"""An error → the response that tells it: application/problem+json (RFC 9457), and under /v1 the shape OpenAI uses."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from assistant.errors import AssistantError, IndexBusy, IndexNotBuilt, UnknownDocument, UsageError

OPENAI_PREFIX = "/v1/"
FAILURE = "the server could not complete the request; its log says more"

_OPENAI_CODES = {401: "invalid_api_key", 404: "not_found", 405: "method_not_allowed", 413: "request_too_large"}


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error as the API under /api tells it."""
    return JSONResponse(
        problem_body(status, detail), status_code=status, headers=headers, media_type="application/problem+json"
    )


def problem_body(status: int, detail: str) -> dict[str, Any]:
    """The members of a problem."""
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def openai_error_body(status: int, message: str, *, param: str | None = None, code: str | None = None) -> Any:
    """An error as OpenAI's clients read it."""
    kind = "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code or _OPENAI_CODES.get(status)}}


def told(path: str, status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error in the shape that the callers of an address understand.

    OpenAI knows no 422: what is wrong with a request is 400 there.
    """
    if not path.startswith(OPENAI_PREFIX):
        return problem(status, detail, headers)
    status = 400 if status == 422 else status
    return JSONResponse(openai_error_body(status, detail), status_code=status, headers=headers)


def status_of(error: AssistantError) -> int:
    """The HTTP status that tells an error: the caller's (4xx) or the server's (5xx)."""
    if isinstance(error, UnknownDocument):
        return 404
    if isinstance(error, UsageError):
        return 422
    return 503 if isinstance(error, IndexBusy | IndexNotBuilt) else 500


def install_error_handlers(app: FastAPI) -> None:
    """Turn every error of our own routes into a response of the right shape, without a traceback."""

    @app.exception_handler(AssistantError)
    def _assistant_error(request: Request, error: AssistantError) -> JSONResponse:
        return told(request.url.path, status_of(error), str(error))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return told(request.url.path, 422, f"{place}: {first['msg']}" if place else str(first["msg"]))

    @app.exception_handler(StarletteHTTPException)
    def _http_error(request: Request, error: StarletteHTTPException) -> JSONResponse:
        return told(request.url.path, error.status_code, str(error.detail), error.headers)

    @app.exception_handler(Exception)
    def _failure(request: Request, error: Exception) -> JSONResponse:
        return told(request.url.path, 500, FAILURE)
