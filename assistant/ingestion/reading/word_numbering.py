"""Word's automatic numbers: the paragraphs of a file, in order → the label that Word prints before each.

Such labels (第三条, （二）, 1.) are not in the paragraph's text: the file only says which list it belongs to, and
how each level of that list counts (ECMA-376-1, 17.9). Counters belong to the list's definition (`abstractNum`); a `num`
that overrides the start begins anew where it is first used.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from assistant.indexing.numerals import to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_COUNTING = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
_DECIMAL = frozenset({"decimal", "decimalHalfWidth"})
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_BIG_DIGITS = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LEVELS = 9


class UnknownNumbers(Exception):
    """A list counts in a way that is not known here: better no label than a wrong one."""


class Numbering:
    """Counts through a file; each paragraph that is printed must be shown to it once, in order.

    Args:
        numbering: root of `numbering.xml`; None where the file has none.
        styles: root of `styles.xml`; None where the file has none.
    """

    def __init__(self, numbering: Any, styles: Any) -> None:
        found = [] if numbering is None else numbering
        self._abstract = {one.get(f"{W}abstractNumId"): one for one in found if one.tag == f"{W}abstractNum"}
        self._nums = {one.get(f"{W}numId"): one for one in found if one.tag == f"{W}num"}
        found = [] if styles is None else styles
        self._styles = {one.get(f"{W}styleId"): one for one in found if one.tag == f"{W}style"}
        self._default = next(
            (
                one.get(f"{W}styleId")
                for one in self._styles.values()
                if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def style_name(self, paragraph: Any) -> str:
        """Name of a paragraph's style, in lower case; empty where it has none."""
        style = self._styles.get(_value(paragraph, "pPr", "pStyle"))
        return (_value(style, "name") or "").lower() if style is not None else ""

    def label(self, paragraph: Any) -> str:
        """The label before a paragraph, with the space that follows it; empty where there is none.

        Raises:
            UnknownNumbers: it has one, which cannot be told. It is counted all the same.
        """
        place = self._place(paragraph)
        if place is None:
            return ""
        num_id, level = place
        abstract_id = _value(self._nums[num_id], "abstractNumId") or ""
        counts = self._count(abstract_id, num_id, level)
        definition = self._level(num_id, level)
        if definition is None or _value(definition, "numFmt") == "bullet":
            return ""
        text = _value(definition, "lvlText") or ""
        legal = definition.find(f"{W}isLgl") is not None
        for other in range(_LEVELS):
            if f"%{other + 1}" in text:
                shown = self._level(num_id, other)
                number = counts.get(other, _start(shown))
                text = text.replace(f"%{other + 1}", _written(number, "decimal" if legal else _format(shown)))
        if not text.strip():
            return ""
        return text if _value(definition, "suff") == "nothing" else text + " "

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and the level that a paragraph counts in."""
        own = _find(paragraph, "pPr", "numPr")
        num_id, level = _value(own, "numId"), _value(own, "ilvl")
        if num_id is None:
            style_id = _value(paragraph, "pPr", "pStyle") or self._default
            num_id, of_style = self._of_style(style_id)
            level = of_style if level is None else level
        if num_id is None or num_id not in self._nums:  # 0 takes a paragraph out of its style's list
            return None
        number = int(level) if level and level.isdecimal() else 0
        return (num_id, number) if number < _LEVELS else None

    def _of_style(self, style_id: str | None) -> tuple[str | None, str | None]:
        seen: set[str] = set()
        level: str | None = None
        while style_id and style_id not in seen and (style := self._styles.get(style_id)) is not None:
            seen.add(style_id)
            numbered = _find(style, "pPr", "numPr")
            level = level or _value(numbered, "ilvl")
            num_id = _value(numbered, "numId")
            if num_id is not None:
                return num_id, level or self._linked(num_id, seen)
            style_id = _value(style, "basedOn")
        return None, None

    def _linked(self, num_id: str, styles: set[str]) -> str | None:
        """The level that names one of these styles as its own."""
        abstract = self._definition(num_id)
        for one in abstract.findall(f"{W}lvl") if abstract is not None else ():
            if _value(one, "pStyle") in styles:
                return str(one.get(f"{W}ilvl"))
        return None

    def _definition(self, num_id: str) -> Any:
        """The `abstractNum` of a list; one that only points to a list style is followed to the list's own."""
        num = self._nums.get(num_id)
        abstract = self._abstract.get(_value(num, "abstractNumId") or "") if num is not None else None
        link = _value(abstract, "numStyleLink")
        if link:
            target = _value(self._styles.get(link), "pPr", "numPr", "numId")
            other = self._nums.get(target or "")
            if other is not None and target != num_id:
                return self._abstract.get(_value(other, "abstractNumId") or "")
        return abstract

    def _level(self, num_id: str, level: int) -> Any:
        abstract = self._definition(num_id)
        override = self._override(num_id, level)
        own = override.find(f"{W}lvl") if override is not None else None
        if own is not None:
            return own
        return None if abstract is None else _at(abstract.findall(f"{W}lvl"), level)

    def _override(self, num_id: str, level: int) -> Any:
        return _at(self._nums[num_id].findall(f"{W}lvlOverride"), level)

    def _count(self, abstract_id: str, num_id: str, level: int) -> dict[int, int]:
        counts = self._counts[abstract_id]
        start = _value(self._override(num_id, level), "startOverride")
        if start is not None and start.isdecimal() and (num_id, level) not in self._begun:
            counts[level] = int(start)
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = _start(self._level(num_id, level))
        self._begun.add((num_id, level))
        for lower in [other for other in counts if other > level]:
            after = _value(self._level(num_id, lower), "lvlRestart")
            if after is None or (after.isdecimal() and level < int(after)):
                del counts[lower]
        return counts


def _find(element: Any, *path: str) -> Any:
    for name in path:
        element = element.find(W + name) if element is not None else None
    return element


def _value(element: Any, *path: str) -> str | None:
    found = _find(element, *path)
    return None if found is None else found.get(f"{W}val")


def _at(levels: list[Any], level: int) -> Any:
    return next((one for one in levels if one.get(f"{W}ilvl") == str(level)), None)


def _start(definition: Any) -> int:
    start = _value(definition, "start")
    return int(start) if start and start.isdecimal() else 1


def _format(definition: Any) -> str:
    return _value(definition, "numFmt") or "decimal"


def _written(number: int, style: str) -> str:
    """A number as a list prints it.

    Raises:
        UnknownNumbers: the way of counting is not known, or does not reach so far.
    """
    if number < 0 or number > 9999:
        raise UnknownNumbers(style)
    if style in _DECIMAL:
        return str(number)
    if style == "decimalZero":
        return f"{number:02}"
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_FULL_WIDTH)
    if style in _COUNTING:
        return to_chinese(number)
    if style == "chineseLegalSimplified":
        return ("壹" if 10 <= number < 20 else "") + to_chinese(number).translate(_BIG_DIGITS)
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if style == "none":
        return ""
    if number and style in _CIRCLED and number <= 20:
        return chr(ord("①") + number - 1)
    if number and style == "ideographTraditional" and number <= len(_STEMS):
        return _STEMS[number - 1]
    if number and style == "ideographZodiac" and number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    if number and style in ("lowerLetter", "upperLetter") and number <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
    if number and style in ("lowerRoman", "upperRoman") and number < 40:
        roman = _roman(number)
        return roman if style == "lowerRoman" else roman.upper()
    raise UnknownNumbers(style)


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (number // value)
        number %= value
    return written
