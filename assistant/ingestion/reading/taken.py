"""What reading gives: what was taken out of a file → its text as `cleaning` expects it, and notes for who checks it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.errors import UnreadableSource
from assistant.ingestion.reading.plain import without_control

Kind = Literal["text", "word", "pdf", "web"]
NoteKind = Literal[
    "numbering",
    "tracked",
    "footnotes",
    "text_boxes",
    "contents",
    "formulas",
    "empty_pages",
    "running_lines",
]

PARAGRAPH = "\u2029\n"
"""Between paragraphs that the file itself keeps apart."""
WIDEST = 50
"""Columns, or rows, over which a merged cell reaches at most."""
LONGEST_TEXT = 4_000_000
"""Characters taken out of a file: ten times the longest code of laws."""

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_GARBLED = 0.2


@dataclass(frozen=True, slots=True)
class Note:
    """Something that whoever checks the text should know; `detail` are words or page numbers of the file."""

    kind: NoteKind
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Attributes:
        text: the text, not yet cleaned.
        kind: what it was read from; all but `text` mean that it was taken out of a file made for the eye.
        notes: what may have been lost or changed on the way.
    """

    text: str
    kind: Kind = "text"
    notes: tuple[Note, ...] = ()


def reach(attribute: str | None) -> int:
    """Over how many columns or rows a merged cell reaches, by the attribute that says so: 1 to WIDEST."""
    return min(max(int(attribute), 1), WIDEST) if attribute and attribute.isdecimal() else 1


def row(cells: Sequence[str]) -> str:
    """A row of a table as a line; empty where no cell holds anything."""
    plain = [" ".join(cell.replace("|", "｜").split()) for cell in cells]
    return f"|{'|'.join(plain)}|" if any(plain) else ""


def taken(name: str, text: str, kind: Kind, notes: Iterable[Note] = ()) -> Reading:
    """The text taken out of a file, if it is one.

    Raises:
        UnreadableSource: there is no text, far too much, or it consists of characters that mean nothing.
    """
    if len(text) > LONGEST_TEXT:
        raise UnreadableSource(f"{name} holds more text than a document can: is it the right file?", "too_long")
    text = without_control(text)
    written = [c for c in text if not c.isspace()]
    unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in written)
    if unknown and unknown > _GARBLED * len(written):
        raise UnreadableSource(
            f"{name}: its characters have no meaning outside its own fonts: save the original as .docx or .txt.",
            "garbled",
        )
    text = _PRIVATE.sub("", text)  # bullets of symbol fonts
    if not any(c.isalnum() for c in text):
        raise UnreadableSource(f"{name} holds no text: put the document's text into it or remove it.", "empty")
    return Reading(text, kind, tuple(notes))
