"""A question → the clauses and parts that it names by number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.indexing.numerals import parse_numeral

_NUMERAL = r"[零〇一二两三四五六七八九十百千\d]{1,8}"
_CLAUSE = re.compile(
    rf"第\s*(?P<a>{_NUMERAL})\s*(?:条|款(?!项)|小?点)|(?<![\d一二三四五六七八九十+])(?P<b>\d{{1,4}})\s*条(?!铁路|高速|公路|路|线|高铁|建议|渠道)|"
    rf"\((?P<c>[零〇一二两三四五六七八九十百\d]{{1,6}})\)|"
    r"\b(?:article|clause|section|item|paragraph)s?\s*(?:no\.?|number|#)?\s*\(?(?P<d>\d{1,4})\)?"
)
_PART = re.compile(
    rf"第\s*(?P<a>{_NUMERAL})\s*(?:部分|大点|大块|章|节)|(?P<last>最后一?(?:个)?部分|末尾部分|the last part)|\bpart\s*(?P<b>\d{{1,3}}|i{{1,3}}v?|iv|v)\b|"
    r"\b(?P<c>first|second|third|fourth|fifth) part\b"
)
_NEXT = re.compile(r"下一?条|后一条|再下一条|\bnext (?:one|clause|article)\b")
_PREVIOUS = re.compile(r"上一条|前一条|\bprevious (?:one|clause|article)\b")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}

LAST = -1
"""A part named only as the last one."""


@dataclass(frozen=True, slots=True)
class References:
    """The numbers that a question names, in order; `step` is +1 for “the next clause”, -1 for the one before."""

    clauses: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    step: int = 0


def find_references(text: str) -> References:
    """Read the clause and part numbers off a normalised question."""
    clauses = tuple(
        parse_numeral(next(group for group in match.groups() if group)) or 0 for match in _CLAUSE.finditer(text)
    )
    parts: list[int] = []
    for match in _PART.finditer(text):
        if match["last"]:
            parts.append(LAST)
        else:
            value = match["a"] or match["b"] or match["c"]
            parts.append(_ORDINALS.get(value) or parse_numeral(value) or 0)
    step = 1 if _NEXT.search(text) else -1 if _PREVIOUS.search(text) else 0
    return References(tuple(dict.fromkeys(clauses)), tuple(dict.fromkeys(parts)), step)
