"""Files → a published index: what happens when documents are ingested, step by step."""

from __future__ import annotations

import itertools
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.config import Settings
from assistant.errors import InvalidTranslation, SameDocument, UnreadableSource
from assistant.indexing.analysis import content_words, normalize
from assistant.indexing.catalogue import Catalogue, TranslatedSentence
from assistant.indexing.embedding import Embedder, Vectors, load_embedder
from assistant.indexing.index import build_indexes, search_text, stretches, write_lock
from assistant.indexing.translation import by_sentence
from assistant.indexing.vector_cache import CachedEmbedder
from assistant.ingestion import SUFFIXES, chunk_document, find_sources, make_token_counter, read_document
from assistant.pipeline.holdings import Holdings
from assistant.schema import Chunk, Document

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, of how many)."""


def unwatched(what: str, done: int, total: int) -> None:
    """The progress that nobody wants to know."""


@dataclass(slots=True)
class IngestReport:
    """What an ingestion did: ids by outcome, and where the time went, in seconds."""

    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    """Left out, because staff withdrew them."""
    chunks: int = 0
    seconds: float = 0.0
    embedding_seconds: float = 0.0

    @property
    def changed(self) -> bool:
        """Whether the corpus is another one now."""
        return bool(self.added or self.replaced or self.removed)


class _TimedEmbedder:
    """Adds up the time spent in the embedder."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self.seconds = 0.0

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._timed(self._embedder.embed_passages, texts)

    def queries(self, texts: Sequence[str]) -> Vectors:
        return self._timed(self._embedder.embed_queries, texts)

    def _timed(self, embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str]) -> Vectors:
        started = time.perf_counter()
        vectors = embed(texts)
        self.seconds += time.perf_counter() - started
        return vectors


BATCH = 64
"""Texts embedded between two steps of the progress bar."""


def ingest(
    paths: Sequence[Path],
    settings: Settings,
    *,
    rebuild: bool = False,
    progress: Progress = unwatched,
) -> IngestReport:
    """Bring the index in line with the documents under some paths.

    Documents whose sources are unchanged are left alone; others are read, chunked and embedded anew. Documents ingested
    earlier from elsewhere stay; `rebuild` starts from nothing but what staff published. Staff have the last word: what
    they published takes the place of a document of the same id, and what they withdrew is left out (`holdings`). A run
    that fails changes nothing.

    Args:
        paths: files, and folders that are searched for files.
        settings: where to, and how.
        rebuild: forget everything ingested before.
        progress: told how far the work is.

    Raises:
        UnreadableSource, InvalidRecord: a source is unfit.
        SameDocument: two sources would be one document.
        IndexBusy, DataFolderNotWritable, IndexVersionMismatch, EmbedderUnavailable: as their names say.
    """
    load_embedder(settings.embedding_model)
    with write_lock(settings.data_dir):
        holdings = Holdings(settings.data_dir)
        holdings.mend()
        withdrawn = sorted(holdings.withdrawn())
        read = read_all(_sources(paths), holdings)
        report = apply(
            [(document, pairs) for document, pairs in read if document.id not in withdrawn],
            settings,
            removed=withdrawn,
            rebuild=rebuild,
            progress=progress,
        )
    report.withdrawn = withdrawn
    return report


Read = tuple[Document, list[tuple[str, str]]]
"""A document, and the pairs (Chinese, English) of its translation."""


