"""Server-sent events (WHATWG HTML, section 9.2): pieces of an answer → a response that streams them."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import anyio
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from assistant.app.question_threads import iterate

MEDIA_TYPE = "text/event-stream"
SCHEMA = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}
"""What OpenAPI says of one event."""
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
"""Neither stored nor held back by a proxy on the way."""


def event(data: Any, name: str = "") -> str:
    """One event. JSON escapes line breaks, so its data is always one line."""
    body = json.dumps(data, ensure_ascii=False)
    # U+2028 and the like are no line breaks to an event stream, but some readers split lines there.
    body = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
    return f"event: {name}\ndata: {body}\n\n" if name else f"data: {body}\n\n"


def response(events: Generator[str]) -> StreamingResponse:
    """The events as they come. The generator runs on the threads of questions; it is closed when a client goes away."""
    return _EventStream(events)


class _EventStream(StreamingResponse):
    def __init__(self, events: Generator[str]) -> None:
        encoded = (text.encode("utf-8", "replace") for text in events)
        super().__init__(iterate(encoded), media_type=MEDIA_TYPE, headers=_HEADERS)
        self._events = events

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            # What still works on an answer that no one waits for ends now, and not when it is garbage.
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._events.close)


def is_wanted(accept: str) -> bool:
    """Whether an Accept header asks for events."""
    return any(entry.partition(";")[0].strip().lower() == MEDIA_TYPE for entry in accept.split(","))
