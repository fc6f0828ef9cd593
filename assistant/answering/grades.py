"""The grade, class, line or numbered place that a question is about, and a row of a table → whether it is of another.

The row for class A looks as if it answered what is asked of class B: all its words are the same but one character.
"""

from __future__ import annotations

import re

from assistant.indexing.numerals import CHINESE, parse_numeral

_UNIT = "级|类|档|等(?=奖|功|座|舱|残|$)|星|型|路|号线|期|千伏"
_VALUE = rf"[{CHINESE}]{{1,3}}|\d{{1,4}}|[甲乙丙丁戊己]|(?<![a-z])[a-h]"
_GRADE = re.compile(rf"(?P<value>{_VALUE})(?P<unit>{_UNIT})")
_SEVERAL = re.compile(
    rf"(?P<first>{_VALUE})(?:{_UNIT})?(?P<to>至|到|-|—|~|、|和|及|或)(?P<last>{_VALUE})(?P<unit>{_UNIT})"
)
_NUMBERED = re.compile(
    r"(?<![\d.,])(?P<value>\d{1,5})(?![个名家年月日号岁元万亿天次人户里时分])"
    r"(?P<unit>[\u4e00-\u9fff]{0,3}?[区站栋幢楼组队村社弄巷室院厂校班线所点口门库桥窗店])|"
    r"(?<![\d.,月])(?P<house>\d{1,5})号(?!前|之前|起|至|到|后|以|线)"
)
"""A place told from its like by a number: 37便民站, 3号."""
_OPEN = re.compile(rf"(?:{_VALUE})(?P<unit>{_UNIT})(?:\(含\)|及)?(?:其)?以[上下]|不分(?P<none>级|类|档|等|型)")
"""What takes in more grades than it names: 三级以上."""

Grade = tuple[int | str, str]
"""A grade and what it is one of: (2, "级")."""


def grades(text: str) -> set[Grade]:
    """The grades that a normalised text names, and its numbered places: 二级, 一至三级, 甲类, 27路, 37便民站."""
    found = {(_read(match["value"]), match["unit"]) for match in _GRADE.finditer(text)}
    found |= {
        (int(match["house"]), "号") if match["house"] else (int(match["value"]), match["unit"])
        for match in _NUMBERED.finditer(text)
    }
    for match in _SEVERAL.finditer(text):
        first, last, unit = _read(match["first"]), _read(match["last"]), match["unit"]
        found.add((first, unit))
        if isinstance(first, int) and isinstance(last, int) and match["to"] in "至到-—~":
            found |= {(value, unit) for value in range(first, last)}
    return found


def of_another_grade(row: str, asked: str) -> bool:
    """Whether a row of a table, normalised, names grades of a kind that a question names one of, but not that one."""
    wanted = grades(asked)
    if not wanted:
        return False
    named = grades(row)
    open_units = {match["unit"] or match["none"] for match in _OPEN.finditer(row)}
    kinds = {unit for _, unit in named} - open_units
    return any(unit in kinds and not named & {grade for grade in wanted if grade[1] == unit} for _, unit in wanted)


def _read(value: str) -> int | str:
    return value if value.isascii() and value.isalpha() else parse_numeral(value) or value
