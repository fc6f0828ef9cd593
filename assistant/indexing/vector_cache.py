"""Texts embedded once: what an embedder says is kept in a file, whichever data folder it was asked for.

An index built anew, and another data folder with the same documents, then cost no embedding again.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from assistant.errors import DataFolderNotWritable
from assistant.indexing.embedding import Embedder, Vectors

FILE_NAME = "vectors.sqlite3"
_WAIT_S = 60.0
"""Seconds that a process waits for others to write."""


class CachedEmbedder:
    """An embedder that asks another one only for what it has not kept yet. Processes may share the folder.

    Vectors are kept under the embedder's name: who puts another model under the same path deletes the file.
    """

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        """Keep vectors in a folder, which is made where there is none.

        Raises:
            DataFolderNotWritable: it cannot be written to, or the file in it is none of ours.
        """
        self._embedder = embedder
        self.name = embedder.name
        self._file = folder / FILE_NAME
        with self._opened(folder) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB NOT NULL) WITHOUT ROWID"
            )

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions or single words, shape (len(texts), dimension)."""
        return self._kept("query", self._embedder.embed_queries, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of document text, shape (len(texts), dimension)."""
        return self._kept("passage", self._embedder.embed_passages, texts)

    @contextmanager
    def _opened(self, folder: Path | None = None) -> Iterator[sqlite3.Connection]:
        """A connection to the file, in a folder that is made where it is named; SQLite's complaints become ours."""
        try:
            if folder is not None:
                folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=_WAIT_S)) as connection:
                yield connection
        except (OSError, sqlite3.Error) as error:
            raise DataFolderNotWritable(
                f"the vector cache {self._file} cannot be used ({error}); "
                "delete the file, or let ASSISTANT_VECTOR_CACHE name a folder that can be written to"
            ) from error

    def _kept(self, sort: str, embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
        if not texts:
            return embed(texts)
        keys = [self._key(sort, text) for text in texts]
        held: dict[bytes, bytes] = {}
        with self._opened() as connection:
            for key in set(keys):
                held.update(connection.execute("SELECT key, vector FROM vectors WHERE key = ?", (key,)))
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
        if new:
            vectors = embed(list(new.values()))
            found = [(key, row.astype(np.float32).tobytes()) for key, row in zip(new, vectors, strict=True)]
            with self._opened() as connection, connection:
                connection.executemany("INSERT OR IGNORE INTO vectors VALUES (?, ?)", found)
            held.update(found)
        return np.stack([np.frombuffer(held[key], np.float32) for key in keys])

    def _key(self, sort: str, text: str) -> bytes:
        return hashlib.sha256("\0".join((self.name, sort, text)).encode("utf-8", "surrogatepass")).digest()
