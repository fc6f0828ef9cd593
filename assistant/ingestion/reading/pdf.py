"""A PDF with a text layer → its text, page by page, without what is printed on every page.

PDFium gives the characters in the order of reading, and plain ones where print fonts map to radicals (⼈ → 人).
An indented line begins a paragraph, as Chinese documents are set; what else belongs together, `cleaning` finds out.
What stands in the cells of a ruled table is read row by row.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import UnreadableSource
from assistant.ingestion.labels import match_label
from assistant.ingestion.reading.pdf_tables import Box, Grid, Tables
from assistant.ingestion.reading.taken import LONGEST_TEXT, PARAGRAPH, Note, Reading, row, taken

MOST_PAGES = 1000
_EDGE = 3
"""Lines at the top and at the foot of a page that may be printed on every page."""
_FEWEST = 3
"""Pages on which a line must be printed to be a running one."""
_INDENT, _DEEPEST = 1.2, 3.2
"""Indentation of a paragraph's first line, in widths of its first character; more is a centred heading."""

_RAGGED = 1.6
"""How far before the edge a full line may end, in widths of a character."""
_LONG = 20
"""Characters of a line that was broken because it was full, where nothing else tells."""

_PASSWORD = 4
"""PDFium's `FPDF_ERR_PASSWORD`."""
_HYPHEN = re.compile("[\x02\ufffe]\r?\n?")
"""What PDFium puts in place of a hyphen at the end of a line."""
_DIGITS = re.compile(r"\d+")
_NUMBER_AT_END = re.compile(r"\d[.,]?$")
_MARKED_NUMBER = re.compile(
    r"[-–—－~·\s]*[-–—－~·]\s*\d{1,4}\s*[-–—－~·\s]+|第\s*\d{1,4}\s*页\D{0,3}\d*\s*页?|Page \d{1,4}.{0,9}"
)
_SENTENCE_END = re.compile("[。；：]$")
_LONGEST_RUNNING = 60
_BARE_NUMBER = re.compile(r"(\d{1,4})(?:\s*/\s*\d{1,4})?")
_ONE_AT_A_TIME = threading.Lock()
"""PDFium is not safe for use from several threads."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of print: whether it is indented like a paragraph's first, begins at the margin, ends at the other.

    Attributes:
        cells: of a row of a table, what stands in it.
    """

    text: str
    indented: bool = False
    flush: bool = False
    full: bool = False
    cells: tuple[str, ...] = ()


def read_pdf(data: bytes, name: str) -> Reading:
    """Reads a PDF.

    Args:
        data: its bytes.
        name: what to call it in messages.

    Raises:
        UnreadableSource: it is damaged, locked, a scan without text, or too long; or its characters mean nothing.
    """
    import pypdfium2

    with _ONE_AT_A_TIME:
        try:
            pages = _pages(pypdfium2.PdfDocument(data), Tables(data), name)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                message = f"{name} is locked with a password: save it without one."
                raise UnreadableSource(message, "encrypted") from error
            raise UnreadableSource(f"{name} is damaged: save it as PDF again.", "damaged") from error
    if not any(pages):
        raise UnreadableSource(
            f"{name} is a scan without a text layer: recognise its text (OCR), proofread it, and save that as .docx "
            "or .txt.",
            "scanned",
        )
    notes = []
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    if empty:
        notes.append(Note("empty_pages", ", ".join(empty[:20]) + (" …" if len(empty) > 20 else "")))
    kept, running = _without_running(pages)
    if running:
        notes.append(Note("running_lines", "”、“".join(running[:3])))
    return taken(name, _joined(_going_on(kept)), "pdf", notes)


def _pages(document: Any, tables: Tables, name: str) -> list[list[_Line]]:
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableSource(f"{name} has more than {MOST_PAGES} pages: is it the right file?", "too_many_pages")
        pages, length = [], 0
        for index in range(len(document)):
            page = document[index]
            lines = _lines(page.get_textpage(), page.get_rotation(), tables.of(page, index))
            page.close()
            length += sum(len(line.text) for line in lines)
            if length > LONGEST_TEXT:
                raise UnreadableSource(f"{name} holds more text than a document can.", "too_long")
            pages.append(lines)
        return pages
    finally:
        document.close()


