"""The places that documents are of, and a question without those that all are of: they tell no clause from another."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Sequence

HOME_DOCUMENTS, HOME_SHARE = 3, 0.7
"""Documents, and share of all of them, that name a place which the corpus is of, at least."""


_TITLED = re.compile(
    r"(?:^|[《\s]|中共|(?<=[省市州]))(?P<place>(?P<name>[^市县区州省盟旗\W\d_]{2,3}?)"
    r"(?:自治[州县旗]|(?<!城)市|(?:县(?!域)|省(?!级)|[州盟旗])|区(?=人民政府|委|政府)))"
)
"""The place that a title, or a part of it, begins with: 桐川市商务局 桐川市财政局关于印发…"""


def titled_places(titles: Iterable[str]) -> frozenset[str]:
    """The places that documents are of by their titles, with and without what kind of place they are (桐川市, 桐川)."""
    found = (match for title in titles for match in _TITLED.finditer(title))
    return frozenset(name for match in found for name in (match["place"], match["name"]))


def home_places(texts: Sequence[str], places: Iterable[str]) -> frozenset[str]:
    """The places that nearly all of several documents name: those that the corpus is of."""
    least = max(HOME_DOCUMENTS, math.ceil(HOME_SHARE * len(texts)))
    if len(texts) < least:
        return frozenset()
    # What so many name, one of these names: few places need to be looked for in all.
    first = "\n".join(texts[: len(texts) - least + 1])
    few = [place for place in places if place in first]
    return frozenset(place for place in few if sum(place in text for text in texts) >= least)


def without_places(text: str, words: Iterable[str], places: Container[str]) -> str:
    """A text without those of its words, in order, that are one of the places, nor 在 or 的 then in front."""
    left, at = "", 0
    for word in words:
        start = text.index(word, at)
        left += text[at:start] + ("" if word in places else word)
        at = start + len(word)
    return (left + text[at:]).removeprefix("在").removeprefix("的")
