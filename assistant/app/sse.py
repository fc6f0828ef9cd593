"""Server-sent events (WHATWG HTML, section 9.2): pieces of an answer → a response that streams them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fastapi.responses import StreamingResponse

MEDIA_TYPE = "text/event-stream"
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
"""Neither stored nor held back by a proxy on the way."""


def event(data: Any, name: str = "") -> str:
    """One event. JSON escapes line breaks, so its data is always one line."""
    body = json.dumps(data, ensure_ascii=False)
    # U+2028 and the like are no line breaks to an event stream, but some readers split lines there.
    body = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")
    return f"event: {name}\ndata: {body}\n\n" if name else f"data: {body}\n\n"


def response(events: Iterator[str]) -> StreamingResponse:
    """The events as they come. The iterator runs in a worker thread."""
    encoded = (text.encode("utf-8", "replace") for text in events)
    return StreamingResponse(encoded, media_type=MEDIA_TYPE, headers=_HEADERS)


def is_wanted(accept: str) -> bool:
    """Whether an Accept header asks for events."""
    return any(entry.partition(";")[0].strip().lower() == MEDIA_TYPE for entry in accept.split(","))
