"""Names with a number in them (“五大领域”, “两城”, “7+3”) → whether a text says what they consist of.

Policy texts are full of such names. A sentence that uses one is no answer to the question what it stands for, unless
it lists as many things as the number says.
"""

from __future__ import annotations

import re

_VALUES = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ASKS_CONTENT = re.compile(
    r"哪|什么|啥|具体|分别|代表|指|含义|意思|内容|解释|怎么(?:讲|说|理解)|包括|包含|"
    r"\b(?:what|which|mean|stand for|consist)\b"
)
_QUOTED = re.compile(r"[“\"']([^”\"']{2,10})[”\"']")
_NUMBERED = re.compile(r"([两二三四五六七八九十])(?:大|个|项|条|类|级|种|方面|位一体)?([\u4e00-\u9fff]{1,4})")
_DIGITS = re.compile(r"\d\+\d|(?<!\d)(?!(?:19|20)\d\d)\d{4}(?!\d)")
_COORDINATION = re.compile(r"、|和|与|以及|及")
_PART = re.compile(r"[,;。:]")


def asked_label(question: str, text: str) -> str | None:
    """The name that a normalised question wants spelt out, when a normalised text uses it; None when there is none."""
    if not _ASKS_CONTENT.search(question):
        return None
    for match in _DIGITS.finditer(question):
        if match.group() in text:
            return match.group()
    for quoted in _QUOTED.findall(question):
        if quoted in text and _names_a_number(quoted):
            return str(quoted)
    for match in _NUMBERED.finditer(question):
        for length in range(len(match.group()), 1, -1):
            name = match.group()[:length]
            if length > len(match.group(1)) and f"“{name}”" in text:
                return name
    for name in re.findall(r"“([^”]{2,8})”", text):
        if name in question and _names_a_number(name):
            return str(name)
    return None


def spells_out(name: str, text: str) -> bool:
    """Whether a normalised text lists what the name consists of, in the stretch or the sentence that uses it."""
    number = _VALUES.get(name[0]) if not name[1:2].isdigit() and not _all_numerals(name) else None
    for sentence in text.split("。"):
        if name not in sentence:
            continue
        for part in _PART.split(sentence):
            items = len(_COORDINATION.split(part.replace(name, "")))
            if name in part and (items == number if number else items >= 3):
                return True
        if number and re.search(_list_of(number, name[-1]), sentence):
            return True
    return False


def _names_a_number(name: str) -> bool:
    return any(character in _VALUES or character == "一" or character.isdigit() for character in name)


def _all_numerals(name: str) -> bool:
    return all(character in _VALUES or character == "一" or not character.isalpha() for character in name)


def _list_of(number: int, last: str) -> str:
    """Matches that many coordinated items that end in the same character as the name."""
    item = rf"[^,;。、和与及]{{1,12}}{re.escape(last)}"
    return rf"{item}(?:(?:、|和|与|及){item}){{{number - 1}}}"
