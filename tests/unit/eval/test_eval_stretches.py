"""The suites over invented documents: what a quote must show, and which data they refuse."""

import json
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.schema import Answer
from eval.datasets import ReadingQuestion, read_reading_questions
from eval.errors import DataMissing, InvalidData
from eval.suites import get_suite
from eval.suites.base import Options
from eval.suites.corpora import Compact
from eval.suites.spans import Places
from eval.suites.stretches import PLANS, RULES, SPLITS, TABLES, StretchCase
from eval.systems import System

DOCUMENT = "panzhihua-2020-07-30"
TARGET = "到2025年，工业总产值1500亿元以上。"


def asked(*evidence: str, also: tuple[str, ...] = ()) -> ReadingQuestion:
    return ReadingQuestion(DOCUMENT, "目标是多少", bool(evidence), evidence, also, ())


def measured(engine, question, *citations, status="answered"):
    answer = Answer(status, "目标[1]。", citations=citations, confidence=0.9, language="zh")
    return StretchCase(7, question, Places()).measure(System("ours", "", engine(lambda query: answer)))


def test_a_quote_of_what_answers_is_right(fake_engine, cite):
    item = measured(fake_engine, asked(TARGET), cite(TARGET, 2))
    assert item.right
    assert item.id == f"{DOCUMENT}-7"
    assert item.ratios["answer_quoted"] == item.ratios["evidence_recall"] == (1, 1)
    assert "refusal_recall" not in item.ratios
    # The engine finds the last clause first, and it holds the stretch.
    assert item.ratios["hit@1"] == (1, 1)


def test_another_quote_is_no_answer(fake_engine, cite):
    item = measured(fake_engine, asked(TARGET), cite("统一思想。认清形势。", 1))
    assert not item.right
    assert (item.ratios["answer_quoted"], item.ratios["in_scope_answered"]) == ((0, 1), (1, 1))
    assert item.problems == ["not all that answers is quoted"]


def test_of_two_stretches_both_are_needed_unless_one_that_stands_for_itself_is_quoted(fake_engine, cite):
    both = (TARGET, "统一思想。认清形势。")
    half = measured(fake_engine, asked(*both), cite(TARGET, 2))
    assert not half.right
    assert half.ratios["evidence_recall"] == (1, 2)
    assert half.ratios["answer_quoted"] == (1, 1)
    assert measured(fake_engine, asked(*both), cite(both[0], 2), cite(both[1], 1, 2)).right
    assert measured(fake_engine, asked(*both, also=("全力争创省级新区。",)), cite("全力争创省级新区。", 2)).right


def test_a_few_characters_of_a_stretch_do_not_show_it(fake_engine, cite):
    assert not measured(fake_engine, asked(TARGET), cite("到2025年，", 2)).right
    # Half of its 21 characters do.
    assert measured(fake_engine, asked(TARGET), cite("工业总产值1500亿元以上", 2)).right


def test_refusals(fake_engine, cite):
    due = measured(fake_engine, asked(), status="no_evidence")
    assert due.right
    assert (due.ratios["refusal_recall"], due.ratios["refusal_precision"]) == ((1, 1), (1, 1))
    undue = measured(fake_engine, asked(TARGET), status="no_evidence")
    assert not undue.right
    assert (undue.ratios["refusal_precision"], undue.ratios["in_scope_answered"]) == ((0, 1), (0, 1))
    false = measured(fake_engine, asked(), cite(TARGET, 2))
    assert not false.right
    assert false.ratios["refusal_recall"] == (0, 1)
    assert false.problems == ["not refused"]


@pytest.mark.parametrize(("apart", "documents"), [(False, ()), (True, (DOCUMENT,))])
def test_a_question_on_a_plan_is_put_to_its_own_document(fake_engine, cite, apart, documents):
    queries = []

    def answer(query):
        queries.append(query)
        return Answer("answered", "目标[1]。", citations=(cite(TARGET, 2),), confidence=0.9, language="zh")

    StretchCase(7, asked(TARGET), Places(), apart).measure(System("ours", "", fake_engine(answer)))
    assert [query.documents for query in queries] == [documents]


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize(("folder", "documents", "count"), [(RULES, 8, 256), (PLANS, 8, 256), (TABLES, 12, 102)])
def test_every_stretch_stands_in_its_document(folder, documents, count, split):
    questions = read_reading_questions(folder / split / "questions.jsonl")
    texts = {path.stem: Compact(path.read_text(encoding="utf-8")) for path in (folder / split).glob("*.txt")}
    assert len(texts) == documents
    # Two plans may be asked the same, as each is asked alone; over rules a question is put to all.
    asked_of = {(question.document if folder == PLANS else "", question.text) for question in questions}
    assert len(asked_of) == len(questions) == count
    for question in questions:
        for stretch in (*question.evidence, *question.also, *question.near):
            assert any(texts[question.document].find(stretch)), (question.text, stretch)


@pytest.mark.parametrize(
    ("files", "error", "message"),
    [
        ({}, DataMissing, "no documents"),
        ({"a.txt": "办法"}, DataMissing, "questions.jsonl does not exist"),
        ({"a.txt": "办法", "questions.jsonl": {"document": "b"}}, InvalidData, r"there is no document b\.txt"),
        (
            {"a.txt": "办法", "questions.jsonl": {"document": "a", "near": ["细则"]}},
            InvalidData,
            "'细则' does not stand",
        ),
    ],
)
def test_data_that_cannot_be_used_is_an_error_that_names_it(tmp_path: Path, files, error, message):
    folder = tmp_path / "dev"
    folder.mkdir()
    for name, content in files.items():
        if isinstance(content, dict):
            content = json.dumps({"question": "几家？", "answerable": False} | content, ensure_ascii=False)
        (folder / name).write_text(content, encoding="utf-8")
    options = Options(cache=tmp_path / "cache", data=tmp_path, split="dev")
    with pytest.raises(error, match=message):
        get_suite("rules").prepare(options, Settings(), lambda what, done, total: None)
    assert not (tmp_path / "cache").exists()
