"""Asks in a conversation, and reads what is quoted."""

from __future__ import annotations

from assistant.pipeline import Assistant
from assistant.schema import Answer, Query, Turn


def asked(assistant: Assistant, question: str, *before: str) -> Answer:
    """The answer to a question after others, whose answers do not matter."""
    return assistant.ask(Query(question, history=tuple(Turn(earlier, "") for earlier in before)))


def quoted(answer: Answer) -> str:
    """All quotes of an answer, one a line."""
    return "\n".join(citation.quote for citation in answer.citations)
