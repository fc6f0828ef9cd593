"""What a suite is: it prepares cases, and each case, measured on a system, gives an item."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.config import Settings
from eval.figures import Spec
from eval.results import Item
from eval.systems import System
from eval.typos import Sort

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, of how many)."""

T = TypeVar("T")

SEED = 20200730
"""Of every random choice: the same options choose the same questions and documents."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for.

    Attributes:
        data: folder of the data set; suites that ship theirs do not need it.
        split: `dev` or `test`, where the suite has both.
        limit: at most that many questions (of each sort), chosen evenly or at random with a fixed seed; None takes all.
        corpus_limit: besides the documents that hold an answer, at most that many others; None takes the suite's
            default, 0 or less takes all.
        cache: folder of the indexes over public sets, kept between runs.
        ingest: whether a document that the suite needs is ingested where the index lacks it.
        typos: what to misspell in each question, where the suite knows how; None for nothing.
    """

    cache: Path
    data: Path | None = None
    split: str = "test"
    limit: int | None = None
    corpus_limit: int | None = None
    ingest: bool = True
    typos: Sort | None = None


class Case(Protocol):
    """One question, ready to be measured."""

    def measure(self, system: System) -> Item:
        """Ask the system and judge what it says."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a suite hands to the runner: which index to open, what to measure on it, and what to say about it."""

    settings: Settings
    specs: tuple[Spec, ...]
    cases: Sequence[Case]
    sizes: dict[str, str]
    notes: list[str] = field(default_factory=list)


class Suite(Protocol):
    """A question set with its figures."""

    @property
    def name(self) -> str:
        """What the command line calls it."""

    @property
    def about(self) -> str:
        """What it measures, in one line."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The labels by which results are broken down."""

    @property
    def splits(self) -> tuple[str, ...]:
        """The splits it has; empty if it has none."""

    @property
    def specs(self) -> tuple[Spec, ...]:
        """The figures it gives."""

    def prepare(self, options: Options, settings: Settings, progress: Progress) -> Prepared:
        """Read the data and see that the documents are ingested."""


def evenly(items: Sequence[T], limit: int | None) -> list[T]:
    """At most `limit` items, spread evenly over the list, so that every part of it is represented."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[index * len(items) // limit] for index in range(limit)]
