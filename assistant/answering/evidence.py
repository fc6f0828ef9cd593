"""The citations of an answer → the pieces of evidence that a chat model is shown, within a budget of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.misuse import commands
from assistant.indexing.index import Index
from assistant.indexing.translation import standing
from assistant.schema import Citation, Language

EVIDENCE_TOKENS = 2400
"""Tokens of evidence that a model is shown, at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of a clause that a model may cite.

    Attributes:
        text: what the model sees and quotes.
        label: the clause as a reader would name it.
        document: id of the document.
        position: the clause's position in it.
        spans: for each character range [start, end) of `text` in order: (start, end, start in the document, end there,
            whether the range is the document's own text and not a translation).
    """

    text: str
    label: str
    document: str
    position: int
    spans: tuple[tuple[int, int, int, int, bool], ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the document that the stretch [start, end) of the text stands for."""
        touched = [span for span in self.spans if span[0] < end and start < span[1]]
        first, last = touched[0], touched[-1]
        left = first[2] + max(0, start - first[0]) if first[4] else first[2]
        right = last[2] + min(end, last[1]) - last[0] if last[4] else last[3]
        return left, right


def pack_evidence(
    index: Index, cited: Sequence[Citation], language: Language, budget: int = EVIDENCE_TOKENS
) -> list[Piece]:
    """The clauses that an answer cites, whole where the budget allows, else the sentences around what is cited.

    What is shown of a clause ends before a sentence that is addressed to whoever answers. In English the sentences of
    the translation are shown; a clause without one is left out.
    """
    share = budget // max(1, len({(one.document, one.start) for one in cited}))
    pieces: dict[tuple[str, int, int], Piece] = {}
    for one in cited:
        rows = _rows_around(index, one, share)
        if not rows:
            continue
        start = min(index.chunks[rows[0]].start, one.start)
        end = max(index.chunks[rows[-1]].end, one.end)
        position = index.chunks[rows[0]].position
        label = one.clause_label or one.document_title
        piece = _piece(index, one.document, position, start, end, label, language)
        if piece.text:
            pieces.setdefault((one.document, start, end), piece)
    return list(pieces.values())


def _rows_around(index: Index, cited: Citation, budget: int) -> list[int]:
    """Neighbouring chunks of the cited clause about what is cited, as many as the budget allows."""
    clauses = index.document(cited.document).clauses
    position = next(c.position for c in clauses if c.start <= cited.start < c.end)
    rows = list(index.clause_rows(cited.document, position))
    touched = [i for i, r in enumerate(rows) if index.chunks[r].start < cited.end and cited.start < index.chunks[r].end]
    if not touched:
        return []
    low, high = touched[0], touched[-1]
    used = sum(index.chunks[row].tokens for row in rows[low : high + 1])
    grown = True
    while grown:
        grown = False
        for at in (low - 1, high + 1):
            if not 0 <= at < len(rows) or commands(index.chunks[rows[at]].text):
                continue
            if used + index.chunks[rows[at]].tokens <= budget:
                used += index.chunks[rows[at]].tokens
                low, high, grown = min(low, at), max(high, at), True
    return rows[low : high + 1]


def _piece(index: Index, document: str, position: int, start: int, end: int, label: str, language: Language) -> Piece:
    if language == "zh":
        text = index.document(document).text[start:end]
        return Piece(text, label, document, position, ((0, len(text), start, end, True),))
    text, spans = "", []
    pairs = index.translation_of(document, start, end)
    for pair, english in zip(pairs, standing([pair.text for pair in pairs]), strict=True):
        at = len(text)
        text += english + " "
        spans.append((at, len(text), pair.start, pair.end, False))
    return Piece(text, label, document, position, tuple(spans))
