"""Clauses that give each of several places or bodies its task (东区要…；西区要…) → whose is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.answering.asked import Asked
from assistant.answering.degrees import LITERAL
from assistant.answering.ranking import Ranking, term_weights
from assistant.indexing.index import Index

ACTORS, MOST_ACTORS = 3, 12
"""Chunks that open with who is to do something from which a clause gives each of several its task, and how many of them
are quoted at most."""
_ACTOR = re.compile(r"^[\u4e00-\u9fff]{1,12}(?:[区县市州镇乡]|局|委|办|部门|单位|街道)(?=要|应|将|负责|牵头)")
_BODIES = re.compile(
    r"^(?:[各几]?个?(?:县区?|区县?|部门|单位|乡镇|地方)|任务|分工|定位|职责|职能|安排|重点|tasks?|count(?:y|ies)|districts?|departments?)$"
)
"""Who is given tasks, and what these are called: no task by itself."""
AS_MUCH = 0.8
"""Share of the most that any of the tasks holds of what is named, from which one is of it too."""


def opens_with_actor(text: str) -> bool:
    """Whether a normalised text opens with a place or body that is to do something: 东区要…."""
    return bool(_ACTOR.match(text))


def gives_tasks(index: Index, row: int) -> list[int]:
    """Rows of a chunk's clause in which it gives each of several bodies or places its task: 东区要…；西区要….

    Empty where it names fewer than ACTORS of them.
    """
    chunk = index.chunks[row]
    found = [row for row in index.clause_rows(chunk.document, chunk.position) if opens_with_actor(index.text(row))]
    return found[:MOST_ACTORS] if len(found) >= ACTORS else []


def is_left_out(text: str, asked: Asked) -> bool:
    """Whether a normalised text gives a task to one of those that a question leaves out."""
    actor = _ACTOR.match(text) if asked.left_out else None
    return actor is not None and actor[0].startswith(asked.left_out)


def first_with_tasks(index: Index, ranking: Ranking, looked_at: int) -> list[int]:
    """Places of the chunks with the tasks of the first clause, of the best `looked_at` chunks, that gives some."""
    place = {row: i for i, row in enumerate(ranking.rows)}
    for row in ranking.rows[:looked_at]:
        tasks = gives_tasks(index, row)
        if tasks:
            return [place[task] for task in tasks if task in place]
    return []


def those_with_the_task(ranking: Ranking, actors: Sequence[int]) -> list[int]:
    """Of chunks with the tasks of several bodies those of the task that is named, where any is: 哪些县区要建南大门."""
    named = [
        i for i, term in enumerate(ranking.terms) if term.names and not term.place and not _BODIES.search(term.surface)
    ]
    if not named:
        return list(actors)
    weights = term_weights([ranking.terms[i] for i in named])
    holding = weights @ (ranking.support[np.ix_(named, actors)] >= LITERAL)
    most = holding.max()
    return [place for place, held in zip(actors, holding, strict=True) if held >= AS_MUCH * most]
