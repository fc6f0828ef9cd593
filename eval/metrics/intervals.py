"""Per-question values → a figure and its 95 % interval, by the bootstrap over questions.

A share that is 0 or 1 in the sample is 0 or 1 in every resample, which would claim certainty; there Wilson's interval
stands in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
RESAMPLES = 2000
SEED = 20200730

Floats = NDArray[np.float64]


class Estimate(NamedTuple):
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float


def _resamples(n: int, resamples: int, seed: int) -> NDArray[np.int64]:
    """Which questions each resample holds, shape (resamples, n)."""
    return np.random.default_rng(seed).integers(0, n, size=(resamples, n))


def _ends(values: Floats, level: float) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def wilson(successes: float, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Wilson's score interval of a share.

    Source: Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
    """
    if n < 1:
        raise ValueError("a share of nothing has no interval")
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return 0.0 if share == 0 else centre - half, 1.0 if share == 1 else centre + half


def ratio(
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    level: float = LEVEL,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> Estimate:
    """The ratio of two sums over questions, such as clauses cited rightly over clauses cited.

    Percentile bootstrap over questions (Efron and Tibshirani, "An introduction to the bootstrap", 1993, ch. 13).

    Args:
        numerators: one for each question.
        denominators: likewise, none below 0. With all 1 the ratio is a mean.
        level: of the interval.
        resamples: how many bootstrap samples.
        seed: of the random numbers: the same input gives the same interval.

    Raises:
        ValueError: the denominators add up to 0: nothing was measured.
    """
    top, bottom = np.asarray(numerators, float), np.asarray(denominators, float)
    if not len(bottom) or bottom.sum() <= 0:
        raise ValueError("nothing to measure: the denominators add up to 0")
    value = float(top.sum() / bottom.sum())
    if value in (0.0, 1.0) and bool(((top == 0) | (top == bottom)).all()):
        questions = int(np.count_nonzero(bottom))
        return Estimate(value, *wilson(value * questions, questions, level))
    chosen = _resamples(len(bottom), resamples, seed)
    sums = bottom[chosen].sum(axis=1)
    return Estimate(value, *_ends(top[chosen].sum(axis=1)[sums > 0] / sums[sums > 0], level))


def bootstrap(
    statistic: Callable[..., float],
    *samples: Sequence[float],
    level: float = LEVEL,
    resamples: int = RESAMPLES // 2,
    seed: int = SEED,
) -> Estimate:
    """Any statistic of one or more lists over the same questions, with its percentile interval.

    Resamples on which the statistic is not defined (it raises ValueError) are passed over.

    Raises:
        ValueError: the lists are empty, or the statistic is not defined on them.
    """
    arrays = [np.asarray(sample, float) for sample in samples]
    if not arrays or not len(arrays[0]):
        raise ValueError("nothing to measure")
    value = float(statistic(*arrays))
    found = []
    for chosen in _resamples(len(arrays[0]), resamples, seed):
        try:
            found.append(float(statistic(*(array[chosen] for array in arrays))))
        except ValueError:
            continue
    return Estimate(value, *(_ends(np.asarray(found), level) if found else (value, value)))


def percentile(values: Sequence[float] | Floats, q: float) -> float:
    """The q-th percentile, q in [0, 100], interpolated between neighbours (NumPy's and Excel's default)."""
    if not len(values):
        raise ValueError("nothing to measure")
    return float(np.percentile(np.asarray(values, float), q))
