"""A document → its pages: the list of documents, the whole text with anchors, and the source panel's clause.

Everything is rendered on the server from templates that escape; the pages need no script.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.app import links, records
from assistant.app.assets import asset
from assistant.app.currency import corpus_day
from assistant.app.labels import LABELS, Labels
from assistant.app.passages import Highlighter, Span, blocks, heading_end, opening, plain, safe
from assistant.indexing.translation import standing
from assistant.schema import Clause, Document, Language

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

TEMPLATES = Path(__file__).parent / "templates"
FRONT = "clause-0"
"""Anchor of title, adoption line and preamble together."""
LONGEST_OPENING = 20
"""Characters of a clause that stand in the table of contents for the heading it lacks."""


class Sentence(Protocol):
    """A sentence of a translation, or a part of one: its offsets in `Document.text`, and its English."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class PieceView:
    """A piece as the templates show it: heading line, paragraphs, and the translation beside them.

    `heading` is empty for pieces without one; `translation` is empty where there is none.
    """

    anchor: str
    kind: str
    name: str
    heading: Markup
    blocks: list[Markup]
    translation: list[Markup]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of the table of contents; clauses stand below the part before them."""

    anchor: str
    label: str
    heading: str
    language: str
    level: int


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a document wherever it is named: its title (English where there is a translation), its record."""

    title: str
    title_language: str
    record: list[str]


