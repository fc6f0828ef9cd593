"""A web page (.html) → the text of its document: paragraphs, items with their numbers, rows of tables.

What a site puts around a document is left out as far as it can be told: scripts, controls, navigation, and all that
lies outside the smallest element that holds nearly all whole sentences and every heading and table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.errors import UnreadableSource
from assistant.ingestion.labels import match_label
from assistant.ingestion.reading.taken import PARAGRAPH, Note, Reading, reach, row, taken

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SENTENCE = re.compile("[，。；：]")
_NEARLY_ALL = 0.85
_OPENING = 6
"""Paragraphs among which the title is looked for; a page may show it outside its text."""
_DROPPED = frozenset(
    "script style noscript template head nav header footer aside button select option textarea input iframe "
    "object embed svg canvas audio video map menu dialog rp rt".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd details div dl dt figcaption figure fieldset form h1 h2 h3 h4 h5 h6 hr "
    "html legend li main ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_STYLES = ("1", "", None)
_SECTION = re.compile(r"(?:Word)?Section\d+")
"""The class of what Word makes of a section of a document."""
_ARTICLE = 5
"""Punctuation marks in a cell that stands beside others in the only row of a table, and holds the document itself."""
_LINKED = 0.5
"""The share of links in what only leads elsewhere: a menu, a list of other documents."""


def read_page(text: str, name: str) -> Reading:
    """Reads a web page.

    Args:
        text: its source.
        name: what to call it in messages.

    Raises:
        UnreadableSource: it cannot be parsed, or holds no text.
    """
    import lxml.etree
    import lxml.html

    try:
        # Without `huge_tree` what lies deeper than 256 elements is dropped and nothing said.
        parser = lxml.html.HTMLParser(huge_tree=True)
        root = lxml.html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (lxml.etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableSource(f"{name} is no web page, or empty: save it as .docx or .txt.", "empty") from error
    notes: list[Note] = []
    try:
        lines = _lines(root, notes)
    except RecursionError as error:
        raise UnreadableSource(f"{name} is nested too deeply: save it as .docx or .txt.", "damaged") from error
    if len(notes) > 1:
        notes = [Note("numbering", "”、“".join(note.detail for note in notes[:3]))]
    return taken(name, PARAGRAPH.join(lines), "web", notes)


def _lines(root: Any, notes: list[Note]) -> list[str]:
    """The paragraphs of the document on a page, its title first."""
    title = _title(root)
    for element in list(root.iter()):
        if _is_dropped(element) and element.getparent() is not None:
            element.drop_tree()  # leaves the text after it
    body = root.find("body")
    content = _content(body if body is not None else root)
    lines = list(_paragraphs(content, notes))
    if title and "".join(title.split()) not in "".join("".join(lines[:_OPENING]).split()):
        lines.insert(0, title)
    return lines


def _is_dropped(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return True  # comments and processing instructions
    hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style") or "") is not None
    return element.tag in _DROPPED or hidden


def _title(root: Any) -> str:
    """The title that the page gives its document: in the tag of government sites, or its only main heading."""
    named: dict[str, str] = {}
    for meta in root.iter("meta"):
        named.setdefault((meta.get("name") or meta.get("property") or "").lower(), meta.get("content") or "")
    given = " ".join(named.get("articletitle", "").split())
    headings = [" ".join(one.text_content().split()) for one in root.iter("h1")]
    headings = [heading for heading in headings if heading]
    return given or (headings[0] if len(headings) == 1 else "")


def _content(element: Any) -> Any:
    """The smallest element that holds nearly all whole sentences, and outside which no part of the document stands."""
    weights: dict[Any, int] = {}
    for one in reversed(list(element.iter())):  # children come before their parents
        own = _weight(one.text) + sum(weights.get(child, 0) + _weight(child.tail) for child in one)
        weights[one] = own
    enough = _NEARLY_ALL * weights[element]
    while enough:
        inner = next((c for c in element if weights[c] >= enough and c.tag in _BLOCKS and c.tag != "p"), None)
        if inner is None or inner.tag in ("table", "ol", "ul", "dl") or _belongs(element, inner):
            break
        element = inner
    return element


def _belongs(element: Any, inner: Any) -> bool:
    """Whether part of the document stands in an element beside the child that holds nearly all of it."""
    texts = [element.text, *(child.tail for child in element)]
    if any(match_label(_tidy(text or "")) is not None for text in texts):
        return True
    return any(_is_part(child) for child in element if child is not inner)


def _is_part(element: Any) -> bool:
    """Whether an element looks like part of a document: a section of Word's, a heading or label, a table."""
    if any(map(_SECTION.fullmatch, (element.get("class") or "").split())):
        return True
    if sum(map(_length, element.iterfind(".//a[@href]"))) > _LINKED * _length(element):
        return False
    tables = (table for table in element.iter("table") if len(table.findall(".//tr")) > 1)
    return any(map(_is_grid, tables)) or any(map(match_label, _paragraphs(element, [])))


