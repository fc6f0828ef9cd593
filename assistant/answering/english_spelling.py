"""An English question as typed → as meant: a word that is no English word, put right into one that is near it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from rapidfuzz.distance import OSA

_WORD = re.compile(r"(?<![a-z'-])[a-z]{3,}(?![a-z'-])")
SHORTEST = 5
"""Letters of a word that is put right by what is near it, at least."""
ASKING = {
    **dict.fromkeys(("meny", "mnay", "menny"), "many"),
    **dict.fromkeys(("mutch", "muhc"), "much"),
    **dict.fromkeys(("wich", "whitch", "whcih", "wihch"), "which"),
    **dict.fromkeys(("wher", "whre", "wehre", "weher"), "where"),
    **dict.fromkeys(("whn", "wehn", "whne"), "when"),
    **dict.fromkeys(("waht", "whta", "wath", "wht", "wat"), "what"),
    **dict.fromkeys(("hwo", "hoow"), "how"),
    **dict.fromkeys(("planed", "plannd"), "planned"),
}
"""Words of asking as they are often misspelt. They are short: what is near one may as well be a name (Mary, many)."""
LONG = 8
"""Letters from which a word may have two slips of the pen; a shorter one has one."""


class EnglishSpeller:
    """Corrects English words."""

    def __init__(self, words: Iterable[str], english: Container[str]) -> None:
        """Take the words.

        Args:
            words: what is corrected into: the words of the glossary and of the documents' translations.
            english: words that are right, though they are not in `words`.
        """
        self._words = sorted({word for word in words if len(word) >= 4 and word.isascii() and word.isalpha()})
        self._known = frozenset(self._words)
        self._english = english

    def correct(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Put a normalised English question right.

        Returns:
            The question as understood, and what was changed: (as typed, as understood).
        """
        changes: list[tuple[str, str]] = []
        for typed in dict.fromkeys(_WORD.findall(text)):
            meant = ASKING.get(typed) or (None if len(typed) < SHORTEST or self._right(typed) else self._nearest(typed))
            if meant:
                text = re.sub(rf"(?<![a-z'-]){typed}(?![a-z'-])", meant, text)
                changes.append((typed, meant))
        return text, tuple(changes)

    def _right(self, word: str) -> bool:
        forms = [
            word,
            word.removesuffix("s"),
            word.removesuffix("es"),
            word.removesuffix("ed"),
            word.removesuffix("ing"),
        ]
        forms += [word.replace("is", "iz"), word.removesuffix("ing") + "e"]
        return any(form in self._known or form in self._english for form in forms)

    def _nearest(self, typed: str) -> str | None:
        most = 2 if len(typed) >= LONG else 1
        near = [
            (slips, word)
            for word in self._words
            if word[0] == typed[0] and abs(len(word) - len(typed)) <= most
            # Letters left out, added, mistaken or exchanged with their neighbour.
            for slips in [OSA.distance(typed, word, score_cutoff=most)]
            if slips <= most
        ]
        if not near:
            return None
        # Of words equally near, one of the same letters (precent, percent), else the one whose beginning is typed right
        # for longer: slips come late in a word.
        letters = sorted(typed)
        nearest = min(near, key=lambda pair: (pair[0], sorted(pair[1]) != letters, -_alike(typed, pair[1]), pair[1]))
        return nearest[1]


def _alike(first: str, second: str) -> int:
    """How many letters two words begin with in common."""
    return next(
        (i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
