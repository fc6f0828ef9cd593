"""What the assistant is compared with in the same run: three pipelines without its parts.

All answer always, with the best chunks word for word, and take a follow-up as it is typed. None has a chat model, as
the assistant has none here: their citations and facts are what a model would be given to write from.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Sequence
from typing import Any

from assistant.config import Settings
from assistant.indexing.analysis import index_tokens
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import LangChainEmbeddings, load_embedder
from assistant.indexing.index import Index
from assistant.schema import Answer, Chunk, Citation, Document, Evidence, Query
from eval.systems import Engine, System

TUTORIAL_CHUNK, TUTORIAL_OVERLAP, TUTORIAL_TOP_K = 1000, 200, 4
"""Chunk size and overlap in characters, and chunks retrieved, of LangChain's tutorial "Build a RAG application"."""
TUTORIAL_MOST = 3_000_000
"""Characters of a corpus, at most, that the tutorial pipeline embeds for one run: its index is not kept."""


class TopChunks:
    """Answers every question with its best chunks; what the best chunks are is up to `find`."""

    def __init__(
        self, documents: Sequence[Document], find: Callable[[str, int, Sequence[str]], list[Evidence]], answer_with: int
    ) -> None:
        self._documents = {document.id: document for document in documents}
        self._find = find
        self._answer_with = answer_with

    def ask(self, query: Query) -> Answer:
        """The best chunks, each with a citation of the clause that it lies in."""
        found = self._find(query.question, self._answer_with, query.documents)
        if not found:
            return Answer("no_evidence", "Nothing found.", "zh")
        citations = tuple(self._cite(marker, evidence.chunk) for marker, evidence in enumerate(found, start=1))
        text = "\n".join(f"{citation.quote}[{citation.marker}]" for citation in citations)
        score = max(0.0, found[0].score)
        return Answer("answered", text, "zh", citations, confidence=score if score <= 1 else score / (1 + score))

    def _cite(self, marker: int, chunk: Chunk) -> Citation:
        document = self._documents[chunk.document]
        clause = next(clause for clause in document.clauses if clause.position == chunk.position)
        return Citation(
            marker=marker,
            document=document.id,
            document_title=document.record.title,
            clause_number=clause.number,
            clause_label=clause.label,
            quote=document.text[chunk.start : chunk.end],
            start=chunk.start,
            end=chunk.end,
            url="",
        )

    def search(self, query: str, top_k: int = 10, documents: Sequence[str] = ()) -> list[Evidence]:
        """The best chunks, best first."""
        return self._find(query, top_k, documents)

    def documents(self) -> list[Document]:
        """All documents."""
        return list(self._documents.values())

    def document(self, document_id: str) -> Document:
        """One document."""
        return self._documents[document_id]


def build_baselines(settings: Settings, ours: Engine) -> tuple[list[System], list[str]]:
    """All that the assistant is compared with, and notes on what could not be built.

    Raises:
        AssistantError: the index cannot be opened.
    """
    documents = ours.documents()
    embedder = load_embedder(settings.embedding_model)
    index = Index(settings.data_dir, Catalogue.open(settings.data_dir, embedder=embedder.name), embedder)

    def lexical(question: str, top_k: int, restricted: Sequence[str]) -> list[Evidence]:
        words = dict.fromkeys(index_tokens(question), 1.0)
        return _evidence(index, index.lexical_index.search(words, top_k, restricted), "lexical")

    def dense(question: str, top_k: int, restricted: Sequence[str]) -> list[Evidence]:
        vector = embedder.embed_queries([question])[0]
        return _evidence(index, index.vector_store.search(vector, top_k, restricted), "dense")

    systems = [
        System("BM25 only", "The best chunk by BM25 over the question's words.", TopChunks(documents, lexical, 1)),
        System("dense only", "The best chunk by cosine of the bundled embedder.", TopChunks(documents, dense, 1)),
    ]
    notes: list[str] = []
    size = sum(len(document.text) for document in documents)
    if size > TUTORIAL_MOST:
        notes.append(f"The LangChain tutorial pipeline was left out: {size:,} characters would be embedded anew.")
    else:
        systems += _tutorial(documents, settings, notes)
    return systems, notes


def _evidence(index: Index, run: Sequence[tuple[str, float]], retriever: str) -> list[Evidence]:
    return [Evidence(index.chunks[index.row[chunk_id]], score, {retriever: score}) for chunk_id, score in run]


def _tutorial(documents: Sequence[Document], settings: Settings, notes: list[str]) -> list[System]:
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    try:
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError as error:
        notes.append(f"The LangChain tutorial pipeline was left out: {error.name} is not installed (the extra `eval`).")
        return []
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=TUTORIAL_CHUNK, chunk_overlap=TUTORIAL_OVERLAP, add_start_index=True
    )
    pieces = splitter.create_documents(
        [document.text for document in documents], [{"document": document.id} for document in documents]
    )
    store = Chroma(
        collection_name=f"tutorial-{uuid.uuid4().hex}",
        embedding_function=LangChainEmbeddings(load_embedder(settings.embedding_model)),
        collection_configuration={"hnsw": {"space": "cosine"}},
    )
    for start in range(0, len(pieces), 5000):
        store.add_documents(pieces[start : start + 5000])
    by_id = {document.id: document for document in documents}

    def find(question: str, top_k: int, restricted: Sequence[str]) -> list[Evidence]:
        only: Any = {"document": {"$in": list(restricted)}} if restricted else None
        found = store.similarity_search_with_score(question, k=top_k, filter=only)
        return [
            Evidence(chunk, 1 - distance)
            for piece, distance in found
            for chunk in _by_clause(by_id[piece.metadata["document"]], piece)
        ]

    about = (
        f"LangChain's tutorial: RecursiveCharacterTextSplitter({TUTORIAL_CHUNK}, {TUTORIAL_OVERLAP}), Chroma, the same "
        f"embedder, the {TUTORIAL_TOP_K} best chunks. A chunk counts as citing every clause that it reaches into."
    )
    return [System("LangChain tutorial", about, TopChunks(documents, find, TUTORIAL_TOP_K))]


def _by_clause(document: Document, piece: Any) -> list[Chunk]:
    """A piece that the tutorial's splitter cut, cut again where clauses meet."""
    first = int(piece.metadata["start_index"])
    last = first + len(piece.page_content)
    chunks = []
    for clause in document.clauses:
        start, end = max(first, clause.start), min(last, clause.end)
        if start < end:
            text = document.text[start:end]
            chunks.append(Chunk(f"{document.id}:{start}", document.id, clause.position, text, "", start, end, 0))
    return chunks