def apply(
    read: Sequence[Read],
    settings: Settings,
    *,
    removed: Sequence[str] = (),
    rebuild: bool = False,
    progress: Progress = unwatched,
) -> IngestReport:
    """Put documents into the index and take others out of it, all or nothing; call under the write lock.

    Once the catalogue holds the change, it is made: where the folders built from the catalogue cannot be written, a
    warning is logged, and whoever opens the index next builds them.

    Args:
        read: the documents; those that have not changed are left alone.
        settings: where to, and how.
        removed: ids of documents to take out; those that are not held are passed over.
        rebuild: forget everything else.
        progress: told how far the work is.

    Raises:
        UnreadableSource: a rebuild would leave no document.
        DataFolderNotWritable, IndexVersionMismatch, EmbedderUnavailable: as their names say.
    """
    started = time.perf_counter()
    if rebuild and not read:
        raise UnreadableSource("all of these documents are withdrawn; put one back or name others")
    embedder = load_embedder(settings.embedding_model)
    timed = _TimedEmbedder(CachedEmbedder(embedder, settings.vector_cache) if settings.vector_cache else embedder)
    catalogue = Catalogue.open(settings.data_dir, embedder=embedder.name, create=True, rebuild=rebuild)
    try:
        report = _update(catalogue, read, removed, settings, timed, progress, embedder.name if rebuild else None)
        _build(settings.data_dir, catalogue)
    finally:
        catalogue.close()
    report.seconds = time.perf_counter() - started
    report.embedding_seconds = timed.seconds
    return report


def _build(data_dir: Path, catalogue: Catalogue) -> None:
    """Build what is derived from the catalogue now, so that no question has to wait for it."""
    try:
        build_indexes(data_dir, catalogue)
    except Exception as error:  # Chroma, tantivy and the disk fail in their own ways.
        logger.warning("the change stands, but its indexes are left to whoever opens it next: %s", error)


def _sources(paths: Sequence[Path]) -> list[Path]:
    sources = find_sources(paths)
    if not sources:
        named = ", ".join(map(str, paths))
        kinds = ", ".join(SUFFIXES)
        raise UnreadableSource(f"no documents under {named}; name files or folders that hold {kinds} files")
    return sources


