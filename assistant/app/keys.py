"""API keys: ASGI middleware that asks programs for one, where the operator has set any.

It stands before /api, /v1 and /mcp. The pages need no key, nor does the route that they send feedback to.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from hashlib import sha256

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.app.problems import told

_DOORS = re.compile(r"/(api|v1|mcp)(/.*)?", re.DOTALL)
_OF_THE_PAGES = "/api/v1/feedback"
_DETAIL = "an API key is needed: send it as `Authorization: Bearer KEY` or as `X-API-Key: KEY`"


def is_door(path: str) -> bool:
    """Whether an address is one of the programs' doors."""
    return _DOORS.fullmatch(path) is not None


class KeyRing:
    """The keys that open the doors; without any, the doors are open.

    Args:
        keys: what counts as a key.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._digests = [_digest(key.encode("utf-8", "surrogateescape")) for key in keys]

    def __bool__(self) -> bool:
        return bool(self._digests)

    def holder(self, scope: Scope) -> str | None:
        """Who sent a request, if it brings one of the keys: a name that tells nothing of the key itself."""
        # Digests of equal length, all of them compared: the time taken tells nothing of a key or of how many there are.
        sent = _digest(_sent(Headers(scope=scope)))
        found = [place for place, digest in enumerate(self._digests) if secrets.compare_digest(sent, digest)]
        return f"key {found[0]}" if found else None


class ApiKeys:
    """Lets requests to the doors through that bring one of the keys.

    Args:
        app: the application behind.
        ring: the keys; at least one.
    """

    def __init__(self, app: ASGIApp, ring: KeyRing) -> None:
        self._app = app
        self._ring = ring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or not _is_guarded(scope["path"]) or self._ring.holder(scope) is not None:
            await self._app(scope, receive, send)
            return
        response = told(scope["path"], 401, _DETAIL, {"www-authenticate": "Bearer"})
        await response(scope, receive, send)


def _is_guarded(path: str) -> bool:
    return is_door(path) and path != _OF_THE_PAGES


def _sent(headers: Headers) -> bytes:
    """The key of a request, as the bytes that were sent: starlette reads them as Latin-1."""
    scheme, _, key = headers.get("authorization", "").partition(" ")
    key = key if scheme.lower() == "bearer" else headers.get("x-api-key", "")
    return key.strip(" ").encode("latin-1")


def _digest(key: bytes) -> bytes:
    return sha256(key).digest()
