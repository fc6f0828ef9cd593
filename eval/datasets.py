"""Files of questions → records. A line without gold is an error that names it, never a zero in a figure."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.schema import Status
from eval.errors import DataMissing, InvalidData

DECISION = Path(__file__).parent / "data" / "decision"
"""Folder of the question sets over the decision: `dev.jsonl`, the harder `hard-dev.jsonl`, `all-dev.jsonl`, whose
questions ask for everything on a matter, `turns-dev.jsonl`, last turns of conversations, `people-dev.jsonl`, asked by
people of all kinds, `english-dev.jsonl`, asked in English by laymen, `everyday-dev.jsonl`, of all these, by twenty-two
askers with a reason of their own, and `contrast-dev.jsonl`, pairs of questions that look alike and are answered
differently, to work with; those of the same names with `test` only ever reported. Weights are fitted on the first
three."""
DECISION_DOCUMENT = "panzhihua-2020-07-30"
SPLITS = (
    "dev",
    "test",
    "hard-dev",
    "hard-test",
    "all-dev",
    "all-test",
    "turns-dev",
    "turns-test",
    "people-dev",
    "people-test",
    "english-dev",
    "english-test",
    "everyday-dev",
    "everyday-test",
    "contrast-dev",
    "contrast-test",
)

_ANSWERS = {"answered", "partial"}
_TEXTS = ("id", "language", "audience", "kind", "noise", "question")
_KEYS = {*_TEXTS, "history", "status", "clauses", "acceptable", "facts"}
_FURTHER = {"pair", "corrected"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question over the decision with what is expected; `history` holds (question, answer) pairs, oldest first.

    `pair` names the two questions of a contrast, empty where there is none; `corrected` is whether the answer has to
    say that the question's premise is not what the document says, None where it may or may not.
    """

    id: str
    language: str
    audience: str
    kind: str
    noise: str
    question: str
    history: tuple[tuple[str, str], ...]
    status: frozenset[str]
    clauses: frozenset[int]
    acceptable: frozenset[int]
    facts: tuple[tuple[str, ...], ...]
    pair: str = ""
    corrected: bool | None = None


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects of a JSON-lines file (`.gz` unpacked), each with its place for error messages.

    Raises:
        DataMissing: there is no such file.
        InvalidData: a line is not a JSON object of whole characters; the message names it.
    """
    if not path.is_file():
        raise DataMissing(f"{path} does not exist; name the folder of the data set with --data")
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise InvalidData(f"{path} cannot be read as UTF-8 JSON lines ({error})") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield f"{path}, line {number}", _object(line, f"{path}, line {number}")


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InvalidData(f"{place}: not JSON ({error})") from None
    if not isinstance(value, dict):
        raise InvalidData(f"{place}: must be an object, not {type(value).__name__}")
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # No report could be written that shows it.
        raise InvalidData(f"{place}: holds half of a character (a lone surrogate)") from None
    return value


def load_questions(path: Path, clause_numbers: frozenset[int] | None = None) -> list[Question]:
    """Read a question set over the decision.

    Args:
        path: the file, JSON lines.
        clause_numbers: the clauses of the document; gold must be among them. None leaves that unchecked.

    Raises:
        DataMissing: there is no such file.
        InvalidData: a line cannot be used, gold is missing, or an id occurs twice; the message names the line.
    """
    questions: list[Question] = []
    seen: set[str] = set()
    for place, value in read_lines(path):
        question = _question(place, value)
        if question.id in seen:
            raise InvalidData(f"{place}: the id {question.id!r} occurs twice")
        if clause_numbers is not None and (stray := (question.clauses | question.acceptable) - clause_numbers):
            raise InvalidData(f"{place}: clause {min(stray)} is not in the document")
        seen.add(question.id)
        questions.append(question)
    if not questions:
        raise InvalidData(f"{path} holds no question")
    return questions


def _question(place: str, value: dict[str, Any]) -> Question:
    missing, unknown = _KEYS - value.keys(), value.keys() - _KEYS - _FURTHER
    if missing or unknown:
        what = f"lacks {sorted(missing)[0]!r}" if missing else f"has the unknown key {sorted(unknown)[0]!r}"
        raise InvalidData(f"{place}: {what}; a question has the keys {', '.join(sorted(_KEYS))}")
    for key in _TEXTS:
        if not isinstance(value[key], str) or not value[key].strip():
            raise InvalidData(f"{place}: {key} must be a string that is not blank")
    if not isinstance(pair := value.get("pair", ""), str):
        raise InvalidData(f"{place}: pair must be a string")
    if not isinstance(corrected := value.get("corrected"), bool | None):
        raise InvalidData(f"{place}: corrected must be true or false")
    question = Question(
        **{key: value[key] for key in _TEXTS},
        history=_history(place, value["history"]),
        status=frozenset(strings(place, "status", value["status"])),
        clauses=_numbers(place, "clauses", value["clauses"]),
        acceptable=_numbers(place, "acceptable", value["acceptable"]),
        facts=_facts(place, value["facts"]),
        pair=pair,
        corrected=corrected,
    )
    _check_gold(place, question)
    return question


def _check_gold(place: str, question: Question) -> None:
    if unknown := question.status - set(get_args(Status)):
        raise InvalidData(f"{place}: unknown status {sorted(unknown)[0]!r}")
    if not question.status:
        raise InvalidData(f"{place}: no acceptable status")
    answerable = bool(question.status & _ANSWERS)
    if answerable and not (question.clauses and question.facts):
        raise InvalidData(f"{place}: an answer is expected, so gold clauses and facts are needed")
    if not answerable and (question.clauses or question.facts):
        raise InvalidData(f"{place}: a refusal is expected, so there can be no gold clauses or facts")


def strings(place: str, key: str, value: Any) -> list[str]:
    """A list of strings that are not blank.

    Raises:
        InvalidData: it is not.
    """
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
        raise InvalidData(f"{place}: {key} must be a list of strings that are not blank")
    return value


def _numbers(place: str, key: str, value: Any) -> frozenset[int]:
    if not isinstance(value, list) or not all(type(entry) is int and entry >= 0 for entry in value):
        raise InvalidData(f"{place}: {key} must be a list of clause numbers")
    return frozenset(value)


def _facts(place: str, value: Any) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise InvalidData(f"{place}: facts must be a list of lists of alternatives")
    facts = tuple(tuple(strings(place, "facts", fact)) for fact in value)
    if not all(facts):
        raise InvalidData(f"{place}: a fact has no alternative")
    return facts


def _history(place: str, value: Any) -> tuple[tuple[str, str], ...]:
    fit = isinstance(value, list) and all(
        isinstance(turn, dict) and all(isinstance(turn.get(key), str) for key in ("question", "answer"))
        for turn in value
    )
    if not fit:
        raise InvalidData(f"{place}: history must be a list of objects with the strings question and answer")
    return tuple((turn["question"], turn["answer"]) for turn in value)


def required(place: str, value: dict[str, Any], key: str, kind: type) -> Any:
    """A value of a public set's line.

    Raises:
        InvalidData: it is missing, blank, empty, or of another type.
    """
    found = value.get(key)
    blank = found.strip() == "" if isinstance(found, str) else found == []
    if not isinstance(found, kind) or blank:
        raise InvalidData(f"{place}: {key} must be a {kind.__name__} that is not empty")
    return found


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question over one document, whose gold are stretches of text: to train on, or of the suite of local rules.

    Attributes:
        document: the document's id.
        text: what is asked.
        answerable: whether the document answers it.
        evidence: the stretches of the document that do, word for word.
        also: others that answer as well.
        near: stretches that come nearest without answering.
    """

    document: str
    text: str
    answerable: bool
    evidence: tuple[str, ...]
    also: tuple[str, ...]
    near: tuple[str, ...]


def read_reading_questions(path: Path) -> list[ReadingQuestion]:
    """Read questions whose gold are stretches of text.

    Raises:
        DataMissing: there is no such file.
        InvalidData: a line cannot be used; the message names it.
    """
    return [_reading_question(place, value) for place, value in read_lines(path)]


def _reading_question(place: str, value: dict[str, Any]) -> ReadingQuestion:
    answerable = value.get("answerable")
    stretches = {key: tuple(strings(place, key, value.get(key, []))) for key in ("evidence", "also", "near")}
    if answerable is not bool(stretches["evidence"]):
        raise InvalidData(f"{place}: a question is answerable (true) with evidence, or not (false) and without")
    return ReadingQuestion(
        required(place, value, "document", str), required(place, value, "question", str), answerable, **stretches
    )
