"""Folder of runs → the last one; two runs → what was fixed and what broke in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from eval.errors import InvalidData, NoReport
from eval.results import Difference, Run, read_run
from eval.summary import SUMMARY_NAME

JSON_NAME, HTML_NAME = "report.json", "report.html"
LOOK_BACK = 12
"""Runs that are read, at most, in search of one to compare with."""


def folders(reports: Path) -> list[Path]:
    """The folders of finished runs, oldest first (their names begin with the time)."""
    if not reports.is_dir():
        return []
    return sorted(path.parent for path in reports.glob(f"[!.]*/{JSON_NAME}"))


def last_folder(reports: Path) -> Path:
    """The folder of the last run.

    Raises:
        NoReport: there is none.
    """
    found = folders(reports)
    if not found:
        raise NoReport(f"no report in {reports}; run `python -m eval run decision` first")
    return found[-1]


def last_run(reports: Path, run: Run) -> Run | None:
    """The run to compare with: the last of the same suite and split that asked the same questions.

    Where the last few have asked others, the very last one of them that shares a question; runs that another version
    wrote are passed over.
    """
    asked = _right(run).keys()
    others = None
    for folder in islice(_alike(reports, run), LOOK_BACK):
        try:
            found = read_run(folder / JSON_NAME)
        except InvalidData:
            continue
        if _right(found).keys() == asked:
            return found
        if others is None and _right(found).keys() & asked:
            others = found
    return others


def _alike(reports: Path, run: Run) -> Iterator[Path]:
    """The folders of runs of the same suite and split, newest first, told by the small file beside the report."""
    for folder in reversed(folders(reports)):
        try:
            found = json.loads((folder / SUMMARY_NAME).read_bytes())
            alike = (found["suite"], found["split"]) == (run.suite, run.split)
        except (OSError, ValueError, LookupError, TypeError):
            continue
        if alike:
            yield folder


_Asked = tuple[str, str, tuple[str, ...]]
"""A question as it was put: its id, its words, which may be misspelt (`--typos`), and what was said before."""


def _right(run: Run) -> dict[_Asked, bool]:
    """The questions of a run → whether they were right."""
    return {(item.id, item.question, tuple(item.history)): item.right for item in run.ours.items}


def difference(before: Run, run: Run) -> Difference:
    """What changed between two runs of one suite, over the questions that both asked.

    Figures are compared only where both asked the same questions.
    """
    then, now = _right(before), _right(run)
    both = [question for question in now if question in then]
    figures = {figure.key: figure.value for figure in before.ours.figures if figure.value is not None}
    return Difference(
        against=before.name,
        compared=len(both),
        fixed=[question[0] for question in both if now[question] and not then[question]],
        broken=[question[0] for question in both if then[question] and not now[question]],
        figures=figures if then.keys() == now.keys() else {},
    )
