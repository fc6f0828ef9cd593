"""`feedback.sqlite3` → the answers that did not help, newest first. The file is only read here."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.app.feedback import FILE

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Complaint:
    """An answer that did not help, and why; `reason` may be empty."""

    day: str
    question: str
    status: str
    reason: str
    text: str


def complaints(folder: Path) -> list[Complaint]:
    """The newest answers that did not help.

    Raises:
        sqlite3.Error: the file cannot be read.
    """
    path = folder / FILE
    if not path.exists():
        return []
    with closing(sqlite3.connect(path, timeout=5)) as connection:
        rows = connection.execute(
            "SELECT substr(time, 1, 10), question, status, coalesce(reason, ''), text FROM feedback"
            " WHERE verdict = 'not_helpful' ORDER BY id DESC LIMIT ?",
            (MOST_SHOWN,),
        ).fetchall()
    return [Complaint(*row) for row in rows]
