"""A `Run` → one self-contained HTML page and JSON files, in a folder that appears only when all are whole."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.errors import DataFolderNotWritable
from eval import charts
from eval.ablation import worths
from eval.compare import HTML_NAME, JSON_NAME
from eval.results import Figure, Item, Run, read_run, to_json
from eval.summary import SUMMARY_NAME, summary_json

REPORTS = Path(__file__).parent / "reports"
TEMPLATES = Path(__file__).parent / "templates"
MOST_WRONG = 400
"""Wrong answers on the page; JSON holds all."""
COMPARED = 9
"""Figures in the comparison, at most."""
_PROBLEM_KINDS = {
    "status": "status",
    "fact missing": "fact missing",
    "not cited": "clause not cited",
    "wrongly cited": "wrong clause",
    "crashed": "crash",
    "quote": "citation unsound",
    "marker": "citation unsound",
    "citation": "citation unsound",
}
_HISTOGRAMS = (
    (
        "latency_ms",
        "Latency",
        "milliseconds",
        "One warm question each.",
        {"latency_p50": "p50", "latency_p95": "p95"},
    ),
    (
        "length",
        "Answer length",
        "characters",
        "Answers that are not refusals, without markers.",
        {"length": "median"},
    ),
    (
        "overlap",
        "Borrowed phrasing",
        "share of the question",
        "Longest run that a Chinese question shares with the document: how much the set gives away.",
        {"overlap": "median"},
    ),
)
"""Sample, title, axis, caption, and the figures that are marked, with their names there."""


def check_writable(reports: Path) -> None:
    """Make the folder of the reports and see that one can be written there, before the work that it reports on.

    Raises:
        DataFolderNotWritable: it cannot.
    """
    try:
        reports.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=reports):
            pass
    except OSError as error:
        raise _not_writable(reports, error) from error


def _not_writable(reports: Path, error: OSError) -> DataFolderNotWritable:
    return DataFolderNotWritable(f"cannot write the report to {reports}: {error.strerror or error}")


def write_report(run: Run, reports: Path) -> Path:
    """Write `report.json`, `report.html` and `summary.json` of a run into a new folder of `reports`, all or nothing.

    Returns:
        The folder. It is named after the run, with a number behind where that name is taken.

    Raises:
        DataFolderNotWritable: it cannot be written.
    """
    try:
        reports.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=reports))
        try:
            (unfinished / JSON_NAME).write_text(to_json(run), encoding="utf-8")
            (unfinished / HTML_NAME).write_text(render(run), encoding="utf-8")
            (unfinished / SUMMARY_NAME).write_text(summary_json(run), encoding="utf-8")
            unfinished.chmod(0o755)
            return _rename(unfinished, reports / run.name)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise _not_writable(reports, error) from error


def rewrite_page(folder: Path) -> Path:
    """Write the page of a run anew from its `report.json`; the old page stays until the new one is whole.

    Returns:
        The page.

    Raises:
        InvalidData: `report.json` cannot be read.
        DataFolderNotWritable: the page cannot be written.
    """
    page = render(read_run(folder / JSON_NAME))
    unfinished = folder / f".{HTML_NAME}.{os.getpid()}"
    try:
        unfinished.write_text(page, encoding="utf-8")
        return unfinished.replace(folder / HTML_NAME)
    except OSError as error:
        raise DataFolderNotWritable(f"cannot write the page in {folder}: {error.strerror or error}") from error


def _rename(folder: Path, wanted: Path) -> Path:
    for number in range(1, 1000):
        target = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        if not target.exists():
            return folder.rename(target)
    raise FileExistsError(f"{wanted} exists")


def render(run: Run) -> str:
    """The page: everything inline, every text escaped, scripts other than its own forbidden by its own policy."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("report.html").render(
        run=run,
        started=f"{datetime.fromisoformat(run.started):%Y-%m-%d %H:%M}",
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),
        script=Markup(script),
        script_hash=f"sha256-{digest}",
        **_figures(run),
        **_wrong(run),
        comparison=_comparison(run),
        ablation=worths(run),
        breakdowns=_breakdowns(run),
        charts=_charts(run),
    )


def _figures(run: Run) -> dict[str, Any]:
    before = run.difference.figures if run.difference else {}
    views = [_figure_view(figure, before.get(figure.key)) for figure in run.ours.figures]
    aimed = [figure for figure in run.ours.figures if figure.aim_met is not None]
    missed = [figure for figure in aimed if not figure.aim_met]
    headline = [view for view in views if view["headline"] and view["n"]]
    return {
        "figures": views,
        "headline": headline[1:],
        "lead": (headline or views)[0],
        "aims": len(aimed),
        "aims_met": len(aimed) - len(missed),
        "missed": [_missed_words(figure) for figure in missed],
        "right_means": run.ours.figures[0].label if run.ours.figures[0].key == "fully_right" else "Right",
    }


