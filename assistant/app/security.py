"""What stands between the network and the app: response headers, and a gate in front of Gradio's many routes."""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.app.keys import is_door
from assistant.app.problems import told

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes of a request's body; the browser's copy of a conversation travels with each question."""

LARGEST_AT_UPLOADS = 256 * 1024 * 1024
"""Bytes of a body at UPLOADS: how large an upload may be, the desk tells, to staff and in their language."""
UPLOADS = "/desk/documents/upload"
"""Files are sent here, or below."""

_JSON = re.compile(rb"application/(?:[\w.+-]+\+)?json\s*(?:;|$)", re.IGNORECASE)

OURS = re.compile(r"/(healthz|favicon\.ico|documents(/.*)?|desk(/.*)?|language/.*|api(/.*)?|v1(/.*)?|mcp/?|ui/.*)")
"""Paths that Gradio never sees."""

GRADIO_PAGES = {"/": "zh", "/en/": "en"}
"""Paths of the chat pages, and the language of each."""

# What the chat page asks of Gradio. Everything else that Gradio offers (uploads, files of the server, a proxy, code
# editing, monitoring, generated API documents) stays closed.
_GRADIO_ALLOWED = {
    "GET": re.compile(
        r"(/en)?/(assets/.+|static/.+|theme\.css|config|app_id"
        r"|gradio_api/(startup-events|heartbeat/[^/]+|queue/data|info|app_id))?"
    ),
    "POST": re.compile(r"(/en)?/gradio_api/(queue/join|cancel|reset)/?"),
}
_GRADIO_ALLOWED["HEAD"] = _GRADIO_ALLOWED["GET"]

_EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_COMMON_POLICY = "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
DOCUMENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    + _COMMON_POLICY
)
# Gradio writes style attributes and elements; its scripts run without 'unsafe-inline' and 'unsafe-eval'.
_CHAT_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " + _COMMON_POLICY
)

Rewrite = Callable[[str, str, str], str]
"""(page as Gradio sends it, its language, the nonce for its scripts) → page as it is sent."""


class Guard:
    """ASGI middleware: closes Gradio's unused routes, sets headers, rewrites the chat page's HTML.

    Args:
        app: the application behind.
        rewrite: given the chat page's HTML, what to send instead.
    """

    def __init__(self, app: ASGIApp, rewrite: Rewrite) -> None:
        self._app = app
        self._rewrite = rewrite

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = _refusal(scope)
        if refusal is not None:
            response = told(scope["path"], *refusal)
            await response(scope, receive, with_headers(send, DOCUMENT_POLICY))
            return
        language = GRADIO_PAGES.get(scope["path"])
        if language is None:
            await self._app(scope, receive, with_headers(send, DOCUMENT_POLICY))
            return
        nonce = secrets.token_urlsafe(16)
        policy = _CHAT_POLICY.format(nonce=nonce)
        scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        rewriting = _Rewriting(with_headers(send, policy), lambda html: self._rewrite(html, language, nonce))
        await self._app(scope, receive, rewriting)


class _Rewriting:
    """A `send` that holds an HTML body back until it is whole, and sends what a function makes of it."""

    def __init__(self, send: Send, change: Callable[[str], str]) -> None:
        self._send = send
        self._change = change
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            if headers.get("content-type", "").startswith("text/html") and message["status"] == 200:
                self._start = message
                return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        body = self._change(self._body.decode()).encode() if self._body else b""
        headers = MutableHeaders(raw=self._start["headers"])
        if body:
            headers["content-length"] = str(len(body))
        headers["cache-control"] = "no-store"
        headers["vary"] = "Accept-Language, Cookie"
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def is_own_origin(origin: str, host: str) -> bool:
    """Whether an Origin, which a browser sends of the page that asks, is the site that the Host names."""
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False


def with_headers(send: Send, policy: str) -> Callable[[Message], Awaitable[None]]:
    """A `send` that adds the security headers to the response."""

    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            for name, value in _EVERYWHERE.items():
                headers[name] = value
            headers.setdefault("content-security-policy", policy)
        await send(message)

    return wrapped


def _refusal(scope: Scope) -> tuple[int, str] | None:
    """Status and reason if the request goes no further."""
    headers: Mapping[bytes, bytes] = dict(scope["headers"])
    method, path = scope["method"], scope["path"]
    if method in ("POST", "PUT", "PATCH") or b"transfer-encoding" in headers:
        length = headers.get(b"content-length", b"")
        if not length.isdigit():
            return 411, "the request needs a Content-Length"
        largest = LARGEST_AT_UPLOADS if path == UPLOADS or path.startswith(UPLOADS + "/") else LARGEST_BODY
        if len(length) > 12 or int(length) > largest:
            return 413, f"the request is larger than {largest // 1024} KiB"
        if is_door(path) and int(length) and not _JSON.match(headers.get(b"content-type", b"")):
            return 415, "send the request as JSON, with Content-Type: application/json"
    if OURS.fullmatch(path) or path == "/en":
        return None
    allowed = _GRADIO_ALLOWED.get(method)
    if allowed is None or not allowed.fullmatch(path):
        return 404, "there is nothing at this address"
    return None