@cache
def environment() -> Environment:
    """The templates, with escaping on and a missing variable an error."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, language: Language, **context: object) -> str:
    """A template with the labels, links and assets that all pages share."""
    return (
        environment()
        .get_template(template)
        .render(
            labels=LABELS[language],
            language=language,
            home=links.home(language),
            documents_url=links.documents(language),
            asset=asset,
            plain=plain,
            safe=safe,
            show_date=records.show_date,
            **{"as_of": "", **context},
        )
    )


def list_page(assistant: Assistant, language: Language) -> str:
    """All documents, with the record line of each."""
    labels = LABELS[language]
    entries = [
        {
            "url": links.document(document.id, language),
            "title": safe(document.record.title or document.id),
            "about": about(document, assistant.translation(document.id), language),
            "count": sum(clause.kind == "clause" for clause in document.clauses),
        }
        for document in assistant.documents()
    ]
    return render(
        "documents.html",
        language,
        entries=entries,
        as_of=corpus_day(assistant.data_dir),
        other_url=_other(links.documents, labels),
    )


def not_found_page(language: Language) -> str:
    """What is shown for an id that no document has."""
    labels = LABELS[language]
    return render(
        "message.html",
        language,
        title=labels.not_found,
        text=labels.not_found_text,
        other_url=_other(links.documents, labels),
    )


def document_page(
    document: Document,
    translation: Sequence[Sentence],
    language: Language,
    quote: Span | None = None,
    as_of: str = "",
) -> str:
    """The whole text of a document.

    Args:
        document: the document.
        translation: its sentences in English; may be empty.
        language: language of everything but the text.
        quote: the words to mark, if any; if they no longer stand there, that is told instead.
        as_of: ISO date of the day of which the corpus is, if it is to be told.
    """
    labels = LABELS[language]
    marked = quote if quote is not None and quote.stands_in(document.text) else None
    highlighter = Highlighter(document, labels, marked)
    pieces = _pieces(document, translation, highlighter, labels)
    heading = pieces.pop(0) if pieces and pieces[0].kind == "title" else None
    return render(
        "document.html",
        language,
        title=safe(document.record.title or document.id),
        page_title=plain(document.record.title or document.id),
        rows=records.record_rows(document.record, labels),
        contents=table_of_contents(document, translation if language == "en" else ()),
        heading=heading,
        front=[piece for piece in pieces if piece.anchor == FRONT],
        pieces=[piece for piece in pieces if piece.anchor != FRONT],
        clause_level=3 if any(clause.kind == "part" for clause in document.clauses) else 2,
        quote=marked,
        quote_changed=quote is not None and marked is None,
        quote_anchor=_anchor_at(document, marked),
        has_misprints=highlighter.has_misprints,
        has_translation=bool(translation),
        as_of=as_of,
        other_url=_other(lambda other: links.document(document.id, other, quote), labels),
    )


def panel(document: Document, translation: Sequence[Sentence], language: Language, quote: Span) -> str:
    """The pieces that a quote stands in, with the quote marked, for the source panel of the chat page.

    Where the words no longer stand there, that is told instead: what is there now has nothing to do with the answer.
    """
    labels = LABELS[language]
    marked = quote if quote.stands_in(document.text) else None
    highlighter = Highlighter(document, labels, marked)
    touched = [clause for clause in document.clauses if marked and marked.overlaps(clause.start, clause.end)]
    english = [sentence for sentence in translation if marked and marked.overlaps(sentence.start, sentence.end)]
    return render(
        "panel.html",
        language,
        about=about(document, translation, language),
        name=piece_name(touched[0], labels) if touched else "",
        part=_part_heading(document, touched[0]) if touched else "",
        pieces=[_piece(document, clause, [], highlighter, labels) for clause in touched],
        translation=[safe(part) for part in standing([sentence.text for sentence in english])]
        if language == "en"
        else [],
        quote_changed=marked is None,
        url=links.document(document.id, language, marked, _anchor_at(document, marked)),
    )


def table_of_contents(document: Document, translation: Sequence[Sentence] = ()) -> list[ContentsEntry]:
    """The document's parts and clauses, in order; in English where the translation has the heading's sentence."""
    english = {sentence.start: sentence.text for sentence in translation}
    has_parts = any(clause.kind == "part" for clause in document.clauses)
    entries = []
    for clause in document.clauses:
        if clause.kind in ("part", "clause"):
            level = 2 if clause.kind == "clause" and has_parts else 1
            label, heading, written = clause.label, clause.heading, "zh-CN"
            if heading and clause.start in english:
                label, heading, written = "", english[clause.start], "en"
            elif not label and not heading:
                heading = opening(clause.text, LONGEST_OPENING)
            entries.append(ContentsEntry(links.anchor(clause), plain(label), plain(heading), written, level))
    return entries


def about(document: Document, translation: Sequence[Sentence], language: Language) -> About:
    """What is said of a document wherever it is named."""
    record = records.record_line(document.record, LABELS[language])
    if language == "en":
        for clause in document.clauses:
            english = [s.text for s in translation if clause.kind == "title" and clause.start <= s.start < clause.end]
            if english:
                return About(" ".join(english), "en", record)
    return About(document.record.title or document.id, "zh-CN", record)


def piece_name(clause: Clause, labels: Labels) -> str:
    """What a piece is called where it is cited: its label as printed, or the word for what it is."""
    return plain(clause.label) or labels.kinds[clause.kind]


def _pieces(
    document: Document, translation: Sequence[Sentence], highlighter: Highlighter, labels: Labels
) -> list[PieceView]:
    ordered = sorted(translation, key=lambda sentence: sentence.start)
    starts = [sentence.start for sentence in ordered]
    views: list[PieceView] = []
    taken: Counter[str] = Counter()
    for clause in document.clauses:
        inside = ordered[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        view = _piece(document, clause, inside, highlighter, labels)
        taken[view.anchor] += 1
        if taken[view.anchor] > 1 and view.anchor != FRONT:
            view = replace(view, anchor=f"{view.anchor}-{taken[view.anchor]}")
        views.append(view)
    return views


def _piece(
    document: Document, clause: Clause, sentences: Sequence[Sentence], highlighter: Highlighter, labels: Labels
) -> PieceView:
    body = clause.start
    heading = Markup("")
    if clause.kind in ("title", "part"):
        body = clause.end
    elif clause.kind == "clause":
        body = heading_end(clause)
    if body > clause.start:
        heading = highlighter.html(clause.start, body)
    return PieceView(
        anchor=links.anchor(clause),
        kind=clause.kind,
        name=piece_name(clause, labels),
        heading=heading,
        blocks=blocks(document, body, clause.end, highlighter.html, "adoption" if clause.kind == "adoption" else ""),
        translation=[highlighter.translated(sentence.start, sentence.end, sentence.text) for sentence in sentences],
    )


def _anchor_at(document: Document, quote: Span | None) -> str:
    for clause in document.clauses:
        if quote is not None and quote.overlaps(clause.start, clause.end):
            return links.anchor(clause)
    return ""


def _part_heading(document: Document, clause: Clause) -> Markup:
    if clause.kind == "part" or not clause.part:
        return Markup("")
    for other in document.clauses:
        if other.kind == "part" and other.part == clause.part:
            return safe(other.text)
    return Markup("")


def _other(page: Callable[[Language], str], labels: Labels) -> str:
    """The same page in the other language."""
    other = labels.other_language_code
    return links.switch(page(other), other)
