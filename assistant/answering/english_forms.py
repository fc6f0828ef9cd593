"""English words as questions have them → the forms in which glossary and translations have them."""

from __future__ import annotations

import re
from functools import lru_cache

NUMERALS = {
    word: numerals
    for words, numerals in (
        (("two", "2"), "两二"),
        (("three", "3"), "三"),
        (("four", "4"), "四"),
        (("five", "5"), "五"),
        (("six", "6"), "六"),
        (("seven", "7"), "七"),
        (("eight", "8"), "八"),
        (("nine", "9"), "九"),
        (("ten", "10"), "十"),
    )
    for word in words
}
"""Number word → the numerals that Chinese names have for it."""
MEASURES = ("大", "个", "", "项", "条", "类", "级", "种", "座")
"""What may stand between the number and the noun of a name."""
_BRITISH = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"(?<=[a-z]{3})is(?=(?:e[sd]?|ing|ation|ations)\b)", "iz"),
        (r"(?<=[bl])our(?=(?:s|ed|ing|ful|able)?\b)", "or"),
        (r"tre(?=s?\b)", "ter"),
        (r"programme", "program"),
        (r"licence", "license"),
        (r"defence", "defense"),
        (r"catalogue", "catalog"),
        (r"aluminium", "aluminum"),
        (r"(?<=[aeiou])ll(?=(?:ed|ing|er|ers)\b)", "l"),
    )
)
_SHORT_STEM = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
SHORT_WORD = 4
"""Letters up to which a Latin word is only found as it is: art is not in artificial."""


def base_forms(phrase: str) -> list[str]:
    """The phrase, its last word in the singular or the infinitive, and each of these in the other spelling.

    Of what has an “of” it is the word before that: chambers of commerce.
    """
    head, of, rest = phrase.partition(" of ")
    forms = [phrase, *(f"{form}{of}{rest}" for form in base_forms(head)[1:])] if of else [phrase]
    if phrase.endswith("ies"):
        forms.append(phrase[:-3] + "y")
    if phrase.endswith("es"):
        forms.append(phrase[:-2])
    if phrase.endswith("s"):
        forms.append(phrase[:-1])
    for ending in ("ing", "ed"):
        stem = phrase.removesuffix(ending)
        if stem != phrase and len(stem) > 2:
            # What ends as rat does would double its last letter: rated is of rate.
            forms += [stem + "e", stem] if _SHORT_STEM.fullmatch(stem) else [stem, stem + "e"]
            if stem[-1] == stem[-2] and stem[-1] not in "aeious":
                forms.append(stem[:-1])
    if phrase.endswith("'s"):
        forms.append(phrase[:-2])
    return list(dict.fromkeys(form for written in forms for form in (written, *_other_spellings(written))))


def _other_spellings(phrase: str) -> list[str]:
    """The phrase in American spelling where it has British, as the translations are written in the former."""
    found = phrase
    for british, american in _BRITISH:
        found = british.sub(american, found)
    return [] if found == phrase else [found]


@lru_cache(maxsize=8192)
def as_a_word(word: str) -> re.Pattern[str]:
    """Matches a Latin word where a word begins, with any ending; one of up to four letters in its plural at most."""
    return re.compile(rf"(?<![a-z]){re.escape(word)}" + (r"(?:s|es)?(?![a-z])" if len(word) <= SHORT_WORD else ""))
