"""A stretch of a document that is quoted."""

from __future__ import annotations

from dataclasses import dataclass

ITEMS = 500
"""Characters up to which a list whose items the quote's last words announce, or a table, is quoted as one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch [start, end) of a document's text to quote; `position` is that of its clause."""

    document: str
    position: int
    start: int
    end: int
