"""Probabilities and what came true → reliability curve, Brier score, expected calibration error, AUROC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Bin:
    """The predictions in [low, high): how many, their mean, and the share that came true."""

    low: float
    high: float
    count: int
    mean_predicted: float
    share_true: float


def _arrays(
    predicted: Sequence[float] | NDArray[np.float64], truth: Sequence[float] | NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    p, y = np.asarray(predicted, float), np.asarray(truth, float)
    if p.shape != y.shape or p.ndim != 1:
        raise ValueError(f"predictions and truth differ in shape: {p.shape} and {y.shape}")
    if not len(p):
        raise ValueError("nothing to measure")
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("truth must be 0 or 1")
    return p, y


def brier_score(predicted: Sequence[float], truth: Sequence[float]) -> float:
    """Mean squared difference of probability and outcome, in [0, 1]; lower is better.

    Source: Brier, "Verification of forecasts expressed in terms of probability", 1950 (the form for two classes).
    """
    p, y = _arrays(predicted, truth)
    return float(np.mean((p - y) ** 2))


def auroc(scores: Sequence[float] | NDArray[np.float64], truth: Sequence[float] | NDArray[np.float64]) -> float:
    """Probability that a positive scores above a negative, ties counting half: the area under the ROC curve.

    Mann and Whitney's U over ranks; Fawcett, "An introduction to ROC analysis", 2006.

    Raises:
        ValueError: there is no positive or no negative.
    """
    s, y = _arrays(scores, truth)
    positives = int(y.sum())
    negatives = len(y) - positives
    if not positives or not negatives:
        raise ValueError("AUROC needs a positive and a negative")
    _, inverse, counts = np.unique(s, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def reliability_curve(predicted: Sequence[float], truth: Sequence[float], bins: int = 10) -> list[Bin]:
    """Predictions in bins of equal width over [0, 1], those that hold any; 1.0 falls into the last.

    Source: Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised learning", 2005.
    """
    p, y = _arrays(predicted, truth)
    if p.min() < 0 or p.max() > 1:
        raise ValueError("probabilities must lie in [0, 1]")
    edges = np.arange(bins + 1) / bins
    which = np.searchsorted(edges[1:-1], p, side="right")
    return [
        Bin(
            float(edges[b]),
            float(edges[b + 1]),
            int(inside.sum()),
            float(p[inside].mean()),
            float(y[inside].mean()),
        )
        for b in range(bins)
        if (inside := which == b).any()
    ]


def expected_calibration_error(predicted: Sequence[float], truth: Sequence[float], bins: int = 10) -> float:
    """Mean distance of the reliability curve from the diagonal, weighed by how many predictions a bin holds.

    Source: Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using Bayesian binning", 2015.
    """
    curve = reliability_curve(predicted, truth, bins)
    return sum(b.count * abs(b.mean_predicted - b.share_true) for b in curve) / len(predicted)
