"""What staff published and withdrew → files of the data folder, which every ingestion takes into account.

    library/documents/ID.txt, ID.toml                   published at the desk: the file as uploaded, and its record
    library/withdrawn/ID.txt, ID.toml, ID.en.jsonl      withdrawn: the document as it was last held
    library/replaced/TIME-ID.txt, TIME-ID.toml          what a later version took the place of

A document published here takes the place of one of the same id in the corpus folder; one that is withdrawn is left out
wherever it comes from. Whoever writes here holds the data folder's write lock.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.indexing.catalogue import TranslatedSentence
from assistant.ingestion import find_sources, format_record, load_record, record_path
from assistant.schema import Document, Record

FOLDER = "library"


class Holdings:
    """The library folder of a data folder; it is made when something is first put into it."""

    def __init__(self, data_dir: Path) -> None:
        self._documents = data_dir / FOLDER / "documents"
        self._withdrawn = data_dir / FOLDER / "withdrawn"
        self._replaced = data_dir / FOLDER / "replaced"

    def sources(self) -> list[Path]:
        """The files published here, withdrawn ones among them."""
        return sources_in(self._documents)

    def source(self, document_id: str) -> Path:
        """Where the file of a document published here is, or would be."""
        return self._documents / f"{document_id}.txt"

    def put(self, record: Record, data: bytes) -> Callable[[], None]:
        """Keep a file and its record under the record's id.

        Returns:
            A function that takes it back: what lay there before lies there again.
        """
        text, toml = self.source(record.id), record_path(self.source(record.id))
        before = {file: file.read_bytes() for file in (text, toml) if file.is_file()}
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        for file, content in before.items():
            _write(self._replaced / f"{stamp}-{file.name}", content)
        _write(text, data)
        _write(toml, format_record(record).encode())

        def undo() -> None:
            for file in (text, toml):
                file.unlink(missing_ok=True)
            for file, content in before.items():
                _write(file, content)
                (self._replaced / f"{stamp}-{file.name}").unlink(missing_ok=True)

        return undo

    def withdrawn(self) -> dict[str, Record]:
        """The records of the documents that are withdrawn, by id."""
        records = [load_record(text, "") for text in sources_in(self._withdrawn)]
        return {record.id: record for record in records}

    def withdrawn_source(self, document_id: str) -> Path:
        """Where the text of a withdrawn document is."""
        return self._withdrawn / f"{document_id}.txt"

    def withdraw(self, document: Document, translation: Sequence[TranslatedSentence]) -> None:
        """Leave a document out from now on; it is kept as it is held, so that it can be put back."""
        text = self.withdrawn_source(document.id)
        english = text.with_name(f"{document.id}.en.jsonl")
        record = replace(document.record, translation=english.name if translation else "")
        if translation:
            lines = [{"zh": document.text[one.start : one.end], "en": one.text} for one in translation]
            _write(english, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
        _write(record_path(text), format_record(record).encode())
        _write(text, document.text.encode())

    def put_back(self, document_id: str) -> None:
        """Leave a document out no longer."""
        text = self.withdrawn_source(document_id)
        for file in (text, record_path(text), text.with_name(f"{document_id}.en.jsonl")):
            file.unlink(missing_ok=True)


def sources_in(folder: Path) -> list[Path]:
    """The source files of a folder; none where there is no such folder."""
    return find_sources([folder]) if folder.is_dir() else []


def _write(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.half")
    with open(half, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(half, file)
