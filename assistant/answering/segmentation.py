"""A question → words, cut so that the corpus's own words come out whole.

A general segmenter cuts 做康养项目的地 into 做康|养项|目的地. Of all ways to cut a question into known words (of the
corpus, the lexicon, or the segmenter's dictionary), unknown ones and single characters, the cheapest is taken: the
fewest words, known ones preferred.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from assistant.indexing.analysis import FUNCTION_CHARACTERS

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_RESULTS = frozenset("成到好完住为上下出起来去过掉")
"""What follows a verb to tell what comes of it."""
LONGEST = 8
"""Characters of a word, at most."""
KNOWN, DICTIONARY, GUESSED, GRAMMAR, ALONE = 1.0, 1.1, 2.4, 0.55, 1.7
"""Cost of a word of the corpus or lexicon; of the segmenter's dictionary; of one that the segmenter only guesses; of a
character of grammar; of any other character by itself."""
AGREED = 0.01
"""What a word costs less that the segmenter cuts so too: of two ways as cheap, its own is taken."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, its part of speech in the segmenter's tag set, and whether it is in any word list."""

    text: str
    tag: str
    known: bool


def segment(text: str, known: Container[str]) -> list[Word]:
    """Cut a normalised Chinese text into words.

    Args:
        text: the text; stretches without Chinese characters come out as one word tagged `x`.
        known: words that must be preferred.
    """
    words: list[Word] = []
    for run in _RUN.findall(text):
        if _CJK.match(run):
            words += _cut(run, known)
        else:
            words.append(Word(run, "x", False))
    return words


def _cut(run: str, known: Container[str]) -> list[Word]:
    tags = _spans(rjieba.tag(run))
    dictionary = {span for span, _ in _spans([(word, "") for word in rjieba.cut(run, False)]).items()}
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - LONGEST), end):
            cost = _cost(run[start:end], (start, end), known, tags, dictionary)
            if cost is None:
                continue
            if (start, end) in tags:
                cost -= AGREED  # 研发|放, not 研|发放
            if best[start][0] + cost < best[end][0]:
                best[end] = (best[start][0] + cost, start)
    cuts = []
    end = len(run)
    while end > 0:
        cuts.append((best[end][1], end))
        end = best[end][1]
    return [
        Word(
            run[start:end],
            tags.get((start, end)) or _tag(run[start:end]),
            run[start:end] in known or (start, end) in dictionary,
        )
        for start, end in reversed(cuts)
    ]


@lru_cache(maxsize=4096)
def _tag(word: str) -> str:
    """The part of speech of a word that the segmenter has cut otherwise: of a verb with its result (搞成) it is one."""
    if len(word) == 1:
        return "x"
    pieces = rjieba.tag(word)
    if len(pieces) == 1:
        return str(pieces[0][1])
    return "v" if len(pieces) == 2 and pieces[0][1] == "v" and pieces[1][0] in _RESULTS else "n"


def _cost(
    word: str,
    span: tuple[int, int],
    known: Container[str],
    tags: dict[tuple[int, int], str],
    dictionary: set[tuple[int, int]],
) -> float | None:
    if len(word) == 1:
        return GRAMMAR if word in FUNCTION_CHARACTERS else ALONE
    if word in known:
        return KNOWN
    if span in dictionary:
        return DICTIONARY
    return GUESSED if span in tags else None


def _spans(pieces: list[tuple[str, str]]) -> dict[tuple[int, int], str]:
    spans: dict[tuple[int, int], str] = {}
    at = 0
    for word, tag in pieces:
        spans[at, at + len(word)] = tag
        at += len(word)
    return spans
