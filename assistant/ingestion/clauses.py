"""Clauses: a cleaned text → the pieces that tile it (title, adoption line, preamble, parts, clauses, closing).

Which labels are clauses is decided in `outline`. `Clause.number` is the printed ordinal where the numbering
runs on through the document (（一）–（十七）, 第X条, 问1, gaps allowed), else 1 to N in order. In a document that
numbers nothing every paragraph is a clause with number N and an empty label; where such a document asks, a question
is the heading of the paragraphs that follow, and one clause with them. 第十条之一 belongs to 第十条's text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.ingestion.front import Kinds, closing_start, front_kinds
from assistant.ingestion.labels import QUESTION, Label
from assistant.ingestion.outline import LEAST_QUESTIONS, Outline, Paragraph, outline, split_paragraphs
from assistant.schema import Clause, ClauseKind

LONGEST_HEADING = 60
"""Characters of a clause's first sentence that may still be called its heading."""

_BRACKETED = re.compile(r"[【〔\[（(]([^】〕\]）)]{1,40})[】〕\]）)]")
_FIRST_SENTENCE = re.compile(r"[^。！？!?]*")
_FIRST_QUESTION = re.compile(r"[^？?]*[？?]")


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: ClauseKind
    first: int
    last: int


def parse_clauses(text: str) -> tuple[Clause, ...]:
    r"""Parses a document into its pieces.

    Args:
        text: a cleaned text (`clean`): one paragraph a line.

    Returns:
        The pieces in order; their texts joined by "\\n" are the text. Empty for an empty text.
    """
    if not text:
        return ()
    paragraphs = split_paragraphs(text)
    found = outline(paragraphs)
    pieces = _pieces(paragraphs, found)
    labels = [paragraphs[piece.first].label if piece.first in found.roles else None for piece in pieces]
    numbers = iter(_ordinals([label for piece, label in zip(pieces, labels, strict=True) if piece.kind == "clause"]))
    parts = iter(_ordinals([label for piece, label in zip(pieces, labels, strict=True) if piece.kind == "part"]))
    clauses, part = [], 0
    for position, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        part = next(parts) if piece.kind == "part" else part
        start, end = paragraphs[piece.first].start, paragraphs[piece.last].end
        clauses.append(
            Clause(
                position=position,
                kind=piece.kind,
                number=next(numbers) if piece.kind == "clause" else 0,
                label=label.text if label else "",
                heading=_heading(paragraphs[piece.first], label) if label else _question(text[start:end]),
                text=text[start:end],
                start=start,
                end=end,
                part=part,
            )
        )
    return tuple(clauses)


def _pieces(paragraphs: Sequence[Paragraph], found: Outline) -> list[_Piece]:
    """Groups the paragraphs: what opens no piece of its own belongs to the clause before it."""
    kinds = _kinds(paragraphs, found)
    pieces: list[_Piece] = []
    for i, kind in enumerate(kinds):
        if kind is None or (pieces and kind == pieces[-1].kind and kind not in ("part", "clause")):
            pieces[-1] = _Piece(pieces[-1].kind, pieces[-1].first, i)
        else:
            pieces.append(_Piece(kind, i, i))
    return pieces


def _kinds(paragraphs: Sequence[Paragraph], found: Outline) -> Kinds:
    """For each paragraph the kind of piece it opens or (title, preamble, closing) adds to; None inside a clause."""
    roles = found.roles
    first = min(roles, default=len(paragraphs))
    kinds: Kinds = list(front_kinds(paragraphs[:first] if found.labelled else paragraphs, found.labelled))
    kinds += [None] * (len(paragraphs) - len(kinds))
    previous: ClauseKind | None = None
    for i in range(first, len(paragraphs)):
        role: ClauseKind | None = roles.get(i)
        if role is None and previous == "part":
            role = "preamble" if found.labelled else "clause"
        if role is None and not found.labelled:
            role = "clause"
        kinds[i] = role
        previous = "part" if role in ("part", "preamble") else role or previous
    if not found.labelled:
        _join_answers(paragraphs, kinds)
    for i in range(closing_start(paragraphs, found), len(paragraphs)):
        kinds[i] = "closing"
    return kinds


def _join_answers(paragraphs: Sequence[Paragraph], kinds: Kinds) -> None:
    """Where a document asks and answers, make each answer one clause with its question."""
    asked = [kind == "clause" and bool(_question(p.text)) for p, kind in zip(paragraphs, kinds, strict=True)]
    if sum(asked) < LEAST_QUESTIONS:
        return
    for i in range(asked.index(True), len(kinds)):
        if kinds[i] == "clause" and not asked[i]:
            kinds[i] = None


def _question(text: str) -> str:
    """The question that a text opens with, marked as one or in a paragraph of its own; else empty."""
    first = text.split("\n", 1)[0]
    asked = _without_mark(first)
    if asked != first and (alone := _FIRST_QUESTION.match(asked)):
        asked = alone[0]
    return asked[:-1] if asked.endswith(("？", "?")) and len(asked) <= LONGEST_HEADING else ""


def _without_mark(words: str) -> str:
    """Words without 问： in front of them."""
    mark = QUESTION.match(words)
    return words[mark.end() :].strip() if mark else words


def _ordinals(labels: Sequence[Label | None]) -> list[int]:
    printed = [label.number if label else 0 for label in labels]
    if all(number > 0 for number in printed) and all(a < b for a, b in itertools.pairwise(printed)):
        return printed
    return list(range(1, len(labels) + 1))


def _heading(paragraph: Paragraph, label: Label) -> str:
    words = _without_mark(paragraph.words)
    bracketed = _BRACKETED.match(words)
    if label.level == "article":
        return bracketed[1].strip() if bracketed else ""
    match = _FIRST_SENTENCE.match(words)
    sentence = (match[0] if match else "").rstrip("；;：:，,")
    if len(sentence) <= LONGEST_HEADING or label.level == "chapter":
        return sentence
    return sentence if label.level == "han" and match is not None and match.end() == len(words) <= 100 else ""
