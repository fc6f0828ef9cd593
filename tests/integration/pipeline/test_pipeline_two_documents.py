"""Questions to two documents: told apart, both where both answer, and only those asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.config import Settings
from assistant.errors import UnknownDocument
from assistant.pipeline import Assistant, ingest, open_assistant, search_rows
from assistant.schema import Answer, Document, Query

DECISION = "panzhihua-2020-07-30"


def test_two_documents_are_told_apart(
    two_documents: Assistant, corpus_assistant: Assistant, check_answer: Callable[[Answer, dict[str, Document]], None]
) -> None:
    documents = {document.id: document for document in two_documents.documents()}
    assert sorted(documents) == ["fire", DECISION]
    for question, document, clause in (
        ("违反消防管理办法怎么处罚？", "fire", 4),
        ("谁负责消防监督管理工作？", "fire", 2),
        ("消防演练每年组织几次？", "fire", 3),
        ("机场要搬到哪里？", DECISION, 10),
        ("米易县要打造成什么？", DECISION, 6),
        ("第十条讲什么", DECISION, 10),
    ):
        answer = two_documents.ask(Query(question))
        assert answer.status == "answered", (question, answer.text)
        assert {(c.document, c.clause_number) for c in answer.citations} == {(document, clause)}
        check_answer(answer, documents)


def test_a_number_that_both_have_is_answered_from_both(
    two_documents: Assistant, check_answer: Callable[[Answer, dict[str, Document]], None]
) -> None:
    answer = two_documents.ask(Query("第四条讲什么"))
    assert {(c.document, c.clause_number) for c in answer.citations} == {("fire", 4), (DECISION, 4)}
    assert {c.document_title for c in answer.citations} >= {"城市消防管理办法"}
    check_answer(answer, {document.id: document for document in two_documents.documents()})


@pytest.mark.parametrize(
    ("question", "documents", "cited"),
    [
        ("第四条讲什么", ("fire",), {("fire", 4)}),
        ("第四条讲什么", (DECISION,), {(DECISION, 4)}),
        ("第十条讲什么", ("fire",), set()),
        ("违反消防管理办法怎么处罚？", (DECISION,), set()),
        ("米易县要打造成什么？", ("fire",), set()),
        ("违反消防管理办法怎么处罚？", ("fire", DECISION), {("fire", 4)}),
        ("这个决定是什么时候通过的？", (DECISION,), {(DECISION, 0)}),
    ],
)
def test_only_the_documents_asked_for(
    two_documents: Assistant, question: str, documents: tuple[str, ...], cited: set[Any]
) -> None:
    answer = two_documents.ask(Query(question, documents=documents))
    assert {(c.document, c.clause_number) for c in answer.citations} == cited
    assert {c.document for c in answer.related} <= set(documents)
    rows = search_rows(two_documents, question, 20, documents)
    assert rows
    assert {row["document"] for row in rows} <= set(documents)


def test_a_document_that_there_is_not(two_documents: Assistant) -> None:
    with pytest.raises(UnknownDocument, match="nope"):
        two_documents.ask(Query("机场", documents=("fire", "nope")))


def test_a_search_in_a_document_that_there_is_not(two_documents: Assistant) -> None:
    with pytest.raises(UnknownDocument, match="nope"):
        two_documents.search("机场", documents=("nope",))


def test_a_word_in_common_is_no_answer(corpus_data_copy: Callable[[], Path], tmp_path: Path) -> None:
    settings = Settings(data_dir=corpus_data_copy())
    (tmp_path / "drills.txt").write_text(
        "消防办法\n\n第一条 机场、车站应当配备消防车辆，每年组织两次演练。\n", encoding="utf-8"
    )
    ingest([tmp_path / "drills.txt"], settings)
    assistant = open_assistant(settings)
    assert {c.document for c in assistant.ask(Query("机场搬到哪里？")).citations} == {DECISION}
    assert assistant.ask(Query("机场搬到哪里？", documents=("drills",))).citations == ()
