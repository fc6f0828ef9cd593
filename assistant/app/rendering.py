"""Questions and answers → the HTML of the chat page. Everything that was typed, quoted or generated is escaped.

Each function gives one HTML element in one line: Gradio's Markdown shows a block of HTML as it is, up to the first
empty line.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from assistant.app import links
from assistant.app.conversation import Exchange
from assistant.app.currency import corpus_day
from assistant.app.documents import About, about, render
from assistant.app.feedback import LONGEST_QUESTION
from assistant.app.icons import status_icon
from assistant.app.labels import LABELS, Labels
from assistant.app.passages import plain, safe, table
from assistant.errors import UnknownDocument
from assistant.schema import Answer, Citation, Document, Language

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.pipeline.doors import Audience

_MARKER = re.compile(r"\[(\d{1,3})\]", re.ASCII)
_UNFINISHED_MARKER = re.compile(r"\[\d{0,3}$", re.ASCII)
_ROW = re.compile(r"(?P<row>\|.*\|)(?P<markers>(?:\[\d{1,3}\])*)$", re.ASCII)
"""A line of an answer that is a row of a table."""
_LONGEST_SUMMARY = 90
"""Characters of a related clause's quote that are shown; the panel shows it whole."""


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """The citations that rest on one document, and what is said of the document.

    `changed` says that words they quote no longer stand in it, as may be in a conversation of an earlier day.
    """

    about: About
    citations: list[Citation]
    changed: bool


@dataclass(frozen=True, slots=True)
class Door:
    """Questions for an audience; without questions the door is shown, and does not open yet."""

    audience: Audience
    questions: Sequence[str] = ()


