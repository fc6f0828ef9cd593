"""The word lists beside this module → look-ups: synonyms, near words, the English glossary, places, stop words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from assistant.indexing.analysis import normalize

_SECTION = "# broader"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """General vocabulary of public policy, of no particular document.

    Attributes:
        synonyms: word → words that mean the same.
        near: everyday word → official words that are near but not the same.
        glossary: English term, lower case → Chinese words.
        places: names of provinces, cities, counties and countries.
        stopwords: words that carry no content in a question.
        english_words: English words of five letters and more that are spelt right; the vocabulary of a tokenizer
            (tiktoken's cl100k_base, MIT licence), stems of words included.
    """

    synonyms: dict[str, tuple[str, ...]]
    near: dict[str, tuple[str, ...]]
    glossary: dict[str, tuple[str, ...]]
    places: frozenset[str]
    stopwords: frozenset[str]
    english_words: frozenset[str]

    @property
    def english(self) -> frozenset[str]:
        """The single English words that the glossary is made of."""
        return frozenset(word for term in self.glossary for word in term.split() if word.isalpha() and word.isascii())


def _lines(name: str) -> list[str]:
    text = files("assistant.answering").joinpath("lexicon", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _groups() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    # Dictionaries for sets: stand-ins come in the order of the list, the same in every process.
    synonyms: defaultdict[str, dict[str, None]] = defaultdict(dict)
    near: defaultdict[str, dict[str, None]] = defaultdict(dict)
    in_near = False
    for line in _lines("synonyms.tsv"):
        if line.startswith("#"):
            in_near = line == _SECTION
            continue
        group = [normalize(word) for word in line.split("\t")]
        if in_near:
            near[group[0]].update(dict.fromkeys(group[1:]))
            continue
        for word in group:
            synonyms[word].update(dict.fromkeys(other for other in group if other != word))
    return (
        {word: tuple(others) for word, others in synonyms.items()},
        {word: tuple(others) for word, others in near.items()},
    )


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Read the word lists; once in a process."""
    synonyms, near = _groups()
    glossary = {}
    for line in _lines("glossary_en.tsv"):
        english, chinese = line.split("\t")
        glossary[normalize(english)] = tuple(normalize(word) for word in chinese.split("|"))
    return Lexicon(
        synonyms,
        near,
        glossary,
        frozenset(_lines("places.txt")),
        frozenset(_lines("stopwords.txt")) | frozenset(_lines("stopwords_en.txt")),
        frozenset(_lines("english_words.txt")),
    )
