"""The tables of a PDF, by their ruling lines: pdfplumber finds the cells, PDFium's characters are put into them."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.ingestion.labels import match_label

logger = logging.getLogger(__name__)

MOST_PATHS = 5000
"""Drawn lines and areas on a page; one with more holds a map or a plan, and looking for cells would take minutes."""
_DEPTH = 4
"""Forms within forms in which lines are looked for."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points of the page as it was before it was turned."""


@dataclass(slots=True)
class _Cell:
    box: Box
    text: str = ""
    line: int = -1
    """The line of print of its last character."""

    def holds(self, x: float, y: float) -> bool:
        left, bottom, right, top = self.box
        return left <= x < right and bottom <= y < top

    def add(self, character: str, line: int) -> None:
        """One more character; what is broken over lines goes on, unless the line begins with a number of its own."""
        if character.isspace():
            character = " "
        elif self.text and line != self.line:
            latin = self.text[-1].isascii() and character.isascii()
            self.text += "\n" if not latin else " "
        self.text += character
        self.line = line

    def said(self) -> str:
        """Its text on one line."""
        lines = self.text.split("\n")
        return "".join((" " if place and match_label(line) else "") + line for place, line in enumerate(lines)).strip()


@dataclass(slots=True)
class Grid:
    """A table: the cell that stands at each place of each row, and None where one reaches over from the left."""

    cells: list[_Cell]
    places: list[list[_Cell | None]] = field(default_factory=list)

    def cell_at(self, x: float, y: float) -> _Cell | None:
        """The cell round a point, if it lies in one."""
        return next((cell for cell in self.cells if cell.holds(x, y)), None)

    def rows(self) -> list[list[str]]:
        """The text of its rows; a cell that reaches over several rows stands in each, over several columns once."""
        found = [[cell.said() if cell else "" for cell in row] for row in self.places]
        return [row for row in found if any(row)]


class Tables:
    """Finds the tables of the pages of one PDF."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._opened: Any = None

    def of(self, page: Any, index: int) -> list[Grid]:
        """The tables of a page: those of two columns and more.

        Args:
            page: PDFium's page.
            index: its place in the file, from 0.

        Returns:
            Their cells, without text. None is found where the page is drawn in a way that cannot be followed.
        """
        from pypdfium2.raw import FPDF_PAGEOBJ_PATH

        paths = 0
        for _ in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=_DEPTH):
            paths += 1
            if paths > MOST_PATHS:
                return []
        if not paths:
            return []
        try:
            plumbed = self._pages()[index]
            found = [_grid(table, plumbed) for table in plumbed.find_tables()]
            plumbed.close()
        except Exception as error:  # The library gives whatever its parser raises; the text is read all the same.
            logger.info("no tables of page %d: %r", index + 1, error)
            return []
        return [grid for grid in found if max(map(len, grid.places)) >= 2]

    def _pages(self) -> Sequence[Any]:
        import pdfplumber

        if self._opened is None:
            logging.getLogger("pdfminer").setLevel(logging.ERROR)  # It complains about fonts that PDFium reads well.
            self._opened = pdfplumber.open(io.BytesIO(self._data))
        pages: Sequence[Any] = self._opened.pages
        return pages


def _grid(table: Any, page: Any) -> Grid:
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    cells = {cell: _Cell(_box(cell, page)) for cell in table.cells}
    places = [[_covering(cells, left, top) for left in lefts] for top in tops]
    return Grid(list(cells.values()), places)


def _covering(cells: dict[Box, _Cell], left: float, top: float) -> _Cell | None:
    """The cell that covers a place of the grid, if it begins in that column."""
    for (x0, y0, _, y1), cell in cells.items():
        if x0 == left and y0 <= top < y1:
            return cell
    return None


def _box(cell: Box, page: Any) -> Box:
    """Where a cell lies before the page is turned; pdfplumber counts from the top left of the turned page."""
    x0, top, x1, bottom = cell
    across, down = page.width, page.height
    left, base = page.mediabox[0], page.mediabox[1]
    x0, x1, top, bottom = x0 - left, x1 - left, top - base, bottom - base
    origin_x, origin_y = _origin(page)
    if page.rotation == 90:
        box = top, x0, bottom, x1
    elif page.rotation == 180:
        box = across - x1, top, across - x0, bottom
    elif page.rotation == 270:
        box = down - bottom, across - x1, down - top, across - x0
    else:
        box = x0, down - bottom, x1, down - top
    return box[0] + origin_x, box[1] + origin_y, box[2] + origin_x, box[3] + origin_y


def _origin(page: Any) -> tuple[float, float]:
    """The lower left corner of the page in the file's own coordinates."""
    from pdfminer.pdftypes import resolve_all

    first_x, first_y, second_x, second_y = resolve_all(page.page_obj.attrs["MediaBox"])
    return min(first_x, second_x), min(first_y, second_y)
