"""Numbers that a question names → the clauses and parts of a document that carry them.

A number is that of a label as it is printed. Only where labels have none, and in English, whose answers name clauses by
their ordinals, is it the ordinal: where （一）（二） start again in each part, the seventh of all is no 第（七）条.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.references import UNITS, References
from assistant.indexing.analysis import normalize
from assistant.indexing.numerals import CHINESE, parse_numeral
from assistant.schema import Clause, Document, Language

_NUMERAL = re.compile(rf"[{CHINESE}\d]+")
_LEVELS = ("编", "篇", "章", "节")
"""Units that name a level of their own; 部分 is said of any."""


def clauses_numbered(
    document: Document, number: int, references: References, language: Language = "zh"
) -> list[Clause]:
    """The clauses of a number, those of a part that is named beside it where it has any.

    Several where the numbering starts again. A number below 0 counts from the end of the document.
    """
    clauses = _clauses(document)
    parts = [clause for part in references.parts for clause in part_numbered(document, part, references)]
    if references.in_part:
        printed = [one for one in parts if number == printed_number(one.label) or number == one.number]
        inside = number if number < 0 else number - 1
        return printed or ([parts[inside]] if -len(parts) <= inside < len(parts) else [])
    if number < 0:
        return clauses[number : number + 1 or None] if -number <= len(clauses) else []
    by_label = language == "zh" and clauses_restart(document)
    found = [one for one in clauses if number == ((by_label and printed_number(one.label)) or one.number)]
    return [clause for clause in found if clause in parts] or found


def clauses_restart(document: Document) -> bool:
    """Whether the numbers printed on clauses are others than their ordinals: they start again in each part."""
    return any(printed_number(clause.label) not in (0, clause.number) for clause in _clauses(document))


def part_numbered(document: Document, number: int, references: References) -> list[Clause]:
    """The clauses of the parts of a number and of the unit that is named; a number below 0 counts from the end."""
    above, unit = references.above, references.unit
    headings = headings_of(document, unit, below=above is not None)
    if above:
        inside = [range(*_span(document, one)) for one in _headings_numbered(headings_of(document, above[1]), above[0])]
        headings = [one for one in headings if any(one.position in span for span in inside)]
    spans = [range(*_span(document, one)) for one in _headings_numbered(headings, number)]
    return [clause for clause in _clauses(document) if any(clause.position in span for span in spans)]


def headings_of(document: Document, unit: str, *, below: bool = False) -> list[Clause]:
    """The headings of the parts that a unit means (章; empty for any): those so called, or else the top ones.

    Only those so called where they are `below` others (第二章第一节), and where the top ones are of another level by
    name: a 节 is no 章.
    """
    called = [one for one in part_headings(document) if unit and unit_of(one) == unit]
    top = top_headings(document)
    other = unit in _LEVELS and bool(top) and unit_of(top[0]) in _LEVELS
    return called or ([] if other or below else top)


def part_headings(document: Document) -> list[Clause]:
    """The headings of a document's parts, in order."""
    return [clause for clause in document.clauses if clause.kind == "part"]


def top_headings(document: Document) -> list[Clause]:
    """The headings of a document's parts that are numbered as the first one is: not what parts are divided into."""
    headings = part_headings(document)
    return [clause for clause in headings if _numbered_as(clause.label) == _numbered_as(headings[0].label)]


def most_numbered(headings: Sequence[Clause]) -> tuple[int, bool]:
    """How far parts are counted, and whether the count starts again: (2, True) for two 节 in each 章."""
    numbers = [printed_number(one.label) for one in headings]
    restarts = len(set(numbers)) < len(numbers)
    return max(numbers) if restarts else len(numbers), restarts


def unit_of(heading: Clause) -> str:
    """What a part is called in its label: 章 in 第一章, empty in 一、."""
    label = _numbered_as(heading.label)
    return next((unit for unit in UNITS if label.endswith(unit)), "")


@lru_cache(maxsize=65536)
def printed_number(label: str) -> int:
    """The number in a label: 7 in （七） and 第七条; 0 where there is none."""
    numeral = _NUMERAL.search(normalize(label).replace(" ", ""))
    return (numeral and parse_numeral(numeral.group())) or 0


def _clauses(document: Document) -> list[Clause]:
    return [clause for clause in document.clauses if clause.kind == "clause"]


def _headings_numbered(headings: Sequence[Clause], number: int) -> list[Clause]:
    if number < 0:
        return list(headings[number : number + 1 or None]) if -number <= len(headings) else []
    return [one for one in headings if (printed_number(one.label) or one.part) == number]


def _span(document: Document, heading: Clause) -> tuple[int, int]:
    """The positions of a part's pieces: up to the next heading of its level, or of one above."""
    headings = part_headings(document)
    levels = list(dict.fromkeys(_numbered_as(one.label) for one in headings))
    level = levels.index(_numbered_as(heading.label))
    after = (
        one.position
        for one in headings
        if one.position > heading.position and levels.index(_numbered_as(one.label)) <= level
    )
    return heading.position, next(after, len(document.clauses))


@lru_cache(maxsize=65536)
def _numbered_as(label: str) -> str:
    """What is left of a label without its number: 第部分, 、."""
    return re.sub(rf"[\d{CHINESE}\s]", "", normalize(label))
