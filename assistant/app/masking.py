"""Text that visitors typed → the same text without numbers and addresses that lead to a person."""

from __future__ import annotations

import re

NUMBER = "[号码已隐去]"
ADDRESS = "[邮箱已隐去]"

_UNSEEN = r"\u200b-\u200d\u2060\ufeff\u00ad"
_BETWEEN = rf"[ \u3000\u00a0\-‐‑‒–—－.·()（）{_UNSEEN}]"
_EMAIL = re.compile(r"[\w.+%-]+[@＠][\w-]+(?:[.．][\w-]+)+")
# Eleven digits and more, in groups or not: mobile phones, identity cards, bank cards, telephones with an area code.
_LONG = re.compile(rf"(?<!\d)\+?\d(?:{_BETWEEN}{{0,2}}\d){{9,}}(?:{_BETWEEN}?[XxＸｘ])?")
# A telephone in its usual groups, more loosely written: 138，1234，5678 or 0812 / 333 / 4567. Amounts are listed and
# ranges are written with the same characters, so nothing but these groups counts, and not before a unit.
_APART = rf"[\s\-‐‑‒–—－.·()（）,，/／~～_＿{_UNSEEN}]{{1,5}}"
_MOBILE = rf"[1１][3-9３-９]\d(?:{_APART}\d{{4}}(?:{_APART})?\d{{4}}|\d{{4}}{_APART}\d{{4}})"
_AREA = r"[0０](?:[1１][0０]|[2２]\d|[3-9３-９]\d\d)"
_GROUPED = re.compile(
    rf"(?<!\d)(?:\+?86(?:{_APART})?)?(?:{_MOBILE}|{_AREA}{_APART}\d{{3,4}}(?:{_APART})?\d{{4}})(?!\d|\s?[元万亿%％])"
)
# Years and dates, alone or from … to: they stay.
_YEAR = r"(?:19|20)\d\d"
_DATES = re.compile(
    rf"{_YEAR}(?:{_BETWEEN}\d{{1,2}}){{0,2}}(?:{_BETWEEN}{{1,2}}{_YEAR}(?:{_BETWEEN}\d{{1,2}}){{0,2}})*"
)
# Shorter ones are telephones where the words before say so.
_SHORT = re.compile(rf"((?:电话|座机|手机|号码|[Tt]el|[Pp]hone)\D{{0,6}})\d(?:{_BETWEEN}?\d){{6,9}}")


def mask(text: str) -> str:
    """Identity-card, phone and bank-card numbers and e-mail addresses replaced by words that say so."""
    text = _EMAIL.sub(ADDRESS, text)
    text = _LONG.sub(lambda found: found[0] if _DATES.fullmatch(found[0]) else NUMBER, text)
    text = _GROUPED.sub(NUMBER, text)
    return _SHORT.sub(lambda found: found[1] + NUMBER, text)
