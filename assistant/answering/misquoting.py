"""A name that a question has with one other word in it than a document: 攀西数字创意港, printed 攀西数字经济港.

Question and text are laid side by side where they share a run of characters. Where they part for one word and meet
again, or part at a word that ends alike (残联, 妇联), what the question has there is looked at: a word
that tells one thing from another, that is no other way to say the same, and that stands so nowhere in the documents.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import rjieba
from pypinyin import lazy_pinyin

from assistant.indexing.analysis import FUNCTION_CHARACTERS
from assistant.indexing.numerals import CHINESE

LONGEST = 4
"""Characters of the word that differs, at most."""
TOGETHER = 5
"""Characters that stand on both sides of it alike, at least."""
ALONE = 5
"""Characters that stand alike on one side of it, at least, where only the word itself goes on alike on the other."""
BOUNDED = 4
"""The same where a quotation of the question, and what the text says, ends or begins on the other side of it:
“旅游产业活县”."""
ALIKE_ENOUGH, PLACE_ENOUGH = 8, 7
"""Characters that stand alike around a part of a word, and of a place's name, at least: many words that end alike say
the same. A quarter (北部) needs none more."""
AROUND = 4
"""Characters that stand alike with which the word is looked for in the documents, at most."""

_QUOTES = re.compile("[“”\"'‘’《》]")
_STOP = re.compile(r"[,;。:?!\s]")
_EDGE = re.compile(r"[,;。:?!\s、]")
_TELLS_APART = re.compile(r"n|v|j|b|f|s|t|m|a|d|l|i|z")
"""Parts of speech, in the segmenter's tag set, of words that tell one thing from another of its sort."""
_GRAMMAR = re.compile("[这那哪几某该的了着过把被和与跟及是要给]")
"""Characters of which no name is made, or seldom."""
_INSIDE = {"里", "内", "中"}
"""Ways to say that something is within."""
_NUMBER = re.compile(rf"[\d{CHINESE}]+")
_OF_A_NAME = re.compile("^第|[次届批期]$")

Holds = Callable[[str, str], bool]
"""Whether a text has a word of the question, be it by another word for it."""
Stands = Callable[[str], bool]
"""Whether some words, without quotation marks, stand anywhere in the documents of the texts."""


@dataclass(frozen=True, slots=True)
class Misquoted:
    """A word of a question, and the one that a text has in its place.

    Attributes:
        wrong: the word, as the normalised question has it.
        printed: what stands for it in the text.
        place: which of the texts it is.
        alike: characters that stand alike around it.
        around: the words of the question, between two marks, in which it stands.
    """

    wrong: str
    printed: str
    place: int
    alike: int
    around: str


@dataclass(frozen=True, slots=True)
class _Words:
    """A text without its quotation marks, where these stood, where it is cut, and its words: (start, end, tag)."""

    text: str
    quotes: frozenset[int]
    edges: frozenset[int]
    words: tuple[tuple[int, int, str], ...]

    @classmethod
    def of(cls, text: str) -> _Words:
        bare = _QUOTES.sub("", text)
        quotes, edges, at = set(), {0, len(bare)}, 0
        for character in text:
            if _QUOTES.match(character):
                quotes.add(at)
                continue
            if _EDGE.match(character):
                edges |= {at, at + 1}
            at += 1
        words, start = [], 0
        for word, tag in rjieba.tag(bare):
            words.append((start, start + len(word), tag))
            start += len(word)
        return cls(bare, frozenset(quotes), frozenset(edges | quotes), tuple(words))

    def across(self, start: int, end: int) -> tuple[int, int, list[str]]:
        """Where the words that a stretch touches begin and end, and what they are."""
        touched = [word for word in self.words if word[0] < end and word[1] > start]
        return touched[0][0], touched[-1][1], [tag for _, _, tag in touched]

    def is_whole(self, start: int, end: int, at: int) -> bool:
        """Whether a character beside a stretch is a word by itself, or one with the stretch: 创意港, 残联."""
        first, last, _ = self.across(at, at + 1)
        return (first, last) == (at, at + 1) or (first <= start and end <= last)


def misquoted(question: str, texts: Sequence[str], holds: Holds, stands: Stands) -> Misquoted | None:
    """The word of a normalised question in whose place a text has another, with most alike around it; None for none.

    Args:
        question: the question, normalised.
        texts: what the documents say on it, normalised, likeliest first.
        holds: whether a text has a word of the question by another word for it.
        stands: whether the word stands in the documents after all, with what is alike beside it.
    """
    asked = _Words.of(question)
    best: Misquoted | None = None
    for place, text in enumerate(texts):
        said = _Words.of(text)
        for start, other, length, alike in _differing(asked, said):
            if best is not None and sum(alike) <= best.alike:
                continue
            if not _is_another_word(asked, said, (start, other, length), sum(alike)):
                continue
            begin, end, _ = asked.across(start, start + length)
            whole = asked.text[begin:end]
            beside = _with_what_is_alike(asked.text, start, length, alike)
            if not holds(whole, said.text) and not any(map(stands, beside)):
                around = _STOP.split(asked.text[:begin])[-1] + _STOP.split(asked.text[begin:])[0]
                best = Misquoted(whole, said.text[other : other + length], place, sum(alike), around)
    return best


