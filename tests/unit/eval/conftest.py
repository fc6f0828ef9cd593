"""A small engine over one small document, for tests: it answers what it was told to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from assistant.errors import UnknownDocument
from assistant.schema import Answer, Chunk, Citation, Clause, Document, Evidence, Query, Record

TEXT = (
    "关于加快“两城”建设的决定\n（一）统一思想。认清形势。\n（二）全力争创省级新区。到2025年，工业总产值1500亿元以上。"
)


def make_document(document_id: str = "panzhihua-2020-07-30") -> Document:
    first, second, third = TEXT.split("\n")
    at = (0, len(first) + 1, len(first) + len(second) + 2)
    clauses = (
        Clause(0, "title", 0, "", first, first, at[0], at[0] + len(first), 0),
        Clause(1, "clause", 1, "（一）", "统一思想", second, at[1], at[1] + len(second), 0),
        Clause(2, "clause", 2, "（二）", "全力争创省级新区", third, at[2], at[2] + len(third), 0),
    )
    return Document(Record(document_id, first), TEXT, clauses)


def make_citation(quote: str, number: int, marker: int = 1, document_id: str = "panzhihua-2020-07-30") -> Citation:
    start = TEXT.index(quote)
    label = {0: "", 1: "（一）", 2: "（二）"}[number]
    return Citation(marker, document_id, "决定", number, label, quote, start, start + len(quote), "/")


class FakeEngine:
    """Answers with what `answer` makes of the query; search finds the clauses last to first."""

    def __init__(self, answer: Callable[[Query], Answer]) -> None:
        self._answer = answer
        self._document = make_document()
        self.asked: list[Query] = []

    def ask(self, query: Query) -> Answer:
        self.asked.append(query)
        return self._answer(query)

    def search(self, query: str, top_k: int = 10, documents: Sequence[str] = ()) -> list[Evidence]:
        chunks = [
            Chunk(f"d:{c.position}", self._document.id, c.position, c.text, "", c.start, c.end, 10)
            for c in reversed(self._document.clauses)
        ]
        return [Evidence(chunk, 1 / rank) for rank, chunk in enumerate(chunks, start=1)][:top_k]

    def documents(self) -> list[Document]:
        return [self._document]

    def document(self, document_id: str) -> Document:
        if document_id != self._document.id:
            raise UnknownDocument(document_id)
        return self._document


@pytest.fixture
def document() -> Document:
    return make_document()


@pytest.fixture
def cite() -> Callable[..., Citation]:
    return make_citation


@pytest.fixture
def fake_engine() -> Callable[[Callable[[Query], Answer]], FakeEngine]:
    return FakeEngine
