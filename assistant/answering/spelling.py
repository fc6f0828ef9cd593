"""A question as typed → as meant: pinyin written out, and misspelt words put right.

A Chinese stretch is only changed into a word of the corpus that sounds the same (up to the confusions of common input
methods: z/zh, c/ch, s/sh, n/ng, l/n), or into a phrase of the corpus or a word of the lexicon that also looks the same
but for one character; and only when the stretch is not itself a word. Words that are right in themselves, but not
where they stand, are left to `homophones`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

import rjieba

from assistant.answering.english_spelling import EnglishSpeller
from assistant.answering.homophones import COUNTED, USUAL_READINGS, Homophones, folded, readings, sounds_of
from assistant.answering.language_model import LanguageModel, load_counts
from assistant.answering.lexicon import Lexicon
from assistant.answering.pinyin import PinyinReader
from assistant.indexing.analysis import FUNCTION_CHARACTERS, normalize
from assistant.indexing.index import Index

_CJK_RUN = re.compile(r"[\u3400-\u9fff]{2,}")
_LATIN_RUN = re.compile(r"[a-z]+(?: [a-z]+)+")
_ENGLISH = re.compile(r"[a-z]{4,}")
LIKELIER = 1.0
"""By how much likelier, as a logarithm, a correction must make a question."""
_NEVER_WRONG = FUNCTION_CHARACTERS | frozenset("已曾仍尚未")
"""Characters of grammar, and those that tell of time before a verb: 攀枝花已经 is not 攀枝花市经."""
_ASKS = re.compile(r"怎|什么|多少|哪|谁|咋|啥|如何|几|吗")
MOST_PHRASES = 6000
"""How many phrases of the documents are known, the most frequent ones: what a document of some 10,000 characters has."""


class Speller:
    """Corrects questions against the words of one corpus."""

    def __init__(
        self,
        corpus_words: Iterable[str],
        general_words: Iterable[str],
        texts: Iterable[str] = (),
        corpus_english: Iterable[str] = (),
        english: frozenset[str] = frozenset(),
        common: frozenset[str] = frozenset(),
        names: frozenset[str] = frozenset(),
    ) -> None:
        """Take the words to correct into.

        Args:
            corpus_words: words of the documents; a misspelling is only ever corrected into one of these, or
            general_words: words of the lexicon, where one character of three or more is wrong; pinyin is read as these.
            texts: normalised texts of the documents, for the phrases in them.
            corpus_english: English words of the lexicon and of the translations, to correct English into.
            english: other right English words.
            common: common Chinese words, which what is typed may be meant for as well.
            names: names that are never misspelt.
        """
        self._corpus = {word for word in corpus_words if 2 <= len(word) <= 8 and _CJK_RUN.fullmatch(word)}
        self._general = {word for word in general_words if len(word) <= 6 and re.fullmatch(r"[\u3400-\u9fff]+", word)}
        self._texts = tuple(texts)
        known = frozenset(corpus_english)
        self._english = EnglishSpeller(known, english)
        self._right_english = known | english
        self._common, self._names = common, names

    @cached_property
    def _by_sound(self) -> dict[tuple[str, ...], list[str]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for word in sorted(self._corpus):
            for sounds in {tuple(map(folded, sounds)) for sounds in _readings(word)}:
                found.setdefault(sounds, []).append(word)
        return found

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _phrases(self) -> frozenset[str]:
        """Two or three words that stand together in the documents, three to five characters in all: 科技城."""
        counted: Counter[str] = Counter()
        for text in self._texts:
            for run in _CJK_RUN.findall(text):
                pieces = rjieba.tag(run)
                for start in range(len(pieces)):
                    for end in (start + 2, start + 3):
                        phrase = "".join(piece for piece, _ in pieces[start:end])
                        if end <= len(pieces) and 3 <= len(phrase) <= 5 and all(map(_may_join, pieces[start:end])):
                            counted[phrase] += 1
        return frozenset(phrase for phrase, _ in counted.most_common(MOST_PHRASES))

    @cached_property
    def _alike(self) -> dict[tuple[str, ...], list[str]]:
        """Sound → phrases of the documents and words of the lexicon of three characters and more."""
        found: dict[tuple[str, ...], list[str]] = {}
        general = {word for word in self._general if 3 <= len(word) <= 5 and not _ASKS.search(word)}
        for words in (self._phrases, general):
            for word in sorted(words):
                for sounds in itertools.islice(itertools.product(*map(readings, word)), 8):
                    found.setdefault(sounds, []).append(word)
        return found

    @cached_property
    def _pinyin(self) -> PinyinReader:
        return PinyinReader((self._common, self._general, self._phrases, self._corpus), self._right_english)

    @cached_property
    def _model(self) -> LanguageModel:
        return LanguageModel(load_counts(), self._texts)

    @cached_property
    def _homophones(self) -> Homophones:
        right = self._corpus | self._general | self._names
        words = self._corpus | self._general | self._common | self._phrases
        return Homophones(words, right, self._text, self._model)

    def correct(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Put a normalised question right.

        Returns:
            The question as understood, and what was changed: (as typed, as understood).
        """
        changes: list[tuple[str, str]] = []
        if not re.search(r"[\u3400-\u9fff]", text):
            written = self._pinyin.read(text)
            return (written, ((text, written),)) if written else self._english.correct(text)
        for run in _LATIN_RUN.findall(text):
            written = self._pinyin.read(run)
            if written:
                text = text.replace(run, written)
                changes.append((run, written))
        for run in _CJK_RUN.findall(text):
            for typed, meant in self._misspelt(run):
                text = text.replace(typed, meant)
                changes.append((typed, meant))
        for run in _CJK_RUN.findall(text):
            for typed, meant in self._homophones.put_right(run):
                text = text.replace(typed, meant)
                changes.append((typed, meant))
        return text, tuple(changes)

    def is_english(self, word: str) -> bool:
        """Whether a word in lower case is right English, or stands in a translation."""
        return word in self._right_english

    # Misspellings

    def _misspelt(self, run: str) -> list[tuple[str, str]]:
        loose = self._unknown(run, _loose(rjieba.cut(run, False)))
        found: list[tuple[str, str]] = []
        taken: set[int] = set()
        for length in (5, 4, 3, 2):
            for start in range(len(run) - length + 1):
                span = range(start, start + length)
                stretch = run[start : start + length]
                # Four characters that sound alike are no coincidence, even where each two make a word: 高薪技术.
                suspect = length >= 4 or bool(loose & set(span))
                if taken & set(span) or not suspect or stretch in self._corpus or self._said(stretch):
                    continue
                if length == 2 and (not self._two_loose(stretch, span, loose) or COUNTED.search(run[: start + 1])):
                    continue
                meant = self._sounding_like(stretch)
                if not meant or not _plausible(stretch, meant):
                    meant = self._but_for_one(stretch, {at - start for at in loose})
                if meant and self._is_said_in(stretch, meant):
                    continue
                if meant and self._model.gain(run, start, start + length, meant) >= LIKELIER:
                    found.append((stretch, meant))
                    taken |= set(span)
        return found

    def _is_said_in(self, stretch: str, meant: str) -> bool:
        """Whether the documents have the characters that would be changed together with those beside them.

        The 起付 of 门诊起付线 stands in them, though the whole does not, and is not meant for 支付.
        """
        wrong = [at for at, (a, b) in enumerate(zip(stretch, meant, strict=True)) if a != b]
        return all(
            any(stretch[start : start + 2] in self._text for start in (at - 1, at) if 0 <= start < len(stretch) - 1)
            for at in wrong
        )

    def _unknown(self, run: str, loose: set[int]) -> set[int]:
        """The loose positions but for those that make up a word of the documents, which no dictionary needs to have."""
        known = {
            at
            for start in loose
            for length in (2, 3)
            if loose.issuperset(range(start, start + length)) and run[start : start + length] in self._corpus
            for at in range(start, start + length)
        }
        return loose - known

    @staticmethod
    def _two_loose(stretch: str, span: range, loose: set[int]) -> bool:
        """Two characters are only taken for one misspelt word if neither belongs to another, nor to the grammar."""
        return set(span) <= loose and not set(stretch) & FUNCTION_CHARACTERS

    def _sounding_like(self, stretch: str) -> str | None:
        candidates = [
            word for sounds in _readings(stretch) for word in self._by_sound.get(tuple(map(folded, sounds)), [])
        ]
        if not candidates:
            return None
        return min(candidates, key=lambda word: (sum(a != b for a, b in zip(stretch, word, strict=True)), word))

    def _said(self, stretch: str) -> bool:
        """Whether the documents, or the lexicon, have it as it is."""
        return len(stretch) > 2 and (stretch in self._general or stretch in self._text)

    def _but_for_one(self, stretch: str, loose: set[int]) -> str | None:
        """What sounds like the stretch and differs in one character; of three, one that belongs to no word."""
        if len(stretch) < 3:
            return None
        for sounds in itertools.islice(itertools.product(*map(readings, stretch)), 16):
            for word in self._alike.get(sounds, ()):
                wrong = [i for i, (a, b) in enumerate(zip(stretch, word, strict=True)) if a != b]
                if len(wrong) != 1:
                    continue
                # Of a name in quotation marks, none of whose characters makes a word as typed, even one of grammar may
                # be wrong: 迎并厅 for “迎宾厅”.
                apart = loose.issuperset(range(len(stretch))) and f"“{word}”" in self._text
                if stretch[wrong[0]] in _NEVER_WRONG and not apart:
                    continue
                if len(stretch) > 3 or wrong[0] in loose:
                    return word
        return None


