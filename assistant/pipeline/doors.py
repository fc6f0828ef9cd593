"""Documents → a door for each audience: questions of its concern that the documents answer.

A question is made from a measure in the text ("加快机场迁建工作" → "怎么加快机场迁建工作？"), which is given to an
audience by the general vocabulary in `audiences.toml`; nothing is written for one document, so a new corpus brings its
own questions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Literal

from assistant.indexing.sentences import split_parts, split_sentences
from assistant.schema import Answer, Clause, Document, Language, Query

Audience = Literal["investors", "citizens", "staff"]
"""Who comes to a policy with questions."""

MOST = 4
"""Questions behind a door."""
MOST_ASKED = 30
"""Candidates of an audience that are tried: what a large corpus may cost whoever comes first."""
LENGTHS: Mapping[Language, tuple[int, int]] = {"zh": (6, 24), "en": (20, 90)}
"""Characters of a measure that makes a readable question."""

_UNFINISHED: Mapping[Language, re.Pattern[str]] = {"zh": re.compile("以.*为|等$|的$"), "en": re.compile(r"\bsuch as\b")}
"""In a part of a sentence: what leans on the parts that are left off."""

English = Callable[[str, int, int], str]
"""(document, start, end) → the translation of its text there, empty where there is none."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language: how a measure begins, and what concerns whom."""

    begins: re.Pattern[str]
    words: Mapping[Audience, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    question: str
    audience: Audience
    words: int
    document: str
    clause: Clause
    start: int
    end: int


def door_questions(
    documents: Sequence[Document], language: Language, ask: Callable[[Query], Answer], english: English
) -> dict[Audience, list[str]]:
    """Questions for each audience.

    Args:
        documents: the corpus.
        language: of the questions.
        ask: answers a question; kept is one that is answered from the very sentence it was made from.
        english: the translation of a stretch of a document.

    Returns:
        For each audience MOST questions at most, of different clauses where there are enough; none is in two lists.
    """
    vocabulary = load_vocabulary()[language]
    found = [
        candidate
        for document in documents
        for clause in document.clauses
        if clause.kind == "clause"
        for candidate in _candidates(document, clause, language, vocabulary, english)
    ]
    return {
        audience: _answered([candidate for candidate in found if candidate.audience == audience], ask)
        for audience in vocabulary.words
    }


@cache
def load_vocabulary() -> Mapping[Language, Vocabulary]:
    """The vocabulary that comes with the program."""
    raw = tomllib.loads((files("assistant.pipeline") / "audiences.toml").read_text("utf-8"))
    languages: tuple[Language, ...] = ("zh", "en")
    return {
        language: Vocabulary(
            _any_of(raw[language]["begins"], language),
            {audience: _any_of(words, language) for audience, words in raw[language]["words"].items()},
        )
        for language in languages
    }


def _any_of(words: Iterable[str], language: Language) -> re.Pattern[str]:
    """Finds any of the words; the longest first, and whole words where words are written apart."""
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?:{longest_first})\b" if language == "en" else longest_first, re.IGNORECASE)


def _candidates(
    document: Document, clause: Clause, language: Language, vocabulary: Vocabulary, english: English
) -> Iterator[_Candidate]:
    shortest, longest = LENGTHS[language]
    for start, end in split_sentences(clause.text):
        at = (clause.start + start, clause.start + end)
        if language == "en":
            measures = [_first_part(english(document.id, *at))]
        else:
            measures = _parts(clause.text[start:end].removeprefix(clause.label))
        for measure in measures:
            if not shortest <= len(measure) <= longest or not vocabulary.begins.match(measure):
                continue
            if _UNFINISHED[language].search(measure):
                continue
            audience, words = _audience(measure, vocabulary)
            if audience is not None:
                yield _Candidate(_question(measure, language), audience, words, document.id, clause, *at)


def _parts(sentence: str) -> list[str]:
    """The parts of a sentence, each of which may say what is to be done."""
    return [sentence[start:end].rstrip("。；;，！").strip() for start, end in split_parts(sentence)]


def _first_part(translated: str) -> str:
    """What an English sentence says first, without its number: what follows leans on it."""
    return re.split(r"[,;:]|\.\s|\.$", re.sub(r"^\(\d+\)\s*", "", translated), maxsplit=1)[0].strip()


def _audience(measure: str, vocabulary: Vocabulary) -> tuple[Audience | None, int]:
    """Whose words the measure holds most of, and how many; nobody's where two audiences are level."""
    counts = {audience: len(set(words.findall(measure))) for audience, words in vocabulary.words.items()}
    best = max(counts.values())
    leading = [audience for audience, count in counts.items() if count == best]
    return (leading[0], best) if best and len(leading) == 1 else (None, 0)


def _question(measure: str, language: Language) -> str:
    return f"How will the city {measure[0].lower()}{measure[1:]}?" if language == "en" else f"怎么{measure}？"


def _answered(candidates: Sequence[_Candidate], ask: Callable[[Query], Answer]) -> list[str]:
    chosen: list[str] = []
    for candidate in _one_of_each_clause_first(candidates)[:MOST_ASKED]:
        if len(chosen) == MOST:
            break
        # Asked of the whole corpus, as a visitor will ask it: another document must not answer in its place.
        if candidate.question not in chosen and _is_answered(ask(Query(candidate.question)), candidate):
            chosen.append(candidate.question)
    return chosen


def _one_of_each_clause_first(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The surest candidate of each clause, the surest of these first; then the second of each, and so on."""
    by_clause: dict[tuple[str, int], list[_Candidate]] = {}
    for candidate in candidates:
        by_clause.setdefault((candidate.document, candidate.clause.position), []).append(candidate)
    ranked = [sorted(group, key=lambda candidate: -candidate.words) for group in by_clause.values()]
    ranked.sort(key=lambda group: -group[0].words)
    rounds = range(max(map(len, ranked), default=0))
    return list(chain.from_iterable([group[n] for group in ranked if n < len(group)] for n in rounds))


def _is_answered(answer: Answer, candidate: _Candidate) -> bool:
    return answer.status == "answered" and any(
        citation.document == candidate.document and citation.start < candidate.end and candidate.start < citation.end
        for citation in answer.citations
    )
