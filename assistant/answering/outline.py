"""Questions about a document's shape → passages: a clause by its number, a part or the whole by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.references import LAST, References
from assistant.answering.selection import Passage
from assistant.answering.understanding import Understanding
from assistant.indexing.index import Index
from assistant.indexing.sentences import split_sentences
from assistant.schema import Clause, Document

SUMMARY = 150
"""Characters of a clause that a question for its content is answered with, about."""
_DOCUMENT_WORDS = re.compile(
    r"文件|决定|政策|通知|办法|意见|方案|条例|规定|文章|全文|这份|这个|本|内容|重点|部分|一两句话|简单|大概|总共|\b(?:document|decision|policy)\b"
)


def referenced_clauses(
    index: Index, references: References, documents: Sequence[str]
) -> tuple[list[tuple[Document, Clause]], tuple[int, Document]]:
    """The clauses of the numbers named, and the first number that no document has, with a document to show for it."""
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    found = [
        (document, clause)
        for number in references.clauses
        for document in scope
        for clause in document.clauses
        if clause.kind == "clause" and clause.number == number
    ]
    numbers = {clause.number for _, clause in found}
    missing = next((number for number in references.clauses if number not in numbers), 0)
    return found, (missing, scope[0])


def summary_passage(document: Document, clause: Clause) -> Passage:
    """The opening of a clause: its heading, and the sentences after it up to about SUMMARY characters."""
    start = clause.start + len(clause.label)
    end = start
    for _, sentence_end in split_sentences(clause.text):
        if end > start and clause.start + sentence_end - start > SUMMARY:
            break
        end = max(end, clause.start + sentence_end)
    while start < end and document.text[start].isspace():
        start += 1
    return Passage(document.id, clause.position, start, end)


def overview_passages(index: Index, understood: Understanding, documents: Sequence[str]) -> list[Passage]:
    """The headings that outline what a question for an overview is about; empty when it asks for something else."""
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if understood.references.parts:
        return [
            _heading(document, clause)
            for document in scope
            for number in understood.references.parts
            for clause in document.clauses
            if clause.kind == "clause" and clause.part == (_last_part(document) if number == LAST else number)
        ]
    question = understood.parts[0]
    if not question.asked.overview or len(scope) != 1:
        return []
    telling = [term for term in question.terms if term.weight > 0.25 and not _DOCUMENT_WORDS.search(term.surface)]
    if telling:
        return []
    document = scope[0]
    return [_heading(document, clause) for clause in document.clauses if clause.kind in ("title", "part")]


def _last_part(document: Document) -> int:
    return max(clause.part for clause in document.clauses)


def _heading(document: Document, clause: Clause) -> Passage:
    start = clause.start + len(clause.label)
    while document.text[start].isspace():
        start += 1
    end = start + len(clause.heading) if clause.heading else clause.end
    if clause.heading and document.text[start:end] != clause.heading:
        end = clause.end
    return Passage(document.id, clause.position, start, end)
