import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.errors import DataFolderNotWritable
from eval import charts
from eval.compare import LOOK_BACK, difference, last_folder, last_run
from eval.errors import InvalidData, InvalidFloors, NoReport
from eval.figures import LATENCY, Spec, breakdown, measure, reliability
from eval.floors import FLOORS, below_floor, load_floors
from eval.report import check_writable, render, write_report
from eval.results import GivenAnswer, Item, Passage, ReliabilityBin, Run, SystemRun, read_run, to_json
from eval.suites.decision_figures import SPECS
from eval.summary import summary

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7*7 }}]]><!--</style>"


def item(number: int, right: bool, words: str = "产值多少？") -> Item:
    return Item(
        id=f"q{number}" if words != HOSTILE else f"q{number}{HOSTILE}",
        question=words,
        right=right,
        history=[words],
        labels={"kind": words if words == HOSTILE else "fact", "language": "Chinese"},
        problems=[] if right else [f"fact missing: {words}"],
        gold=[(words, words)],
        answer=GivenAnswer(words, words, [Passage(words, words, 1)], [Passage(words, words)], 0.5),
        evidence=[Passage(words, words, score=0.5)],
        error="" if right else words,
        ratios={"fully_right": (float(right), 1.0), "crashes": (0.0, 1.0)},
        samples={"latency_ms": 12.0 + number, "confidence": 0.5, "answerable": float(number % 2), "length": 80.0},
    )


def make_run(
    name: str = "20260101T000000-decision", words: str = "产值多少？", wrong: frozenset[int] = frozenset({2})
) -> Run:
    items = [item(number, number not in wrong, words) for number in range(6)]
    system = SystemRun(
        "ours" if words != HOSTILE else words,
        words,
        [measure(spec, items) for spec in SPECS],
        breakdown(items, ["kind"]),
        reliability(items),
        items,
    )
    return Run(
        name=name,
        suite="decision",
        about=words,
        split="dev",
        started="2026-01-01T00:00:00+00:00",
        seconds=1.5,
        sizes={words: words},
        environment={words: words},
        notes=[words],
        systems=[system, system],
    )


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_hostile_text_is_only_ever_text() -> None:
    page = render(make_run(words=HOSTILE))
    parser = Tags()
    parser.feed(page)
    assert sum(tag == "script" for tag, _ in parser.tags) == 1
    assert not any(tag == "img" for tag, _ in parser.tags)
    assert not [name for _, attributes in parser.tags for name in attributes if name.startswith("on")]
    assert "alert(1)&lt;/script&gt;" in page
    assert "49]]" not in page


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = render(make_run())
    parser = Tags()
    parser.feed(page)
    links = [
        value or ""
        for _, attributes in parser.tags
        for name, value in attributes.items()
        if name in ("src", "href", "action", "data", "srcset")
    ]
    assert links
    assert all(link.startswith(("#", "data:")) for link in links)
    assert not re.search(r"url\(|@import|https?://", page)
    assert "default-src 'none'" in page


def test_the_page_shows_every_wrong_answer_and_no_right_one() -> None:
    page = render(make_run(wrong=frozenset({1, 4})))
    assert re.findall(r'<article class="wrong" id="q-(\w+)"', page) == ["q1", "q4"]
    assert "2 not right" in page
    assert "Nothing is wrong" in render(make_run(wrong=frozenset()))


def test_what_changed_since_the_last_run(tmp_path: Path) -> None:
    before = make_run("20260101T000000-decision", wrong=frozenset({1, 2}))
    write_report(before, tmp_path)
    now = make_run("20260102T000000-decision", wrong=frozenset({2, 3}))
    found = last_run(tmp_path, now)
    assert found == before
    changed = difference(before, now)
    assert (changed.fixed, changed.broken, changed.compared) == (["q1"], ["q3"], 6)
    assert changed.figures["fully_right"] == pytest.approx(4 / 6)


def test_runs_over_other_questions_do_not_compare_figures(tmp_path: Path) -> None:
    before, now = make_run(), make_run("20260102T000000-decision")
    fewer = SystemRun(**{**{n: getattr(now.ours, n) for n in SystemRun.__slots__}, "items": now.ours.items[:3]})
    changed = difference(before, Run(**{**{n: getattr(now, n) for n in Run.__slots__}, "systems": [fewer]}))
    assert (changed.compared, changed.figures) == (3, {})


def test_a_run_over_misspelt_questions_is_not_compared_with_one_over_the_same_spelt_right(tmp_path: Path) -> None:
    write_report(make_run(), tmp_path)
    misspelt = make_run("20260102T000000-decision", words="产直多少？")
    assert last_run(tmp_path, misspelt) is None
    changed = difference(make_run(), misspelt)
    assert (changed.compared, changed.fixed, changed.broken, changed.figures) == (0, [], [], {})


def test_runs_of_other_splits_do_not_hide_the_last_of_this_one(tmp_path: Path) -> None:
    before = make_run("20260101T000000-decision")
    write_report(before, tmp_path)
    for number in range(LOOK_BACK):
        write_report(replace(make_run(f"20260102T0000{number:02}-decision"), split="test"), tmp_path)
    assert last_run(tmp_path, make_run("20260103T000000-decision")) == before


