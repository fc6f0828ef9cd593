"""Text that visitors typed → the same text without numbers, accounts and addresses that lead to a person."""

from __future__ import annotations

import re

NUMBER = "[号码已隐去]"
ADDRESS = "[邮箱已隐去]"

_UNSEEN = r"\u200b-\u200d\u2060\ufeff\u00ad"
_BETWEEN = rf"[ \u3000\u00a0\-‐‑‒–—－.·()（）{_UNSEEN}]"
# 。 is what a Chinese keyboard gives for a full stop: it may also end the sentence, so what follows must look the part.
_EMAIL = re.compile(r"[\w.+%-]+[@＠][\w-]+(?:[.．][\w-]+|。[A-Za-z][A-Za-z0-9-]+)+")
_SPELT = "[〇○零一二三四五六七八九幺]"
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
# Eleven digits and more, in groups or not: mobile phones, identity cards, bank cards, telephones with an area code.
_LONG = re.compile(
    rf"(?<!\d)\+?\d(?:{_BETWEEN}{{0,2}}\d){{9,}}(?:{_BETWEEN}?[XxＸｘ])?|{_SPELT}(?:{_BETWEEN}?{_SPELT}){{9,}}"
)
# A telephone in its usual groups, more loosely written: 138，1234，5678 or 0812 / 333 / 4567. Amounts are listed and
# ranges are written with the same characters, so nothing but these groups counts, and not before a unit. 、 lists
# amounts above all, and those are mostly round: 150、2000、3000.
_APART = rf"[\s\-‐‑‒–—－.·()（）,，/／~～_＿{_UNSEEN}]{{1,5}}"
_MOBILE = (
    rf"[1１][3-9３-９]\d(?:{_APART}\d{{4}}(?:{_APART})?\d{{4}}|\d{{4}}{_APART}\d{{4}}"
    r"|\s?、\s?(?!\d\d00\s?、\s?\d\d00)\d{4}\s?、\s?\d{4})"
)
_AREA = r"[0０](?:[1１][0０]|[2２]\d|[3-9３-９]\d\d)"
_GROUPED = re.compile(
    rf"(?<!\d)(?:\+?86(?:{_APART})?)?(?:{_MOBILE}|{_AREA}{_APART}\d{{3,4}}(?:{_APART})?\d{{4}})(?!\d|\s?[元万亿%％])"
)
# Years and dates, alone or from … to: they stay.
_YEAR = r"(?:(?:19|20)\d\d|(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2})"
_DATES = re.compile(
    rf"{_YEAR}(?:{_BETWEEN}\d{{1,2}}){{0,2}}(?:{_BETWEEN}{{1,2}}{_YEAR}(?:{_BETWEEN}\d{{1,2}}){{0,2}})*"
)
# Passports, permits and cards: E12345678, EA1234567, H12345678, A123456(7).
_LETTERED = re.compile(
    rf"(?<![{_LETTER}\d])[{_LETTER}]{{1,2}}\d{{6}}(?:\d{{1,3}}|[(（][\dAＡ][)）])(?![{_LETTER}\d]|[元万亿%％])"
)
# Shorter ones lead to a person where the words before say so; of digits alone seven at least, and no amounts.
_SHORT = re.compile(
    r"((?:电话|座机|手机|号码|护照|通行证|台胞证|回乡证|社保卡|证件|证号|卡号|联系|微信|qq|tel|phone|passport|wechat)\D{0,6})"
    rf"(\d(?:{_BETWEEN}?\d){{6,9}}(?!\d|[元万亿%％])|{_SPELT}{{7,}})",
    re.IGNORECASE,
)
# Accounts may have letters, and fewer digits: 微信号 abc_123, QQ：12345.
_APP = r"(?:微信|薇信|qq|wechat|(?<![a-z])[vw]x|(?<![a-z])v信)"
_CALLED = r"(?:号码?|[账帐]号|\s?id)"
_ACCOUNT = re.compile(
    rf"({_APP}{_CALLED}?[\s:：是为]{{0,3}})(?=[a-z-]*[\d_])[a-z\d][a-z\d_-]{{4,19}}(?![a-z\d_-]|[元万亿%％])",
    re.IGNORECASE,
)
# Of letters alone, as WeChat takes them, they might be any word: 微信Android版. So more must be said: 微信号 abcDef,
# 微信：abcDef, 加我微信 abcDef.
_NAMED = re.compile(
    rf"({_APP}(?:{_CALLED}[\s:：是为叫]{{0,3}}|\s?[:：]\s?)"
    rf"|(?:加(?:一下|[我他她个下])?|我|联系|add me on)的?\s?(?:{_APP}|v(?![a-z])){_CALLED}?[\s:：是为叫]{{0,3}}"
    r"|my wechat is\s|(?<![a-z])[vw]x\s)"
    r"[a-z][a-z_-]{5,19}(?![a-z\d_-])",
    re.IGNORECASE,
)


def mask(text: str) -> str:
    """The text with words that say so in place of what leads to a person.

    That is: e-mail addresses; numbers of phones, identity, bank and other cards, passports and permits, also with the
    digits spelt in Chinese; accounts after QQ or 微信, those of letters alone where it is said that they are accounts.
    Names of people stay, as do years, dates and most amounts.
    """
    text = _EMAIL.sub(ADDRESS, text)
    text = _LONG.sub(lambda found: found[0] if _DATES.fullmatch(found[0]) else NUMBER, text)
    text = _GROUPED.sub(NUMBER, text)
    text = _LETTERED.sub(NUMBER, text)
    for account in (_ACCOUNT, _NAMED):
        text = account.sub(lambda found: found[1] + NUMBER, text)
    # What was masked is a word that says so as well: of several numbers behind one such word none may stay.
    while (masked := _SHORT.sub(_without_number, text)) != text:
        text = masked
    return text


def _without_number(found: re.Match[str]) -> str:
    return found[0] if _DATES.fullmatch(found[2]) else found[1] + NUMBER
