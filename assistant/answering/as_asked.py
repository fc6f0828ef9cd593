"""A question as it was typed → normalised, in standard words, its clauses parted by commas."""

from __future__ import annotations

import re

from assistant.answering.asides import without_asides
from assistant.answering.dialect import in_standard_words
from assistant.indexing.analysis import normalize

_SCANNED = re.compile(r"(?:^|\s)[\u3400-\u9fff](?=\s)")
"""A Chinese character with white space on both sides."""
_SPACED = re.compile(r"(?<=[\u3400-\u9fff])\s(?=[\u3400-\u9fff])")
"""White space between Chinese characters."""
CLAUSE_LENGTH = 6
"""Characters from which what stands between two spaces is no keyword but a clause."""
MEAN_LENGTH = 4
"""Characters that such stretches have on average, at least."""


def as_asked(question: str) -> str:
    """The question normalised and in standard words, without what is said beside it.

    Spaces that part keywords stay, those of text copied from a scan do not: 机 场. Where clauses are parted by them,
    as on a phone, they are commas.
    """
    spaced = normalize(question, keep_spaces=True)
    if _SCANNED.search(spaced):
        return without_asides(in_standard_words(normalize(question)))
    return without_asides(in_standard_words(_punctuated(spaced)))


def _punctuated(text: str) -> str:
    """A text with commas for the spaces between its Chinese clauses: 我厂在重庆 想挪过去 有人管没."""
    stretches = _SPACED.split(text)
    lengths = [len(stretch) for stretch in stretches]
    clauses = max(lengths) >= CLAUSE_LENGTH and sum(lengths) >= MEAN_LENGTH * len(lengths)
    return ",".join(stretches) if clauses else text
