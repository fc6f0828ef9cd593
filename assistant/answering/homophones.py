"""A question with real words in the wrong place → with those that sound like them and belong there.

Who types by sound gets words: 成语双城经济圈 for 成渝双城经济圈. No list tells that they are wrong, only what stands
beside them: a word is replaced by one that sounds the same where that makes the question so much likelier that a slip
is the better explanation (a noisy channel, Kernighan, Church and Gale 1990).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import cached_property, lru_cache
from itertools import islice, pairwise, product

import rjieba

from assistant.answering.language_model import LanguageModel
from assistant.indexing.analysis import FUNCTION_CHARACTERS

Change = tuple[str, str]
"""(as typed, as meant)."""

LENGTHS = (5, 4, 3, 2)
"""Characters of what is replaced."""
SLIP = 6.0
"""By how much likelier, as a logarithm, a question must become for a rare word to be taken for a slip."""
USUAL_SLIP = 10.0
"""The same for a word in general use: people ask for things that no document has."""
CONFUSED = 5.0
"""What a syllable costs that only nearly sounds the same (z for zh)."""
ALONE = 6.0
"""What it costs that what is meant was never seen beside either neighbour: only its being more common speaks for it."""
USUAL = 100
"""How often the segmenter's dictionary counts a word in general use, at least."""
USUAL_READINGS = 2
"""Readings of a character that count, usual ones first: as rarely as 大 is read tai, everything would sound alike."""
MOST_SLIPS = 3
"""Words of a run that are put right, at most."""
COUNTED = re.compile(r"(?:几|哪些|多少|所有|全部|第?\d|[一二两三四五六七八九十])[条款项个家处段]$")
"""A unit, which makes no word with what follows: 哪些条讲到 is not misspelt for 条件."""


def folded(syllable: str) -> str:
    """A syllable without what common input methods confuse: z/zh, c/ch, s/sh, n/ng, l/n."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable.endswith("ng"):
        syllable = syllable[:-1]
    return "n" + syllable[1:] if syllable.startswith("l") else syllable


class Homophones:
    """Puts words right by what stands beside them."""

    def __init__(self, words: Iterable[str], held: Container[str], text: str, model: LanguageModel) -> None:
        """Take what may be meant.

        Args:
            words: the words that a slip is corrected into.
            held: words that are never taken for one.
            text: the documents' text, normalised; three characters that stand in it are no slip.
            model: how likely characters follow one another.
        """
        self._words = sorted({word for word in words if 2 <= len(word) <= max(LENGTHS)})
        self._held, self._text, self._model = held, text, model

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        # By what its characters may sound like: how all words are read would take seconds to find out.
        found: dict[tuple[str, ...], list[str]] = {}
        for word in self._words:
            for sounds in islice(product(*map(readings, word)), 8):
                found.setdefault(sounds, []).append(word)
        return found

    def put_right(self, run: str) -> list[Change]:
        """The slips in a run of Chinese characters, the clearest one first."""
        found: list[Change] = []
        for _ in range(MOST_SLIPS):
            surplus, start, end, meant = max(self._slips(run), default=(-1.0, 0, 0, ""))
            if surplus < 0:
                break
            found.append((run[start:end], meant))
            run = run[:start] + meant + run[end:]
        return found

    def _slips(self, run: str) -> Iterable[tuple[float, int, int, str]]:
        """What may be a slip: (how much likelier it makes the run than it must, start, end, what is meant)."""
        edges = [0]
        for piece in rjieba.cut(run, False):
            edges.append(edges[-1] + len(piece))
        words = set(pairwise(edges))
        for length in LENGTHS:
            for start in range(len(run) - length + 1):
                end = start + length
                whole = (start, end) in words
                if not whole and ((length < 4 and not {start, end} <= set(edges)) or COUNTED.search(run[: start + 1])):
                    continue
                typed = run[start:end]
                if typed in self._held or ((not whole or length > 2) and typed in self._text):
                    continue
                least = USUAL_SLIP if _is_usual(typed) else SLIP
                for meant, confused in self._alike(typed, whole):
                    joined = self._model.joins(run, start, end, meant)
                    needed = least + CONFUSED * confused + (0.0 if joined else ALONE)
                    yield self._model.gain(run, start, end, meant) - needed, start, end, meant

    def _alike(self, typed: str, whole: bool) -> Iterable[tuple[str, int]]:
        """Words that sound like a stretch, with how many of their syllables only nearly do.

        All of a word of the dictionary may be wrong if it sounds just the same, of another stretch one character.
        """
        alike = sounds_of(typed)
        for meant in self._by_sound.get(alike, ()):
            if sounds_of(meant) != alike:
                continue
            wrong = [a for a, b in zip(typed, meant, strict=True) if a != b]
            confused = sum(a != b for a, b in zip(_syllables(typed), _syllables(meant), strict=True))
            if not wrong or (confused and len(wrong) == len(typed)):
                continue
            if whole or (len(wrong) == 1 and wrong[0] not in FUNCTION_CHARACTERS):
                yield meant, confused


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """The usual ways to read a character, confusions folded."""
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0][:USUAL_READINGS]
    return tuple(dict.fromkeys(map(folded, found)))


def _is_usual(word: str) -> bool:
    return bool(rjieba.has_word(word)) and rjieba.suggest_freq(word) >= USUAL


def sounds_of(word: str) -> tuple[str, ...]:
    """How a word is read as a rule, confusions folded."""
    return tuple(map(folded, _syllables(word)))


@lru_cache(maxsize=32768)
def _syllables(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(word))
