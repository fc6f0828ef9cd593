"""What a caller passes → the query that is asked."""

from __future__ import annotations

from typing import Any

from assistant.errors import InvalidQuestion
from assistant.schema import Query, Turn


def as_query(value: Any) -> Query:
    """A query from what a LangChain caller passes: a `Query`, the question, or a mapping.

    Raises:
        InvalidQuestion: it is none of these.
    """
    if isinstance(value, Query):
        return value
    if isinstance(value, str):
        return Query(value)
    if isinstance(value, dict) and isinstance(value.get("question"), str):
        history = value.get("history") or []
        documents = value.get("documents") or []
        if isinstance(history, list | tuple) and isinstance(documents, list | tuple):
            return Query(value["question"], tuple(map(_turn, history)), tuple(map(str, documents)))
    raise InvalidQuestion('pass a question, or {"question": …, "history": […], "documents": […]}')


def _turn(value: Any) -> Turn:
    if isinstance(value, Turn):
        return value
    if isinstance(value, str):
        return Turn(value)
    if isinstance(value, dict) and isinstance(value.get("question"), str):
        return Turn(value["question"], str(value.get("answer") or ""))
    raise InvalidQuestion('a turn of "history" is an earlier question, or {"question": …, "answer": …}')
