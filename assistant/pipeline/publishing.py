"""Uploaded file → preview → published document; and withdrawing, putting back, reading everything anew.

This is what the staff desk does to the corpus. Each step works on the data folder alone: every assistant that has it
open answers from the new state with its next question, and until then from the state before, never from half of one.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.config import Settings
from assistant.errors import FieldFault, InvalidCorrection, LastDocument, UnknownDocument
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import load_embedder
from assistant.indexing.index import write_lock
from assistant.ingestion import Finding, Reading, findings, is_date, parse_document, read_document, records
from assistant.pipeline.comparing import Twin, kept_translation, twins
from assistant.pipeline.holdings import FOLDER, Holdings, Original, pairs_of, sources_in, text_as_held
from assistant.pipeline.ingesting import IngestReport, Progress, Read, align, apply, read_all, unwatched
from assistant.pipeline.staging import Staging, Upload, check
from assistant.schema import Document, Record

DATES = records.DATES
CORRECTABLE = ("title", "issuer", "number", "meeting", *DATES, "status", "source")
"""The fields of a record that staff may correct; the rest is the program's own."""
LONGEST_VALUE = 300
MOST_RECENT = 16


@dataclass(frozen=True, slots=True)
class Preview:
    """What was understood of an upload; nothing is published yet. `twins` come likeliest first."""

    upload: Upload
    reading: Reading
    document: Document
    findings: tuple[Finding, ...]
    twins: tuple[Twin, ...]


