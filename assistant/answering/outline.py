"""Questions about a document's shape → passages: a clause by its number, a part or the whole by its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.numbered import clauses_numbered, headings_of, part_headings, part_numbered, unit_of
from assistant.answering.passage import Passage
from assistant.answering.references import References
from assistant.answering.sub_question import SubQuestion
from assistant.answering.understanding import Understanding
from assistant.indexing.index import Index
from assistant.indexing.numerals import CHINESE
from assistant.indexing.sentences import split_sentences
from assistant.schema import Clause, Document, Language

MOST_HEADINGS = 20
OPENING = 3
"""Clauses that outline a document without any heading."""
TELLING = 0.25
"""Weight above which a term tells what a question is about."""
SUMMARY = 150
"""Characters of a clause that a question for its content is answered with, about."""
SHORT = 200
"""Characters up to which a clause is quoted whole instead."""
_WORD_FOR_WORD = re.compile(
    r"念(?:给|一|出|来|下|第)|朗读|读(?:给|一遍|出来|下)|原[文话]|全文|一字不[差漏落]|逐字|完整(?:的)?(?:内容|条文)|"
    r"\bread (?:out|me|aloud)\b|\bfull text\b|\bword for word\b|\bverbatim\b"
)
_DOCUMENT_WORDS = re.compile(
    r"文件|决定|政策|通知|办法|意见|方案|条例|规定|条款|条文|标题|题目|目录|所有|全部|文章|全文|这份|这个|本|内容|重点|部分|一两句话|简单|大概|总共|\b(?:document|decision|policy)\b"
)
_EACH_CLAUSE = re.compile(
    r"(?:所有|全部|每一?个?|各)的?(?:条款|条文|条)|目录|\b(?:all|every|each)(?: the)? (?:clause|article)s?\b"
)
# Nothing else may be asked about: 高速公路有几条 counts motorways. No word here is made of others.
_OF_A_DOCUMENT = (
    r"^(?:(?:请问|那么?|[这整][个份]|该|本|此|市委|的|文件|材料|决定|政策|通知|办法|意见|方案|条例|规定|里面?|中|全文|正文|到底|究竟|是不是|是否|"
    r"一共|总共|共计?|总计|有没有|有|由|分|是|为|成|包[括含]|[,，])*)"
)
_MANY = rf"(?:哪?几|哪些|多少|[{CHINESE}\d]{{1,4}})[个大]*"
_TAIL = r"(?:组成|构成)?(?:的)?(?:吗|吧|呢|啊|么|嘛|是吗|是吧|对吗|对吧|对不对|[,，])*[?？。!]*$"
_ARE_THERE = (
    r"(?: (?:are|is|does|do|has|have|there|in|it|the|this|document|decision|policy|of|all|total|altogether))*\W*$"
)
_CLAUSE_COUNT = re.compile(rf"{_OF_A_DOCUMENT}{_MANY}条(?:款|文)?{_TAIL}|\bhow many (?:articles|clauses){_ARE_THERE}")
_PART_COUNT = re.compile(
    rf"{_OF_A_DOCUMENT}{_MANY}(?:部分|章节?|[节编]|大?块|板块|大点)[,，]?(?:(?:分别|各|都)*是(?:什么|啥|哪[些几]个?(?:部分)?))?{_TAIL}|"
    rf"\bhow many (?:parts|sections|chapters){_ARE_THERE}"
)


def referenced_clauses(
    index: Index, references: References, documents: Sequence[str], language: Language
) -> tuple[list[tuple[Document, Clause]], list[int]]:
    """The clauses of the numbers named, in some documents (empty: all), and the numbers that none of them has."""
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    of_number = {
        number: [
            (document, clause)
            for document in scope
            for clause in clauses_numbered(document, number, references, language)
        ]
        for number in references.clauses
    }
    return [one for found in of_number.values() for one in found], [n for n, found in of_number.items() if not found]


def without_left_out(documents: Sequence[Document], references: References, language: Language) -> list[Document]:
    """The documents without the clauses that a question leaves out."""
    left_out = {
        (document.id, clause.position)
        for document in documents
        for number in references.left_out
        for clause in clauses_numbered(document, number, references, language)
    }
    if not left_out:
        return list(documents)
    kept = [[one for one in document.clauses if (document.id, one.position) not in left_out] for document in documents]
    return [replace(document, clauses=tuple(some)) for document, some in zip(documents, kept, strict=True)]


def summary_passage(document: Document, clause: Clause) -> Passage:
    """The opening of a clause: its heading, and the sentences after it up to about SUMMARY characters; all if SHORT."""
    if len(clause.text) <= SHORT:
        return whole_passage(document, clause)
    start = clause.start + len(clause.label)
    end = start
    for _, sentence_end in split_sentences(clause.text):
        if end > start and clause.start + sentence_end - start > SUMMARY:
            break
        end = max(end, clause.start + sentence_end)
    while start < end and document.text[start].isspace():
        start += 1
    return Passage(document.id, clause.position, start, end)


def whole_passage(document: Document, clause: Clause) -> Passage:
    """All of a clause but its label."""
    start, end = clause.start + len(clause.label), clause.end
    while start < end and document.text[start].isspace():
        start += 1
    while end > start and document.text[end - 1].isspace():
        end -= 1
    return Passage(document.id, clause.position, start, end)


def asks_word_for_word(text: str) -> bool:
    """Whether a question wants a clause read out and not what it is about."""
    return bool(_WORD_FOR_WORD.search(text))


def with_parts(documents: Sequence[Document], references: References) -> list[Document]:
    """Those documents that have a part of a number that is named; all where none is."""
    named = references.parts
    return [
        document for document in documents if not named or any(part_numbered(document, n, references) for n in named)
    ]


def missing_parts(documents: Sequence[Document], references: References) -> list[int]:
    """The numbers of parts that are named and that none of the documents has."""
    return [n for n in references.parts if not any(part_numbered(document, n, references) for document in documents)]


def overview_passages(index: Index, understood: Understanding, text: str, documents: Sequence[str]) -> list[Passage]:
    """The headings that outline what a question for an overview is about; empty when it asks for something else.

    Args:
        index: where the documents are.
        understood: the question.
        text: its words, with 文件 in place of a title.
        documents: ids of the documents that it is put to; empty means all.
    """
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if understood.references.parts:
        return [
            heading_passage(document, clause)
            for document in scope
            for number in understood.references.parts
            for clause in part_numbered(document, number, understood.references)
        ]
    if len(scope) != 1 or not asks_for_a_whole(understood, text):
        return []
    document = scope[0]
    headings = part_headings(document)
    named = [clause for clause in document.clauses if clause.kind == "clause" and clause.heading]
    if _EACH_CLAUSE.search(text) and len(named) <= MOST_HEADINGS:
        headings = named
    headings = headings or named
    headings = headings or [clause for clause in document.clauses if clause.kind == "clause"][:OPENING]
    titles = [clause for clause in document.clauses if clause.kind == "title"]
    return [heading_passage(document, clause) for clause in [*titles, *headings[:MOST_HEADINGS]]]


def asks_for_a_whole(understood: Understanding, text: str) -> bool:
    """Whether a question, of whichever document, asks for a part, an outline, or how many clauses or parts it has."""
    if understood.outline or understood.references.parts or _CLAUSE_COUNT.search(text) or _PART_COUNT.search(text):
        return True
    return understood.parts[0].asked.overview and not tells_a_subject(understood.parts[0], text)


def tells_a_subject(question: SubQuestion, text: str, *, named: bool = False) -> bool:
    """Whether a question asks about anything but a document as such, in `text`, its words without a title.

    With `named` only what names something counts: when a document was issued is asked with verbs of its own.
    """
    return any(
        term.weight > TELLING
        and (term.names or not named)
        and term.surface in text
        and not _DOCUMENT_WORDS.search(term.surface)
        for term in question.terms
    )


def clause_count(index: Index, text: str, documents: Sequence[str]) -> tuple[int, list[Passage]]:
    """How many clauses the document has, and its last one, for a question that asks just this; else (0, [])."""
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if len(scope) != 1 or not _CLAUSE_COUNT.search(text):
        return 0, []
    clauses = [clause for clause in scope[0].clauses if clause.kind == "clause"]
    return len(clauses), [heading_passage(scope[0], clause) for clause in clauses[-1:]]


def part_count(index: Index, text: str, documents: Sequence[str]) -> tuple[int, str, list[Passage]]:
    """How many parts the document has, what they are called, and their headings, for a question that asks just this.

    Else, or of a document without parts, (0, "", []).
    """
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if len(scope) != 1 or not _PART_COUNT.search(text):
        return 0, "", []
    named = re.search(r"[编章节]", text)
    headings = headings_of(scope[0], named[0] if named else "") or headings_of(scope[0], "")
    unit = unit_of(headings[0]) if headings else ""
    return len(headings), unit, [heading_passage(scope[0], clause) for clause in headings[:MOST_HEADINGS]]


def heading_passage(document: Document, clause: Clause) -> Passage:
    """The heading of a piece without its label; all of a piece that has none."""
    start = clause.start + len(clause.label)
    while document.text[start].isspace():
        start += 1
    end = start + len(clause.heading) if clause.heading else clause.end
    if clause.heading and document.text[start:end] != clause.heading:
        end = clause.end
    if document.text[end : end + 1] in ("？", "?"):
        end += 1
    return Passage(document.id, clause.position, start, end)
