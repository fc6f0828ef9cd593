import pytest

from eval.figures import Spec, breakdown, measure, reliability
from eval.results import Item


def item(number: int, right: bool = True, **fields) -> Item:
    return Item(id=f"q{number}", question="？", right=right, **fields)


ITEMS = [
    item(1, ratios={"recall": (1, 2)}, samples={"ms": 10, "confidence": 0.9, "answerable": 1}, labels={"kind": "a"}),
    item(2, ratios={"recall": (2, 2)}, samples={"ms": 30, "confidence": 0.2, "answerable": 0}, labels={"kind": "b"}),
    item(3, False, samples={"ms": 20, "confidence": 0.4, "answerable": 0}, labels={"kind": "a"}),
]


def test_a_ratio_over_the_items_that_bear_on_it() -> None:
    figure = measure(Spec("recall", "Recall", "", aim=0.7), ITEMS)
    assert (figure.value, figure.n, figure.aim_met) == (0.75, 2, True)
    assert figure.low is not None
    assert figure.low < 0.75 < (figure.high or 0)


def test_statistics() -> None:
    assert measure(Spec("p50", "", "", "median", "ms", False, source="ms"), ITEMS).value == 20
    assert measure(Spec("p95", "", "", "p95", "ms", source="ms"), ITEMS).value == pytest.approx(29)
    assert measure(Spec("auroc", "", "", "auroc"), ITEMS).value == 1
    assert measure(Spec("brier", "", "", "brier"), ITEMS).value == pytest.approx((0.01 + 0.04 + 0.16) / 3)
    assert measure(Spec("recall", "", "", "sum", "count"), ITEMS).value == 3


def test_groups_are_right_altogether_or_not() -> None:
    rights = {"x": (True, True), "y": (True, False), "z": (False, False), "half": (True,), "": (False, True)}
    items = [
        item(number, right, labels={"pair": pair} if pair else {})
        for number, (pair, right) in enumerate((pair, right) for pair, both in rights.items() for right in both)
    ]
    figure = measure(Spec("pairs", "", "", "together", source="pair"), items)
    assert (figure.value, figure.n) == (pytest.approx(1 / 3), 3)


def test_nothing_measured_has_no_value_and_meets_no_aim() -> None:
    for statistic in ("ratio", "median", "auroc", "sum", "together"):
        figure = measure(Spec("none", "", "", statistic, aim=0.5), [item(1)])
        assert (figure.value, figure.n, figure.aim_met) == (None, 0, None)


def test_an_aim_where_lower_is_better() -> None:
    assert measure(Spec("ms", "", "", "median", "ms", False, aim=20), ITEMS).aim_met
    assert measure(Spec("ms", "", "", "median", "ms", False, aim=19), ITEMS).aim_met is False


def test_breakdown_by_group_largest_first() -> None:
    groups = breakdown(ITEMS, ["kind", "language"])
    assert [(group.dimension, group.name, group.n, group.value) for group in groups] == [
        ("kind", "a", 2, 0.5),
        ("kind", "b", 1, 1.0),
    ]


def test_reliability_over_the_items_with_confidence() -> None:
    assert sum(b.count for b in reliability(ITEMS)) == 3
    assert reliability([item(1)]) == []