def _differing(asked: _Words, said: _Words) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """Stretches of one length in which two texts differ beside what is alike.

    Each as (start, start there, length, (characters alike before it, behind it)).
    """
    one, other = asked.text, said.text
    for i, k, length in _shared(one, other):
        # Behind the run and before it. What differs is as long on both sides: all lies at one distance.
        for forwards in (True, False):
            at, there, step = (i + length, k + length, 1) if forwards else (i - 1, k - 1, -1)
            if (i + length if forwards else i) in asked.quotes:
                continue
            for gap in range(1, LONGEST + 1):
                last, last_there = at + step * (gap - 1), there + step * (gap - 1)
                if not (0 <= last < len(one) and 0 <= last_there < len(other)):
                    break
                if _EDGE.match(one[last]) or _EDGE.match(other[last_there]) or one[last] == other[last_there]:
                    break
                start, start_there = (at, there) if forwards else (last, last_there)
                beyond = _alike_from(one, other, last + step, last_there + step, step)
                ends = (last + 1, last_there + 1) if forwards else (last, last_there)
                if beyond == 1 and not asked.is_whole(start, start + gap, last + step):
                    beyond = 0  # 领导|机构, 互为|机遇
                if beyond and length + beyond >= TOGETHER:
                    yield start, start_there, gap, (length, beyond) if forwards else (beyond, length)
                elif ends[0] in asked.quotes and ends[1] in said.edges:
                    if length >= BOUNDED:
                        yield start, start_there, gap, (length, 0) if forwards else (0, length)
                elif length >= ALONE and _goes_on_alike(asked, said, (start, start_there, gap)):
                    yield start, start_there, gap, (length, 0) if forwards else (0, length)


def _shared(one: str, other: str) -> Iterator[tuple[int, int, int]]:
    """The longest runs of two characters and more that two texts share: (start, start there, length)."""
    places = defaultdict(list)
    for k in range(len(other) - 1):
        places[other[k : k + 2]].append(k)
    for i in range(len(one) - 1):
        if _STOP.search(one[i : i + 2]):
            continue
        for k in places[one[i : i + 2]]:
            if i and k and one[i - 1] == other[k - 1] and not _STOP.match(one[i - 1]):
                continue
            yield i, k, _alike_from(one, other, i, k, 1)


def _alike_from(one: str, other: str, at: int, there: int, step: int) -> int:
    """How many characters are alike from a place on, or back; a single one of grammar counts for none."""
    count = 0
    while 0 <= at < len(one) and 0 <= there < len(other) and one[at] == other[there] and not _STOP.match(one[at]):
        count, at, there = count + 1, at + step, there + step
    return 0 if count == 1 and one[at - step] in FUNCTION_CHARACTERS else count


def _goes_on_alike(asked: _Words, said: _Words, where: tuple[int, int, int]) -> bool:
    """Whether what differs are parts of two words of one length that have a character in common: 直升机, 无人机."""
    start, there, length = where
    begin, end, _ = asked.across(start, start + length)
    other_begin, other_end, _ = said.across(there, there + length)
    rest = asked.text[begin:start] + asked.text[start + length : end]
    return rest != "" and (begin - start, end - start, rest) == (
        other_begin - there,
        other_end - there,
        said.text[other_begin:there] + said.text[there + length : other_end],
    )


def _is_another_word(asked: _Words, said: _Words, where: tuple[int, int, int], alike: int) -> bool:
    """Whether what a question has in the place of a word of a text tells another thing."""
    start, there, length = where
    begin, end, tags = asked.across(start, start + length)
    wrong, printed, whole = asked.text[start : start + length], said.text[there : there + length], asked.text[begin:end]
    if len(tags) > 1 or not _TELLS_APART.match(tags[0]) or _GRAMMAR.search(whole) or _GRAMMAR.search(printed):
        return False
    number = bool(_NUMBER.fullmatch(wrong))
    if number and not _OF_A_NAME.search(whole):
        return False  # What bounds a quantity or a date tells whether another one is wrong.
    if number != bool(_NUMBER.fullmatch(printed)) or (len(whole) == 1 and not number):
        return False
    # 北部, 南部; 乐山, 凉山
    other_tags = said.across(there, there + length)[2]
    least = PLACE_ENOUGH if "ns" in (tags[0], other_tags[0]) else ALIKE_ENOUGH
    told_apart = number or tags[0] == "f" or (alike >= least and tags[0] != "v")
    if len(whole) > length and not told_apart:
        return False  # 场地, 基地; 动工, 开工
    if lazy_pinyin(wrong) == lazy_pinyin(printed) or sorted(wrong) == sorted(printed) or {wrong, printed} <= _INSIDE:
        return False  # misspelt, turned round, or 省里, 省内
    # What is merely left out is no other word: 辅具 of 辅助器具.
    near = said.text[max(0, there - LONGEST) : there + length + LONGEST]
    return not all(character in near for character in whole)


def _with_what_is_alike(text: str, start: int, length: int, alike: tuple[int, int]) -> list[str]:
    """A word with what stands alike beside it, on the side where more does, and with the name that it may lead to."""
    before, behind = (min(count, AROUND) for count in alike)
    wholes = [text[start : start + length + behind]] if behind > 1 or behind > before else []
    return wholes + ([text[start - before : start + length]] if before >= behind else [])


def without_quotation_marks(text: str) -> str:
    """A text as the words of a question are looked for in it."""
    return _QUOTES.sub("", text)
