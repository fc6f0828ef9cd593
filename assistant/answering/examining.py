"""A sub-question → what is found for it: the evidence ranked and read, what to quote, and whether that answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering import readings
from assistant.answering.ages import holds_at, names_ages
from assistant.answering.another_place import is_of_another_place
from assistant.answering.answerability import Judgement, judge, load_model
from assistant.answering.cross_encoder import CrossEncoder, passage_text
from assistant.answering.everything import Collected, Considered, collect, consider
from assistant.answering.follow_ups import stays_behind
from assistant.answering.found import Found
from assistant.answering.grades import of_another_grade
from assistant.answering.labels import asked_label
from assistant.answering.misuse import commands
from assistant.answering.passage import Passage
from assistant.answering.premises import unsaid_there
from assistant.answering.quoting import passage_words, passages
from assistant.answering.ranking import Ranking, rank
from assistant.answering.record_questions import is_of_another_body
from assistant.answering.restating import readings_of
from assistant.answering.selection import COMPLETES, COMPLETES_ENGLISH, choose_rows
from assistant.answering.sub_question import SubQuestion
from assistant.answering.tasks import gives_tasks, is_left_out
from assistant.indexing.index import Index
from assistant.schema import Document, Evidence, Language

Retrieve = Callable[[SubQuestion], tuple[NDArray[np.float32], Sequence[Evidence]]]
"""Finds the evidence for a sub-question: its vector, shape (dimension,), and the chunks."""

MOST_READ = 1500
"""Chunks up to which all documents are looked at where everything on a matter is asked for; of more, those found."""
ROWS = 60
"""Rows of a table that are looked at for the sentence that leads to it, at most."""


class Examiner:
    """Examines sub-questions over one index."""

    def __init__(
        self,
        index: Index,
        places: Collection[str],
        *,
        ranker: bool = True,
        answerability: bool = True,
        rules: bool = True,
        translation: bool = True,
        cross_encoder: CrossEncoder | None = None,
    ) -> None:
        """Examine with all parts, or without some for measuring what they are worth.

        Args:
            index: where the evidence lies.
            places: names of places.
            ranker: whether candidates are ranked anew; else they stay in the order in which they were found.
            answerability: whether an answer needs a probability above the threshold.
            rules: whether a missing year, place, name or kind of answer refuses.
            translation: whether English questions are matched against the translation.
            cross_encoder: reads the best candidates together with the question; none does when it is left out.
        """
        self._index = index
        self._cross_encoder = cross_encoder
        self._places = places
        self._ranks, self._judges, self._rules, self._translated = ranker, answerability, rules, translation
        model = load_model()
        self._rank_weights: dict[str, float] = model["ranking"]
        self._reading_share: float = model["reading_share"]
        self._belonging: dict[str, Any] = model["everything"]

    @property
    def reads(self) -> bool:
        """Whether a cross-encoder reads the evidence."""
        return self._cross_encoder is not None

    def examine(
        self, question: SubQuestion, retrieve: Retrieve, language: Language, documents: Sequence[str] = ()
    ) -> Found:
        """Rank the evidence for one sub-question, choose what to quote, and judge whether it answers."""
        vector, evidence = retrieve(question)
        index, lexical = self._index, _lexical(evidence)
        rows = self._candidates(question, evidence)
        name = asked_label(question.text, "。".join(index.text(row) for row in rows)) or ""
        if name:
            rows = self._with_siblings(rows, name)
        if question.asked.age is not None:
            rows = self._of_other_ages(rows, question.asked.age)
        question, rows = self._with_tasks(question, rows)
        ranking = self._rank(question, rows, vector, lexical, language, name)
        if not self._ranks:
            fused = {index.row[item.chunk.id]: item.score for item in evidence}
            ranking = replace(ranking, scores=np.array([fused[row] for row in ranking.rows]))
        if self._cross_encoder is not None:
            share = self._reading_share if self._ranks else 0.0
            said = "\n".join(index.text(row) for row in rows)
            ranking = ranking.read(partial(self.read, readings_of(question, said)), share)
        completes = COMPLETES if language == "zh" else COMPLETES_ENGLISH
        places = choose_rows(index, ranking, question.asked, question.noun or question.head, completes=completes)
        quoted = passages(index, ranking, places, question.asked, question.taken_over)
        judgement = self._judge(question, ranking, places, quoted, name, documents)
        return Found(question, ranking, places, quoted, judgement, vector, lexical)

    def _candidates(self, question: SubQuestion, evidence: Sequence[Evidence]) -> list[int]:
        """Rows of the evidence that could answer, with the rows of a table that was found by what leads to it."""
        index = self._index
        rows = [index.row[item.chunk.id] for item in evidence]
        rows = list(dict.fromkeys([*rows, *(below for row in rows for below in index.table_below(row)[:ROWS])]))
        rows = [row for row in rows if not (index.says_nothing(row) or index.is_title(row))] or rows
        rows = [row for row in rows if not commands(index.chunks[row].text)] or rows
        rows = [row for row in rows if not self._is_of_another_grade(row, question.text)] or rows
        return [row for row in rows if not is_of_another_body(index, row, question.text)] or rows

    def _with_tasks(self, question: SubQuestion, rows: list[int]) -> tuple[SubQuestion, list[int]]:
        """A question that is to be answered by who is given tasks, and the candidates with all who are given some.

        Where some are left out (除了西区,还有哪个区…) the others of those are asked for.
        """
        index = self._index
        left_out = any(is_left_out(index.text(row), question.asked) for row in rows)
        if left_out:
            question = replace(question, asked=replace(question.asked, actors=True))
        if question.asked.actors:
            rows = list(dict.fromkeys([*rows, *(task for row in rows for task in gives_tasks(index, row))]))
        if left_out:
            rows = [row for row in rows if not is_left_out(index.text(row), question.asked)] or rows
        return question, rows

    def _judge(
        self,
        question: SubQuestion,
        ranking: Ranking,
        places: Sequence[int],
        quoted: Sequence[Passage],
        name: str,
        documents: Sequence[str],
    ) -> Judgement:
        """Whether what is chosen answers, as far as the parts that are on judge it."""
        index, first = self._index, ranking.rows[0]
        texts = [passage_words(index, passage) for passage in quoted]
        judged = sorted({0, *places})
        judgement = judge(index, question, ranking, judged, texts, name, documents)
        if stays_behind(question, ranking, judged, self._taken(question, ranking, judged), "\n".join(texts)):
            judgement = judgement.doubted()
        if self._is_for_another_age(first, question.asked.age) or self._is_of_another_grade(first, question.text):
            judgement = judgement.doubted()
        if self._rules and is_of_another_place(index, question, ranking, judged):
            judgement = replace(judgement.doubted(), elsewhere=True)
        if self._rules and unsaid_there(index, question, ranking, self._places):
            judgement = judgement.doubted()
        if not self._judges:
            judgement = replace(judgement, probability=1.0)
        if self._rules:
            return judgement
        return replace(judgement, missing_kind=None, missing_label="", missing_years=(), missing_number="")

    def examine_rows(self, retrieve: Retrieve, language: Language, question: SubQuestion, rows: Sequence[int]) -> Found:
        """`examine` with the chunks of some rows for evidence, with their scores where a search found them."""
        vector, evidence = retrieve(question)
        known = {item.chunk.id: item for item in evidence}
        chunks = [self._index.chunks[row] for row in rows]
        among = [known.get(chunk.id) or Evidence(chunk, 0.0, {}) for chunk in chunks]
        return self.examine(question, lambda _: (vector, among), language)

    def as_meant(
        self, question: SubQuestion, retrieve: Retrieve, language: Language, documents: Sequence[str]
    ) -> Found:
        """What was found for a sub-question in the reading in which it is meant."""
        found = self.examine(question, retrieve, language, documents)
        if question.within is None:
            return found
        return readings.as_meant(found, self.examine(question.within, retrieve, language, documents))

    def look_through(
        self, question: SubQuestion, retrieve: Retrieve, language: Language, documents: Sequence[Document]
    ) -> tuple[Ranking, list[Considered]]:
        """Rank all chunks of some documents for a question, and look closely at the clauses that are not far behind."""
        vector, evidence = retrieve(question)
        return self._look_through(question, vector, _lexical(evidence), language, documents)

    def _look_through(
        self,
        question: SubQuestion,
        vector: NDArray[np.float32],
        lexical: Mapping[str, float],
        language: Language,
        documents: Sequence[Document],
    ) -> tuple[Ranking, list[Considered]]:
        index, held = self._index, {document.id for document in documents}
        rows = [row for row, chunk in enumerate(index.chunks) if chunk.document in held]
        rows = [row for row in rows if not (index.says_nothing(row) or index.is_title(row))]
        rows = [row for row in rows if not commands(index.chunks[row].text)]
        ranking = self._rank(question, rows, vector, lexical, language)
        said = "\n".join(index.text(row) for row in rows)
        # What belongs is told by weights that are fitted to one reading.
        return ranking, consider(index, ranking, partial(self.read, readings_of(question, said)[:1]))

    def collect(self, found: Found, language: Language, scope: Sequence[Document]) -> Collected:
        """All clauses on what everything is asked of; those that answer it are among them."""
        held, named = {document.id for document in scope}, {passage.document for passage in found.passages}
        if sum(chunk.document in held for chunk in self._index.chunks) > MOST_READ:
            held = named
        given = {document.id: document for document in scope}
        scope = [given.get(one.id, one) for one in self._index.documents() if one.id in held | named]
        ranking, considered = self._look_through(found.question, found.vector, found.lexical, language, scope)
        model, asked = self._belonging, found.question.asked
        return collect(self._index, ranking, considered, asked, scope, model, found.passages)

    def read(self, ways: Sequence[str], rows: Sequence[int]) -> NDArray[np.float64]:
        """Log-odds that the chunks of those rows answer a question, put in these ways; the best reading counts."""
        if self._cross_encoder is None:
            return np.zeros(len(rows))
        several = len(self._index.documents()) > 1
        texts = [passage_text(self._index, row, several) for row in rows]
        readings = [self._cross_encoder.score(one, texts) for one in ways]
        return np.asarray(np.max(readings, axis=0), np.float64)

    def _rank(
        self,
        question: SubQuestion,
        rows: Sequence[int],
        vector: NDArray[np.float32],
        lexical: Mapping[str, float],
        language: Language,
        name: str = "",
    ) -> Ranking:
        return rank(
            self._index,
            rows,
            question.terms,
            question.asked,
            vector,
            lexical,
            self._rank_weights if self._ranks else dict.fromkeys(self._rank_weights, 0.0),
            language if self._translated else "zh",
            name,
            question.years,
            question.head,
        )

    def _taken(self, question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> float:
        """Log-odds that chosen chunks answer what a follow-up that names nothing takes over, as if that were asked."""
        if not question.leans:
            return 0.0
        rows = [ranking.rows[place] for place in places]
        said = "\n".join(map(self._index.text, rows))
        return float(self.read(readings_of(replace(question, text=question.taken_over), said)[:1], rows).max())

    def _of_other_ages(self, rows: Sequence[int], age: int) -> list[int]:
        """The candidates, and what their clauses say of other ages: for one of them something else may hold."""
        index = self._index
        clauses = {
            (index.chunks[row].document, index.chunks[row].position) for row in rows if names_ages(index.text(row))
        }
        found = [*rows, *(row for clause in sorted(clauses) for row in index.clause_rows(*clause))]
        found = [row for row in dict.fromkeys(found) if row in rows or names_ages(index.text(row))]
        # Of a table the row for that age tells, and no other.
        return [row for row in found if not self._is_for_another_age(row, age)] or found

    def _is_for_another_age(self, row: int, age: int | None) -> bool:
        return age is not None and self._index.is_row(row) and holds_at(self._index.text(row), age) is False

    def _is_of_another_grade(self, row: int, asked: str) -> bool:
        return self._index.is_row(row) and of_another_grade(self._index.text(row), asked)

    def _with_siblings(self, rows: Sequence[int], name: str) -> list[int]:
        """The candidates, and all of the clauses that use a name: what it consists of may be said before or after."""
        index = self._index
        using = {(index.chunks[row].document, index.chunks[row].position) for row in rows if name in index.text(row)}
        found = [*rows, *(row for clause in sorted(using) for row in index.clause_rows(*clause))]
        return [row for row in dict.fromkeys(found) if not index.says_nothing(row)]


def _lexical(evidence: Sequence[Evidence]) -> dict[str, float]:
    """Chunk id → BM25 score, 0 where the lexical index did not find it."""
    return {item.chunk.id: item.scores.get("lexical", 0.0) for item in evidence}
