"""A prompt → the reply of a chat model, as it comes. One way to say that the model is away, whatever went wrong.

A model that fails again and again is left alone for a while, so that nobody waits for what will not come.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TYPE_CHECKING, cast

from assistant.answering.waiting import NobodyWaits, given_up

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

LONGEST_REPLY = 6000
"""Characters of a reply that are read; a model that repeats itself without end is cut off there."""

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

    def __init__(
        self, open_model: Callable[[], BaseChatModel], timeout_s: float, breaker: Breaker | None = None
    ) -> None:
        """Remember how to make the model; it is made at the first reply.

        Args:
            open_model: makes it.
            timeout_s: seconds that a whole reply may take.
            breaker: counts failures.
        """
        self._open_model = open_model
        self._timeout_s = timeout_s
        self._breaker = breaker or Breaker()
        self._model: BaseChatModel | None = None
        self._lock = threading.Lock()

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
        with self._lock:
            if self._model is None:
                self._model = self._open_model()
        deadline = time.monotonic() + self._timeout_s
        length = 0
        # Closed at once when it is left early: the server of the model then stops, too.
        with closing(cast("Generator[AIMessageChunk]", self._model.stream(prompt))) as chunks:
            for chunk in chunks:
                if gone.is_set():
                    raise NobodyWaits
                text = str(chunk.text)[: LONGEST_REPLY - length]
                length += len(text)
                yield text
                if length >= LONGEST_REPLY:
                    return
                if time.monotonic() > deadline:
                    # The client limits the wait for each piece; pieces that trickle in are limited here.
                    raise TimeoutError("the reply takes too long")
