"""The truth: documents, their pieces, chunks and vectors, in one SQLite file. Every index is rebuilt from it.

Writing happens in one transaction a batch of documents, under a file lock held by the caller; `generation` counts the
published states, so that a reader can tell that its indexes are of another state than the file.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.errors import (
    AssistantError,
    DataFolderNotWritable,
    IndexBusy,
    IndexNotBuilt,
    IndexVersionMismatch,
    UnknownDocument,
)
from assistant.schema import Chunk, Clause, Document, Misprint, Record

SCHEMA_VERSION = "3"
FILE_NAME = "catalogue.sqlite3"
_Number = TypeVar("_Number", np.float16, np.float32)

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (id TEXT PRIMARY KEY, title TEXT NOT NULL, record TEXT NOT NULL, text TEXT NOT NULL,
    digest TEXT NOT NULL);
CREATE TABLE clauses (document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    kind TEXT NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL, heading TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, part INTEGER NOT NULL, PRIMARY KEY (document, position)) WITHOUT ROWID;
CREATE TABLE chunks (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
    position INTEGER NOT NULL, context TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    tokens INTEGER NOT NULL, vector BLOB NOT NULL);
CREATE INDEX chunks_by_clause ON chunks (document, position, start);
CREATE TABLE stretches (chunk TEXT NOT NULL REFERENCES chunks(id) ON DELETE CASCADE, place INTEGER NOT NULL,
    vector BLOB NOT NULL, PRIMARY KEY (chunk, place)) WITHOUT ROWID;
CREATE TABLE translations (document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, start INTEGER NOT NULL,
    end INTEGER NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (document, start));
CREATE TABLE terms (term TEXT PRIMARY KEY, frequency INTEGER NOT NULL, vector BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """A sentence of a document, or a part of one, by its offsets, in English."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the corpus: in how many chunks each occurs, and their vectors, shape (len(terms), dimension)."""

    terms: tuple[str, ...]
    frequencies: NDArray[np.int64]
    vectors: NDArray[np.float32]
    chunk_count: int


