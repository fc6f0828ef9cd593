"""The word lists beside this module → look-ups: what stands for a word, the English glossary, places, stop words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.indexing.analysis import normalize

_SAID, _BROADER = "# said", "# broader"
"""Heads of the second and third part of `synonyms.tsv`; the first holds groups of words that mean the same."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """General vocabulary of public policy, of no particular document.

    Attributes:
        synonyms: word → words that mean the same.
        said: everyday word → official words that mean the same. One way: the official ones, which may differ among
            themselves, do not become synonyms of one another.
        near: everyday word → official words that are near but not the same.
        glossary: English term, lower case → Chinese words.
        places: names of provinces, cities, counties and countries.
        initials: character that stands for places where several are named in a row (孟中印缅) → those places.
        stopwords: words that carry no content in a question.
        faint: words that say little in a question: of telling a story, and general words of asking.
        aspects: nouns that name a side of something else (条件, 好处), and nothing by themselves.
        collecting: words that collect (全部), or stand for whatever is collected (措施).
        common: words that stand often in policy texts and questions; written by `python -m eval count`.
        english_words: English words of five letters and more that are spelt right; the vocabulary of a tokenizer
            (tiktoken's cl100k_base, MIT licence), stems of words included.
    """

    synonyms: dict[str, tuple[str, ...]]
    said: dict[str, tuple[str, ...]]
    near: dict[str, tuple[str, ...]]
    glossary: dict[str, tuple[str, ...]]
    places: frozenset[str]
    initials: dict[str, tuple[str, ...]]
    stopwords: frozenset[str]
    faint: frozenset[str]
    aspects: frozenset[str]
    collecting: frozenset[str]
    common: frozenset[str]
    english_words: frozenset[str]

    @property
    def entries(self) -> tuple[str, ...]:
        """Every word that something stands for, each once, in the order of the lists."""
        return tuple(dict.fromkeys([*self.synonyms, *self.said, *self.near]))

    @property
    def english(self) -> frozenset[str]:
        """The single English words that the glossary is made of."""
        return frozenset(word for term in self.glossary for word in term.split() if word.isalpha() and word.isascii())


def _lines(name: str) -> list[str]:
    text = files("assistant.answering").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


_Ways = dict[str, tuple[str, ...]]


def _groups() -> tuple[_Ways, _Ways, _Ways]:
    # Dictionaries for sets: stand-ins come in the order of the list, the same in every process.
    synonyms: defaultdict[str, dict[str, None]] = defaultdict(dict)
    one_way: dict[str, defaultdict[str, dict[str, None]]] = {_SAID: defaultdict(dict), _BROADER: defaultdict(dict)}
    section = ""
    for line in _lines("synonyms.tsv"):
        if line.startswith("#"):
            section = line
            continue
        group = [normalize(word) for word in line.split("\t")]
        if section:
            one_way[section][group[0]].update(dict.fromkeys(group[1:]))
            continue
        for word in group:
            synonyms[word].update(dict.fromkeys(other for other in group if other != word))
    return _fixed(synonyms), _fixed(one_way[_SAID]), _fixed(one_way[_BROADER])


def _fixed(part: Mapping[str, Iterable[str]]) -> _Ways:
    return {word: tuple(others) for word, others in part.items()}


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read the word lists; once in a process."""
    synonyms, said, near = _groups()
    glossary = {}
    for line in _lines("glossary_en.tsv"):
        english, chinese = line.split("\t")
        glossary[normalize(english)] = tuple(normalize(word) for word in chinese.split("|"))
    return Lexicon(
        synonyms,
        said,
        near,
        glossary,
        frozenset(_lines("places.txt")),
        {initial: tuple(places) for initial, *places in (line.split("\t") for line in _lines("place_initials.tsv"))},
        frozenset(_lines("stopwords.txt")) | frozenset(_lines("stopwords_en.txt")),
        frozenset(_lines("faint.txt")),
        frozenset(_lines("aspects.txt")),
        frozenset(_lines("collecting.txt")),
        frozenset(_lines("common_words.txt")),
        frozenset(_lines("english_words.txt")),
    )
