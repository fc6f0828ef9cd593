"""A question → the words in which the cross-encoder reads it: those of the documents, as far as it has them.

A small network has not learnt that 公租房 is 公共租赁住房; the word lists have. What means only nearly the same is left
alone: then another question would be read. So are verbs: what a plan 支持, it does not 扶持 with money.
Of English it has learnt little beside a Chinese passage; with what is asked about in Chinese it tells far better.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.english_kinds import WHEN
from assistant.answering.expansion import SYNONYM, Term
from assistant.answering.sub_question import SubQuestion

_CJK = re.compile(r"[\u3400-\u9fff]")
_NOT_OF = "".join(
    rf"(?<!\b{noun} )"
    for noun in ("place", "places", "area", "areas", "town", "city", "people", "those", "anyone", "someone", "firms")
)
"""Behind a noun, a word of asking tells of it: a place where goods are traded."""
_ASKING = (
    (rf"{WHEN}|\b(?:by |in |at )?(?:which|what) (?:year|date|time)\b", "什么时候"),
    (rf"{_NOT_OF}\bwhere\b", "在哪里"),
    (rf"{_NOT_OF}\bwho(?:m|se)?\b", "谁"),
    (r"\bhow many\b", "多少个"),
    (r"\bhow much\b", "多少"),
    (r"\bwhich\b", "哪些"),
    (r"\bwhat\b", "什么"),
    (r"\bhow\b", "怎么"),
    (r"\bwhy\b", "为什么"),
    (r"\b(?:is|are) there(?: any| a)?\b|\bany\b", "有没有"),
)
"""English words of asking, the longer ones first, and what they are in Chinese."""


def readings_of(question: SubQuestion, said: str) -> tuple[str, ...]:
    """The ways to put a question that are read, of which the better one counts; in its own words first, if Chinese.

    Args:
        question: what is asked.
        said: what the documents say, as far as it may answer, normalised.
    """
    text = question.text
    if _CJK.search(text):
        chinese = in_chinese(text, question.terms, said)
        return tuple(dict.fromkeys((text, _in_their_words(chinese, question.terms, said))))
    if not _CJK.search(said) or in_chinese(text, question.terms, said) == text:
        return (text,)
    for asking, chinese in _ASKING:
        text = re.sub(asking, chinese, text)
    return (in_chinese(text, question.terms, said),)


def in_chinese(text: str, terms: Sequence[Term], said: str = "") -> str:
    """A text with its English terms as they are in Chinese, in a word of `said` where one of those is."""
    for term in sorted(terms, key=lambda term: -len(term.surface)):
        if not term.surface.isascii():
            continue
        words = [word for word, degree in term.standins if degree >= 1.0 and not word.isascii()]
        if words:
            word = next((word for word in words if word in said), words[0])
            text = re.sub(rf"(?<![a-z]){re.escape(term.surface)}(?![a-z])", word, text)
    return text


def _in_their_words(text: str, terms: Sequence[Term], said: str) -> str:
    """A Chinese text with its nouns that `said` lacks put in words of it that mean the same."""
    for term in terms:
        if not term.names or term.surface.isascii() or term.surface in said:
            continue
        same = (word for word, degree in term.standins if degree >= SYNONYM and word in said and not word.isascii())
        text = text.replace(term.surface, next(same, term.surface))
    return text
