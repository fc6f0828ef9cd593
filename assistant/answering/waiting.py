"""Whether anyone still waits for an answer: a door says when its caller has left, the work on the answer looks.

What is worked on in the context of a `threading.Event` ends, with `NobodyWaits`, at the next piece of a chat model's
reply once the event is set. The context goes along into worker threads, as `asyncio.to_thread` and anyio take it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar, copy_context

_gone: ContextVar[threading.Event | None] = ContextVar("gone", default=None)


class NobodyWaits(Exception):
    """Who asked has gone away; what was being worked out is of no use to anyone."""


@contextmanager
def until(gone: threading.Event) -> Iterator[None]:
    """Work that is begun here goes on until `gone` is set."""
    token = _gone.set(gone)
    try:
        yield
    finally:
        _gone.reset(token)


def context_until(gone: threading.Event) -> Context:
    """A copy of this context for work that goes on until `gone` is set."""
    context = copy_context()
    context.run(_gone.set, gone)
    return context


def given_up() -> threading.Event:
    """What is set once nobody waits; of work that nothing can call off, an event that never is."""
    return _gone.get() or threading.Event()
