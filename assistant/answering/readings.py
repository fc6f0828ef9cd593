"""A question that can be read in two ways, and what was found for either → the one that is meant.

跑道建多长 after 机场要搬吗 is about the airport, 米易怎么发展 after it is not, and no form of words tells them apart.
What the documents say does: the cross-encoder must be certain of an answer to the longer reading, and more so.
So it is with what only tells of the asker: it may be a condition (外地户口,能报销吗) or lead away from what is asked
(父亲当年来建厂,老厂房有没有人保护).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assistant.answering.degrees import KNOWN, LIKELY, NAMING, TELLING, UNLIKELY
from assistant.answering.found import Found
from assistant.answering.questions import WHAT

CERTAIN = 2.5
"""Log-odds from which what is read with an earlier question, or without what is told, may be taken to be answered."""
LEAD = 0.3
"""By how much they must lie above those of the question by itself."""
TOGETHER, LEVEL = 2.0, -0.1
"""Both where a chunk holds what both of the questions name: then less, and as good, is enough."""
LONG = 4
"""Characters from which a Chinese noun is a name of its own."""
ENOUGH = 2
"""Telling terms in the words of a question for a yes or no, by which it may be answered alone."""
SEEN = 1.5
"""Log-odds from which a part of a question may be answered with the part before it where by itself it is not."""


def as_meant(alone: Found, within: Found) -> Found:
    """The one of two readings of a question that is meant.

    Args:
        alone: what was found for the question by itself.
        within: what was found for it with what the question before is about.
    """
    if _drops_its_own(alone, within):
        return alone
    certain, seen = within.ranking.odds(within.places), alone.ranking.odds(alone.places)
    together = _are_held_together(alone, within)
    enough, lead = (TOGETHER, LEVEL) if together else (CERTAIN, LEAD)
    if certain >= enough and certain - seen >= lead and within.judgement.answers:
        return within
    if not within.question.leans and within.judgement.answers and not alone.judgement.answers and certain >= SEEN:
        return within
    # A part of a question is seldom as short as a turn in a conversation.
    least_alone = LIKELY if within.question.leans else UNLIKELY
    if seen >= least_alone or _names_its_own(alone) or not alone.ranking.answers:
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


def _drops_its_own(alone: Found, within: Found) -> bool:
    """Whether the longer reading finds nothing of a long name that the question names and that is found for it alone.

    西部陆海新通道参不参与 after 民企能参与基础设施吗 is not on private firms.
    """
    if not (alone.judgement.answers and _names_its_own(alone)):
        return False
    named = {term.surface for term in alone.ranking.terms if term.names and len(term.surface) >= LONG}
    surfaces = {surface for surface in named if not surface.isascii()}
    held = np.maximum(within.ranking.support, within.ranking.heading)[:, within.places].max(axis=1, initial=0.0)
    return bool(surfaces) and not any(
        value >= KNOWN for term, value in zip(within.ranking.terms, held, strict=True) if term.surface in surfaces
    )


def _are_held_together(alone: Found, within: Found) -> bool:
    """Whether a chosen chunk holds something that the question names and something that it takes over."""
    own = {term.surface for term in alone.question.terms}
    support = np.maximum(within.ranking.support, within.ranking.heading)[:, within.places] >= KNOWN
    named = [i for i, term in enumerate(within.ranking.terms) if term.names and term.weight > NAMING]
    mine = [i for i in named if within.ranking.terms[i].surface in own]
    taken = [i for i in named if within.ranking.terms[i].surface not in own]
    return bool(mine and taken and np.any(support[mine].any(axis=0) & support[taken].any(axis=0)))


def is_answered_by_itself(own: Found) -> bool:
    """Whether a question is answered in its own words of asking, without what it tells beside them.

    They must name something that is held, and nothing may stand against it that they tell of and the documents know:
    攀西科技城主打炼钢,会不会有污染 is not answered by what is said of pollution elsewhere.
    In 房子漏水,科技城管不管 the leak is what is asked about.
    """
    if not own.judgement.answers or own.ranking.odds(own.places) < CERTAIN:
        return False
    ranking, words = own.ranking, own.question.own_words
    held = np.maximum(ranking.support, ranking.heading)[:, own.places].max(axis=1) >= KNOWN
    named = [(term, bool(here)) for term, here in zip(ranking.terms, held, strict=True) if term.names]
    asked = [here for term, here in named if term.surface in words and term.weight >= TELLING]
    if not WHAT.search(words) and sum(t.surface in words and t.weight >= TELLING for t in ranking.terms) < ENOUGH:
        return False
    told = [here for term, here in named if term.surface not in words and term.surface not in own.judgement.at_home]
    return any(asked) and all(told)
