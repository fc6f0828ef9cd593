"""API keys: ASGI middleware that asks programs for one, where the operator has set any.

It stands before /api and /v1. The pages need no key, nor does the route that they send feedback to.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.app.problems import told

_GUARDED = re.compile(r"/(api|v1)(/.*)?", re.DOTALL)
_OF_THE_PAGES = "/api/v1/feedback"
_DETAIL = "an API key is needed: send it as `Authorization: Bearer KEY` or as `X-API-Key: KEY`"


def parse_keys(setting: str) -> tuple[str, ...]:
    """The keys of a comma-separated setting."""
    return tuple(key for key in map(str.strip, setting.split(",")) if key)


class ApiKeys:
    """Lets requests to the APIs through that bring one of the keys.

    Args:
        app: the application behind.
        keys: what counts as a key; at least one.
    """

    def __init__(self, app: ASGIApp, keys: Sequence[str]) -> None:
        self._app = app
        self._digests = [_digest(key.encode("utf-8", "surrogateescape")) for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or not _is_guarded(scope["path"]) or self._is_known(_sent(Headers(scope=scope))):
            await self._app(scope, receive, send)
            return
        response = told(scope["path"], 401, _DETAIL, {"www-authenticate": "Bearer"})
        await response(scope, receive, send)

    def _is_known(self, key: bytes) -> bool:
        # Digests of equal length, all of them compared: the time taken tells nothing of a key or of how many there are.
        sent = _digest(key)
        return sum([secrets.compare_digest(sent, digest) for digest in self._digests]) > 0


def _is_guarded(path: str) -> bool:
    return _GUARDED.fullmatch(path) is not None and path != _OF_THE_PAGES


def _sent(headers: Headers) -> bytes:
    """The key of a request, as the bytes that were sent: starlette reads them as Latin-1."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    key = key if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    return key.strip(" ").encode("latin-1")


def _digest(key: bytes) -> bytes:
    return sha256(key).digest()
