"""A content term of a question → the words of the corpus that can stand for it, and how much it tells.

A term is supported by a text to the degree that the best of its stand-ins occurs there: the term itself counts 1, a
synonym or an abbreviation nearly as much, a word that merely lies near it in the embedding less. Word vectors are
compared after their common part (the centroid of the corpus's words) is taken off: before that, every two words of a
multilingual-e5 space are alike (cosine 0.85 and more); after it, unrelated ones lie below 0.35.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import rjieba
from numpy.typing import NDArray

from assistant.answering.english_forms import as_a_word, base_forms
from assistant.answering.lexicon import Lexicon
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index

SYNONYM, ABBREVIATION, NEAR = 0.95, 0.85, 0.6
NEAREST = 12
"""How many words that lie near a term in the embedding stand in for it, at most."""
COSINE_FLOOR, COSINE_FULL, EMBEDDED_CEILING = 0.33, 0.72, 0.85
"""Centred cosine at which a word begins to stand in, and at which it does so as fully as a vector can show."""
INSIDE = 0.8
"""Degree to which a word of the corpus inside a longer one stands for it: all of it but one character, or one as rare
as can be."""
PHRASE_HEAD, PHRASE_PART = 0.7, 0.5
"""Degree to which the last word of a phrase (新区 of 省级新区), and another word of it, stands for the phrase."""
_WEIGHT_OF_TAG = {"v": 0.75, "a": 0.7, "d": 0.4, "m": 0.4, "q": 0.3, "f": 0.4, "t": 0.6, "b": 0.8, "z": 0.5}
GUESSED_SHARE = 0.35
"""What a verb counts that is in no word list: 要建, 想弄, 压到 are grammar more than content."""
FAINT_SHARE = 0.2
"""What a word counts that says little in a question: 态度, 毛病, 下载, 亲戚."""
KEPT = 4096
"""Terms from which those that are kept ready are forgotten."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_KINDS_OF_PLACE = "县区市州省镇乡"
"""What may follow the name of a place: 盐边 is 盐边县."""
_NAMELESS = re.compile(r"[一二两三四五六七八九十百半几每]+个?(?:月|年|天|周|次|人|度|餐|户)$|要?多(?:久|长时间)$")
"""An amount of something (一个月), given or asked for, names nothing that a sentence could be about."""


@dataclass(frozen=True, slots=True)
class Term:
    """A content term of a question.

    Attributes:
        surface: the term as the question has it, normalised.
        standins: (word, degree in (0, 1]), best first; the surface itself leads.
        weight: how much the term tells: its rarity in the corpus, times what its part of speech is worth.
        names: whether it names a place, a body or a thing (a noun), as against an action or a quality.
    """

    surface: str
    standins: tuple[tuple[str, float], ...]
    weight: float
    names: bool = True
    listed: bool = False
    """Whether the lexicon knows it as a word of public policy: that such a word is absent tells more."""
    numbered: bool = False
    """Whether it is a name with a number in it in an English question, its first stand-in the one in Chinese."""
    place: bool = False
    """Whether it is the name of a place."""

    def support(self, text: str) -> float:
        """Degree, in [0, 1], to which a normalised text holds the term or a stand-in."""
        for word, degree in self.standins:
            if word in text and (not word.isascii() or as_a_word(word).search(text)):
                return degree
        return 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a content term, as a question has it."""

    surface: str
    part_of_speech: str
    translations: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The words that a phrase of the corpus is made of."""
    numbered: bool = False
    known: bool = True
    """Whether it is a word of any list, as against one that the segmenter guesses."""


_RIVALS = (("公路", "铁路", "航线"), ("东段", "西段", "南段", "北段", "中段"), ("大学", "中学", "小学"))
"""Ends of words that vectors take to be alike, and that are different things."""


