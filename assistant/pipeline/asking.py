"""A query → an answer: what happens when a question is asked, step by step."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
import unicodedata
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.answerer import Answerer
from assistant.answering.chat import Chat, ModelAway
from assistant.answering.chat_model import open_chat_model
from assistant.answering.cross_encoder import load_cross_encoder
from assistant.answering.everything import Considered
from assistant.answering.examining import Examiner
from assistant.answering.found import Found
from assistant.answering.generation import Writer
from assistant.answering.home import titled_places
from assistant.answering.lexicon import load_lexicon
from assistant.answering.outline import referenced_clauses
from assistant.answering.rewriting import Rewriter
from assistant.answering.search_words import lexical_words, term_words
from assistant.answering.spelling import AsTyped, open_speller
from assistant.answering.sub_question import SubQuestion
from assistant.answering.terms import TermFinder
from assistant.answering.understanding import Understander, Understanding
from assistant.answering.waiting import context_until
from assistant.answering.writing import in_pieces, written
from assistant.config import Settings
from assistant.errors import DataFolderNotWritable, IndexBusy, IndexNotBuilt, IndexVersionMismatch, InvalidQuestion
from assistant.indexing.analysis import character_pairs
from assistant.indexing.catalogue import Catalogue, TranslatedSentence
from assistant.indexing.embedding import embedder_name, load_embedder
from assistant.indexing.index import WAIT_SECONDS, Index
from assistant.indexing.translation import standing
from assistant.pipeline.doors import Audience, door_questions
from assistant.pipeline.examples import example_questions
from assistant.pipeline.parts import Parts, fusion_weights
from assistant.pipeline.stopwatch import Stopwatch
from assistant.retrieval.hybrid import retrieve
from assistant.schema import Answer, AnswerChunk, Document, Evidence, Language, Query, Turn

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

CANDIDATES = 40
"""How many chunks answering looks at."""
LONGEST_QUESTION = 2000
"""Characters of a question, at most, as typed and with compatibility forms folded."""
_NO_TEXT = re.compile("\x1b\\[[0-9;?]*[A-Za-z]|\ufffd")
"""A terminal's colours and cursor moves, and what stands for bytes that were none."""
TURNS, LONGEST_TURN = 8, 300
"""How many earlier questions are looked at, and how many characters of each."""
logger = logging.getLogger(__name__)


def check_question(question: str) -> str:
    """The question without what is not text.

    Raises:
        InvalidQuestion: nothing is left, or it is longer than LONGEST_QUESTION.
    """
    folded = len(unicodedata.normalize("NFKC", question[: LONGEST_QUESTION + 1]))
    if max(len(question), folded) > LONGEST_QUESTION:
        raise InvalidQuestion(
            f"the question has {len(question):,} characters, {LONGEST_QUESTION:,} are the most; ask it more briefly"
        )
    text = question.encode("utf-8", "replace").decode("utf-8")
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in _NO_TEXT.sub(" ", text))
    if not re.search(r"\w", text):
        raise InvalidQuestion("the question is empty; type what you want to know")
    return text


