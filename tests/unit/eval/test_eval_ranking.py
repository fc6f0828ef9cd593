import math

import numpy as np
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from eval.metrics.ranking import distinct, hit_at_k, ndcg_at_k, recall_at_k, reciprocal_rank

RANKING, RELEVANT = ["a", "b", "c", "d"], {"b", "d", "x"}


def test_by_hand() -> None:
    assert recall_at_k(RANKING, RELEVANT, 2) == pytest.approx(1 / 3)
    assert recall_at_k(RANKING, RELEVANT, 10) == pytest.approx(2 / 3)
    assert hit_at_k(RANKING, RELEVANT, 1) == 0
    assert hit_at_k(RANKING, RELEVANT, 2) == 1
    assert reciprocal_rank(RANKING, RELEVANT, 10) == 0.5
    assert reciprocal_rank(RANKING, RELEVANT, 1) == 0
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert ndcg_at_k(RANKING, RELEVANT, 4) == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


def test_distinct_keeps_the_first_place() -> None:
    assert distinct([3, 1, 3, 2, 1]) == [3, 1, 2]


@pytest.mark.parametrize("metric", [recall_at_k, hit_at_k, reciprocal_rank, ndcg_at_k])
def test_what_cannot_be_measured_is_an_error(metric) -> None:
    with pytest.raises(ValueError, match="gold"):
        metric(["a"], set(), 1)
    with pytest.raises(ValueError, match="k must"):
        metric(["a"], {"a"}, 0)
    with pytest.raises(ValueError, match="twice"):
        metric(["a", "a"], {"a"}, 1)


ids = [f"d{number}" for number in range(12)]


@given(
    st.permutations(ids).flatmap(lambda order: st.integers(0, 12).map(lambda n: order[:n])),
    st.sets(st.sampled_from(ids), min_size=1),
)
def test_agrees_with_trec_eval(ranking: list[str], relevant: set[str]) -> None:
    measures = {"recall.5,10", "recip_rank", "ndcg_cut.5,10"}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": dict.fromkeys(relevant, 1)}, measures)
    run = {"q": {item: float(100 - rank) for rank, item in enumerate(ranking)}}
    found = evaluator.evaluate(run).get("q", {})
    for k in (5, 10):
        assert recall_at_k(ranking, relevant, k) == pytest.approx(found.get(f"recall_{k}", 0.0))
        assert ndcg_at_k(ranking, relevant, k) == pytest.approx(found.get(f"ndcg_cut_{k}", 0.0))
    assert reciprocal_rank(ranking, relevant, 12) == pytest.approx(found.get("recip_rank", 0.0))


@given(st.permutations(ids), st.sets(st.sampled_from(ids), min_size=1))
def test_ndcg_agrees_with_scikit_learn(ranking: list[str], relevant: set[str]) -> None:
    truth = np.array([[float(item in relevant) for item in ids]])
    scores = np.array([[float(-ranking.index(item)) for item in ids]])
    assert ndcg_at_k(ranking, relevant, 5) == pytest.approx(ndcg_score(truth, scores, k=5))
