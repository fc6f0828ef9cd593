"""Folder of runs → the last one; two runs → what was fixed and what broke in between."""

from __future__ import annotations

from pathlib import Path

from eval.errors import InvalidData, NoReport
from eval.results import Difference, Run, read_run

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

    Where the last few have asked others, the very last one of them; runs that another version wrote are passed over.
    """
    asked = {item.id for item in run.ours.items}
    candidates = [folder for folder in reversed(folders(reports)) if f"-{run.suite}" in folder.name]
    others = None
    for folder in candidates[:LOOK_BACK]:
        try:
            found = read_run(folder / JSON_NAME)
        except InvalidData:
            continue
        if (found.suite, found.split) == (run.suite, run.split):
            if {item.id for item in found.ours.items} == asked:
                return found
            others = others or found
    return others


def difference(before: Run, run: Run) -> Difference:
    """What changed between two runs of one suite, over the questions that both asked.

    Figures are compared only where both asked the same questions.
    """
    then = {item.id: item.right for item in before.ours.items}
    now = {item.id: item.right for item in run.ours.items}
    both = [question for question in now if question in then]
    figures = {figure.key: figure.value for figure in before.ours.figures if figure.value is not None}
    return Difference(
        against=before.name,
        compared=len(both),
        fixed=[question for question in both if now[question] and not then[question]],
        broken=[question for question in both if then[question] and not now[question]],
        figures=figures if then.keys() == now.keys() else {},
    )
