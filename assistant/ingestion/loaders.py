"""Loaders: paths → source files; a file → its text. Records and translations: see `records`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import UnreadableSource
from assistant.ingestion.reading import Reading, read

_NOT_SOURCES = (".toml", ".jsonl")


def find_sources(paths: Sequence[Path]) -> list[Path]:
    """Lists the source files under some paths.

    Args:
        paths: files and folders. Folders are walked; hidden files and folders in them, records (`.toml`), translations
            (`.jsonl`) and README.md are passed over.

    Returns:
        The files, those of a folder sorted by path, each file once.

    Raises:
        UnreadableSource: a path does not exist or a folder cannot be listed.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise UnreadableSource(f"{path} does not exist: check the path.")
        for file in _walk(path) if path.is_dir() else [path]:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _walk(folder: Path) -> list[Path]:
    def refuse(error: OSError) -> None:
        raise UnreadableSource(f"Cannot list {error.filename} ({error.strerror}): check its permissions.") from error

    files: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            Path(here, name)
            for name in names
            if not name.startswith(".") and not name.lower().endswith(_NOT_SOURCES) and name.lower() != "readme.md"
        ]
    return sorted(files)


def load_text(path: Path) -> str:
    """The text of a file, as `load` reads it."""
    return load(path).text


def load(path: Path) -> Reading:
    """Reads a file: text (UTF-8, UTF-16 with byte order mark, or GB18030), Word, PDF with a text layer, or a web page.

    Args:
        path: a file with one of the suffixes of `reading.SUFFIXES`.

    Returns:
        Its text (that of a text file as it stands, without byte order mark), and what is to be checked in it.

    Raises:
        UnreadableSource: the file is missing, of another kind, binary, empty, or in none of these encodings.
    """
    return read(read_bytes(path), str(path))


def read_bytes(path: Path) -> bytes:
    """Reads a file.

    Args:
        path: the file.

    Returns:
        Its bytes.

    Raises:
        UnreadableSource: the file cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"Cannot read {path} ({error.strerror}): check path and permissions.") from error
