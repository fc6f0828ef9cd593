"""One published state of the catalogue, opened for reading: chunks and vectors in memory, Chroma and tantivy beside.

The folder `indexes/{state}.{build}` is written once, under the write lock, and only read afterwards. It is made again
from the catalogue whenever it is missing or incomplete.
"""

from __future__ import annotations

import itertools
import logging
import re
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from assistant.errors import DataFolderNotWritable, IndexBusy, UnknownDocument
from assistant.indexing.analysis import normalize
from assistant.indexing.catalogue import Catalogue, TranslatedSentence
from assistant.indexing.embedding import Embedder
from assistant.indexing.lexical_index import LexicalIndex
from assistant.indexing.sentences import split_sentences
from assistant.indexing.tables import head_of, line_above, row_at, rows_of, spelled_out
from assistant.indexing.translation import by_sentence
from assistant.indexing.vector_store import VectorStore
from assistant.schema import Chunk, Document, Record

_COMPLETE = "complete"
GRACE_SECONDS = 60.0
"""How long a build is kept once there is a newer one: questions that are being answered still read its files."""
WAIT_SECONDS = 10.0
"""How long to wait for another process that writes."""

_TITLES = re.compile(r"(?:[^。；，\n]*(?:通知|公告|通告|办法|方案|意见|规定|细则|指引|条例|决定)》?\s*)+")
_LEADS = re.compile(r"[下附如]表|表[如见]?下|[：:]$")
"""What a sentence says that leads to a table."""
_RULES = re.compile(r"\d|可以|应当|不得|免收|免费|免除|给予|发给|享受|凭")
"""What a heading that is a rule itself says: 住院护理补贴每天160元."""
_SAYS_MORE = re.compile(r"\d|[^\n]{40}")
"""What a sentence has that leads to a table and says something itself: 自2025年起按下表执行."""
_STRETCH = re.compile(r"[^,;。!?]+")
_QUOTATION = re.compile(r"“[^“”]{2,20}”")
logger = logging.getLogger(__name__)


