"""The command line: ingest, documents, clauses, ask, search, serve, mcp. It prints and sets exit codes; no logic."""

from __future__ import annotations

import errno
import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from assistant.config import Settings, load_settings, split_setting
from assistant.errors import AssistantError, UsageError

app = typer.Typer(help=__doc__, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Answers from Chinese policy documents, word for word. Data lives in ASSISTANT_DATA_DIR (default ./.data)."""


@app.command()
def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; default: the corpus folder.")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Forget what was ingested before.")] = False,
) -> None:
    """Read documents into the index; those that have not changed are left alone."""
    from assistant.cli_output import ingestion_progress, ingestion_summary
    from assistant.pipeline import ingest as run

    settings = load_settings()
    with ingestion_progress() as progress:
        report = run(paths or [settings.corpus_dir], settings, rebuild=rebuild, progress=progress)
    print(ingestion_summary(report))


@app.command()
def documents(as_json: AsJson = False) -> None:
    """List the documents of the index."""
    from assistant.cli_output import document_line, document_row
    from assistant.pipeline import held_documents

    held = held_documents(load_settings())
    _print([document_row(document) for document in held], as_json, [document_line(document) for document in held])


@app.command()
def clauses(
    document: Annotated[str, typer.Argument(help="Id of the document, as `documents` lists it.")],
    as_json: AsJson = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the title, preamble, part headings and closing (clause_number 0).")
    ] = False,
) -> None:
    """List the clauses of a document."""
    from assistant.cli_output import clause_line
    from assistant.pipeline import held_document

    held = held_document(load_settings(), _as_text(document))
    found = [c for c in held.clauses if everything or c.kind == "clause"]
    _print([clause.to_dict() for clause in found], as_json, [clause_line(clause) for clause in found])


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    as_json: AsJson = False,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", help="A file of requests, one JSON a line; - for input.")
    ] = None,
) -> None:
    """Answer a question, or many."""
    from assistant.cli_output import answer_text, each_request
    from assistant.pipeline import as_query

    _one_of(question, jsonl)
    assistant = _assistant(load_settings())
    if jsonl is not None:
        each_request(jsonl, lambda request: assistant.ask(as_query(request)).to_dict(request.get("id")))
        return
    answer = assistant.ask(as_query(question))
    _print(answer.to_dict(), as_json, [answer_text(answer)])


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to search for.")] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="How many passages.")] = 10,
    as_json: AsJson = False,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", help="A file of requests, one JSON a line; - for input.")
    ] = None,
) -> None:
    """List the passages that fit best."""
    from assistant.cli_output import each_request, evidence_line, search_request
    from assistant.pipeline import search_rows

    _one_of(query, jsonl)
    assistant = _assistant(load_settings())
    if jsonl is not None:
        each_request(jsonl, lambda request: search_request(assistant, request, k))
        return
    rows = search_rows(assistant, query or "", k)
    _print(rows, as_json, [evidence_line(rank, row) for rank, row in enumerate(rows, start=1)])


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = None,
) -> None:
    """Open the assistant in the browser."""
    from assistant.app.server import serve as run

    settings = load_settings()
    run(
        _assistant(settings),
        host or settings.host,
        settings.port if port is None else port,
        api_keys=split_setting(settings.api_keys.get_secret_value()),
        staff_password=settings.staff_password,
        question_log_days=settings.question_log_days,
        feedback_days=settings.feedback_days,
        rate_limit=settings.rate_limit,
        mcp_hosts=split_setting(settings.mcp_hosts),
        site_url=settings.site_url,
        trusted_proxies=settings.trusted_proxies,
    )


@app.command()
def mcp() -> None:
    """Speak MCP on standard input and output, for a program that starts the assistant as a tool."""
    from assistant.app.mcp_door import build_server, run_stdio

    settings = load_settings()
    run_stdio(build_server(_assistant(settings), site_url=settings.site_url))


def _assistant(settings: Settings) -> Any:
    from assistant.pipeline import open_assistant

    return open_assistant(settings)


def _one_of(text: str | None, jsonl: str | None) -> None:
    if (text is None) == (jsonl is None):
        raise UsageError("give a question, or --jsonl with a file of them")


def _as_text(argument: str) -> str:
    """What was typed, with bytes that are no UTF-8 as U+FFFD: Python hands them on as something that is no text."""
    return os.fsencode(argument).decode(errors="replace")


def _print(value: Any, as_json: bool, lines: list[str]) -> None:
    print(json.dumps(value, ensure_ascii=False) if as_json else "\n".join(lines))


def main() -> NoReturn:
    """Run the command line; every error is one line on stderr, exit code 2 for wrong use, 1 for a failure."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    debug, arguments = debug_first(sys.argv[1:])
    try:
        # Typer hands back the exit code of what it caught itself, an interrupt among them.
        code = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except SystemExit as end:
        # Click ends the program itself, with 1, when who reads the output has gone; to us that is no failure.
        if isinstance(end.__context__, OSError) and end.__context__.errno == errno.EPIPE:
            sys.exit(_report(BrokenPipeError(), debug))
        raise
    except Exception as error:  # Whatever it is; where it comes from is for who asks with --debug.
        sys.exit(_report(error, debug))
    sys.exit(code if isinstance(code, int) else 0)


def debug_first(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """Whether `--debug` was typed, and the arguments with it in front of the command, where it is understood.

    What follows `--` is no option.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    options = [argument for argument in arguments[:end] if argument != "--debug"]
    debug = len(options) < end
    return debug, ["--debug"] * debug + options + list(arguments[end:])


def _open_closed_streams() -> None:
    """Put nothing in the place of a standard stream that is closed (`>&-`); else the next file opened would take it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))


def _report(error: Exception, debug: bool) -> int:
    """Print an error in one line, below its traceback where that is wanted; its exit code."""
    if isinstance(error, BrokenPipeError):
        # Who read our output has gone: nothing is left to say, and flushing at exit must not say it either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if debug:
        traceback.print_exception(error)
    message, code = str(error), 1
    if isinstance(error, typer.TyperException):
        message = getattr(error, "format_message", error.__str__)() + " `--help` shows what there is."
        code = 2
    elif isinstance(error, AssistantError):
        code = error.exit_code
    elif not isinstance(error, OSError):
        message = f"{type(error).__name__}: {error} (a mistake in the program; --debug shows where)"
    print("error: " + " ".join(message.split()), file=sys.stderr)
    return code
