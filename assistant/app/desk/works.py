"""What takes a while at the desk → works, done one after another on a thread of their own, and how far each is."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.app.desk.audit import Action
from assistant.errors import AssistantError

logger = logging.getLogger(__name__)

SHOWN_SECONDS = 600.0
"""How long a work that has ended is still shown."""
MOST_WORKS = 200

State = Literal["waiting", "running", "done", "failed"]
Report = Callable[[int, int], None]
"""Told (done, of how many) as a work goes on."""


@dataclass(frozen=True, slots=True)
class Work:
    """A work as it stands.

    Attributes:
        number: counts the works.
        action: what is done.
        key: what it is done to: no two works of one key are under way at a time.
        title: the document's title, to be shown.
        state: whether it waits, runs, is done, or has failed.
        done: how much is done of `total`; both 0 where that is not known.
        document: id of the document, once it is published.
        error: why it failed.
        ended: when, by the monotonic clock.
    """

    number: int
    action: Action
    key: str
    title: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    document: str = ""
    error: Exception | None = None
    ended: float = field(default=0.0, compare=False)

    @property
    def under_way(self) -> bool:
        """Whether it has not ended."""
        return self.state in ("waiting", "running")


class Works:
    """The works of a desk. Safe for use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._works: dict[int, Work] = {}
        self._futures: dict[int, Future[None]] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk-work")

    def start(self, action: Action, key: str, title: str, run: Callable[[Report], str]) -> int | None:
        """Begin a work, as soon as those before it have ended.

        Args:
            action: what is done.
            key: what it is done to.
            title: the document's title, to be shown.
            run: does it; gives the id of the document.

        Returns:
            The work's number; None where one of this key is under way, or too many wait.
        """
        with self._lock:
            under_way = [work for work in self._works.values() if work.under_way]
            if len(under_way) >= MOST_WORKS or any(work.key == key for work in under_way):
                return None
            number = next(self._numbers)
            self._works[number] = Work(number, action, key, title)
            self._futures[number] = self._thread.submit(self._run, number, run)
        return number

    def wait(self, number: int, seconds: float) -> None:
        """Wait for a work to end, but no longer than so many seconds."""
        with self._lock:
            future = self._futures.get(number)
        if future is not None:
            wait([future], seconds)

    def shown(self) -> list[Work]:
        """The works under way and those that ended a short while ago, newest first."""
        oldest = time.monotonic() - SHOWN_SECONDS
        with self._lock:
            kept = {number: work for number, work in self._works.items() if work.under_way or work.ended > oldest}
            self._works = kept
            self._futures = {number: future for number, future in self._futures.items() if number in kept}
            return list(kept.values())[::-1]

    def is_under_way(self, key: str) -> bool:
        """Whether a work of this key has not ended."""
        with self._lock:
            return any(work.key == key and work.under_way for work in self._works.values())

    def _run(self, number: int, run: Callable[[Report], str]) -> None:
        self._change(number, state="running")
        try:
            document = run(lambda done, total: self._change(number, done=done, total=total))
        except AssistantError as error:
            logger.error("a work of the desk was not done: %s", error)
            self._change(number, state="failed", error=error, ended=time.monotonic())
        except Exception as error:  # Whatever it is, the works after this one must go on, and staff must hear of it.
            logger.exception("a work of the desk failed")
            self._change(number, state="failed", error=error, ended=time.monotonic())
        else:
            self._change(number, state="done", document=document, ended=time.monotonic())

    def _change(self, number: int, **changes: object) -> None:
        with self._lock:
            self._works[number] = replace(self._works[number], **changes)  # type: ignore[arg-type]
