"""A question in a conversation: in which of two readings it is meant, and whether it only gets the answer before again.

跑道建多长 after 机场要搬吗 is about the airport, 米易怎么发展 after it is not, and no form of words tells them apart.
What the documents say does: the cross-encoder must be certain of an answer to the longer reading, and more so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.answerability import FIRM, KNOWN, LIKELY, TELLING, UNLIKELY
from assistant.answering.expansion import NAMING
from assistant.answering.found import Found
from assistant.answering.ranking import SURE, Ranking
from assistant.answering.sub_question import SubQuestion

CERTAIN = 2.5
"""Log-odds from which what is read with an earlier question may be taken to be answered."""
LEAD = 0.3
"""By how much they must lie above those of the question by itself."""
LEVEL = -0.1
"""The same where a chunk holds what both of the questions name: then as good is enough."""
LONG = 4
"""Characters from which a Chinese noun is a name of its own."""
LESS = -0.6
"""By how much the log-odds of a follow-up that names nothing may lie below those of what it takes over alone: where
what is asked is answered, asking it hardly makes an answer less likely."""

EXACT = frozenset({"time", "year", "month", "day", "duration", "money", "rate", "size", "age", "person"})
"""Kinds of answer that have a form of their own: whether that stands there tells better than the cross-encoder."""
_PERSONS = re.compile(r"[人民户者]$|学生$|[男女老少]$")


def as_meant(alone: Found, within: Found) -> Found:
    """The one of two readings of a question that is meant.

    Args:
        alone: what was found for the question by itself.
        within: what was found for it with what the question before is about.
    """
    certain, seen = within.ranking.odds(within.places), alone.ranking.odds(alone.places)
    least = LEVEL if _are_held_together(alone, within) else LEAD
    if certain >= CERTAIN and certain - seen >= least and within.judgement.answers:
        return within
    english = alone.question.text.isascii()
    if seen >= LIKELY or english or _names_its_own(alone) or not alone.ranking.answers:
        return alone
    # Meant with what was asked before, which is not answered, it would get what a search for its words alone finds.
    return replace(alone, judgement=alone.judgement.doubted())


def _names_its_own(alone: Found) -> bool:
    """Whether a question names something by a long word that a chosen chunk holds: 康养学院在哪."""
    support = alone.ranking.support[:, alone.places]
    return any(
        term.names and len(term.surface) >= LONG and float(support[i].max(initial=0.0)) >= KNOWN
        for i, term in enumerate(alone.ranking.terms)
    )


def _are_held_together(alone: Found, within: Found) -> bool:
    """Whether a chosen chunk holds something that the question names and something that it takes over."""
    own = {term.surface for term in alone.question.terms}
    support = np.maximum(within.ranking.support, within.ranking.heading)[:, within.places] >= KNOWN
    named = [i for i, term in enumerate(within.ranking.terms) if term.names and term.weight > NAMING]
    mine = [i for i in named if within.ranking.terms[i].surface in own]
    taken = [i for i in named if within.ranking.terms[i].surface not in own]
    return bool(mine and taken and np.any(support[mine].any(axis=0) & support[taken].any(axis=0)))


def stays_behind(question: SubQuestion, ranking: Ranking, places: Sequence[int], taken: float) -> bool:
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
    """
    odds = ranking.odds(places)
    kinds = question.asked.kinds
    exact = question.asked.count_unit is not None or (bool(kinds) and all(kind.name in EXACT for kind in kinds))
    if question.leans and ranking.answers and not exact:
        gain = odds - taken
        unseen = odds < (UNLIKELY if gain >= 0 else LIKELY)
        return (
            gain < LESS
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
        if term.names and term.weight >= TELLING and term.surface in question.turns_to
        if _PERSONS.search(term.surface) or ((term.listed or best[i] >= KNOWN) and not (term.place and odds >= SURE))
    ]
    return bool(turned) and max(turned) < KNOWN


def _holds_nothing_of(question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> bool:
    """Whether the chosen chunks hold none of the telling words that a follow-up says itself: 有人监督吗."""
    support = np.maximum(ranking.support, ranking.heading)[:, list(places)]
    own = [
        float(support[i].max(initial=0.0))
        for i, term in enumerate(ranking.terms)
        if term.weight >= TELLING and term.surface not in question.taken_over
    ]
    return bool(question.taken_over and own) and max(own) < FIRM
