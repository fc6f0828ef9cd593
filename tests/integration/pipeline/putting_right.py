"""What several tests hold of a premise that is put right."""

from __future__ import annotations

from assistant.pipeline import Assistant
from assistant.schema import Query


def assert_put_right(assistant: Assistant, row: str) -> None:
    """Of “question|the word it has wrong|the clause to quote|words of the passage”: the word is named, that clause quoted."""
    question, wrong, clause, words = row.split("|")
    answer = assistant.ask(Query(question))
    assert answer.text.startswith(f"文件写的不是“{wrong}”")
    assert {citation.clause_number for citation in answer.citations} == {int(clause)}
    assert any(words in citation.quote for citation in answer.citations)
