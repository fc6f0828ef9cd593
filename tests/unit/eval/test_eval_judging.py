from dataclasses import replace

import pytest
from sklearn.metrics import precision_score, recall_score

from eval.metrics.judging import Given, Gold, judge, ratios, unanswered

DOCUMENT = "decision"


def clauses(*numbers: int) -> frozenset[tuple[str, int]]:
    return frozenset((DOCUMENT, number) for number in numbers)


ANSWERABLE = Gold(frozenset({"answered"}), clauses(4), clauses(7), (("1500亿元", "1500亿"), ("2025年",)))
UNANSWERABLE = Gold(frozenset({"no_evidence", "out_of_scope"}))
EITHER = Gold(frozenset({"answered", "no_evidence"}), clauses(6), facts=(("西区",),))
RIGHT = Given("answered", "到 2025 年达到１５００亿元[1]。", ("到2025年",), clauses(4), frozenset({1}))


def test_fully_right() -> None:
    assert judge(ANSWERABLE, RIGHT).fully_right


def test_a_fact_may_stand_in_a_quote_but_not_across_two() -> None:
    quoted = Given("answered", "见下[1]。", ("工业总产值1500亿", "到2025年"), clauses(4), frozenset({1}))
    assert judge(ANSWERABLE, quoted).fully_right
    torn = Given("answered", "见下[1]。", ("1500", "亿元2025年"), clauses(4), frozenset({1}))
    assert judge(ANSWERABLE, torn).facts_missing == (("1500亿元", "1500亿"),)


def test_a_marker_does_not_tear_a_fact() -> None:
    torn = Given("answered", "1500[1]亿，2025[2]年", (), clauses(4), frozenset({1, 2}))
    assert judge(ANSWERABLE, torn).fully_right


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (Given("partial", RIGHT.text, RIGHT.quotes, clauses(4)), "status_right"),
        (Given("answered", "2025年", (), clauses(4)), "facts_missing"),
        (Given("answered", RIGHT.text, RIGHT.quotes, clauses(7)), "clauses_missing"),
        (Given("answered", RIGHT.text, RIGHT.quotes, clauses(4, 9)), "clauses_wrong"),
        (Given("answered", RIGHT.text, RIGHT.quotes, frozenset({*clauses(4), ("other", 4)})), "clauses_wrong"),
    ],
)
def test_one_thing_wrong_is_not_fully_right(given: Given, what: str) -> None:
    judgement = judge(ANSWERABLE, given)
    assert not judgement.fully_right
    wrong = [
        name
        for name, bad in (
            ("status_right", not judgement.status_right),
            ("facts_missing", judgement.facts_missing),
            ("clauses_missing", judgement.clauses_missing),
            ("clauses_wrong", judgement.clauses_wrong),
        )
        if bad
    ]
    assert wrong == [what]


def test_acceptable_clauses_are_not_wrong() -> None:
    assert judge(ANSWERABLE, Given("answered", RIGHT.text, RIGHT.quotes, clauses(4, 7))).fully_right


def test_a_refusal_is_right_only_without_citations() -> None:
    assert judge(UNANSWERABLE, Given("no_evidence", "没有。")).fully_right
    assert not judge(UNANSWERABLE, Given("blocked", "不行。")).fully_right
    assert not judge(UNANSWERABLE, Given("no_evidence", "没有[1]。", ("x",), clauses(4))).fully_right


def test_where_a_refusal_is_accepted_nothing_is_owed() -> None:
    assert judge(EITHER, Given("no_evidence", "没有。")).fully_right
    assert judge(EITHER, Given("answered", "西区[1]", (), clauses(6), frozenset({1}))).fully_right
    assert not judge(EITHER, Given("out_of_scope", "没有。")).fully_right


def test_ratios_of_an_answer() -> None:
    given = Given("answered", "2025年", (), clauses(4, 9))
    assert ratios(ANSWERABLE, judge(ANSWERABLE, given), given) == {
        "fully_right": (0, 1),
        "citation_precision": (1, 2),
        "fact_recall": (1, 2),
        "citation_recall": (1, 1),
        "in_scope_answered": (1, 1),
    }


