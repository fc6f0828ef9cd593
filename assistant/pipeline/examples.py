"""Documents → questions to start with, each of which the documents answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.schema import Answer, Clause, Document, Language, Query

MOST = 6
LONGEST_HEADING = 24
"""Characters of a heading that still makes a readable question."""


def example_questions(documents: Sequence[Document], language: Language, ask: Callable[[Query], Answer]) -> list[str]:
    """Questions made from the documents' headings.

    Args:
        documents: the corpus.
        language: of the questions.
        ask: tells whether a question is answered; one that is not is left out.

    Returns:
        MOST questions at most, spread over the documents' clauses.
    """
    candidates = [
        (question, document.id, clause.number)
        for document in documents
        for clause in document.clauses
        for question in _questions(clause, language)
    ]
    step = max(1, len(candidates) // MOST)
    chosen: list[str] = []
    for question, document_id, number in [*candidates[::step], *candidates]:
        if len(chosen) == MOST:
            break
        if question not in chosen and _is_answered(ask(Query(question, documents=(document_id,))), number):
            chosen.append(question)
    return chosen


def _questions(clause: Clause, language: Language) -> list[str]:
    if clause.kind != "clause":
        return []
    if language == "en":
        return [f"What does clause {clause.number} say?"]
    topic = clause.heading.split("，")[0]
    return [f"{topic}有哪些举措？"] if topic and len(topic) <= LONGEST_HEADING and "是" not in topic else []


def _is_answered(answer: Answer, number: int) -> bool:
    return answer.status == "answered" and number in {citation.clause_number for citation in answer.citations}
