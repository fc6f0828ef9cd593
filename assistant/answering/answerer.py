"""What was understood, and the evidence for it → the answer. No chat model: the words are the documents' own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering import compose, wording, wording_of_clauses
from assistant.answering.about_documents import about_documents, no_such_part
from assistant.answering.about_the_answer import as_wished, with_purpose
from assistant.answering.ages import holds_at, names_ages
from assistant.answering.another_place import is_of_another_place
from assistant.answering.answerability import UNLIKELY, Judgement, judge, load_model
from assistant.answering.asked import is_to_confirm
from assistant.answering.correcting import Correction, put_right
from assistant.answering.cross_encoder import CrossEncoder, passage_text
from assistant.answering.everything import Collected, Considered, collect, consider
from assistant.answering.follow_ups import stays_behind
from assistant.answering.found import Found
from assistant.answering.grades import of_another_grade
from assistant.answering.inside_clauses import answer_inside
from assistant.answering.labels import asked_label
from assistant.answering.missing import foreign_to, missing_of
from assistant.answering.misuse import commands
from assistant.answering.naming import named_documents
from assistant.answering.outline import overview_passages, with_parts, without_left_out
from assistant.answering.passage import Passage
from assistant.answering.premises import unsaid_there
from assistant.answering.ranking import FEATURES, Ranking, rank
from assistant.answering.readings import as_meant, is_answered_by_itself
from assistant.answering.record_questions import (
    in_force_asked,
    is_of_another_body,
    parts_on_the_document,
    record_passages,
    wrong_of_record,
)
from assistant.answering.restating import readings_of
from assistant.answering.selection import (
    ACTORS,
    COMPLETES,
    COMPLETES_ENGLISH,
    choose_rows,
    gives_tasks,
    is_left_out,
    merged_passages,
    passage_words,
    passages,
)
from assistant.answering.sub_question import SubQuestion
from assistant.answering.understanding import Understanding
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Answer, Citation, Document, Evidence, Language, Status

Retrieve = Callable[[SubQuestion], tuple[NDArray[np.float32], Sequence[Evidence]]]
"""Finds the evidence for a sub-question: its vector, shape (dimension,), and the chunks."""

_PRECISE = re.compile(r"[谁哪几]|多少|\b(?:who|where|which|when|how (?:many|much))\b")
"""Asks for something of which a sentence on the same matter says nothing by itself."""
MOST_READ = 1500
"""Chunks up to which all documents are looked at where everything on a matter is asked for; of more, those found."""
ROWS = 60
"""Rows of a table that are looked at for the sentence that leads to it, at most."""
RELATED = 3
"""How many clauses a refusal offers as near, at most."""


class Answerer:
    """Answers from one index."""

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
        """Answer from an index, with all parts, or without some for measuring what they are worth.

        Args:
            index: where the evidence lies.
            places: names of places.
            ranker: whether candidates are ranked anew; else they stay in the order in which they were found.
            answerability: whether an answer needs a probability above the threshold.
            rules: whether a missing year, place, name or kind of answer refuses or corrects.
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
        self._scope: float = model["scope_threshold"]
        self._belonging: dict[str, Any] = model["everything"]

    def answer(self, understood: Understanding, retrieve: Retrieve, documents: Sequence[str] = ()) -> Answer:
        """Answer, refuse, or reply, as what was understood calls for; and say which words were taken for misspelt."""
        answer = self._answer(understood, retrieve, documents)
        if understood.wish:
            return self._as_wished(answer, understood, retrieve, documents)
        if understood.why is not None and answer.status == "no_evidence":
            before = self._answer(understood.why, retrieve, documents)
            terms = [term for part in understood.why.parts for term in part.terms]
            answer = with_purpose(self._index, before, terms, understood.language) or answer
        if not understood.corrected or answer.status in ("blocked", "out_of_scope"):
            return answer
        return replace(answer, text=f"{answer.text}\n{wording.read_as(understood.corrected, understood.language)}")

    def _answer(self, understood: Understanding, retrieve: Retrieve, documents: Sequence[str]) -> Answer:
        language = understood.language
        if not self._rules:
            understood = replace(understood, foreign_places=(), linked_places=())
        if understood.triage != "ask":
            status: Status = "blocked" if understood.triage in ("injection", "insult") else "out_of_scope"
            return Answer(status, wording.reply(understood.triage, language), language)
        scope, text = named_documents(self._index, understood.text, documents)
        scope = with_parts(scope, understood.references) or scope
        if understood.references.left_out:
            scope = without_left_out(scope, understood.references, language)
            retrieve = partial(_among, retrieve, scope)
        named = [document.id for document in scope]
        near = partial(self._near, understood, retrieve, named)
        answer = answer_inside(self._index, understood, named, partial(self._examine_rows, retrieve, language), near)
        if answer is not None:
            return answer
        answer = about_documents(self._index, understood, text, scope, near)
        if answer is not None:
            return answer
        several = len(understood.parts) > 1
        title = normalize(scope[0].record.title) if len(scope) == 1 else ""
        texts = parts_on_the_document(understood.parts, title) if several else [understood.text]
        fronts = [record_passages(self._index, text, named) for text in texts]
        front = merged_passages([passage for one in fronts for passage in one])
        lead = self._lead_of_record("。".join(texts), front, language) if front else ""
        if all(fronts):
            return compose.quoting(self._index, front, language, 1.0, lead=lead)
        overview = overview_passages(self._index, understood, text, named)
        if overview and not front:
            lead, note = wording.overview_lead(language), no_such_part(scope, understood.references, language)
            status = "partial" if note else "answered"
            return compose.quoting(self._index, overview, language, 1.0, status=status, lead=lead, note=note)
        rest = [part for part, one in zip(understood.parts, fronts, strict=True) if not one]
        found = [self._as_meant(part, retrieve, language, documents) for part in rest]
        return self._conclude(found, understood, retrieve, front, lead, documents, scope)

    def _as_wished(
        self, answer: Answer, understood: Understanding, retrieve: Retrieve, documents: Sequence[str]
    ) -> Answer:
        """The answer to the question before, as a turn about it wants it."""
        parts = tuple(replace(part, everything=True) for part in understood.parts)
        language = understood.answer_in or understood.language
        by_number = bool(understood.references.clauses)
        everything = partial(self._answer, replace(understood, parts=parts), retrieve, documents)
        wish, shown = understood.wish, understood.shown
        return as_wished(self._index, answer, wish, language, by_number, everything, shown)

    def _lead_of_record(self, text: str, front: Sequence[Passage], language: Language) -> str:
        """What leads the front matter: that a date or the issuer is wrong in the question, or if the document holds."""
        wrong = wrong_of_record(self._index, text, front) if self._rules else ""
        if wrong:
            return wording.correction(wrong, language)
        record = in_force_asked(self._index, text, front)
        return wording.in_force(record, language) if record else ""

    def examine(
        self, question: SubQuestion, retrieve: Retrieve, language: Language, documents: Sequence[str] = ()
    ) -> Found:
        """Rank the evidence for one sub-question, choose what to quote, and judge whether it answers."""
        vector, evidence = retrieve(question)
        index = self._index
        rows = [index.row[item.chunk.id] for item in evidence]
        # Found by what leads to it, a table answers by its rows.
        rows = list(dict.fromkeys([*rows, *(below for row in rows for below in index.table_below(row)[:ROWS])]))
        rows = [row for row in rows if not (index.says_nothing(row) or index.is_title(row))] or rows
        rows = [row for row in rows if not commands(index.chunks[row].text)] or rows
        rows = [row for row in rows if not self._is_of_another_grade(row, question.text)] or rows
        rows = [row for row in rows if not is_of_another_body(index, row, question.text)] or rows
        lexical = _lexical(evidence)
        name = asked_label(question.text, "。".join(index.text(row) for row in rows)) or ""
        if name:
            rows = self._with_siblings(rows, name)
        if question.asked.age is not None:
            rows = self._of_other_ages(rows, question.asked.age)
        left_out = any(is_left_out(index.text(row), question.asked) for row in rows)
        if left_out:
            # The others of those that are given tasks.
            question = replace(question, asked=replace(question.asked, actors=True))
        if question.asked.actors:
            rows = list(dict.fromkeys([*rows, *(task for row in rows for task in gives_tasks(index, row))]))
        if left_out:
            rows = [row for row in rows if not is_left_out(index.text(row), question.asked)] or rows
        ranking = self._rank(question, rows, vector, lexical, language, name)
        if not self._ranks:
            fused = {index.row[item.chunk.id]: item.score for item in evidence}
            ranking = replace(ranking, scores=np.array([fused[row] for row in ranking.rows]))
        if self._cross_encoder is not None:
            share = self._reading_share if self._ranks else 0.0
            said = "\n".join(index.text(row) for row in rows)
            ranking = ranking.read(partial(self._read, readings_of(question, said)), share)
        completes = COMPLETES if language == "zh" else COMPLETES_ENGLISH
        places = choose_rows(index, ranking, question.asked, question.noun or question.head, completes=completes)
        quoted = passages(index, ranking, places, question.asked, question.taken_over)
        texts = [passage_words(index, passage) for passage in quoted]
        judged = sorted({0, *places})
        judgement = judge(index, question, ranking, judged, texts, name, documents)
        if stays_behind(question, ranking, judged, self._taken(question, ranking, judged), "\n".join(texts)):
            judgement = judgement.doubted()
        first = ranking.rows[0]
        if self._is_for_another_age(first, question.asked.age) or self._is_of_another_grade(first, question.text):
            judgement = judgement.doubted()
        if self._rules and is_of_another_place(index, question, ranking, judged):
            judgement = replace(judgement.doubted(), elsewhere=True)
        if self._rules and unsaid_there(index, question, ranking, self._places):
            judgement = judgement.doubted()
        return Found(question, ranking, places, quoted, self._as_far_as_judged(judgement), vector, lexical)

    def _examine_rows(
        self, retrieve: Retrieve, language: Language, question: SubQuestion, rows: Sequence[int]
    ) -> Found:
        """`examine` with the chunks of some rows for evidence, with their scores where a search found them."""
        vector, evidence = retrieve(question)
        known = {item.chunk.id: item for item in evidence}
        chunks = [self._index.chunks[row] for row in rows]
        among = [known.get(chunk.id) or Evidence(chunk, 0.0, {}) for chunk in chunks]
        return self.examine(question, lambda _: (vector, among), language)

    def _as_meant(
        self, question: SubQuestion, retrieve: Retrieve, language: Language, documents: Sequence[str]
    ) -> Found:
        """What was found for a sub-question in the reading in which it is meant."""
        found = self.examine(question, retrieve, language, documents)
        if question.within is None:
            return found
        return as_meant(found, self.examine(question.within, retrieve, language, documents))

    def _by_itself(self, found: Found, examine: Callable[[SubQuestion], Found]) -> Found | None:
        """What is found in a sub-question's own words of asking; None where it has no others, or all is answered."""
        own_words = found.question.by_itself
        return None if own_words is None or found.judgement.answers else examine(own_words)

    def _taken(self, question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> float:
        """Log-odds that chosen chunks answer what a follow-up that names nothing takes over, as if that were asked."""
        if not question.leans:
            return 0.0
        rows = [ranking.rows[place] for place in places]
        said = "\n".join(map(self._index.text, rows))
        return float(self._read(readings_of(replace(question, text=question.taken_over), said)[:1], rows).max())

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
        return ranking, consider(index, ranking, partial(self._read, readings_of(question, said)[:1]))

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

    def _collect(self, found: Found, language: Language, scope: Sequence[Document]) -> Collected:
        """All clauses on what everything is asked of; those that answer it are among them."""
        held, named = {document.id for document in scope}, {passage.document for passage in found.passages}
        if sum(chunk.document in held for chunk in self._index.chunks) > MOST_READ:
            held = named
        given = {document.id: document for document in scope}
        scope = [given.get(one.id, one) for one in self._index.documents() if one.id in held | named]
        ranking, considered = self._look_through(found.question, found.vector, found.lexical, language, scope)
        model, asked = self._belonging, found.question.asked
        return collect(self._index, ranking, considered, asked, scope, model, found.passages)

    def _read(self, ways: Sequence[str], rows: Sequence[int]) -> NDArray[np.float64]:
        """Log-odds that the chunks of those rows answer a question, put in these ways; the best reading counts."""
        if self._cross_encoder is None:
            return np.zeros(len(rows))
        several = len(self._index.documents()) > 1
        texts = [passage_text(self._index, row, several) for row in rows]
        readings = [self._cross_encoder.score(one, texts) for one in ways]
        return np.asarray(np.max(readings, axis=0), np.float64)

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

    def _as_far_as_judged(self, judgement: Judgement) -> Judgement:
        if not self._judges:
            judgement = replace(judgement, probability=1.0)
        if self._rules:
            return judgement
        return replace(judgement, missing_kind=None, missing_label="", missing_years=(), missing_number="")

    def _answers(self, found: Found, foreign: Sequence[str]) -> bool:
        return found.judgement.answers and not foreign

    def _conclude(
        self,
        found: Sequence[Found],
        understood: Understanding,
        retrieve: Retrieve,
        front: Sequence[Passage],
        lead: str,
        documents: Sequence[str],
        scope: Sequence[Document],
    ) -> Answer:
        """The answer from what was found; `front`, led by `lead`, answers the parts about the document itself.

        `documents` are those that were searched (empty: all), `scope` those that the question is put to.
        """
        if understood.linked_places and any(one.is_sure for one in found):
            elsewhere = tuple(p for p in understood.foreign_places if p not in understood.linked_places)
            understood = replace(understood, foreign_places=elsewhere, linked_places=())
        language, foreign = understood.language, understood.foreign_places
        examine = partial(self.examine, retrieve=retrieve, language=language, documents=documents)
        own = [self._by_itself(one, examine) for one in found]
        corrected: list[Correction] = []
        rest: list[Found] = []
        for one, alone in zip(found, own, strict=True):
            # Of several parts only what is put forward is looked at: 新区不是2030年才成形吗,产值目标多少.
            claimed = not front and (len(found) == 1 or is_to_confirm(one.question.text))
            correction = self._put_right([one, alone], understood, examine) if claimed else None
            if correction is not None:
                corrected.append(correction)
            else:
                rest.append(one if alone is None or not is_answered_by_itself(alone) else alone)
        if len(found) == 1 and corrected:
            only = corrected[0]
            lead = wording.correction(only.wrong, language)
            return compose.quoting(self._index, only.passages, language, only.confidence, lead=lead)
        confidence = max([one.judgement.probability for one in rest] + [one.confidence for one in corrected])
        good: list[Found] = []
        bad: list[Found] = []
        for one in rest:
            (good if self._answers(one, foreign_to(one, foreign, found)) else bad).append(one)
        if not (good or front or corrected):
            return self._refuse(rest, understood, scope)
        bad = [one for one in bad if not self._is_answered_by(good, one)]
        # Those that are given tasks are all in the clause that gives them.
        wanted = [one for one in good if one.question.everything]
        wanted = [one for one in wanted if not (one.question.asked.actors and len(one.places) >= ACTORS)]
        collected = [self._collect(one, language, scope) for one in wanted]
        further = [passage for one in collected for passage in one.passages]
        further += [passage for one in corrected for passage in one.passages]
        merged = merged_passages([*front, *(passage for one in good for passage in one.passages), *further])
        if corrected:
            lead = wording.correction(corrected[0].wrong, language)
        if not bad:
            lead = lead or (
                wording_of_clauses.collected(collected[0], language) if len(collected) == len(found) == 1 else ""
            )
            return compose.quoting(self._index, merged, language, confidence, lead=lead)
        note = wording.missing_note(missing_of(bad, rest, understood), language)
        return compose.quoting(self._index, merged, language, confidence, status="partial", lead=lead, note=note)

    def _is_answered_by(self, good: Sequence[Found], one: Found) -> bool:
        """Whether what is quoted for other parts may answer a part too: 活干得怎么样,靠什么手段盯.

        What is named and stands nowhere, a kind of answer, a year or a number that is missing is missing whatever the
        quotes say, and so is who or which it is.
        """
        rows = list(dict.fromkeys(other.ranking.rows[place] for other in good for place in other.places))
        judged = one.judgement
        missing = judged.blocked or judged.elsewhere or judged.missing_things
        if not rows or missing or _PRECISE.search(one.question.own_words) or self._cross_encoder is None:
            return False
        said = "\n".join(map(self._index.text, rows))
        return float(self._read(readings_of(one.question, said), rows).max()) >= UNLIKELY

    def _put_right(
        self, ways: Sequence[Found | None], understood: Understanding, examine: Callable[[SubQuestion], Found]
    ) -> Correction | None:
        """What puts a part of a question right, in the first of the ways to read it that has something wrong."""
        tried = (put_right(self._index, one, understood, self._places, examine) for one in ways if one is not None)
        return next((correction for correction in tried if correction is not None), None)

    def _refuse(self, found: Sequence[Found], understood: Understanding, scope: Sequence[Document]) -> Answer:
        language = understood.language
        first = next((one for one in found if self._near_topic(one) or one.judgement.blocked), None)
        if first is None:
            confidence = found[0].judgement.probability
            return Answer("out_of_scope", wording.out_of_scope(language), language, confidence=confidence)
        # Each chunk of these documents has been compared with the question.
        clauses = sum(clause.kind == "clause" for document in scope for clause in document.clauses)
        looked_at = clauses if first.question.everything else 0
        text = wording.refusal(missing_of(found, found, understood), language, looked_at)
        related, confidence = self._related(first.ranking), first.judgement.probability
        return Answer("no_evidence", text, language, related=tuple(related), confidence=confidence)

    def _near_topic(self, found: Found) -> bool:
        """Whether the question is about what the documents are about, or could be: public policy."""
        cover = found.ranking.features[:, FEATURES.index("cover")]
        held = float(cover.max()) if len(cover) else 0.0
        # What follows on a question of the documents is not far from them: 会理呢 after 米易怎么发展, 主任是谁.
        question = found.question
        follows = question.leans or question.within is not None or bool(question.turns_to and question.terms)
        return held >= self._scope or follows or any(term.listed and term.names for term in found.question.terms)

    def _near(self, understood: Understanding, retrieve: Retrieve, documents: Sequence[str]) -> list[Citation]:
        """The clauses that come nearest to a question, whether they answer it or not."""
        return self._related(self.examine(understood.parts[0], retrieve, understood.language, documents).ranking)

    def _related(self, ranking: Ranking) -> list[Citation]:
        chosen: dict[tuple[str, int], Passage] = {}
        for row in ranking.rows:
            chunk = self._index.chunks[row]
            if len(chosen) == RELATED:
                break
            clause = self._index.document(chunk.document).clauses[chunk.position]
            if clause.kind == "clause":
                chosen.setdefault(
                    (chunk.document, chunk.position), Passage(chunk.document, chunk.position, chunk.start, chunk.end)
                )
        return compose.citations(self._index, chosen.values())


def _among(
    retrieve: Retrieve, documents: Sequence[Document], question: SubQuestion
) -> tuple[NDArray[np.float32], Sequence[Evidence]]:
    """The evidence for a sub-question without that of clauses which the documents, as given, lack."""
    vector, evidence = retrieve(question)
    kept = {(document.id, clause.position) for document in documents for clause in document.clauses}
    return vector, [one for one in evidence if (one.chunk.document, one.chunk.position) in kept] or evidence


def _lexical(evidence: Sequence[Evidence]) -> dict[str, float]:
    """Chunk id → BM25 score, 0 where the lexical index did not find it."""
    return {item.chunk.id: item.scores.get("lexical", 0.0) for item in evidence}
