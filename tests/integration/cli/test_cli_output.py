"""What the commands print: the shapes of DESIGN section 4, which scripts depend on."""

from __future__ import annotations

import importlib
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DECISION = "panzhihua-2020-07-30"
CITATION = ["marker", "document", "document_title", "clause_number", "clause_label", "quote", "start", "end", "url"]

REQUESTS: list[bytes] = [
    '{"id": "a", "question": "机场要搬到哪里？"}'.encode(),
    b"not json",
    b"",
    '{"id": 2, "question": "那盐边呢？", "history": ["米易县要打造成什么？"]}'.encode(),
    '{"id": 3, "question": "那盐边呢？", "history": [{"question": "米易县要打造成什么？", "answer": "迎宾厅"}], "extra": 1}'.encode(),
    b'["a list"]',
    b"null",
    b"{}",
    b'{"id": 4, "question": ""}',
    b'{"id": 5, "question": 17}',
    '{"id": 6, "question": "机场", "documents": ["nope"]}'.encode(),
    '{"id": 7, "question": "机场", "history": "x"}'.encode(),
    '{"id": 8, "question": "机场", "history": [1]}'.encode(),
    b'{"id": 9, "question": "' + b"a" * 100_000 + b'"}',
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"id": ' + b"9" * 5_000 + b"}",
    '{"id": 10, "question": "\\ud800机场要搬到哪里？\\u0000\\u0007"}'.encode(),
    '{"id": {"any": "value"}, "question": "第十条讲什么", "documents": ["%s"]}'.encode() % DECISION.encode(),
    '\ufeff{"id": 11, "question": "机场迁建投资多少钱？", "documents": null, "history": null}'.encode(),
    '{"id": 12, "question": "河长制怎么落实？"}'.encode(),
]
GOOD = {"a": 10, 2: 6, 3: 6, 10: 10, 12: 12}
BAD = {1: None, 5: None, 6: None, 7: None, 8: 4, 9: 5, 10: 6, 11: 7, 12: 8, 13: 9, 14: None, 15: None, 16: None}
"""Place of each bad request → the id that its error object must carry."""


@pytest.fixture(scope="module")
def requests_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("jsonl") / "请求.jsonl"
    file.write_bytes(b"\n".join(REQUESTS))
    return file


