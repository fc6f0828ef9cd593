"""What is known of evaluations → the page at /desk/evaluation, and its progress as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.app.desk.access import Session
from assistant.app.desk.evaluation import LIMITS, SPLITS, LastRun, Wanted
from assistant.app.desk.evaluation_history import MOST_KEPT, SHOWN, FinishedRun
from assistant.app.desk.evaluation_labels import EVALUATION_LABELS, EvaluationLabels
from assistant.app.desk.pages import EVALUATION, render_section, show_time
from assistant.schema import Language

START, STOP, PROGRESS = f"{EVALUATION}/start", f"{EVALUATION}/stop", f"{EVALUATION}/progress"
REPORTS = f"{EVALUATION}/reports"
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in the list: its value, and its change in words, kind `better`, `worse` or `same`; both may be empty."""

    label: str
    value: str
    change: str = ""
    kind: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A finished run in the list."""

    date: str
    iso_date: str
    split: str
    questions: int
    crashes: str
    cells: list[Cell]
    since: str
    page_url: str
    data_url: str
    page_name: str
    data_name: str
    delete_url: str
    delete_name: str


def evaluation_page(
    language: Language,
    session: Session,
    last: LastRun,
    runs: list[FinishedRun],
    *,
    available: bool,
    can_stop: bool,
    model: str = "",
    server: str = "",
    problem: str = "",
    chosen: Wanted | None = None,
) -> str:
    """The page.

    Args:
        language: language of the page.
        session: whose page it is.
        last: the last run that was started.
        runs: the finished runs, newest first.
        available: whether the evaluation is installed.
        can_stop: whether the run that is under way was started here.
        model: the chat model that will write answers, and may cost; empty where there is none.
        server: where that model is; empty for its provider's usual address.
        problem: what was wrong with what was asked for, in the page's language.
        chosen: what the form shows chosen.
    """
    words = EVALUATION_LABELS[language]
    report = next((run for run in runs if run.name == last.report), None) if last.state == "done" else None
    return render_section(
        "desk_evaluation.html",
        "evaluation",
        language,
        session,
        words=words,
        available=available,
        can_stop=can_stop,
        problem=problem,
        costs=words.costs.format(model=model) if model else "",
        costs_text=words.costs_text.format(server=server or model.partition(":")[0]),
        last=last,
        outcome=_outcome(last, words),
        known_reason=_known_reason(last, words),
        outcome_report=f"{REPORTS}/{report.name}" if report else "",
        running_text=words.running_text.format(
            split=words.splits[last.wanted.split], number=_number(last.wanted.limit, words)
        ),
        progress=progress(language, last),
        choices=[(limit or "all", _number(limit, words)) for limit in LIMITS],
        splits=SPLITS,
        chosen=chosen or last.wanted,
        self_url=EVALUATION,
        start_url=START,
        stop_url=STOP,
        progress_url=PROGRESS,
        rows=[_row(run, words) for run in runs],
        more=words.history_more.format(count=MOST_KEPT) if len(runs) >= MOST_KEPT else "",
    )


def progress(language: Language, last: LastRun) -> dict[str, Any]:
    """How far the run is.

    Returns:
        `state`; `done` and `total`, 0 while the run gets ready; `text`, the same in words.
    """
    words = EVALUATION_LABELS[language]
    said = words.asked.format(done=last.done, total=last.total) if last.done else words.preparing
    elapsed = words.elapsed.format(seconds=f"{last.seconds:.0f}")
    return {"state": last.state, "done": last.done, "total": last.total, "text": f"{said} · {elapsed}"}


def _outcome(last: LastRun, words: EvaluationLabels) -> str:
    sentence = words.states.get(last.state, "")
    return sentence.format(seconds=f"{last.seconds:.0f}", done=last.done)


def _known_reason(last: LastRun, words: EvaluationLabels) -> str:
    """Why the run failed, in the page's language, if it is something that staff can mend."""
    return next((told for said, told in words.known_reasons.items() if said in last.reason), "")


def _number(limit: int | None, words: EvaluationLabels) -> str:
    return words.some_questions.format(count=limit) if limit else words.all_questions


def _row(run: FinishedRun, words: EvaluationLabels) -> Row:
    date = show_time(run.started)
    return Row(
        date=date,
        iso_date=run.started.isoformat(timespec="minutes"),
        split=words.splits.get(run.asked, run.asked),
        questions=run.questions,
        crashes=words.crashes.format(count=run.crashes) if run.crashes else "",
        cells=[_cell(run, key, words) for key in SHOWN],
        since=_since(run, words),
        page_url=f"{REPORTS}/{run.name}",
        data_url=f"{REPORTS}/{run.name}/data",
        page_name=words.report_name.format(date=date),
        data_name=words.data_name.format(date=date),
        delete_url=f"{REPORTS}/{run.name}/delete",
        delete_name=words.delete_name.format(date=date),
    )


def _cell(run: FinishedRun, key: str, words: EvaluationLabels) -> Cell:
    label = words.figures[key]
    figure = run.figures.get(key)
    if figure is None or figure.value is None:
        return Cell(label, "")
    value = f"{100 * figure.value:.1f}%"
    if figure.change is None:
        return Cell(label, value)
    sign = "+" if figure.change > 0 else _MINUS if figure.change < 0 else "±"
    change = f"{sign}{abs(figure.change):.1f}"
    kind = "better" if figure.change > 0 else "worse" if figure.change < 0 else "same"
    return Cell(label, value, change, kind, words.change.format(change=change))


def _since(run: FinishedRun, words: EvaluationLabels) -> str:
    if run.since is None:
        return words.first_run
    if not run.since.compared:
        return words.other_questions
    return words.since_value.format(fixed=run.since.fixed, broken=run.since.broken)
