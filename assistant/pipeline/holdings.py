"""What staff published and withdrew → files of the data folder, which every ingestion takes into account.

    library/documents/ID.txt, ID.toml, ID.en.jsonl      published at the desk: the text, its record, its translation
    library/originals/ID.docx                           the file as uploaded, where the text was taken out of it
    library/withdrawn/ID.txt, ID.toml, ID.en.jsonl      withdrawn: the document as it was last held
    library/replaced/TIME-ID.txt, TIME-ID.toml, …       what a later version took the place of; TIME-original-ID.docx
    library/unfinished.json                             there while files are put in place: how they are taken back

A document published here takes the place of one of the same id in the corpus folder; one that is withdrawn is left out
wherever it comes from. Whoever writes here holds the data folder's write lock, and first calls `mend`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import DataFolderNotWritable
from assistant.indexing.catalogue import TranslatedSentence
from assistant.ingestion import SUFFIXES, find_sources, format_record, format_translation, load_record, record_path
from assistant.schema import Document, Record

FOLDER = "library"


@dataclass(frozen=True, slots=True)
class Original:
    """A file that a text was taken out of: its suffix, with the dot, and its bytes."""

    suffix: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Steps:
    """How `put` is taken back, in paths below the library folder: the files it changes → their copies, and new ones."""

    copies: dict[str, str]
    new: list[str]


class Holdings:
    """The library folder of a data folder; it is made when something is first put into it."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        self._unfinished = self._folder / "unfinished.json"
        self._documents = data_dir / FOLDER / "documents"
        self._originals = data_dir / FOLDER / "originals"
        self._withdrawn = data_dir / FOLDER / "withdrawn"
        self._replaced = data_dir / FOLDER / "replaced"

    def sources(self) -> list[Path]:
        """The files published here, withdrawn ones among them."""
        return sources_in(self._documents)

    def source(self, document_id: str) -> Path:
        """Where the file of a document published here is, or would be."""
        return self._documents / f"{document_id}.txt"

    def put(
        self,
        record: Record,
        data: bytes,
        pairs: Sequence[tuple[str, str]] = (),
        original: Original | None = None,
    ) -> Callable[[], None]:
        """Keep a document under its record's id, in place of what is kept under it.

        Args:
            record: the record; which translation it names is set here.
            data: the document's text, as a file that is read like any other.
            pairs: (Chinese, English) of its translation.
            original: the file that the text was taken out of; None where it is the text itself.

        Returns:
            A function that takes it back: what lay there before lies there again.

        Raises:
            DataFolderNotWritable: it cannot be written; what lay there before lies there then.
        """
        text = self.source(record.id)
        english = text.with_name(f"{record.id}.en.jsonl")
        # The text comes last: only with it is there a document, so what is cut short before it is none.
        wanted: dict[Path, bytes] = {}
        if original is not None:
            wanted[self._originals / f"{record.id}{original.suffix}"] = original.data
        if pairs:
            wanted[english] = format_translation(pairs).encode()
        wanted[record_path(text)] = format_record(replace(record, translation=english.name if pairs else "")).encode()
        wanted[text] = data
        kept = [text, record_path(text), english, *self._original_files(record.id)]
        before = {file: file.read_bytes() for file in kept if file.is_file()}
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        # An original that was sent under another kind's name may be called as the text is.
        names = {file: f"original-{file.name}" if file.parent == self._originals else file.name for file in before}
        copies = {file: self._replaced / f"{stamp}-{name}" for file, name in names.items()}

        steps = _Steps(
            {str(file.relative_to(self._folder)): str(copy.relative_to(self._folder)) for file, copy in copies.items()},
            [str(file.relative_to(self._folder)) for file in wanted if file not in before],
        )

        def undo() -> None:
            with suppress(DataFolderNotWritable):  # a disk may be full; only a process killed from here on needs it
                self._begin(steps)
            self._take_back(steps)

        try:
            for file, copy in copies.items():
                _write(copy, before[file])
            self._begin(steps)
            for file, content in wanted.items():
                _write(file, content)
            for file in before.keys() - wanted.keys():
                file.unlink()
            self._unfinished.unlink()
        except BaseException:
            undo()
            raise
        return undo

    def mend(self) -> None:
        """Take back what a process that was killed in `put` left behind; call under the write lock.

        Raises:
            DataFolderNotWritable: it cannot be taken back.
        """
        if self._unfinished.is_file():
            try:
                self._take_back(_Steps(**json.loads(self._unfinished.read_bytes())))
            except OSError as error:
                raise DataFolderNotWritable(
                    f"cannot write in {self._folder} ({error.strerror or error}); make the data folder writable"
                ) from error

    def _begin(self, steps: _Steps) -> None:
        _write(self._unfinished, json.dumps(asdict(steps)).encode())

    def _take_back(self, steps: _Steps) -> None:
        """What is done already is passed over, so that it can be begun again."""
        for file in reversed(steps.new):
            (self._folder / file).unlink(missing_ok=True)
        # Moved, not written: that succeeds on a full disk. A file without a copy has not been touched, or is back.
        for file, copy in steps.copies.items():
            if (self._folder / copy).is_file():
                os.replace(self._folder / copy, self._folder / file)
        self._unfinished.unlink(missing_ok=True)

    def original(self, document_id: str) -> Original | None:
        """The file that a document's text was taken out of, where there is one."""
        files = self._original_files(document_id)
        return Original(files[0].suffix, files[0].read_bytes()) if files else None

    def _original_files(self, document_id: str) -> list[Path]:
        return [file for suffix in SUFFIXES if (file := self._originals / f"{document_id}{suffix}").is_file()]

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
            _write(english, format_translation(pairs_of(document, translation)).encode())
        _write(record_path(text), format_record(record).encode())
        _write(text, text_as_held(document))

    def put_back(self, document_id: str) -> None:
        """Leave a document out no longer."""
        text = self.withdrawn_source(document_id)
        for file in (text, record_path(text), text.with_name(f"{document_id}.en.jsonl")):
            file.unlink(missing_ok=True)


def text_as_held(document: Document) -> bytes:
    """A document's text as a file that is read as the same text: its paragraphs are known to be paragraphs."""
    return document.text.replace("\n", "\n\u2029\n").encode()


def pairs_of(document: Document, translation: Sequence[TranslatedSentence]) -> list[tuple[str, str]]:
    """A translation as it is held → its pairs (Chinese, English)."""
    return [(document.text[one.start : one.end], one.text) for one in translation]


def sources_in(folder: Path) -> list[Path]:
    """The source files of a folder; none where there is no such folder."""
    return find_sources([folder]) if folder.is_dir() else []


def _write(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; raises `DataFolderNotWritable` where it cannot be."""
    half = file.with_name(f".{file.name}.half")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with open(half, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(half, file)
    except OSError as error:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        raise DataFolderNotWritable(
            f"cannot write {file} ({error.strerror or error}); make room, or make the data folder writable"
        ) from error
