"""Text → text that SQLite takes, for whatever is kept of what people typed."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text without lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
