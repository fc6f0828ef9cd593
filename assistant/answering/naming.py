"""A question over several documents → those that it names: by title, by number, or by what they are (这份决定)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.answering.expansion import ABBREVIATION
from assistant.answering.labels import quoted_names
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Document, Record

SHORTEST = 6
"""Characters of a title, at least, that name a document where they stand in a question."""
SHORTEST_NAME = 3
"""Characters of a quoted name, at least, of which one tells it from another."""

_SORTS = "决定|办法|条例|规定|规则|细则|意见|方案|通知|通告|公告|公报|指引|规划|纲要|清单|决议|章程|标准|计划"
_SORT = re.compile(rf"(?:{_SORTS})(?=[)）》”]*$)")
_THIS = re.compile(rf"(?:这|那|该|本|此)(?:一?[个份项部]|一)?(?P<sort>{_SORTS})")
_THIS_EN = re.compile(r"\b(?:this|the|that) (?P<sort>decision|notice|regulations?|measures|plan|opinions?)\b")
_ENGLISH = {
    "decision": "决定",
    "notice": "通知",
    "regulation": "条例",
    "regulations": "条例",
    "measures": "办法",
    "plan": "方案",
    "opinion": "意见",
    "opinions": "意见",
}
_FRAME = re.compile(r"[《》“”\"'()（）〔〕\[\]【】,，。、:：;；!！?？·—\-\s]|关于|印发|中共|中国共产党")


def named_documents(index: Index, text: str, documents: Sequence[str]) -> tuple[list[Document], str]:
    """The documents that a question is put to: those that it names of those searched, or all searched if it names none.

    Args:
        index: where they are.
        text: the question, normalised.
        documents: ids of the documents searched; empty means all.

    Returns:
        The documents, and the question with 文件 in place of the title that it names them by.
    """
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    bare = _FRAME.sub("", text)
    shared = [_shared(bare, document.record) for document in scope]
    longest = max(shared, key=len)
    if len(longest) >= SHORTEST:
        named = [document for document, words in zip(scope, shared, strict=True) if len(words) == len(longest)]
        return named, bare.replace(longest, "文件", 1)
    match = _THIS.search(text) or _THIS_EN.search(text)
    sort = _ENGLISH.get(match["sort"], match["sort"]) if match else ""
    return [document for document in scope if sort and _sort(document.record.title) == sort] or scope, text


def _shared(question: str, record: Record) -> str:
    """What of a document's title, or else its whole number, stands in a question without its frame.

    Of the title, the longest run that reaches to its end or is half of it: words from its midst name what it is about.
    """
    number = _core(record.number)
    if len(number) >= SHORTEST and number in question:
        return number
    title = _core(record.title)
    start = best = 0
    for at in range(len(title)):
        while at + best < len(title) and title[at : at + best + 1] in question:
            start, best = at, best + 1
    return title[start : start + best] if start + best == len(title) or 2 * best >= len(title) else ""


@lru_cache(maxsize=4096)
def _core(name: str) -> str:
    return _FRAME.sub("", normalize(name))


@lru_cache(maxsize=4096)
def _sort(title: str) -> str:
    match = _SORT.search(normalize(title))
    return match.group() if match else ""


def unheard_of(index: Index, question: SubQuestion) -> tuple[str, ...]:
    """The names in quotation marks in a question that differ in a character from one of the documents' own.

    “北大门” is not “南大门”. A name that is further from all of them, or of two characters as “低保” beside “低碳”, may
    say the same in other words; so does one for which the documents have another word that means the same.
    """
    names = [name for name in quoted_names(question.text) if len(name) >= SHORTEST_NAME]
    own = quoted_names(index.quotations) if names else ()
    close = [name for name in names if name not in own and any(_differ_in_one(name, other) for other in own)]
    return tuple(name for name in close if not _is_used(index, question, name))


def _is_used(index: Index, question: SubQuestion, name: str) -> bool:
    """Whether the documents have a name, quoted or not, or another word for it."""
    standins = (pair for term in question.terms if term.surface == name for pair in term.standins)
    words = (name, *(word for word, degree in standins if degree >= ABBREVIATION))
    return any(word in "".join(document.text.split()) for document in index.documents() for word in words)


def _differ_in_one(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