class Catalogue:
    """One open catalogue file. Safe for use from several threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection, embedder: str) -> None:
        self._path = path
        self._embedder = embedder
        self._connection = connection
        self._lock = threading.RLock()
        self._inode = path.stat().st_ino
        self._cached_for = ""
        self._documents: dict[str, Document] = {}

    @classmethod
    def open(cls, data_dir: Path, *, embedder: str, create: bool = False, rebuild: bool = False) -> Catalogue:
        """Open the catalogue of a data folder.

        Args:
            data_dir: the data folder.
            embedder: name of the embedder whose vectors the catalogue must hold.
            create: make an empty catalogue where there is none.
            rebuild: open it whatever wrote it, to be `reset`; a file that is damaged, or no catalogue, is put aside.

        Raises:
            IndexNotBuilt: there is none, and `create` is false.
            IndexVersionMismatch: written by another version, with another embedder, or damaged; damage that does not
                show at once raises it when it is read.
            IndexBusy: another process keeps it locked.
            DataFolderNotWritable: `create` is true and the folder or the file cannot be written.
        """
        path = data_dir / FILE_NAME
        if not path.is_file() and not create:
            raise IndexNotBuilt(f"no index in {data_dir}; run `python -m assistant ingest` first")
        try:
            data_dir.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            connection.execute("PRAGMA foreign_keys = ON")
            catalogue = cls(path, connection, embedder)
            if rebuild:
                catalogue._check_pages()
            else:
                catalogue._check(create)
        except (OSError, sqlite3.DatabaseError) as error:
            failure = _failure(path, error)
            if rebuild and isinstance(failure, IndexVersionMismatch):
                connection.close()
                _put_aside(path)
                return cls.open(data_dir, embedder=embedder, create=True, rebuild=True)
            raise failure from error
        return catalogue

    def _check_pages(self) -> None:
        """Read every page: whoever drops the tables would come upon the damage in the middle of it."""
        (found,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)

    def _check(self, create: bool) -> None:
        found = self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        if found is None:
            if not create:
                raise IndexNotBuilt("the index is empty; run `python -m assistant ingest` first")
            with self.transaction():
                self.reset(self._embedder)
        self._check_written_for_us()

    def _check_written_for_us(self) -> None:
        meta = self._meta()
        for key, expected in (("schema", SCHEMA_VERSION), ("embedder", self._embedder)):
            if meta.get(key) != expected:
                raise IndexVersionMismatch(
                    f"the index in {self._path.parent} was written with {key} {meta.get(key)!r}, this program uses "
                    f"{expected!r}; run `python -m assistant ingest --rebuild`"
                )

    def reset(self, embedder: str) -> None:
        """Forget everything, whatever version wrote it; call inside a transaction, so that a failure loses nothing."""
        names = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        # Children before parents, or the foreign keys stand in the way.
        for (name,) in sorted(names, key=lambda row: row[0] == "documents"):
            self._connection.execute('DROP TABLE "' + name.replace('"', '""') + '"')
        for statement in _TABLES.split(";\n"):
            if statement.strip():
                self._connection.execute(statement)
        self._connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("schema", SCHEMA_VERSION),
                ("embedder", embedder),
                ("generation", "0"),
                ("lineage", uuid.uuid4().hex[:12]),
            ],
        )

    def _meta(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM meta").fetchall())

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept only if the block ends without an error.

        Raises:
            IndexBusy: another process keeps the file locked.
            DataFolderNotWritable: it cannot be written.
        """
        with self._used():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # On a full disk SQLite has rolled back by itself.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """What is read inside is of one state, whatever another process publishes meanwhile.

        Raises:
            IndexVersionMismatch: since it was opened, another version or embedder has written it anew.
        """
        with self._used():
            self._connection.execute("BEGIN")
            try:
                self._check_written_for_us()
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")

    @contextmanager
    def _used(self) -> Iterator[None]:
        """The connection for one thread; what SQLite cannot do for others, the disk or damage is told as such."""
        with self._lock:
            try:
                yield
            except sqlite3.DatabaseError as error:
                if type(error) not in (sqlite3.DatabaseError, sqlite3.OperationalError):
                    raise  # A constraint or the like: a mistake of this program.
                raise _failure(self._path, error) from error

    def wait_at_most(self, seconds: float) -> None:
        """How long to wait, from now on, for another process that keeps the file locked."""
        with self._used():
            self._connection.execute(f"PRAGMA busy_timeout = {int(1000 * seconds)}")

    @property
    def generation(self) -> int:
        """Number of the published state; 0 for a catalogue that was never published."""
        with self._used():
            row = self._connection.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(row[0])

    @property
    def state(self) -> str:
        """Name of the published state: two catalogues, or two states of one, never share it."""
        with self._used():
            meta = self._meta()
        return f"{meta['lineage']}-{meta['generation']}"

    def publish(self) -> int:
        """Count the state up; call inside the transaction that changes it. Returns the new generation."""
        generation = self.generation + 1
        self._connection.execute("UPDATE meta SET value = ? WHERE key = 'generation'", (str(generation),))
        return generation

    def moved(self) -> bool:
        """Whether another file stands where this one was opened: a rebuild has replaced it."""
        try:
            return self._path.stat().st_ino != self._inode
        except OSError:
            return False

    def close(self) -> None:
        """Close the file; the catalogue cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    # Writing

    def put_document(
        self,
        document: Document,
        chunks: Sequence[Chunk],
        vectors: NDArray[np.float32],
        translation: Sequence[TranslatedSentence],
        translation_vectors: NDArray[np.float32],
        stretches: Sequence[NDArray[np.float32]] = (),
    ) -> None:
        """Store a document with its chunks and their vectors, in place of an earlier version of the same id.

        Args:
            document: the document.
            chunks: its chunks.
            vectors: their vectors, shape (len(chunks), dimension).
            translation: its translated sentences.
            translation_vectors: their vectors, shape (len(translation), dimension).
            stretches: for each chunk the vectors of its stretches, shape (n, dimension), kept in half precision.
        """
        self.delete_document(document.id)
        execute, many = self._connection.execute, self._connection.executemany
        record = json.dumps(asdict(document.record), ensure_ascii=False)
        execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?)",
            (document.id, document.record.title, record, document.text, document.digest),
        )
        many(
            "INSERT INTO clauses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (document.id, c.position, c.kind, c.number, c.label, c.heading, c.start, c.end, c.part)
                for c in document.clauses
            ],
        )
        many(
            "INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (c.id, document.id, c.position, c.context, c.start, c.end, c.tokens, vector.tobytes())
                for c, vector in zip(chunks, vectors, strict=True)
            ],
        )
        many(
            "INSERT INTO stretches VALUES (?, ?, ?)",
            [
                (chunk.id, place, vector.astype(np.float16).tobytes())
                for chunk, of_chunk in zip(chunks, stretches, strict=bool(stretches))
                for place, vector in enumerate(of_chunk)
            ],
        )
        many(
            "INSERT INTO translations VALUES (?, ?, ?, ?, ?)",
            [
                (document.id, s.start, s.end, s.text, vector.tobytes())
                for s, vector in zip(translation, translation_vectors, strict=True)
            ],
        )

    def delete_document(self, document_id: str) -> None:
        """Remove a document and all that belongs to it; nothing happens when there is none."""
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def replace_terms(self, terms: Iterable[tuple[str, int, NDArray[np.float32]]]) -> None:
        """Store the vocabulary (term, number of chunks, vector) in place of the earlier one."""
        self._connection.execute("DELETE FROM terms")
        self._connection.executemany(
            "INSERT INTO terms VALUES (?, ?, ?)", [(term, count, vector.tobytes()) for term, count, vector in terms]
        )

    # Reading

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._used():
            return self._connection.execute(sql, parameters).fetchall()

    def digests(self) -> dict[str, str]:
        """Document id → digest of the sources it was made from."""
        return dict(self._rows("SELECT id, digest FROM documents"))

    def document_ids(self) -> list[str]:
        """Ids of all documents, sorted."""
        return [row[0] for row in self._rows("SELECT id FROM documents ORDER BY id")]

    def documents(self) -> list[Document]:
        """All documents with their pieces, by id.

        Raises:
            IndexNotBuilt: there is none.
        """
        ids = self.document_ids()
        if not ids:
            folder = self._path.parent
            raise IndexNotBuilt(f"the index in {folder} holds no document; run `python -m assistant ingest` first")
        return [self.document(document_id) for document_id in ids]

    def document(self, document_id: str) -> Document:
        """A document with its pieces.

        Raises:
            UnknownDocument: there is none of that id.
        """
        with self._lock:
            state = self.state
            if state != self._cached_for:
                self._documents.clear()
                self._cached_for = state
            if document_id not in self._documents:
                self._documents[document_id] = self._load_document(document_id)
            return self._documents[document_id]

    def _load_document(self, document_id: str) -> Document:
        rows = self._rows("SELECT record, text, digest FROM documents WHERE id = ?", (document_id,))
        if not rows:
            raise UnknownDocument(f"no document {document_id!r}; `python -m assistant documents` lists them")
        raw, text, digest = rows[0]
        values = json.loads(raw)
        values["misprints"] = tuple(Misprint(**misprint) for misprint in values["misprints"])
        clauses = tuple(
            Clause(position, kind, number, label, heading, text[start:end], start, end, part)
            for position, kind, number, label, heading, start, end, part in self._rows(
                "SELECT position, kind, number, label, heading, start, end, part FROM clauses "
                "WHERE document = ? ORDER BY position",
                (document_id,),
            )
        )
        return Document(Record(**values), text, clauses, digest)

    def chunks(self) -> tuple[list[Chunk], NDArray[np.float32]]:
        """All chunks in document order, and their vectors, shape (n, dimension)."""
        rows = self._rows(
            "SELECT id, document, position, context, start, end, tokens, vector FROM chunks "
            "ORDER BY document, position, start, id"
        )
        texts = dict(self._rows("SELECT id, text FROM documents"))
        chunks = [
            Chunk(id_, document, position, texts[document][start:end], context, start, end, tokens)
            for id_, document, position, context, start, end, tokens, _ in rows
        ]
        return chunks, _stack([row[7] for row in rows], np.float32)

    def stretches(self) -> tuple[NDArray[np.int64], NDArray[np.float16]]:
        """The vectors of all chunks' stretches, in the order of `chunks`.

        Returns:
            How many each chunk has, shape (chunks,), and their vectors one after the other, shape (n, dimension).
        """
        rows = self._rows(
            "SELECT c.id, s.vector FROM chunks c LEFT JOIN stretches s ON s.chunk = c.id "
            "ORDER BY c.document, c.position, c.start, c.id, s.place"
        )
        counts: dict[str, int] = {}
        for chunk, vector in rows:
            counts[chunk] = counts.get(chunk, 0) + (vector is not None)
        blobs = [vector for _, vector in rows if vector is not None]
        return np.array(list(counts.values()), np.int64), _stack(blobs, np.float16)

    def translations(self) -> tuple[list[TranslatedSentence], NDArray[np.float32]]:
        """All translated sentences in document order, and their vectors, shape (n, dimension)."""
        rows = self._rows("SELECT document, start, end, text, vector FROM translations ORDER BY document, start")
        return [TranslatedSentence(*row[:4]) for row in rows], _stack([row[4] for row in rows], np.float32)

    def translation(self, document_id: str) -> list[TranslatedSentence]:
        """The translated sentences of a document, in order; empty when it has no translation."""
        sql = "SELECT document, start, end, text FROM translations WHERE document = ? ORDER BY start"
        return [TranslatedSentence(*row) for row in self._rows(sql, [document_id])]

    def vocabulary(self) -> Vocabulary:
        """The words of the corpus with their frequencies and vectors."""
        rows = self._rows("SELECT term, frequency, vector FROM terms ORDER BY term")
        count = self._rows("SELECT count(*) FROM chunks")[0][0]
        return Vocabulary(
            tuple(row[0] for row in rows),
            np.array([row[1] for row in rows], np.int64),
            _stack([row[2] for row in rows], np.float32),
            int(count),
        )


