"""What staff do to the documents → rows of `audit.sqlite3` in the data folder. Rows are only ever added.

The table refuses changes and deletions itself. Who did something is the name given at the login: the desk has one
password, so the log tells what colleagues say of themselves, not what they could prove.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.app.storing import storable

logger = logging.getLogger(__name__)

FILE = "audit.sqlite3"
MOST_SHOWN = 50

Action = Literal[
    "publish",
    "replace",
    "refuse",
    "withdraw",
    "put_back",
    "rebuild",
    "correct",
    "translate",
    "untranslate",
    "delete_report",
]

_TABLE = """
CREATE TABLE IF NOT EXISTS actions (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    action TEXT NOT NULL,
    document TEXT NOT NULL,
    title TEXT NOT NULL,
    who TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS actions_stay BEFORE UPDATE ON actions
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
CREATE TRIGGER IF NOT EXISTS actions_remain BEFORE DELETE ON actions
BEGIN SELECT RAISE(ABORT, 'the log is only added to'); END;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was done. `document` is an id, `detail` a name or what changed; all but `action` may be empty."""

    time: datetime
    action: str
    document: str
    title: str
    who: str
    detail: str


class AuditLog:
    """The file in a folder; it is made with the first entry. Safe for use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def add(self, action: Action, document: str, title: str, who: str, detail: str = "") -> None:
        """Add an entry. What has been done is done: that it cannot be written is logged, and no failure."""
        row = (datetime.now(UTC).isoformat(timespec="seconds"), action, document, title, who, detail)
        try:
            self._path.touch(mode=0o600)
            with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
                connection.executescript(_TABLE)
                connection.execute(
                    "INSERT INTO actions (time, action, document, title, who, detail) VALUES (?, ?, ?, ?, ?, ?)",
                    [storable(value) for value in row],
                )
        except (OSError, sqlite3.Error) as error:
            logger.error("the audit log could not be written: %s; missing is %r", error, row)

    def read(self) -> list[Entry]:
        """The newest entries, newest first.

        Raises:
            OSError, sqlite3.Error: the file cannot be read.
        """
        if not self._path.exists():
            return []
        with closing(sqlite3.connect(self._path, timeout=5)) as connection:
            rows = connection.execute(
                "SELECT time, action, document, title, who, detail FROM actions ORDER BY id DESC LIMIT ?", (MOST_SHOWN,)
            ).fetchall()
        return [Entry(datetime.fromisoformat(time), *rest) for time, *rest in rows]
