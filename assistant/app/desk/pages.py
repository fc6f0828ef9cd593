"""What the desk knows → its pages as HTML, rendered on the server from templates that escape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant.app import links
from assistant.app.desk.access import Session
from assistant.app.desk.figures import CHART_HEIGHT, CHART_WIDTH, bars, figures
from assistant.app.desk.gate import HOME, LOGIN, LOGOUT
from assistant.app.desk.groups import Embed
from assistant.app.desk.labels import DESK_LABELS
from assistant.app.desk.questions import Asked
from assistant.app.documents import about, piece_name, render
from assistant.app.feedback import Complaint
from assistant.app.labels import LABELS
from assistant.errors import UnknownDocument
from assistant.schema import Language

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

DOCUMENTS, EVALUATION = "/desk/documents", "/desk/evaluation"
SECTIONS = (("questions", HOME), ("documents", DOCUMENTS), ("evaluation", EVALUATION))
"""The parts of the desk, in the order of its navigation: name (a key of `DeskLabels.sections`) and address."""


@dataclass(frozen=True, slots=True)
class CitedClause:
    """A clause as the desk lists it; `url` is empty for a document that is no longer held."""

    url: str
    title: str
    title_language: str
    name: str
    count: int


def login_page(language: Language, form_token: str, problem: str = "") -> str:
    """The form that asks for the password."""
    return render(
        "desk_login.html",
        language,
        desk=DESK_LABELS[language],
        login_url=LOGIN,
        form_token=form_token,
        problem=problem,
        other_url=_other(LOGIN, language),
    )


def render_section(template: str, section: str, language: Language, session: Session, **context: object) -> str:
    """A page of the desk: what its template shows, below the navigation.

    Args:
        template: extends `desk_base.html`, and fills its block `desk`.
        section: which of `SECTIONS` the page belongs to.
        language: language of the page.
        session: whose page it is.
        context: what the template needs besides; `other_url` where the page's address is not its section's.
    """
    shared = {
        "desk": DESK_LABELS[language],
        "section": section,
        "sections": SECTIONS,
        "logout_url": LOGOUT,
        "form_token": session.form_token,
        "staff_name": session.name,
        "other_url": _other(dict(SECTIONS)[section], language),
    }
    return render(template, language, **{**shared, **context})


def desk_page(
    assistant: Assistant,
    language: Language,
    session: Session,
    questions: list[Asked] | None,
    complaints: list[Complaint] | None,
    kept_days: int,
    feedback_days: int,
    embed: Embed | None = None,
) -> str:
    """The desk.

    Args:
        assistant: knows the documents that are cited.
        language: language of the page.
        session: whose page it is.
        questions: what was asked; None if that cannot be read.
        complaints: what did not help; None if that cannot be read.
        kept_days: how long questions are kept; 0 if they are not.
        feedback_days: how long is kept what did not help.
        embed: groups unanswered questions by meaning.
    """
    counted = figures(questions or [], date.today(), kept_days, embed)
    return render_section(
        "desk.html",
        "questions",
        language,
        session,
        kept_days=kept_days,
        readable=questions is not None,
        figures=counted,
        bars=bars(counted.days),
        chart=(CHART_WIDTH, CHART_HEIGHT),
        cited=[_cited(assistant, clause, count, language) for clause, count in counted.cited],
        complaints=complaints,
        feedback_days=feedback_days,
    )


def show_time(when: datetime) -> str:
    """A moment in the server's time zone, to the minute."""
    return when.astimezone().strftime("%Y-%m-%d %H:%M")


def _cited(assistant: Assistant, clause_link: str, count: int, language: Language) -> CitedClause:
    document_id, _, fragment = clause_link.partition("#")
    try:
        document = assistant.document(document_id)
    except UnknownDocument:
        return CitedClause("", document_id, "", fragment, count)
    said = about(document, assistant.translation(document_id), language)
    name = next((piece_name(c, LABELS[language]) for c in document.clauses if links.anchor(c) == fragment), fragment)
    url = links.document(document_id, language, fragment=fragment)
    return CitedClause(url, said.title, said.title_language, name, count)


def _other(path: str, language: Language) -> str:
    """The same page in the other language."""
    return links.switch(path, LABELS[language].other_language_code)
