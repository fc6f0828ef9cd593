"""Questions and their answers' outcome → rows of `questions.sqlite3` in the data folder.

Off unless a number of days is set. Questions are masked before they are stored; who asked is not stored. A failure is
logged and costs no answer, and the writing happens on a thread of its own.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.app.expiring import erasing, oldest
from assistant.app.masking import mask
from assistant.app.storing import storable
from assistant.schema import Answer, Citation

logger = logging.getLogger(__name__)

Record = Callable[[str, Answer], None]
"""Told of each question and its answer; it neither fails nor takes time."""

FILE = "questions.sqlite3"
LONGEST_QUESTION = 2000
MOST_PAGES = 64 * 1024
"""Pages of 4 KiB that the file may grow to."""
MOST_WAITING = 1000
"""Questions waiting to be written, above which more are let go."""
MOST_READ = 50_000

_TABLE = """
CREATE TABLE IF NOT EXISTS questions (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    question TEXT NOT NULL,
    status TEXT NOT NULL,
    language TEXT NOT NULL,
    cited TEXT NOT NULL,
    latency_ms REAL NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored question. `cited` holds clauses as `panzhihua-2020-07-30#clause-11`."""

    time: datetime
    question: str
    status: str
    language: str
    cited: tuple[str, ...]
    latency_ms: float


class QuestionLog:
    """The file of questions in a folder; it is made with the first question. Safe for use from several threads.

    What is too old is deleted when the log is opened, when it is read and at each `sweep`.

    Args:
        folder: where the file is.
        days: how long a question is kept; 0 keeps none, and deletes what an earlier setting kept.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self.days = days
        self._path = folder / FILE
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="question-log")
        self._lock = threading.Lock()
        self._waiting: list[Future[None]] = []
        self.sweep()

    def record(self, question: str, answer: Answer) -> None:
        """Store a question and what became of it, soon. Never fails."""
        if not self.days:
            return
        try:
            self._submit(self._add, datetime.now(UTC), question, answer)
        except Exception as error:
            logger.error("a question could not be stored: %s", error)

    def sweep(self) -> None:
        """Delete, soon, what is older than it may become. Never fails."""
        try:
            if self._path.exists():
                self._submit(self._sweep)
        except Exception as error:
            logger.error("old questions could not be deleted: %s", error)

    def flush(self) -> None:
        """Wait until what was recorded is written."""
        with self._lock:
            waiting = list(self._waiting)
        for task in waiting:
            task.result()

    def read(self) -> list[Asked]:
        """The questions that are kept, oldest first; the newest MOST_READ of them. Too old ones are deleted.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        self.sweep()
        self.flush()
        if not self.days or not self._path.exists():
            return []
        with closing(sqlite3.connect(self._path, timeout=5)) as connection:
            rows = connection.execute(
                "SELECT time, question, status, language, cited, latency_ms FROM questions WHERE time >= ?"
                " ORDER BY id DESC LIMIT ?",
                (oldest(self.days), MOST_READ),
            ).fetchall()
        return [_asked(*row) for row in reversed(rows)]

    def _add(self, when: datetime, question: str, answer: Answer) -> None:
        row = (
            when.isoformat(timespec="seconds"),
            mask(storable(question))[:LONGEST_QUESTION],
            answer.status,
            answer.language,
            json.dumps(list(dict.fromkeys(map(clause_link, answer.citations))), ensure_ascii=False),
            answer.timings_ms.get("total", 0.0),
        )
        self._path.touch(mode=0o600)
        with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
            connection.execute(f"PRAGMA max_page_count = {MOST_PAGES:d}")
            connection.execute(_TABLE)
            connection.execute(
                "INSERT INTO questions (time, question, status, language, cited, latency_ms) VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )

    def _sweep(self) -> None:
        with erasing(self._path) as connection:
            connection.execute(_TABLE)
            if self.days:
                connection.execute("DELETE FROM questions WHERE time < ?", (oldest(self.days),))
            else:
                connection.execute("DELETE FROM questions")

    def _submit(self, work: Callable[..., None], *arguments: object) -> None:
        with self._lock:
            self._waiting = [task for task in self._waiting if not task.done()]
            if len(self._waiting) >= MOST_WAITING:
                raise RuntimeError("too many wait to be written")
            self._waiting.append(self._writer.submit(self._logging_errors, work, *arguments))

    @staticmethod
    def _logging_errors(work: Callable[..., None], *arguments: object) -> None:
        try:
            work(*arguments)
        except Exception as error:
            logger.error("the question log could not be written: %s", error)


def _asked(when: str, question: str, status: str, language: str, cited: str, latency_ms: float) -> Asked:
    return Asked(datetime.fromisoformat(when), question, status, language, tuple(json.loads(cited)), latency_ms)


def clause_link(cited: Citation) -> str:
    """Document and clause of a citation: `panzhihua-2020-07-30#clause-11`."""
    _, _, fragment = cited.url.partition("#")
    return f"{cited.document}#{fragment or f'clause-{cited.clause_number}'}"
