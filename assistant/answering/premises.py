"""A question that puts something in the wrong place → the stretch of a document that says which place it is.

“The resort in Renhe District, right?”: no stretch speaks of Renhe and the resort, one speaks of the resort and of
another district. Quoting that one corrects the question; quoting what the document says of Renhe would not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.answering.expansion import Term
from assistant.answering.passage import Passage
from assistant.answering.ranking import Ranking
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index, search_text
from assistant.indexing.sentences import split_parts

SAID = 0.75
"""Weighted share of the other names that a stretch must hold to say what is asked."""
UNSAID = 0.4
"""Share up to which no stretch about the place itself says it."""
WHOLLY, PARTLY = 0.95, 0.75
"""Share from which a stretch says all of it, beside which one about the place itself that holds less than the second
merely has words of it."""
TELLING = 0.5
"""Weight that one of the other terms must have, so that they are about something."""
LOOKED_AT = 12
"""Chunks looked at, best first."""

_TAKEN_FOR_GRANTED = re.compile(r"吧|听说|既然|作为|\bright\b|\bisn't it\b|\bis it true\b|\bi (?:hear|heard)\b")
_ACTOR = re.compile(r"^([\u4e00-\u9fff]{1,3}[区县市州镇])(?=要|应|将|负责)")
"""A place that a segment opens with, as the one that is to do something: 西区要…"""
_OF_A_PLACE = (
    "的?(?:老?人(?![才民口均])|居民|户[口籍]|企业|公司|厂|学生|老板|游客|专家|教授|医生|老师|高校|院校|"
    "(?:科研|技术|专业)?人[才员](?!引进|政策|补贴))"
)
"""Who, or whose, is from a place."""
_ENDS = tuple("区县市州镇")


def displaced(
    index: Index, question: SubQuestion, ranking: Ranking, listed: Collection[str], foreign: Sequence[str]
) -> tuple[str, Passage] | None:
    """The place that a question has wrong and the passage that puts it right; None where it has none wrong.

    Args:
        index: where the ranked chunks are.
        question: what is asked.
        ranking: the chunks found for it.
        listed: names of places.
        foreign: places named in the question that no document knows.
    """
    named = {term: _as_place(term, listed) for term in question.terms}
    if not any(named.values()):
        return None
    segments = _segments(index, ranking)
    places = {name for _, text in segments for name in _ACTOR.findall(text)} | set(listed)
    others = places.difference(*named.values())
    others = {name for name in others if name not in question.text and any(name in text for _, text in segments)}
    titles = {index.document(passage.document).record.title for passage, _ in segments}
    supposes = question.asked.yes_no or question.asked.reason or bool(_TAKEN_FOR_GRANTED.search(question.text))
    for term, names in named.items():
        if names.isdisjoint(places) or not (_is_partner(question.text, term.surface) or supposes):
            continue
        if any(name in title for name in names for title in titles):
            # What a document says without naming a place it says of the one in its title.
            continue
        if is_from(question.text, term.surface):
            continue
        if term.surface in foreign and not _is_partner(question.text, term.surface):
            continue
        # Verbs are left out: that the resort is “put” somewhere, no document says in that word. So are other places:
        # of two that are named side by side (西区和仁和区都要做什么) neither is said to be where the other is.
        rest = [other for other in question.terms if other is not term and other.names]
        if not any(other.weight >= TELLING and places.isdisjoint(named[other]) for other in rest):
            continue
        passage = _elsewhere(term, rest, segments, others)
        if passage is not None:
            return term.surface, passage
    return None


def is_from(text: str, place: str) -> bool:
    """Whether a place is only where somebody, or a firm, is from (盐边的企业能去东区吗)."""
    return bool(re.search(rf"{re.escape(place)}[县市区省]?{_OF_A_PLACE}", text))


def _as_place(term: Term, listed: Collection[str]) -> set[str]:
    """The words that fully stand for a term and can name a place."""
    return {word for word, degree in term.standins if degree >= 1.0 and (word in listed or word.endswith(_ENDS))}


def _is_partner(text: str, place: str) -> bool:
    """Whether something is said to be in that place, or done with it; not where a part of it is asked for."""
    name = re.escape(place)
    return bool(re.search(rf"[与和跟同在归到是]{name}(?!的?[哪几啥什])|\b(?:in|with|by) (?:the )?{name}", text))


def _segments(index: Index, ranking: Ranking) -> list[tuple[Passage, str]]:
    """What the best chunks say between semicolons and full stops, each with its normalised text."""
    found = []
    for row in ranking.rows[:LOOKED_AT]:
        chunk = index.chunks[row]
        document = index.document(chunk.document)
        for start, end in split_parts(document.text[chunk.start : chunk.end], "；;。"):
            passage = Passage(chunk.document, chunk.position, chunk.start + start, chunk.start + end)
            found.append((passage, normalize(search_text(document, passage.start, passage.end))))
    return found


def _elsewhere(
    place: Term, rest: Sequence[Term], segments: Sequence[tuple[Passage, str]], others: Collection[str]
) -> Passage | None:
    weights = [term.weight for term in rest]
    best, own, found = 0.0, 0.0, None
    for passage, text in segments:
        held = sum(w * term.support(text) for term, w in zip(rest, weights, strict=True)) / sum(weights)
        support = place.support(text)
        if support >= 1.0:
            own = max(own, held)
        # What names it by a part of its name (成渝 for 成都) does not say that it is another.
        elif not support and held > best and any(_stands_as_place(name, text) for name in others):
            best, found = held, passage
    misplaced = (own <= UNSAID and best >= SAID) or (own < PARTLY and best >= WHOLLY)
    return found if misplaced else None


def _stands_as_place(name: str, text: str) -> bool:
    """Whether a place is the one that does something, or that it is done with or in."""
    place = re.escape(name)
    return bool(re.search(rf"(?:[与和跟同由在归到]|是){place}|{place}(?:要|应|将|负责|联合|合作)", text))
