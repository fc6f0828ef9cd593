"""Public sets of questions with a verbatim answer in one document: ncp_policy, cmrc2018, drcd.

Measured: whether search finds the document, and the place in it; whether the answer says what the gold says; and
whether questions whose document is missing are told apart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.config import Settings
from assistant.schema import Evidence, Query
from eval.errors import DataMissing, InvalidData
from eval.figures import LATENCY, Spec
from eval.metrics.ranking import distinct, hit_at_k, reciprocal_rank
from eval.metrics.text import contains_any, rouge_l, squash, strip_markers
from eval.results import Item
from eval.suites.base import SEED, Options, Prepared, Progress, T
from eval.suites.corpora import Compact, ensure_ingested
from eval.suites.shown import citation_problems, citation_ratios, shown_answer, shown_evidence
from eval.systems import Engine, Reply, System, ask, search

TOP_K = 50
"""Chunks searched for, so that at least 5 documents are among them."""
SHOWN = 3
WINDOW = 300
"""Characters around the best chunk in which the answer is looked for: systems with chunks of other sizes compare."""

Ratios = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class SpanQuestion:
    """A question, the document that answers it, and the answers (any will do). No answers: the document is missing."""

    id: str
    question: str
    document: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpanData:
    """A set as read: document id → text, and the questions, answerable and not."""

    texts: Mapping[str, str]
    questions: Sequence[SpanQuestion]


def span_specs(aims: Mapping[str, float]) -> tuple[Spec, ...]:
    """The figures of these sets, with the aims of one of them."""
    specs = (
        ("document_r1", "Document R@1", "The document with the answer is first.", True),
        ("document_r5", "Document R@5", "It is among the first 5 documents.", True),
        ("document_mrr10", "Document MRR@10", "Mean of 1 / rank of the document.", False),
        ("passage_r1", "Passage R@1", f"The {WINDOW} characters around the best chunk hold a whole answer.", True),
        ("passage_r5", "Passage R@5", f"Those around one of the best 5 chunks do ({WINDOW} characters each).", True),
        ("chunk_r1", "Chunk R@1", "The best chunk alone holds a whole answer; chunks are shorter than many answers.",
         False),
        ("chunk_r5", "Chunk R@5", "One of the best 5 chunks alone does.", False),
        ("rouge_l", "Answer ROUGE-L", "F1 of the longest common subsequence of characters with the gold answer; 0 for "
         "a refusal. Answers are whole sentences, gold may be a few words.", True),
        ("answer_found", "Answer holds the gold", "The answer or a quote holds a gold answer word for word.", True),
        ("answered", "Answerable answered", "Of the answerable questions, those not refused.", False),
        ("refused", "Unanswerable refused", "Of the questions whose document is missing, those refused.", False),
        ("quotes_verbatim", "Quotes verbatim", "Of the quotes, those that are the document's text at their offsets.",
         False),
    )  # fmt: skip
    return (
        *(Spec(key, label, text, aim=aims.get(key), headline=headline) for key, label, text, headline in specs),
        Spec("auroc", "Answerability AUROC", "Probability that an answerable question gets more confidence than one "
             "whose document is missing.", "auroc", "score", aim=aims.get("auroc"), headline=True),
        Spec("brier", "Brier score", "Mean squared distance of confidence from what was so.", "brier", "score", False),
        Spec("ece", "Calibration error", "Mean distance of the reliability curve from the diagonal.", "ece", "score",
             False),
        *LATENCY,
    )  # fmt: skip


class Places:
    """Where the answers stand in the ingested documents; compact texts are made once a document."""

    def __init__(self) -> None:
        self._compact: dict[str, Compact] = {}

    def compact(self, engine: Engine, document_id: str) -> Compact:
        """The ingested document without white space."""
        if document_id not in self._compact:
            self._compact[document_id] = Compact(engine.document(document_id).text)
        return self._compact[document_id]

    def holds(self, engine: Engine, evidence: Evidence, question: SpanQuestion, window: int) -> bool:
        """Whether a chunk, widened evenly to `window` characters, holds a whole answer."""
        chunk = evidence.chunk
        if chunk.document != question.document:
            return False
        text = self.compact(engine, chunk.document)
        start, end = text.span(chunk.start, chunk.end)
        missing = max(0, min(window, len(text)) - (end - start))
        start = min(max(0, start - missing // 2), max(0, len(text) - (end - start) - missing))
        end = max(end, start + window)
        return any(start <= at and to <= end for answer in question.answers for at, to in text.find(answer))


@dataclass(frozen=True, slots=True)
class SpanCase:
    """One question of such a set."""

    question: SpanQuestion
    places: Places

    def measure(self, system: System) -> Item:
        """Search, ask, and compare with the gold answer."""
        asked, engine = self.question, system.engine
        found, _, search_error = search(engine, asked.question, TOP_K)
        reply = ask(engine, Query(asked.question))
        counted = self._retrieval(engine, found) if asked.answers else {}
        counted |= self._answer(engine, reply)
        error = reply.error or search_error
        refused = bool(reply.answer and reply.answer.status not in ("answered", "partial"))
        right = counted["document_r1"][0] == 1 if asked.answers else refused
        samples = {"latency_ms": reply.latency_ms} if reply.answer else {}
        if reply.answer:
            samples |= {"confidence": reply.answer.confidence, "answerable": float(bool(asked.answers))}
        return Item(
            id=asked.id,
            question=asked.question,
            right=right and not error,
            labels={"kind": "answerable" if asked.answers else "document missing"},
            problems=[] if right else ["document not first" if asked.answers else "not refused"],
            gold=[("document", asked.document), *(("answer", answer) for answer in dict.fromkeys(asked.answers))],
            answer=shown_answer(reply.answer) if reply.answer else None,
            evidence=shown_evidence(engine, found[:SHOWN]),
            error=error,
            ratios=counted | {"crashes": (float(bool(error)), 1.0)},
            samples=samples,
        )

    def _retrieval(self, engine: Engine, found: Sequence[Evidence]) -> Ratios:
        documents = distinct(evidence.chunk.document for evidence in found)
        relevant = {self.question.document}
        values = {
            "document_r1": hit_at_k(documents, relevant, 1),
            "document_r5": hit_at_k(documents, relevant, 5),
            "document_mrr10": reciprocal_rank(documents, relevant, 10),
        }
        for name, window in (("passage", WINDOW), ("chunk", 0)):
            held = [self.places.holds(engine, evidence, self.question, window) for evidence in found[:5]]
            values[f"{name}_r1"], values[f"{name}_r5"] = float(any(held[:1])), float(any(held))
        return {key: (value, 1.0) for key, value in values.items()}

    def _answer(self, engine: Engine, reply: Reply) -> Ratios:
        answer, gold = reply.answer, self.question.answers
        given = answer is not None and answer.status in ("answered", "partial")
        counted: Ratios = {}
        if gold:
            text = strip_markers(answer.text, {c.marker for c in answer.citations}) if answer and given else ""
            said = squash(text) + "\n" + "\n".join(squash(c.quote) for c in answer.citations) if answer else ""
            counted["answered"] = (float(given), 1.0)
            counted["rouge_l"] = (max(rouge_l(text, reference) for reference in gold), 1.0)
            counted["answer_found"] = (float(given and contains_any(said, gold)), 1.0)
        else:
            counted["refused"] = (float(answer is not None and not given), 1.0)
        if answer:
            checked = citation_ratios(answer, citation_problems(engine, answer))
            counted |= {key: pair for key, pair in checked.items() if key == "quotes_verbatim"}
        return counted


@dataclass(frozen=True, slots=True)
class SpanSuite:
    """A public set of this shape; `read` reads it from its folder."""

    name: str
    about: str
    read: Callable[[Path], SpanData]
    specs: tuple[Spec, ...]
    dimensions: tuple[str, ...] = ("kind",)
    splits: tuple[str, ...] = ()

    def prepare(self, options: Options, settings: Settings, progress: Progress) -> Prepared:
        """Read the set, ingest its documents into the cache, choose the questions."""
        if options.data is None:
            raise DataMissing(f"the suite {self.name} needs --data, the folder of that set")
        data = self.read(options.data)
        chosen = [
            question
            for answerable in (True, False)
            for question in sample([q for q in data.questions if bool(q.answers) == answerable], options.limit)
        ]
        texts = chosen_texts(data, chosen, options.corpus_limit)
        inside = ensure_ingested(self.name, texts, settings, options.cache, progress)
        places = Places()
        answerable = sum(bool(question.answers) for question in chosen)
        sizes = {
            "answerable questions": str(answerable),
            "unanswerable questions": str(len(chosen) - answerable),
            "documents": f"{len(texts)} of {len(data.texts)}",
            "characters": f"{sum(map(len, texts.values())):,}",
        }
        cases = [SpanCase(question, places) for question in chosen]
        if len(texts) == len(data.texts):
            return Prepared(inside, self.specs, cases, sizes)
        specs = tuple(replace(spec, aim=None) for spec in self.specs)
        note = "Not all documents were ingested, which makes finding easier; the aims are for all (--corpus-limit 0)."
        return Prepared(inside, specs, cases, sizes, [note])


def chosen_texts(data: SpanData, asked: Sequence[SpanQuestion], corpus_limit: int | None) -> Mapping[str, str]:
    """All documents, or those that answer a question that is asked and a sample of the others.

    Raises:
        InvalidData: a question's answer is not in its document.
    """
    gold = {question.document for question in asked if question.answers}
    if lacking := gold - data.texts.keys():
        raise InvalidData(f"the document {min(lacking)!r} of a question is not in the set")
    if corpus_limit is None or corpus_limit <= 0:
        return data.texts
    others = sample(sorted(data.texts.keys() - gold), corpus_limit)
    return {document_id: data.texts[document_id] for document_id in sorted(gold | set(others))}


def sample(items: Sequence[T], limit: int | None) -> list[T]:
    """At most `limit` items, drawn with a fixed seed, in their old order."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[index] for index in sorted(random.Random(SEED).sample(range(len(items)), limit))]
