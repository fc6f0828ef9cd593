"""Questions about a document's shape → passages: a clause by its number, a part or the whole by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.references import References
from assistant.answering.selection import Passage
from assistant.answering.understanding import Understanding
from assistant.indexing.index import Index
from assistant.indexing.numerals import CHINESE
from assistant.indexing.sentences import split_sentences
from assistant.schema import Clause, Document

SUMMARY = 150
"""Characters of a clause that a question for its content is answered with, about."""
_DOCUMENT_WORDS = re.compile(
    r"文件|决定|政策|通知|办法|意见|方案|条例|规定|文章|全文|这份|这个|本|内容|重点|部分|一两句话|简单|大概|总共|\b(?:document|decision|policy)\b"
)
# Nothing else may be asked about: 高速公路有几条 counts motorways.
_CLAUSE_COUNT = re.compile(
    rf"^(?:(?:请问|那么?|这[个份]|该|本|此|市委|的|文件|决定|政策|通知|办法|意见|方案|条例|规定|里面?|中|全文|正文|到底|究竟|是不是|是否|"
    rf"一共|总共|共计?|总计|有没有|有|分|是|为|包[括含]|分[为成]|[,,])*)(?:几|多少|[{CHINESE}\d]{{1,4}})个?条(?:款|文)?"
    r"(?:吗|吧|呢|啊|么|嘛|是吗|是吧|对吗|对吧|对不对|,)*[?。!]*$|"
    r"\bhow many (?:articles|clauses)\b(?! (?:deal|say|mention|cover))"
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
        for clause in _numbered(document, number)
    ]
    missing = next((n for n in references.clauses if not any(_numbered(document, n) for document in scope)), 0)
    return found, (missing, scope[0])


def _numbered(document: Document, number: int) -> list[Clause]:
    """The clauses of that number; a number below 0 counts from the end of the document."""
    clauses = [clause for clause in document.clauses if clause.kind == "clause"]
    if number < 0:
        return clauses[number : number + 1 or None] if -number <= len(clauses) else []
    return [clause for clause in clauses if clause.number == number]


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
            if clause.kind == "clause" and clause.part == (number if number >= 0 else _last_part(document) + 1 + number)
        ]
    question = understood.parts[0]
    if not question.asked.overview or len(scope) != 1:
        return []
    telling = [term for term in question.terms if term.weight > 0.25 and not _DOCUMENT_WORDS.search(term.surface)]
    if telling:
        return []
    document = scope[0]
    return [_heading(document, clause) for clause in document.clauses if clause.kind in ("title", "part")]


def clause_count(index: Index, understood: Understanding, documents: Sequence[str]) -> tuple[int, list[Passage]]:
    """How many clauses the document has, and its last one, for a question that asks just this; else (0, [])."""
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if len(scope) != 1 or not _CLAUSE_COUNT.search(understood.text):
        return 0, []
    clauses = [clause for clause in scope[0].clauses if clause.kind == "clause"]
    return len(clauses), [_heading(scope[0], clause) for clause in clauses[-1:]]


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
