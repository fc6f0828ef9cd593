"""What can be evaluated: anything that answers and searches as the assistant does. Asking it never aborts a run."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answering.cross_encoder import load_cross_encoder
from assistant.schema import Answer, Document, Evidence, Query

WARM_UP = "这份文件讲了什么？"


class Engine(Protocol):
    """The part of `assistant.pipeline.Assistant` that is evaluated."""

    def ask(self, query: Query) -> Answer:
        """Answer a query."""

    def search(self, query: str, top_k: int = 10, documents: Sequence[str] = ()) -> list[Evidence]:
        """The chunks that fit a query best, best first."""

    def documents(self) -> list[Document]:
        """All documents."""

    def document(self, document_id: str) -> Document:
        """One document; raises `UnknownDocument`."""


@dataclass(frozen=True, slots=True)
class System:
    """An engine under a name.

    `calibrated` is whether its confidences claim to be probabilities; `without` is the part that the assistant was
    opened without, empty for the assistant itself and for what it is compared with.
    """

    name: str
    about: str
    engine: Engine
    calibrated: bool = False
    without: str = ""

    def warm_up(self) -> None:
        """Ask once, so that what is loaded at first use is not counted in the first question's latency.

        What another system has read of the questions is forgotten: its time would be missing in this one's.
        """
        load_cross_encoder().forget()
        ask(self.engine, Query(WARM_UP))


@dataclass(frozen=True, slots=True)
class Reply:
    """What asking came to: an answer, or the exception in one line; and the wall-clock time in milliseconds."""

    answer: Answer | None
    latency_ms: float
    error: str = ""


def ask(engine: Engine, query: Query) -> Reply:
    """Ask, and take the time. An exception is a result, to be counted as a failure."""
    started = time.perf_counter()
    try:
        answer = engine.ask(query)
    except Exception as error:  # whatever it is, the questions after it are still to be asked
        return Reply(None, (time.perf_counter() - started) * 1000, one_line(error))
    return Reply(answer, (time.perf_counter() - started) * 1000)


def search(
    engine: Engine, question: str, top_k: int, documents: Sequence[str] = ()
) -> tuple[list[Evidence], float, str]:
    """Search: the evidence, the time in milliseconds, and the exception in one line (empty where there was none)."""
    started = time.perf_counter()
    try:
        found = engine.search(question, top_k, documents)
    except Exception as error:  # as in `ask`
        return [], (time.perf_counter() - started) * 1000, one_line(error)
    return found, (time.perf_counter() - started) * 1000, ""


def one_line(error: BaseException) -> str:
    """An exception in one line: its type and its message."""
    return " ".join(f"{type(error).__name__}: {error}".split())