def _recent(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """The last turns of a conversation, each cut to a length that is quick to read."""
    return tuple(replace(turn, question=turn.question[:LONGEST_TURN]) for turn in history[-TURNS:])


@dataclass(frozen=True, slots=True)
class _State:
    index: Index
    understander: Understander
    examiner: Examiner
    answerer: Answerer
    examples: dict[Language, list[str]] = field(default_factory=dict)
    doors: dict[Language, dict[Audience, list[str]]] = field(default_factory=dict)


class Assistant:
    """Answers questions over one data folder. Safe for use from several threads."""

    def __init__(self, settings: Settings, chat_model: BaseChatModel | None = None, parts: Parts | None = None) -> None:
        """Open the index.

        Args:
            settings: what to open and how.
            chat_model: writes the answers, in place of the one that the settings name.
            parts: which parts are on; all where it is not said.

        Raises:
            IndexNotBuilt, IndexVersionMismatch, DataFolderNotWritable, EmbedderUnavailable: as their names say.
        """
        self._settings = settings
        self._parts = parts or Parts()
        self._fusion = fusion_weights(self._parts)
        # What is wrong with the data folder shows before anything large is loaded.
        self._catalogue = Catalogue.open(settings.data_dir, embedder=embedder_name(settings.embedding_model))
        self._embedder = load_embedder(settings.embedding_model)
        self._lock = threading.Lock()
        self._warned = ""
        self._state = self._open(WAIT_SECONDS)
        self._catalogue.wait_at_most(0)
        chat = _chat(settings, chat_model)
        places = load_lexicon().places
        self._writer = Writer(chat, places) if chat else None
        self._rewriter = Rewriter(chat, places) if chat else None

    @property
    def settings(self) -> Settings:
        """What the assistant was opened with."""
        return self._settings

    @property
    def data_dir(self) -> Path:
        """The data folder."""
        return self._settings.data_dir

    def _open(self, wait_seconds: float) -> _State:
        index = Index(self._settings.data_dir, self._catalogue, self._embedder, wait_seconds)
        parts, lexicon = self._parts, load_lexicon()
        own = titled_places(document.record.title for document in index.documents())
        lexicon = replace(lexicon, places=lexicon.places | own)
        speller = open_speller(index, lexicon) if parts.spelling else AsTyped()
        lexicon = lexicon if parts.synonyms else replace(lexicon, synonyms={}, said={}, near={})
        lexicon = lexicon if parts.glossary else replace(lexicon, glossary={})
        finder = TermFinder(index, lexicon, near_words=parts.near_words)
        texts = [document.text for document in index.documents()]
        examiner = Examiner(
            index,
            lexicon.places,
            ranker=parts.ranker,
            answerability=parts.answerability,
            rules=parts.rules,
            translation=parts.translation,
            cross_encoder=load_cross_encoder() if parts.cross_encoder else None,
        )
        answerer = Answerer(index, lexicon.places, examiner, rules=parts.rules)
        return _State(index, Understander(finder, lexicon, speller, texts), examiner, answerer)

    def _current(self) -> _State:
        """The state to answer from: opened anew when another process has published a newer one.

        An index uses nothing of the catalogue once it is open, so questions under way go on with the state they have.
        """
        with self._lock:
            try:
                self._follow()
            except (IndexBusy, IndexNotBuilt, DataFolderNotWritable):
                # While another process is still writing, or the disk fails, what is open goes on answering, at once.
                pass
            except IndexVersionMismatch as error:
                # So it does where the newer one is not for this process, but that does not pass by itself.
                if str(error) != self._warned:
                    self._warned = str(error)
                    logger.warning("questions are answered from the index as it was before: %s", error)
        return self._state

    def _follow(self) -> None:
        """Open the state that the catalogue is in, where it is another than the open one."""
        if self._catalogue.moved():
            catalogue = Catalogue.open(self._settings.data_dir, embedder=self._embedder.name)
            catalogue.wait_at_most(0)
            self._catalogue.close()
            self._catalogue = catalogue
        if self._catalogue.state != self._state.index.state:
            self._state = self._open(0)

    def ask(self, query: Query) -> Answer:
        """Answer a query: understand, retrieve, answer, and have the answer written where a chat model is configured.

        Raises:
            InvalidQuestion: the question is empty, too long, or not text.
            UnknownDocument: `query.documents` names none that is held.
        """
        return _whole(self.stream(query))

    def _quoted(self, query: Query) -> Answer:
        """The answer in the documents' own words, for who only wants to know whether there is one."""
        return _whole(self._pieces(query, with_model=False))

    def stream(self, query: Query) -> Iterator[AnswerChunk]:
        """The same answer in pieces: a line at a time, a written one as its sentences come and have been verified.

        The texts of the pieces add up to the answer's; the last piece holds the whole answer.
        """
        return self._pieces(query, with_model=self._writer is not None)

    def _pieces(self, query: Query, with_model: bool) -> Iterator[AnswerChunk]:
        history = _recent(query.history) if self._parts.follow_ups else ()
        query = replace(query, question=check_question(query.question), history=history)
        state = self._current()
        for document_id in query.documents:
            state.index.document(document_id)
        clock = Stopwatch()
        understood, away = self._understand(state, query, with_model)
        clock.lap("understand")
        retrieve = partial(self._retrieve, state.index, understood.language, query.documents, clock)
        answer = state.answerer.answer(understood, retrieve, query.documents)
        if not with_model:
            yield from in_pieces(replace(answer, timings_ms=clock.finish("answer")))
            return
        clock.lap("answer")
        # Who has waited in vain for a rewriting does not wait a second time.
        for piece in written(state.index, understood.text, answer, None if away else self._writer):
            if piece.answer is None:
                yield piece
            else:
                yield AnswerChunk(piece.text, replace(piece.answer, timings_ms=clock.finish("write")))

    def _understand(self, state: _State, query: Query, with_model: bool) -> tuple[Understanding, bool]:
        """Read a query, a follow-up in the chat model's words where they hold; and whether the model proved away."""
        understood = state.understander.understand(query)
        if self._rewriter is None or not with_model or not understood.inherited or understood.references.clauses:
            return understood, False
        earlier = [turn.question for turn in query.history if state.understander.asks(turn.question)]
        try:
            rewritten = self._rewriter.rewrite(query.question, earlier, understood.language)
        except ModelAway:
            return understood, True
        if not rewritten:
            return understood, False
        return state.understander.understand(replace(query, question=rewritten, history=())), False

    def _retrieve(
        self, index: Index, language: Language, documents: Sequence[str], clock: Stopwatch, question: SubQuestion
    ) -> tuple[NDArray[np.float32], list[Evidence]]:
        clock.lap("answer")
        vector = self._embedder.embed_queries([question.text])[0]
        found = retrieve(
            index,
            vector,
            lexical_words(question),
            CANDIDATES,
            weights=self._fusion[language],
            pairs=character_pairs(question.text),
            terms=term_words(question),
            documents=documents,
        )
        clock.lap("retrieve")
        return vector, found

    def search(self, query: str, top_k: int = 10, documents: Sequence[str] = ()) -> list[Evidence]:
        """The chunks that fit a query best, best first; see `retrieve` for the scores.

        Raises:
            InvalidQuestion, UnknownDocument: as in `ask`.
        """
        return self.search_state(query, top_k, documents)[1]

    def search_state(self, query: str, top_k: int = 10, documents: Sequence[str] = ()) -> tuple[Index, list[Evidence]]:
        """The same with the state that was searched: there the documents still stand, whatever is published since."""
        question = check_question(query)
        state = self._current()
        for document_id in documents:
            state.index.document(document_id)
        understood = state.understander.understand(Query(question))
        part = understood.parts[0] if understood.parts else state.understander.plain(question)
        vector = self._embedder.embed_queries([part.text])[0]
        weights = self._fusion[understood.language]
        words, pairs, terms = lexical_words(part), character_pairs(part.text), term_words(part)
        found = retrieve(
            state.index, vector, words, top_k, weights=weights, pairs=pairs, terms=terms, documents=documents
        )
        return state.index, _named_first(state.index, understood, found, documents)[:top_k]

    def embed_questions(self, questions: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions in the space that retrieval searches, to tell like questions from others.

        Returns:
            Shape (len(questions), dimension), rows of length 1. Of a long question the beginning counts.
        """
        return self._embedder.embed_queries([question[:LONGEST_TURN] for question in questions])

    def examine(self, query: Query) -> tuple[Index, list[Found]]:
        """What answering sees of a query, one entry a sub-question, for those who measure or fit it.

        Empty for what is answered without looking for evidence: greetings, clauses by number, overviews.
        """
        state = self._current()
        understood = state.understander.understand(replace(query, question=check_question(query.question)))
        retrieve = partial(self._retrieve, state.index, understood.language, query.documents, Stopwatch())
        if understood.references.clauses:
            return state.index, []
        examine = state.examiner.examine
        return state.index, [examine(part, retrieve, understood.language, query.documents) for part in understood.parts]

    def look_through(self, query: Query) -> tuple[Index, list[Considered]]:
        """The clauses that answering looks at closely where everything on a matter is asked for, for who fits it."""
        state = self._current()
        understood = state.understander.understand(replace(query, question=check_question(query.question)))
        retrieve = partial(self._retrieve, state.index, understood.language, query.documents, Stopwatch())
        documents = [state.index.document(id_) for id_ in query.documents] or state.index.documents()
        part, language = understood.parts[0], understood.language
        return state.index, state.examiner.look_through(part, retrieve, language, documents)[1]

    async def astream(self, query: Query) -> AsyncGenerator[AnswerChunk]:
        """The same without blocking the event loop; who stops listening, or is cancelled, ends the work."""
        gone = threading.Event()
        context = context_until(gone)
        pieces, loop = self.stream(query), asyncio.get_running_loop()
        try:
            while (piece := await loop.run_in_executor(None, lambda: context.run(next, pieces, None))) is not None:
                yield piece
        finally:
            gone.set()

    def documents(self) -> list[Document]:
        """All documents, by id."""
        return self._current().index.documents()

    def document(self, document_id: str) -> Document:
        """A document; raises `UnknownDocument` when there is none of that id."""
        return self._current().index.document(document_id)

    def example_questions(self, language: Language) -> list[str]:
        """Questions that the corpus answers, made from its own headings; a new corpus brings its own."""
        state = self._current()
        if language not in state.examples:
            state.examples[language] = example_questions(
                state.index.documents(), language, self._quoted, partial(_in_english, state.index)
            )
        return state.examples[language]

    def door_questions(self, language: Language) -> dict[Audience, list[str]]:
        """Questions that the corpus answers, by whom they concern; made when first asked for."""
        state = self._current()
        if language not in state.doors:
            state.doors[language] = door_questions(
                state.index.documents(), language, self._quoted, partial(_in_english, state.index)
            )
        return state.doors[language]

    def translation(self, document_id: str) -> list[TranslatedSentence]:
        """The English sentences of a document, in order; empty when it has no translation."""
        pairs, _ = self._current().index.translations
        return [pair for pair in pairs if pair.document == document_id]


def _whole(pieces: Iterator[AnswerChunk]) -> Answer:
    """The answer that the last piece holds."""
    return next(piece.answer for piece in pieces if piece.answer is not None)


def open_assistant(
    settings: Settings, chat_model: BaseChatModel | None = None, parts: Parts | None = None
) -> Assistant:
    """Open the assistant over the data folder that the settings name; see `Assistant`."""
    return Assistant(settings, chat_model, parts)


def _chat(settings: Settings, chat_model: BaseChatModel | None) -> Chat | None:
    """The chat model; None where none is configured.

    Raises:
        InvalidSetting: the model that is configured can never work.
    """
    if chat_model is None and settings.chat_model:
        chat_model = open_chat_model(
            settings.chat_model,
            base_url=settings.chat_base_url,
            api_key=settings.chat_api_key.get_secret_value(),
            timeout_s=settings.chat_timeout_s,
            retries=settings.chat_retries,
        )
    return Chat(chat_model, settings.chat_timeout_s) if chat_model else None


def _named_first(
    index: Index, understood: Understanding, found: Sequence[Evidence], documents: Sequence[str]
) -> list[Evidence]:
    """The evidence with the chunks of clauses that the query names by number in front, scored above the rest."""
    if not understood.references.clauses:
        return list(found)
    clauses, _ = referenced_clauses(index, understood.references, documents, understood.language)
    known = {item.chunk.id: item for item in found}
    best = found[0].score if found else 0.0
    rows = [row for document, clause in clauses for row in index.clause_rows(document.id, clause.position)]
    named = [index.chunks[row] for row in rows]
    front = [Evidence(chunk, best + 1.0, known[chunk.id].scores if chunk.id in known else {}) for chunk in named]
    named_ids = {chunk.id for chunk in named}
    return front + [item for item in found if item.chunk.id not in named_ids]


def _in_english(index: Index, document_id: str, start: int, end: int) -> str:
    return " ".join(standing([pair.text for pair in index.translation_of(document_id, start, end)]))


def search_rows(assistant: Assistant, query: str, top_k: int, documents: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What `Assistant.search` finds, in the shape of the command-line contract (DESIGN section 4)."""
    index, found = assistant.search_state(query, top_k, documents)
    return [
        {
            "document": item.chunk.document,
            "clause_number": index.document(item.chunk.document).clauses[item.chunk.position].number,
            "text": item.chunk.text,
            "start": item.chunk.start,
            "end": item.chunk.end,
            "score": item.score,
            "scores": item.scores,
        }
        for item in found
    ]
