"""What was found for the parts of a question → the names of what is missing, each a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import wording
from assistant.answering.found import Found
from assistant.answering.missing_kind import COUNT
from assistant.answering.understanding import Understanding

MOST_REPEATED = {"zh": 30, "en": 90}
"""Characters of a question that are repeated, at most."""
_NOT_REPEATED = re.compile(r"\d{6}|[\[\]“”]")
"""What is not repeated: numbers of persons and telephones, and what would look like a marker or end the quote."""


def missing_of(bad: Sequence[Found], found: Sequence[Found], understood: Understanding) -> list[str]:
    """What is missing of each part that is not answered, `found` being all parts.

    One of several parts is named by its own words, which tell it from the others.
    """
    several = len(understood.parts) > 1
    return list(dict.fromkeys(_missing(one, found, understood, several) for one in bad))


def foreign_to(one: Found, foreign: tuple[str, ...], found: Sequence[Found]) -> tuple[str, ...]:
    """The places no document names that one part of a question asks about (广州低保多少？深圳呢？), or all of it."""
    return tuple(place for place in foreign if place in one.question.text) if len(found) > 1 else foreign


def _as_denied(subject: str, text: str) -> str:
    """A word with the 不 before it in the question, without which it would say the opposite: 不合格."""
    return f"不{subject}" if subject and re.search(rf"(?<![能要是会可])不{re.escape(subject)}", text) else subject


def _counts_another(one: Found, subject: str) -> bool:
    """Whether a follow-up asks for the number of what itself names, not of what the turn before was about."""
    question = one.question
    named = question.noun and question.noun not in question.taken_over
    return bool(named) and one.judgement.missing_kind is COUNT and subject in question.taken_over


def _missing(one: Found, found: Sequence[Found], understood: Understanding, several: bool) -> str:
    words = understood.as_typed(one.question.own_words)
    if len(words) > MOST_REPEATED[understood.language] or _NOT_REPEATED.search(words):
        words = ""
    # In the capitals in which they were typed.
    terms = tuple(map(understood.as_typed, one.judgement.missing_terms))
    judgement = replace(one.judgement, missing_terms=terms)
    subject = _as_denied(understood.as_typed(wording.subject(one.ranking, judgement)), one.question.text)
    foreign = foreign_to(one, understood.foreign_places, found)
    # What is missing for another place may be said of this one: 重庆的人才引进有什么办法.
    by_words = several or one.judgement.elsewhere or _counts_another(one, subject)
    return wording.missing_part(judgement, subject, foreign, understood.language, words, by_words)
