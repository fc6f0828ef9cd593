"""Reading: the bytes of a file, as an issuer hands it out → its text, and what a reader of it should check.

What a file is, its contents tell; its suffix only says what it is meant to be. Text files give their text as it stands,
but for pictures written into it. From Word files, PDFs and web pages the text is taken out: there U+2029 stands between
two paragraphs that the file itself keeps apart, and `cleaning` does not join these, and a row of a table is a line
`|cell|cell|`.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from assistant.errors import UnreadableSource
from assistant.ingestion.reading.plain import decode, without_pictures
from assistant.ingestion.reading.taken import LONGEST_TEXT, Kind, Note, NoteKind, Reading

SUFFIXES = (".txt", ".md", ".docx", ".pdf", ".html", ".htm")
"""The kinds of file that can be read."""

__all__ = ["SUFFIXES", "Kind", "Note", "NoteKind", "Reading", "decode", "read"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF_WITHIN = 1024
"""Bytes before `%PDF-` that readers of PDF put up with."""
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ARCHIVED = re.compile(rb"\s*(?:From: <Saved by|MIME-Version: 1\.0)", re.IGNORECASE)
_OLD_OFFICE = (".doc", ".wps", ".wpt", ".dot", ".rtf", ".odt", ".ofd")
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def read(data: bytes, name: str) -> Reading:
    """Reads a file.

    Args:
        data: its bytes.
        name: its name or path; the suffix must be one of `SUFFIXES`.

    Returns:
        Its text, and what to check in it.

    Raises:
        UnreadableSource: it is of another kind, damaged, locked, without text, or too large; `fault` says which.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _OLD_OFFICE:
        raise UnreadableSource(f"{name} is of a kind that cannot be read: save it as .docx or .txt.", "old_office")
    if suffix not in SUFFIXES:
        raise UnreadableSource(f"{name} is not a {', '.join(SUFFIXES)} file: save it as .docx or UTF-8 .txt.", "kind")
    if data.startswith(_OLE):
        if _LOCKED in data:
            raise UnreadableSource(f"{name} is locked with a password: save it without one.", "encrypted")
        raise UnreadableSource(f"{name} is an older Office file: save it as .docx or .txt.", "old_office")
    if data.startswith(_ZIP):
        from assistant.ingestion.reading.word import read_word

        return read_word(data, name)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        from assistant.ingestion.reading.pdf import read_pdf

        return read_pdf(data, name)
    if data and suffix in (".docx", ".pdf"):
        raise UnreadableSource(f"{name} is no {suffix} file, or damaged: save it again.", "mislabelled")
    if data.lstrip()[:5].lower() == b"{\\rtf":
        raise UnreadableSource(f"{name} is an RTF file: save it as .docx or .txt.", "old_office")
    if _ARCHIVED.match(data):
        raise UnreadableSource(f"{name} is a web archive (MHT): save the page as .html, or as .docx or .txt.", "kind")
    text = decode(data, name)
    if suffix in (".html", ".htm") or _PAGE.match(text):
        from assistant.ingestion.reading.web import read_page

        return read_page(text, name)
    text = without_pictures(text)
    if len(text) > LONGEST_TEXT:
        raise UnreadableSource(f"{name} holds more text than a document can: is it the right file?", "too_long")
    if not any(map(str.isalnum, text)):
        raise UnreadableSource(f"{name} holds no text: put the document's text into it or remove it.", "empty")
    return Reading(text)
