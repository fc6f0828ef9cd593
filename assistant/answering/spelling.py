"""A question as typed → as meant: pinyin written out, and words misspelt by sound or by shape put right.

A stretch is only changed into a word of the corpus or the lexicon that sounds the same (up to the confusions of common
input methods: z/zh, c/ch, s/sh, n/ng, l/n), and only when the stretch is not itself a word.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import cached_property

import rjieba

from assistant.indexing.analysis import FUNCTION_CHARACTERS

_CJK_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN = re.compile(r"[a-z]+")
_FUZZY = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))

# Words of asking, so that a question in pinyin reads as one; the corpus supplies the words of content.
_ASKING = (
    "什么 多少 哪里 哪些 哪个 怎么 怎样 如何 为什么 有没有 是不是 能不能 什么时候 谁 几家 几个 是 有 的 在 要 吗 和 到 年 了 会 能 "
    "目标 办 晚 完 建 修 条 家 个 不 没 这个 那个 请问 可以 我们 发展 建设 政策 支持 产值 工业 时候 地方 钱 补贴 电话 地址 主要 内容 第 "
    "规划 企业 公司 医院 学校 老人 养老 看病 交通 高铁 机场 旅游 环保 就业"
).split()


class Speller:
    """Corrects questions against the words of one corpus."""

    def __init__(self, corpus_words: Iterable[str], general_words: Iterable[str]) -> None:
        """Take the words to correct into.

        Args:
            corpus_words: words of the documents; a misspelling is only ever corrected into one of these.
            general_words: words of the lexicon; pinyin is also read as these.
        """
        self._corpus = {word for word in corpus_words if 2 <= len(word) <= 8 and _CJK_RUN.fullmatch(word)}
        self._general = {word for word in general_words if len(word) <= 6 and re.fullmatch(r"[\u3400-\u9fff]+", word)}

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for word in sorted(self._corpus):
            for sounds in {tuple(map(_fuzzy, sounds)) for sounds in _readings(word)}:
                found.setdefault(sounds, []).append(word)
        return found

    @cached_property
    def _by_pinyin(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for words in (sorted(self._general), sorted(self._corpus), _ASKING):
            for word in words:
                found["".join(_sounds(word))] = word
        return found

    def correct(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Put a normalised question right.

        Returns:
            The question as understood, and what was changed: (as typed, as understood).
        """
        changes: list[tuple[str, str]] = []
        if not re.search(r"[\u3400-\u9fff]", text):
            written = self._from_pinyin(text)
            return (written, ((text, written),)) if written else (text, ())
        for run in _CJK_RUN.findall(text):
            for typed, meant in self._misspelt(run):
                text = text.replace(typed, meant)
                changes.append((typed, meant))
        return text, tuple(changes)

    # Misspellings

    def _misspelt(self, run: str) -> list[tuple[str, str]]:
        loose = _loose(rjieba.cut(run, False))
        found: list[tuple[str, str]] = []
        taken: set[int] = set()
        for length in (5, 4, 3, 2):
            for start in range(len(run) - length + 1):
                span = range(start, start + length)
                stretch = run[start : start + length]
                # Four characters that sound alike are no coincidence, even where each two make a word: 高薪技术.
                suspect = length >= 4 or bool(loose & set(span))
                if taken & set(span) or not suspect or stretch in self._corpus:
                    continue
                if length == 2 and not self._two_loose(stretch, span, loose):
                    continue
                meant = self._sounding_like(stretch)
                if meant and _plausible(stretch, meant):
                    found.append((stretch, meant))
                    taken |= set(span)
        return found

    @staticmethod
    def _two_loose(stretch: str, span: range, loose: set[int]) -> bool:
        """Two characters are only taken for one misspelt word if neither belongs to another, nor to the grammar."""
        return set(span) <= loose and not set(stretch) & FUNCTION_CHARACTERS

    def _sounding_like(self, stretch: str) -> str | None:
        candidates = [
            word for sounds in _readings(stretch) for word in self._by_sound.get(tuple(map(_fuzzy, sounds)), [])
        ]
        if not candidates:
            return None
        return min(candidates, key=lambda word: (sum(a != b for a, b in zip(stretch, word, strict=True)), word))

    # Pinyin

    def _from_pinyin(self, text: str) -> str | None:
        """The question in characters when all its words read as pinyin, else None (it is in another language)."""
        tokens = _LATIN.findall(text)
        if len(tokens) < 2:
            return None
        syllables = [_syllables(token) for token in tokens]
        if not all(syllables):
            return None
        flat = [syllable for group in syllables for syllable in group]
        words, known = self._written(flat)
        if known < 0.6 * len(flat):
            return None
        digits = re.sub(r"[a-z' ]+", " ", text).strip()
        return (digits + " " + "".join(words)).strip() if digits else "".join(words)

    def _written(self, syllables: list[str]) -> tuple[list[str], int]:
        """Longest words first, and how many syllables were understood."""
        words: list[str] = []
        at = known = 0
        while at < len(syllables):
            for length in range(min(6, len(syllables) - at), 0, -1):
                word = self._by_pinyin.get("".join(syllables[at : at + length]))
                if word and len(word) == length:
                    words.append(word)
                    known += length
                    at += length
                    break
            else:
                at += 1
        return words, known


class AsTyped(Speller):
    """Corrects nothing."""

    def __init__(self) -> None:
        super().__init__((), ())

    def correct(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The question as it is, and no change."""
        return text, ()


def _loose(pieces: list[str]) -> set[int]:
    """Positions of the characters that no word of the dictionary covers."""
    loose: set[int] = set()
    at = 0
    for piece in pieces:
        if len(piece) == 1:
            loose.add(at)
        at += len(piece)
    return loose


def _plausible(stretch: str, meant: str) -> bool:
    """Two characters of which none is shared are two different words that happen to sound alike."""
    shared = sum(a == b for a, b in zip(stretch, meant, strict=True))
    return shared >= 1 and stretch != meant and (len(stretch) > 2 or not _common_word(stretch))


def _common_word(stretch: str) -> bool:
    return len(rjieba.cut(stretch)) == 1


def _sounds(word: str) -> list[str]:
    from pypinyin import lazy_pinyin

    return list(lazy_pinyin(word))


def _readings(stretch: str) -> list[tuple[str, ...]]:
    """The ways to read a stretch, 16 at most: 河涨 he zhang, 长 chang or zhang."""
    from pypinyin import Style, pinyin

    readings = pinyin(stretch, style=Style.NORMAL, heteronym=True)
    return list(itertools.islice(itertools.product(*readings), 16))


def _fuzzy(syllable: str) -> str:
    for full, short in _FUZZY:
        if full in ("zh", "ch", "sh"):
            if syllable.startswith(full):
                syllable = short + syllable[2:]
        elif syllable.endswith(full):
            syllable = syllable[:-1]
    return "n" + syllable[1:] if syllable.startswith("l") else syllable


def _syllables(token: str) -> list[str]:
    """The pinyin syllables of a Latin token, fewest first found; empty when it is no pinyin."""
    best: list[list[str] | None] = [None] * (len(token) + 1)
    best[0] = []
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is not None and token[start:end] in PINYIN:
                found = best[end]
                if found is None or len(head) + 1 < len(found):
                    best[end] = [*head, token[start:end]]
    return best[len(token)] or []


_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_FINALS = "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v ve".split()
PINYIN = frozenset(initial + final for initial in _INITIALS for final in _FINALS) | frozenset(
    "a o e ai ei ao ou an en ang eng er".split()
)
"""Every way to write a syllable; a few that no word uses do no harm."""
