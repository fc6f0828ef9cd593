"""The age that a question is about, and a text → whether what it says holds at that age.

Who is 65 and asks whether the metro costs anything is misled by what holds from 60 to 64, however alike the words are.
"""

from __future__ import annotations

import re

from assistant.indexing.numerals import CHINESE, parse_numeral

_SPELLED = re.compile(rf"(?<![{CHINESE}])[{CHINESE}]{{1,4}}(?=(?:(?:至|到|—|-)[{CHINESE}]{{1,4}})?周?岁)")
"""A number of years in words: 六十周岁, 六十至六十四周岁."""
_PEOPLE = (
    "[爸妈爹娘爷奶公婆姥舅姑姨叔伯婶嫂哥姐弟妹娃我他她]|老[人伴头]|老太|父亲|母亲|孩子|小孩|儿子|女儿|本人|"
    "[男女]的|今年|明年"
)
_TOLD = re.compile(
    rf"(?:{_PEOPLE})(?:都|刚|才|快|已经|满|也|快要|有)*(?P<age>\d{{2,3}})(?![\d.,]*[\da-z.%年月日号楼岁周个元块毛角万千百亿平米斤"
    r"人户亩度点时分天次间套路层吨公里栋种类级条项口头只位名件张家公])|"
    r"^(?P<alone>\d{2,3})(?=了|啦|还|没|一个人|能|该|算)"
)
"""An age without its unit: 我妈83了, 女的42没工作."""

_ASKED = re.compile(
    r"(?<![\d.至到~-])(\d{1,3})周?岁(?!以|及|至|到|-|~)|"
    r"\b(\d{1,3})[- ]years?[- ]olds?\b|\b(?:aged?|turn(?:ed|ing)?) (\d{1,3})\b|\b(\d{1,3}) years of age\b"
)
_BOUND = re.compile(
    r"(?P<from>\d{1,3})(?:周?岁)?(?:至|到|-|—|~)(?P<to>\d{1,3})周?岁|"
    r"(?P<below>不满|未满|不足|不到|小于)(?P<under>\d{1,3})周?岁|"
    r"(?:不超过|不大于|不高于)(?P<up_to>\d{1,3})周?岁|"
    r"(?P<most>\d{1,3})周?岁(?:及|\(含\))?以[下内]|"
    r"(?:年?满|达到?|超过)(?P<reached>\d{1,3})周?岁|"
    r"(?P<least>\d{1,3})周?岁(?:及|\(含\))?以上"
)
OLDEST = 200
"""More than anyone's years, where a text names no upper bound."""


def age_asked(text: str) -> int | None:
    """The age in years that a normalised question names as somebody's; None where it names none, or several."""
    text = _in_digits(text)
    found = {int(next(filter(None, groups))) for groups in _ASKED.findall(text)}
    if not found:
        told = [int(match["age"] or match["alone"]) for match in _TOLD.finditer(text)]
        found = {age for age in told if age < OLDEST}
    return found.pop() if len(found) == 1 else None


def _in_digits(text: str) -> str:
    """The text with numbers of years that stand in words in digits."""
    return _SPELLED.sub(lambda match: str(parse_numeral(match[0]) or match[0]), text)


def names_ages(text: str) -> bool:
    """Whether a normalised text says for which ages something holds."""
    return bool(_BOUND.search(_in_digits(text)))


def holds_at(text: str, age: int) -> bool | None:
    """Whether one of the spans of age that a normalised text names takes in an age in years; None where it names none.

    年满60周岁不满65周岁 is one span, [60, 65).
    """
    spans: list[tuple[int, int]] = []
    before = 0
    for match in _BOUND.finditer(_in_digits(text)):
        found = match.groupdict()
        if found["from"]:
            spans.append((int(found["from"]), int(found["to"]) + 1))
        elif found["reached"] or found["least"]:
            spans.append((int(found["reached"] or found["least"]), OLDEST))
        else:
            end = int(found["under"]) if found["under"] else int(found["up_to"] or found["most"]) + 1
            # An upper bound right behind a lower one ends that span.
            if spans and spans[-1][1] == OLDEST and match.start() - before <= 2:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((0, end))
        before = match.end()
    return any(start <= age < end for start, end in spans) if spans else None
