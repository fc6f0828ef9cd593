"""Records: the files beside a document's text → its `Record` and its translation."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from assistant.errors import InvalidRecord, InvalidTranslation, UnreadableSource
from assistant.ingestion.loaders import read_bytes
from assistant.ingestion.metadata import recognise
from assistant.schema import Misprint, Record

STATUSES = ("in_force", "amended", "repealed")
DATES = ("adopted", "published", "effective", "repealed")
_KEYS = tuple(field.name for field in fields(Record))
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def record_path(path: Path) -> Path:
    """The record file that belongs to a text file: same stem, `.toml`."""
    return path.with_suffix(".toml")


def load_record(path: Path, text_title: str, text: str = "") -> Record:
    """Reads the record beside a document.

    Args:
        path: the document's text file; its record is the `.toml` file of the same stem.
        text_title: the title found in the text, used where the record gives none.
        text: the cleaned text. Where there is no record file, number, issuer and dates are taken from it if they are
            plain to see.

    Returns:
        The record. Without a file, or without `id` in it, the id is the file's stem made URL-safe.

    Raises:
        InvalidRecord: the file is not TOML or has unknown keys or impossible values; the message names file and key.
    """
    file = record_path(path)
    if not file.is_file():
        return recognised_record(path.stem, text_title, text)
    return _read(file, url_safe(path.stem), text_title or _readable(path.stem))


def recognised_record(stem: str, title: str, text: str) -> Record:
    """The record that a document gives of itself.

    Args:
        stem: the file's name without suffix.
        title: the title found in the text; may be empty.
        text: the cleaned text.
    """
    found: dict[str, Any] = dict(recognise(text, title))
    return Record(id=url_safe(stem), title=title or _readable(stem), **found)


def _readable(name: str) -> str:
    """A file's name as text: one that is not UTF-8, and so holds surrogates, was likely given in GBK."""
    data = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("utf-8", "replace")


def format_record(record: Record) -> str:
    """A record as its file holds it: TOML that `load_record` reads back as the same record."""
    lines = [f"{key} = {_quoted(getattr(record, key))}" for key in _KEYS if key != "misprints"]
    for misprint in record.misprints:
        lines += ["", "[[misprints]]", f"printed = {_quoted(misprint.printed)}"]
        lines += [f"intended = {_quoted(misprint.intended)}"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A TOML basic string: escaped as in JSON, and DEL, which JSON lets stand."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _read(file: Path, default_id: str, default_title: str) -> Record:
    try:
        values = tomllib.loads(read_bytes(file).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InvalidRecord(f"{file} is not UTF-8 text: save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise InvalidRecord(f"{file} is not valid TOML: {error}") from error
    unknown = [key for key in values if key not in _KEYS]
    if unknown:
        raise InvalidRecord(f"{file}: unknown key '{unknown[0]}'; known keys are {', '.join(_KEYS)}.")
    misprints = _misprints(file, values.pop("misprints", []))
    texts = {key: _text(file, key, value) for key, value in values.items()}
    texts.setdefault("id", default_id)
    texts.setdefault("title", default_title)
    if not _ID.fullmatch(texts["id"]):
        raise InvalidRecord(f"{file}: id '{texts['id']}' must be 1 to 100 ASCII letters, digits, '.', '_' or '-'.")
    if not texts["title"].strip():
        raise InvalidRecord(f"{file}: title is empty.")
    if texts.get("status", "in_force") not in STATUSES:
        raise InvalidRecord(f"{file}: status '{texts['status']}' must be one of {', '.join(STATUSES)}.")
    translation = texts.get("translation", "")
    if translation and (Path(translation).name != translation or not file.with_name(translation).is_file()):
        raise InvalidRecord(f"{file}: translation '{translation}' must name a file beside the record.")
    return Record(misprints=misprints, **texts)


def _text(file: Path, key: str, value: Any) -> str:
    """A value as text; dates may also be TOML's own."""
    if key in DATES:
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        if not isinstance(value, str) or (value and not is_date(value)):
            raise InvalidRecord(f"{file}: {key} must be a date such as 2020-07-30, not {value!r}.")
        return value
    if not isinstance(value, str):
        raise InvalidRecord(f"{file}: {key} must be a string, not {value!r}.")
    return value


def is_date(value: str) -> bool:
    """Whether a text is a day as records write it: `2020-07-30`."""
    try:
        return _DATE.fullmatch(value) is not None and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _misprints(file: Path, value: Any) -> tuple[Misprint, ...]:
    misprints = []
    for entry in value if isinstance(value, list) else [value]:
        if not isinstance(entry, dict) or set(entry) != {"printed", "intended"}:
            raise InvalidRecord(f"{file}: misprints must be tables with the two keys printed and intended.")
        if not all(isinstance(part, str) and part for part in entry.values()):
            raise InvalidRecord(f"{file}: misprints: printed and intended must be strings that are not empty.")
        misprints.append(Misprint(**entry))
    return tuple(misprints)


def url_safe(stem: str) -> str:
    """An id from a file's stem: ASCII letters, digits, `.`, `_`, `-`.

    Args:
        stem: any file name without suffix.

    Returns:
        The stem itself where it is safe, white space turned to `-`; otherwise what can be kept of it, and eight digits
        of the stem's SHA-1 so that two stems never share an id.
    """
    plain = "-".join(unicodedata.normalize("NFKC", stem).split())
    kept = _UNSAFE.sub("-", plain).strip("-._")[:80]
    if kept == stem:
        return kept
    digits = hashlib.sha1(stem.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{kept}-{digits}" if kept else f"doc-{digits}"


def load_translation(path: Path) -> list[tuple[str, str]]:
    """Reads a translation aligned by sentence, or by part of a sentence: JSON lines `{"zh": "…", "en": "…"}`.

    Joined with spaces the English of the parts of a sentence reads as one sentence.

    Args:
        path: the file.

    Returns:
        Pairs of Chinese and English, in the order of the file.

    Raises:
        InvalidRecord: the file cannot be read or a line is wrong; the message names the line.
    """
    try:
        data = read_bytes(path)
    except UnreadableSource as error:
        raise InvalidRecord(str(error)) from error
    return parse_translation(data, str(path))


def parse_translation(data: bytes, name: str) -> list[tuple[str, str]]:
    """Parses a translation; see `load_translation`.

    Args:
        data: the bytes of the file.
        name: what to call it in messages.

    Raises:
        InvalidTranslation: a line is wrong, or the bytes are no text.
    """
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InvalidTranslation("encoding", f"{name} is not UTF-8 text: save it as UTF-8.") from error
    pairs = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InvalidTranslation("json", f"{name}, line {number}: not JSON ({error}).", number) from error
        if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("zh", "en")):
            message = f"{name}, line {number}: must be an object with the strings zh and en."
            raise InvalidTranslation("keys", message, number)
        pairs.append((value["zh"], value["en"]))
    return pairs


def format_translation(pairs: Sequence[tuple[str, str]]) -> str:
    """A translation as its file holds it."""
    return "".join(json.dumps({"zh": zh, "en": en}, ensure_ascii=False) + "\n" for zh, en in pairs)
