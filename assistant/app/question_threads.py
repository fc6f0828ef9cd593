"""The threads on which questions are answered, apart from those of all other routes.

An answer may wait for a chat model for a minute. As many questions as there are threads may wait so, and documents, the
desk and `/healthz` are served all the same.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator
from typing import TypeVar

import anyio
from anyio.lowlevel import RunVar

MOST_AT_ONCE = 40
"""Questions under way at the doors; others wait for their turn."""

_Result = TypeVar("_Result")
_limiter: RunVar[anyio.CapacityLimiter] = RunVar("question_threads")
_END = object()


async def in_question_thread(work: Callable[..., _Result], *arguments: object, abandon: bool = False) -> _Result:
    """What `work(*arguments)` gives, once one of the threads is free.

    Args:
        work: a function that may block.
        arguments: for the function.
        abandon: whether it is left to itself when its caller is called off, and not waited for.
    """
    try:
        limiter = _limiter.get()
    except LookupError:  # an event loop has its own
        limiter = anyio.CapacityLimiter(MOST_AT_ONCE)
        _limiter.set(limiter)
    return await anyio.to_thread.run_sync(work, *arguments, limiter=limiter, abandon_on_cancel=abandon)


async def iterate(items: Iterator[_Result]) -> AsyncGenerator[_Result]:
    """The items, each worked out on one of the threads."""
    while (item := await in_question_thread(next, items, _END)) is not _END:
        yield item
