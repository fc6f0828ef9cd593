"""Chunk vectors → nearest chunks, with Chroma through langchain-chroma.

The store is written once into a folder of its own, from the catalogue, and only read afterwards: an embedded Chroma
that two processes write is silently damaged.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.embedding import Embedder, LangChainEmbeddings
from assistant.schema import Chunk

COLLECTION = "chunks"
BATCH = 5000
"""Chroma refuses more than 5461 records at once."""
HNSW = {"space": "cosine", "max_neighbors": 64, "ef_construction": 400, "ef_search": 400}
"""Chroma's own values (16, 100, 100) leave a chunk out of reach now and then, another one with each opening: of the
exact 40 nearest chunks 61 in 120,000 were missed over the first corpus, the very nearest twice in 3,000 questions, and
a question was then refused that is answered otherwise. With these none was missed, and a query takes no longer."""


def _client(folder: Path) -> Any:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


class VectorStore:
    """Cosine similarity search over the chunks of one generation of the catalogue."""

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        """Open a store that `build` made."""
        from langchain_chroma import Chroma

        client = _client(folder)
        # Chroma keeps the files of a client open for good that nobody closes.
        weakref.finalize(self, client.close)
        self._store = Chroma(
            collection_name=COLLECTION,
            client=client,
            embedding_function=LangChainEmbeddings(embedder),
            create_collection_if_not_exists=False,
        )

    @staticmethod
    def build(folder: Path, chunks: Sequence[Chunk], vectors: NDArray[np.float32]) -> None:
        """Write a new store into an empty folder.

        Args:
            folder: where to; must not hold a store yet.
            chunks: what to index.
            vectors: their vectors, shape (len(chunks), dimension).
        """
        with closing(_client(folder)) as client:
            collection = client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": HNSW})
            for start in range(0, len(chunks), BATCH):
                batch = chunks[start : start + BATCH]
                collection.add(
                    ids=[chunk.id for chunk in batch],
                    embeddings=vectors[start : start + BATCH],
                    documents=[chunk.text for chunk in batch],
                    metadatas=[{"document": chunk.document, "position": chunk.position} for chunk in batch],
                )

    def search(self, vector: NDArray[np.float32], top_k: int, documents: Sequence[str] = ()) -> list[tuple[str, float]]:
        """The nearest chunks.

        Args:
            vector: a question's vector, shape (dimension,).
            top_k: how many at most.
            documents: restrict to chunks of these documents; empty means all.

        Returns:
            (chunk id, cosine similarity), best first.
        """
        where: Any = {"document": {"$in": list(documents)}} if documents else None
        found = self._store.similarity_search_by_vector_with_relevance_scores(
            [float(x) for x in vector], k=top_k, filter=where
        )
        return [(str(document.id), 1.0 - float(distance)) for document, distance in found]
