"""How likely characters are to follow one another: what tells a word that sounds right from the one that is meant.

Characters are counted, by themselves and in twos and threes, in policy texts and questions on them
(`lexicon/characters.txt.gz`, written by `python -m eval count`) and in the documents that are held. What was never
seen in threes is told by twos, and so on, at a discount (stupid backoff, Brants et al. 2007).
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

ORDER = 3
"""Characters that are looked at together, at most."""
BACKOFF = math.log(0.4)
"""What a count of fewer characters costs."""
UNSEEN = 0.5
"""What a character counts that was never seen."""
DOCUMENTS = 400_000
"""Characters that the documents count for together, two fifths of what the other texts do: their names are meant."""
START, END = "^", "$"
_CJK_RUN = re.compile(r"[\u3400-\u9fff]+")


class LanguageModel:
    """Tells how much likelier a run of Chinese characters becomes when a stretch of it is replaced."""

    def __init__(self, counts: Mapping[str, int], texts: Sequence[str] = ()) -> None:
        """Take the counts of other texts, and count in those of the documents.

        Args:
            counts: one to ORDER characters → how often they stand in the other texts.
            texts: normalised texts of the documents.
        """
        self._counts = counts
        self._held = count_characters(texts)
        self._share = max(1.0, DOCUMENTS / max(1, sum(map(len, texts))))
        self._total = max(1.0, _single(counts) + self._share * _single(self._held))

    def gain(self, run: str, start: int, end: int, instead: str) -> float:
        """By how much the log-probability of a run grows when [start, end) of it is replaced."""
        before, after = run[:start], run[end:]
        at = len(START) + start
        old, new = (f"{START}{before}{word}{after}{END}" for word in (run[start:end], instead))
        beyond = ORDER - 1
        return self._log_probability(new, at, at + len(instead) + beyond) - self._log_probability(
            old, at, at + end - start + beyond
        )

    def joins(self, run: str, start: int, end: int, instead: str) -> bool:
        """Whether a word in place of [start, end) of a run was seen beside the character before or behind it."""
        before, behind = run[max(0, start - 1) : start], run[end : end + 1]
        return bool(before and self._count(before + instead[:2])) or bool(behind and self._count(instead[-2:] + behind))

    def _log_probability(self, text: str, start: int, end: int) -> float:
        return sum(self._of_one(text, at) for at in range(start, min(end, len(text))))

    def _of_one(self, text: str, at: int) -> float:
        """Log-probability of a character after those before it."""
        for order in range(ORDER, 1, -1):
            gram = text[max(0, at + 1 - order) : at + 1]
            seen = self._count(gram)
            if seen and len(gram) == order:
                return (ORDER - order) * BACKOFF + math.log(seen / max(seen, self._count(gram[:-1])))
        return (ORDER - 1) * BACKOFF + math.log((self._count(text[at]) + UNSEEN) / self._total)

    def _count(self, gram: str) -> float:
        return self._counts.get(gram, 0) + self._share * self._held.get(gram, 0)


def count_characters(texts: Iterable[str]) -> Counter[str]:
    """How often one to ORDER Chinese characters stand together in normalised texts; runs begin and end with a mark."""
    counted: Counter[str] = Counter()
    for text in texts:
        for run in _CJK_RUN.findall(text):
            marked = f"{START}{run}{END}"
            for order in range(1, ORDER + 1):
                counted.update(marked[at : at + order] for at in range(len(marked) - order + 1))
    return counted


def _single(counts: Mapping[str, int]) -> int:
    """How many single characters were counted."""
    return sum(seen for gram, seen in counts.items() if len(gram) == 1)


@lru_cache(maxsize=1)
def load_counts() -> dict[str, int]:
    """The counts that the package carries; read once in a process."""
    packed = files("assistant.answering").joinpath("lexicon", "characters.txt.gz").read_bytes()
    lines = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {gram: int(count) for gram, count in lines}
