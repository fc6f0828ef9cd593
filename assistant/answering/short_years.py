"""Years of two digits in a question, as people type them → in full: 2025年 for 到25年产值要多少, 1998年 for 98年.

The same words may count years (干了25年, 交满15年): only where what stands around them is said of a year are they one.
"""

from __future__ import annotations

import re

_GOAL = "(?:目标|指标|任务|规划|计划|产值|年度|安排)"
_HAPPENS = "(?:通过|发布|印发|出台|公布|颁布|实施|施行|发的|定的|出的|开工|动工|通车|建成|召开|开的|才|就|底)"
_SPAN = "之?内|以?来|间|期|龄|多|左右|以上|以下|份|代|经营权|使用权"
"""What follows years that are counted."""
_SHORT = re.compile(
    r"^那?么?(?P<alone>\d\d)年的?呢?[?]*$|"
    rf"(?<![\d.,点第\u4e00-\u9fff])(?P<first>\d\d)年(?!{_SPAN})(?=[^,;。?]{{0,12}}(?:要|会|得|目标|指标|产值|规划|计划))|"
    rf"(?<![\d.,点第])(?P<dated>\d\d)年(?!{_SPAN})(?=的?(?:\d{{1,2}}月(?!份?额)|年?[底末初]|[上下]半年|第?[一二三四1-4]季度|[^,;。?年]{{0,6}}{_GOAL}))|"
    rf"(?:[到至在于是]|截[至止])(?P<till>[2-6]\d)年(?!{_SPAN})(?=[要能会得为时之,?]|以?前|$|{_HAPPENS}|[^,;。?年]{{0,6}}{_GOAL})"
)
_COUNTED = re.compile(
    r"龄|年限|期限|[缴交满租住干做活待用租产][了到满过]*$|延长|提高|增加|延|共|连续|近|约|超过?|[每头前后近满整]$"
)
"""What stands before years that are counted."""
REACH = 6
"""Characters before a number that are looked at."""
LATEST, LATEST_PAST = 69, 39
"""Two digits up to which a year is one of this century; the second with a month or a part of it: 60年3月生."""


def with_full_years(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """A normalised question with its years in four digits.

    Returns:
        The question, and what was changed: (as typed, as understood).
    """
    changes: list[tuple[str, str]] = []

    def in_full(match: re.Match[str]) -> str:
        kind = match.lastgroup or "alone"
        digits, (start, end) = match[kind], match.span(kind)
        if _COUNTED.search(text[max(0, start - REACH) : start]):
            return match[0]
        latest = LATEST_PAST if kind == "dated" else LATEST
        full = f"{'20' if int(digits) <= latest else '19'}{digits}"
        changes.append((f"{digits}年", f"{full}年"))
        return text[match.start() : start] + full + text[end : match.end()]

    return _SHORT.sub(in_full, text), tuple(changes)
