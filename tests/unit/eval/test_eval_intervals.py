import numpy as np
import pytest
from scipy import stats

from eval.metrics.calibration import auroc
from eval.metrics.intervals import bootstrap, percentile, ratio, wilson


def test_a_ratio_is_of_sums_not_a_mean_of_ratios() -> None:
    assert ratio([1, 3], [2, 3]).value == pytest.approx(4 / 5)


def test_the_same_input_gives_the_same_interval() -> None:
    values = [number**0.5 for number in range(100)]
    assert ratio(values, [1.0] * 100) == ratio(values, [1.0] * 100)
    assert ratio(values, [1.0] * 100) != ratio(values, [1.0] * 100, seed=1)


def test_interval_of_a_mean_agrees_with_scipy() -> None:
    values = np.random.default_rng(7).random(200)
    found = ratio(values.tolist(), [1.0] * 200)
    reference = stats.bootstrap((values,), np.mean, method="percentile", n_resamples=4000, rng=1).confidence_interval
    assert found.value == pytest.approx(values.mean())
    assert found.low == pytest.approx(reference.low, abs=0.01)
    assert found.high == pytest.approx(reference.high, abs=0.01)


def test_interval_of_a_median_agrees_with_scipy() -> None:
    values = np.random.default_rng(7).random(200)
    found = bootstrap(np.median, values.tolist())
    reference = stats.bootstrap((values,), np.median, method="percentile", n_resamples=4000, rng=1).confidence_interval
    assert found.low == pytest.approx(reference.low, abs=0.02)
    assert found.high == pytest.approx(reference.high, abs=0.02)


@pytest.mark.parametrize(("successes", "n"), [(0, 10), (10, 10), (7, 10), (95, 100)])
def test_wilson_agrees_with_scipy(successes: int, n: int) -> None:
    reference = stats.binomtest(successes, n).proportion_ci(method="wilson")
    assert wilson(successes, n) == (pytest.approx(reference.low), pytest.approx(reference.high))


def test_where_all_agree_the_interval_is_wilsons() -> None:
    assert ratio([1.0] * 10, [1.0] * 10) == (1.0, *wilson(10, 10))
    assert ratio([0.0] * 10, [1.0] * 10) == (0.0, *wilson(0, 10))
    assert ratio([2.0, 3.0, 0.0], [2.0, 3.0, 0.0]) == (1.0, *wilson(2, 2))


def test_resamples_without_a_negative_are_passed_over() -> None:
    found = bootstrap(auroc, [0.9, 0.8, 0.1], [1, 1, 0])
    assert found == (1, 1, 1)


def test_nothing_measured_is_an_error() -> None:
    for call in (lambda: ratio([], []), lambda: ratio([0.0], [0.0]), lambda: bootstrap(np.median, [])):
        with pytest.raises(ValueError, match="nothing to measure"):
            call()
    with pytest.raises(ValueError, match="nothing"):
        percentile([], 50)
    with pytest.raises(ValueError, match="nothing"):
        wilson(0, 0)


def test_percentiles_by_hand() -> None:
    assert percentile([10, 20, 30, 40], 50) == 25
    assert percentile([10, 20, 30, 40], 95) == pytest.approx(38.5)
