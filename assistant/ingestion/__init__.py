"""Ingestion: the files of the corpus → `Document`s with their clauses, and their chunks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.indexing.numerals import parse_numeral, to_chinese
from assistant.indexing.sentences import split_parts, split_sentences
from assistant.ingestion.chunking import chunk_document
from assistant.ingestion.clauses import parse_clauses
from assistant.ingestion.cleaning import clean
from assistant.ingestion.findings import Finding, findings, warnings
from assistant.ingestion.labels import Label, match_label
from assistant.ingestion.loaders import find_sources, load, load_text
from assistant.ingestion.reading import SUFFIXES, Note, NoteKind, Reading, decode, read
from assistant.ingestion.records import (
    format_record,
    format_translation,
    is_date,
    load_record,
    load_translation,
    parse_translation,
    recognised_record,
    record_path,
)
from assistant.ingestion.tokens import make_token_counter
from assistant.schema import Clause, Document, Record

__all__ = [
    "SUFFIXES",
    "Finding",
    "Label",
    "Note",
    "NoteKind",
    "Reading",
    "chunk_document",
    "clean",
    "decode",
    "find_sources",
    "findings",
    "format_record",
    "format_translation",
    "is_date",
    "load",
    "load_record",
    "load_text",
    "load_translation",
    "make_token_counter",
    "match_label",
    "parse_clauses",
    "parse_document",
    "parse_numeral",
    "parse_translation",
    "read",
    "read_document",
    "record_path",
    "split_parts",
    "split_sentences",
    "to_chinese",
    "warnings",
]

EDITION = 4
"""Goes up when chunks are cut, or put for the search, in another way: documents are then ingested anew."""


def read_document(path: Path) -> tuple[Document, list[tuple[str, str]]]:
    """Reads a document: load, clean, parse, and read its record and translation.

    Args:
        path: the file; its record is the `.toml` file beside it.

    Returns:
        The document, and the pairs (Chinese, English) of its translation; no pairs where it has none.

    Raises:
        UnreadableSource: the text cannot be read.
        InvalidRecord: the record or the translation is wrong.
    """
    text = clean(load_text(path))
    clauses = parse_clauses(text)
    record = load_record(path, _title(clauses), text)
    translation = load_translation(path.with_name(record.translation)) if record.translation else []
    return Document(record, text, clauses, _digest(record, text, clauses, translation)), translation


def parse_document(reading: Reading, name: str) -> Document:
    """Parses a document of which there is only the file yet.

    Args:
        reading: what was read from the file.
        name: the file's name; the id is made from it, and the title where the text has none.

    Returns:
        The document, with the record that the text itself gives and no digest.
    """
    text = clean(reading.text)
    clauses = parse_clauses(text)
    return Document(recognised_record(Path(name).stem, _title(clauses), text), text, clauses)


def _title(clauses: tuple[Clause, ...]) -> str:
    return next((clause.text for clause in clauses if clause.kind == "title"), "").lstrip("#* ")


def _digest(record: Record, text: str, clauses: tuple[Clause, ...], translation: Sequence[tuple[str, str]]) -> str:
    """SHA-256 over all that was read: other bytes that mean the same make no work, another way to read them does."""
    taken = [EDITION, asdict(record), text, [asdict(clause) for clause in clauses], translation]
    return hashlib.sha256(json.dumps(taken).encode()).hexdigest()
