"""What was understood, and the evidence for it → the answer. No chat model: the words are the documents' own."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from assistant.answering import compose, wording, wording_of_clauses
from assistant.answering.about_documents import about_documents, no_such_part
from assistant.answering.about_the_answer import as_wished, with_purpose
from assistant.answering.answerability import load_model
from assistant.answering.asked import is_to_confirm
from assistant.answering.correcting import Correction, put_right
from assistant.answering.degrees import UNLIKELY
from assistant.answering.examining import Examiner, Retrieve
from assistant.answering.found import Found
from assistant.answering.inside_clauses import answer_inside
from assistant.answering.missing import foreign_to, missing_of
from assistant.answering.naming import named_documents
from assistant.answering.outline import overview_passages, with_parts, without_left_out
from assistant.answering.passage import Passage
from assistant.answering.questions import ASKS
from assistant.answering.quoting import merged_passages
from assistant.answering.ranking import FEATURES, Ranking
from assistant.answering.readings import is_answered_by_itself
from assistant.answering.record_questions import (
    in_force_asked,
    parts_on_the_document,
    record_passages,
    wrong_of_record,
)
from assistant.answering.restating import readings_of
from assistant.answering.sub_question import SubQuestion
from assistant.answering.tasks import ACTORS
from assistant.answering.understanding import Understanding
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Answer, Citation, Document, Evidence, Language, Status

_PRECISE = re.compile(r"[谁哪几]|多少|\b(?:who|where|which|when|how (?:many|much))\b")
"""Asks for something of which a sentence on the same matter says nothing by itself."""
SURELY = 0.7
"""Probability with which a clause must belong to a matter so that everything on it is told whatever else is missing."""
RELATED = 3
"""How many clauses a refusal offers as near, at most."""


class Answerer:
    """Answers from one index."""

    def __init__(self, index: Index, places: Collection[str], examiner: Examiner, *, rules: bool = True) -> None:
        """Answer from an index.

        Args:
            index: where the evidence lies.
            places: names of places.
            examiner: finds and judges the evidence for what is asked.
            rules: whether a missing year, place, name or kind of answer refuses or corrects.
        """
        self._index, self._places, self._examiner, self._rules = index, places, examiner, rules
        self._scope: float = load_model()["scope_threshold"]

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
        answer = answer_inside(
            self._index, understood, named, partial(self._examiner.examine_rows, retrieve, language), near
        )
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
        found = [self._examiner.as_meant(part, retrieve, language, documents) for part in rest]
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
        examine = partial(self._examiner.examine, retrieve=retrieve, language=language, documents=documents)
        own = [_by_itself(one, examine) for one in found]
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
        claims: list[Found] = []
        if not (front or corrected or any(one.question.everything for one in found)):
            claims = [examine(claim) for claim in understood.claims]
            premises = (self._put_right([claim], understood, examine) for claim in claims)
            premise = next((correction for correction in premises if correction is not None), None)
            if premise is not None:
                lead = wording.correction(premise.wrong, language)
                return compose.quoting(self._index, premise.passages, language, premise.confidence, lead=lead)
        borne_out = [one for one in claims if one.judgement.answers]
        if borne_out and not any(self._answers(one, foreign) or _asks_for_more(one.question) for one in rest):
            rest = borne_out
        if len(found) == 1 and corrected:
            only = corrected[0]
            lead = wording.correction(only.wrong, language)
            return compose.quoting(self._index, only.passages, language, only.confidence, lead=lead)
        good: list[Found] = []
        bad: list[Found] = []
        for one in rest:
            elsewhere = foreign_to(one, foreign, found)
            told = one if self._answers(one, elsewhere) else self._told(one, elsewhere, language, scope)
            (bad if told is None else good).append(told or one)
        confidence = max([one.judgement.probability for one in [*good, *bad]] + [one.confidence for one in corrected])
        if not (good or front or corrected):
            return self._refuse(rest, understood, scope)
        bad = [one for one in bad if not (one.question.if_so or self._is_answered_by(good, one))]
        # Those that are given tasks are all in the clause that gives them.
        wanted = [one for one in good if one.question.everything]
        wanted = [one for one in wanted if not (one.question.asked.actors and len(one.places) >= ACTORS)]
        collected = [self._examiner.collect(one, language, scope) for one in wanted]
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

    def _told(self, one: Found, foreign: Sequence[str], language: Language, scope: Sequence[Document]) -> Found | None:
        """What was found for everything on a matter that clauses surely have; None where they do not, or one is asked.

        Who only names a matter (生态补偿 相关条款 齐全) asks nothing that could be seen to be answered.
        """
        judged = one.judgement
        if not one.question.everything or foreign or judged.blocked or judged.elsewhere:
            return None
        unquoted = replace(one, passages=[])
        surely = self._examiner.collect(unquoted, language, scope).surely
        return replace(unquoted, judgement=replace(judged, probability=surely)) if surely >= SURELY else None

    def _is_answered_by(self, good: Sequence[Found], one: Found) -> bool:
        """Whether what is quoted for other parts may answer a part too: 活干得怎么样,靠什么手段盯.

        What is named and stands nowhere, a kind of answer, a year or a number that is missing is missing whatever the
        quotes say, and so is who or which it is.
        """
        rows = list(dict.fromkeys(other.ranking.rows[place] for other in good for place in other.places))
        judged = one.judgement
        missing = judged.blocked or judged.elsewhere or judged.missing_things
        if not rows or missing or _PRECISE.search(one.question.own_words) or not self._examiner.reads:
            return False
        said = "\n".join(map(self._index.text, rows))
        return float(self._examiner.read(readings_of(one.question, said), rows).max()) >= UNLIKELY

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
        return self._related(
            self._examiner.examine(understood.parts[0], retrieve, understood.language, documents).ranking
        )

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


def _asks_for_more(question: SubQuestion) -> bool:
    """Whether a question asks for more than whether what it tells is so."""
    return not question.if_so and bool(ASKS.search(question.own_words))


def _by_itself(found: Found, examine: Callable[[SubQuestion], Found]) -> Found | None:
    """What is found in a sub-question's own words of asking; None where it has no others, or all is answered."""
    own_words = found.question.by_itself
    return None if own_words is None or found.judgement.answers else examine(own_words)


def _among(
    retrieve: Retrieve, documents: Sequence[Document], question: SubQuestion
) -> tuple[NDArray[np.float32], Sequence[Evidence]]:
    """The evidence for a sub-question without that of clauses which the documents, as given, lack."""
    vector, evidence = retrieve(question)
    kept = {(document.id, clause.position) for document in documents for clause in document.clauses}
    return vector, [one for one in evidence if (one.chunk.document, one.chunk.position) in kept] or evidence
