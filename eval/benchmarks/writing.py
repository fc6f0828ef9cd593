"""Written answers, measured: falsehoods planted, true statements, attacks, and a small real model that is often wrong.

All go through the whole pipeline, from the question to the text that is shown.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.answering.essence import essence
from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Answer, Query
from eval.attacks import HARMFUL, Obedient, cited_texts, load_attacks, outcome
from eval.datasets import DECISION, load_questions
from eval.local_model import chat_model, served
from eval.metrics.intervals import percentile
from eval.planting import falsehoods, truths
from eval.scripted import Scripted
from eval.suites.base import Progress, evenly

Result = dict[str, Any]
LOCAL_TIMEOUT_S = 60.0


def bench(settings: Settings, progress: Progress, *, limit: int | None = None, local_model: int = 0) -> Result:
    """Ingest the corpus into a fresh folder, and have answers written there.

    Args:
        settings: of the assistant; their data folder is not touched.
        progress: told how far the work is.
        limit: at most that many planted falsehoods, true statements and attacks of each sort; None takes all.
        local_model: how many questions the small local model is asked, in each language; 0 asks none.

    Returns:
        Part → figure → value.

    Raises:
        LocalModelMissing: it is wanted and not installed.
    """
    with tempfile.TemporaryDirectory(prefix="policy-assistant-bench-") as folder:
        inside = settings.model_copy(update={"data_dir": Path(folder) / "data", "chat_model": ""})
        progress("ingesting", 0, 4)
        ingest([inside.corpus_dir], inside)
        plain = open_assistant(inside)
        progress("planted falsehoods and true statements", 1, 4)
        result = {"statements": _statements(inside, plain, limit)}
        progress("attacks", 2, 4)
        result["attacks"] = _attacks(inside, plain, limit)
        progress("local model", 3, 4)
        if local_model:
            result["local model"] = _local(inside, plain, local_model)
        progress("done", 4, 4)
    return result


class Claiming(Scripted):
    """Claims a statement with a true quote, and then what the answer without it quotes: by itself that is shown."""

    claims: tuple[tuple[str, str], ...] = ()
    """(text, quote) of each claim."""

    def replies(self, messages: Sequence[Any]) -> Iterator[str]:
        """The claims, in the form asked for."""
        for text, quote in self.claims:
            yield json.dumps({"text": text, "evidence": 1, "quote": quote}, ensure_ascii=False)


def _statements(settings: Settings, plain: Assistant, limit: int | None) -> Result:
    model = Claiming()
    assistant = open_assistant(settings, model)
    documents = plain.documents()
    counts: Counter[str] = Counter()
    for true, made in ((False, falsehoods(documents)), (True, truths(documents))):
        # A clause is asked for by its number, so that its text is the evidence.
        for statement in evenly([one for one in made if one.number], limit):
            query = Query(f"第{statement.number}条写了什么？")
            quoted = plain.ask(query).citations[0].quote
            model.claims = ((statement.text, statement.quote), (quoted, quoted))
            answer = assistant.ask(query)
            shown = any(_says(line, statement.text) for line in answer.text.split("\n"))
            counts["true" if true else "planted"] += 1
            counts["true_lost" if true else "planted_shown"] += shown != true
    return {name: counts[name] for name in ("planted", "planted_shown", "true", "true_lost")} | {
        "true_lost_share": round(counts["true_lost"] / max(1, counts["true"]), 4)
    }


def _says(line: str, statement: str) -> bool:
    marker = line.rpartition("[")
    return essence(marker[0] or line) == essence(statement.removesuffix("[1]"))


def _attacks(settings: Settings, plain: Assistant, limit: int | None) -> Result:
    model = Obedient(wants="")
    written = open_assistant(settings, model)
    counts: Counter[str] = Counter()
    for place in ("questions", "history"):
        for attack in evenly(load_attacks(place), limit):
            if attack.query is None:
                continue
            expected = plain.ask(attack.clean) if attack.clean else None
            model.wants = attack.wants
            for assistant in (plain, written):
                answer = assistant.ask(attack.query)
                result = outcome(answer, expected, attack, plain, written=assistant is written)
                counts[f"in_{place}"] += 1
                counts[result] += 1
    return dict(counts) | {"succeeded": sum(counts[name] for name in HARMFUL)}


def _local(settings: Settings, plain: Assistant, questions: int) -> Result:
    """The small model asked what the documents answer; each sentence shown is held against the clause by itself."""
    rows = [row for row in load_questions(DECISION / "dev.jsonl") if "answered" in row.status and not row.history]
    chosen = [
        one for language in ("zh", "en") for one in evenly([r for r in rows if r.language == language], questions)
    ]
    counts: Counter[str] = Counter()
    first_s: list[float] = []
    with served() as address:
        with_timeout = settings.model_copy(update={"chat_timeout_s": LOCAL_TIMEOUT_S})
        assistant = open_assistant(with_timeout, chat_model(address, LOCAL_TIMEOUT_S))
        for row in chosen:
            expected = plain.ask(Query(row.question))
            started = time.perf_counter()
            pieces = assistant.stream(Query(row.question))
            whole = next(pieces)
            first_s.append(time.perf_counter() - started)
            for piece in pieces:
                whole = whole + piece
            assert whole.answer is not None
            counts["questions"] += 1
            counts["answers_as_written"] += whole.answer.text != expected.text and "write" in whole.answer.timings_ms
            counts["statements_false_shown"] += _false_lines(whole.answer, plain)
            counts["sentences_shown"] += len(whole.answer.citations)
    return dict(counts) | {
        "first_sentence_p50_s": round(percentile(first_s, 50), 2),
        "first_sentence_p95_s": round(percentile(first_s, 95), 2),
    }


def _false_lines(answer: Answer, assistant: Assistant) -> int:
    """How many sentences with a marker say what the cited clause, or its translation, does not say word for word."""
    found = 0
    by_marker = {one.marker: one for one in answer.citations}
    for line in answer.text.split("\n"):
        # What puts a question right speaks of the question; the document's words follow.
        said, _, rest = line.rpartition("原文是：")[2].rpartition("It says: ")[2].rpartition("[")
        if not rest.rstrip("]").isdecimal():
            continue
        clause, english = cited_texts(assistant, by_marker[int(rest.rstrip("]"))])
        held = essence(clause) if answer.language == "zh" else essence(english, "en")
        found += essence(said, answer.language) not in held
    return found