def test_ratios_of_an_unwarranted_refusal() -> None:
    given = Given("no_evidence", "没有。")
    assert ratios(ANSWERABLE, judge(ANSWERABLE, given), given) == {
        "fully_right": (0, 1),
        "fact_recall": (0, 2),
        "citation_recall": (0, 1),
        "in_scope_answered": (0, 1),
        "refusal_precision": (0, 1),
    }


def test_ratios_of_a_refusal_that_is_accepted_but_not_due() -> None:
    given = Given("no_evidence", "没有。")
    assert ratios(EITHER, judge(EITHER, given), given) == {"fully_right": (1, 1)}


def test_ratios_of_an_answer_where_a_refusal_was_due() -> None:
    given = Given("answered", "有[1]。", ("x",), clauses(4), frozenset({1}))
    assert ratios(UNANSWERABLE, judge(UNANSWERABLE, given), given) == {
        "fully_right": (0, 1),
        "citation_precision": (0, 1),
        "refusal_recall": (0, 1),
    }


def test_a_crash_owes_everything() -> None:
    assert ratios(ANSWERABLE, unanswered(ANSWERABLE), None) == {
        "fully_right": (0, 1),
        "fact_recall": (0, 2),
        "citation_recall": (0, 1),
        "in_scope_answered": (0, 1),
    }
    assert ratios(UNANSWERABLE, unanswered(UNANSWERABLE), None) == {"fully_right": (0, 1), "refusal_recall": (0, 1)}


def test_refusal_figures_agree_with_scikit_learn() -> None:
    golds = [ANSWERABLE, ANSWERABLE, UNANSWERABLE, UNANSWERABLE, UNANSWERABLE]
    statuses = ["answered", "clarify", "no_evidence", "answered", "out_of_scope"]
    given = [Given(status, "") for status in statuses]
    counted = [ratios(gold, judge(gold, one), one) for gold, one in zip(golds, given, strict=True)]
    truth = [gold.must_refuse for gold in golds]
    refused = [status != "answered" for status in statuses]

    def figure(key: str) -> float:
        pairs = [ratio[key] for ratio in counted if key in ratio]
        return sum(top for top, _ in pairs) / sum(bottom for _, bottom in pairs)

    assert figure("refusal_precision") == pytest.approx(precision_score(truth, refused))
    assert figure("refusal_recall") == pytest.approx(recall_score(truth, refused))


def test_gold_that_makes_no_sense_is_an_error() -> None:
    with pytest.raises(ValueError, match="no status"):
        judge(Gold(frozenset()), RIGHT)
    with pytest.raises(ValueError, match="unknown gold status"):
        judge(Gold(frozenset({"fine"})), RIGHT)
    with pytest.raises(ValueError, match="alternative"):
        judge(Gold(frozenset({"answered"}), clauses(4), facts=((),)), RIGHT)


@pytest.mark.parametrize(
    ("due", "said", "right", "figures"),
    [
        (True, True, True, {"premises_corrected": (1, 1)}),
        (True, False, False, {"premises_corrected": (0, 1)}),
        (False, True, False, {"premises_kept": (0, 1)}),
        (False, False, True, {"premises_kept": (1, 1)}),
        (None, True, True, {}),
    ],
)
def test_premises_put_right_where_that_is_due(due: bool | None, said: bool, right: bool, figures: dict) -> None:
    gold, given = replace(ANSWERABLE, corrected=due), replace(RIGHT, corrected=said)
    judgement = judge(gold, given)
    assert judgement.fully_right == right
    counted = ratios(gold, judgement, given)
    assert {key: value for key, value in counted.items() if key.startswith("premises")} == figures


def test_a_refusal_is_no_correction() -> None:
    gold, given = replace(UNANSWERABLE, corrected=False), Given("no_evidence", "没有。")
    assert judge(gold, given).fully_right
    assert not any(key.startswith("premises") for key in ratios(gold, judge(gold, given), given))
