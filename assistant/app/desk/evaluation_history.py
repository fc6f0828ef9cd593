"""Folder of reports → the runs that are finished, newest first, from the small summary beside each report."""

from __future__ import annotations

import logging
import re
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

logger = logging.getLogger(__name__)

SUMMARY, PAGE, DATA = "summary.json", "report.html", "report.json"
FORMAT = 1
"""Of summaries; those of another are left out."""
DECISION = "decision"
"""The suite whose sets go by the names of its splits."""
MOST_KEPT = 50
"""Reports; of more, the oldest are deleted when a run ends."""
SHOWN = ("fully_right", "refusal_precision", "refusal_recall", "citation_precision", "citation_recall")
"""The figures of the list, by their keys; all are shares."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure: its value over `n` questions, and that of the run before if it asked the same questions."""

    value: float | None
    n: int
    before: float | None = None

    @property
    def change(self) -> float | None:
        """Percentage points since the run before."""
        if self.value is None or self.before is None:
            return None
        return round(100 * (self.value - self.before), 1)


@dataclass(frozen=True, slots=True)
class Since:
    """Of the questions that the run before asked too: how many are right, and how many wrong, only now."""

    compared: int
    fixed: int
    broken: int


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A run as `summary.json` tells it."""

    format: int
    name: str
    split: str
    started: datetime
    seconds: float
    questions: int
    crashes: int
    figures: dict[str, Measured]
    since: Since | None = None
    suite: str = DECISION

    @property
    def asked(self) -> str:
        """The set of questions, named as the form names it."""
        return self.split if self.suite == DECISION else f"{self.suite}-{self.split}"


_SUMMARY = TypeAdapter(FinishedRun)


def names(reports: Path) -> list[str]:
    """The names of finished runs, newest first (they begin with the time)."""
    if not reports.is_dir():
        return []
    found = [path.parent.name for path in reports.glob(f"[!.]*/{SUMMARY}")]
    return sorted((name for name in found if _NAME.fullmatch(name)), reverse=True)


def history(reports: Path, most: int = MOST_KEPT) -> list[FinishedRun]:
    """The newest finished runs. One whose summary cannot be read is left out, and the log says why."""
    runs = []
    for name in names(reports)[:most]:
        try:
            run = _SUMMARY.validate_json((reports / name / SUMMARY).read_bytes())
        except (OSError, ValidationError) as error:
            logger.error("the evaluation %s cannot be read: %s", name, error)
            continue
        if run.format == FORMAT:
            runs.append(replace(run, name=name))  # two that began in one second: the folder tells them apart
    return runs


def delete_report(reports: Path, name: str) -> bool:
    """Delete a finished run; whether there was one.

    Raises:
        OSError: it cannot be deleted.
    """
    if not _NAME.fullmatch(name) or not (reports / name / SUMMARY).is_file():
        return False
    gone = reports / f".deleted-{name}"  # names with a dot are no runs: it is gone at once, or still whole
    (reports / name).rename(gone)
    shutil.rmtree(gone)
    return True


def prune(reports: Path, most: int = MOST_KEPT) -> list[str]:
    """Delete the oldest runs of more than so many; their names. One that cannot be deleted is logged, and stays."""
    deleted = []
    for name in names(reports)[most:]:
        try:
            delete_report(reports, name)
            deleted.append(name)
        except OSError as error:
            logger.error("the evaluation %s cannot be deleted: %s", name, error)
    return deleted


def report_file(reports: Path, name: str, file: str) -> Path | None:
    """The page or the data of a finished run; None where there is no such run."""
    if not _NAME.fullmatch(name) or not (reports / name / SUMMARY).is_file():
        return None
    path = reports / name / file
    return path if path.is_file() else None
