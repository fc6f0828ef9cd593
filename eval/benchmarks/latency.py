"""Times and memory: ingesting, a cold `ask` as a whole process, warm answers, the first words of an answer.

Each part runs in a process of its own, so that one does not warm up the next and peak memory is that part's alone.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table

from assistant.config import PREFIX, Settings
from assistant.errors import AssistantError
from assistant.pipeline import ingest, open_assistant
from assistant.schema import Query, Turn
from eval.benchmarks.first_words import first_words
from eval.datasets import DECISION, load_questions
from eval.metrics.intervals import percentile
from eval.runner import environment
from eval.suites.base import Progress, evenly
from eval.systems import WARM_UP, ask

COLD_QUESTION = "到2025年，新区工业总产值要达到多少？"
FIRST_WORDS = 50
"""Questions of which the first words are waited for."""
Result = dict[str, Any]


def bench(settings: Settings, progress: Progress, *, cold_runs: int = 5, limit: int | None = None) -> Result:
    """Ingest the corpus into a fresh folder, and ask there.

    Args:
        settings: of the assistant; their data folder is not touched.
        progress: told how far the work is.
        cold_runs: cold processes, of which the median is taken.
        limit: at most that many of the dev questions are asked warm; None asks all.

    Returns:
        Part → figure → value: times in seconds (`_s`) or milliseconds (`_ms`), memory in MiB.

    Raises:
        AssistantError: a part failed.
    """
    with tempfile.TemporaryDirectory(prefix="policy-assistant-bench-") as folder:
        # A vector kept from before would be no time of embedding.
        inside = settings.model_copy(update={"data_dir": Path(folder) / "data", "vector_cache": None})
        progress("ingesting", 0, 4)
        ingested = _in_process(_ingest, inside)
        progress("cold ask", 1, 4)
        cold = _cold(inside, cold_runs)
        progress("warm answers", 2, 4)
        warm = _in_process(_warm, inside, limit)
        progress("first words", 3, 4)
        first = first_words(inside, _first_questions(limit))
        progress("done", 4, 4)
    return {
        "ingest": ingested,
        "cold ask": cold,
        "warm answers": warm,
        "first words": first,
        "environment": environment(settings),
    }


def _first_questions(limit: int | None) -> list[str]:
    """Dev questions that stand alone, spread evenly: at most FIRST_WORDS of them, and no more than `limit`."""
    alone = [question.question for question in load_questions(DECISION / "dev.jsonl") if not question.history]
    return evenly(alone, min(limit or FIRST_WORDS, FIRST_WORDS))


def _in_process(part: Callable[..., Result], *arguments: Any) -> Result:
    """Run a part in a fresh process (spawned: the embedder does not survive a fork) and hand its result back."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_report, args=(sender, part, arguments))
    process.start()
    sender.close()
    try:
        result: Result = receiver.recv()
    except EOFError:
        raise AssistantError(f"the benchmark's process ended with code {process.exitcode}") from None
    finally:
        process.join()
    if "error" in result:
        raise AssistantError(result["error"])
    return result


def _report(sender: Any, part: Callable[..., Result], arguments: tuple[Any, ...]) -> None:
    try:
        result = part(*arguments)
        result["peak_memory_mib"] = _mebibytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    except AssistantError as error:
        result = {"error": str(error)}
    sender.send(result)


def _mebibytes(max_rss: int) -> float:
    """`ru_maxrss` in MiB: it counts KiB on Linux, bytes on macOS."""
    return round(max_rss / (2**20 if sys.platform == "darwin" else 2**10), 1)


def _ingest(settings: Settings) -> Result:
    report = ingest([settings.corpus_dir], settings)
    again = time.perf_counter()
    ingest([settings.corpus_dir], settings)
    return {
        "documents": len(report.added),
        "chunks": report.chunks,
        "total_s": round(report.seconds, 3),
        "embedding_s": round(report.embedding_seconds, 3),
        "embedding_share": round(report.embedding_seconds / report.seconds, 3),
        "ours_to_embedding": round((report.seconds - report.embedding_seconds) / report.embedding_seconds, 3),
        "again_unchanged_s": round(time.perf_counter() - again, 3),
        "data_folder_mib": round(sum(path.stat().st_size for path in settings.data_dir.rglob("*")) / 2**20, 1),
    }


def _cold(settings: Settings, runs: int) -> Result:
    """`python -m assistant ask` as a user waits for it: interpreter start to exit."""
    command = [sys.executable, "-m", "assistant", "ask", COLD_QUESTION, "--json"]
    names = ("data_dir", "corpus_dir", "embedding_model", "chunk_tokens")
    variables = {f"{PREFIX}{name.upper()}": str(getattr(settings, name)) for name in names}
    times, memory = [], 0
    for _ in range(runs):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env={**os.environ, **variables}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        complaint = process.stderr.read().decode("utf-8", "replace") if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        times.append(time.perf_counter() - started)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.stderr:
            process.stderr.close()
        if process.returncode:
            last = (complaint.strip().splitlines() or ["no message"])[-1]
            raise AssistantError(f"`python -m assistant ask` ended with code {process.returncode}: {last}")
        memory = max(memory, usage.ru_maxrss)
    return {
        "runs": runs,
        "median_s": round(statistics.median(times), 3),
        "worst_s": round(max(times), 3),
        "peak_memory_mib": _mebibytes(memory),
    }


def _warm(settings: Settings, limit: int | None) -> Result:
    started = time.perf_counter()
    assistant = open_assistant(settings)
    opened = time.perf_counter() - started
    questions = evenly(load_questions(DECISION / "dev.jsonl"), limit)
    ask(assistant, Query(WARM_UP))
    queries = [Query(question.question, tuple(Turn(*turn) for turn in question.history)) for question in questions]
    replies, again = ([ask(assistant, query) for query in queries] for _ in range(2))
    times = [reply.latency_ms for reply in replies if reply.answer]
    return {
        "questions": len(questions),
        "crashes": sum(bool(reply.error) for reply in replies),
        "open_s": round(opened, 3),
        **{f"p{q}_ms": round(percentile(times, q), 1) for q in (50, 95, 99)},
        # The same once more: what was read of a question is remembered.
        "again_p50_ms": round(percentile([reply.latency_ms for reply in again if reply.answer], 50), 1),
    }


def bench_table(result: Result) -> Table:
    """The result as a table for the terminal."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("part")
    table.add_column("figure")
    table.add_column("value", justify="right")
    for part, figures in result.items():
        for index, (name, value) in enumerate(figures.items()):
            table.add_row(part if index == 0 else "", name.replace("_", " "), str(value))
        table.add_section()
    return table