class Renderer:
    """Renders for one language.

    Args:
        language: language of everything but the answers and quotes.
        assistant: knows the documents that answers cite.
    """

    def __init__(self, language: Language, assistant: Assistant) -> None:
        self._language = language
        self._labels: Labels = LABELS[language]
        self._assistant = assistant

    def header(self) -> str:
        """The top of the page."""
        other = self._labels.other_language_code
        return self._block("header.html", other_url=links.switch(links.home(other), other))

    def welcome(self, examples: Sequence[str], doors: Sequence[Door]) -> str:
        """What stands in place of a conversation before the first question."""
        return self._block("welcome.html", examples=examples, doors=doors)

    def empty_panel(self, ready: bool = False) -> str:
        """The source panel before a citation is opened: the documents held.

        `ready` says that the conversation kept by the browser is shown, so that the next question goes on from it.
        """
        entries = [
            {"url": links.document(document.id, self._language), "about": self._about(document)}
            for document in self._assistant.documents()
        ]
        return self._block("sources.html", entries=entries, ready=ready, as_of=corpus_day(self._assistant.data_dir))

    def log(self, exchanges: Sequence[Exchange]) -> str:
        """The exchanges that are over."""
        turns = [self.turn(exchange, number) for number, exchange in enumerate(exchanges, start=1)]
        return f'<div class="turns">{"".join(turns)}</div>' if turns else ""

    def pending(self, question: str, number: int, text: str = "") -> str:
        """A question on its way to its answer, with what there is of the answer so far."""
        shown = self._paragraphs(_UNFINISHED_MARKER.sub("", text), {}) if text else None
        return self._block("turn.html", question=question, number=number, answer=None, paragraphs=shown)

    def turn(self, exchange: Exchange, number: int, ask_also: Sequence[str] = ()) -> str:
        """A question and its answer."""
        answer = exchange.answer
        by_marker = {citation.marker: citation for citation in answer.citations}
        return self._block(
            "turn.html",
            question=exchange.question,
            number=number,
            answer=answer,
            paragraphs=self._paragraphs(answer.text, by_marker),
            icon=status_icon(answer.status),
            status=self._labels.statuses[answer.status],
            cited=self._cited(answer),
            related=[(self._name(citation), citation) for citation in answer.related],
            refused=answer.status in ("no_evidence", "out_of_scope", "clarify", "blocked"),
            ask_also=ask_also,
            about_answer=_about_answer(exchange),
            share=links.question(exchange.question, self._language),
        )

    def notice(self, text: str, calm: bool = False) -> str:
        """A message beside the question box, of something amiss unless `calm`; an empty text takes it away."""
        return self._block("notice.html", text=text, calm=calm)

    def _block(self, template: str, **context: object) -> str:
        html = render(
            template,
            self._language,
            link=lambda citation: links.citation(citation, self._language),
            panel=lambda citation: links.panel(citation, self._language),
            source_label=self._source_label,
            summary=_summary,
            **context,
        )
        return _in_one_line(html)

    def _paragraphs(self, text: str, by_marker: Mapping[int, Citation]) -> list[Markup]:
        """A paragraph for each line, a table for rows; what starts with `> ` quotes the Chinese below a translation."""
        paragraphs = []
        for is_table, run in itertools.groupby(
            filter(str.strip, text.split("\n")), lambda line: bool(_ROW.match(line))
        ):
            lines = list(run)
            if is_table:
                paragraphs.append(self._table(lines, by_marker))
                continue
            for line in lines:
                quoted = line.startswith("> ")
                frame = Markup(
                    '<blockquote lang="zh-CN"><bdi>{}</bdi></blockquote>' if quoted else "<p><bdi>{}</bdi></p>"
                )
                paragraphs.append(frame.format(self._with_links(line.removeprefix("> "), by_marker)))
        return paragraphs

    def _table(self, lines: Sequence[str], by_marker: Mapping[int, Citation]) -> Markup:
        """Rows that are quoted, each with its markers behind it."""
        matches = [match for line in lines if (match := _ROW.match(line))]
        ends = [self._with_links(match["markers"], by_marker) for match in matches]
        rows, at = [], 0
        for match in matches:
            rows.append((at, at + len(match["row"])))
            at += len(match["row"]) + 1
        text = "\n".join(match["row"] for match in matches)
        return table(text, rows, lambda start, end: safe(text[start:end]), ends)

    def _with_links(self, line: str, by_marker: Mapping[int, Citation]) -> Markup:
        pieces, at = [], 0
        for match in _MARKER.finditer(line):
            citation = by_marker.get(int(match[1]))
            pieces.append(safe(line[at : match.start()]))
            pieces.append(self._marker(match[0], citation))
            at = match.end()
        pieces.append(safe(line[at:]))
        return Markup("").join(pieces)

    def _marker(self, shown: str, citation: Citation | None) -> Markup:
        if citation is None:
            return Markup('<span class="cite">{}</span>').format(shown)
        return Markup('<a class="cite" href="{}" data-panel="{}" data-marker="{}" aria-label="{}">{}</a>').format(
            links.citation(citation, self._language),
            links.panel(citation, self._language),
            citation.marker,
            self._source_label(citation),
            shown,
        )

    def _source_label(self, citation: Citation) -> str:
        title = plain(citation.document_title)
        return self._labels.source.format(marker=citation.marker, clause=self._name(citation), title=title)

    def _name(self, citation: Citation) -> str:
        if citation.clause_label:
            return plain(citation.clause_label)
        if citation.clause_number:
            return self._labels.clause.format(number=citation.clause_number)
        return self._labels.kinds["preamble"]

    def _cited(self, answer: Answer) -> list[CitedDocument]:
        groups: dict[str, list[Citation]] = {}
        for citation in answer.citations:
            groups.setdefault(citation.document, []).append(citation)
        cited = []
        for document_id, citations in groups.items():
            try:
                document = self._assistant.document(document_id)
            except UnknownDocument:  # withdrawn since
                cited.append(CitedDocument(About(citations[0].document_title, "zh-CN", []), citations, changed=False))
                continue
            changed = any(document.text[citation.start : citation.end] != citation.quote for citation in citations)
            cited.append(CitedDocument(self._about(document), citations, changed))
        return cited

    def _about(self, document: Document) -> About:
        return about(document, self._assistant.translation(document.id), self._language)


def _summary(citation: Citation) -> str:
    """The start of a related clause's quote; its label stands beside it already."""
    text = citation.quote.removeprefix(citation.clause_label).strip()
    return text if len(text) <= _LONGEST_SUMMARY else text[: _LONGEST_SUMMARY - 1] + "…"


def _about_answer(exchange: Exchange) -> str:
    """What a verdict on an answer tells of it, as JSON."""
    answer = exchange.answer
    cited = {f"{citation.document}#{citation.url.partition('#')[2]}": None for citation in answer.citations}
    about = {
        "language": answer.language,
        "question": exchange.question[:LONGEST_QUESTION],
        "status": answer.status,
        "cited": list(cited),
    }
    return json.dumps(about)


def _in_one_line(html: str) -> str:
    return re.sub(r"\s*\n\s*", " ", html).strip()
