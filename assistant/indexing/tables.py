"""Tables: rows |cell|cell| of a text → the row that heads them, and what each says with the heads of its columns.

A row by itself says little: 重度失能|600|1000. Searched, matched and judged is 失能等级:重度失能，居家护理:600元/月;
quoted is the row as it stands, under its heads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]
"""Half-open offsets [start, end)."""

ROW = re.compile(r"^\|[^\n]*\|$", re.MULTILINE)
"""A line that is a row of a table; one of Markdown looks the same."""
LONGEST_HEAD = 24
"""Characters of the head of a column, at most."""

_CELL = re.compile(r"(?<=\|)[^|]*(?=\|)")
_RULE = re.compile(r"[|\s:\-—]*")
"""A line between heads and rows in Markdown."""
_VALUE = re.compile(r"\d(?!\d{3}年)|.*\d[\d.,]*(?:元|万|亿|%|周?岁|人|个|天|日|月)|.*[。；;]")
"""What a cell of a table of two columns begins with or holds that is a value and heads none."""
_ALONE = re.compile(
    r"[\d.,，]+(?:[百千万亿]*元|[百千万亿%％‰]|周?岁|人|名|个|天|日|月|亩|次)?(?:[/／每].*)?|.*[。；;].*"
)
"""The same for a cell of a table of more columns, where a head may hold a value: 30%以下."""
_UNIT = r"[百千万亿]*元(?:[/／每·][^（()）。，、：:；;]{1,8})*|%|％|‰"
_COUNT = (
    r"[百千万亿]*(?:人次?|名|个月?|家|户|张|台|辆|套|件|亩|公顷|㎡|(?:平方|立方)?(?:米|公里|千米)|吨|年|月|天|(?:个?工作)?日|"
    r"次|周?岁|分钟?|小时)(?:及?以[上下内])?(?:[/／每·][^\d（()）。，,、：:；;]{1,8})*"
)
"""A unit of what is counted or measured, and nothing else: 年, but neither 2025年 nor 基期年."""
_IN_UNITS = re.compile(
    r"(?P<name>.+?)[（(](?:单位[:：]?)?(?P<of>[^（()）]*?的)?(?:(?P<each>(?:每[^\d每（()）。，,、：:；;]{1,4})+)[，,、]?)?"
    rf"(?P<unit>{_UNIT}|{_COUNT})[)）]"
)
"""The head of a column of numbers that names their unit: 标准（元/月）, 标准（每人每月，元）."""
_UNITS_ABOVE = re.compile(
    rf"单位[:：为是]?\s*(?P<named>{_UNIT})(?![^（()）。，,；;]*[、和])|[（(](?P<bracketed>{_UNIT})[)）][。：:]?$"
)
"""What names the unit of a table in the line above it: （单位：万元）. Of two units it is not told which is whose."""
_COUNTED = re.compile(
    r"年|月|日|期|时|[数量]|人|户|面积|比例|率|号|岁|级|档|等|距离|里程|名额|邮编|电话|"
    r"(?:增[速长幅]|降幅|[同环占]比|比重|权重|得分|分值|排名|名次|[床车工席泊]位)(?=$|[（(])"
)
"""In the head of a column: its numbers are no amounts, whatever unit the table is in."""
_NUMBER = re.compile(
    r"(?:不超过|不高于|不低于|不少于|最[高低多少]|至[多少]|约|[≥≤<>]=?)?[\d.,，]+(?:[-—–~至][\d.,，]+)?(?:以[上下内])?"
)
_ORDINAL = re.compile(r"序号|编号|[Nn]o\.?")
_EMPTY = frozenset({"", "/", "-", "—", "——", "－", "\\"})


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a table, in order, and the one that heads it, if any."""

    rows: tuple[Span, ...]
    head: Span | None


@lru_cache(maxsize=64)
def _tables(text: str) -> Mapping[int, _Table]:
    """The table of each row of a text, by where the row begins."""
    runs: list[list[Span]] = []
    for match in ROW.finditer(text):
        if runs and runs[-1][-1][1] + 1 == match.start():
            runs[-1].append(match.span())
        else:
            runs.append([match.span()])
    tables = [_Table(tuple(rows), _head(text, rows)) for rows in runs]
    return {start: table for table in tables for start, _ in table.rows}


def _head(text: str, rows: Sequence[Span]) -> Span | None:
    """The first row of two cells or more, where these name columns and rows follow."""
    told = [row for row in rows if not _RULE.fullmatch(text, *row)]
    wide = [row for row in told if sum(cell not in _EMPTY for cell in _cells(text, row)) >= 2]
    if len(wide) < 2:
        return None
    cells = [cell for cell in _cells(text, wide[0]) if cell not in _EMPTY]
    value = _VALUE.match if len(cells) == 2 else _ALONE.fullmatch
    return None if any(len(cell) > LONGEST_HEAD or value(cell) for cell in cells) else wide[0]


