"""The date that a question puts forward → the part of it that a text has otherwise: 8月, where that says 2020年7月30日.

Years are left to `years`: of 2019年1月, where the text says 2020年1月, the month is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.essence import plain
from assistant.answering.years import TURNS

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    rf"(?!may\b(?! \d))(?P<name>{'|'.join(_MONTHS)})(?:uary|ruary|ch|il|e|y|ust|t?ember|ober)?|"
    r"(?:(?<=\d )|(?<=\b(?:in|on|of|by) ))(?P<may>may)"
)
_DATE = re.compile(
    r"(?:(?<!\d)(?:19|20)\d\d年)?(?<!\d)(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})[日号])?|"
    r"(?<![\d.第])(?P<alone>\d{1,2})(?:日(?![之以]?内)|号(?=[通发公出印颁定施生批开召的吗吧?,。]|$))|"
    rf"\b(?:(?P<before>\d{{1,2}})(?:st|nd|rd|th)? )?(?:{_MONTH})\b"
    r"(?: (?P<behind>\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (?:19|20)\d\d\b)?"
)
_SINCE = re.compile(r"(?:之?日)?起")
_OPEN = re.compile(r"之?[前后内]|以[前后内来]|开始|底|[至到]|[-~—–]")
_BOUND = re.compile(r"(?:[至到自从]|截[至止]于?|[-~—–])$")
_TURN = re.compile(TURNS)


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as far as it is given, 0 for what is not; `open` where what is said holds before, after or up to it."""

    month: int
    day: int
    said: str
    open: bool
    begins: bool

    def goes_with(self, other: _Date) -> bool:
        """Whether both may be the same day: no part that both give differs."""
        pairs = ((self.month, other.month), (self.day, other.day))
        return all(one == another for one, another in pairs if one and another)


def wrong_date(question: str, text: str) -> str:
    """What a normalised question gives of a date, without the year, that no date of a normalised text goes with.

    Empty where one does, and where the text gives no such part of a date, or spans and deadlines (3月1日起,
    6月30日前): of these another day may be one. When something begins (3月1日起施行) is one day.
    """
    given = [date for date in _dates(text) if date.month]
    for claim in _dates(question):
        known = [date for date in given if date.day or claim.month]
        loose = any(date.open and not (claim.begins and date.begins) for date in known)
        if known and not loose and not any(claim.goes_with(date) for date in known):
            return claim.said
    return ""


def _dates(text: str) -> Iterator[_Date]:
    """The months and days in a normalised text, in digits, in words or in English, without their years."""
    text = plain(text)
    for match in _DATE.finditer(text):
        before, behind = text[: match.start()], text[match.end() :]
        since, name = _SINCE.match(behind), match["name"] or match["may"]
        yield _Date(
            _MONTHS.index(name) + 1 if name else int(match["month"] or 0),
            int(match["day"] or match["alone"] or match["before"] or match["behind"] or 0),
            re.sub(r"^\d{4}年|,? \d{4}$", "", match.group()),
            bool(since or _OPEN.match(behind) or _BOUND.search(before[-2:])),
            bool(_TURN.match(behind)),
        )
