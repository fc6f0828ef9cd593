"""A Chinese text → its common nouns, to ask plainly about what it holds and about what it does not."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answering.segmentation import segment

COMMON = frozenset(("n", "nz", "vn"))
"""Tags of nouns that are no name of a person or a place."""
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")


@lru_cache(maxsize=100_000)
def nouns(text: str) -> tuple[str, ...]:
    """The common nouns of a text, two to four characters long, each once, in their order."""
    found = (word.text for word in segment(text, ()) if word.known and word.tag in COMMON)
    return tuple(dict.fromkeys(word for word in found if _WORD.fullmatch(word)))
