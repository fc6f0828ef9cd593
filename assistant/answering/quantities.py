"""Years and quantities: those that a question names, and whether a text has them in digits, in words, or as a list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from decimal import Decimal

from assistant.answering.asked import is_to_confirm
from assistant.answering.english_numbers import english_quantities
from assistant.answering.kinds import NO_TENTHS
from assistant.indexing.numerals import CHINESE, LARGEST, parse_numeral, to_chinese

_UNIT = "万亿|亿|万|%|家|个|条|项|公里|亩|年|名|人|所"
YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d(?!\d|(?!年)(?:{_UNIT}|元| ?(?:billion|million|trillion|yuan|rmb)\b))")
"""A year; 2000亿 is none."""
_NUMBER = re.compile(rf"(?<![\d.+])(\d+(?:\.\d+)?)\s*({_UNIT})?")
_NUMERAL = re.compile(
    rf"(?<![第{CHINESE}])(?P<numeral>[{CHINESE}]{{1,7}})(?:(?P<tenths>成)(?!{NO_TENTHS})|(?P<unit>{_UNIT}))(?![{CHINESE}])"
)

_LARGE = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
_AT_LEAST = re.compile(
    r"超过?|[多大高]于|不[能得会应可]?[低少小]于|至少|最少|起码|不止|"
    r"\b(?:over|more than|at least|exceed\w*|above|no (?:less|fewer) than)\b"
)
_AT_MOST = re.compile(
    r"不[超多大高]|至多|最多|以[下内]|(?<!不)(?<!不[能得会应可])[低少小]于|不到|不足|"
    r"\b(?:under|(?<!no )(?:less|fewer) than|at most|within|up to|no more than|below)\b"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""The comma of 1,500亿."""
_OF_ONESELF = frozenset({"年", "个", "名", "人"})
_BOUNDS = (
    "不[能得会应可]?[超低少高多](?:过|于)|不低于|不少于|不高于|不多于|不到|不足|超过|至少|最少|起码"
    "|至多|最多|低于|少于|高于|多于"
)
_NO_LESS = re.compile(r"元?以上")

Quantity = tuple[str, str]
"""Digits and unit: (80, %)."""


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities in a normalised question, without its years.

    Those in Chinese numerals count, from two on, where something is put forward to be confirmed: elsewhere 两个 mostly
    tells of who is asking.
    """
    plain = YEAR.sub(" ", _THOUSANDS.sub("", text))
    if language == "en":
        found = tuple(english_quantities(plain))
    else:
        found = tuple((digits, unit or "") for digits, unit in _NUMBER.findall(plain) if unit or len(digits) > 1)
    return found + tuple(_in_numerals(text)) if is_to_confirm(text) else found


def _in_numerals(text: str) -> Iterable[Quantity]:
    for match in _NUMERAL.finditer(text):
        number = parse_numeral(match["numeral"]) or 0
        if number > 1:
            yield (str(number * 10), "%") if match["tenths"] else (str(number), match["unit"])


def unconfirmed(text: str, named: Iterable[Quantity], nouns: Iterable[str], said: str, quoted: str) -> str:
    """The quantity that a question wants confirmed (要建4所大学对不对) and that is not there; empty for none.

    Args:
        text: the question, normalised.
        named: the quantities that it names.
        nouns: what it names besides.
        said: what the clauses say that may answer; the number may stand anywhere in it.
        quoted: what would be quoted of them; it may list so many of what is named.
    """
    if not is_to_confirm(text):
        return ""
    sorts = {noun[-1] for noun in nouns}
    for digits, unit in named:
        if re.search(rf"{re.escape(digits)}[月日号点时:]", text):
            continue
        if not (has_number(said, digits) or _has_numeral(said, digits) or _lists(quoted, digits, sorts)):
            return digits + unit
    return ""


def has_number(text: str, digits: str) -> bool:
    """Whether a number stands in a text, and not as a part of another one: 500 is not in 1500."""
    return bool(re.search(rf"(?<![\d.]){re.escape(digits)}(?!\d|\.\d)", text))


def differs(question: str, named: Quantity, stretches: Iterable[str]) -> bool:
    """Whether stretches of a document give quantities of the unit that a question names, and none that bears it out.

    More than asked for bears out 至少, 超过; less bears out 至多, 不到, unless it is itself a least (20家以上).
    """
    digits, unit = named
    if not unit:
        return False
    asked, sort = _measured(digits, unit)
    given = [
        (value, bool(_NO_LESS.match(text, match.end())))
        for text in stretches
        for match in _NUMBER.finditer(text)
        for value, kind in [_measured(match[1], match[2] or "")]
        if match[2] and kind == sort
    ]
    if unit in _OF_ONESELF and not is_to_confirm(question):
        # Who is 5 years short of something (差5年能补吗) tells of himself.
        return False
    if _AT_MOST.search(question):
        borne_out = any(value <= asked and not least for value, least in given)
    elif _AT_LEAST.search(question):
        borne_out = any(value >= asked for value, _ in given)
    else:
        borne_out = any(value == asked for value, _ in given)
    return bool(given) and not borne_out


def has_unit(text: str, named: Quantity) -> bool:
    """Whether a text has a number in the unit of a quantity."""
    sort = _measured(*named)[1] if named[1] else None
    return any(match[2] and _measured(match[1], match[2])[1] == sort for match in _NUMBER.finditer(text))


def as_bounded(question: str, named: Quantity) -> str:
    """A quantity with what bounds it in the question: 最多100家, 100家以下; by itself where nothing does."""
    number = "".join(named)
    match = re.search(rf"(?:{_BOUNDS})?{re.escape(number)}[元]?(?:以[上下内]|左右)?", question)
    return match.group() if match else number


def _measured(digits: str, unit: str) -> tuple[Decimal, str]:
    """A quantity and what it is counted in: large numbers (1.5万亿) are written out, whatever is counted."""
    return (Decimal(digits) * _LARGE[unit], "") if unit in _LARGE else (Decimal(digits), unit)


def _has_numeral(text: str, digits: str) -> bool:
    """Whether a text has a number in Chinese numerals; not one that is part of another or of a name: 四 in 四川."""
    if not digits.isdecimal() or int(digits) > LARGEST:
        return False
    written = to_chinese(int(digits)).replace("二", "[二两]")
    return bool(re.search(rf"(?<![{CHINESE}]){written}(?![{CHINESE}川])", text))


def _lists(text: str, digits: str, sorts: Collection[str]) -> bool:
    """Whether a text names so many things of a sort, told by their last character: four in A园、B园、C园和D园."""
    for stretch in re.split("[,;。:]", text):
        *others, last = re.split("、|[和与及](?=[^、]+$)", stretch)
        alike = any(sort in last and all(one.endswith(sort) for one in others) for sort in sorts)
        if alike and digits == str(len(others) + 1):
            return True
    return False
