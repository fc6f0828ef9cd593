import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.datasets import DECISION, SPLITS, load_questions, read_lines, required
from eval.errors import DataMissing, InvalidData

GOOD: dict[str, Any] = {
    "id": "q1",
    "language": "zh",
    "audience": "citizen",
    "kind": "fact",
    "noise": "none",
    "question": "产值多少？",
    "history": [{"question": "新区怎么样？", "answer": ""}],
    "status": ["answered", "partial"],
    "clauses": [7],
    "acceptable": [0],
    "facts": [["1500亿元", "1500亿"]],
}
REFUSED: dict[str, Any] = {**GOOD, "id": "q2", "status": ["no_evidence"], "clauses": [], "acceptable": [], "facts": []}


def write(path: Path, *lines: Any) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_a_good_line(tmp_path: Path) -> None:
    questions = load_questions(write(tmp_path / "a.jsonl", GOOD, "", REFUSED), frozenset({0, 7}))
    assert [question.id for question in questions] == ["q1", "q2"]
    assert questions[0].history == (("新区怎么样？", ""),)
    assert questions[0].clauses == {7}
    assert questions[0].facts == (("1500亿元", "1500亿"),)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"question": "  "}, "question must be"),
        ({"id": 7}, "id must be"),
        ({"status": []}, "no acceptable status"),
        ({"status": ["fine"]}, "unknown status 'fine'"),
        ({"status": "answered"}, "status must be a list"),
        ({"clauses": []}, "gold clauses and facts are needed"),
        ({"facts": []}, "gold clauses and facts are needed"),
        ({"facts": [[]]}, "a fact has no alternative"),
        ({"facts": [[" "]]}, "not blank"),
        ({"facts": ["1500"]}, "facts must be"),
        ({"pair": 1}, "pair must be"),
        ({"corrected": "no"}, "corrected must be"),
        ({"facts": None}, "facts must be"),
        ({"clauses": ["7"]}, "clause numbers"),
        ({"clauses": [True]}, "clause numbers"),
        ({"clauses": [18]}, "clause 18 is not in the document"),
        ({"status": ["no_evidence"]}, "a refusal is expected"),
        ({"history": ["earlier"]}, "history must be"),
        ({"history": {}}, "history must be"),
        ({"extra": 1}, "unknown key 'extra'"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    path = write(tmp_path / "a.jsonl", REFUSED, {**GOOD, **change})
    with pytest.raises(InvalidData, match=message) as raised:
        load_questions(path, frozenset({0, 7}))
    assert "line 2" in str(raised.value)


def test_missing_gold_is_an_error_not_a_zero(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="line 1: lacks 'facts'"):
        load_questions(write(tmp_path / "a.jsonl", {key: value for key, value in GOOD.items() if key != "facts"}))


@pytest.mark.parametrize("line", ["{", "[1]", '"x"', "[" * 100_000])
def test_a_line_that_is_no_object(tmp_path: Path, line: str) -> None:
    with pytest.raises(InvalidData, match="line 1"):
        load_questions(write(tmp_path / "a.jsonl", line))


def test_half_a_character_is_named_before_a_report_fails_on_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(GOOD | {"question": "产值\ud83d多少？"}) + "\n", encoding="utf-8")
    with pytest.raises(InvalidData, match=r"a.jsonl, line 1: .*half of a character"):
        load_questions(path)
    path.write_text(json.dumps(GOOD | {"question": "产值😀多少？"}) + "\n", encoding="utf-8")
    assert load_questions(path)[0].question == "产值😀多少？"


def test_an_id_that_occurs_twice(tmp_path: Path) -> None:
    with pytest.raises(InvalidData, match="occurs twice"):
        load_questions(write(tmp_path / "a.jsonl", GOOD, GOOD))


def test_no_file_and_no_question(tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="does not exist"):
        load_questions(tmp_path / "none.jsonl")
    with pytest.raises(InvalidData, match="holds no question"):
        load_questions(write(tmp_path / "a.jsonl"))


def test_compressed_and_broken_files(tmp_path: Path) -> None:
    whole = gzip.compress(json.dumps({"a": 1}).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole)
    assert [value for _, value in read_lines(tmp_path / "a.jsonl.gz")] == [{"a": 1}]
    for name, data in (("b.jsonl.gz", whole[:-6]), ("c.jsonl.gz", b"plain"), ("d.jsonl", b"\xff\xfe\xfd")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(InvalidData, match="cannot be read"):
            list(read_lines(tmp_path / name))


@pytest.mark.parametrize(("value", "kind"), [({}, str), ({"k": " "}, str), ({"k": []}, list), ({"k": 1}, str)])
def test_required_values(value: dict[str, Any], kind: type) -> None:
    with pytest.raises(InvalidData, match="k must be"):
        required("here", value, "k", kind)


def test_the_dev_set_is_sound() -> None:
    questions = load_questions(DECISION / "dev.jsonl", frozenset(range(18)))
    assert len(questions) > 200


def test_the_splits_share_no_id_and_no_question() -> None:
    # Only numbers are compared, so that a failure never shows a question that is kept.
    asked = [load_questions(DECISION / f"{split}.jsonl", frozenset(range(18))) for split in SPLITS]
    every = [question for questions in asked for question in questions]
    shared = len(every) - len({question.id for question in every})
    assert shared == 0
    twice = sum(len({(q.question, q.history) for q in questions}) for questions in asked)
    twice -= len({(q.question, q.history) for q in every})
    assert twice == 0
