"""Whether a document still holds: what is put down of it, with its own words on when it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query


@pytest.mark.parametrize(
    "question",
    [
        "这文件现在还有效吗",
        "这个决定作废了没有",
        "这份文件过期了吗",
        "文件什么时候发的，还有效吗",
        "Is this document still valid?",
    ],
)
def test_what_is_put_down_is_told_with_the_date(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert ("登记为现行有效" in answer.text) or ("put down here as in force;" in answer.text)
    assert "2020年7月30日" in answer.citations[-1].quote


def test_three_questions_on_the_document_are_all_answered(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("这文件是哪年的，现在还有效吗，谁发的"))
    assert answer.status == "answered"
    assert "现行有效" in answer.text
    assert [citation.quote[:6] for citation in answer.citations] == ["中共攀枝花市", "（2020年"]


@pytest.mark.parametrize(
    "question", ["文件里说的补贴过期了吗", "有效的措施有哪些", "居住证还有效吗", "这个决定什么时候失效", "文件几年作废"]
)
def test_the_validity_of_something_else_is_another_question(corpus_assistant: Assistant, question: str) -> None:
    assert "登记为" not in corpus_assistant.ask(Query(question)).text


def test_another_question_beside_it_is_answered_too(corpus_assistant: Assistant) -> None:
    for question in (
        "这文件还有效吗，新区要有多少家高新技术企业",
        "这文件还有效吗？新区要有多少家高新技术企业？门票多少钱？",
    ):
        answer = corpus_assistant.ask(Query(question))
        assert answer.text.startswith("该文件登记为现行有效")
        assert "100家以上" in answer.text
    assert answer.text.splitlines()[-1] == "文件没有写明“门票多少钱”。"


def test_a_repealed_document_is_told_with_its_own_words(fire_text: str, tmp_path: Path) -> None:
    (tmp_path / "fire.txt").write_text(fire_text, encoding="utf-8")
    record = 'id = "fire"\ntitle = "城市消防管理办法"\nstatus = "repealed"\nrepealed = "2025-01-02"\n'
    (tmp_path / "fire.toml").write_text(record, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "fire.txt"], settings)
    assistant = open_assistant(settings)
    answer = assistant.ask(Query("这个办法还有效吗"))
    assert "该文件登记为已废止（2025年1月2日起）" in answer.text
    assert [citation.clause_number for citation in answer.citations] == [5]
    assert "since 2 January 2025" in assistant.ask(Query("Is this document still in force?")).text


def test_of_several_documents_one_must_be_named(two_documents: Assistant) -> None:
    assert two_documents.ask(Query("这个文件还有效吗")).citations == ()
    answer = two_documents.ask(Query("城市消防管理办法还有效吗"))
    assert "登记为现行有效" in answer.text
    assert {citation.document for citation in answer.citations} == {"fire"}
