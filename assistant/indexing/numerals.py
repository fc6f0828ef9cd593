"""Numerals as Chinese documents print them: text → int, int → text."""

from __future__ import annotations

import re
import unicodedata

LARGEST = 9999
"""The largest number that `parse_numeral` and `to_chinese` know."""

CHINESE = "〇○零一二三四五六七八九十百千两兩廿卅"
"""The characters that Chinese numerals up to 9999 are written with (in labels)."""

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_VARIANTS = str.maketrans("〇○兩两壹贰貳叁肆伍陆陸柒捌玖拾佰仟", "零零二二一二二三四五六六七八九十百千")
_SPACES = re.compile(r"\s+")
_ABOUT = frozenset("一二 二三 三四 四五 五六 六七 七八 八九 三五".split())
"""What is said for about so many: 两三年, 三五个."""
_NUMERAL = re.compile(
    r"(?:(?P<thousands>[一二三四五六七八九])?(?P<thousand>千))?"
    r"(?:(?P<zero_h>零)?(?P<hundreds>[一二三四五六七八九])?(?P<hundred>百))?"
    r"(?:(?P<zero_t>零)?(?P<tens>[一二三四五六七八九])?(?P<ten>十))?"
    r"(?:(?P<zero_u>零)?(?P<units>[一二三四五六七八九]))?"
)


def parse_numeral(text: str) -> int | None:
    """Reads a numeral: `十一`, `一百零三`, `百二十三`, `廿三`, `二〇二〇`, `12`, `１２`, `⑫`.

    Args:
        text: the numeral alone; white space in it is ignored.

    Returns:
        The number, 0 to 9999, or None when the text is no numeral, a malformed one (`一百二`, `十百`), or tells only
        about how many (`两三`, `五六`).
    """
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text)).translate(_VARIANTS)
    if not plain:
        return None
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain.lstrip("0")) <= 4 else None
    if plain in _ABOUT:
        return None
    if all(character in _DIGITS for character in plain) and len(plain) <= 4:
        return int("".join(str(_DIGITS[character]) for character in plain))
    return _parse_units(plain.replace("廿", "二十").replace("卅", "三十"))


def _parse_units(plain: str) -> int | None:
    match = _NUMERAL.fullmatch(plain)
    if match is None:
        return None
    group = match.groupdict()
    above_units = bool(group["thousand"] or group["hundred"])
    if group["units"] and above_units and not group["ten"] and not group["zero_u"]:
        return None  # 一百二 is said for 120, and 102 is written 一百零二
    total = 0
    for digit, unit, value in (("thousands", "thousand", 1000), ("hundreds", "hundred", 100), ("tens", "ten", 10)):
        if group[unit]:
            total += value * _DIGITS[group[digit] or "一"]
    return total + (_DIGITS[group["units"]] if group["units"] else 0)


def to_chinese(number: int) -> str:
    """Writes a number the way clause labels do: 11 → `十一`, 103 → `一百零三`, 110 → `一百一十`.

    Args:
        number: 0 to 9999.

    Returns:
        The numeral in simplified Chinese.

    Raises:
        ValueError: the number is out of range.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and {LARGEST}")
    if number < 10:
        return "零一二三四五六七八九"[number]
    written, skipped = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit == 0:
            skipped = bool(written)
            continue
        written += ("零" if skipped else "") + "零一二三四五六七八九"[digit] + unit
        skipped = False
    return written[1:] if written.startswith("一十") else written
