"""The data folder → the day of which the corpus is: when what is held was last changed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from assistant.indexing.catalogue import FILE_NAME


def corpus_day(data_dir: Path) -> str:
    """The day, in this machine's time zone, on which the catalogue was last written; as an ISO date.

    Only an ingestion that changes something writes to the catalogue. Empty where there is no catalogue to be seen, as
    while a rebuild puts another in its place: a page without the date is better than none.
    """
    try:
        written = (data_dir / FILE_NAME).stat().st_mtime
    except OSError:
        return ""
    return datetime.fromtimestamp(written, UTC).astimezone().date().isoformat()
