"""The records of a run: what is written to `report.json`, read back for the HTML page and the next comparison."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from eval.errors import InvalidData

FORMAT = 1
"""Counted up when the shape of `report.json` changes."""

Unit = Literal["share", "ms", "characters", "score", "count"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured figure: its value with the ends of its 95 % interval, over `n` questions, and what is aimed for.

    `value` is None, and `n` 0, where no question of the run bears on it.
    """

    key: str
    label: str
    definition: str
    unit: Unit
    higher_is_better: bool
    headline: bool
    value: float | None
    low: float | None
    high: float | None
    n: int
    aim: float | None = None

    @property
    def aim_met(self) -> bool | None:
        """Whether the value reaches the aim; None where there is no aim or no value."""
        if self.aim is None or self.value is None:
            return None
        return self.value >= self.aim if self.higher_is_better else self.value <= self.aim


@dataclass(frozen=True, slots=True)
class Group:
    """The share that is right among the questions of one kind, audience, language or noise."""

    dimension: str
    name: str
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Answers whose confidence lies in [low, high): how many, their mean confidence, the share that is answerable."""

    low: float
    high: float
    count: int
    mean_predicted: float
    share_true: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document as the report shows it: where it stands, and its words."""

    place: str
    text: str
    marker: int = 0
    score: float | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as the report shows it."""

    status: str
    text: str
    citations: list[Passage] = field(default_factory=list)
    related: list[Passage] = field(default_factory=list)
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Item:
    """One question with its answer and everything measured on it.

    Attributes:
        labels: dimension (kind, audience, …) → the group the question belongs to.
        problems: what is not right, in words; empty if and only if `right`.
        gold: what is expected, (name, value) pairs in words.
        evidence: what retrieval finds first.
        error: the exception that asking ended in, empty where there was none.
        ratios: figure → (numerator, denominator); the figure is the ratio of the sums.
        samples: name → a number measured on the question (latency, length, confidence, …).
    """

    id: str
    question: str
    right: bool
    history: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    gold: list[tuple[str, str]] = field(default_factory=list)
    answer: GivenAnswer | None = None
    evidence: list[Passage] = field(default_factory=list)
    error: str = ""
    ratios: dict[str, tuple[float, float]] = field(default_factory=dict)
    samples: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SystemRun:
    """What one system scored; `without` names the part that the assistant was opened without, if it was."""

    name: str
    about: str
    figures: list[Figure]
    groups: list[Group]
    reliability: list[ReliabilityBin]
    items: list[Item]
    without: str = ""

    def figure(self, key: str) -> Figure | None:
        """The figure of that key, None if the suite has none."""
        return next((figure for figure in self.figures if figure.key == key), None)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed since an earlier run: questions now right and now wrong, and the figures of then."""

    against: str
    compared: int
    fixed: list[str]
    broken: list[str]
    figures: dict[str, float]


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run: the first of `systems` is the assistant, the others what it is compared with."""

    name: str
    suite: str
    about: str
    split: str
    started: str
    seconds: float
    sizes: dict[str, str]
    environment: dict[str, str]
    notes: list[str]
    systems: list[SystemRun]
    difference: Difference | None = None
    format: int = FORMAT

    @property
    def compared(self) -> list[SystemRun]:
        """The assistant and the other systems, those aside that are the assistant without a part."""
        return [system for system in self.systems if not system.without]

    @property
    def ours(self) -> SystemRun:
        """What the assistant scored."""
        return self.systems[0]


_ADAPTER = TypeAdapter(Run)


def to_json(run: Run) -> str:
    """The run as JSON text."""
    return json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n"


def read_run(path: Path) -> Run:
    """Read a `report.json`.

    Raises:
        InvalidData: the file cannot be read, or another version wrote it.
    """
    try:
        run = _ADAPTER.validate_json(path.read_bytes())
    except OSError as error:
        raise InvalidData(f"cannot read {path}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise InvalidData(
            f"{path} is not a report of this version ({where}: {first['msg']}); run the suite again"
        ) from None
    if run.format != FORMAT or not run.systems:
        raise InvalidData(
            f"{path} was written in format {run.format}, this program reads {FORMAT}; run the suite again"
        )
    return run
