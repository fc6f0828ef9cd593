"""A question → its content terms, each with the words of the corpus that can stand for it.

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
from functools import lru_cache

import numpy as np
import rjieba
from numpy.typing import NDArray

from assistant.answering.english_forms import MEASURES, NUMERALS, as_a_word, base_forms
from assistant.answering.lexicon import Lexicon
from assistant.answering.segmentation import Word, segment
from assistant.indexing.analysis import FUNCTION_CHARACTERS, MIXED, normalize
from assistant.indexing.index import Index

SYNONYM, ABBREVIATION, NEAR = 0.95, 0.85, 0.6
NEAREST = 12
"""How many words that lie near a term in the embedding stand in for it, at most."""
COSINE_FLOOR, COSINE_FULL, EMBEDDED_CEILING = 0.33, 0.72, 0.85
"""Centred cosine at which a word begins to stand in, and at which it does so as fully as a vector can show."""

_QUESTION_WORDS = re.compile(
    r"(?:多少|[几多好]少?)钱|请问一?下?|麻烦问?一?下?|我想(?:问|知道|了解)一?下?|想(?:问|了解|知道)一?下?|能不能|可不可以|是不是|有没有|会不会|要不要|"
    r"什么时候|啥时候|何[时地处人]|(?<![很更许众最])多[大高长宽远深重](?![学型众家])|什么|怎么样|怎么办|怎么|怎样|如何|哪些|哪几|哪个|哪里|哪儿|哪头|哪边|哪家|哪年|哪一年|多少|几[个家条项种类层所座名级]|为什么|为何|为啥|"
    r"是否|能否|可否|是谁|由谁|谁|好多|好久|有啥|是啥|干啥|干嘛|咋样|咋个|咋|啥子|啥|吗|呢|吧|嘛|呀|啊|哦|哈"
)
_VERB_NOT_VERB = re.compile(r"([\u3400-\u9fff]{1,2})[不没]\1")
"""A choice put as a question: 涨不涨, 免不免费, 提没提, 开放不开放; it asks after the verb."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_NUMBER_NAME = re.compile(r"\d\+\d|(?<!\d)(?!(?:19|20)\d\d)\d{4}(?!\d)")
"""Names that are numbers: “7+3”, “5115”."""
_MEASURE = r"\d+(?:st|nd|rd|th|s|km|kg|cm|mm|m|kw|mw|kwh|ha|rmb|yuan|bn|mn|tn|b|k)(?![a-z\d])"
_MIXED_NAME = re.compile(rf"(?<![a-z\d.])(?!{_MEASURE}){MIXED}(?![a-z\d])")
"""Names of letters and digits: 5g, a4. An ordinal and a quantity with its unit are none."""
_CONTENT_TAGS = ("n", "v", "a", "j", "l", "i", "b", "s", "z", "g", "x", "eng")
_WEIGHT_OF_TAG = {"v": 0.75, "a": 0.7, "d": 0.4, "m": 0.4, "q": 0.3, "f": 0.4, "t": 0.6, "b": 0.8, "z": 0.5}
GUESSED_SHARE = 0.35
"""What a verb counts that is in no word list: 要建, 想弄, 压到 are grammar more than content."""
FAINT_SHARE = 0.2
"""What a word counts that says little in a question: 态度, 毛病, 下载, 亲戚."""
_KINDS_OF_PLACE = "县区市州省镇乡"
"""What may follow the name of a place: 盐边 is 盐边县."""
THINGS = frozenset("园区城路县镇乡河湖江山桥港站所院校厂库网线带圈")
"""Things that are named by one character, which a segmenter may tag as anything."""
_MEASURED = re.compile(r"[一二两三四五六七八九十百半几每]+个?(?:月|年|天|周|次|人|度|餐|户)$")
"""An amount of something (一个月) names nothing that a sentence could be about."""
_QUOTED_NAME = re.compile(r"“([\u4e00-\u9fff]{3,8})”")
LONGEST_PHRASE = 14
INSIDE = 0.8
"""Degree to which a word of the corpus inside a longer one stands for it: all of it but one character, or one as rare
as can be."""
PHRASE_HEAD, PHRASE_PART = 0.7, 0.5
"""Degree to which the last word of a phrase (新区 of 省级新区), and another word of it, stands for the phrase."""


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

    def support(self, text: str) -> float:
        """Degree, in [0, 1], to which a normalised text holds the term or a stand-in."""
        for word, degree in self.standins:
            if word in text and (not word.isascii() or as_a_word(word).search(text)):
                return degree
        return 0.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    surface: str
    part_of_speech: str
    translations: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """The words that a phrase of the corpus is made of."""
    numbered: bool = False
    known: bool = True
    """Whether it is a word of any list, as against one that the segmenter guesses."""