class Library:
    """The corpus of a data folder, as staff change it. Safe for use from several threads and processes.

    Args:
        settings: which data folder, and how documents are cut and embedded.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._holdings = Holdings(settings.data_dir)
        self._lock = threading.Lock()
        self._recent: dict[str, tuple[Reading, Document]] = {}
        self.staging = Staging(settings.data_dir / FOLDER / "staged")

    def preview(self, token: str, held: Sequence[Document]) -> Preview:
        """Parse an upload; nothing is written.

        Args:
            token: of the upload.
            held: the documents to compare it with.

        Raises:
            UnknownUpload: it does not wait, or no longer.
        """
        upload = self.staging.get(token)
        reading, document = self._parsed(upload)
        return Preview(upload, reading, document, tuple(findings(document.clauses)), tuple(twins(document, held)))

    def publish(
        self, token: str, corrections: Mapping[str, str], replaces: str = "", progress: Progress = unwatched
    ) -> Record:
        """Publish an upload: keep its file and record in the data folder, and put it into the index.

        Args:
            token: of the upload.
            corrections: fields of the record (`CORRECTABLE`) → their values; those not given stay as understood.
            replaces: id of the document that it takes the place of; empty for a new document.
            progress: told how far the work is.

        Returns:
            The record as published.

        Raises:
            UnknownUpload: it does not wait, or no longer.
            InvalidCorrection: a field has an impossible value.
            UnknownDocument: what it should replace is not held.
            IndexBusy, DataFolderNotWritable, EmbedderUnavailable: as their names say; nothing is published then.
        """
        data = self.staging.read(token)
        upload = self.staging.get(token)
        reading, document = self._parsed(upload)
        record = corrected(document.record, corrections)
        original = None
        if reading.kind != "text":
            original = Original(Path(upload.name).suffix.lower(), data)
            data = reading.text.encode()
        with self._writing():
            self.staging.get(token)  # another may have published it while this one waited for the lock
            record, pairs = self._placed(record, document, data, replaces)
            record = self._put(record, data, pairs, original, progress)
            self.staging.remove(token)
        return record

    def correct(self, document_id: str, corrections: Mapping[str, str], progress: Progress = unwatched) -> Record:
        """Correct the record of a document that is held; its text, clauses and translation stay.

        Args:
            document_id: which.
            corrections: as in `publish`.
            progress: told how far the work is.

        Raises:
            UnknownDocument, InvalidCorrection, IndexBusy, DataFolderNotWritable, EmbedderUnavailable: as their names
                say; nothing changes then.
        """
        with self._writing():
            document, pairs = self._held(document_id)
            return self._put_again(document, corrected(document.record, corrections), pairs, progress)

    def translate(self, document_id: str, pairs: Sequence[tuple[str, str]], progress: Progress = unwatched) -> Record:
        """Give a document that is held a translation in place of the one it has; without pairs it has none.

        Args:
            document_id: which.
            pairs: (Chinese, English), in the document's order.
            progress: told how far the work is.

        Raises:
            InvalidTranslation: a pair does not stand in the document where it should.
            UnknownDocument, IndexBusy, DataFolderNotWritable, EmbedderUnavailable: as their names say; nothing changes
                in any case.
        """
        with self._writing():
            document, _ = self._held(document_id)
            align(document, pairs)
            return self._put_again(document, document.record, pairs, progress)

    def _held(self, document_id: str) -> Read:
        with closing(self._open()) as catalogue:
            return _as_held(catalogue, document_id)

    def _put_again(
        self, document: Document, record: Record, pairs: Sequence[tuple[str, str]], progress: Progress
    ) -> Record:
        """Keep a held document with another record or translation, from its file where it was published at the desk."""
        published = self._holdings.source(document.id)
        data = published.read_bytes() if published.is_file() else text_as_held(document)
        return self._put(record, data, pairs, self._holdings.original(document.id), progress)

    def _put(
        self,
        record: Record,
        data: bytes,
        pairs: Sequence[tuple[str, str]],
        original: Original | None,
        progress: Progress,
    ) -> Record:
        """Keep a document and put it into the index, or do neither; call under the write lock."""
        undo = self._holdings.put(record, data, pairs, original)
        try:
            read = read_document(self._holdings.source(record.id))
            apply([read], self._settings, progress=progress)
        except BaseException:
            undo()
            raise
        return read[0].record

    def withdraw(self, document_id: str, progress: Progress = unwatched) -> Record:
        """Take a document out of the index, and leave it out until it is put back.

        Raises:
            UnknownDocument: it is not held.
            LastDocument: no other is held.
            IndexBusy, DataFolderNotWritable: as their names say; nothing changes then.
        """
        with self._writing():
            with closing(self._open()) as catalogue:
                document = catalogue.document(document_id)
                if len(catalogue.document_ids()) == 1:
                    raise LastDocument(f"{document_id} is the only document; publish another one first")
                translation = catalogue.translation(document_id)
            try:
                self._holdings.withdraw(document, translation)
                apply([], self._settings, removed=[document_id], progress=progress)
            except BaseException:
                self._holdings.put_back(document_id)
                raise
        return document.record

    def withdrawn(self) -> list[Record]:
        """The records of the documents that are withdrawn, by id."""
        return [record for _, record in sorted(self._holdings.withdrawn().items())]

    def put_back(self, document_id: str, progress: Progress = unwatched) -> Record:
        """Put a withdrawn document back into the index, from the file it was made of where that is still there.

        Raises:
            UnknownDocument: it is not withdrawn.
            IndexBusy, DataFolderNotWritable, EmbedderUnavailable: as their names say; nothing changes then.
        """
        with self._writing():
            if document_id not in self._holdings.withdrawn():
                raise UnknownDocument(f"no document {document_id!r} is withdrawn")
            published = self._holdings.source(document_id)
            kept = published if published.is_file() else self._holdings.withdrawn_source(document_id)
            read = read_document(kept)
            apply([read], self._settings, progress=progress)
            self._holdings.put_back(document_id)
        return read[0].record

    def rebuild(self, progress: Progress = unwatched) -> IngestReport:
        """Read, chunk and embed every document anew and build the indexes from nothing; no document is lost.

        Those whose files lie in the corpus folder or were published at the desk are read from them; those that were
        ingested from elsewhere are taken as they are held.

        Raises:
            UnreadableSource, InvalidRecord: a file has become unfit; nothing changes then.
            SameDocument: two files of the corpus folder would be one document; likewise.
            IndexBusy, DataFolderNotWritable, EmbedderUnavailable: likewise.
        """
        corpus = self._settings.corpus_dir
        with self._writing():
            read = {one[0].id: one for one in read_all(sources_in(corpus), self._holdings)}
            with closing(self._open()) as catalogue:
                for document_id in set(catalogue.document_ids()) - read.keys():
                    read[document_id] = _as_held(catalogue, document_id)
            for document_id in self._holdings.withdrawn():
                read.pop(document_id, None)
            return apply([read[key] for key in sorted(read)], self._settings, rebuild=True, progress=progress)

    def _parsed(self, upload: Upload) -> tuple[Reading, Document]:
        """What an upload holds; those looked at last are kept, as a preview is looked at more than once."""
        parsed = self._recent.get(upload.token)
        if parsed is None:
            reading = check(upload.name, self.staging.read(upload.token))
            parsed = reading, parse_document(reading, upload.name)
            with self._lock:
                kept = list(self._recent.items())[-(MOST_RECENT - 1) :]
                self._recent = {**dict(kept), upload.token: parsed}
        return parsed

    def _placed(
        self, record: Record, document: Document, data: bytes, replaces: str
    ) -> tuple[Record, Sequence[tuple[str, str]]]:
        """The record with the id under which it is published, and what it keeps of the document it replaces."""
        with closing(self._open()) as catalogue:
            if not replaces:
                held = catalogue.document_ids()
                # The same text, not held, is what a publication left that was killed: it is taken up again.
                files = [f for f in self._holdings.sources() if f.stem in held or f.read_bytes() != data]
                taken = {*held, *self._holdings.withdrawn(), *(file.stem for file in files)}
                return replace(record, id=_free(record.id, taken)), ()
            old = catalogue.document(replaces)
            kept = kept_translation(old, catalogue.translation(replaces), document)
        misprints = tuple(misprint for misprint in old.record.misprints if misprint.printed in document.text)
        return replace(record, id=replaces, misprints=misprints), kept.pairs

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Holds the data folder's write lock; what a killed process left half done is taken back first."""
        with write_lock(self._settings.data_dir):
            self._holdings.mend()
            yield

    def _open(self) -> Catalogue:
        embedder = load_embedder(self._settings.embedding_model)
        return Catalogue.open(self._settings.data_dir, embedder=embedder.name)


