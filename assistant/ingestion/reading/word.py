"""A Word file (.docx) → its text: paragraphs with their automatic numbers, and tables as rows of cells.

Headers, footers and notes stand in parts of their own and are left out; insertions under review count as text,
deletions do not; hidden text is left out, as it is on paper.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import UnreadableSource
from assistant.ingestion.reading.taken import PARAGRAPH, Note, NoteKind, Reading, reach, row, taken
from assistant.ingestion.reading.word_numbering import Numbering, UnknownNumbers, W

logger = logging.getLogger(__name__)

LARGEST_UNPACKED = 96 * 1024 * 1024
LARGEST_XML = 32 * 1024 * 1024
"""Bytes of all parts that are parsed; the longest code of laws takes three million."""
MOST_PARTS = 4000

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SKIPPED = frozenset(
    {f"{W}{name}" for name in ("del", "moveFrom", "txbxContent", "instrText", "delText", "rt", "pPr")}
    | {f"{_COMPATIBILITY}Fallback"}
)
_CONTENTS = re.compile(r"toc \d|table of contents|目录 ?\d")
_ENDED = re.compile(r"[。！？!?；;：:…][\"”’」』）)》】\]]*$")
_LONG, _MANY = 20, 8
_DETAIL = 20


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a table: its paragraphs, how many columns it takes, and whether it goes on with the one above."""

    paragraphs: list[str]
    width: int
    continues: bool


def read_word(data: bytes, name: str) -> Reading:
    """Reads a Word file.

    Args:
        data: its bytes.
        name: what to call it in messages.

    Raises:
        UnreadableSource: it is no Word file, damaged, too large once unpacked, or holds no text.
    """
    _check_archive(data, name)
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE

    try:
        part = docx.Document(io.BytesIO(data)).part
        if part.element.getroottree().docinfo.doctype:  # entities in the text would be lost
            raise ValueError("a document type declaration, which Word never writes")
        related = {relation.reltype: relation for relation in part.rels.values() if not relation.is_external}
        numbers = related.get(RELATIONSHIP_TYPE.NUMBERING)
        styles = related.get(RELATIONSHIP_TYPE.STYLES)
        body = _Body(
            Numbering(
                getattr(numbers.target_part, "element", None) if numbers else None,
                getattr(styles.target_part, "element", None) if styles else None,
            )
        )
        body.take(part.element.body)
    except Exception as error:  # The library gives whatever its parsers raise: the file is not what it should be.
        logger.info("%s cannot be read as a Word file: %r", name, error)
        raise UnreadableSource(f"{name} is damaged, or no Word document: save it as .docx again.", "damaged") from error
    return taken(name, body.text(), "word", body.notes())