def open_speller(index: Index, lexicon: Lexicon) -> Speller:
    """A speller over an index."""
    translated = {word for sentence in index.translations[0] for word in _ENGLISH.findall(normalize(sentence.text))}
    return Speller(
        index.vocabulary.terms,
        lexicon.entries,
        [index.text(row) for row in range(len(index.chunks))],
        lexicon.english | translated,
        lexicon.english_words | lexicon.stopwords,
        lexicon.common,
        lexicon.places,
    )


class AsTyped(Speller):
    """Corrects nothing."""

    def __init__(self) -> None:
        super().__init__((), ())

    def correct(self, text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The question as it is, and no change."""
        return text, ()

    def is_english(self, word: str) -> bool:
        """Nothing is told from right English."""
        return True


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
    """Whether a stretch is likely to be meant for a word that it sounds like.

    Two characters of which none is shared are two different words that happen to sound alike; nor is a word of the
    dictionary, or a character of grammar, taken for a mistake.
    """
    wrong = [a for a, b in zip(stretch, meant, strict=True) if a != b]
    if not 0 < len(wrong) < len(stretch) or set(wrong) & _NEVER_WRONG:
        return False
    if len(stretch) == 2 and len(rjieba.cut(stretch, False)) == 1:
        return False
    # Rare readings of two single characters make everything sound alike.
    return (len(stretch) > 2 and len(wrong) == 1) or sounds_of(stretch) == sounds_of(meant)


def _may_join(piece: tuple[str, str]) -> bool:
    """Whether a word can be part of a phrase; of single characters, one that names something or stands for a word."""
    word, tag = piece
    return len(word) > 1 or (word not in FUNCTION_CHARACTERS and tag[:1] in ("n", "g", "x", "b", "j", "k", "a"))


def _readings(stretch: str) -> list[tuple[str, ...]]:
    """The ways to read a stretch, 16 at most: 河涨 he zhang, 长 chang or zhang."""
    from pypinyin import Style, pinyin

    ways = [of_one[:USUAL_READINGS] for of_one in pinyin(stretch, style=Style.NORMAL, heteronym=True)]
    return list(itertools.islice(itertools.product(*ways), 16))
