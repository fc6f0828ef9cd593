"""English number words → int: “four”, “twenty-one”, “the eleventh”, “4th”."""

from __future__ import annotations

import re

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
