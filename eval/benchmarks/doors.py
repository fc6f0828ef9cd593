"""What each door adds to the pipeline: the same questions through all of them, warm → milliseconds at the median.

A question goes through every door before the next one is asked, so that a machine busy with something else slows all of
them alike; the overhead is the median of the differences, question by question. Beside it stands processor time, which
a busy machine does not stretch: of the whole process, so the client's part is in it. HTTP is measured twice: in
process, which is the application alone, and over loopback, with a real server and a client that keeps its connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import uvicorn
from fastapi import FastAPI
from rich import box
from rich.table import Table

from assistant.app.server import create_app, server_config
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.pipeline import Assistant, AssistantRunnable, ingest, open_assistant
from assistant.schema import Query
from eval.datasets import DECISION, load_questions
from eval.metrics.intervals import percentile
from eval.suites.base import Progress, evenly
from eval.systems import WARM_UP

PIPELINE = "pipeline"
_EVENTS = {"accept": "text/event-stream"}
_MCP_VERSION = "2025-06-18"
_MCP = {"accept": "application/json, text/event-stream", "mcp-protocol-version": _MCP_VERSION}

Ask = Callable[[str], Awaitable[None]]
"""Puts a question to a door, and comes back when the whole answer is there."""


class Taken(NamedTuple):
    """What an answer took: milliseconds of time, and of the process's processor time."""

    ms: float
    cpu_ms: float


def bench_doors(settings: Settings, progress: Progress, limit: int | None = 60) -> dict[str, dict[str, float]]:
    """Time the doors over the corpus, ingested into a fresh folder.

    Args:
        settings: of the assistant; their data folder is not touched.
        progress: told how far the work is.
        limit: at most that many of the dev questions; None asks all.

    Returns:
        As `time_doors`.
    """
    questions = [question.question for question in evenly(load_questions(DECISION / "dev.jsonl"), limit)]
    with tempfile.TemporaryDirectory(prefix="policy-assistant-doors-") as folder:
        inside = settings.model_copy(update={"data_dir": Path(folder)})
        ingest([inside.corpus_dir], inside)
        return time_doors(open_assistant(inside), Path(folder), questions, progress)


def time_doors(
    assistant: Assistant, folder: Path, questions: list[str], progress: Progress
) -> dict[str, dict[str, float]]:
    """Time the doors over an assistant.

    Args:
        assistant: what they lead to.
        folder: where a server may write.
        questions: what is asked.
        progress: told how far the work is.

    Returns:
        Door → `p50_ms`, `p95_ms`, and the medians of what it takes more than the pipeline, `overhead_ms` of time and
        `overhead_cpu_ms` of processor time.

    Raises:
        AssistantError: a door did not answer.
    """
    try:
        times = asyncio.run(_measure(assistant, folder, questions, progress))
    except ExceptionGroup as group:
        # The tasks that an open application keeps wrap what is raised meanwhile.
        raise _first(group) from None
    return {door: _figures(taken, times[PIPELINE]) for door, taken in times.items()}


def _first(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _figures(taken: list[Taken], pipeline: list[Taken]) -> dict[str, float]:
    more = [(a.ms - b.ms, a.cpu_ms - b.cpu_ms) for a, b in zip(taken, pipeline, strict=True)]
    return {
        "p50_ms": round(percentile([each.ms for each in taken], 50), 2),
        "p95_ms": round(percentile([each.ms for each in taken], 95), 2),
        "overhead_ms": round(percentile([ms for ms, _ in more], 50), 2),
        "overhead_cpu_ms": round(percentile([cpu_ms for _, cpu_ms in more], 50), 2),
    }


async def _measure(
    assistant: Assistant, folder: Path, questions: list[str], progress: Progress
) -> dict[str, list[Taken]]:
    async with _doors(assistant, folder) as doors:
        for ask in doors.values():
            await ask(WARM_UP)
        times: dict[str, list[Taken]] = {door: [] for door in doors}
        for place, question in enumerate(questions):
            progress("asking at each door", place, len(questions))
            # The first to ask a question pays for what is remembered of it afterwards.
            assistant.ask(Query(question))
            for door, ask in doors.items():
                started, worked = time.perf_counter(), time.process_time()
                await ask(question)
                spent = time.perf_counter() - started, time.process_time() - worked
                times[door].append(Taken(spent[0] * 1000, spent[1] * 1000))
        progress("done", len(questions), len(questions))
    return times


@contextlib.asynccontextmanager
async def _doors(assistant: Assistant, folder: Path) -> AsyncIterator[Mapping[str, Ask]]:
    """Every door, open."""
    runnable = AssistantRunnable(assistant)

    async def pipeline(question: str) -> None:
        assistant.ask(Query(question))

    async def invoke(question: str) -> None:
        runnable.invoke(question)

    inside = create_app(assistant, feedback_folder=folder)
    with served(create_app(assistant, feedback_folder=folder)) as address:
        async with (
            inside.router.lifespan_context(inside),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(inside, raise_app_exceptions=False), base_url="http://127.0.0.1"
            ) as in_process,
            httpx.AsyncClient(base_url=address, trust_env=False, timeout=60) as loopback,
        ):
            yield {
                PIPELINE: pipeline,
                "Runnable": invoke,
                **_http_doors("in process", in_process),
                **_http_doors("loopback", loopback),
            }


def _http_doors(way: str, client: httpx.AsyncClient) -> dict[str, Ask]:
    def door(path: str, body: Callable[[str], Any], headers: Mapping[str, str] | None = None) -> Ask:
        async def ask(question: str) -> None:
            response = await client.post(path, json=body(question), headers=headers)
            if response.status_code != 200 or '"error"' in response.text[:100]:
                raise AssistantError(f"{path} answered {response.status_code}: {response.text[:200]}")

        return ask

    def chat(question: str, *, stream: bool) -> Any:
        return {"messages": [{"role": "user", "content": question}], "stream": stream}

    def call(question: str) -> Any:
        parameters = {"name": "ask", "arguments": {"question": question}}
        return {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters}

    return {
        f"REST, {way}": door("/api/v1/ask", lambda question: {"question": question}),
        f"REST in events, {way}": door("/api/v1/ask", lambda question: {"question": question}, _EVENTS),
        f"OpenAI, {way}": door("/v1/chat/completions", lambda question: chat(question, stream=False)),
        f"OpenAI streamed, {way}": door("/v1/chat/completions", lambda question: chat(question, stream=True)),
        f"MCP, {way}": door("/mcp", call, _MCP),
    }


@contextlib.contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address of an application served from a thread."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(server_config(app))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                if not thread.is_alive():
                    raise AssistantError("the server did not start; its log says why")
                time.sleep(0.02)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def doors_table(result: Mapping[str, Mapping[str, float]]) -> Table:
    """The result as a table for the terminal."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("door")
    for column in ("p50 ms", "p95 ms", "over the pipeline, ms", "of processor time, ms"):
        table.add_column(column, justify="right")
    for door, figures in result.items():
        table.add_row(door, *(f"{figure:.1f}" for figure in figures.values()))
    return table
