"""What visitors think of an answer → rows of `feedback.sqlite3` in the data folder.

The file is its own: nothing of it is needed to answer, and a failure to write it costs no answer. The question is
stored only where an answer did not help, for staff to see what is amiss; what identifies a person is masked before;
who sent it is not stored. After some days all is deleted.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.app.expiring import erasing, oldest
from assistant.app.labels import Reason
from assistant.app.masking import mask
from assistant.app.problems import problem
from assistant.app.security import is_own_origin
from assistant.app.storing import storable
from assistant.schema import Language, Status

logger = logging.getLogger(__name__)

FILE = "feedback.sqlite3"
LONGEST_QUESTION = 2000
LONGEST_TEXT = 500
LARGEST_BODY = 64 * 1024
MOST_PAGES = 16 * 1024
"""Pages of 4 KiB that the file may grow to."""
MOST_READ = 100

Verdict = Literal["helpful", "not_helpful"]

ClauseLink = Annotated[str, Field(max_length=300, pattern=r"^[^\s#]{1,250}#[A-Za-z0-9-]{1,40}$")]
"""A cited clause: `panzhihua-2020-07-30#clause-11`."""

_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    time TEXT NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    status TEXT NOT NULL,
    cited TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT,
    text TEXT NOT NULL
)
"""


class Feedback(BaseModel):
    """A verdict on an answer. The question goes with the verdict not_helpful; with another one it is not stored."""

    model_config = ConfigDict(extra="forbid")
    language: Language
    question: str = Field(default="", max_length=LONGEST_QUESTION)
    status: Status
    cited: list[ClauseLink] = Field(default=[], max_length=100)
    verdict: Verdict
    reason: Reason | None = None
    text: str = Field(default="", max_length=LONGEST_TEXT)

    @model_validator(mode="after")
    def _says_what_goes_with_its_verdict(self) -> Self:
        if self.verdict == "helpful" and (self.reason or self.text):
            raise ValueError("reason and text go with the verdict not_helpful")
        if self.verdict == "not_helpful" and not self.question:
            raise ValueError("the verdict not_helpful needs the question")
        return self


@dataclass(frozen=True, slots=True)
class Complaint:
    """An answer that did not help, and why; `reason` may be empty."""

    day: str
    question: str
    status: str
    reason: str
    text: str


class FeedbackStore:
    """The file of verdicts in a folder; it is made with the first verdict. Safe for use from several threads.

    What is too old is deleted when the file is opened, when it is read and at each `sweep`.

    Args:
        folder: where the file is.
        days: how long a verdict is kept.
    """

    def __init__(self, folder: Path, days: int) -> None:
        self.days = days
        self._path = folder / FILE
        self.sweep()

    def add(self, feedback: Feedback) -> None:
        """Store a verdict, masked.

        Raises:
            OSError, sqlite3.Error: the file cannot be written, or is full.
        """
        self._path.touch(mode=0o600)
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            feedback.language,
            mask(storable(feedback.question)) if feedback.verdict == "not_helpful" else "",
            feedback.status,
            json.dumps([storable(clause) for clause in feedback.cited], ensure_ascii=False),
            feedback.verdict,
            feedback.reason,
            mask(storable(feedback.text)),
        )
        with closing(sqlite3.connect(self._path, timeout=5)) as connection, connection:
            connection.execute(f"PRAGMA max_page_count = {MOST_PAGES:d}")
            connection.execute(_TABLE)
            connection.execute(
                "INSERT INTO feedback (time, language, question, status, cited, verdict, reason, text)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )

    def complaints(self) -> list[Complaint]:
        """The answers that did not help, newest first; MOST_READ at most. Too old ones are deleted.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        self.sweep()
        if not self._path.exists():
            return []
        with closing(sqlite3.connect(self._path, timeout=5)) as connection:
            rows = connection.execute(
                "SELECT substr(time, 1, 10), question, status, coalesce(reason, ''), text FROM feedback"
                " WHERE verdict = 'not_helpful' AND time >= ? ORDER BY id DESC LIMIT ?",
                (oldest(self.days), MOST_READ),
            ).fetchall()
        return [Complaint(*row) for row in rows]

    def sweep(self) -> None:
        """Delete what is older than it may become. Never fails."""
        try:
            if self._path.exists():
                with erasing(self._path) as connection:
                    connection.execute(_TABLE)
                    connection.execute("DELETE FROM feedback WHERE time < ?", (oldest(self.days),))
                    # Earlier versions stored the question with each verdict.
                    connection.execute("UPDATE feedback SET question = '' WHERE verdict = 'helpful' AND question <> ''")
        except (OSError, sqlite3.Error) as error:
            logger.error("old feedback could not be deleted: %s", error)


def build_router(store: FeedbackStore) -> APIRouter:
    """The route that takes verdicts."""
    router = APIRouter(prefix="/api/v1")

    @router.post("/feedback", include_in_schema=False)
    def feedback(request: Request, feedback: Feedback) -> JSONResponse:
        if not is_from_here(request):
            return problem(403, "feedback is taken from this site's own pages only")
        if int(request.headers.get("content-length", "0")) > LARGEST_BODY:
            return problem(413, f"the request is larger than {LARGEST_BODY // 1024} KiB")
        try:
            store.add(feedback)
        except (OSError, sqlite3.Error) as error:
            logger.error("feedback could not be stored: %s", error)
            return problem(503, "the feedback could not be stored; please try again in a while")
        return JSONResponse({"stored": True}, status_code=201)

    return router


def is_from_here(request: Request) -> bool:
    """Whether a request comes from a page of this site, or from a program that is no browser.

    Browsers say so in Sec-Fetch-Site, which no page can set; those that do not (without HTTPS) name the Origin.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or is_own_origin(origin, request.headers.get("host", ""))
