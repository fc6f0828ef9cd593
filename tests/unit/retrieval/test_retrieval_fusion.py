"""Reciprocal rank fusion, by hand."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.fusion import reciprocal_rank_fusion as fuse


def test_by_hand() -> None:
    runs = {"dense": [("a", 0.9), ("b", 0.8), ("c", 0.7)], "lexical": [("c", 12.0), ("a", 3.0)]}
    found = fuse(runs, {"dense": 1.0, "lexical": 1.0})
    assert [item for item, _ in found] == ["a", "c", "b"]
    assert dict(found) == {
        "a": pytest.approx(1 / 61 + 1 / 62),
        "c": pytest.approx(1 / 63 + 1 / 61),
        "b": pytest.approx(1 / 62),
    }


def test_scores_of_the_runs_do_not_matter_only_ranks() -> None:
    one = {"dense": [("a", 0.9), ("b", 0.1)], "lexical": [("b", 100.0), ("a", 99.0)]}
    two = {"dense": [("a", 0.5), ("b", 0.499)], "lexical": [("b", 1.0), ("a", -7.0)]}
    assert fuse(one, {}) == fuse(two, {})


def test_weights() -> None:
    runs = {"dense": [("a", 1.0), ("b", 1.0)], "lexical": [("b", 1.0), ("a", 1.0)]}
    assert [item for item, _ in fuse(runs, {"dense": 1.0, "lexical": 0.6})] == ["a", "b"]
    assert [item for item, _ in fuse(runs, {"dense": 0.6, "lexical": 1.0})] == ["b", "a"]
    assert dict(fuse(runs, {"dense": 2.0, "lexical": 0.5}))["a"] == pytest.approx(2 / 61 + 0.5 / 62)
    assert dict(fuse(runs, {"dense": 2.0}))["a"] == pytest.approx(2 / 61 + 1 / 62)  # without a weight a run counts 1


def test_ties_stay_in_order_of_appearance() -> None:
    runs = {"dense": [("a", 1.0), ("b", 1.0)], "lexical": [("b", 1.0), ("a", 1.0)]}
    assert [item for item, _ in fuse(runs, {})] == ["a", "b"]
    swapped = {"lexical": runs["lexical"], "dense": runs["dense"]}
    assert [item for item, _ in fuse(swapped, {})] == ["b", "a"]


def test_nothing_to_fuse() -> None:
    assert fuse({}, {}) == []
    assert fuse({"dense": [], "lexical": []}, {}) == []


RUNS = st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), min_size=1, max_size=3)


@given(RUNS)
def test_against_exact_arithmetic(items: list[list[str]]) -> None:
    runs = {str(i): [(item, 0.0) for item in run] for i, run in enumerate(items)}
    expected = {
        item: sum((Fraction(1, 61 + run.index(item)) for run in items if item in run), Fraction())
        for run in items
        for item in run
    }
    found = fuse(runs, {})
    assert {item for item, _ in found} == set(expected)
    for item, score in found:
        assert score == pytest.approx(float(expected[item]))
    exact = [expected[item] for item, _ in found]
    assert all(a > b or float(a - b) == pytest.approx(0, abs=1e-15) for a, b in itertools.pairwise(exact))
