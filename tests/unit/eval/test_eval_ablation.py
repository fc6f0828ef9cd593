"""What a part is worth: the assistant with it and without it, question by question."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from eval.ablation import worths
from eval.figures import LATENCY, Spec, measure
from eval.report import render
from eval.results import Item, Run, SystemRun, read_run, to_json
from eval.terminal import print_figures

SPECS = (
    Spec("right", "Right", "Answered as it should be.", headline=True),
    Spec("answered", "Answered", "Not refused.", headline=True),
    *LATENCY,
)


def system(name: str, right: Sequence[bool], answered: float = 1.0, without: str = "") -> SystemRun:
    items = [
        Item(
            id=f"q{number}",
            question="？",
            right=one,
            problems=[] if one else ["status"],
            ratios={"right": (float(one), 1.0), "answered": (answered, 1.0), "crashes": (0.0, 1.0)},
            samples={"latency_ms": 5.0},
        )
        for number, one in enumerate(right)
    ]
    return SystemRun(name, f"About {name}.", [measure(spec, items) for spec in SPECS], [], [], items, without)


def make_run(*systems: SystemRun) -> Run:
    return Run("20260101T000000-x", "x", "A suite", "", "2026-01-01T00:00:00+00:00", 1.0, {}, {}, [], list(systems))


OURS = system("ours", [True] * 30 + [False] * 10)
BASELINE = system("BM25 only", [False] * 40)
VITAL = system("ours, no ranker", [True] * 10 + [False] * 20 + [True] * 4 + [False] * 6, 0.5, without="ranker")
IDLE = system("ours, no glossary", [True] * 30 + [False] * 10, without="glossary")
RUN = make_run(OURS, BASELINE, IDLE, VITAL)


def test_worth_is_counted_question_by_question() -> None:
    vital, idle = worths(RUN)
    assert (vital.part, vital.right, vital.lost, vital.won) == ("ranker", 14 / 40, 20, 4)
    assert vital.change.value == pytest.approx(-16 / 40)
    assert vital.change.low < -16 / 40 < vital.change.high < 0
    assert (vital.change_words, vital.verdict) == ("-40.0", "worse")
    assert [(figure.label, words) for figure, words in vital.moved] == [
        ("Answered", "-50.0 points"),
        ("Right", "-40.0 points"),
    ]
    assert (idle.part, idle.lost, idle.won, idle.change_words, idle.verdict) == ("glossary", 0, 0, "0.0", "same")
    assert idle.moved == []


def test_questions_are_matched_by_their_ids_and_not_by_their_place() -> None:
    turned = replace(IDLE, items=IDLE.items[::-1])
    (found,) = worths(make_run(OURS, turned))
    assert (found.lost, found.won) == (0, 0)


def test_a_part_that_does_harm_is_better_left_out() -> None:
    (found,) = worths(make_run(BASELINE, replace(OURS, without="spelling")))
    assert (found.verdict, found.change_words, found.won) == ("better", "+75.0", 30)


def test_a_run_without_ablations_has_none() -> None:
    assert worths(make_run(OURS, BASELINE)) == []
    page = render(make_run(OURS, BASELINE))
    assert "What each part is worth" not in page
    assert 'href="#ablation"' not in page


def test_the_page_shows_parts_in_a_table_of_their_own() -> None:
    page = render(RUN)
    assert page.index("What each part is worth") < page.index("<b>ranker</b>") < page.index("<b>glossary</b>")
    assert '<span class="worse">-40.0</span>' in page
    assert "About ours, no ranker." in page
    comparison = page[page.index('id="comparison"') : page.index('id="ablation"')]
    assert "BM25 only" in comparison
    assert "no ranker" not in comparison
    assert 'id="comparison"' not in render(make_run(OURS, VITAL)), "nothing else to compare with"


def test_the_terminal_shows_the_same() -> None:
    console = Console(file=io.StringIO(), width=100)
    print_figures(RUN, console)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    row = next(line for line in lines if line.strip().startswith("ranker"))
    for words in ("35.0", "-40.0", "20", "4", "Answered -50.0"):
        assert words in row
    assert not any("ours, no" in line for line in lines), "the comparison has the baselines only"


def test_json_names_the_part(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(to_json(RUN), encoding="utf-8")
    assert read_run(path) == RUN
    assert [one.without for one in read_run(path).systems] == ["", "", "glossary", "ranker"]
    old = to_json(RUN).replace(',\n   "without": ""', "").replace(',\n   "without": "glossary"', "")
    path.write_text(old.replace(',\n   "without": "ranker"', ""), encoding="utf-8")
    assert [one.without for one in read_run(path).systems] == [""] * 4, "reports from before are still read"
