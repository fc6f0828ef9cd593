"""Text that visitors typed → the same text without numbers and addresses that lead to a person."""

from __future__ import annotations

import re

NUMBER = "[号码已隐去]"
ADDRESS = "[邮箱已隐去]"

_BETWEEN = r"[ \u3000\-‐‑‒–—－.·()（）]"
_EMAIL = re.compile(r"[\w.+%-]+[@＠][\w-]+(?:[.．][\w-]+)+")
# Eleven digits and more, in groups or not: mobile phones, identity cards, bank cards, telephones with an area code.
_LONG = re.compile(rf"(?<!\d)\+?\d(?:{_BETWEEN}{{0,2}}\d){{9,}}(?:{_BETWEEN}?[XxＸｘ])?")
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
    return _SHORT.sub(lambda found: found[1] + NUMBER, text)