@pytest.fixture(scope="module")
def outcomes(
    corpus_data_dir: Path, run_all: Any, call: Any, requests_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Any:
    sources = tmp_path_factory.mktemp("sources")
    (sources / "公园 办法.txt").write_text("公园办法\n\n第一条 公园内禁止燃放烟花爆竹。\n", encoding="utf-8")
    fresh = tmp_path_factory.mktemp("fresh") / "deep" / "data"
    data = corpus_data_dir
    searches = b"\n".join(
        [
            '{"id": 1, "query": "机场迁建", "k": 2}'.encode(),
            b'{"id": 2}',
            '{"id": 3, "query": "机场", "k": 0}'.encode(),
            b"{",
            '{"query": "机场"}'.encode(),
        ]
    )
    calls = {
        "documents": call(["documents", "--json"], data),
        "documents as text": call(["documents"], data),
        "clauses": call(["clauses", DECISION, "--json"], data),
        "all clauses": call(["clauses", DECISION, "--json", "--all"], data),
        "ask": call(["ask", "钒钛新城要建哪四个产业园？", "--json"], data),
        "ask as text": call(["ask", "机场要搬到哪里？"], data),
        "refused": call(["ask", "机场迁建投资多少钱？", "--json"], data),
        "ask in English": call(["ask", "Where will the airport be moved?"], data),
        "odd bytes": call(["ask", "机场要搬到哪里？".encode() + b"\xff\xfe\x01\x1b[31m", "--json"], data),
        "ascii terminal": call(
            ["ask", "机场要搬到哪里？"], data, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, afresh=True
        ),
        "search": call(["search", "机场迁建", "-k", "5", "--json"], data),
        "search as text": call(["search", "机场迁建", "-k", "2"], data),
        "ask --jsonl": call(["ask", "--jsonl", requests_file], data),
        "search --jsonl": call(["search", "--jsonl", "-", "-k", "3"], data, stdin=searches),
        "ingest": call(["ingest", sources], fresh),
        "help": call(["--help"], data),
    }
    found = run_all(calls)
    found |= run_all(
        {"ingest again": call(["ingest", sources], fresh), "documents of fresh": call(["documents", "--json"], fresh)}
    )
    return found


def loads(text: str) -> Any:
    """As strict as other languages' parsers: NaN and Infinity are no JSON."""

    def refuse(name: str) -> None:
        raise ValueError(name)

    return json.loads(text, parse_constant=refuse)


def test_documents(outcomes: Any) -> None:
    (row,) = loads(outcomes["documents"].success())
    assert (row["id"], row["status"], row["issuer"], row["adopted"]) == (
        DECISION,
        "in_force",
        "中共攀枝花市委",
        "2020-07-30",
    )
    assert row["title"].startswith("中共攀枝花市委关于")
    assert DECISION in outcomes["documents as text"].success()


def test_clauses(outcomes: Any) -> None:
    rows = loads(outcomes["clauses"].success())
    assert [row["clause_number"] for row in rows] == list(range(1, 18))
    assert rows[10]["label"] == "(十一)"
    assert rows[3]["heading"] == "高水平建设钒钛新城"
    for row in rows:
        assert set(row) >= {"clause_number", "label", "heading", "text", "start", "end"}
        assert row["end"] - row["start"] == len(row["text"])
        assert row["text"].startswith(row["label"])
    everything = loads(outcomes["all clauses"].success())
    assert [row for row in everything if row["clause_number"]] == rows
    assert {row["kind"] for row in everything} >= {"title", "adoption", "preamble", "part", "clause"}
    assert all(one["end"] < two["start"] for one, two in itertools.pairwise(everything))


def check_answer(row: dict[str, Any], outcomes: Any) -> None:
    assert list(row) >= ["id"]
    assert set(row) >= {"id", "status", "answer", "language", "citations", "related", "timings_ms"}
    everything = loads(outcomes["all clauses"].success())
    for citation in (*row["citations"], *row["related"]):
        assert list(citation) == CITATION
        piece = next(p for p in everything if p["start"] <= citation["start"] < p["end"])
        inside = citation["start"] - piece["start"]
        assert piece["text"][inside : inside + len(citation["quote"])] == citation["quote"]
        assert citation["end"] - citation["start"] == len(citation["quote"])
        assert citation["clause_number"] == piece["clause_number"]
    assert all(isinstance(value, int | float) for value in row["timings_ms"].values())
    for citation in row["citations"]:
        assert f"[{citation['marker']}]" in row["answer"]


def test_ask(outcomes: Any) -> None:
    row = loads(outcomes["ask"].success())
    check_answer(row, outcomes)
    assert (row["id"], row["status"], row["language"]) == (None, "answered", "zh")
    assert "石墨烯碳新材料产业园" in row["answer"]
    refused = loads(outcomes["refused"].success())
    check_answer(refused, outcomes)
    assert (refused["status"], refused["citations"]) == ("no_evidence", [])
    assert refused["related"]


def test_ask_for_a_reader(outcomes: Any) -> None:
    text = outcomes["ask as text"].success()
    assert text.startswith("加快机场迁建工作")
    assert "[1]" in text
    assert f"/documents/{DECISION}#clause-10" in text
    assert "airport" in outcomes["ask in English"].success()


def test_odd_bytes_in_the_question(outcomes: Any) -> None:
    row = loads(outcomes["odd bytes"].success())
    assert [citation["clause_number"] for citation in row["citations"]] == [10]


def test_output_is_utf_8_whatever_the_terminal_says(outcomes: Any) -> None:
    assert outcomes["ascii terminal"].success() == outcomes["ask as text"].success()


def test_search(outcomes: Any) -> None:
    rows = loads(outcomes["search"].success())
    assert len(rows) == 5
    assert list(rows[0]) == ["document", "clause_number", "text", "start", "end", "score", "scores"]
    assert rows[0]["clause_number"] == 10
    assert "机场迁建" in rows[0]["text"]
    assert set(rows[0]["scores"]) == {"dense", "lexical", "terms", "pairs", "document"}
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert len(outcomes["search as text"].success().splitlines()) == 2


def test_many_requests_one_line_each(outcomes: Any) -> None:
    lines = [loads(line) for line in outcomes["ask --jsonl"].success().splitlines()]
    asked = [number for number, request in enumerate(REQUESTS) if request]
    assert len(lines) == len(asked), "one line for each line that is not blank, in order"
    by_place = dict(zip(asked, lines, strict=True))
    for place, row in by_place.items():
        if place in BAD:
            assert set(row) == {"id", "error", "line"}
            assert row["id"] == BAD[place]
            assert row["line"] == place + 1
            assert "\n" not in row["error"]
            assert row["error"]
        else:
            check_answer(row, outcomes)
    answered = {row["id"]: row for row in lines if isinstance(row["id"], str | int) and "status" in row}
    assert {id_: [c["clause_number"] for c in answered[id_]["citations"]] for id_ in GOOD} == {
        id_: [n] for id_, n in GOOD.items()
    }
    assert answered[11]["status"] == "no_evidence"
    assert by_place[18]["id"] == {"any": "value"}, "an id comes back as it was"
    assert by_place[18]["citations"][0]["clause_number"] == 10


def test_many_searches(outcomes: Any) -> None:
    lines = [loads(line) for line in outcomes["search --jsonl"].success().splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3, None, None]
    assert [len(line["results"]) for line in lines if "results" in line] == [2, 3]
    assert ["error" in line for line in lines] == [False, True, True, True, False]
    assert lines[0]["results"][0]["clause_number"] == 10


def test_ingest(outcomes: Any) -> None:
    (line,) = outcomes["ingest"].success().splitlines()
    assert "1 document(s) added" in line
    (line,) = outcomes["ingest again"].success().splitlines()
    assert "nothing to do" in line
    (row,) = loads(outcomes["documents of fresh"].success())
    assert row["title"] == "公园办法"
    assert row["id"].isascii()
    assert row["id"].replace("-", "").replace(".", "").replace("_", "").isalnum(), "safe in a URL"


def test_help(outcomes: Any) -> None:
    text = outcomes["help"].success()
    for name in ("ingest", "documents", "clauses", "ask", "search", "serve"):
        assert name in text


# A running process


def test_answers_come_as_the_requests_do(start: Any, call: Any, corpus_data_dir: Path) -> None:
    process = start(call(["ask", "--jsonl", "-"], corpus_data_dir))
    try:
        for number in ("十", "四", "七"):
            process.stdin.write(f'{{"id": "{number}", "question": "第{number}条讲什么"}}\n'.encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        assert process.communicate(timeout=30) == (b"", b"")
        assert process.returncode == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def interrupted(start: Any, call: Any, corpus_data_dir: Path) -> tuple[int, bytes]:
    """Exit code and stderr of a run that was ended with Ctrl-C."""
    process = start(call(["ask", "--jsonl", "-"], corpus_data_dir))
    process.stdin.write('{"question": "第十条讲什么"}\n'.encode())
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    return process.returncode, err


def test_an_interrupt_shows_no_traceback(interrupted: tuple[int, bytes]) -> None:
    assert b"Traceback" not in interrupted[1]


def test_an_interrupt_is_no_success(interrupted: tuple[int, bytes]) -> None:
    assert interrupted[0] == 130


@pytest.fixture(scope="module")
def deserted(
    start: Any, call: Any, corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[int, bytes]:
    """Exit code and stderr of a run whose reader, such as `head`, goes away."""
    file = tmp_path_factory.mktemp("many") / "many.jsonl"
    file.write_text('{"question": "第十条讲什么"}\n' * 400, encoding="utf-8")
    process = start(call(["ask", "--jsonl", file], corpus_data_dir))
    assert json.loads(process.stdout.readline())["status"] == "answered"
    process.stdin.close()
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    return process.wait(60), err


def test_a_reader_that_goes_away_is_no_matter(deserted: tuple[int, bytes]) -> None:
    assert deserted[1] == b""


def test_a_reader_that_goes_away_is_no_failure(deserted: tuple[int, bytes]) -> None:
    assert deserted[0] == 0


HEAVY = "assistant.answering langsmith torch gradio chromadb sentence_transformers transformers langchain_openai fastapi uvicorn onnxruntime tantivy sklearn scipy pandas".split()


def imported(data_dir: Path, cwd: Path, *arguments: str) -> tuple[set[str], set[str]]:
    """Of HEAVY, what is loaded before a command runs, and what when it has run."""
    code = f"""
import sys, json
import assistant.cli
early = list(sys.modules)
sys.argv = ["assistant", *{arguments!r}]
try:
    assistant.cli.main()
except SystemExit as end:
    assert not end.code, end.code
print(json.dumps([early, list(sys.modules)]))
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(data_dir)},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    early, late = json.loads(run.stdout.splitlines()[-1])
    return set(HEAVY).intersection(early), set(HEAVY).intersection(late)


def test_what_is_imported_only_when_needed(corpus_data_dir: Path, tmp_path: Path) -> None:
    early, late = imported(corpus_data_dir, tmp_path, "ask", "机场要搬到哪里？")
    assert early == set()
    needed = {"assistant.answering", "chromadb", "langsmith", "onnxruntime", "tantivy"}
    assert late - {"fastapi", "uvicorn"} == needed, "these are what an answer needs"
    for arguments in (["documents"], ["clauses", DECISION]):
        _, late = imported(corpus_data_dir, tmp_path, *arguments)
        assert late == set(), "what is held is read from the catalogue alone"
    assert not list(tmp_path.iterdir()), "nothing is left where it was called"


def test_the_console_script_is_the_same_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, name = project["scripts"]["policy-assistant"].split(":")
    import assistant.__main__

    assert getattr(importlib.import_module(module), name) is assistant.__main__.main


def test_what_is_printed_is_json(run_all: Callable[..., Any], call: Any, corpus_data_dir: Path) -> None:
    requests = '{"id": NaN, "question": "第十条"}\n{"id": 1e999, "question": "第十条"}\n'.encode()
    outcome = run_all({"nan": call(["ask", "--jsonl", "-"], corpus_data_dir, stdin=requests)})["nan"]
    for line in outcome.success().splitlines():
        loads(line)


def test_a_search_request_with_odd_documents(run_all: Callable[..., Any], call: Any, corpus_data_dir: Path) -> None:
    requests = "".join(
        f'{{"id": {number}, "query": "机场", "documents": {documents}}}\n'
        for number, documents in enumerate(['"ab"', "5", '["nope"]', "null"])
    )
    outcome = run_all({"odd": call(["search", "--jsonl", "-"], corpus_data_dir, stdin=requests.encode())})["odd"]
    lines = [loads(line) for line in outcome.success().splitlines()]
    assert ["error" in line for line in lines] == [True, True, True, False]


def test_an_answer_survives_that_the_indexes_are_gone(
    run_all: Callable[..., Any], call: Any, corpus_data_copy: Callable[[], Path]
) -> None:
    data = corpus_data_copy()
    shutil.rmtree(data / "indexes")
    outcome = run_all({"ask": call(["ask", "机场要搬到哪里？"], data)})["ask"]
    assert "机场迁建" in outcome.success()
