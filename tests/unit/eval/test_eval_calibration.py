import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, roc_auc_score

from eval.metrics.calibration import auroc, brier_score, expected_calibration_error, reliability_curve

pairs = st.lists(st.tuples(st.integers(0, 40).map(lambda n: n / 40), st.integers(0, 1)), min_size=1, max_size=60)


def test_by_hand() -> None:
    predicted, truth = [0.9, 0.8, 0.3, 0.3], [1, 0, 0, 1]
    assert brier_score(predicted, truth) == pytest.approx((0.01 + 0.64 + 0.09 + 0.49) / 4)
    # Pairs of a positive and a negative: .9>.8, .9>.3, .3<.8, .3=.3 → (1 + 1 + 0 + .5) / 4
    assert auroc(predicted, truth) == pytest.approx(0.625)
    curve = reliability_curve(predicted, truth)
    assert [(b.low, b.count) for b in curve] == [(pytest.approx(0.3), 2), (pytest.approx(0.8), 1), (0.9, 1)]
    assert (curve[0].mean_predicted, curve[0].share_true) == (pytest.approx(0.3), 0.5)
    # 2 × |.3 - .5| + 1 × |.8 - 0| + 1 × |.9 - 1|, over 4
    assert expected_calibration_error(predicted, truth) == pytest.approx((0.4 + 0.8 + 0.1) / 4)


def test_one_falls_into_the_last_bin() -> None:
    assert [(b.low, b.high, b.count) for b in reliability_curve([1.0, 0.0], [1, 0])] == [(0.0, 0.1, 1), (0.9, 1.0, 1)]


@given(pairs)
def test_agrees_with_scikit_learn(values: list[tuple[float, int]]) -> None:
    predicted, truth = [p for p, _ in values], [y for _, y in values]
    assert brier_score(predicted, truth) == pytest.approx(brier_score_loss(truth, predicted, pos_label=1))
    if len(set(truth)) == 2:
        assert auroc(predicted, truth) == pytest.approx(roc_auc_score(truth, predicted))
    # Off the edges of the bins, where the two put a value on either side
    predicted = [0.98 * p + 0.007 for p in predicted]
    shares, means = calibration_curve(truth, predicted, n_bins=10)
    curve = reliability_curve(predicted, truth)
    assert [b.share_true for b in curve] == pytest.approx(list(shares))
    assert [b.mean_predicted for b in curve] == pytest.approx(list(means))


def test_what_cannot_be_measured_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        brier_score([], [])
    with pytest.raises(ValueError, match="shape"):
        brier_score([0.5], [1, 0])
    with pytest.raises(ValueError, match="0 or 1"):
        brier_score([0.5], [0.5])
    with pytest.raises(ValueError, match="positive"):
        auroc([0.1, 0.2], [1, 1])
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        reliability_curve([1.2], [1])