def _failure(path: Path, error: OSError | sqlite3.DatabaseError) -> AssistantError:
    """What to say when a catalogue cannot be used."""
    data_dir = path.parent
    # The low byte tells the kind; the rest of it, of which sort. Text that cannot be decoded has no code.
    kind = 0 if isinstance(error, OSError) else getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return IndexBusy(f"another process keeps the index in {data_dir} locked; try again when it has finished")
    # SQLITE_ERROR: a table, a column or the whole format is another.
    if kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        return IndexVersionMismatch(
            f"{path} is damaged, or not a catalogue of this program; run `python -m assistant ingest --rebuild`"
        )
    return DataFolderNotWritable(
        f"cannot use the data folder {data_dir} ({error}); "
        "make it writable, or set ASSISTANT_DATA_DIR to another folder"
    )


def _put_aside(path: Path) -> None:
    """Rename a file that is no catalogue, with what SQLite may have left beside it, so that nothing is lost."""
    os.replace(path, path.with_name(path.name + ".damaged"))
    for suffix in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _stack(blobs: Sequence[bytes], kind: type[_Number]) -> NDArray[_Number]:
    if not blobs:
        return np.zeros((0, 0), kind)
    return np.frombuffer(b"".join(blobs), kind).reshape(len(blobs), -1)