def corrected(record: Record, values: Mapping[str, str]) -> Record:
    """A record with fields corrected.

    Args:
        record: as understood.
        values: fields of `CORRECTABLE` → what they should be; others are passed over.

    Raises:
        InvalidCorrection: no title, a value too long, a date that is none, an unknown status.
    """
    faults: dict[str, FieldFault] = {}
    wanted: dict[str, Any] = {name: tidy(values[name]) for name in CORRECTABLE if name in values}
    result = replace(record, **wanted)
    for name in CORRECTABLE:
        value = getattr(result, name)
        if len(value) > LONGEST_VALUE:
            faults[name] = "too_long"
        elif name == "title" and not value:
            faults[name] = "empty"
        elif name in DATES and value and not is_date(value):
            faults[name] = "date"
        elif name == "status" and value not in records.STATUSES:
            faults[name] = "status"
    if faults:
        raise InvalidCorrection(faults)
    return result


def tidy(value: str) -> str:
    """A value on one line, without characters that cannot be seen."""
    visible = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in value)
    return " ".join("".join(c for c in visible if unicodedata.category(c) not in ("Cf", "Cs", "Co")).split())


def _free(document_id: str, taken: set[str]) -> str:
    """The id, or the first of ID-2, ID-3 … that is not taken."""
    number = 1
    free = document_id
    while free in taken:
        number += 1
        free = f"{document_id[:90]}-{number}"
    return free


def _as_held(catalogue: Catalogue, document_id: str) -> Read:
    document = catalogue.document(document_id)
    return document, pairs_of(document, catalogue.translation(document_id))
