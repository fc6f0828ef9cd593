"""A sub-question → the words to search for, with what each counts."""

from __future__ import annotations

from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import index_tokens

STANDIN_SHARE = 0.4
"""What a word that only stands in for a term counts in the lexical index, where the counts of several add up."""


def lexical_words(question: SubQuestion) -> dict[str, float]:
    """The words to look up in the lexical index for a sub-question, with their weights."""
    words: dict[str, float] = dict.fromkeys(question.years, 1.0)
    for term in question.terms:
        for standin, degree in term.standins:
            share = 1.0 if degree >= 1.0 else STANDIN_SHARE * degree
            for word in index_tokens(standin):
                words[word] = max(words.get(word, 0.0), share * max(term.weight, 0.05))
    return words


def term_words(question: SubQuestion) -> list[tuple[float, tuple[tuple[str, float], ...]]]:
    """The terms to look up for a sub-question: each one's weight, and the words for it with their degrees."""
    return [(term.weight, term.standins) for term in question.terms if term.weight > 0]
