"""A stretch of a document → escaped HTML in which quoted words and known misprints are marked.

What is shown is `Document.text[start:end]`, character for character, but for characters that could hide or reorder
what is read (control and bidirectional-control characters): those are shown by their code point.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assistant.app.labels import Labels
from assistant.indexing.tables import cell_spans, head_of, row_at
from assistant.schema import Clause, Document

# C0 and C1 controls without tab and line feed, zero-width and bidirectional controls (UAX #9, section 2), BOM,
# lone surrogates.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_QUOTE = re.compile(r"([0-9]{1,9})-([0-9]{1,9})(?:-([0-9a-f]{8}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open offsets [start, end) into `Document.text`."""

    start: int
    end: int

    def overlaps(self, start: int, end: int) -> bool:
        """Whether a character of [start, end) lies in the span."""
        return self.start < end and start < self.end

    def stands_in(self, text: str) -> bool:
        """Whether the text reaches so far."""
        return self.end <= len(text)

    def __str__(self) -> str:
        """As it stands in a link: `120-163`."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Quote(Span):
    """Where quoted words stood, and their digest: the document may have been replaced since.

    The digest is empty in links that were made before there were digests.
    """

    digest: str = ""

    @classmethod
    def of(cls, words: str, start: int, end: int) -> Quote:
        """Words quoted from [start, end)."""
        return cls(start, end, _digest(words))

    def stands_in(self, text: str) -> bool:
        """Whether the words still stand there, as far as the link tells."""
        return self.end <= len(text) and self.digest in ("", _digest(text[self.start : self.end]))

    def __str__(self) -> str:
        """As it stands in a link: `120-163-5d41402a`."""
        return f"{self.start}-{self.end}" + (f"-{self.digest}" if self.digest else "")


@dataclass(frozen=True, slots=True)
class MisprintSpan(Span):
    """Where a known misprint stands, and what was probably meant."""

    intended: str


def safe(text: str) -> Markup:
    """Text as HTML: escaped, and hidden characters shown as `U+202E`."""
    escaped = str(escape(text))
    # Escaped in the line above; the substitution writes hexadecimal digits only.
    return Markup(_HIDDEN.sub(lambda match: f'<span class="hidden-character">U+{ord(match[0]):04X}</span>', escaped))


def plain(text: str) -> str:
    """Text for an attribute, a title or a placeholder: hidden characters shown as `U+202E`, not escaped."""
    return _HIDDEN.sub(lambda match: f"U+{ord(match[0]):04X}", text)


def opening(text: str, longest: int) -> str:
    """The first line of a text, cut to so many characters."""
    words = text.strip().split("\n")[0]
    return words if len(words) <= longest else words[:longest] + "…"


def parse_quote(value: str | None, length: int) -> Quote | None:
    """`START-END` or `START-END-DIGEST` as it stands in a link → the quote; None if it is none.

    Without a digest it must lie within a text of `length` characters; with one, the text may have become shorter since.
    """
    match = _QUOTE.fullmatch(value or "")
    if match is None:
        return None
    quote = Quote(int(match[1]), int(match[2]), match[3] or "")
    return quote if quote.start < quote.end and (quote.digest or quote.end <= length) else None


def _digest(words: str) -> str:
    # A browser hands back citations that may hold anything, lone surrogates among it.
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def misprint_spans(document: Document) -> list[MisprintSpan]:
    """Where the misprints that the record knows stand in the text, in order, without overlaps."""
    found = [
        MisprintSpan(match.start(), match.end(), misprint.intended)
        for misprint in document.record.misprints
        if misprint.printed
        for match in re.finditer(re.escape(misprint.printed), document.text)
    ]
    spans: list[MisprintSpan] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not spans or span.start >= spans[-1].end:
            spans.append(span)
    return spans


def blocks(
    document: Document, start: int, end: int, html: Callable[[int, int], Markup], paragraph_class: str = ""
) -> list[Markup]:
    """The lines of [start, end) that hold more than white space: a paragraph each, but for tables.

    Args:
        document: where they stand.
        start: offset of the first character.
        end: offset after the last one.
        html: shows the text between two offsets.
        paragraph_class: class of the paragraphs.
    """
    named = Markup(' class="{}"').format(paragraph_class) if paragraph_class else ""
    lines = [match.span() for match in re.finditer(r"[^\n]+", document.text[start:end]) if match[0].strip()]
    found: list[Markup] = []
    for is_table, run in itertools.groupby(
        ((start + first, start + last) for first, last in lines), lambda line: row_at(document.text, line[0]) == line
    ):
        if is_table:
            found.append(table(document.text, list(run), html))
        else:
            found += [Markup("<p{}><bdi>{}</bdi></p>").format(named, html(*line)) for line in run]
    return found


def table(
    text: str, rows: Sequence[tuple[int, int]], html: Callable[[int, int], Markup], ends: Sequence[Markup] = ()
) -> Markup:
    """Rows of a table as HTML. The bars between the cells stay in the text, out of sight, so that it can be copied.

    Args:
        text: the text that they stand in.
        rows: the rows that are shown, [start, end) each.
        html: shows the text between two offsets.
        ends: what is added to the last cell of each row; nothing by default.
    """
    bar = Markup('<span class="bar" aria-hidden="true">|</span>')
    head = head_of(text, rows[0])
    shown = []
    for row, end in zip(rows, ends or [Markup("")] * len(rows), strict=True):
        cells = [html(*cell) for cell in cell_spans(text, row)]
        cells[-1] = Markup("{}{}{}").format(cells[-1], bar, end)
        tag = Markup("th" if row == head else "td")
        shown.append(Markup("").join(Markup("<{0}>{1}{2}</{0}>").format(tag, bar, cell) for cell in cells))
    lines = Markup("").join(Markup("<tr>{}</tr>").format(cells) for cells in shown)
    return Markup('<div class="table" tabindex="0"><table>{}</table></div>').format(lines)


class Highlighter:
    """Shows stretches of one document, with the quote and the misprints marked."""

    def __init__(self, document: Document, labels: Labels, quote: Span | None = None) -> None:
        self._document = document
        self._labels = labels
        self._quote = quote
        self._misprints = misprint_spans(document)
        self._misprint_ends = [span.end for span in self._misprints]

    def html(self, start: int, end: int) -> Markup:
        """The text of [start, end), escaped, in `<mark class="quote">` and `<mark class="misprint">` where due."""
        quote = self._quote
        if quote is None or not quote.overlaps(start, end):
            return self._with_misprints(start, end)
        first, last = max(start, quote.start), min(end, quote.end)
        return Markup('{}<mark class="quote">{}</mark>{}').format(
            self._with_misprints(start, first), self._with_misprints(first, last), self._with_misprints(last, end)
        )

    def translated(self, start: int, end: int, text: str) -> Markup:
        """The translation of [start, end), escaped; set off when the quote lies in it."""
        if self._quote is None or not self._quote.overlaps(start, end):
            return safe(text)
        return Markup('<span class="translated-quote">{}</span>').format(safe(text))

    @property
    def has_misprints(self) -> bool:
        """Whether the document holds a known misprint."""
        return bool(self._misprints)

    def _with_misprints(self, start: int, end: int) -> Markup:
        pieces, at = [], start
        for position in range(bisect_right(self._misprint_ends, start), len(self._misprints)):
            span = self._misprints[position]
            if span.start >= end:
                break
            first, last = max(start, span.start), min(end, span.end)
            pieces.append(safe(self._document.text[at:first]))
            pieces.append(self._misprint(first, last, span))
            at = last
        pieces.append(safe(self._document.text[at:end]))
        return Markup("").join(pieces)

    def _misprint(self, start: int, end: int, span: MisprintSpan) -> Markup:
        """The printed words; the note beside them is drawn by the style sheet, so that copied text stays as printed."""
        note = plain(self._labels.misprint.format(intended=span.intended))
        printed = safe(self._document.text[start:end])
        shown = Markup(' data-note="{}"').format(note) if end == span.end else ""
        return Markup('<mark class="misprint" title="{}"{}><span class="printed">{}</span></mark>').format(
            note, shown, printed
        )


def heading_end(clause: Clause) -> int:
    """Offset in the document at which a clause's heading line ends: label, heading and the stop after it.

    A clause without a heading ends its heading line after the label. 0 characters if it has neither.
    """
    end = len(clause.label) if clause.label and clause.text.startswith(clause.label) else 0
    if clause.heading:
        found = clause.text.find(clause.heading, end)
        if 0 <= found <= end + 2:
            end = found + len(clause.heading)
            end += len(clause.text[end:]) - len(clause.text[end:].lstrip("。：；！？.:;!?"))
    return clause.start + end
