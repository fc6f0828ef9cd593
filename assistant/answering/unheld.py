"""A question → the places and bodies that it names and no document does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from assistant.answering.lexicon import Lexicon
from assistant.answering.spelling import Speller
from assistant.answering.terms import TermFinder
from assistant.indexing.analysis import FUNCTION_CHARACTERS

_OFFERED = re.compile(
    r"有(?:的|人)?说是?[\u3400-\u9fff]{2,6}?的?[,、]?(?:也?有|还有)(?:的|人)?说是?[\u3400-\u9fff]{2,6}?的?(?=[,。;?]|$)"
)
"""What others have said that it is, of which nothing needs to be so: 有说双流的,有说青羊的,到底是哪个区."""
_LINE = "高铁|高速|铁路|城际|客运专线|航线"
"""What links two places, so that of the two characters before it each stands for one."""
_BODY_ENGLISH = re.compile(
    r"\b(?:[Ww]ith|[Bb]y) (?:the )?([A-Z][a-z]{3,})\b|"
    r"\b([A-Z][a-z]{3,}) (?:University|College|Institute|Hospital|Bank|Group|Company|Corporation|Motors|Airlines)\b"
)
"""With whom something is done, and names of bodies."""


class Unheld:
    """Finds the names in questions that documents do not have."""

    def __init__(self, finder: TermFinder, lexicon: Lexicon, speller: Speller, texts: Sequence[str]) -> None:
        self._finder, self._lexicon, self._speller = finder, lexicon, speller
        self._corpus_text = "\n".join(texts)

    def places(self, text: str) -> tuple[str, ...]:
        """Places that the question names and no document does."""
        named = [word for word in self._finder.words(_OFFERED.sub(",", text)) if word in self._lexicon.places]
        unheld = (word for word in named if word not in self._corpus_text and word not in self._named_briefly)
        return tuple(dict.fromkeys(unheld))

    def bodies(self, typed: str) -> tuple[str, ...]:
        """The names of bodies in an English question, as typed, that neither a document nor the lexicon knows."""
        named = (name for match in _BODY_ENGLISH.finditer(typed) for name in match.groups() if name)
        return tuple(dict.fromkeys(name for name in named if not self._speller.is_english(name.lower())))

    def ends_a_line(self, place: str) -> bool:
        """Whether a document names a line after the place and another one, by their first characters: 成昆高速铁路."""
        if place[0] in FUNCTION_CHARACTERS:
            return False
        return bool(re.search(rf"{place[0]}[\u4e00-\u9fff]?(?:{_LINE})", self._corpus_text))

    @cached_property
    def _named_briefly(self) -> set[str]:
        """Places that a document names by their first characters in a row; looked for when one is first asked about.

        Of two characters one cannot tell whether they stand for places or make a word: 新青, 台中.
        """
        initials = self._lexicon.initials
        in_a_row = re.findall(f"[{''.join(initials)}]{{3,}}", self._corpus_text)
        return {place for run in in_a_row for initial in run for place in initials[initial]}