class TermFinder:
    """Finds and expands the terms of questions over one index."""

    def __init__(self, index: Index, lexicon: Lexicon, *, near_words: bool = True) -> None:
        """Take the words of the index; without `near_words`, none stands in for another by its vector alone."""
        self._index = index
        self._near_words = near_words
        self._lexicon = lexicon
        vocabulary = index.vocabulary
        self._words = vocabulary.terms
        self._row = {word: row for row, word in enumerate(self._words)}
        self._centroid = vocabulary.vectors.mean(axis=0)
        self._centred = _unit(vocabulary.vectors - self._centroid)
        self._entries = frozenset(lexicon.entries)
        self._known = frozenset(self._words) | self._entries
        self._ends = self._entries | THINGS
        self._known |= lexicon.stopwords | lexicon.places | lexicon.faint
        self._corpus = "\n".join(index.text(row) for row in range(len(index.chunks)))
        # What stands in quotation marks is a name (“赢在广州”), whatever words it is made of.
        self._known |= frozenset(_QUOTED_NAME.findall(self._corpus))
        self._translations = [normalize(sentence) for sentence in index.english_sentences]
        self._frequencies = vocabulary.frequencies
        self._total = vocabulary.chunk_count
        self._initials = _initials(self._words)
        self._longest_gloss = max((term.count(" ") + 1 for term in lexicon.glossary), default=1)
        self.expand = lru_cache(maxsize=4096)(self._expand)

    # Finding

    def terms(self, text: str, language: str) -> tuple[Term, ...]:
        """The content terms of a normalised question, in order, each once."""
        named = [_Candidate(name, "n") for name in _MIXED_NAME.findall(text)]
        text = _MIXED_NAME.sub(" ", text)
        candidates = named + (self._english(text) if language == "en" else self._chinese(text))
        found: dict[str, Term] = {}
        for candidate in candidates:
            if candidate.surface not in found:
                found[candidate.surface] = self.expand(candidate)
        return tuple(found.values())

    def _chinese(self, text: str) -> list[_Candidate]:
        found: list[_Candidate] = []
        latin = re.findall(r"[a-z][a-z'-]*(?: [a-z][a-z'-]*)*", text)
        for phrase in latin:
            found += self._english(phrase)
        found += [_Candidate(name, "n") for name in _NUMBER_NAME.findall(text) if name in self._corpus]
        stripped = _QUESTION_WORDS.sub(" ", re.sub(r"[a-z][a-z' -]*", " ", text))
        stripped = _VERB_NOT_VERB.sub(_verb, stripped)
        run: list[Word] = []
        for word in [*segment(stripped, self._known), Word(" ", "x", False)]:
            if _CJK.match(word.text) and self._may_join(word):
                run.append(word)
                continue
            found += self._phrases(run)
            run = []
        return found

    @property
    def known(self) -> frozenset[str]:
        """The words that a question is cut into before all others."""
        return self._known

    def words(self, text: str) -> list[str]:
        """The words of a normalised Chinese text, in order."""
        return [word.text for word in segment(text, self._known)]

    def _may_join(self, word: Word) -> bool:
        """Whether a word can be part of a phrase: anything but grammar and the words of asking."""
        return word.text not in FUNCTION_CHARACTERS and word.text not in self._lexicon.stopwords

    def _phrases(self, run: Sequence[Word]) -> list[_Candidate]:
        """The terms in words that stand together: the longest sequences that the corpus has as they are, else words."""
        found: list[_Candidate] = []
        at = 0
        while at < len(run):
            for end in range(len(run), at + 1, -1):
                phrase = "".join(word.text for word in run[at:end])
                whole = len(phrase) <= LONGEST_PHRASE and self._is_whole(phrase, run[at], run[end - 1])
                if whole and phrase in self._corpus:
                    parts = tuple(word.text for word in run[at:end] if len(word.text) > 1)
                    found.append(_Candidate(phrase, "n", parts=parts))
                    at = end
                    break
            else:
                if self._carries_content(run[at]):
                    word = run[at]
                    found.append(_Candidate(word.text, word.tag, parts=self._compound(word), known=word.known))
                at += 1
        return found

    def _compound(self, word: Word) -> tuple[str, ...]:
        """The two words that a longer one is made of which the corpus has not: 大学老师."""
        text = word.text
        if len(text) != 4 or not word.tag.startswith("n") or text in self._corpus:
            return ()
        parts = (text[:2], text[2:])
        return parts if all(part in self._row or part in self._entries for part in parts) else ()

    def _is_whole(self, phrase: str, first: Word, last: Word) -> bool:
        """Whether a phrase that the corpus has is cut where words end: 住院 生 is only a piece of 住院 生育."""
        return phrase in self._row or all(len(word.text) > 1 or word.text in self._ends for word in (first, last))

    def _carries_content(self, word: Word) -> bool:
        text = word.text
        if len(text) == 1:
            return text in self._entries
        if text in self._row or text in self._entries:
            return True
        return word.tag.startswith(_CONTENT_TAGS)

    def _english(self, text: str) -> list[_Candidate]:
        words = re.findall(r"[a-z]+(?:[-'][a-z]+)*|\d+", text)
        found = [_Candidate(name, "n") for name in _NUMBER_NAME.findall(text) if name in self._corpus]
        at = 0
        while at < len(words):
            if words[at].isdigit() and words[at] not in NUMERALS:
                at += 1
                continue
            name = self._numbered(words[at : at + 3])
            if name is not None:
                found.append(name)
                at += name.surface.count(" ") + 1
                continue
            for length in range(min(self._longest_gloss, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + length])
                translations = self._gloss(phrase)
                if translations:
                    found.append(_Candidate(phrase, "n", translations))
                    at += length
                    break
            else:
                word = words[at]
                if word not in self._lexicon.stopwords and len(word) > 2 and not word.isdigit():
                    # A word without a gloss may be any part of speech; it is not taken to name anything.
                    found.append(_Candidate(word, "v"))
                at += 1
        return found

    def _numbered(self, words: Sequence[str]) -> _Candidate | None:
        """A name with a number in it that the corpus has: “five fields” for 五大领域."""
        numerals = NUMERALS.get(words[0], "")
        for length in range(len(words), 1, -1):
            phrase = " ".join(words[1:length])
            names = tuple(
                numeral + measure + noun
                for noun in self._gloss(phrase)
                for numeral in numerals
                for measure in MEASURES
                if numeral + measure + noun in self._corpus
            )
            if names:
                return _Candidate(f"{words[0]} {phrase}", "n", names, numbered=True)
        return None

    def _gloss(self, phrase: str) -> tuple[str, ...]:
        glossary = self._lexicon.glossary
        if phrase in self._lexicon.stopwords:
            return ()
        for form in (*base_forms(phrase), *base_forms(phrase.replace("-", " "))):
            if form in glossary:
                return glossary[form]
        return ()

    def knows(self, term: Term) -> bool:
        """Whether the corpus itself uses the term, or what it is in Chinese."""
        return any(word in self._row for word, degree in term.standins if degree >= 1.0)

    # Expanding

    def _expand(self, candidate: _Candidate) -> Term:
        standins: dict[str, float] = {}

        def add(words: Iterable[str], degree: float) -> None:
            for word in words:
                standins[word] = max(standins.get(word, 0.0), degree)

        starts = candidate.translations or (candidate.surface,)
        add(starts, 1.0)
        if candidate.surface.isascii():
            add(base_forms(candidate.surface), 1.0)
        if candidate.parts and candidate.surface not in self._row:
            add(candidate.parts[:-1], PHRASE_PART)
            head = candidate.parts[-1]
            # Where the corpus has the phrase, 新区 of 省级新区 is it; elsewhere (大学老师) it is as far as it is rare.
            found = candidate.surface in self._corpus
            add((head,), PHRASE_HEAD * (1.0 if found else self._rarity([(head, 1.0)])))
            for part in candidate.parts:
                add(self._lexicon.synonyms.get(part, ()), PHRASE_PART * SYNONYM)
        for start in starts:
            add(self._lexicon.synonyms.get(start, ()), SYNONYM)
            add(self._lexicon.said.get(start, ()), SYNONYM)
            add(self._lexicon.near.get(start, ()), NEAR)
            add(self._abbreviated(start), ABBREVIATION)
            add((start + kind for kind in _KINDS_OF_PLACE if start + kind in self._row), 1.0)
            for word in self._inside(start):
                # Of 蚕桑产业 the corpus may have 产业, which says nothing of it; 航空 of 航空产业 tells nearly all.
                add((word,), INSIDE * (1.0 if len(word) == len(start) - 1 else self._rarity([(word, 1.0)])))
            add(self._rewritten(start), SYNONYM)
        if self._near_words and candidate.surface not in self._lexicon.places and candidate.part_of_speech != "ns":
            # Names of places lie near one another in the embedding, and stand for nothing but themselves.
            for word, degree in self._nearest(candidate.surface):
                if word not in candidate.parts:
                    add((word,), degree)
        ordered = tuple(sorted(standins.items(), key=lambda pair: (-pair[1], -len(pair[0]))))
        kind = candidate.part_of_speech
        worth = next((value for tag, value in _WEIGHT_OF_TAG.items() if kind.startswith(tag)), 1.0)
        if kind.startswith("vn"):
            worth = 0.9
        if not candidate.known and not candidate.translations and kind.startswith(("v", "a", "z")):
            worth *= GUESSED_SHARE
        listed = any(word in self._entries for word in starts)
        if listed and kind.startswith("d"):
            # The tagger knows 终点 as an adverb only; a word that the lexicon lists is none.
            worth = _WEIGHT_OF_TAG["v"]
        if candidate.surface in self._lexicon.faint:
            worth *= FAINT_SHARE
        names = not kind.startswith(("v", "a", "d")) and not _MEASURED.match(candidate.surface)
        if candidate.numbered:
            ordered = tuple((word, 1.0) for word in candidate.translations)
        return Term(candidate.surface, ordered, worth * self._rarity(ordered), names, listed, candidate.numbered)

    def _inside(self, word: str) -> list[str]:
        """Corpus words inside a longer unknown word: 科技城区 → 科技城."""
        if len(word) < 4 or not _CJK.match(word):
            return []
        return [
            word[start:end]
            for start in range(len(word))
            for end in range(start + 2, len(word) + 1)
            if end - start >= max(2, len(word) - 2) and end - start < len(word) and word[start:end] in self._row
        ]

    def _rewritten(self, word: str) -> list[str]:
        """What the corpus has of a longer word that it has not, with a part in other words.

        低保边缘户 → 最低生活保障边缘: a last character that only says what kind of thing it is may differ.
        """
        if len(word) < 4 or not _CJK.match(word) or word in self._corpus:
            return []
        found = []
        for at in range(2, len(word) - 1):
            first, rest = word[:at], word[at:]
            for other in self._lexicon.synonyms.get(first, ()):
                ends = (rest, rest[:-1]) if len(rest) > 2 else (rest,)
                found += [other + end for end in ends if other + end in self._corpus][:1]
            found += [first + other for other in self._lexicon.synonyms.get(rest, ()) if first + other in self._corpus]
        return found

    def _abbreviated(self, word: str) -> list[str]:
        """Corpus words that the word abbreviates, or that abbreviate it, by the first characters of their parts."""
        return list(self._initials.get(word, ())) if 2 <= len(word) <= 4 else []

    def _nearest(self, surface: str) -> list[tuple[str, float]]:
        row = self._row.get(surface)
        vector = (
            self._centred[row]
            if row is not None
            else _unit(self._index.embedder.embed_queries([surface]) - self._centroid)[0]
        )
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
            int(self._frequencies[self._row[word]]) if word in self._row else self._corpus.count(word)
            for word in strong
        )
        latin = [as_a_word(word) for word in strong if word.isascii()]
        if latin:
            said = sum(any(word.search(text) for word in latin) for text in self._translations)
            count = max(count, said)
        count = min(total, count)
        return math.log(1.0 + (total - count + 0.5) / (count + 0.5)) / math.log(1.0 + (total + 0.5) / 0.5)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


def _verb(choice: re.Match[str]) -> str:
    """The verb of a choice, apart from what it is done to unless the two make one word: 修 医院, but 下雨."""
    verb = choice[1]
    first = rjieba.cut(verb + choice.string[choice.end() : choice.end() + 3], False)[0]
    return verb if len(first) > len(verb) else f"{verb} "


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
