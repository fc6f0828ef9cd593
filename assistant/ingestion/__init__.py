"""Ingestion: the files of the corpus → `Document`s with their clauses, and their chunks."""

from __future__ import annotations

import hashlib
from pathlib import Path

from assistant.indexing.numerals import parse_numeral, to_chinese
from assistant.indexing.sentences import split_parts, split_sentences
from assistant.ingestion.chunking import chunk_document
from assistant.ingestion.clauses import parse_clauses
from assistant.ingestion.cleaning import clean
from assistant.ingestion.findings import Finding, findings, warnings
from assistant.ingestion.labels import Label, match_label
from assistant.ingestion.loaders import find_sources, load, load_text, read_bytes
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
from assistant.schema import Clause, Document

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
    "source_digest",
    "split_parts",
    "split_sentences",
    "to_chinese",
    "warnings",
]


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
    files = [path, record_path(path), *([path.with_name(record.translation)] if record.translation else [])]
    return Document(record, text, clauses, source_digest(files)), translation


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


def source_digest(files: list[Path]) -> str:
    """SHA-256 over files: the size and the bytes of each, in order; a file that does not exist counts as absent."""
    digest = hashlib.sha256()
    for file in files:
        data = read_bytes(file) if file.is_file() else None
        digest.update(b"absent;" if data is None else b"%d;" % len(data) + data)
    return digest.hexdigest()