def _figure_view(figure: Figure, before: float | None) -> dict[str, Any]:
    words = charts.number(figure.value, figure.unit)
    number, _, unit = words.partition(charts.SPACE)
    change, kind = charts.change(figure, before)
    most = 1.0 if figure.unit in ("share", "score") else max(figure.high or 0, figure.aim or 0, 1e-9) * 1.25
    return {
        "label": figure.label,
        "definition": figure.definition,
        "headline": figure.headline,
        "words": words,
        "number": number,
        "unit": unit,
        "interval": charts.interval(figure),
        "n": figure.n,
        "aim": charts.aim(figure),
        "met": figure.aim_met,
        "change": change,
        "change_kind": kind,
        "bar": charts.bar(figure.value or 0.0, figure.low, figure.high, figure.aim, most),
    }


def _missed_words(figure: Figure) -> str:
    return f"{figure.label}: {charts.number(figure.value, figure.unit)}, aim {charts.aim(figure)}"


def _comparison(run: Run) -> list[dict[str, Any]]:
    """A chart for each headline figure that is a share or a score, a row for each system; none for one system alone."""
    if len(run.compared) < 2:
        return []
    shown = [f for f in run.ours.figures if f.unit in ("share", "score") and f.value is not None]
    shown = sorted(shown, key=lambda figure: not figure.headline)[:COMPARED]
    found = []
    for figure in shown:
        rows = []
        for system in run.compared:
            other = system.figure(figure.key)
            if other is not None:
                bar = charts.bar(other.value or 0.0, other.low, other.high)
                rows.append({"name": system.name, "bar": bar, "words": charts.number(other.value, other.unit)})
        found.append({"label": figure.label, "rows": rows})
    return found


def _breakdowns(run: Run) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for group in run.ours.groups:
        bar = charts.bar(group.value, group.low, group.high)
        row = {"name": group.name, "n": group.n, "bar": bar, "words": f"{100 * group.value:.0f} %"}
        found.setdefault(group.dimension, []).append(row)
    return found


def _charts(run: Run) -> list[dict[str, Any]]:
    ours = run.ours
    found: list[dict[str, Any]] = []
    if ours.reliability:
        caption = "Share of answerable questions at each confidence; on the dashed line, confidence means what it says."
        svg = charts.reliability_chart(ours.reliability)
        found.append({"title": "Reliability of the confidence", "svg": svg, "caption": caption})
    for key, title, axis, caption, marked in _HISTOGRAMS:
        values = [item.samples[key] for item in ours.items if key in item.samples]
        if not values:
            continue
        figures = [(ours.figure(name), word) for name, word in marked.items()]
        marks = [
            (figure.value, f"{word} {charts.number(figure.value, figure.unit)}")
            for figure, word in figures
            if figure is not None and figure.value is not None
        ]
        found.append({"title": title, "svg": charts.histogram(values, axis, marks), "caption": caption})
    return found


def _wrong(run: Run) -> dict[str, Any]:
    broken = set(run.difference.broken) if run.difference else set()
    wrong = [item for item in run.ours.items if not item.right or item.problems or item.error]
    wrong.sort(key=lambda item: item.id not in broken)
    views = [_item_view(item, item.id in broken) for item in wrong[:MOST_WRONG]]
    return {
        "wrong": views,
        "wrong_total": len(wrong),
        "linked": {view["id"] for view in views},
        "filters": _filters(views),
    }


def _item_view(item: Item, broken: bool) -> dict[str, Any]:
    kinds = sorted({_kind_of(problem) for problem in item.problems} | ({"crash"} if item.error else set()))
    tags = [value for value in item.labels.values() if value not in ("none", "Chinese", "first question")]
    filters = dict(item.labels) | {"problem": "|".join(kinds)}
    return {
        "id": item.id,
        "question": item.question,
        "lang": "en" if item.labels.get("language") == "English" else "zh",
        "history": item.history,
        "tags": tags,
        "kinds": kinds,
        "broken": broken,
        "problems": item.problems,
        "error": item.error if not any(item.error in problem for problem in item.problems) else "",
        "answer": item.answer,
        "gold": item.gold,
        "evidence": item.evidence,
        "filters": filters,
    }


def _kind_of(problem: str) -> str:
    return next((kind for start, kind in _PROBLEM_KINDS.items() if problem.startswith(start)), problem)


def _filters(views: Sequence[dict[str, Any]]) -> dict[str, list[tuple[str, int]]]:
    """Name of a filter → its values with their counts, for those that tell wrong answers apart."""
    names = dict.fromkeys(name for view in views for name in view["filters"])
    found: dict[str, list[tuple[str, int]]] = {}
    for name in names:
        counts = Counter(value for view in views for value in view["filters"].get(name, "").split("|") if value)
        if len(counts) > 1:
            found[name] = counts.most_common()
    return found
