"""Fusing scores: each by its weight, on one scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import fuse, share_of_best

GIVEN = {"dense": {"a": 0.9, "b": 0.5}, "lexical": {"b": 1.0, "c": 0.25}}


def test_the_weighted_sum_best_first() -> None:
    assert fuse(GIVEN, {"dense": 1.0, "lexical": 2.0}) == [
        ("b", pytest.approx(2.5)),
        ("a", pytest.approx(0.9)),
        ("c", pytest.approx(0.5)),
    ]


def test_how_far_ahead_the_first_is_counts() -> None:
    sure = {"dense": {"a": 1.0, "b": 0.1}, "lexical": {"b": 1.0, "a": 0.9}}
    unsure = {"dense": {"a": 1.0, "b": 0.95}, "lexical": {"b": 1.0, "a": 0.2}}
    both = {"dense": 1.0, "lexical": 1.0}
    assert fuse(sure, both)[0][0] == "a"
    assert fuse(unsure, both)[0][0] == "b"


def test_a_retriever_without_a_weight_proposes_and_does_not_score() -> None:
    assert fuse(GIVEN, {"dense": 1.0}) == [("a", 0.9), ("b", 0.5), ("c", 0.0)]


def test_ties_keep_the_order_of_first_appearance() -> None:
    tied = {"dense": {"a": 1.0, "b": 1.0}, "lexical": {"b": 1.0, "a": 1.0}}
    assert [item for item, _ in fuse(tied, {"dense": 1.0, "lexical": 1.0})] == ["a", "b"]


def test_nothing_found() -> None:
    assert fuse({"dense": {}, "lexical": {}}, {"dense": 1.0}) == []
    assert share_of_best({}) == {}
    assert share_of_best({"a": 0.0}) == {}


@given(st.dictionaries(st.text(max_size=3), st.floats(0, 1e6), min_size=1))
def test_shares_lie_between_0_and_1_and_keep_the_order(scores: dict[str, float]) -> None:
    shares = share_of_best(scores)
    assert all(0 <= share <= 1 for share in shares.values())
    if max(scores.values()) > 0:
        assert shares.keys() == scores.keys()
        best = max(scores, key=scores.__getitem__)
        assert shares[best] == 1
        assert sorted(scores, key=lambda item: scores[item]) == sorted(
            scores, key=lambda item: (shares[item], scores[item])
        )
