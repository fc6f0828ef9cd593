"""What the browser keeps of a conversation (JSON) ↔ the records; and the history that the next question takes along.

The conversation lives in the visitor's browser alone. What comes back from there is not trusted: anything that is not
of the right shape is dropped, and what is shown of it is escaped like any other text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from assistant.schema import Answer, Citation, Language, Status, Turn

KEPT = 30
"""Exchanges that the browser keeps; older ones are forgotten."""
TAKEN_ALONG = 6
"""Exchanges that the next question takes along as its history."""

_STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
_LANGUAGES: dict[str, Language] = {language: language for language in get_args(Language)}
_CITATION_TYPES: dict[str, type] = {
    name: {"str": str, "int": int}[hint.__name__] for name, hint in get_type_hints(Citation).items()
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as typed, and what was answered."""

    question: str
    answer: Answer


def dump(exchanges: Sequence[Exchange]) -> list[dict[str, Any]]:
    """The exchanges as JSON values, oldest first, the last `KEPT` of them."""
    return [
        {
            "question": exchange.question,
            "status": exchange.answer.status,
            "text": exchange.answer.text,
            "language": exchange.answer.language,
            "citations": [citation.to_dict() for citation in exchange.answer.citations],
            "related": [citation.to_dict() for citation in exchange.answer.related],
        }
        for exchange in exchanges[-KEPT:]
    ]


def load(stored: object) -> list[Exchange]:
    """The exchanges that the browser handed back; what has not the shape of `dump` is left out."""
    if not isinstance(stored, list):
        return []
    exchanges = [_exchange(entry) for entry in stored[-KEPT:]]
    return [exchange for exchange in exchanges if exchange is not None]


def history(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What the next question takes along: the last exchanges, oldest first."""
    return tuple(Turn(exchange.question, exchange.answer.text) for exchange in exchanges[-TAKEN_ALONG:])


def _exchange(entry: object) -> Exchange | None:
    if not isinstance(entry, dict):
        return None
    question, text = entry.get("question"), entry.get("text")
    status = _STATUSES.get(str(entry.get("status")))
    language = _LANGUAGES.get(str(entry.get("language")))
    if not isinstance(question, str) or not isinstance(text, str) or status is None or language is None:
        return None
    answer = Answer(status, text, language, _citations(entry.get("citations")), _citations(entry.get("related")))
    return Exchange(question, answer)


def _citations(entries: object) -> tuple[Citation, ...]:
    if not isinstance(entries, list):
        return ()
    return tuple(
        Citation(**{name: entry[name] for name in _CITATION_TYPES})
        for entry in entries
        if isinstance(entry, dict)
        and all(type(entry.get(name)) is expected for name, expected in _CITATION_TYPES.items())
    )
