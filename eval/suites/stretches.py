"""Questions over invented documents: what people ask about local rules, and about the plans of other cities.

The decision is one document of seventeen clauses. In the suite `rules` several rules of a place are held at once, whose
sums, ages and deadlines stand in lists, tables of materials and exceptions. In the suite `plans` the documents are of
the decision's kind, and each question is put to one of them alone: that of another city may answer it as well. In the
suite `tables` most answers are rows of a table. Gold are the stretches of text that someone would have to be shown.
Whether further passages are quoted that say something else is not judged: the sets do not list all that may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.config import Settings
from assistant.schema import Answer, Query
from eval.datasets import ReadingQuestion, read_reading_questions
from eval.errors import DataMissing, InvalidData
from eval.figures import LATENCY, Spec
from eval.metrics.text import answer_length
from eval.results import Item
from eval.suites.base import Options, Prepared, Progress, evenly
from eval.suites.corpora import Compact, ensure_ingested
from eval.suites.shown import citation_problems, citation_ratios, shown_answer, shown_evidence
from eval.suites.spans import Places
from eval.systems import Reply, System, ask, search

RULES, PLANS, TABLES = (Path(__file__).parents[1] / "data" / name for name in ("rules", "plans", "tables"))
"""Each holds a folder for each split: `questions.jsonl`, and the documents (`*.txt`) that they are about."""
SPLITS = ("dev", "test")
OVERLAP, SHARE = 12, 0.5
"""Characters of a stretch, or share of it, that a quote must hold to show the stretch."""
TOP_K, SHOWN = 20, 5

_SPECS = (
    Spec("fully_right", "Fully right", "Every stretch that the answer needs is quoted, or one that answers as well; a "
         "question that no document answers is refused.", aim=0.92, headline=True),
    Spec("answer_quoted", "Answer quoted", "Of the questions that a document answers, those with a quote of a stretch "
         "that does.", headline=True),
    Spec("in_scope_answered", "In-scope answered", "Of the questions that a document answers, those answered in full "
         "or in part, whatever is quoted.", aim=0.95, headline=True),
    Spec("refusal_precision", "Refusal precision", "Of the refusals, those that were due.", aim=0.95, headline=True),
    Spec("refusal_recall", "Refusal recall", "Of the questions that no document answers, those refused.",
         aim=0.95, headline=True),
    Spec("evidence_recall", "Evidence recall", "Of the stretches that the answers need, those quoted."),
    Spec("hit@1", "Retrieval hit@1", "The first passage found holds a stretch that answers (search alone)."),
    Spec("hit@5", "Retrieval hit@5", "One of the first 5 does."),
    Spec("quotes_verbatim", "Quotes verbatim", "Of the quotes, those that are the document's text at their offsets.",
         aim=1.0),
    Spec("auroc", "Answerability AUROC", "Probability that an answerable question gets more confidence than one that "
         "is not.", "auroc", "score", headline=True),
    Spec("brier", "Brier score", "Mean squared distance of confidence from what was so.", "brier", "score", False),
    Spec("ece", "Calibration error", "Mean distance of the reliability curve from the diagonal.", "ece", "score",
         False),
    Spec("length", "Answer length, median", "Characters of an answer that is not a refusal, without markers.", "median",
         "characters", False),
    *LATENCY,
)  # fmt: skip

Ratios = dict[str, tuple[float, float]]
Place = tuple[str, int, int]
"""Document, and [start, end) in its text."""


@dataclass(frozen=True, slots=True)
class StretchCase:
    """One question over the documents of a split; put to its own document alone where `apart` is true."""

    number: int
    question: ReadingQuestion
    places: Places
    apart: bool = False

    def measure(self, system: System) -> Item:
        """Ask, look what the quotes show, and where search finds it."""
        asked, engine = self.question, system.engine
        documents = (asked.document,) if self.apart else ()
        found, _, error = search(engine, asked.text, TOP_K, documents)
        reply = ask(engine, Query(asked.text, documents=documents))
        quoted = [(c.document, c.start, c.end) for c in reply.answer.citations] if reply.answer else []
        counted = self._answer(system, reply, quoted)
        if asked.answerable:
            hits = [self._shows(system, (e.chunk.document, e.chunk.start, e.chunk.end)) for e in found[:5]]
            counted |= {"hit@1": (float(any(hits[:1])), 1.0), "hit@5": (float(any(hits)), 1.0)}
        right = counted["fully_right"][0] == 1
        return Item(
            id=f"{asked.document}-{self.number}",
            question=asked.text,
            right=right and not (reply.error or error),
            labels={"kind": "answerable" if asked.answerable else "not answerable", "document": asked.document},
            problems=[] if right else [self._problem(reply.answer)],
            gold=[("status", "answered" if asked.answerable else "refused")]
            + [(key, text) for key in ("evidence", "also", "near") for text in getattr(asked, key)],
            answer=shown_answer(reply.answer) if reply.answer else None,
            evidence=shown_evidence(engine, found[:SHOWN]),
            error=reply.error or error,
            ratios=counted | {"crashes": (float(bool(reply.error or error)), 1.0)},
            samples=self._samples(reply),
        )

    def _answer(self, system: System, reply: Reply, quoted: Sequence[Place]) -> Ratios:
        asked, answer = self.question, reply.answer
        given = _is_given(answer)
        counted: Ratios = {}
        if asked.answerable:
            held = [given and any(self._shows(system, one, (text,)) for one in quoted) for text in asked.evidence]
            instead = given and any(self._shows(system, one, asked.also) for one in quoted)
            right = all(held) or instead
            counted["answer_quoted"] = (float(any(held) or instead), 1.0)
            counted["in_scope_answered"] = (float(given), 1.0)
            counted["evidence_recall"] = (float(sum(held)), float(len(held)))
        else:
            right = answer is not None and not given
            counted["refusal_recall"] = (float(right), 1.0)
        counted["fully_right"] = (float(right), 1.0)
        if answer:
            if not given:
                counted["refusal_precision"] = (float(not asked.answerable), 1.0)
            checked = citation_ratios(answer, citation_problems(system.engine, answer))
            counted |= {key: pair for key, pair in checked.items() if key == "quotes_verbatim"}
        return counted

    def _shows(self, system: System, place: Place, stretches: Sequence[str] | None = None) -> bool:
        """Whether a place holds enough of one of some stretches of the document; by default of any that answer."""
        document, start, end = place
        if document != self.question.document:
            return False
        text = self.places.compact(system.engine, document)
        start, end = text.span(start, end)
        wanted = (*self.question.evidence, *self.question.also) if stretches is None else stretches
        return any(
            min(end, to) - max(start, at) >= min(OVERLAP, SHARE * (to - at))
            for stretch in wanted
            for at, to in text.find(stretch)
        )

    def _problem(self, answer: Answer | None) -> str:
        if answer is None:
            return "crashed"
        if not self.question.answerable:
            return "not refused"
        return "not all that answers is quoted" if _is_given(answer) else f"status {answer.status}, expected answered"

    def _samples(self, reply: Reply) -> dict[str, float]:
        answer = reply.answer
        if not answer:
            return {}
        samples = {
            "latency_ms": reply.latency_ms,
            "confidence": answer.confidence,
            "answerable": float(self.question.answerable),
        }
        if _is_given(answer):
            samples["length"] = float(answer_length(answer.text, {citation.marker for citation in answer.citations}))
        return samples


def _is_given(answer: Answer | None) -> bool:
    return answer is not None and answer.status in ("answered", "partial")


@dataclass(frozen=True, slots=True)
class StretchSuite:
    """A suite over invented documents; `folder` holds its data, `apart` is as in `StretchCase`."""

    name: str
    about: str
    folder: Path
    apart: bool = False
    dimensions: tuple[str, ...] = ("kind", "document")
    splits: tuple[str, ...] = SPLITS
    specs: tuple[Spec, ...] = _SPECS

    def prepare(self, options: Options, settings: Settings, progress: Progress) -> Prepared:
        """Read the questions of a split and ingest its documents into the cache.

        Raises:
            DataMissing: the folder holds no documents or no questions.
            InvalidData: a question cannot be used, or a stretch of it does not stand in its document.
        """
        folder = (options.data or self.folder) / options.split
        texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
        if not texts:
            raise DataMissing(f"{folder} holds no documents (*.txt)")
        questions = read_reading_questions(folder / "questions.jsonl")
        _check(questions, texts)
        inside = ensure_ingested(f"{self.name}-{options.split}", texts, settings, options.cache, progress)
        places = Places()
        cases = [StretchCase(number, question, places, self.apart) for number, question in enumerate(questions, 1)]
        chosen = evenly(cases, options.limit)
        sizes = {
            "questions": f"{len(chosen)} of {len(cases)}",
            "answerable": str(sum(case.question.answerable for case in chosen)),
            "documents": str(len(texts)),
            "characters": f"{sum(map(len, texts.values())):,}",
        }
        return Prepared(inside, self.specs, chosen, sizes)


LOCAL_RULES = StretchSuite(
    "rules",
    "What people ask about benefits, housing, eldercare and firms, over invented rules of several places",
    RULES,
)
CITY_PLANS = StretchSuite(
    "plans",
    "What people ask about decisions, support measures and plans of other, invented cities, one at a time",
    PLANS,
    True,
)
TABLE_DOCUMENTS = StretchSuite(
    "tables",
    "What people ask about standards, windows, fees and tasks that stand in tables, over invented documents",
    TABLES,
)


def _check(questions: Sequence[ReadingQuestion], texts: dict[str, str]) -> None:
    compact = {name: Compact(text) for name, text in texts.items()}
    for number, asked in enumerate(questions, 1):
        if asked.document not in compact:
            raise InvalidData(f"question {number}: there is no document {asked.document}.txt")
        for stretch in (*asked.evidence, *asked.also, *asked.near):
            if not any(compact[asked.document].find(stretch)):
                raise InvalidData(f"question {number}: {stretch!r} does not stand in {asked.document}.txt")
