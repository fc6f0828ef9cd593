"""A document of many clauses → how long its page takes, as a browser on this machine waits for it, in milliseconds.

The document is ingested like any other, and its page is asked for from a real server, which renders it each time anew.
The time counts from the request to the last byte. The first request of a server stands apart: it compiles the template
and reads the document from the catalogue.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx

from assistant.app.server import create_app
from assistant.config import Settings
from assistant.errors import AssistantError
from assistant.indexing.numerals import to_chinese
from assistant.pipeline import ingest, open_assistant
from eval.benchmarks.doors import served
from eval.metrics.intervals import percentile

CLAUSES, RUNS = 500, 30
_SENTENCE = "本条规定了第{number}类事项的办理条件、程序和时限，有关单位应当严格执行。"
_SENTENCES = 3
"""To a clause: 110 characters; the articles of the Civil Code have 85 on average."""


def time_document_page(settings: Settings, folder: Path, clauses: int = CLAUSES, runs: int = RUNS) -> dict[str, Any]:
    """Time the page of a document.

    Args:
        settings: of the assistant; their data folder is not touched.
        folder: an empty folder to work in.
        clauses: how many the document has.
        runs: how often its page is asked for, after the first time.

    Returns:
        `clauses`, `characters`, `page_kib`, `first_ms`, `p50_ms`, `p95_ms`, `worst_ms`.

    Raises:
        AssistantError: the page was not served.
    """
    text = "测试事项管理办法\n" + "\n".join(_clause(number) for number in range(1, clauses + 1)) + "\n"
    (folder / "large.txt").write_text(text, encoding="utf-8")
    inside = settings.model_copy(update={"data_dir": folder / "data"})
    ingest([folder / "large.txt"], inside)
    times, size = [], 0
    with served(create_app(open_assistant(inside), feedback_folder=folder)) as address, httpx.Client() as client:
        for _ in range(1 + runs):
            started = time.perf_counter()
            answer = client.get(f"{address}/documents/large")
            times.append(1000 * (time.perf_counter() - started))
            if answer.status_code != 200 or f'id="clause-{clauses}"' not in answer.text:
                raise AssistantError(f"the document's page was not served whole ({answer.status_code})")
            size = len(answer.content)
    first = times.pop(0)
    return {
        "clauses": clauses,
        "characters": len(text),
        "page_kib": round(size / 1024),
        "first_ms": round(first, 1),
        "p50_ms": round(percentile(times, 50), 1),
        "p95_ms": round(percentile(times, 95), 1),
        "worst_ms": round(max(times), 1),
    }


def _clause(number: int) -> str:
    return f"第{to_chinese(number)}条 " + "".join(_SENTENCE.format(number=number) for _ in range(_SENTENCES))
