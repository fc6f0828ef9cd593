"""Records → the lines, JSON rows and progress bars of the command line."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any, NoReturn

from assistant.errors import AssistantError, UnreadableSource, UsageError
from assistant.schema import Answer, Clause, Document

if TYPE_CHECKING:
    from assistant.pipeline import Assistant, IngestReport


@contextmanager
def ingestion_progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def progress(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield progress


def ingestion_summary(report: IngestReport) -> str:
    """One line on what an ingestion did."""
    total = len(report.added) + len(report.replaced) + len(report.unchanged)
    left_out = f"; {len(report.withdrawn)} withdrawn by staff, left out" if report.withdrawn else ""
    if not report.changed:
        return f"{total} document(s) unchanged, nothing to do{left_out}"
    return (
        f"{len(report.added)} document(s) added, {len(report.replaced)} replaced, {len(report.unchanged)} unchanged; "
        f"{report.chunks} chunks in {report.seconds:.1f} s, of which embedding {report.embedding_seconds:.1f} s"
        f"{left_out}"
    )


def document_row(document: Document) -> dict[str, Any]:
    """A document in the shape of the command-line contract."""
    return document.to_dict() | {"translated": bool(document.record.translation)}


def document_line(document: Document) -> str:
    """A document in one line."""
    return f"{document.id}  {document.record.title}"


def clause_line(clause: Clause) -> str:
    """A clause in one line."""
    opening = clause.heading or clause.text.removeprefix(clause.label)[:40]
    return f"{clause.number:>4}  {clause.label}{opening}"


def answer_text(answer: Answer) -> str:
    """An answer with its sources, for a reader."""
    lines = [answer.text]
    if answer.citations:
        lines.append("")
    for one in answer.citations:
        lines.append(f"[{one.marker}] {one.document_title} {one.clause_label}  {one.url}")
    if answer.related:
        lines += ["", "Related, not an answer:" if answer.language == "en" else "相关条款（不是答案）："]
        lines += [f"  {one.clause_label} {one.quote}  {one.url}" for one in answer.related]
    return "\n".join(lines)


def evidence_line(rank: int, row: dict[str, Any]) -> str:
    """A found passage in one line."""
    return f"{rank:>3}  {row['score']:.4f}  {row['document']} [{row['clause_number']}]  {row['text']}"


def search_request(assistant: Assistant, request: dict[str, Any], k: int) -> dict[str, Any]:
    """Answer one line of `search --jsonl`.

    Raises:
        UsageError: the request has no `query` (or `question`), or its `k` is no number from 1 to 1000.
    """
    from assistant.pipeline import search_rows

    query = request.get("query", request.get("question"))
    if not isinstance(query, str):
        raise UsageError('a request needs a "query" that is a string')
    count = request.get("k", k)
    if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= 1000:
        raise UsageError('"k" must be a whole number from 1 to 1000')
    documents = request.get("documents") or []
    if not isinstance(documents, list) or not all(isinstance(one, str) for one in documents):
        raise UsageError('"documents" must be a list of ids')
    return {"id": request.get("id"), "results": search_rows(assistant, query, count, tuple(documents))}


def each_request(source: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Answer a file of requests, one JSON object a line; a line that cannot be answered gets an error object.

    Args:
        source: path of the file, or `-` for standard input.
        answer: answers one request.

    Raises:
        UnreadableSource: the file cannot be read.
    """
    with _open(source) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                print(json.dumps(_answer_line(line, number, answer), ensure_ascii=False), flush=source == "-")


def _open(source: str) -> IO[bytes]:
    if source == "-":
        return sys.stdin.buffer
    try:
        return open(source, "rb")
    except OSError as error:
        raise UnreadableSource(f"cannot read {source}: {error.strerror}; name a file of JSON lines") from error


def _answer_line(line: bytes, number: int, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    try:
        request = json.loads(line.decode("utf-8-sig"), parse_constant=_no_json, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        return _failure(None, number, f"not a line of JSON in UTF-8 ({error})")
    if not isinstance(request, dict):
        return _failure(None, number, 'a request is a JSON object, such as {"id": 1, "question": "…"}')
    try:
        return answer(request)
    except AssistantError as error:
        message = str(error)
    except Exception as error:  # A mistake in the program costs this line its answer, not the ones below it theirs.
        message = f"not answered ({type(error).__name__}: {error}); asked alone with --debug it shows where"
    return _failure(request.get("id"), number, message)


def _no_json(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _finite(digits: str) -> float:
    """A number as read; one too large for a float would be printed as Infinity, which is no JSON."""
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"the number {digits[:20]} is too large")
    return value


def _failure(request_id: Any, number: int, message: str) -> dict[str, Any]:
    return {"id": request_id, "error": " ".join(message.split()), "line": number}
