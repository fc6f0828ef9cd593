"""Items → figures with intervals, breakdowns by group, and the reliability curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from eval.metrics import calibration, intervals
from eval.results import Figure, Group, Item, ReliabilityBin, Unit

Statistic = Literal["ratio", "median", "p95", "auroc", "brier", "ece", "sum", "together"]


@dataclass(frozen=True, slots=True)
class Spec:
    """How a figure comes from the items.

    `ratio` divides the sums of `Item.ratios[source]`; `median` and `p95` are over `Item.samples[source]`; `auroc`,
    `brier` and `ece` compare `samples["confidence"]` with `samples["answerable"]`; `sum` adds numerators up; `together`
    is the share of groups of two items or more with the same `labels[source]` that are right altogether. `source` is
    the figure's own key where it is empty.
    """

    key: str
    label: str
    definition: str
    statistic: Statistic = "ratio"
    unit: Unit = "share"
    higher_is_better: bool = True
    aim: float | None = None
    headline: bool = False
    source: str = ""


LATENCY = (
    Spec(
        "latency_p50",
        "Latency, median",
        "Wall-clock time of one warm answer.",
        "median",
        "ms",
        False,
        source="latency_ms",
    ),
    Spec(
        "latency_p95",
        "Latency, 95th percentile",
        "19 of 20 answers take less.",
        "p95",
        "ms",
        False,
        source="latency_ms",
    ),
    Spec(
        "crashes",
        "Crashes",
        "Questions that ended in an exception. Each counts as wrong in every figure it bears on.",
        "sum",
        "count",
        False,
        aim=0.0,
    ),
)
"""What every suite measures besides its own figures."""

_PAIRED = {
    "auroc": calibration.auroc,
    "brier": calibration.brier_score,
    "ece": calibration.expected_calibration_error,
}


def measure(spec: Spec, items: Sequence[Item]) -> Figure:
    """One figure over all items that bear on it; without a value where none does."""
    estimate, n = _estimate(spec, items)
    return Figure(
        key=spec.key,
        label=spec.label,
        definition=spec.definition,
        unit=spec.unit,
        higher_is_better=spec.higher_is_better,
        headline=spec.headline,
        value=estimate.value if estimate else None,
        low=estimate.low if estimate else None,
        high=estimate.high if estimate else None,
        n=n,
        aim=spec.aim,
    )


def _estimate(spec: Spec, items: Sequence[Item]) -> tuple[intervals.Estimate | None, int]:
    source = spec.source or spec.key
    if spec.statistic in ("ratio", "sum"):
        pairs = [item.ratios[source] for item in items if source in item.ratios]
        tops, bottoms = [top for top, _ in pairs], [bottom for _, bottom in pairs]
        if not pairs:
            return None, 0
        if spec.statistic == "sum":
            total = sum(tops)
            return intervals.Estimate(total, total, total), len(pairs)
        return intervals.ratio(tops, bottoms), len(pairs)
    if spec.statistic == "together":
        groups: dict[str, list[bool]] = {}
        for item in items:
            if name := item.labels.get(source):
                groups.setdefault(name, []).append(item.right)
        # Of a part of a set half a pair may be left.
        right = [float(all(group)) for group in groups.values() if len(group) > 1]
        return (intervals.ratio(right, [1.0] * len(right)) if right else None), len(right)
    if spec.statistic in _PAIRED:
        return _paired(spec.statistic, items)
    values = [item.samples[source] for item in items if source in item.samples]
    q = 50.0 if spec.statistic == "median" else 95.0
    return (intervals.bootstrap(partial(intervals.percentile, q=q), values) if values else None), len(values)


def _paired(statistic: str, items: Sequence[Item]) -> tuple[intervals.Estimate | None, int]:
    confidence, answerable = confidences(items)
    if len(set(answerable)) < 2:
        return None, 0
    return intervals.bootstrap(_PAIRED[statistic], confidence, answerable), len(confidence)


def confidences(items: Sequence[Item]) -> tuple[list[float], list[float]]:
    """The confidences of the answers and whether the questions are answerable (1 or 0), where both are known."""
    pairs = [
        (item.samples["confidence"], item.samples["answerable"])
        for item in items
        if "confidence" in item.samples and "answerable" in item.samples
    ]
    return [confidence for confidence, _ in pairs], [answerable for _, answerable in pairs]


def breakdown(items: Sequence[Item], dimensions: Sequence[str]) -> list[Group]:
    """The share right in each group of each dimension, largest group first; dimensions with one group are left out."""
    groups: list[Group] = []
    for dimension in dimensions:
        members: dict[str, list[float]] = {}
        for item in items:
            if dimension in item.labels:
                members.setdefault(item.labels[dimension], []).append(float(item.right))
        if len(members) < 2:
            continue
        for name, right in sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            groups.append(Group(dimension, name, len(right), *intervals.ratio(right, [1.0] * len(right))))
    return groups


def reliability(items: Sequence[Item]) -> list[ReliabilityBin]:
    """The reliability curve of the answers' confidence; empty where there is none to draw."""
    confidence, answerable = confidences(items)
    if not confidence:
        return []
    curve = calibration.reliability_curve(confidence, answerable)
    return [ReliabilityBin(b.low, b.high, b.count, b.mean_predicted, b.share_true) for b in curve]