def _check_archive(data: bytes, name: str) -> None:
    """Look at the list of parts before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise UnreadableSource(f"{name} is damaged: save it as .docx again.", "damaged") from error
    names = {part.filename for part in parts}
    if not any(one.startswith("word/") for one in names):
        raise UnreadableSource(f"{name} is no Word document: save it as .docx or .txt.", "mislabelled")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableSource(f"{name} is locked with a password: save it without one.", "encrypted")
    parsed = sum(part.file_size for part in parts if part.filename.lower().endswith((".xml", ".rels")))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED or parsed > LARGEST_XML:
        raise UnreadableSource(
            f"{name} is far too large once unpacked: copy its text into a new file.", "unpacks_too_large"
        )


class _Body:
    """Goes through a file and gathers its paragraphs."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._lines: list[tuple[str, bool]] = []
        """Paragraphs and rows, in order, and which of them are rows."""
        self._unnumbered: list[str] = []
        self._seen: set[NoteKind] = set()

    def text(self) -> str:
        """The text. Where most paragraphs end in mid-sentence they are lines of print, and are left to be joined."""
        long = [line for line, is_row in self._lines if not is_row and len(line) >= _LONG]
        broken = sum(_ENDED.search(line) is None for line in long)
        between = "\n" if len(long) >= _MANY and broken > len(long) / 2 else PARAGRAPH
        return between.join(line for line, _ in self._lines)

    def notes(self) -> list[Note]:
        """What whoever checks the text should know."""
        found = [Note(kind) for kind in sorted(self._seen)]
        if self._unnumbered:
            found.insert(0, Note("numbering", "”、“".join(self._unnumbered[:3])))
        return found

    def take(self, body: Any) -> None:
        """Take what stands in the body of a file."""
        for group in _groups(_blocks(body)):
            if group[0].tag == f"{W}tbl":
                self._lines += self._table(group[0])
            else:
                self._lines.append((self._paragraph(group), False))

    def _table(self, table: Any) -> list[tuple[str, bool]]:
        """The rows of a table; a table of one column is a frame round paragraphs."""
        rows = [list(self._cells(one)) for one in _inside(table, f"{W}tr")]
        if all(len(cells) <= 1 for cells in rows):
            return [(text, False) for cells in rows for cell in cells for text in cell.paragraphs]
        return [(line, True) for cells in _in_columns(rows) if (line := row(cells))]

    def _cells(self, table_row: Any) -> Iterator[_Cell]:
        for cell in _inside(table_row, f"{W}tc"):
            width, merged = (cell.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge"))
            yield _Cell(
                [text for group in _groups(_within(cell)) if (text := self._paragraph(group))],
                reach(width.get(f"{W}val")) if width is not None else 1,
                merged is not None and merged.get(f"{W}val") != "restart",
            )

    def _paragraph(self, group: Sequence[Any]) -> str:
        """One paragraph of print: that of paragraphs of which only the last one's end is printed."""
        texts = ["".join(self._pieces(one)) for one in group]
        # As in Word, the first that holds anything tells the style and the number of all.
        paragraph = next((one for one, text in zip(group, texts, strict=True) if text.strip()), group[-1])
        text = "".join(texts).strip()
        if text and _CONTENTS.match(self._numbering.style_name(paragraph)):
            self._seen.add("contents")
            return ""
        if not text and _unprinted(paragraph):
            return ""  # takes no number
        try:
            return self._numbering.label(paragraph) + text
        except UnknownNumbers:
            self._unnumbered.append(text[:_DETAIL])
            return text

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag in _SKIPPED:
                self._note_skipped(child)
            elif tag == f"{W}r":
                if not _hidden(child):
                    yield from self._pieces(child)
            elif tag == f"{W}t":
                yield child.text or ""
            elif tag in (f"{W}tab", f"{W}ptab"):
                yield " "
            elif tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif tag == f"{W}noBreakHyphen":
                yield "-"
            elif isinstance(tag, str):
                self._note(tag)
                yield from self._pieces(child)

    def _note(self, tag: str) -> None:
        if tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self._seen.add("footnotes")
        elif tag in (f"{W}ins", f"{W}moveTo"):
            self._seen.add("tracked")
        elif tag.startswith(_MATH):
            self._seen.add("formulas")

    def _note_skipped(self, element: Any) -> None:
        if element.tag in (f"{W}del", f"{W}moveFrom") or (element.tag == f"{W}pPr" and _unmarked(element)):
            self._seen.add("tracked")
        elif element.tag == f"{W}txbxContent" and any((text.text or "").strip() for text in element.iter(f"{W}t")):
            self._seen.add("text_boxes")


def _in_columns(rows: Sequence[Sequence[_Cell]]) -> Iterator[list[str]]:
    """The cells of each row; one that reaches over several rows stands in each, over several columns in the first."""
    above: list[str] = []
    for cells in rows:
        found: list[str] = []
        for cell in cells:
            continued = above[len(found)] if cell.continues and len(found) < len(above) else ""
            found += [" ".join(cell.paragraphs) or continued, *[""] * (cell.width - 1)]
        yield found
        above = found


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """The children of that kind, also those in content controls; not those of tables within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _inside(child, tag)


def _within(element: Any) -> Iterator[Any]:
    """The paragraphs of a cell, those of tables within too; not those of text boxes."""
    for child in element:
        if child.tag == f"{W}p":
            yield child
        elif child.tag not in _SKIPPED:
            yield from _within(child)


def _blocks(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, also those in content controls and the like."""
    for element in container:
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from _blocks(element)


def _groups(blocks: Iterable[Any]) -> Iterator[list[Any]]:
    """What is one in print: a table, or paragraphs of which only the last one's end is printed."""
    group: list[Any] = []
    for block in blocks:
        if group and block.tag == f"{W}tbl":
            yield group
            group = []
        group.append(block)
        if block.tag == f"{W}tbl" or not _unprinted(block):
            yield group
            group = []
    if group:
        yield group


def _unprinted(paragraph: Any) -> bool:
    """Whether the end of a paragraph is hidden, or deleted or moved away under review."""
    properties = paragraph.find(f"{W}pPr")
    return properties is not None and (_hidden(properties) or _unmarked(properties))


def _unmarked(properties: Any) -> bool:
    """Whether the end of a paragraph with these properties is deleted or moved away under review."""
    return any(properties.find(f"{W}rPr/{W}{name}") is not None for name in ("del", "moveFrom"))


def _hidden(element: Any) -> bool:
    """Whether the properties of a run, or of the end of a paragraph, hide it."""
    mark = element.find(f"{W}rPr/{W}vanish")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")
