"""The assistant without one part at a time → what each part is worth, on the same questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from assistant.config import Settings
from assistant.pipeline import Parts, open_assistant
from eval import charts
from eval.metrics.intervals import Estimate, ratio
from eval.results import Figure, Run, SystemRun
from eval.systems import System

_LEAST = 0.005
"""Change of a figure, as a share or a score, below which it is not named as one that moves."""


def ablations(settings: Settings) -> Iterator[System]:
    """The assistant without each of its parts, opened one after the other.

    Raises:
        AssistantError: the index cannot be opened.
    """
    for part in fields(Parts):
        name = part.name.replace("_", " ")
        engine = open_assistant(settings, parts=replace(Parts(), **{part.name: False}))
        yield System(f"ours, no {name}", str(part.metadata["about"]), engine, without=name)


@dataclass(frozen=True, slots=True)
class Worth:
    """What becomes of the answers without a part.

    Attributes:
        part: its name.
        about: what happens without it.
        right: share of the questions that are right without it.
        change: of that share, against the whole assistant, with its interval over the same questions.
        lost: how many questions are right only with it.
        won: how many are right only without it.
        moved: figures of shares and scores that change, most first, with the change in words.
    """

    part: str
    about: str
    right: float
    change: Estimate
    lost: int
    won: int
    moved: list[tuple[Figure, str]]

    @property
    def change_words(self) -> str:
        """The change in percentage points."""
        return _points(self.change.value)

    @property
    def interval(self) -> str:
        """The ends of its interval, in percentage points."""
        return f"{_points(self.change.low)} … {_points(self.change.high)}"

    @property
    def verdict(self) -> str:
        """`worse` or `better` without the part, where the interval leaves no doubt; else `same`."""
        return "worse" if self.change.high < 0 else "better" if self.change.low > 0 else "same"


def worths(run: Run) -> list[Worth]:
    """What each part that a run went without is worth, the most valuable first; empty where there was no such part."""
    return sorted((_worth(run.ours, system) for system in run.systems if system.without), key=lambda w: w.change.value)


def _worth(ours: SystemRun, system: SystemRun) -> Worth:
    before = {item.id: item.right for item in ours.items}
    pairs = [(before[item.id], item.right) for item in system.items]
    differences = [float(after) - float(with_part) for with_part, after in pairs]
    return Worth(
        part=system.without,
        about=system.about,
        right=sum(after for _, after in pairs) / len(pairs),
        change=ratio(differences, [1.0] * len(pairs)) if any(differences) else Estimate(0.0, 0.0, 0.0),
        lost=sum(with_part and not after for with_part, after in pairs),
        won=sum(after and not with_part for with_part, after in pairs),
        moved=_moved(ours, system),
    )


def _moved(ours: SystemRun, system: SystemRun) -> list[tuple[Figure, str]]:
    found = []
    for figure in ours.figures:
        if figure.key == "fully_right":  # what the change itself says
            continue
        other = system.figure(figure.key)
        if other is None or figure.value is None or other.value is None or figure.unit not in ("share", "score"):
            continue
        change = abs(other.value - figure.value)
        if change >= _LEAST:
            found.append((change, figure, charts.change(other, figure.value)[0]))
    found.sort(key=lambda entry: -entry[0])
    return [(figure, words) for _, figure, words in found]


def _points(share: float) -> str:
    """A difference of shares in percentage points, without a sign before nothing."""
    words = f"{100 * share:+.1f}"
    return words if float(words) else "0.0"
