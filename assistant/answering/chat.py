"""A prompt → the reply of a chat model, as it comes. One way to say that the model is away, whatever went wrong.

A model that fails again and again is left alone for a while, so that nobody waits for what will not come.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from contextvars import copy_context
from typing import TYPE_CHECKING, cast

from assistant.answering.waiting import NobodyWaits, given_up

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

LONGEST_REPLY = 6000
"""Characters of a reply that are read; a model that repeats itself without end is cut off there."""
LOOK_SECONDS = 0.1
"""How long a silent model is waited for before it is looked whether anyone still waits."""

logger = logging.getLogger(__name__)


class ModelAway(Exception):
    """The chat model cannot be asked now; the answer is given without it."""


class Breaker:
    """Leaves a model alone for a while after it has failed several times in a row."""

    def __init__(
        self, failures: int = 3, rest_seconds: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._rest, self._clock = failures, rest_seconds, clock
        self._failures = 0
        self._until = 0.0
        self._lock = threading.Lock()

    def admit(self) -> bool:
        """Whether the model may be asked now. After a rest one call tries it; until that succeeds the rest goes on."""
        with self._lock:
            if self._failures < self._most:
                return True
            now = self._clock()
            if now < self._until:
                return False
            self._until = now + self._rest
            return True

    def record(self, succeeded: bool) -> None:
        """Count a call; after a rest, one more failure begins the next rest."""
        with self._lock:
            self._failures = 0 if succeeded else self._failures + 1
            if self._failures >= self._most:
                self._until = self._clock() + self._rest


class Chat:
    """A chat model that may fail. Safe for use from several threads."""

    def __init__(self, model: BaseChatModel, timeout_s: float, breaker: Breaker | None = None) -> None:
        """Take a model.

        Args:
            model: is asked.
            timeout_s: seconds that a whole reply may take, whatever is tried again meanwhile.
            breaker: counts failures.
        """
        self._model = model
        self._timeout_s = timeout_s
        self._breaker = breaker or Breaker()

    def reply(self, prompt: list[tuple[str, str]]) -> Generator[str]:
        """The reply to messages (role, text), in pieces as they come; LONGEST_REPLY characters of it at most.

        Raises:
            ModelAway: the model failed, before its first piece or between two, or is being left alone because it has.
            NobodyWaits: who asked has gone away.
        """
        if not self._breaker.admit():
            raise ModelAway("the chat model has failed repeatedly and is left alone for a while")
        came = False
        try:
            with closing(self._pieces(prompt)) as pieces:
                for piece in pieces:
                    came = True
                    yield piece
        except (GeneratorExit, NobodyWaits):  # who reads has had enough of a model that works
            if came:
                self._breaker.record(True)
            raise
        except Exception as error:  # Each provider fails in its own ways; to the reader all are alike.
            self._breaker.record(False)
            # The message may quote the request with its key; the kind of error is enough.
            logger.warning("the chat model failed: %s", type(error).__name__)
            raise ModelAway(type(error).__name__) from error
        self._breaker.record(True)

    def _pieces(self, prompt: list[tuple[str, str]]) -> Generator[str]:
        gone = given_up()
        if gone.is_set():
            raise NobodyWaits
        deadline = time.monotonic() + self._timeout_s
        come: queue.Queue[str | Exception | None] = queue.Queue()
        left = threading.Event()
        # The client waits for the server without end, as long as that sends signs of life or is asked again: who reads
        # waits for a thread, which can be left.
        reading = (self._read, prompt, come, left)
        threading.Thread(target=copy_context().run, args=reading, name="chat", daemon=True).start()
        try:
            while True:
                if gone.is_set():
                    raise NobodyWaits
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    raise TimeoutError("the reply takes too long")
                try:
                    piece = come.get(timeout=min(LOOK_SECONDS, remaining))
                except queue.Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            left.set()

    def _read(
        self, prompt: list[tuple[str, str]], come: queue.Queue[str | Exception | None], left: threading.Event
    ) -> None:
        """Put the pieces of a reply into a queue, and at the end None, or what the model failed with."""
        length = 0
        try:
            # Closed as soon as it is seen that nobody reads: the server of the model then stops, too.
            with closing(cast("Generator[AIMessageChunk]", self._model.stream(prompt))) as chunks:
                for chunk in chunks:
                    text = str(chunk.text)[: LONGEST_REPLY - length]
                    length += len(text)
                    come.put(text)
                    if left.is_set() or length >= LONGEST_REPLY:
                        break
            come.put(None)
        except Exception as error:  # raised again where the reply is read
            come.put(error)