class Expander:
    """Gives terms their stand-ins and weights, over one index.

    `row` is the row of each word of the corpus in the index's vocabulary, `text` all of the corpus, normalised.
    """

    def __init__(self, index: Index, lexicon: Lexicon, *, near_words: bool = True) -> None:
        """Take the words of the index; without `near_words`, none stands in for another by its vector alone."""
        self._index = index
        self._near_words = near_words
        self._lexicon = lexicon
        vocabulary = index.vocabulary
        self._words = vocabulary.terms
        self.row = {word: row for row, word in enumerate(self._words)}
        self.text = "\n".join(index.text(row) for row in range(len(index.chunks)))
        self._centroid = vocabulary.vectors.mean(axis=0)
        self._centred = _unit(vocabulary.vectors - self._centroid)
        self._entries = frozenset(lexicon.entries)
        self._translations = [normalize(sentence) for sentence in index.english_sentences]
        self._frequencies = vocabulary.frequencies
        self._total = vocabulary.chunk_count
        self._initials = _initials(self._words)
        self._expanded: dict[Candidate, Term] = {}

    def expand(self, candidates: Sequence[Candidate]) -> tuple[Term, ...]:
        """The terms that candidates are, in their order; new words go through the embedder together."""
        kept = self._expanded
        new = [candidate for candidate in dict.fromkeys(candidates) if candidate not in kept]
        if new:
            if len(kept) >= KEPT:
                kept = {candidate: kept[candidate] for candidate in candidates if candidate in kept}
            # Questions on other threads go on with what they hold.
            kept = kept | dict(zip(new, map(self._expand, new, self._vectors(new)), strict=True))
            self._expanded = kept
        return tuple(kept[candidate] for candidate in candidates)

    def _vectors(self, candidates: Sequence[Candidate]) -> list[NDArray[np.float32] | None]:
        """Centred vectors of the candidates, None for those for which no word stands in by its vector alone.

        Names of places lie near one another in the embedding, and stand for nothing but themselves.
        """
        found: list[NDArray[np.float32] | None] = [None] * len(candidates)
        if not self._near_words:
            return found
        unknown = []
        for place, candidate in enumerate(candidates):
            if candidate.surface in self._lexicon.places or candidate.part_of_speech == "ns":
                continue
            row = self.row.get(candidate.surface)
            if row is None:
                unknown.append(place)
            else:
                found[place] = self._centred[row]
        if unknown:
            vectors = self._index.embedder.embed_queries([candidates[place].surface for place in unknown])
            for place, vector in zip(unknown, _unit(vectors - self._centroid), strict=True):
                found[place] = vector
        return found

    def _expand(self, candidate: Candidate, vector: NDArray[np.float32] | None) -> Term:
        standins: dict[str, float] = {}

        def add(words: Iterable[str], degree: float) -> None:
            for word in words:
                standins[word] = max(standins.get(word, 0.0), degree)

        starts = candidate.translations or (candidate.surface,)
        add(starts, 1.0)
        if candidate.surface.isascii():
            add(base_forms(candidate.surface), 1.0)
        if candidate.parts and candidate.surface not in self.row:
            add(candidate.parts[:-1], PHRASE_PART)
            head = candidate.parts[-1]
            # Where the corpus has the phrase, 新区 of 省级新区 is it; elsewhere (大学老师) it is as far as it is rare.
            found = candidate.surface in self.text
            add((head,), PHRASE_HEAD * (1.0 if found else self._rarity([(head, 1.0)])))
            for part in candidate.parts:
                add(self._lexicon.synonyms.get(part, ()), PHRASE_PART * SYNONYM)
        for start in starts:
            add(self._lexicon.synonyms.get(start, ()), SYNONYM)
            add(self._lexicon.said.get(start, ()), SYNONYM)
            add(self._lexicon.near.get(start, ()), NEAR)
            add(self._abbreviated(start), ABBREVIATION)
            add((start + kind for kind in _KINDS_OF_PLACE if start + kind in self.row), 1.0)
            for word in self._inside(start):
                # Of 蚕桑产业 the corpus may have 产业, which says nothing of it; 航空 of 航空产业 tells nearly all.
                add((word,), INSIDE * (1.0 if len(word) == len(start) - 1 else self._rarity([(word, 1.0)])))
            add(self._rewritten(start), SYNONYM)
        if vector is not None:
            for word, degree in self._nearest(candidate.surface, vector):
                if word not in candidate.parts and not _are_rivals(candidate.surface, word):
                    add((word,), degree)
        # The glossary has the best word first; of what else stands in the longest says most.
        by_length = 0 if candidate.translations else -1
        ordered = tuple(sorted(standins.items(), key=lambda pair: (-pair[1], by_length * len(pair[0]))))
        kind = candidate.part_of_speech
        worth = next((value for tag, value in _WEIGHT_OF_TAG.items() if kind.startswith(tag)), 1.0)
        if kind.startswith("vn"):
            worth = 0.9
        if not candidate.known and not candidate.translations and kind.startswith(("v", "a", "z")):
            worth *= GUESSED_SHARE
        listed = any(word in self._entries for word in starts)
        if listed and kind.startswith("d"):
            # The tagger knows 终点 and 高速 as adverbs only; words that the lexicon lists are none.
            worth, kind = _WEIGHT_OF_TAG["v"], "n"
        if candidate.surface in self._lexicon.faint:
            worth *= FAINT_SHARE
        names = not kind.startswith(("v", "a", "d")) and not _NAMELESS.match(candidate.surface)
        if candidate.numbered:
            ordered = tuple((word, 1.0) for word in candidate.translations)
        place = any(word in self._lexicon.places for word in starts)
        return Term(candidate.surface, ordered, worth * self._rarity(ordered), names, listed, candidate.numbered, place)

    def _inside(self, word: str) -> list[str]:
        """Corpus words inside a longer unknown word: 科技城区 → 科技城."""
        if len(word) < 4 or not _CJK.match(word):
            return []
        return [
            word[start:end]
            for start in range(len(word))
            for end in range(start + 2, len(word) + 1)
            if end - start >= max(2, len(word) - 2) and end - start < len(word) and word[start:end] in self.row
        ]

    def _rewritten(self, word: str) -> list[str]:
        """What the corpus has of a longer word that it has not, with a part in other words.

        低保边缘户 → 最低生活保障边缘: a last character that only says what kind of thing it is may differ.
        """
        if len(word) < 4 or not _CJK.match(word) or word in self.text:
            return []
        found = []
        for at in range(2, len(word) - 1):
            first, rest = word[:at], word[at:]
            for other in self._lexicon.synonyms.get(first, ()):
                ends = (rest, rest[:-1]) if len(rest) > 2 else (rest,)
                found += [other + end for end in ends if other + end in self.text][:1]
            found += [first + other for other in self._lexicon.synonyms.get(rest, ()) if first + other in self.text]
        return found

    def _abbreviated(self, word: str) -> list[str]:
        """Corpus words that the word abbreviates, or that abbreviate it, by the first characters of their parts."""
        return list(self._initials.get(word, ())) if 2 <= len(word) <= 4 else []

    def _nearest(self, surface: str, vector: NDArray[np.float32]) -> list[tuple[str, float]]:
        cosines: NDArray[np.float32] = self._centred @ vector
        best = np.argsort(-cosines)[:NEAREST]
        scale = EMBEDDED_CEILING / (COSINE_FULL - COSINE_FLOOR)
        return [
            (self._words[i], min(EMBEDDED_CEILING, float(cosines[i] - COSINE_FLOOR) * scale))
            for i in best
            if cosines[i] > COSINE_FLOOR and self._words[i] != surface
        ]

    def _rarity(self, standins: Sequence[tuple[str, float]]) -> float:
        """Inverse document frequency over chunks, of the term and what fully stands in for it."""
        strong = [word for word, degree in standins if degree >= ABBREVIATION]
        total = self._total
        count = sum(
            int(self._frequencies[self.row[word]]) if word in self.row else self.text.count(word) for word in strong
        )
        latin = [as_a_word(word) for word in strong if word.isascii()]
        if latin:
            said = sum(any(word.search(text) for word in latin) for text in self._translations)
            count = max(count, said)
        count = min(total, count)
        return math.log(1.0 + (total - count + 0.5) / (count + 0.5)) / math.log(1.0 + (total + 0.5) / 0.5)


def _are_rivals(one: str, other: str) -> bool:
    """Whether two words differ in what tells things of a kind apart: 高速公路 is no 高速铁路, 西段 no 东段."""
    found = [next((end for end in ends if one.endswith(end)), "") for ends in _RIVALS]
    return any(
        end and other.endswith(rivals) and not other.endswith(end) for end, rivals in zip(found, _RIVALS, strict=True)
    )


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def _initials(words: Sequence[str]) -> dict[str, list[str]]:
    """First characters of a long word's parts (高 of 高速, 铁 of 铁路) → such words."""
    found: dict[str, list[str]] = {}
    for word in words:
        if len(word) < 4 or not _CJK.match(word):
            continue
        parts = [part for part in rjieba.cut_for_search(word) if len(part) == 2]
        if len(parts) >= 2 and "".join(parts[:2]) == word[:4]:
            found.setdefault("".join(part[0] for part in parts), []).append(word)
    return found
