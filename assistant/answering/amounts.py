"""A text → the amounts that it names: how much of what, and from where to where: 100家以上, 20—30家, 不超过5万元.

Documents and questions are read alike, so that 1,500亿元, 1500亿 and 一千五百亿元 are the same amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.answering.english_kinds import COUNTED
from assistant.answering.essence import plain
from assistant.answering.kinds import NO_TENTHS

LARGE = {"万": 10**4, "亿": 10**8, "万亿": 10**12}
"""What large numbers are written with, whatever is counted."""
_COUNTED = "个(?!百分点|工作日|月)|家|条|项|名|人(?!民)|所"
_UNITS = f"%|元|个百分点|个?工作日|个月|公里|亩|年|成(?!{NO_TENTHS})|{_COUNTED}"
_THINGS = "|".join(nouns for _, nouns in COUNTED) + r"|tons|tonnes|hectares|square|mu|km|kilomet\w+"
YEAR = re.compile(
    rf"(?<!\d)(?:(?<=\b(?:in|by) )|(?!\d{{4}} (?:more |new )?(?:{_THINGS})\b))(?:19|20)\d\d"
    rf"(?!\d|(?!年)(?:万亿|亿|万|多|[块套吨户床平米斤座]|{_UNITS}| ?(?:billion|million|trillion|yuan|rmb)\b))"
)
"""A year; 2000亿, 2000块 and “2000 jobs” hold none."""
_SOME = r"\d+(?:\.\d+)?(?:[百千](?![瓦米克]))?"
_AMOUNT = re.compile(
    rf"(?<![\d.+第])(?P<number>{_SOME}(?:(?:万亿|[万亿]){_SOME})*)(?P<scale>万亿|[万亿])?\s*(?P<unit>{_UNITS})?"
)
_STEP = re.compile(r"(\d+(?:\.\d+)?)([百千]?)(万亿|[万亿]?)")
_TO = re.compile(r"\s*(?:至|到|[-~—–]{1,2})\s*")
_MAY = "[得能应会可]"
_GAP = r"[^\d,;。、]{0,4}"
_BEFORE = re.compile(
    rf"(?:(?P<most>不{_MAY}?(?:超过?|[多大高]于)|[至最][多高]{_GAP}|(?<!不)(?<!不{_MAY})[低少小]于|不[到足]|[不未]满)|"
    rf"(?P<least>超过?|[多大高]于|不{_MAY}?[低少小]于|[至最][少低]{_GAP}|起码|不止|满))$"
)
_BEHIND = re.compile(r"(?:\(含[^)]*\))?[及或]?(?:(?P<least>以上)|(?P<most>以[下内]|之?内(?![\u4e00-\u9fff])))")
_REACH = 12
"""Characters before a number among which its bound stands: 最高可给予."""
_ENDLESS = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount.

    Attributes:
        least: the least that it may be; 0 where only the most is given.
        most: the most that it may be; infinite where only the least is given.
        scaled: whether it is written with 万 or 亿, after which what is counted may be left out.
        unit: what it is counted in; empty where none is known.
    """

    least: Decimal
    most: Decimal
    scaled: bool
    unit: str

    @property
    def named(self) -> tuple[Decimal, ...]:
        """The numbers that stand there."""
        return tuple({one for one in (self.least, self.most) if one.is_finite() and (one or not self.most)})

    def counts_like(self, other: Amount) -> bool:
        """Whether both count the same: 1500亿 and 100元 do, 8亩 and 5家 do not. Bare numbers count nothing.

        1500亿 may be of anything that is written so, and is money where 元 is what there is.
        """
        if self.unit == other.unit:
            return bool(self.unit) or (self.scaled and other.scaled)
        if self.unit and other.unit:
            return False
        bare, whole = (other, self) if self.unit else (self, other)
        return bare.scaled and (whole.scaled or whole.unit == "元")

    def holds(self, other: Amount) -> bool:
        """Whether what is so much is always as much as this, too: 超过50家 holds 100家以上."""
        return self.least <= other.least and other.most <= self.most


def amounts(text: str) -> list[Amount]:
    """The amounts in a normalised text, its numbers in digits or in words; years and labels (第3条) are none.

    One thing (一个) is none: it mostly counts nothing.
    """
    return [
        one
        for one in amounts_in_digits(plain(text))
        if not (one.named == (Decimal(1),) and re.match(_COUNTED, one.unit))
    ]


def amounts_in_digits(text: str) -> list[Amount]:
    """The amounts in a normalised text whose numbers are in digits, in order."""
    text, found, end = YEAR.sub(" ", text), list[Amount](), -1
    for match in _AMOUNT.finditer(text):
        amount = _amount(match)
        if found and _TO.fullmatch(text, end, match.start()):
            amount = _spanned(found, amount, LARGE.get(match["scale"] or "", 1))
        found.append(amount)
        end = match.end()
    return found


def written(text: str) -> list[tuple[str, str]]:
    """The numbers in a normalised text that stand in digits, years left out: (digits, 万 or 亿 or else the unit).

    The digits are those that stand there but for 5千 and 1亿5000万, which are written out, and 8成, which is 80%.
    """
    found = []
    for match in _AMOUNT.finditer(YEAR.sub(" ", text)):
        number, unit = match["number"], match["scale"] or match["unit"] or ""
        if not number.replace(".", "").isdecimal() or match["unit"] == "成":
            value = _value(number + (match["scale"] or "")) / LARGE.get(unit, 1)
            number, unit = (f"{value * 10:f}", "%") if match["unit"] == "成" else (f"{value:f}", unit)
        found.append((number, unit))
    return found


def _amount(match: re.Match[str]) -> Amount:
    value, unit = _value(match["number"] + (match["scale"] or "")), match["unit"] or ""
    if unit == "成":
        value, unit = value * 10, "%"
    before = _BEFORE.search(match.string, max(0, match.start() - _REACH), match.start())
    behind = _BEHIND.match(match.string, match.end())
    at_least = any(found and found["least"] for found in (before, behind))
    at_most = any(found and found["most"] for found in (before, behind))
    return Amount(
        Decimal(0) if at_most else value,
        _ENDLESS if at_least and not at_most else value,
        bool(re.search("[万亿]", match.group())),
        "个工作日" if unit == "工作日" else unit,
    )


def _spanned(found: list[Amount], last: Amount, scale: int) -> Amount:
    """The span from the amount found last to another one: 20—30家; the other one where the two make none."""
    first = found[-1]
    bare = not (first.unit or first.scaled)
    low = max(first.named) * (scale if bare else 1)
    high = max(last.named)
    if low >= high or not (bare or first.counts_like(last)):
        return last
    found.pop()
    return Amount(low, high, last.scaled, last.unit)


def _value(number: str) -> Decimal:
    """The value of a number such as 1.5万亿 or 1亿5000万."""
    total = Decimal(0)
    for digits, thousand, scale in _STEP.findall(number):
        total += Decimal(digits) * {"": 1, "百": 100, "千": 1000}[thousand] * LARGE.get(scale, 1)
    return total
