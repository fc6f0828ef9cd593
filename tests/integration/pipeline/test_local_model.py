"""A real chat model, small and often wrong, behind a real server: whatever it says, nothing false is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import Answer, Query, Turn
from eval.local_model import chat_model, served

TIMEOUT_S = 45.0
QUESTIONS = (
    Query("What is planned for the relocation of Panzhihua airport?"),
    Query("And when?", (Turn("What is planned for the airport new city?"),)),
)


@pytest.fixture(scope="module")
def model() -> Iterator[BaseChatModel]:
    with served() as address:
        yield chat_model(address, TIMEOUT_S)


@pytest.fixture(scope="module")
def writing(model: BaseChatModel, corpus_data_dir: Path) -> Assistant:
    return open_assistant(Settings(data_dir=corpus_data_dir, chat_timeout_s=TIMEOUT_S), model)


def test_the_model_streams_a_reply_in_the_form_asked_for(model: BaseChatModel) -> None:
    pieces = [str(chunk.text) for chunk in model.stream([("human", "What is a park? Reply in JSON.")])]
    assert len([piece for piece in pieces if piece]) > 10
    assert '"statements"' in "".join(pieces)


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.question)
def test_nothing_false_is_shown(writing: Assistant, corpus_assistant: Assistant, query: Query) -> None:
    pieces = list(writing.stream(query))
    answer = pieces[-1].answer
    assert answer is not None
    assert "".join(piece.text for piece in pieces) == answer.text
    plain = corpus_assistant.ask(query)
    assert answer.status == plain.status
    assert_true(answer, corpus_assistant)


def assert_true(answer: Answer, assistant: Assistant) -> None:
    """Holds an answer against the documents by itself, without the product's verification.

    Each quote stands word for word in the clause that is cited, each English sentence in the translation of that
    clause, and no number occurs that the clause lacks.
    """
    for one in answer.citations:
        document = assistant.document(one.document)
        clause = next(c for c in document.clauses if c.start <= one.start < c.end)
        assert (clause.number, clause.label) == (one.clause_number, one.clause_label)
        assert document.text[one.start : one.end] == one.quote
        assert one.quote in clause.text
    for line in answer.text.split("\n"):
        marked = re.fullmatch(r"(.*) \[(\d+)\]", line)
        if not marked:
            assert line.startswith(("> ", "The chat model is not available", "The documents do not state")) or (
                answer.status not in ("answered", "partial")
            )
            continue
        cited = answer.citations[int(marked[2]) - 1]
        document = assistant.document(cited.document)
        clause = next(c for c in document.clauses if c.start <= cited.start < c.end)
        english = " ".join(
            pair.text for pair in assistant.translation(cited.document) if clause.start <= pair.start < clause.end
        )
        assert letters(marked[1]) in letters(english)
        assert set(re.findall(r"\d+", marked[1])) <= set(re.findall(r"\d+", english))


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