def _lines(page: Any, turned: int, grids: Sequence[Grid]) -> list[_Line]:
    """The lines of a page that hold text, and how each lies between the margins; tables row by row."""
    text = page.get_text_range()
    aligned = len(text) == page.count_chars()
    tables = _fill(page, text, grids) if aligned and grids else {}
    found: list[_Line | tuple[str, float, float, float]] = []
    shown: set[int] = set()
    at = 0
    for line in _HYPHEN.sub(lambda match: "\ufffe" * len(match[0]), text).split("\n"):
        for grid in (tables[place] for place in range(at, at + len(line)) if place in tables):
            if id(grid) not in shown:
                found += [_Line(row(cells), cells=tuple(cells)) for cells in grid.rows()]
                shown.add(id(grid))
        kept = [place for place in range(at, at + len(line)) if place not in tables and not line[place - at].isspace()]
        if kept:
            first, last = kept[0], kept[-1]
            bare = "".join(line[place - at] for place in range(first, last + 1) if place not in tables)
            left, width, right = _extent(page, turned, first, last) if aligned else (0.0, 0.0, 0.0)
            found.append((bare.replace("\ufffe", ""), left, width, right))
        at += len(line) + 1
    page.close()
    prose = [one for one in found if not isinstance(one, _Line)]
    if not aligned or not prose:
        return [_Line(one[0]) if isinstance(one, tuple) else one for one in found]
    margin, edge = _margin([left for _, left, _, _ in prose]), max(right for *_, right in prose)
    return [one if isinstance(one, _Line) else _set(*one, margin, edge) for one in found]


def _set(text: str, left: float, width: float, right: float, margin: float, edge: float) -> _Line:
    """A line by where it begins and ends, and the width of its first character."""
    return _Line(
        text,
        indented=_INDENT * width <= left - margin <= _DEEPEST * width,
        flush=abs(left - margin) < 0.5 * width,
        full=edge - right < _RAGGED * width,
    )


def _fill(page: Any, text: str, grids: Sequence[Grid]) -> dict[int, Grid]:
    """Puts the characters of a page into the cells of its tables.

    Returns:
        Of each character that lies in a cell, by its place in the text, the table.
    """
    found: dict[int, Grid] = {}
    line, last = 0, None
    for place, character in enumerate(text):
        if character in "\r\n":
            line += character == "\n"
            last = None
        elif character.isspace():
            if last:
                last.add(character, line)
        else:
            left, bottom, right, top = page.get_charbox(place, loose=True)
            last = None
            for grid in grids:
                last = grid.cell_at((left + right) / 2, (bottom + top) / 2)
                if last:
                    last.add("" if character in "\x02\ufffe" else character, line)
                    found[place] = grid
                    break
    return found


def _extent(page: Any, turned: int, first: int, last: int) -> tuple[float, float, float]:
    """Where a line begins, how wide its first character is, and where it ends, in points along the line as shown."""
    begins, first_ends = _along(page.get_charbox(first, loose=True), turned)
    return begins, first_ends - begins, _along(page.get_charbox(last, loose=True), turned)[1]


def _along(box: Box, turned: int) -> tuple[float, float]:
    """From where to where a character reaches on a page that is shown turned by so many degrees."""
    left, bottom, right, top = box
    return {90: (bottom, top), 180: (-right, -left), 270: (-top, -bottom)}.get(turned, (left, right))


def _margin(lefts: Sequence[float]) -> float:
    """Where the lines of a page begin, in points: furthest left of the places where a good part of them do."""
    places = Counter(2 * round(left / 2) for left in lefts)
    return min(place for place, count in places.items() if count >= min(max(2, 0.2 * len(lefts)), max(places.values())))


