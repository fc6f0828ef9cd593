"""Ranked chunks → those that together answer: the first, and what adds to it or is asked for beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.answering.ages import holds_at
from assistant.answering.asked import Asked
from assistant.answering.degrees import HELD, LITERAL, SURE
from assistant.answering.lexicon import load_lexicon
from assistant.answering.ranking import Ranking, term_weights
from assistant.answering.tasks import first_with_tasks, those_with_the_task
from assistant.answering.windows import lists
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Chunk

LOOKED_AT = 12
"""Chunks looked at, best first."""
SAME_CLAUSE_GAIN = 0.2
"""What a further sentence of a clause must add to the weighted share of the terms that are held."""
OTHER_CLAUSE_GAIN = 0.5
"""The same for a sentence of a further clause, counting only terms that it holds firmly."""
EACH = 0.8
"""Share of the best score from which another clause is quoted where the same is asked of each of several things."""
CLOSE = 0.88
"""Share of the best score from which a second sentence of the same clause is quoted as well."""
NAMED = 0.3
"""Weighted share of the terms that a further sentence of the clause must name so that it comes next."""
ANSWERS, AS_LIKELY = 0.0, 1.0
"""Log-odds of answering from which a further sentence is quoted, and how far below the first one's it may lie where it
is of the same clause."""
CERTAIN = 1.0
"""The same from which a sentence of another clause may be quoted that answers less likely than the first one."""
COMPLETES, COMPLETES_ENGLISH = 1.0, 2.0
"""The same from which one is quoted whatever it holds of the terms; an English question is read less surely."""
BARE, NEAR_FIRST = 0.25, 0.78
"""Weighted share of the terms below which such a sentence holds next to nothing of them, and the share of the best
score below which it is far behind. Of the quotes below both on dev, read as less likely than the first, seven were
wrong and none was needed."""
OVERVIEW = 4
"""Sentences of a clause that a question for an overview of a topic is answered with."""
OTHER_CLAUSE_COVER = 0.5
"""Weighted share of the terms that such a sentence must hold by itself."""
LISTED = 0.9
"""Degree to which a sentence must hold what is to be listed to be part of the list."""
COMPARABLE = 0.8
"""Share of the best sentence's cover from which another one counts as much, where all are asked for."""


