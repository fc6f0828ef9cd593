"""English numbers → int (“four”, “twenty-one”, “the eleventh”, “4th”) or a quantity as Chinese writes it, and back."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.answering.english_kinds import COUNTED

_UNITS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "four": "fourth",
    "five": "fifth",
    "six": "sixth",
    "seven": "seventh",
    "eight": "eighth",
    "nine": "ninth",
}
_TEENS = {
    "ten": "tenth",
    "eleven": "eleventh",
    "twelve": "twelfth",
    "thirteen": "thirteenth",
    "fourteen": "fourteenth",
    "fifteen": "fifteenth",
    "sixteen": "sixteenth",
    "seventeen": "seventeenth",
    "eighteen": "eighteenth",
    "nineteen": "nineteenth",
}
_TENS = {
    "twenty": "twentieth",
    "thirty": "thirtieth",
    "forty": "fortieth",
    "fifty": "fiftieth",
    "sixty": "sixtieth",
    "seventy": "seventieth",
    "eighty": "eightieth",
    "ninety": "ninetieth",
}


def _values() -> tuple[dict[str, int], dict[str, int]]:
    cardinals: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    for value, (cardinal, ordinal) in enumerate([*_UNITS.items(), *_TEENS.items()], 1):
        cardinals[cardinal], ordinals[ordinal] = value, value
    for tens, (cardinal, ordinal) in enumerate(_TENS.items(), 2):
        cardinals[cardinal], ordinals[ordinal] = tens * 10, tens * 10
        for unit, (unit_cardinal, unit_ordinal) in enumerate(_UNITS.items(), 1):
            cardinals[f"{cardinal}-{unit_cardinal}"] = tens * 10 + unit
            ordinals[f"{cardinal}-{unit_ordinal}"] = tens * 10 + unit
    return cardinals, ordinals


def _any_of(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace("-", "[- ]") for word in longest_first)


_CARDINALS, _ORDINALS = _values()
CARDINAL = rf"(?:(?!(?:19|20)\d\d\b)\d{{1,4}}|(?:{_any_of(_CARDINALS)}))(?![a-z\d])"
"""Matches a number in digits or in words up to ninety-nine; four digits that may be a year are none."""
ORDINAL = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|(?:{_any_of(_ORDINALS)}))(?![a-z\d])"
"""Matches an ordinal in digits or in words up to ninety-ninth."""


def english_number(text: str) -> int:
    """The value of what `CARDINAL` or `ORDINAL` matches, in lower case."""
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits.group())
    word = text.replace(" ", "-")
    return _CARDINALS.get(word) or _ORDINALS[word]


_SCALES = {
    "trillion": (10_000, "亿"),
    "tn": (10_000, "亿"),
    "billion": (10, "亿"),
    "bn": (10, "亿"),
    "million": (100, "万"),
    "mn": (100, "万"),
}
_QUANTITY = re.compile(
    r"(?<![\d.,+])(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)\s*"
    rf"(?:(?P<scale>{'|'.join(_SCALES)})\b|(?P<share>%|per ?cent\b)|(?=(?P<thing>[a-z][a-z& -]{{0,50}})))"
)
_THINGS = tuple((unit, re.compile(rf"(?:[a-z&-]+ ){{0,3}}(?:{nouns})\b")) for unit, nouns in COUNTED)
_CHINESE_QUANTITY = re.compile(r"(\d+(?:\.\d+)?)([\u4e00-\u9fff])")


def english_quantities(text: str) -> list[tuple[str, str]]:
    """The quantities of a normalised English text as Chinese writes them: “150 billion” → ("1500", "亿").

    A number of things that Chinese counts with a measure word has that for its unit (“30 firms” → ("30", "家")); one of
    other things is left out.
    """
    found = []
    for match in _QUANTITY.finditer(text):
        value = Decimal(match["digits"].replace(",", ""))
        if match["scale"]:
            factor, unit = _SCALES[match["scale"]]
            found.append((_written(value * factor), unit))
        elif match["share"]:
            found.append((_written(value), "%"))
        else:
            unit = next((unit for unit, things in _THINGS if things.match(match["thing"])), "")
            if unit:
                found.append((_written(value), unit))
    return found


def in_english(quantity: str) -> str:
    """A quantity as Chinese writes it in English: 1500亿 → “150 billion”, 2030年 → “2030”; anything else as it is."""
    match = _CHINESE_QUANTITY.fullmatch(quantity)
    if match is None:
        return quantity
    value = Decimal(match[1])
    if match[2] == "亿":
        return f"{_written(value / 10)} billion"
    if match[2] == "万":
        return f"{_written(value / 100)} million" if value >= 100 else f"{_written(value * 10_000)}"
    return match[1]


def _written(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
