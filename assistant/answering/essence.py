"""A text → its essence, the form in which two texts that say the same in the same words are equal.

Punctuation, spaces, which word joins the items of a list and ways to write a number do not count; every other
character does.
"""

from __future__ import annotations

import re

from assistant.indexing.analysis import normalize
from assistant.indexing.numerals import CHINESE, parse_numeral
from assistant.schema import Language

_NUMERAL = re.compile(f"[{CHINESE}]+")
_DIGIT = "〇○零一二三四五六七八九"
_DECIMAL = re.compile(
    rf"(?P<share>百分之)?(?<![{CHINESE}\d])(?P<whole>[{CHINESE}\d]{{1,8}})点(?P<behind>[{_DIGIT}\d]{{1,8}})"
    r"(?(share)|(?=[万亿倍]|个百分点))"
)
"""A number that is said with what stands behind its point: 百分之三点五, 六点五亿; 三点五十分 is a time."""
_PER_CENT = re.compile(r"百分之(\d+(?:\.\d+)?)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s、,;:](?=\d)")
_MARKS = re.compile(r"[\s，。；：！？,;:!?“”‘’\"'《》〈〉「」『』（）()【】—…]|(?<!\d)\.|\.(?!\d)")
_JOINERS = re.compile(r"以及|[和与及]")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_ENGLISH_MARKS = re.compile(r"[,;:!?“”\"()…]|(?<!\d)\.|\.(?!\d)")

NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
LATIN = re.compile(r"[a-z][a-z0-9+-]*")


def plain(text: str) -> str:
    """The text normalised, its numbers in digits: 百分之三点五 → 3.5%, 二〇二五年 → 2025年, 1,000 → 1000."""
    text = _NUMERAL.sub(_digits, _DECIMAL.sub(_decimal, normalize(text)))
    return without_thousands(_PER_CENT.sub(r"\1%", text))


def without_thousands(text: str) -> str:
    """The text without the commas that part thousands: 1,500亿."""
    return _THOUSANDS.sub("", text)


def _decimal(match: re.Match[str]) -> str:
    whole = parse_numeral(match["whole"])
    if whole is None:
        return match.group()
    behind = "".join(str(parse_numeral(digit)) for digit in match["behind"])
    return f"{match['share'] or ''}{whole}.{behind}"


def _digits(match: re.Match[str]) -> str:
    value = parse_numeral(match.group())
    if value is None or match.group() in ("百", "千"):
        return match.group()
    return str(value)


def essence(text: str, language: Language = "zh") -> str:
    """What of a text must be equal for two texts to say the same in the same words."""
    if language == "en":
        folded = _THOUSANDS.sub("", normalize(text, keep_spaces=True))
        return " ".join(_ARTICLES.sub(" ", _ENGLISH_MARKS.sub(" ", folded)).split())
    # Marks between digits stay: 1、2 is not 12.
    marked = _BETWEEN_DIGITS.sub("|", plain(text))
    # 甲和乙 is 甲、乙, but 民营和企业 is not 民营企业.
    return _JOINERS.sub("、", _MARKS.sub("", marked))


def numbers(text: str) -> list[str]:
    """The numbers of a text in order, in digits, per cents with their sign."""
    return NUMBER.findall(plain(text))


def latin(text: str) -> set[str]:
    """The Latin words of a text, in lower case."""
    return set(LATIN.findall(normalize(text, keep_spaces=True)))


def runs(text: str, length: int) -> set[str]:
    """The stretches of that many characters in a text."""
    return {text[at : at + length] for at in range(len(text) - length + 1)}
