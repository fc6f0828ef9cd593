"""What was found for the parts of a question → the names of what is missing, each a noun phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import wording
from assistant.answering.asked import is_to_confirm
from assistant.answering.degrees import KNOWN, TELLING
from assistant.answering.found import Found
from assistant.answering.missing_kind import COUNT
from assistant.answering.questions import ASKS, CLAUSES, WHAT, only_asks_if_so
from assistant.answering.understanding import Understanding

MOST_REPEATED = {"zh": 30, "en": 90}
"""Characters of a question that are repeated, at most."""
_NOT_REPEATED = re.compile(r"\d{6}|[\[\]“”]")
"""What is not repeated: numbers of persons and telephones, and what would look like a marker or end the quote."""
_LEAD = re.compile(
    r"^.*(?<![访学])(?:问(?![题卷责])|打听|知道|晓得|了解|请教|[弄搞]清楚|咨询)"
    r"(?:一?[下句问哈]|清楚|明白)*[,: ]*(?=.{4})|^你?就?告诉我|"
    r"^.*(?:没有?|未)(?:写|说|讲|提|规定)[到过明了]*(?=.{2})|^.{0,10}?[说讲](?:是|了)?(?=.{4})|^(?:那么?(?![个些边里儿时种位家块])|所以|因为|到底|听说)"
)
"""What only leads to what is asked or told: 我翻来翻去就想问一句, 物业说, 文件没写."""
_TAG = re.compile(r"(?:,?(?:对|是)?[吧吗])?$")
"""What such words end with that only asks for a yes."""
_OF_ONESELF = re.compile(r"[我俺咱](?![市省国州县区])|\b(?:i|we|my|our|me|us)\b")
"""Tells of who is asking, be it what he was told."""


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
    words = _to_repeat(_plainly(one.question.own_words), understood)
    amid_more = "" if several else _amid_more(one, understood)
    # In the capitals in which they were typed.
    terms = tuple(map(understood.as_typed, one.judgement.missing_terms))
    judgement = replace(one.judgement, missing_terms=terms)
    subject = _as_denied(understood.as_typed(wording.subject(one.ranking, judgement)), one.question.text)
    foreign = foreign_to(one, understood.foreign_places, found)
    # What is missing for another place may be said of this one: 重庆的人才引进有什么办法.
    by_words = several or one.judgement.elsewhere or _counts_another(one, subject)
    return wording.missing_part(
        judgement, subject, foreign, understood.language, amid_more or words, bool(by_words or amid_more)
    )


def _plainly(words: str) -> str:
    """Words of asking without what leads to them; of what is said not to be stated (文件没写票价,对吧) what that is."""
    led = _LEAD.match(words)
    return _TAG.sub("", words[led.end() :]) if led else words


def _to_repeat(words: str, understood: Understanding) -> str:
    """Words as they were typed; empty where they are not to be repeated."""
    words = understood.as_typed(words)
    return "" if len(words) > MOST_REPEATED[understood.language] or _NOT_REPEATED.search(words) else words


def _amid_more(one: Found, understood: Understanding) -> str:
    """The clause of a longer text that is not answered; empty where nothing is told around it, or it names nothing.

    It is the one that asks, else the one that tells most of what the documents do not have. A word of the story
    (我翻来翻去就想问一句,拆网箱赔多少) would name what nobody asked for.
    """
    question = one.question
    clauses = [clause.strip() for clause in CLAUSES.findall(question.text)]
    if len(clauses) < 2:
        return ""
    asking = question.own_words
    asks = question.by_itself is not None and (WHAT.search(asking) or not is_to_confirm(question.text))
    words = _plainly(asking if asks and ASKS.search(asking) else _told(clauses, one))
    names = any(term.names and term.weight >= TELLING and term.surface in words for term in question.terms)
    return _to_repeat(words, understood) if names else ""


def _told(clauses: Sequence[str], one: Found) -> str:
    """The clause that tells most of what the documents do not have of something that they have; empty for none.

    Where a kind of answer is missing the rest may be there: that it is not stated would be wrong.
    """
    if one.judgement.missing_kind:
        return ""
    ranking, unheld = one.ranking, set(one.judgement.missing_terms)
    held = ranking.support.max(axis=1) >= KNOWN if ranking.support.size else [False] * len(ranking.terms)

    def missed(clause: str) -> float:
        within = [(term, known) for term, known in zip(ranking.terms, held, strict=True) if term.surface in clause]
        lacks = sum(term.weight for term, _ in within if term.surface in unheld)
        return lacks if any(known for _, known in within) else 0.0

    told = [clause for clause in clauses if not (_OF_ONESELF.search(clause) or only_asks_if_so(clause))]
    return max(filter(missed, told), key=missed, default="")