def row_at(text: str, at: int) -> Span | None:
    """The row of a table that the offset lies in; None where it lies in none."""
    start = text.rfind("\n", 0, at) + 1
    if not text.startswith("|", start) or start not in _tables(text):
        return None
    end = text.find("\n", start)
    return start, len(text) if end < 0 else end


def rows_of(text: str, row: Span) -> Sequence[Span]:
    """The rows of the table that a row is part of, in order, it included."""
    return _tables(text)[row[0]].rows


def head_of(text: str, row: Span) -> Span | None:
    """The row with the heads of the columns of a row's table.

    Args:
        text: the text that the table stands in.
        row: a row of it.

    Returns:
        The first row of two cells or more, where these name columns and rows follow; it is its own head. None where
        the table has no such row, or it stands below.
    """
    head = _tables(text)[row[0]].head
    return head if head and head[0] <= row[0] else None


def opener_of(text: str, row: Span) -> Span | None:
    """Of a row whose first cell is empty, as it is merged with those above, the row that fills it; else None."""
    head = head_of(text, row)
    if head is None or head == row or _cells(text, row)[:1] != [""]:
        return None
    above = [one for one in rows_of(text, row) if head[0] < one[0] < row[0]]
    return next((one for one in reversed(above) if _cells(text, one)[0]), None)


def line_above(text: str, row: Span) -> Span | None:
    """The line above the table that a row is part of, which mostly says what it is of; None where there is none."""
    first, _ = rows_of(text, row)[0]
    return (text.rfind("\n", 0, first - 1) + 1, first - 1) if first > 0 else None


def spelled_out(text: str, start: int, end: int) -> str:
    """What stands in [start, end), rows with the heads of their columns: 失能等级:重度失能，居家护理:600元/月.

    Of a row that is not wholly inside, the first cell and those that are count.
    """
    if "|" not in text:
        return text[start:end]
    pieces, at = [], start
    for line in re.finditer(r"[^\n]+", text[start:end]):
        row = row_at(text, start + line.start())
        if row is not None:
            first, last = start + line.start(), start + line.end()
            pieces += [text[at:first], _spelled_row(text, row, first, last)]
            at = last
    return "".join([*pieces, text[at:end]])


def _spelled_row(text: str, row: Span, start: int, end: int) -> str:
    head = head_of(text, row)
    cells = _cells(text, row)
    if head is None or head == row:
        return "，".join(cell for cell in cells if cell not in _EMPTY)
    heads = _cells(text, head)
    if len(heads) != len(cells):
        return "，".join(cell for cell in cells if cell not in _EMPTY)
    cells = _with_merged(text, row, head, cells)
    inside = [a < end and b > start for a, b in cell_spans(text, row)]
    inside[0] = True
    unit = _unit_above(text, row)
    named = [
        _named(name, cell, unit)
        for name, cell, here in zip(heads, cells, inside, strict=True)
        if here and cell not in _EMPTY and not _ORDINAL.fullmatch(name)
    ]
    return "，".join(named)


def _with_merged(text: str, row: Span, head: Span, cells: list[str]) -> list[str]:
    """The cells, the empty ones in front as the rows above have them: cells merged downwards say so once."""
    if cells[0]:
        return cells
    for above in reversed([one for one in rows_of(text, row) if head[0] < one[0] < row[0]]):
        said = _cells(text, above)
        if len(said) != len(cells) or cells[0] != "":
            break
        empty = next((i for i, cell in enumerate(cells) if cell), len(cells))
        cells = [said[i] if i < empty and not _NUMBER.fullmatch(said[i]) else cell for i, cell in enumerate(cells)]
    return cells


def _unit_above(text: str, row: Span) -> str:
    """The unit of money or share that the line above a row's table names for its numbers; empty where it names none."""
    line = line_above(text, row)
    match = _UNITS_ABOVE.search(text[slice(*line)].rstrip()) if line else None
    return match["named"] or match["bracketed"] if match else ""


def _named(head: str, cell: str, unit: str) -> str:
    """A cell with the head of its column; a number with the unit that this names, or else the table."""
    number, in_units = _NUMBER.fullmatch(cell), _IN_UNITS.fullmatch(head)
    if number and in_units:
        return f"{in_units['name']}{in_units['of'] or ''}:{cell}{_unit_of(in_units)}"
    if number and unit and not _COUNTED.search(head):
        return f"{head}:{cell}{unit}"
    return f"{head}:{cell}" if head else cell


def _unit_of(head: re.Match[str]) -> str:
    """The unit that the head of a column names, what it is for behind it: 每人每月，元 is 元/人·月."""
    each = "·".join((head["each"] or "").split("每")[1:])
    return f"{head['unit']}{'·' if '/' in head['unit'] else '/'}{each}" if each else head["unit"]


def cell_spans(text: str, row: Span) -> list[Span]:
    """Where the cells of a row stand, without the bars between them."""
    return [match.span() for match in _CELL.finditer(text, *row)]


def _cells(text: str, row: Span) -> list[str]:
    return [text[start:end].strip() for start, end in cell_spans(text, row)]
