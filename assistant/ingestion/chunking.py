"""Chunking: a document → its chunks, one to a few whole sentences of one piece, within a token budget."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.indexing.sentences import split_parts, split_sentences
from assistant.indexing.tables import Span, row_at
from assistant.schema import Chunk, Clause, Document

_CUTS = ("；;", "；;，")
_RANKS = {"分": 0, "编": 1, "篇": 1, "章": 2, "节": 3}
"""How high a part stands, by the last character of its label; 一、 stands lowest."""


def chunk_document(document: Document, max_tokens: int, count_tokens: Callable[[str], int]) -> list[Chunk]:
    """Cuts a document into chunks.

    Sentences of a piece are taken together as long as they fit; a row of a table stands alone. A sentence that is too
    long by itself is cut after `；`, then after `，` (neither inside quotation marks or brackets), and as a last resort
    between characters.

    Args:
        document: the document; every piece of it is chunked, titles and part headings too.
        max_tokens: the budget of a chunk in tokens, at least 1. A single character that takes more stands alone.
        count_tokens: counts the tokens of a text.

    Returns:
        The chunks in order. None crosses a piece; those of a piece cover all of it but white space between them;
        `text` is `document.text[start:end]`. `context` holds the headings the chunk stands under, as far as its own
        text does not hold them, joined by 。

    Raises:
        ValueError: `max_tokens` is less than 1.
    """
    if max_tokens < 1:
        raise ValueError(f"max_tokens must be at least 1, not {max_tokens}")
    chunks: list[Chunk] = []
    for clause, headings in _with_headings(document.clauses):
        for start, end in _spans(document.text, clause, max_tokens, count_tokens):
            text = document.text[start:end]
            chunks.append(
                Chunk(
                    id=f"{document.id}:{len(chunks)}",
                    document=document.id,
                    position=clause.position,
                    text=text,
                    context="。".join(heading for heading in headings if heading and heading not in text),
                    start=start,
                    end=end,
                    tokens=count_tokens(text),
                )
            )
    return chunks


def _with_headings(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, list[str]]]:
    """Each piece with the headings above it, outermost first, its own last."""
    above: dict[int, str] = {}
    for clause in clauses:
        if clause.kind == "part":
            rank = _RANKS.get(clause.label[-1:], 4)
            above = {other: heading for other, heading in above.items() if other < rank}
            yield clause, list(above.values())
            above[rank] = clause.heading
        elif clause.kind in ("clause", "preamble") and clause.part:
            yield clause, [*above.values(), clause.heading]
        else:
            yield clause, [clause.heading] if clause.kind == "clause" else []


def _spans(text: str, clause: Clause, budget: int, count: Callable[[str], int]) -> Iterator[Span]:
    """The chunks of a piece, as offsets into the document."""

    def fits(span: Span) -> bool:
        return count(text[span[0] : span[1]]) <= budget

    sentences = [(clause.start + start, clause.start + end) for start, end in split_sentences(clause.text)]
    for is_row, run in itertools.groupby(sentences, lambda span: row_at(text, span[0]) is not None):
        for span in list(run) if is_row else _gather(run, fits):
            yield from [span] if fits(span) else _cut(text, span, fits)


def _gather(spans: Iterable[Span], fits: Callable[[Span], bool]) -> list[Span]:
    """Takes neighbouring spans together, from the left, as long as they fit."""
    gathered: list[Span] = []
    for start, end in spans:
        if gathered and fits((gathered[-1][0], end)):
            gathered[-1] = (gathered[-1][0], end)
        else:
            gathered.append((start, end))
    return gathered


def _cut(text: str, span: Span, fits: Callable[[Span], bool], level: int = 0) -> list[Span]:
    """Cuts a span that does not fit."""
    if level == len(_CUTS):
        return _cut_hard(text, span, fits)
    start, end = span
    parts = [(start + a, start + b) for a, b in split_parts(text[start:end], _CUTS[level])]
    cut: list[Span] = []
    for part in _gather(parts, fits):
        cut += [part] if fits(part) else _cut(text, part, fits, level + 1)
    return cut


def _cut_hard(text: str, span: Span, fits: Callable[[Span], bool]) -> list[Span]:
    """Cuts between characters: each time as many as fit, one at least."""
    cut: list[Span] = []
    start, end = span
    while start < end:
        low = start + 1
        while low < end and fits((start, min(2 * low - start, end))):  # doubled, so that not all the rest is counted
            low = min(2 * low - start, end)
        high = min(2 * low - start, end)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if fits((start, middle)) else (low, middle - 1)
        while low > start + 1 and not fits((start, low)):
            low -= 1
        piece = text[start:low]
        left, right = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        cut += [(left, right)] if left < right else []
        start = low
    return cut
