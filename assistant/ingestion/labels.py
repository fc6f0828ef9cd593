"""The labels that number a document: a line → the label it opens with, if any."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.indexing.numerals import CHINESE, parse_numeral

Level = Literal["chapter", "article", "question", "han", "paren", "digit", "paren_digit", "circled", "attachment"]
"""第X部分/编/章/节, 第X条, 问1：, 一、, （一）, 1., （1）, ①, 附件. Brackets （(〔[ are alike."""

DIGITS = "0-9０-９"
_HAN = f"[{CHINESE}](?: ?[{CHINESE}]){{0,7}}"
_OPEN, _CLOSE = r"[（(〔\[﹝]", r"[）)〕\]﹞]"
_MARKDOWN = re.compile(r"[#＃]{1,6} ?|[*]{2}")
_REFERENCE = r"(?! ?(?:[项款条目至、，。；的或]|[（(〔]))"

_LISTED = re.compile(rf" ?(?P<n>[{CHINESE}]{{1,2}}) ?(?:、|级|类|线|期|产业|等)")

_PATTERNS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第 ?(?P<n>{_HAN}|[{DIGITS}]{{1,4}}) ?(?P<unit>部分|[编章节篇])(?![的、，。；第])")),
    ("article", re.compile(rf"第 ?(?P<n>{_HAN}|[{DIGITS}]{{1,4}}) ?条(?! ?(?:[、，。；第至的款项]|之[{CHINESE}]))")),
    ("question", re.compile(rf"【?(?:问题?|[QＱ]) ?(?P<n>{_HAN}|[{DIGITS}]{{1,3}}) ?[】：:、.．]")),
    ("han", re.compile(rf"(?P<n>{_HAN}) ?(?:、|[．.](?![{DIGITS}]))")),
    ("paren", re.compile(rf"{_OPEN} ?(?P<n>{_HAN}) ?{_CLOSE}{_REFERENCE}")),
    ("paren", re.compile(rf"(?P<n>[㈠-㈩]){_REFERENCE}")),
    ("paren_digit", re.compile(rf"{_OPEN} ?(?P<n>[{DIGITS}]{{1,3}}) ?{_CLOSE}{_REFERENCE}")),
    ("paren_digit", re.compile(rf"(?P<n>[⑴-⒇]){_REFERENCE}")),
    ("digit", re.compile(rf"(?P<n>[{DIGITS}]{{1,3}}) ?[.．、](?![{DIGITS}](?!\d{{3}} ?年))")),
    ("digit", re.compile(r"(?P<n>[⒈-⒛])")),
    ("circled", re.compile(r"(?P<n>[①-⑳])")),
    ("attachment", re.compile(rf"附(?:件|录|表|图)? ?(?P<n>[{DIGITS}]{{1,2}}|{_HAN})? ?(?:[：:]|(?= |$))|附件")),
)

QUESTION = re.compile(r"【?问题?】?[：:]|【问题?】|[QＱ][：:]")
"""What a question opens with that has no number."""
ANSWER = re.compile(rf"【?答[复案]?】?[：:]|【答[复案]?】|[AＡ] ?[{DIGITS}]{{0,3}}[：:]")
"""What an answer opens with."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the start of a line.

    Attributes:
        level: what kind of label it is.
        number: its number; 0 for an attachment without one.
        text: the label as printed, without the space that follows it.
        unit: 部分, 编, 篇, 章 or 节 for a chapter, else empty.
        end: where the words after the label start in the line (a space may come first).
    """

    level: Level
    number: int
    text: str
    unit: str
    end: int


def match_label(line: str) -> Label | None:
    """Finds the label that a line opens with; whether it is meant as one, its neighbours must tell.

    Args:
        line: a line or paragraph without leading white space; single spaces inside the label are allowed.

    Returns:
        The label, or None where the line opens with none. A Markdown `##` before the label is skipped.
    """
    prefix = _MARKDOWN.match(line)
    start = prefix.end() if prefix else 0
    for level, pattern in _PATTERNS:
        match = pattern.match(line, start)
        if match is None:
            continue
        number = _number(match["n"])
        if number is None or (level == "han" and _enumerates(number, line[match.end() :])):
            continue
        unit = match["unit"] if level == "chapter" else ""
        return Label(level, number, match[0].rstrip(), unit, match.end())
    return None


def _number(printed: str | None) -> int | None:
    if not printed:
        return 0
    for first, last in ("㈠㈩", "⑴⒇", "⒈⒛"):  # their compatibility forms carry brackets or a stop
        if first <= printed <= last:
            return ord(printed) - ord(first) + 1
    return parse_numeral(printed)


def _enumerates(number: int, rest: str) -> bool:
    """Whether a numeral and `、` begin a list of numbers (一、二级市场) and are no label."""
    match = _LISTED.match(rest)
    return match is not None and parse_numeral(match["n"]) == number + 1
