"""Passages that are rows of tables → what is quoted with them: the heads of their columns, or all of a short table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.asked import Asked
from assistant.answering.passage import ITEMS, Passage
from assistant.indexing.index import Index
from assistant.indexing.tables import head_of, line_above, opener_of, row_at, rows_of


def is_row(index: Index, passage: Passage) -> bool:
    """Whether a passage begins with a row of a table; one lies a line feed behind the one above."""
    return row_at(index.document(passage.document).text, passage.start) is not None


def with_tables(index: Index, found: Sequence[Passage], asked: Asked) -> list[Passage]:
    """Rows of a table; for a list, or where half of them are quoted, all of a short one with what leads to it."""
    kept: dict[Passage, None] = {}
    for passage in found:
        document = index.document(passage.document)
        row = row_at(document.text, passage.start)
        table = rows_of(document.text, row) if row else []
        if table and (asked.wants_list or asked.overview or _quotes_half(table, passage.document, found)):
            lead = line_above(document.text, table[0])
            start = lead[0] if lead and lead[0] > document.clauses[passage.position].start else table[0][0]
            if table[-1][1] - start <= ITEMS:
                passage = replace(passage, start=start, end=table[-1][1])
        kept[passage] = None
    return list(kept)


def _quotes_half(table: Sequence[tuple[int, int]], document: str, found: Sequence[Passage]) -> bool:
    """Whether passages quote several rows of a table, and half of those that are not its heads: none is meant alone."""
    count = sum(one.document == document and table[0][0] <= one.start < table[-1][1] for one in found)
    return count >= 2 and 2 * count >= len(table) - 1


def heads_above(index: Index, found: Sequence[Passage]) -> list[Passage]:
    """The rows that say what those are of that are quoted out of tables, where no quote holds them.

    They hold the heads of the columns, or a cell that is merged with those below.
    """
    heads: dict[Passage, None] = {}
    for passage in found:
        text = index.document(passage.document).text
        row = row_at(text, passage.start)
        for head in (head_of(text, row), opener_of(text, row)) if row else ():
            if head and not any(one.document == passage.document and one.start <= head[0] < one.end for one in found):
                heads[replace(passage, start=head[0], end=head[1])] = None
    return list(heads)