def test_a_folder_that_cannot_be_written_is_told_before_a_run(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "reports")
    assert list((tmp_path / "new" / "reports").iterdir()) == []
    (tmp_path / "file").touch()
    with pytest.raises(DataFolderNotWritable, match="file"):
        check_writable(tmp_path / "file")


def test_a_summary_says_what_a_list_of_runs_needs(tmp_path: Path) -> None:
    before = make_run("20260101T000000-decision", wrong=frozenset({1, 2}))
    now = make_run("20260102T000000-decision", wrong=frozenset({2}))
    folder = write_report(replace(now, difference=difference(before, now)), tmp_path)
    found = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert (found["name"], found["split"], found["questions"]) == (now.name, "dev", 6)
    right = found["figures"]["fully_right"]
    assert (right["value"], right["before"], right["n"]) == (pytest.approx(5 / 6), pytest.approx(4 / 6), 6)
    assert found["since"] == {"run": before.name, "compared": 6, "fixed": 1, "broken": 0}
    assert summary(before)["since"] is None
    assert "产值" not in (folder / "summary.json").read_text(encoding="utf-8"), "a list needs no question"


def test_a_run_survives_json(tmp_path: Path) -> None:
    run = make_run()
    (tmp_path / "report.json").write_text(to_json(run), encoding="utf-8")
    assert read_run(tmp_path / "report.json") == run


@pytest.mark.parametrize("text", ["", "{}", '{"format": 99}', "[1]"])
def test_a_file_that_is_no_report(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData, match="not a report of this version"):
        read_run(tmp_path / "report.json")


def test_a_report_of_another_format(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(to_json(make_run()).replace('"format": 1', '"format": 2'), encoding="utf-8")
    with pytest.raises(InvalidData, match="format 2"):
        read_run(tmp_path / "report.json")


def test_reports_are_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = write_report(make_run(), tmp_path), write_report(make_run(), tmp_path)
    assert (first.name, second.name) == ("20260101T000000-decision", "20260101T000000-decision-2")
    assert last_folder(tmp_path) == second
    monkeypatch.setattr("eval.report.render", lambda run: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_report(make_run("20260103T000000-decision"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [first.name, second.name]


def test_no_report_yet(tmp_path: Path) -> None:
    with pytest.raises(NoReport, match="run decision"):
        last_folder(tmp_path / "none")


def test_floors(tmp_path: Path) -> None:
    run = make_run()
    assert below_floor(run, {"fully_right": 0.8, "latency_p50": 20, "crashes": 0}) == []
    assert below_floor(run, {"fully_right": 0.9}) == ["fully_right 0.833 < 0.9"]
    assert below_floor(run, {"latency_p50": 10}) == ["latency_p50 14.500 > 10"]
    assert below_floor(run, {"citation_recall": 0.1}) == ["citation_recall was not measured (floor 0.1)"]
    with pytest.raises(InvalidFloors, match="no figure 'nope'"):
        below_floor(run, {"nope": 1})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no table"),
        ("[decision.dev]", "no table"),
        ("[decision]\ndev = 1", "no table"),
        ("[", "cannot read"),
        ("[decision.dev]\nfully_right = 'x'", "must be a number"),
        ("[decision.dev]\nfully_right = true", "must be a number"),
    ],
)
def test_floors_that_cannot_be_used(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "floors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFloors, match=message):
        load_floors(tmp_path / "floors.toml", "decision", "dev")


@pytest.mark.parametrize("split", ["dev", "test"])
def test_the_floors_name_figures_of_the_suite(split: str) -> None:
    assert load_floors(FLOORS, "decision", split).keys() <= {spec.key for spec in SPECS}


def test_numbers_in_words() -> None:
    figure = measure(Spec("x", "X", "", aim=0.92), [item(number, number < 9) for number in range(10)])
    assert charts.number(0.8051, "share") == "80.5\u00a0%"
    assert charts.number(None, "share") == "–"
    assert charts.number(1234.4, "ms") == "1,234\u00a0ms"
    assert charts.interval(figure) == ""
    shares = measure(Spec("fully_right", "X", "", aim=0.92), [item(number, number < 9) for number in range(10)])
    assert charts.aim(shares) == "≥\u00a092\u00a0%"
    assert charts.change(shares, 0.85) == ("+5.0 points", "better")
    assert charts.change(shares, 0.9) == ("unchanged", "same")
    assert charts.change(measure(LATENCY[0], [item(1, True)]), 10.0) == ("+3", "worse")


def test_charts_are_well_formed_whatever_the_numbers() -> None:
    from xml.etree import ElementTree

    bins = [ReliabilityBin(0.0, 0.1, 3, 0.05, 0.0), ReliabilityBin(0.9, 1.0, 30, 0.97, 1.0)]
    pictures = [
        charts.histogram([0.0], "ms"),
        charts.histogram([1.0, 2.0, 5000.0], "ms & more", [(2.0, "median <2>")]),
        charts.reliability_chart(bins),
        charts.bar(0.5, 0.4, 0.6, 0.9),
        charts.bar(0.0, None, None),
    ]
    for picture in pictures:
        ElementTree.fromstring(picture)