def choose_rows(
    index: Index, ranking: Ranking, asked: Asked, noun: str = "", most: int = 3, completes: float = COMPLETES
) -> list[int]:
    """Places in the ranking whose chunks together answer best, best first.

    The first is the top chunk. Others follow while they hold terms that those before do not, from its own clause more
    readily than from another, and, where a complete list is asked for, while they hold the terms about as well.
    """
    if not ranking.rows:
        return []
    if not ranking.terms:
        return [0]
    actors = first_with_tasks(index, ranking, LOOKED_AT) if asked.actors else []
    if actors and (asked.left_out or not _surely_elsewhere(index, ranking, actors[0])):
        return those_with_the_task(ranking, actors)
    weights = term_weights(ranking.terms)
    cover = weights @ ranking.support
    names = np.array([term.names for term in ranking.terms])
    chosen = [0]
    # The things to be listed are named last: 文化旅游上要创的示范区都有哪几个.
    head = max((i for i, term in enumerate(ranking.terms) if term.names), default=0)
    top = index.chunks[ranking.rows[0]]
    listing = asked.wants_list and "、" in index.text(ranking.rows[0])
    complete = listing and float(ranking.support[head, 0]) >= LISTED
    # 钒钛新城要建哪几个园: what lists such things completes what only speaks of the new town.
    unlisted = bool(noun) and asked.wants_list and not lists(noun, index.text(ranking.rows[0]))
    # What the heading above a chunk says is said of the chunk as well: only what neither holds is worth another one.
    held = np.maximum(ranking.support[:, 0], ranking.heading[:, 0])
    # So is the place that the title names: that another sentence names it too (攀枝花机场要搬吗) adds nothing.
    title, known = normalize(index.document(top.document).record.title), load_lexicon().places
    held[[term.surface in known and term.surface in title for term in ranking.terms]] = 1.0
    limit = most + 2 if asked.wants_all else most
    chunks = [index.chunks[row] for row in ranking.rows[:LOOKED_AT]]
    same_clause = [(chunk.document, chunk.position) == (top.document, top.position) for chunk in chunks]
    # A sentence of the top one's clause comes next that has a name as it is which the top one has only something like.
    literal = (ranking.support >= LITERAL) & (held < LITERAL)[:, None] & names[:, None]
    names_more = [same and bool(weights @ literal[:, i] >= NAMED) for i, same in enumerate(same_clause)]
    answers = ranking.answers or (0.0,) * len(ranking.rows)
    for place in sorted(range(1, len(chunks)), key=lambda place: not names_more[place]):
        if len(chosen) >= limit:
            break
        same = same_clause[place]
        gains = weights * np.maximum(ranking.support[:, place] - held, 0.0)
        alike = bool(cover[place] >= COMPARABLE * cover[0]) and float(cover[0]) > 0.3
        as_firm = float(ranking.support[head, place]) >= max(LISTED, float(ranking.support[head, 0]))
        listed = asked.wants_list and asked.wants_all and as_firm
        listed = listed or (asked.overview and len(chosen) < OVERVIEW)
        if same:
            close = (
                not complete and float(ranking.scores[place]) >= CLOSE * float(ranking.scores[0]) and len(chosen) < 2
            )
            wanted = (
                names_more[place]
                or (bool(ranking.answers) and answers[place] >= max(ANSWERS, answers[0] - AS_LIKELY))
                or (unlisted and lists(noun, index.text(ranking.rows[place])))
                or close
                or float(gains.sum()) >= SAME_CLAUSE_GAIN
                or (alike and asked.wants_all and not complete)
                or listed
            )
        else:
            firm = (ranking.support[:, place] >= HELD) & names
            wanted = float(gains[firm].sum()) >= OTHER_CLAUSE_GAIN and float(cover[place]) >= OTHER_CLAUSE_COVER
            # Asked of each of several things that one name covers: another clause says the same of the other one.
            as_good = float(ranking.scores[place]) >= EACH * float(ranking.scores[0])
            wanted = wanted or (asked.each and alike and as_good and len(chosen) < 2)
            wanted = wanted and answers[place] >= min(CERTAIN, answers[0])
            # Of two that are nearly alike (低保标准, 低保边缘家庭标准) words may put one first, the network the other.
            likelier = bool(ranking.answers) and answers[place] > answers[0]
            wanted = wanted or (likelier and alike and float(ranking.scores[place]) >= CLOSE * float(ranking.scores[0]))
            # The heading of a part sums up what its clauses say. What looks less like an answer than the first one,
            # is far behind it and holds next to nothing that is asked about only sounds like one.
            behind = float(ranking.scores[place]) < NEAR_FIRST * float(ranking.scores[0])
            bare = float(weights @ np.maximum(ranking.support[:, place], ranking.heading[:, place])) < BARE
            wanted = wanted or (
                bool(ranking.answers)
                and answers[place] >= completes
                and not (answers[place] < answers[0] and behind and bare)
                and not _is_heading(index, chunks[place])
            )
        if wanted:
            chosen.append(place)
            held = np.maximum(held, ranking.support[:, place])
    return chosen if asked.age is None else [*chosen, *_at_that_age(index, ranking, chosen, asked.age)]


def _at_that_age(index: Index, ranking: Ranking, chosen: Sequence[int], age: int) -> list[int]:
    """Places of what the first clause says of an age, where what was chosen speaks of others only.

    Both are quoted: the one often speaks of “the above”.
    """
    said = [holds_at(index.text(ranking.rows[place]), age) for place in chosen]
    if True in said or False not in said:
        return []
    first = index.chunks[ranking.rows[chosen[0]]]
    rows = set(index.clause_rows(first.document, first.position))
    others = [place for place, row in enumerate(ranking.rows) if row in rows and place not in chosen]
    return [place for place in others if holds_at(index.text(ranking.rows[place]), age)][:1]


def _surely_elsewhere(index: Index, ranking: Ranking, place: int) -> bool:
    """Whether the cross-encoder is sure of an answer in another clause: 哪些单位在研究 asks for no tasks."""
    best = max(range(len(ranking.answers)), key=ranking.answers.__getitem__, default=None)
    if best is None or ranking.answers[best] < SURE:
        return False
    here, there = (index.chunks[ranking.rows[one]] for one in (place, best))
    return (here.document, here.position) != (there.document, there.position)


def _is_heading(index: Index, chunk: Chunk) -> bool:
    return index.document(chunk.document).clauses[chunk.position].kind in ("part", "title")
