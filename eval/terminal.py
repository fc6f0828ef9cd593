"""What the command line shows: a progress bar on standard error, and a table of figures on standard output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from eval import charts
from eval.ablation import Worth, worths
from eval.results import Figure, Run
from eval.suites.base import Progress as Report

MOVED = 2
"""Figures, at most, that are named beside a part."""


@contextmanager
def progress_bar() -> Iterator[Report]:
    """A bar for each thing that is being done; on a terminal only, a log file gets none."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("", total=None)

        def report(what: str, done: int, total: int) -> None:
            bars.update(task, description=escape(what), completed=done, total=total or None)

        yield report


def print_figures(run: Run, console: Console) -> None:
    """The figures of a run with 95 % intervals, aims and counts; then those of the systems it was compared with."""
    split = f" · {run.split}" if run.split else ""
    title = f"{run.suite}{split}: {run.about}"
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("figure", min_width=24)
    for heading in ("value", "95 % interval", "aim", "n", "change"):
        table.add_column(heading, justify="right", no_wrap=True)
    before = run.difference.figures if run.difference else {}
    for figure in run.ours.figures:
        row = [_name(figure), _short(charts.number(figure.value, figure.unit)), charts.interval(figure), _aim(figure)]
        row += [str(figure.n), _change(figure, before.get(figure.key))]
        table.add_row(*row)
    console.print(table)
    if len(run.compared) > 1:
        console.print(_comparison(run))
    if found := worths(run):
        console.print(_ablation(found))
    console.print("  ".join(f"{name}: {size}" for name, size in run.sizes.items()), highlight=False)
    for note in run.notes:
        console.print(note, highlight=False, markup=False)
    if run.difference:
        changed = run.difference
        console.print(
            f"since {changed.against}: {len(changed.fixed)} fixed, {len(changed.broken)} broken "
            f"of {changed.compared} asked both times",
            highlight=False,
        )


def _comparison(run: Run) -> Table:
    table = Table(
        title="compared on the same questions", title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    table.add_column("figure", min_width=24)
    for system in run.compared:
        table.add_column(escape(system.name), justify="right")
    for figure in run.ours.figures:
        found = [system.figure(figure.key) for system in run.compared]
        table.add_row(_name(figure), *(_short(charts.number(one.value, one.unit)) if one else "" for one in found))
    return table


def _ablation(found: Sequence[Worth]) -> Table:
    title = "the assistant without one part: what becomes of the questions that it gets right"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("without", no_wrap=True)
    for heading in ("right", "change", "95 %", "lost", "won"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("what moves most")
    for one in found:
        colour = {"worse": "red", "better": "green"}.get(one.verdict, "")
        change = f"[{colour}]{one.change_words}[/{colour}]" if colour else one.change_words
        named = [(figure.label, words.removesuffix(" points")) for figure, words in one.moved[:MOVED]]
        moved = ", ".join(f"{label} {words}" for label, words in named)
        row = (one.part, charts.number(one.right, "share"), change, one.interval, str(one.lost), str(one.won), moved)
        table.add_row(*row)
    return table


def print_wrong(run: Run, console: Console) -> None:
    """The ids of the questions not answered right. Not for a test split, where only figures are to be seen."""
    wrong = [item.id for item in run.ours.items if not item.right]
    if wrong:
        console.print(f"not right ({len(wrong)}): {' '.join(wrong)}", highlight=False, markup=False, soft_wrap=True)


def _short(words: str) -> str:
    """A value for a narrow column."""
    return words.replace("characters", "chars")


def _name(figure: Figure) -> str:
    label = escape(figure.label)
    return f"[bold]{label}[/bold]" if figure.headline else label


def _aim(figure: Figure) -> str:
    words = _short(charts.aim(figure))
    if figure.aim_met is None:
        return words
    return f"[green]✓ {words}[/green]" if figure.aim_met else f"[red]✗ {words}[/red]"


def _change(figure: Figure, before: float | None) -> str:
    words, kind = charts.change(figure, before)
    words = {"unchanged": "="}.get(words, words.replace(" points", ""))
    colour = {"better": "green", "worse": "red"}.get(kind)
    return f"[{colour}]{words}[/{colour}]" if colour else words