@contextmanager
def write_lock(data_dir: Path, timeout_seconds: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the data folder's write lock for the block.

    Raises:
        IndexBusy: another process holds it for longer than the timeout.
        DataFolderNotWritable: the lock file cannot be made.
    """
    lock = FileLock(data_dir / "write.lock")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=timeout_seconds)
    except Timeout:
        raise IndexBusy(f"another process is writing to {data_dir}; try again when it has finished") from None
    except OSError as error:
        raise DataFolderNotWritable(
            f"cannot write to the data folder {data_dir} ({error.strerror or error}); "
            "make it writable, or set ASSISTANT_DATA_DIR to another folder"
        ) from error
    try:
        yield
    finally:
        lock.release()


def without_misprints(text: str, record: Record) -> str:
    """The text with the document's known misprints put right."""
    for misprint in record.misprints:
        text = text.replace(misprint.printed, misprint.intended)
    return text


def search_text(document: Document, start: int, end: int) -> str:
    """What stands in [start, end) as the search understands it: misprints put right, rows of tables spelled out."""
    return without_misprints(spelled_out(document.text, start, end), document.record)


def stretches(text: str) -> list[str]:
    """The stretches between commas, semicolons and sentence ends of a text, those of a word or less left out."""
    parts = [part.strip() for part in _STRETCH.findall(normalize(text))]
    return [part for part in parts if len(part) > 3]


def build_indexes(data_dir: Path, catalogue: Catalogue, *, anew: bool = False) -> Path:
    """Write the Chroma and tantivy indexes of the catalogue's present state; call under the write lock.

    Every build has a folder of its own: a process that holds an earlier one open must not find other files under the
    same name. Folders of earlier builds are removed once no question can still be reading them.

    Args:
        data_dir: the data folder.
        catalogue: what to build from.
        anew: build even where there is a complete folder, because it is damaged.

    Returns:
        The folder.
    """
    folder = built_folder(data_dir, catalogue.state)
    if folder is not None and not anew:
        return folder
    if folder is not None:
        (folder / _COMPLETE).unlink(missing_ok=True)
    root = data_dir / "indexes"
    folder = root / f"{catalogue.state}.{uuid.uuid4().hex[:8]}"
    for kind in ("chroma", "lexical"):
        (folder / kind).mkdir(parents=True)
    chunks, vectors = catalogue.chunks()
    texts = [search_text(catalogue.document(chunk.document), chunk.start, chunk.end) for chunk in chunks]
    LexicalIndex.build(folder / "lexical", chunks, texts)
    VectorStore.build(folder / "chroma", chunks, vectors)
    (folder / _COMPLETE).touch()
    _remove_superseded(root)
    return folder


def _remove_superseded(root: Path) -> None:
    """Remove incomplete builds, and those whose successor has been there long enough for every reader to move on."""
    finished: list[tuple[float, Path]] = []
    for build in root.iterdir():
        mark = build / _COMPLETE
        if mark.is_file():
            finished.append((mark.stat().st_mtime, build))
        else:
            shutil.rmtree(build, ignore_errors=True)
    finished.sort()
    for (_, build), (superseded, _) in itertools.pairwise(finished):
        if time.time() - superseded >= GRACE_SECONDS:
            shutil.rmtree(build, ignore_errors=True)


def built_folder(data_dir: Path, state: str) -> Path | None:
    """The complete index folder of a state, None where there is none."""
    return next((mark.parent for mark in (data_dir / "indexes").glob(f"{state}.*/{_COMPLETE}")), None)


class Index:
    """A snapshot of the corpus to search in: everything retrieval and answering need to know about it.

    Attributes:
        chunks: all chunks, in document order.
        vectors: their vectors, shape (len(chunks), dimension).
        row: chunk id → row in both.
        state: name of the published state that this is.
        vocabulary: the words of the corpus.
        translations: the translated sentences of the corpus, and their vectors, shape (n, dimension).
        vector_store: Chroma over the chunks.
        lexical_index: tantivy over the chunks.
    """

    def __init__(
        self, data_dir: Path, catalogue: Catalogue, embedder: Embedder, wait_seconds: float = WAIT_SECONDS
    ) -> None:
        """Take the present state of the catalogue; its Chroma and tantivy folders are rebuilt if missing or damaged.

        The catalogue is not used afterwards: what another process publishes does not show in this index.

        Args:
            data_dir: the data folder.
            catalogue: what to take.
            embedder: the embedder whose vectors it holds.
            wait_seconds: how long to wait for another process that writes, where something is to be built.

        Raises:
            IndexNotBuilt: the catalogue holds no document.
            IndexVersionMismatch: since it was opened it has been written anew by another version or embedder.
            IndexBusy: another process is writing, most likely these very folders.
        """
        self.embedder = embedder
        self._wait_seconds = wait_seconds
        if built_folder(data_dir, catalogue.state) is None:
            with write_lock(data_dir, wait_seconds):
                pass  # Who cannot build learns so before all is loaded in vain.
        with catalogue.snapshot():
            self.state = catalogue.state
            self.chunks, self.vectors = catalogue.chunks()
            self._documents = {document.id: document for document in catalogue.documents()}
            self.vocabulary = catalogue.vocabulary()
            self.translations = catalogue.translations()
            counts, self._stretches = catalogue.stretches()
        self._stretch_ends = np.concatenate([[0], np.cumsum(counts)])
        self.row = {chunk.id: row for row, chunk in enumerate(self.chunks)}
        self.lexical_index, self.vector_store = self._open(data_dir, catalogue)
        self._texts: dict[int, str] = {}
        self._shares: dict[tuple[re.Pattern[str], str], float] = {}
        self._bilingual: dict[int, str] = {}
        self._sentences: dict[int, str] = {}
        self._rows_at: dict[str, list[int]] = {}
        self._rows_of_clause: dict[tuple[str, int], list[int]] = {}
        for row, chunk in enumerate(self.chunks):
            self._rows_of_clause.setdefault((chunk.document, chunk.position), []).append(row)
            self._rows_at.setdefault(chunk.document, []).append(row)

    def _open(self, data_dir: Path, catalogue: Catalogue) -> tuple[LexicalIndex, VectorStore]:
        folder = built_folder(data_dir, self.state)
        if folder is not None:
            try:
                return self._probe(folder)
            except Exception as error:  # Each library fails in its own ways on damaged files; all are mended alike.
                logger.warning(
                    "rebuilding the indexes in %s, which are damaged or of another version (%s)", folder, error
                )
        with write_lock(data_dir, self._wait_seconds):
            if catalogue.state != self.state:
                raise IndexBusy(f"the index in {data_dir} has just been replaced; try again")
            return self._probe(build_indexes(data_dir, catalogue, anew=folder is not None))

    def _probe(self, folder: Path) -> tuple[LexicalIndex, VectorStore]:
        """Open both indexes and put a question to each, so that damage shows now and not at a user's question."""
        lexical, vectors = LexicalIndex(folder / "lexical"), VectorStore(folder / "chroma", self.embedder)
        if not vectors.search(self.vectors[0], 1) or lexical.count != len(self.chunks):
            raise ValueError("an index does not hold what the catalogue does")
        lexical.search({"probe": 1.0}, 1)
        return lexical, vectors

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return [self._documents[document_id] for document_id in sorted(self._documents)]

    def document(self, document_id: str) -> Document:
        """A document; raises `UnknownDocument` when there is none of that id."""
        if document_id not in self._documents:
            raise UnknownDocument(f"no document {document_id!r}; `python -m assistant documents` lists them")
        return self._documents[document_id]

    def clause_rows(self, document_id: str, position: int) -> Sequence[int]:
        """Rows of the chunks of a piece, in reading order."""
        return self._rows_of_clause.get((document_id, position), ())

    def share(self, words: re.Pattern[str], document_id: str) -> float:
        """Share of a document's chunks that a pattern matches in their normalised text."""
        key = (words, document_id)
        if key not in self._shares:
            rows = [row for row, chunk in enumerate(self.chunks) if chunk.document == document_id]
            self._shares[key] = sum(bool(words.search(self.text(row))) for row in rows) / max(len(rows), 1)
        return self._shares[key]

    def text(self, row: int) -> str:
        """A chunk's text, normalised and with known misprints put right, to match words against."""
        if row not in self._texts:
            chunk = self.chunks[row]
            self._texts[row] = normalize(search_text(self.document(chunk.document), chunk.start, chunk.end))
        return self._texts[row]

    def sentence_spans(self, row: int) -> list[tuple[int, int]]:
        """The sentences that a chunk lies in, as [start, end) in its document's text."""
        chunk = self.chunks[row]
        clause = self.document(chunk.document).clauses[chunk.position]
        return [
            (clause.start + start, clause.start + end)
            for start, end in split_sentences(clause.text)
            if clause.start + start < chunk.end and clause.start + end > chunk.start
        ]

    def sentence(self, row: int) -> str:
        """The whole sentences that a chunk lies in, as `text` has them; with a row of a table what leads to it."""
        if row in self._sentences:
            return self._sentences[row]
        document = self.document(self.chunks[row].document)
        spans = self.sentence_spans(row)
        said = search_text(document, spans[0][0], spans[-1][1])
        self._sentences[row] = normalize(f"{self.table_lead(row)}\n{said}".strip())
        return self._sentences[row]

    def table_lead(self, row: int) -> str:
        """Of a chunk that is a row of a table the sentence that leads to the table; empty where there is none."""
        chunk = self.chunks[row]
        document = self.document(chunk.document)
        at = row_at(document.text, chunk.start)
        line = line_above(document.text, at) if at else None
        if line is None or line[0] <= document.clauses[chunk.position].start:
            return ""
        start, end = split_sentences(document.text[slice(*line)])[-1]
        return document.text[line[0] + start : line[0] + end]

    def is_title(self, row: int) -> bool:
        """Whether a chunk is the title of its document: it names what the document is about, and says nothing of it.

        So does a line before the first clause that has the title and little else (【一图读懂】《…》 2025-05-30), or is
        a title itself (关于印发《…方案》的通知).
        """
        chunk = self.chunks[row]
        document = self.document(chunk.document)
        kind = document.clauses[chunk.position].kind
        if kind != "preamble":
            return kind == "title"
        title, text = (re.sub(r"\s", "", part) for part in (document.record.title, chunk.text))
        repeats = title in text and len(text.replace(title, "")) < len(title)
        return repeats or bool(re.fullmatch(_TITLES, chunk.text.strip()))

    def says_nothing(self, row: int) -> bool:
        """Whether a chunk says nothing: a clause's label and heading, what heads a table or leads to it, a question."""
        chunk = self.chunks[row]
        if chunk.text.endswith(("？", "?")) and len(split_sentences(chunk.text)) == 1:
            return True
        if not re.search(r"\w", chunk.text) or self._heads_a_table(chunk):
            return True
        if self.table_below(row) and not _SAYS_MORE.search(chunk.text):
            return True
        clause = self.document(chunk.document).clauses[chunk.position]
        if clause.kind != "clause" or not clause.heading or _RULES.search(clause.heading):
            return False
        heading_end = clause.start + len(clause.label) + len(clause.heading) + 3
        return chunk.start == clause.start and chunk.end <= heading_end < clause.end

    def is_row(self, row: int) -> bool:
        """Whether a chunk is a row of a table."""
        chunk = self.chunks[row]
        return row_at(self.document(chunk.document).text, chunk.start) is not None

    def table_below(self, row: int) -> list[int]:
        """The rows of the table, as rows of the index, that a chunk does nothing but lead to: 按下表标准发放."""
        chunk = self.chunks[row]
        document = self.document(chunk.document)
        below = row_at(document.text, chunk.end + 1) if document.text.startswith("\n", chunk.end) else None
        if below is None or row_at(document.text, chunk.start) or not _LEADS.search(chunk.text):
            return []
        if len(split_sentences(chunk.text.removeprefix(self._heading_line(chunk)))) != 1:
            return []
        last = rows_of(document.text, below)[-1][1]
        siblings = self.clause_rows(chunk.document, chunk.position)
        return [one for one in siblings if below[0] <= self.chunks[one].start < last]

    def _heading_line(self, chunk: Chunk) -> str:
        """The first line of a chunk where it is its clause's label and heading."""
        clause = self.document(chunk.document).clauses[chunk.position]
        line = chunk.text.split("\n", 1)[0]
        return line if chunk.start == clause.start and clause.heading and line.endswith(clause.heading) else ""

    def _heads_a_table(self, chunk: Chunk) -> bool:
        text = self.document(chunk.document).text
        row = row_at(text, chunk.start)
        return row is not None and head_of(text, row) == row

    def bilingual_text(self, row: int) -> str:
        """A chunk's text as above, followed by the translation of its sentences where there is one."""
        if row not in self._bilingual:
            chunk = self.chunks[row]
            english = " ".join(pair.text for pair in self.translation_of(chunk.document, chunk.start, chunk.end))
            self._bilingual[row] = f"{self.text(row)}\n{normalize(english)}"
        return self._bilingual[row]

    def translation_of(self, document_id: str, start: int, end: int) -> list[TranslatedSentence]:
        """The sentences, or parts of sentences, of a document's translation that overlap [start, end)."""
        return [pair for pair in self._pairs.get(document_id, ()) if pair.start < end and pair.end > start]

    def translation_cosines(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each chunk the best cosine of a question to the translation of its sentences, shape (chunks,).

        -1 where there is no translation.
        """
        pairs, vectors = self.translations
        best = np.full(len(self.chunks), -1.0, np.float32)
        if not pairs:
            return best
        cosines = vectors @ vector
        for pair, cosine in zip(pairs, cosines, strict=True):
            for row in self._rows_at.get(pair.document, ()):
                chunk = self.chunks[row]
                if chunk.start < pair.end and chunk.end > pair.start:
                    best[row] = max(best[row], cosine)
        return best

    def stretch_cosines(self, rows: Sequence[int], vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each of these chunks the best cosine of a question to one of its stretches, shape (rows,).

        A long chunk speaks of many things; its vector is near to none of them. Where it has no stretches, it counts
        itself.
        """
        return np.array([(self._stretches_of(row) @ vector).max() for row in rows], np.float32)

    def _stretches_of(self, row: int) -> NDArray[np.float32]:
        of_row = self._stretches[self._stretch_ends[row] : self._stretch_ends[row + 1]]
        return of_row.astype(np.float32) if len(of_row) else self.vectors[row : row + 1]

    @cached_property
    def centroid(self) -> NDArray[np.float32]:
        """Mean of the chunks' vectors, shape (dimension,)."""
        return np.asarray(self.vectors.mean(axis=0), np.float32)

    @cached_property
    def quotations(self) -> str:
        """What stands in quotation marks in the documents, with the marks, each once."""
        texts = ("".join(document.text.split()) for document in self.documents())
        return "".join(dict.fromkeys(quoted for text in texts for quoted in _QUOTATION.findall(text)))

    @cached_property
    def english_sentences(self) -> list[str]:
        """The sentences of all translations, parts of one sentence joined."""
        found = []
        for document_id, pairs in self._pairs.items():
            of_document = by_sentence(self.document(document_id).text, pairs)
            found += [sentence for sentence, _ in itertools.groupby(of_document)]
        return found

    @cached_property
    def _pairs(self) -> dict[str, list[TranslatedSentence]]:
        found: dict[str, list[TranslatedSentence]] = {}
        for pair in self.translations[0]:
            found.setdefault(pair.document, []).append(pair)
        return found