def read_all(sources: Sequence[Path], holdings: Holdings) -> list[Read]:
    """Read files, and those that staff published in place of documents of the same ids.

    Raises:
        UnreadableSource, InvalidRecord: a file is unfit.
        SameDocument: two of `sources` would be one document.
    """
    read = [read_document(path) for path in sources]
    _refuse_twins(sources, [document for document, _ in read])
    published = [read_document(path) for path in holdings.sources()]
    ids = {document.id for document, _ in published}
    return [one for one in read if one[0].id not in ids] + published


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A document with all that is stored of it."""

    document: Document
    chunks: list[Chunk]
    vectors: NDArray[np.float32]
    translation: list[TranslatedSentence]
    translation_vectors: NDArray[np.float32]
    stretches: list[NDArray[np.float32]]
    """For each chunk the vectors of its stretches, shape (n, dimension)."""


def _update(
    catalogue: Catalogue,
    read: Sequence[Read],
    removed: Sequence[str],
    settings: Settings,
    timed: _TimedEmbedder,
    progress: Progress,
    reset_for: str | None,
) -> IngestReport:
    """Write what is new into the catalogue, all or nothing; `reset_for` names the embedder of a rebuild.

    Everything is embedded before the transaction begins: readers wait for the writing, not for the embedding.
    """
    report = IngestReport()
    known = {} if reset_for else catalogue.digests()
    count_tokens = make_token_counter(settings.data_dir / "tiktoken")
    prepared: list[_Prepared] = []
    for document, pairs in read:
        if known.get(document.id) == document.digest:
            report.unchanged.append(document.id)
            continue
        chunks = chunk_document(document, settings.chunk_tokens, count_tokens)
        prepared.append(_prepare(document, chunks, pairs, timed, progress))
        (report.replaced if document.id in known else report.added).append(document.id)
        report.chunks += len(chunks)
    report.removed = [document_id for document_id in removed if document_id in known]
    if not report.changed:
        return report
    terms = _vocabulary(catalogue, prepared, report.removed, timed, progress, fresh=reset_for is not None)
    with catalogue.transaction():
        if reset_for:
            catalogue.reset(reset_for)
        for document_id in report.removed:
            catalogue.delete_document(document_id)
        for one in prepared:
            catalogue.put_document(
                one.document, one.chunks, one.vectors, one.translation, one.translation_vectors, one.stretches
            )
        catalogue.replace_terms(terms)
        catalogue.publish()
    return report


def _refuse_twins(sources: Iterable[Path], documents: Iterable[Document]) -> None:
    files: dict[str, Path] = {}
    for file, document in zip(sources, documents, strict=True):
        other = files.setdefault(document.id, file)
        if other is not file:
            raise SameDocument(
                f"{other} and {file} would be one document, {document.id!r}; leave one of them out, rename it, or give "
                "it another id in a record file of its own"
            )


def _embed(
    embed: Callable[[Sequence[str]], Vectors], texts: Sequence[str], what: str, progress: Progress
) -> NDArray[np.float32]:
    batches = []
    for start in range(0, len(texts), BATCH):
        progress(what, start, len(texts))
        batches.append(embed(texts[start : start + BATCH]))
    progress(what, len(texts), len(texts))
    return np.concatenate(batches) if batches else np.zeros((0, 0), np.float32)


def _prepare(
    document: Document,
    chunks: list[Chunk],
    pairs: Sequence[tuple[str, str]],
    timed: _TimedEmbedder,
    progress: Progress,
) -> _Prepared:
    said = [search_text(document, chunk.start, chunk.end) for chunk in chunks]
    texts = [f"{chunk.context}\n{text}" for chunk, text in zip(chunks, said, strict=True)]
    translation = align(document, pairs)
    parts = [stretches(text) for text in said]
    texts += [part for of_chunk in parts for part in of_chunk]
    vectors = _embed(timed.passages, texts, document.id, progress)
    sentences = by_sentence(document.text, translation)
    place = {sentence: i for i, sentence in enumerate(dict.fromkeys(sentences))}
    english = _embed(timed.passages, list(place), f"{document.id} (English)", progress)
    english = english[[place[sentence] for sentence in sentences]]
    starts = len(chunks) + np.cumsum([0, *(len(of_chunk) for of_chunk in parts)])
    fine = [vectors[start:end] for start, end in itertools.pairwise(starts)]
    return _Prepared(document, chunks, vectors[: len(chunks)], translation, english, fine)


def align(document: Document, pairs: Sequence[tuple[str, str]]) -> list[TranslatedSentence]:
    """The pairs of a translation with their offsets in the document.

    Raises:
        InvalidTranslation: a pair's Chinese does not stand in the document where the order says it should.
    """
    found: list[TranslatedSentence] = []
    at = 0
    for number, (chinese, english) in enumerate(pairs, start=1):
        start = document.text.find(chinese, at) if chinese.strip() else -1
        if start < 0:
            raise InvalidTranslation(
                "order",
                f"{document.record.translation}, line {number}: {chinese[:20]!r}… does not follow in {document.id}; "
                "copy the sentence from the cleaned document",
                number,
                chinese[:20],
            )
        at = start + len(chinese)
        found.append(TranslatedSentence(document.id, start, at, english))
    return found


def _vocabulary(
    catalogue: Catalogue,
    prepared: Sequence[_Prepared],
    removed: Sequence[str],
    timed: _TimedEmbedder,
    progress: Progress,
    *,
    fresh: bool,
) -> list[tuple[str, int, NDArray[np.float32]]]:
    """The words of the corpus as it will be: (word, number of chunks, vector), those that are new embedded."""
    documents = {one.document.id: one.document for one in prepared}
    chunks = [chunk for one in prepared for chunk in one.chunks]
    vectors: dict[str, NDArray[np.float32]] = {}
    if not fresh:
        known = catalogue.vocabulary()
        vectors = dict(zip(known.terms, known.vectors, strict=True))
        gone = {*documents, *removed}
        kept = [chunk for chunk in catalogue.chunks()[0] if chunk.document not in gone]
        documents |= {id_: catalogue.document(id_) for id_ in {chunk.document for chunk in kept}}
        chunks += kept
    counts: Counter[str] = Counter()
    for chunk in chunks:
        counts.update(set(content_words(normalize(search_text(documents[chunk.document], chunk.start, chunk.end)))))
    new = sorted(word for word in counts if word not in vectors)
    for word, vector in zip(new, _embed(timed.queries, new, "vocabulary", progress), strict=True):
        vectors[word] = vector
    return [(word, count, vectors[word]) for word, count in sorted(counts.items())]
