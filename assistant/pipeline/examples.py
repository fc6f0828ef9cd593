"""Documents → questions to start with, each of which the documents answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.schema import Answer, Clause, Document, Language, Query

_ASKS = re.compile(r"[哪几谁吗]|什么|怎么|怎样|如何|多少|是否|为何")
"""A heading that is a question itself, in a document that asks and answers."""
_PLANS = re.compile(
    r"^.{0,4}(?:建设|打造|推进|推动|加强|强化|深化|加快|加大|提升|提高|完善|健全|优化|夯实|激活|调动|争创|创建|构建|建立|发展|实施|开展|落实|"
    r"支持|保障|扩大|促进|统筹|培育|壮大|弘扬|坚持|创新|鼓励|改善|严格|规范)(?!.*(?:补贴|补助|资助|津贴|奖励|待遇)$)"
)
"""A heading that says what is to be done, as those of plans do; others name what a rule is about."""
_SENTENCE = re.compile(r"必须|应当|不得|为(?!什么|何)|^(?:\d|在|对|若|如(?!何))")
"""A heading that is a sentence, or a piece of one, and names nothing."""
MOST = 6
LONGEST_HEADING = 24
"""Characters of a heading that still makes a readable question."""


def example_questions(
    documents: Sequence[Document],
    language: Language,
    ask: Callable[[Query], Answer],
    english: Callable[[str, int, int], str],
) -> list[str]:
    """Questions made from the documents' headings, which say what is to be done.

    Args:
        documents: the corpus.
        language: of the questions.
        ask: tells whether a question is answered; one that is not is left out.
        english: the translation of a document's text in [start, end), empty where there is none.

    Returns:
        MOST questions at most, spread over the documents' clauses.
    """
    candidates = [
        (question, document.id, clause.number)
        for document in documents
        for clause in document.clauses
        for question in _questions(document, clause, language, english)
    ]
    step = max(1, len(candidates) // MOST)
    chosen: list[str] = []
    for question, document_id, number in [*candidates[::step], *candidates]:
        if len(chosen) == MOST:
            break
        if question not in chosen and _is_answered(ask(Query(question, documents=(document_id,))), number):
            chosen.append(question)
    return chosen


def _questions(
    document: Document, clause: Clause, language: Language, english: Callable[[str, int, int], str]
) -> list[str]:
    if clause.kind != "clause" or not clause.heading or "是" in clause.heading:
        return []
    if language == "en":
        heading = english(document.id, clause.start, clause.start + len(clause.label) + len(clause.heading))
        topic = re.sub(r"^\(\d+\)\s*", "", heading).split(",")[0].rstrip(".")
        if not topic:
            return [f"What does clause {clause.number} say?"]
        return [f"How will the city {topic[0].lower()}{topic[1:]}?"] if len(topic) <= 3 * LONGEST_HEADING else []
    topic = clause.heading.split("，")[0]
    if len(topic) > LONGEST_HEADING or _SENTENCE.search(topic):
        return []
    if _PLANS.search(topic):
        return [f"怎么{topic}？"]
    if _ASKS.search(topic):
        return [f"{topic}？"]
    return [f"{topic}有什么规定？"]


def _is_answered(answer: Answer, number: int) -> bool:
    return answer.status == "answered" and number in {citation.clause_number for citation in answer.citations}
