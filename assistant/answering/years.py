"""The years that a question names → those of which a text does not speak: of 2023 it does with 2021—2025年."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.essence import plain

_YEAR = r"(?<!\d)(?P<first>(?:19|20)\d\d)年?(?:\d{1,2}月)?(?:\d{1,2}日)?"
_SPAN = re.compile(rf"{_YEAR}(?:起|开始)?(?:至|到|[-~—–]{{1,2}})(?P<last>(?:19|20)\d\d)(?!\d)")
_START = re.compile(rf"{_YEAR}(?:起|开始|以[来后]|之后)")
_UNTIL = re.compile(r"(?:[至到]|截止|有效期)[^\d,;。]{0,4}((?:19|20)\d\d)(?!\d)")
_FOR = re.compile(r"(?:有效期|试行期?|为期)[^\d,;。]{0,4}(\d{1,2})年")
_BEHIND = 40
"""Characters behind a start among which its end stands: 自2024年1月1日起施行，有效期两年."""
TURNS = r"(?:就|才|正式|全面)?(?:起|开始|施行|实施|生效|启动|通过|印发|发布|公布|出台|到期|截止|结束|为止|失效|废止)"
"""What happens at one time: a year in which something goes on is not the one in which it began."""


def years_unsaid(question: str, years: Sequence[str], text: str, *, yes_no: bool) -> tuple[str, ...]:
    """The years of a normalised question of which a normalised text does not speak.

    It speaks of those that stand there, in digits or in words, and of those in a span (2021年至2025年) or since a start
    (自2021年起) up to the end that is given for it. Where the question says that something begins or ends in a year
    (2023年起施行吧), that year must stand there itself. A start without an end counts where it is asked if something is
    so (`yes_no`): it goes on, but how much it is by then it does not say, as a standard is often set anew
    (2025年低保标准多少, where the one of 2023 is given).
    """
    if not years:
        return ()
    said = plain(text)
    spans = list(_spans(said, open_ended=yes_no))
    return tuple(
        year
        for year in years
        if year not in said
        and (_is_turn(question, year) or not any(first <= int(year) <= last for first, last in spans))
    )


def _is_turn(question: str, year: str) -> bool:
    return bool(re.search(rf"[自从]{year}|{year}年?(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?{TURNS}", question))


def _spans(said: str, open_ended: bool) -> Iterator[tuple[int, int]]:
    """The spans of years in a text, its numbers in digits: (first, last); those without an end only if they count."""
    for match in _SPAN.finditer(said):
        yield int(match["first"]), int(match["last"])
    for match in _START.finditer(said):
        first, behind = int(match["first"]), said[match.end() : match.end() + _BEHIND]
        until, lasts = _UNTIL.search(behind), _FOR.search(behind)
        if until or lasts or open_ended:
            yield first, int(until[1]) if until else first + int(lasts[1]) if lasts else 9999
