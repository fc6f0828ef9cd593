"""The age that a question is about, and a text → whether what it says holds at that age.

Who is 65 and asks whether the metro costs anything is misled by what holds from 60 to 64, however alike the words are.
"""

from __future__ import annotations

import re

from assistant.indexing.numerals import CHINESE, parse_numeral

_TO = "[至到~\u2013\u2014-]"
_SPELLED = re.compile(rf"(?<![{CHINESE}])[{CHINESE}]{{1,4}}(?=(?:{_TO}[{CHINESE}]{{1,4}})?周?岁)")
"""A number of years in words: 六十周岁, 六十至六十四周岁."""
_ABOUT = re.compile("[一二三四五六七八九两]{2}")
"""Two digits in words side by side, either of which may be meant: 两三岁 is not 23."""
_PEOPLE = (
    "[爸妈爹娘爷奶公婆姥舅姑姨叔伯婶嫂哥姐弟妹娃我他她]|老[人伴头]|老太|父亲|母亲|孩子|小孩|儿子|女儿|本人|"
    "[男女]的|今年|明年"
)
_UNIT = "年月日号楼个元块毛角万千百亿平米斤人户亩度点时分天次间套路层吨公里栋种类级条项口头只位名件张家公"
_TOLD = re.compile(
    rf"(?:{_PEOPLE})(?:都|刚|才|快|已经|满|也|快要|有)*(?P<age>\d{{2,3}})(?![\d.,]*(?:[\da-z.%岁周{_UNIT}]|[多几余来][{_UNIT}]))|"
    r"^(?P<alone>\d{2,3})(?=了|啦|还|没|一个人|能|该|算)"
)
"""An age without its unit: 我妈83了, 女的42没工作; not 我妈80多平的房子."""

_ASKED = re.compile(
    r"(?<![\d.至到~\u2013\u2014-])(\d{1,3})周?岁(?!以|及|至|到|[~\u2013\u2014-])|"
    r"\b(\d{1,3})[- ]years?[- ]olds?\b|\b(?:aged?|turn(?:ed|ing)?) (\d{1,3})\b|\b(\d{1,3}) years of age\b"
)
_BOUND = re.compile(
    rf"(?P<from>\d{{1,3}})(?:周?岁)?{_TO}(?P<to>\d{{1,3}})周?岁|"
    r"(?P<not>不[得能可应宜准]?|(?:尚|还)?[未没]有?)?"
    r"(?:(?P<over>超过|[大高多]于)|(?P<reach>年?满|足|达到?|(?<=[不未没])到)|(?P<short>[小低少]于))(?P<years>\d{1,3})周?岁|"
    r"(?P<last>\d{1,3})周?岁(?:及|\(含[^)]*\))?(?:(?P<below>以[下内])|以上)"
)
"""A span of years, or one bound of it: 不得超过45周岁, 未年满18周岁, 60周岁以上."""
_WITHIN = re.compile(r"(?:以上)?(?:\(含[^)]*\))?[^。;(]{0,3}")
"""What may stand between the bounds of one span: 18周岁以上(含18周岁),60周岁以下; 年满16周岁,男不满60周岁."""
OLDEST = 200
"""More than anyone's years, where a text names no upper bound."""
EMERGENCY = 110
"""Years from which on a number without its unit is not taken for an age: it is rather one to call (110, 120)."""


def age_asked(text: str) -> int | None:
    """The age in years that a normalised question names as somebody's; None where it names none, or several."""
    text = _in_digits(text)
    found = {int(next(filter(None, groups))) for groups in _ASKED.findall(text)}
    if not found:
        told = [int(match["age"] or match["alone"]) for match in _TOLD.finditer(text)]
        found = {age for age in told if age < EMERGENCY}
    return found.pop() if len(found) == 1 else None


def _in_digits(text: str) -> str:
    """The text with numbers of years that stand in words in digits."""

    def in_digits(match: re.Match[str]) -> str:
        number = None if _ABOUT.fullmatch(match[0]) else parse_numeral(match[0])
        return match[0] if number is None else str(number)

    return _SPELLED.sub(in_digits, text)


def names_ages(text: str) -> bool:
    """Whether a normalised text says for which ages something holds."""
    return bool(_BOUND.search(_in_digits(text)))


def holds_at(text: str, age: int) -> bool | None:
    """Whether one of the spans of age that a normalised text names takes in an age in years; None where it names none.

    年满60周岁不满65周岁 is one span, [60, 65). A lower bound goes for all the upper ones that follow it in a row, as
    for men and for women.
    """
    text = _in_digits(text)
    spans: list[tuple[int, int]] = []
    lower, is_open, before = 0, False, 0
    for match in _BOUND.finditer(text):
        if not _WITHIN.fullmatch(text[before : match.start()]):
            lower = 0
        before = match.end()
        start, end = _span(match)
        if not start and lower < end:
            if lower and is_open:
                spans.pop()
            start = lower
        else:
            lower = start if end == OLDEST else 0
        is_open = end == OLDEST
        spans.append((start, end))
    return any(start <= age < end for start, end in spans) if spans else None


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The years from, and those before which, what one bound says holds."""
    if match["from"]:
        return int(match["from"]), int(match["to"]) + 1
    if match["last"]:
        return (0, int(match["last"]) + 1) if match["below"] else (int(match["last"]), OLDEST)
    years = int(match["years"])
    if bool(match["not"]) == bool(match["short"]):
        return years, OLDEST
    # 不超过60周岁 takes in those who are 60.
    return 0, years + 1 if match["over"] else years
