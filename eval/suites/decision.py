"""The question set over the Panzhihua decision: answers, citations, refusals, retrieval, calibration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.wording import puts_right
from assistant.config import Settings
from assistant.errors import IndexNotBuilt, UnknownDocument
from assistant.pipeline import ingest, open_assistant
from assistant.schema import Document, Evidence, Query, Turn
from eval.datasets import DECISION, DECISION_DOCUMENT, SPLITS, Question, load_questions
from eval.errors import DataMissing
from eval.figures import Spec
from eval.metrics.judging import ClauseId, Given, Gold, Judgement, judge, ratios, unanswered
from eval.metrics.ranking import distinct, hit_at_k, ndcg_at_k, recall_at_k, reciprocal_rank
from eval.metrics.text import answer_length, phrasing_overlap
from eval.results import Item
from eval.suites.base import Options, Prepared, Progress, evenly
from eval.suites.decision_figures import SPECS
from eval.suites.shown import citation_problems, citation_ratios, clause_at, shown_answer, shown_evidence
from eval.systems import Reply, System, ask, search
from eval.typos import misspelt

TOP_K = 20
"""Chunks searched for; the clauses they lie in are ranked."""
SHOWN = 5
"""Passages of evidence in the report."""

Ratios = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class DecisionCase:
    """One question over the decision. `documents` restricts the search where other documents are held too."""

    question: Question
    document: Document
    documents: tuple[str, ...]

    @property
    def gold(self) -> Gold:
        """What is expected, with clauses named by document."""
        asked = self.question
        return Gold(asked.status, self._ids(asked.clauses), self._ids(asked.acceptable), asked.facts, asked.corrected)

    def _ids(self, numbers: frozenset[int]) -> frozenset[ClauseId]:
        return frozenset((self.document.id, number) for number in numbers)

    def measure(self, system: System) -> Item:
        """Ask, judge, and look at what retrieval finds."""
        asked = self.question
        turns = tuple(Turn(question, answer) for question, answer in asked.history)
        reply = ask(system.engine, Query(asked.question, turns, self.documents))
        given = _given(reply)
        judgement = judge(self.gold, given) if given else unanswered(self.gold)
        found, retrieval, error = ([], {}, "") if asked.history else self._search(system)
        unsound = citation_problems(system.engine, reply.answer) if reply.answer else {}
        counted = ratios(self.gold, judgement, given) | retrieval | self._subsets(judgement)
        if reply.answer:
            counted |= citation_ratios(reply.answer, unsound)
        samples = self._samples(reply)
        if "overlap" in samples:
            counted["overlap_half"] = (float(samples["overlap"] >= 0.5), 1.0)
        return Item(
            id=asked.id,
            question=asked.question,
            right=judgement.fully_right,
            history=[question for question, _ in asked.history],
            labels=self._labels(),
            problems=[*self._problems(judgement, reply), *(text for texts in unsound.values() for text in texts)],
            gold=self._shown_gold(),
            answer=shown_answer(reply.answer) if reply.answer else None,
            evidence=shown_evidence(system.engine, found[:SHOWN]),
            error=reply.error or error,
            ratios=counted | {"crashes": (float(bool(reply.error or error)), 1.0)},
            samples=samples,
        )

    def _search(self, system: System) -> tuple[list[Evidence], Ratios, str]:
        found, _, error = search(system.engine, self.question.question, TOP_K, self.documents)
        if not self.question.clauses:
            return found, {}, error
        ranking: list[ClauseId] = distinct(
            (evidence.chunk.document, clause.number)
            for evidence in found
            if (clause := clause_at(system.engine.document(evidence.chunk.document), evidence.chunk.position))
        )
        relevant = self.gold.clauses
        values = {
            "hit@1": hit_at_k(ranking, relevant, 1),
            "recall@5": recall_at_k(ranking, relevant, 5),
            "recall@10": recall_at_k(ranking, relevant, 10),
            "mrr@10": reciprocal_rank(ranking, relevant, 10),
            "ndcg@10": ndcg_at_k(ranking, relevant, 10),
        }
        return found, {key: (value, 1.0) for key, value in values.items()}, error

    def _subsets(self, judgement: Judgement) -> Ratios:
        right = (float(judgement.fully_right), 1.0)
        found = {}
        if self.question.history:
            found["fully_right_follow_up"] = right
        if self.question.language == "en":
            found["fully_right_english"] = right
        return found

    def _samples(self, reply: Reply) -> dict[str, float]:
        asked, samples = self.question, {}
        if asked.language == "zh":
            samples["overlap"] = phrasing_overlap(asked.question, self.document.text)
        if not reply.answer:
            return samples
        samples["latency_ms"] = reply.latency_ms
        if not self.gold.may_refuse:
            samples |= {"confidence": reply.answer.confidence, "answerable": float(not self.gold.must_refuse)}
        if reply.answer.status in ("answered", "partial"):
            markers = {citation.marker for citation in reply.answer.citations}
            samples["length"] = float(answer_length(reply.answer.text, markers))
        return samples

    def _labels(self) -> dict[str, str]:
        asked = self.question
        turn = "follow-up" if asked.history else "first question"
        return {
            "kind": asked.kind,
            "audience": asked.audience,
            "language": {"zh": "Chinese", "en": "English"}.get(asked.language, asked.language),
            "noise": asked.noise,
            "turn": turn,
        } | ({"pair": asked.pair} if asked.pair else {})

    def _problems(self, judgement: Judgement, reply: Reply) -> list[str]:
        if not reply.answer:
            return [f"crashed: {reply.error}"]
        problems = []
        if not judgement.status_right:
            problems.append(f"status {reply.answer.status}, expected {' or '.join(sorted(self.question.status))}")
        problems += [f"fact missing: {' / '.join(fact)}" for fact in judgement.facts_missing]
        problems += [f"not cited: {self._name(number)}" for _, number in sorted(judgement.clauses_missing)]
        problems += [f"wrongly cited: {self._name(number)}" for _, number in sorted(judgement.clauses_wrong)]
        if judgement.premise_wrong:
            problems.append("premise not put right" if self.question.corrected else "put right what is so")
        return problems

    def _name(self, number: int) -> str:
        labels = [clause.label for clause in self.document.clauses if clause.number == number and clause.label]
        return "title or preamble" if number == 0 else (labels[0] if labels else f"clause {number}")

    def _shown_gold(self) -> list[tuple[str, str]]:
        asked = self.question
        shown = [("status", " or ".join(sorted(asked.status)))]
        shown += [("fact", " / ".join(fact)) for fact in asked.facts]
        if asked.clauses:
            shown.append(("clauses", "、".join(self._name(number) for number in sorted(asked.clauses))))
        if asked.acceptable:
            shown.append(("also accepted", "、".join(self._name(number) for number in sorted(asked.acceptable))))
        return shown


def _given(reply: Reply) -> Given | None:
    if not reply.answer:
        return None
    citations = reply.answer.citations
    return Given(
        status=reply.answer.status,
        text=reply.answer.text,
        quotes=tuple(citation.quote for citation in citations),
        cited=frozenset((citation.document, citation.clause_number) for citation in citations),
        markers=frozenset(citation.marker for citation in citations),
        corrected=puts_right(reply.answer.text),
    )


@dataclass(frozen=True, slots=True)
class DecisionSuite:
    """The suite over the decision."""

    name: str = "decision"
    about: str = "Questions of citizens, investors and staff over the Panzhihua decision of 2020-07-30"
    dimensions: tuple[str, ...] = ("kind", "audience", "language", "noise", "turn")
    splits: tuple[str, ...] = SPLITS
    specs: tuple[Spec, ...] = SPECS

    def prepare(self, options: Options, settings: Settings, progress: Progress) -> Prepared:
        """Read the questions; ingest the corpus if the decision is not in the index yet."""
        document, held = _decision(settings, progress, options.ingest)
        numbers = frozenset(clause.number for clause in document.clauses)
        path = (options.data or DECISION) / f"{options.split}.jsonl"
        every = load_questions(path, numbers)
        if options.typos:
            every = misspelt(every, options.typos)
        chosen = evenly(every, options.limit)
        documents = (document.id,) if held > 1 else ()
        notes = [] if held == 1 else [f"{held} documents are held; every question was restricted to {document.id}."]
        if options.typos:
            notes.append(f"One of the {options.typos} of each question is misspelt; others than such are left out.")
        sizes = {
            "questions": f"{len(chosen)} of {len(every)}",
            "documents": str(held),
            "clauses": str(sum(number > 0 for number in numbers)),
            "characters": f"{len(document.text):,}",
        }
        return Prepared(settings, SPECS, _cases(chosen, document, documents), sizes, notes)


def _cases(chosen: Sequence[Question], document: Document, documents: tuple[str, ...]) -> list[DecisionCase]:
    return [DecisionCase(question, document, documents) for question in chosen]


def _decision(settings: Settings, progress: Progress, may_ingest: bool) -> tuple[Document, int]:
    """The decision as held, and how many documents are held. Where it is missing it is ingested first, if allowed."""
    try:
        held = open_assistant(settings)
        return held.document(DECISION_DOCUMENT), len(held.documents())
    except (IndexNotBuilt, UnknownDocument):
        if not may_ingest:
            raise DataMissing(
                f"the document {DECISION_DOCUMENT}, which the questions are about, is not held; ingest it first"
            ) from None
        ingest([settings.corpus_dir], settings, progress=progress)
        held = open_assistant(settings)
        return held.document(DECISION_DOCUMENT), len(held.documents())
