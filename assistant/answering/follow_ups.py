"""A follow-up, and what was found for it → whether it only gets the answer before once more."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.answering.degrees import EVEN, FIRM, KNOWN, LIKELY, SURE, TELLING, UNLIKELY
from assistant.answering.expansion import NEAR
from assistant.answering.ranking import Ranking
from assistant.answering.readings import CERTAIN
from assistant.answering.sub_question import SubQuestion

LESS = -0.6
"""By how much the log-odds of a follow-up that names nothing may lie below those of what it takes over alone: where
what is asked is answered, asking it hardly makes an answer less likely."""

SEEN = 1.0
"""Log-odds from which the cross-encoder sees what is asked, though it saw more of what is taken over: of the follow-ups
of dev most are then answered."""
EXACT = frozenset({"time", "year", "month", "day", "duration", "money", "rate", "size", "age", "person"})
"""Kinds of answer that have a form of their own: whether that stands there tells better than the cross-encoder."""
_WHICH_OF = re.compile(
    r"哪[一二两三四五六七八九十几些]{0,2}个?(?P<thing>[\u4e00-\u9fff])(?<![个些家条种类项样位名处方里儿年月天人])"
)
"""What asks which of several things, by the character that names their kind; a mere measure word names none."""
_PERSONS = re.compile(r"[人民户者]$|学生$|[男女老少]$")


def stays_behind(question: SubQuestion, ranking: Ranking, places: Sequence[int], taken: float, text: str) -> bool:
    """Whether the chosen chunks answer the question before a follow-up, and not the follow-up.

    Where it names nothing itself (谁来管) what it takes over is held, and tells nothing: the cross-encoder must see an
    answer, and not less of one than with what is taken over alone. What it turns to must be held: 那科技城呢 after
    钒钛新城有哪些产业园 finds the parks of the other town. What is neither held nor a word of public policy
    (那些汇进来的小河呢) may be meant by other words, unless it is people; so may a place by a part of its name (成渝),
    where the cross-encoder is sure.

    Args:
        question: the follow-up, or any other question, which stays behind nothing.
        ranking: the ranked chunks.
        places: places in the ranking that were chosen.
        taken: log-odds that the chosen chunks answer what it takes over alone.
        text: what the chosen chunks say.
    """
    odds = ranking.odds(places)
    kinds = question.asked.kinds
    counts = question.asked.count_unit is not None or any(unit for _, unit in question.numbers)
    exact = counts or (bool(kinds) and all(kind.name in EXACT for kind in kinds))
    if question.leans and ranking.answers and not exact and not (odds >= EVEN and _holds_such(question, text)):
        gain = odds - taken
        unseen = odds < (UNLIKELY if gain >= 0 else LIKELY)
        return (
            (gain < LESS and not (odds >= SEEN and _asks_freely(question)))
            or (unseen and not kinds)
            or (question.asked.yes_no and _holds_nothing_of(question, ranking, places))
        )
    if odds < 0 and not exact and _holds_nothing_of(question, ranking, places):
        return True
    best = ranking.support.max(axis=1) if ranking.support.size else np.zeros(len(ranking.terms))
    held = np.maximum(ranking.support, ranking.heading)[:, list(places)]
    turned = [
        float(held[i].max(initial=0.0))
        for i, term in enumerate(ranking.terms)
        if (term.names or term.surface == question.turns_to) and term.weight >= TELLING
        if term.surface in question.turns_to
        if _PERSONS.search(term.surface) or ((term.listed or best[i] >= KNOWN) and not (term.place and odds >= SURE))
    ]
    return bool(turned) and max(turned) < (NEAR if odds >= CERTAIN else KNOWN)


def _asks_freely(question: SubQuestion) -> bool:
    """Whether a follow-up asks for no kind of answer, for no yes or no, and for no side of a thing (有啥好处).

    Of these a sentence on the thing itself says nothing, however sure a small network is of it.
    """
    own = (term for term in question.terms if term.surface not in question.taken_over)
    return not (question.asked.kinds or question.asked.yes_no or any(term.names for term in own))


def _holds_such(question: SubQuestion, text: str) -> bool:
    """Whether a text holds the kind of thing of which it is asked which ones they are: 执行层 for 分哪几层."""
    things = _WHICH_OF.search(question.own_words)
    return things is not None and things["thing"] in text


def _holds_nothing_of(question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> bool:
    """Whether the chosen chunks hold none of the telling words that a follow-up says itself: 有人监督吗."""
    support = np.maximum(ranking.support, ranking.heading)[:, list(places)]
    own = [
        float(support[i].max(initial=0.0))
        for i, term in enumerate(ranking.terms)
        if term.weight >= TELLING and term.surface not in question.taken_over
    ]
    return bool(question.taken_over and own) and max(own) < FIRM
