"""Text → normalised text → words. The same analysis for documents, when indexed, and for questions, when asked."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

import rjieba

_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NUMERALS = "〇零一二两三四五六七八九十"
_CJK_SPACE = re.compile(
    rf"(?!(?<=\d)\s+[{_NUMERALS}]|(?<=[{_NUMERALS}])\s+\d)"
    rf"(?:(?<=[{_CJK}，。；：、？！“”《》()])\s+|\s+(?=[{_CJK}，。；：、？！“”《》()]))"
)
"""White space next to a Chinese character, except between two numbers: 附件1 三年行动方案 is not of 13 years."""
_YEAR = re.compile(
    rf"(?<![\d{_NUMERALS}百千万亿])(?:一九|二[〇○零o0])[\d〇○零o一二三四五六七八九]{{2}}(?![\d{_NUMERALS}百千万亿])"
)
"""A year in Chinese digits, whatever its zeros are typed as: 二〇三五, 二○三五, 二OO八, 二0一五."""
_DIGITS = str.maketrans("〇○零o一二三四五六七八九", "0000123456789")
MIXED = r"(?=\d*[a-z])(?=[a-z]*\d)[a-z\d]+(?:\.\d+)?"
"""Matches a name of letters and digits: 5g, a4, co2, pm2.5."""
_WORD = re.compile(rf"[{_CJK}]+|[a-z]+(?:[-'][a-z]+)*|\d+(?:\.\d+)?%?|{MIXED}")
_RUN = re.compile(rf"[{_CJK}a-z\d]+")
_CJK_ONLY = re.compile(rf"[{_CJK}]+")
_APOSTROPHE = re.compile(r"(?<=[a-z])[’‘ʼ`](?=[a-z])")
"""An apostrophe as phones and word processors write it."""
_COMMON = re.compile(r"[\u4e00-\u9fff]")
"""Chinese characters but the rare ones. They stand for themselves: nothing of them is folded, lowered or parted."""
_COMMON_ONLY = re.compile(rf"{_COMMON.pattern}+")

# Characters that stand alone in a sentence without naming anything: grammar, not content.
FUNCTION_CHARACTERS = frozenset(
    "的了和与及或在是有为以对将把被从到向于由等要也都而且并其之所以这那哪个些各每该本就才又再还不没无非很更最能会可应须请让使给用按经"
    "吗呢吧啊呀么嘛哦哈呗我你您他她它们咱俺谁几多少什怎何上下中内外前后里去来说问着过得地做搞弄想看听叫一新大小老全"
)


@lru_cache(maxsize=1)
def _simplifier() -> object:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _is_traditional(character: str) -> bool:
    """Whether the converter would change a character: text without one skips the conversion, which has its price."""
    return bool(_simplifier().convert(character) != character)  # type: ignore[attr-defined]


def to_simplified(text: str) -> str:
    """The text in simplified characters. Words that only differ by region are left alone."""
    if text.isascii() or not any(_is_traditional(character) for character in _COMMON.findall(text)):
        return text
    return str(_simplifier().convert(text))  # type: ignore[attr-defined]


def _years_in_digits(text: str) -> str:
    return _YEAR.sub(lambda match: match.group().translate(_DIGITS), text)


def _parted(text: str) -> str:
    """The text with a space where ①, ½ or ² meets a number, which it would be one with once it is folded.

    Two raised digits stay together, two others do not: 10¹² is 10 12, but ①② is 1 2. Between ① and 百万元 a space
    would not do, as 100 万元 is one number.
    """
    marks = "".join(sorted({c for c in text if unicodedata.category(c) == "No"}))
    if not marks:
        return text
    raised = ("<super>", "<sub>")
    numbers = rf"\d{_NUMERALS}" + "".join(c for c in marks if not unicodedata.decomposition(c).startswith(raised))
    text = re.sub(rf"(?<=[{numbers}])(?=[{marks}])|(?<=[{marks}])(?=[{numbers}])", " ", text)
    labels = "".join(c for c in marks if unicodedata.decomposition(c).startswith("<circle>"))
    return re.sub(rf"(?<=[{labels}])(?=[百千万亿])", "、", text) if labels else text


@lru_cache(maxsize=65536)
def normalize(text: str, *, keep_spaces: bool = False) -> str:
    """The text in the form in which texts are compared.

    Compatibility forms folded (full-width letters and brackets), apostrophes straight, traditional characters
    simplified, lower case, control characters gone, years in digits (二〇三五年 → 2035年), no white space next to a
    Chinese character but where it parts two numbers. With `keep_spaces` white space stays, for text whose writer uses
    it to part words. ① and ² are numbers by themselves: ①65周岁 → 1 65周岁.
    """
    if _COMMON_ONLY.fullmatch(text):
        return _years_in_digits(to_simplified(text))
    folded = unicodedata.normalize("NFKC", _parted(text)).lower()
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp") else c for c in folded)
    spaced = re.sub(r"\s+", " ", _APOSTROPHE.sub("'", to_simplified(printable))).strip()
    return _years_in_digits(spaced if keep_spaces else _CJK_SPACE.sub("", spaced))


def index_tokens(text: str) -> list[str]:
    """Words of a text for the inverted index: every word, and the words inside long words."""
    return [word for word in rjieba.cut_for_search(normalize(text)) if _WORD.fullmatch(word)]


def character_pairs(text: str) -> list[str]:
    """Every two neighbouring characters of a text, as often as they stand there: 攀枝花 gives 攀枝, 枝花.

    None reaches over punctuation, and two Latin letters are none: they tell nothing.
    """
    return [
        run[at : at + 2]
        for run in _RUN.findall(normalize(text))
        for at in range(len(run) - 1)
        if not (run[at].isascii() and run[at].isalpha() and run[at + 1].isascii() and run[at + 1].isalpha())
    ]


def words(text: str) -> list[str]:
    """Words of a normalised text in order, each character once; those that stand alone are joined (钒 钛 → 钒钛)."""
    found: list[str] = []
    run = ""
    for word in rjieba.cut(normalize(text)):
        alone = len(word) == 1 and _CJK_ONLY.fullmatch(word) is not None and word not in FUNCTION_CHARACTERS
        if alone:
            run += word
            continue
        if run:
            found.append(run)
            run = ""
        if _WORD.fullmatch(word):
            found.append(word)
    if run:
        found.append(run)
    return found


def content_words(text: str) -> list[str]:
    """Words that can carry content: Chinese words of two characters or more, Latin ones of two letters or digits."""
    return [word for word in words(text) if len(word) > 1 and any(character.isalpha() for character in word)]
