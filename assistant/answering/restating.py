"""A question → the same question in the documents' words, for the cross-encoder to read as well.

A small network has not learnt that 公租房 is 公共租赁住房; the word lists have. What means only nearly the same is left
alone: then another question would be read. So are verbs: what a plan 支持, it does not 扶持 with money.
"""

from __future__ import annotations

from assistant.answering.expansion import SYNONYM
from assistant.answering.sub_question import SubQuestion


def in_their_words(question: SubQuestion, said: str) -> str:
    """The question with its Chinese nouns that a normalised text lacks put in words of that text that mean the same.

    Args:
        question: what is asked.
        said: what the documents say, as far as it may answer.
    """
    text = question.text
    for term in question.terms:
        if not term.names or term.surface.isascii() or term.surface in said:
            continue
        same = (word for word, degree in term.standins if degree >= SYNONYM and word in said and not word.isascii())
        text = text.replace(term.surface, next(same, term.surface))
    return text
