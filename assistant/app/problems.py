"""An error → the response that tells it: application/problem+json (RFC 9457), under /v1 the shape OpenAI uses.

At /mcp it is an error of JSON-RPC, which MCP's clients read whatever the status.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from assistant.answering.waiting import NobodyWaits
from assistant.errors import AssistantError, IndexBusy, IndexNotBuilt, UnknownDocument, UsageError

OPENAI_PREFIX = "/v1/"
MCP_PATH = "/mcp"
FAILURE = "the server could not complete the request; its log says more"

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_CLIENT_GONE = 499
"""What nginx calls a request whose client has left; nobody reads it."""
_OPENAI_CODES = {
    401: "invalid_api_key",
    404: "not_found",
    405: "method_not_allowed",
    413: "request_too_large",
    429: "rate_limit_exceeded",
}
_JSON_RPC_REFUSED, _JSON_RPC_FAILED = -32600, -32603
"""Codes of JSON-RPC 2.0, section 5.1: invalid request, internal error."""


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
    kind = "requests" if status == 429 else "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": param, "code": code or _OPENAI_CODES.get(status)}}


def told(path: str, status: int, detail: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error in the shape that the callers of an address understand.

    OpenAI knows no 422: what is wrong with a request is 400 there.
    """
    if path.rstrip("/") == MCP_PATH:
        error = {"code": _JSON_RPC_FAILED if status >= 500 else _JSON_RPC_REFUSED, "message": detail}
        return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, status_code=status, headers=headers)
    if f"{path}/".startswith(OPENAI_PREFIX):
        status = 400 if status == 422 else status
        return JSONResponse(openai_error_body(status, detail), status_code=status, headers=headers)
    return problem(status, detail, headers)


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

    @app.exception_handler(NobodyWaits)
    def _gone(request: Request, error: NobodyWaits) -> Response:
        return Response(status_code=_CLIENT_GONE)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            return told(request.url.path, 422, f"the request's body is no valid JSON: {first['ctx']['error']}")
        place = ".".join(str(part) for part in first["loc"] if part != "body")
        return told(request.url.path, 422, f"{place}: {first['msg']}" if place else str(first["msg"]))

    @app.exception_handler(StarletteHTTPException)
    def _http_error(request: Request, error: StarletteHTTPException) -> JSONResponse:
        return told(request.url.path, error.status_code, str(error.detail), error.headers)

    @app.exception_handler(Exception)
    def _failure(request: Request, error: Exception) -> JSONResponse:
        return told(request.url.path, 500, FAILURE)


def as_get(scope: Scope) -> Scope:
    """A HEAD request as the GET request that it asks the headers of; any other as it is."""
    return {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope


class NothingHere:
    """Answers what no route of the doors takes: 405 where the address takes other methods, else 404.

    Args:
        routes: the routes of the doors.
    """

    def __init__(self, routes: Sequence[BaseRoute]) -> None:
        self._routes = tuple(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        allowed = [method for method in _METHODS if self._takes({**scope, "method": method})]
        if allowed:
            reason = f"this address takes {' and '.join(allowed)}, not {scope['method']}"
            response = told(scope["path"], 405, reason, {"allow": ", ".join(allowed)})
        else:
            response = told(scope["path"], 404, "there is nothing at this address")
        await response(scope, receive, send)

    def _takes(self, scope: Scope) -> bool:
        scope = as_get(scope)
        return any(route.matches(scope)[0] == Match.FULL for route in self._routes)