def _going_on(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """The pages, with tables that go on over a page break as one: without heads repeated, cut rows made whole."""
    found: list[list[_Line]] = []
    head: tuple[str, ...] = ()
    before: _Line | None = None
    for page in pages:
        lines: list[_Line] = []
        for place, line in enumerate(page):
            goes_on = before is not None and len(before.cells) == len(line.cells) > 0
            if not goes_on:
                head = line.cells
            elif place == 0 and line.cells == head:
                continue
            elif not lines and before is not None and _cut(line.cells):
                before = _whole(before, line)
                found[-1][-1] = before
                continue
            lines.append(line)
            before = line
        if lines:
            found.append(lines)
    return found


def _cut(cells: Sequence[str]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    return not cells[0] and sum(map(bool, cells)) <= max(1, len(cells) - 2)


def _whole(upper: _Line, lower: _Line) -> _Line:
    cells = tuple(above + below for above, below in zip(upper.cells, lower.cells, strict=True))
    return _Line(row(cells), cells=cells)


def _joined(pages: Sequence[Sequence[_Line]]) -> str:
    """The text of all pages. Where paragraphs are indented, a line that is not goes on with the full one before it."""
    set_so = sum(line.indented for page in pages for line in page) >= _FEWEST
    text, before = "", None
    for page in pages:
        for place, line in enumerate(page):
            if before is not None:
                text += _between(before, line, set_so, "\n" if place or set_so else "\f")
            text += line.text
            before = line
    return text


def _between(before: _Line, line: _Line, set_so: bool, otherwise: str) -> str:
    if line.indented or line.cells or before.cells:
        return PARAGRAPH
    number = line.text[0].isdigit() and _NUMBER_AT_END.search(before.text) is not None
    # A row of a table without ruling lines begins with a number itself.
    cut = number and len(before.text) >= _LONG and not before.text[0].isdigit()
    if (set_so or cut) and before.full and line.flush and match_label(line.text) is None:
        return " " if before.text[-1].isascii() and line.text[0].isascii() and not number else ""
    return otherwise


def _without_running(pages: Sequence[list[_Line]]) -> tuple[list[list[_Line]], list[str]]:
    """The pages without running titles and page numbers, and the running titles."""
    texts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for page in pages:
        for key, text in {_key(line.text): line.text for line in _edges(page)}.items():
            if _SENTENCE_END.search(text) or len(text) > _LONGEST_RUNNING or text.startswith("|"):
                continue
            texts[key] += 1
            shown.setdefault(key, text)
    filled = sum(bool(page) for page in pages)
    listed = _listed(pages)
    running = {key for key, count in texts.items() if count >= max(_FEWEST, 0.5 * filled) and key not in listed}
    numbered = _numbered(pages)
    kept = []
    removed: set[str] = set()
    for number, page in enumerate(pages):
        lines = list(page)
        left = set(running)
        for end in (0, -1):
            for _ in range(_EDGE):
                if not lines or not (
                    _key(lines[end].text) in left
                    or _MARKED_NUMBER.fullmatch(lines[end].text)
                    or (numbered and _page_number(lines[end].text) == number + numbered[0])
                ):
                    break
                key = _key(lines.pop(end).text)
                removed.add(key)
                left.discard(key)
        kept.append(lines)
    titles = [text for key, text in shown.items() if key in removed and any(map(str.isalpha, text))]
    return kept, titles


def _listed(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """Lines that stand more than once on a page are entries of a list (1号窗口, 2号窗口), whatever else they look like.

    On the first page a running title may stand twice, over the title that it repeats.
    """
    found: set[str] = set()
    for place, page in enumerate(pages):
        counts = Counter(_key(line.text) for line in page)
        found |= {key for key, count in counts.items() if count > (1 if place else 2)}
    return found


def _edges(page: Sequence[_Line]) -> list[_Line]:
    return [*page[:_EDGE], *page[max(_EDGE, len(page) - _EDGE) :]]


def _key(text: str) -> str:
    """A line by what is the same on every page: numbers count as one, and spaces not at all."""
    return _DIGITS.sub("0", "".join(text.split()))


def _page_number(text: str) -> int | None:
    match = _BARE_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _numbered(pages: Sequence[Sequence[_Line]]) -> tuple[int] | None:
    """What to add to a page's place to get the number printed on it; None where pages bear no bare numbers."""
    offsets = Counter(
        number - place
        for place, page in enumerate(pages)
        if page
        for line in {page[0].text, page[-1].text}
        if (number := _page_number(line)) is not None
    )
    offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
    return (offset,) if count >= 2 and count >= 0.5 * sum(bool(page) for page in pages) else None
