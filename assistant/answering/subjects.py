"""A question → what its words name: its subjects, all that it is about, and whether the documents know of it."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.answering.amounts import YEAR
from assistant.answering.conversation import Vocabulary
from assistant.answering.degrees import NAMING, TELLING
from assistant.answering.lexicon import Lexicon
from assistant.answering.pairs import Pairs
from assistant.answering.questions import language_of
from assistant.answering.terms import TermFinder

_PLACE = re.compile(r"[\u3400-\u9fff](?:区|县|市|城|镇|省|州)$")
_ASKING = re.compile(r"[哪谁啥]|什么")
"""A word of asking, in a word that is cut wrongly: 去哪办."""


class Subjects:
    """What the words of questions name, over one index."""

    def __init__(self, finder: TermFinder, lexicon: Lexicon, pairs: Pairs) -> None:
        self._finder = finder
        self._lexicon = lexicon
        self._pairs = pairs

    def vocabulary(self, aspects: Collection[str]) -> Vocabulary:
        """What resolving follow-ups needs to know; `aspects` name a side of something else."""
        return Vocabulary(self.subjects, self.about, self.telling, self.other, self.is_place, self.is_known, aspects)

    def subjects(self, text: str) -> list[str]:
        """The nouns and places that a question names, in order, behind the years."""
        language = language_of(text)
        named = [
            term.surface
            for term in self._finder.terms(text, language)
            if term.names and term.weight > NAMING and not _ASKING.search(term.surface)
        ]
        return [*YEAR.findall(text), *named] if YEAR.search(text) and named else named

    def named(self, text: str) -> list[str]:
        """The nouns and places that a question names, be they common ones."""
        return [term.surface for term in self._finder.terms(text, language_of(text)) if term.names]

    def about(self, text: str) -> list[str]:
        """Its subjects, and what else tells and is a word of the documents (保护), in order."""
        subjects = self.subjects(text)
        terms = self._finder.terms(text, language_of(text))
        telling = [
            term.surface
            for term in terms
            if term.surface in subjects or (term.weight >= TELLING and self._finder.knows(term))
        ]
        return [subject for subject in subjects if subject not in telling] + telling

    def telling(self, text: str) -> list[str]:
        """What says much in a question, of whatever part of speech (发电), whether or not the documents know it."""
        terms = self._finder.terms(text, language_of(text))
        return self.subjects(text) + [term.surface for term in terms if term.weight >= TELLING]

    def other(self, text: str, before: str) -> tuple[str, str] | None:
        """What “the other one” stands for after an earlier question: (that question's words for the one, the other)."""
        terms = self._finder.terms(before, language_of(before))
        called = {word: term.surface for term in terms for word, degree in term.standins if degree >= 1.0}
        pair = self._pairs.other(text, called.keys())
        return None if pair is None else (called[pair[0]], pair[1])

    def is_known(self, subject: str) -> bool:
        """Whether the documents use a subject, in its own words or in others that mean the same."""
        terms = self._finder.terms(subject, language_of(subject))
        return any(self._finder.knows(term) for term in terms)

    def is_place(self, subject: str) -> bool:
        """Whether a subject is a place; an English one, by what it is in Chinese."""
        terms = self._finder.terms(subject, language_of(subject))
        words = [word for term in terms for word, degree in term.standins if degree >= 1.0]
        return any(word in self._lexicon.places or _PLACE.search(word) for word in words)