def _length(element: Any) -> int:
    return len("".join(element.text_content().split()))


def _weight(text: str | None) -> int:
    return len(_SENTENCE.findall(text or ""))


def _paragraphs(element: Any, notes: list[Note]) -> Iterator[str]:
    """The paragraphs of an element, in order."""
    open_text = ""
    for piece in _pieces(element, "", notes):
        if piece is None:
            if line := _tidy(open_text):
                yield line
            open_text = ""
        else:
            open_text += piece
    if line := _tidy(open_text):
        yield line


def _tidy(text: str) -> str:
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


def _pieces(element: Any, label: str, notes: list[Note]) -> Iterator[str | None]:
    """Text, a line feed for a line break, and None where a paragraph begins or ends."""
    if element.tag == "table" and _is_grid(element):
        for cells in _grid(element):
            yield from (None, row(cells))
        yield None
        return
    block = element.tag in _BLOCKS
    if block:
        yield None
    yield label
    keep = element.tag == "pre"
    yield _said(element.text, keep)
    labels = _labels(element, notes) if element.tag == "ol" else iter(())
    for child in element:
        if child.tag == "br":
            yield "\n"
        else:
            yield from _pieces(child, next(labels, "") if child.tag == "li" else "", notes)
        yield _said(child.tail, keep)
    if block:
        yield None


def _said(text: str | None, keep: bool) -> str:
    """Text as a browser shows it: breaks in the source are spaces."""
    return (text or "") if keep else re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _is_grid(table: Any) -> bool:
    """Whether a table is one: of two columns or more, and no layout with headings, lists, tables or articles inside."""
    rows = [sum(cell.tag in ("td", "th") for cell in one) for one in table.iter("tr")]
    if len(rows) == 1 and any(_weight(cell.text_content()) >= _ARTICLE for cell in table.iter("td")):
        return False
    holds_more = any(one is not table and one.tag in ("table", "ol", "h1", "h2", "h3") for one in table.iter())
    return max(rows, default=0) >= 2 and not holds_more


def _grid(table: Any) -> Iterator[list[str]]:
    """The rows of a table; a cell that reaches over several rows stands in each, over several columns in the first."""
    reaching: dict[int, tuple[int, str]] = {}
    for one in table.iter("tr"):
        cells: list[str] = []
        for cell in [*(cell for cell in one if cell.tag in ("td", "th")), None]:
            while len(cells) in reaching:
                rows, text = reaching.pop(len(cells))
                if rows > 1:
                    reaching[len(cells)] = rows - 1, text
                cells.append(text)
            if cell is not None:
                below, said = reach(cell.get("rowspan")) - 1, _in_cell(cell)
                for column in range(reach(cell.get("colspan"))):
                    text = "" if column else said
                    if below:
                        reaching[len(cells)] = below, text
                    cells.append(text)
        yield cells


def _in_cell(cell: Any) -> str:
    """The text of a cell on one line, its paragraphs apart."""
    return " ".join(" ".join(_paragraphs(cell, [])).split())


def _labels(items: Any, notes: list[Note]) -> Iterator[str]:
    """The numbers before the items of a list."""
    start = items.get("start") or "1"
    number = int(start) if start.isdecimal() else 1
    style = (items.get("style") or "").replace(" ", "")
    if "list-style:none" in style or "list-style-type:none" in style:
        return
    known = items.get("type") in _LIST_STYLES and "list-style" not in style
    for item in items:
        if item.tag == "li":
            value = item.get("value") or ""
            number = int(value) if value.isdecimal() else number
            if not known:
                notes.append(Note("numbering", " ".join(item.text_content().split())[:20]))
            yield f"{number}. " if known else ""
            number += 1
