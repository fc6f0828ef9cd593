"""A document's record → the words that tell where it comes from: dates, status, one line, rows of a table."""

from __future__ import annotations

from datetime import date

from assistant.app.labels import Labels
from assistant.app.passages import plain
from assistant.schema import Record

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def show_date(value: str, labels: Labels) -> str:
    """`2020-07-30` → `2020年7月30日` or `30 July 2020`; anything that is no ISO date stays as it is."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return plain(value)
    if labels.html_lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def show_status(record: Record, labels: Labels) -> str:
    """The document's status in words; a status without a word of its own stays as it is."""
    return labels.document_statuses.get(record.status) or plain(record.status) or labels.unknown


def main_date(record: Record, labels: Labels) -> str:
    """The date that places the document, with the word that says which: adopted, else published, else in effect."""
    for value, word in (
        (record.adopted, labels.adopted),
        (record.published, labels.published),
        (record.effective, labels.effective),
    ):
        if value:
            shown = show_date(value, labels)
            return f"{word} {shown}" if labels.html_lang == "en" else f"{shown}{word.removesuffix('日期')}"
    return ""


def record_line(record: Record, labels: Labels) -> list[str]:
    """Issuer, number, date, status: what a reader needs beside a clause to know what it is from."""
    parts = [plain(record.issuer), plain(record.number) or labels.no_number, main_date(record, labels)]
    return [part for part in parts if part] + [show_status(record, labels)]


def record_rows(record: Record, labels: Labels) -> list[tuple[str, str]]:
    """The whole record, a row for each field that says something; the number and the issuer always."""
    rows = [
        (labels.issuer, plain(record.issuer) or labels.unknown),
        (labels.number, plain(record.number) or labels.no_number),
        (labels.meeting, plain(record.meeting)),
        (labels.adopted, show_date(record.adopted, labels)),
        (labels.published, show_date(record.published, labels)),
        (labels.effective, show_date(record.effective, labels)),
        (labels.repealed, show_date(record.repealed, labels)),
        (labels.status, show_status(record, labels)),
        (labels.origin, plain(record.source)),
    ]
    return [(name, value) for name, value in rows if value]
