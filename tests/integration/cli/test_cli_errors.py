"""Whatever goes wrong: one line on stderr that says what and what to do; exit 2 for wrong use, 1 for a failure."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
DECISION = "panzhihua-2020-07-30"


@pytest.fixture(scope="module")
def busy_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture(scope="module")
def places(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files and folders of every wrong kind."""
    root = tmp_path_factory.mktemp("wrong")
    (root / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (root / "random.txt").write_bytes(os.urandom(5000).replace(b"\0", b"\1") + b"\xff")
    (root / "empty.txt").touch()
    (root / "file").touch()
    (root / "good.txt").write_text("办法\n\n第一条 好的。\n", encoding="utf-8")
    (root / "bad.txt").write_text("办法\n\n第一条 好的。\n", encoding="utf-8")
    (root / "bad.toml").write_text('colour = "red"\n', encoding="utf-8")
    catalogue = (corpus_data_dir / "catalogue.sqlite3").read_bytes()
    for name in ("other version", "other embedder", "no database", "cut short", "damaged page"):
        (root / name).mkdir()
        (root / name / "catalogue.sqlite3").write_bytes(catalogue)
    for name, key in (("other version", "schema"), ("other embedder", "embedder")):
        with sqlite3.connect(root / name / "catalogue.sqlite3") as raw:
            raw.execute("UPDATE meta SET value = 'of another time' WHERE key = ?", (key,))
    (root / "no database" / "catalogue.sqlite3").write_text("这不是数据库" * 1000, encoding="utf-8")
    (root / "cut short" / "catalogue.sqlite3").write_bytes(catalogue[: len(catalogue) // 2])
    with closing(sqlite3.connect(root / "damaged page" / "catalogue.sqlite3")) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents'").fetchone()
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    rest = page * size
    (root / "damaged page" / "catalogue.sqlite3").write_bytes(catalogue[: rest - size] + b"x" * size + catalogue[rest:])
    return {"root": root, **{path.name: path for path in root.iterdir()}}


@pytest.fixture(scope="module")
def outcomes(corpus_data_dir: Path, places: dict[str, Path], busy_port: int, run_all: Any, call: Any) -> Any:
    data, none = corpus_data_dir, places["root"] / "none"
    ask = ["ask", "机场"]
    calls = {
        # wrong use
        "empty question": call(["ask", ""], data),
        "only control characters": call(["ask", "\x01\x07\x1b"], data),
        "only odd bytes": call(["ask", b"\xff\xfe\xed\xa0\x80"], data),
        "100,000 characters": call(["ask", "a" * 100_000], data),
        "wrong option": call([*ask, "--nope"], data),
        "wrong command": call(["nope"], data),
        "no command": call([], data),
        "no question": call(["ask"], data),
        "two questions": call([*ask, "--jsonl", "x"], data),
        "k of 0": call(["search", "机场", "-k", "0"], data),
        "no such document": call(["clauses", "nope", "--json"], data),
        "a document of odd bytes": call(["clauses", b"\xff"], data),
        "a port that is none": call(["serve", "--port", "99999"], data),
        "unknown variable": call(ask, data, {"ASSISTANT_COLOUR": "red"}),
        "bad variable": call(ask, data, {"ASSISTANT_PORT": "seven"}),
        # failures
        "no such jsonl": call(["ask", "--jsonl", places["root"] / "nope.jsonl"], data),
        "not built: ask": call(ask, none),
        "not built: serve": call(["serve", "--port", "0"], none),
        "no such source": call(["ingest", places["root"] / "nope.txt"], none),
        "binary source": call(["ingest", places["binary.txt"]], none),
        "random source": call(["ingest", places["random.txt"]], none),
        "empty source": call(["ingest", places["empty.txt"]], none),
        "a source of another kind": call(["ingest", "/bin/sh"], none),
        "a bad record": call(["ingest", places["bad.txt"]], none),
        "a good and a binary source": call(
            ["ingest", places["good.txt"], places["binary.txt"]], places["root"] / "half"
        ),
        "data folder is a file": call(["ingest", places["good.txt"]], places["file"]),
        "data folder cannot be made": call(["ingest", places["good.txt"]], "/proc/data"),
        "other version": call(ask, places["other version"]),
        "other version: ingest": call(["ingest", places["good.txt"]], places["other version"]),
        "other embedder": call(ask, places["other embedder"]),
        "no database": call(ask, places["no database"]),
        "cut short": call(ask, places["cut short"]),
        "damaged page": call(["documents", "--json"], places["damaged page"]),
        "port taken": call(["serve", "--host", "127.0.0.1", "--port", str(busy_port)], data),
    }
    return run_all(calls)


USE = [
    ("empty question", "empty"),
    ("only control characters", "empty"),
    ("only odd bytes", "empty"),
    ("100,000 characters", "100,000"),
    ("wrong option", "--nope"),
    ("wrong command", "nope"),
    ("no command", "help"),
    ("no question", "--jsonl"),
    ("two questions", "--jsonl"),
    ("k of 0", "-k"),
    ("no such document", "nope"),
    ("a document of odd bytes", "no document '\ufffd'"),
    ("a port that is none", "--port"),
    ("unknown variable", "ASSISTANT_COLOUR"),
    ("bad variable", "ASSISTANT_PORT"),
]


@pytest.mark.parametrize(("name", "said"), USE)
def test_wrong_use(outcomes: Any, name: str, said: str) -> None:
    assert said in outcomes[name].error(2)


FAILURES = [
    ("no such jsonl", "nope.jsonl"),
    ("not built: ask", "ingest"),
    ("not built: serve", "ingest"),
    ("no such source", "nope.txt"),
    ("binary source", "binary.txt"),
    ("random source", "random.txt"),
    ("empty source", "empty.txt"),
    ("a source of another kind", "/bin/sh"),
    ("a bad record", "colour"),
    ("a good and a binary source", "binary.txt"),
    ("data folder is a file", "ASSISTANT_DATA_DIR"),
    ("data folder cannot be made", "ASSISTANT_DATA_DIR"),
    ("other version", "--rebuild"),
    ("other version: ingest", "--rebuild"),
    ("other embedder", "--rebuild"),
    ("no database", "--rebuild"),
    ("cut short", "--rebuild"),
    ("damaged page", "--rebuild"),
    ("port taken", "--port"),
]


@pytest.mark.parametrize(("name", "said"), FAILURES)
def test_failures(outcomes: Any, name: str, said: str) -> None:
    assert said in outcomes[name].error(1)


def test_an_error_is_short(outcomes: Any) -> None:
    for outcome in outcomes.values():
        assert len(outcome.err) < 600


def test_what_failed_has_left_nothing_behind(outcomes: Any, places: dict[str, Path]) -> None:
    assert outcomes
    assert places["file"].read_bytes() == b""
    with sqlite3.connect(places["other version"] / "catalogue.sqlite3") as raw:
        assert raw.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    assert (places["no database"] / "catalogue.sqlite3").read_text(encoding="utf-8").startswith("这不是数据库")
    half = places["root"] / "half"
    assert not (half / "indexes").exists()


def test_a_rebuild_mends_what_another_version_wrote(
    outcomes: Any, places: dict[str, Path], run_all: Any, call: Any
) -> None:
    assert outcomes["other version"].code == 1
    done = run_all(
        {
            name: call(["ingest", "--rebuild", places["good.txt"]], places[name])
            for name in ("other version", "no database", "damaged page")
        }
    )
    for outcome in done.values():
        assert "1 document(s) added" in outcome.success()
    listed = run_all({name: call(["documents", "--json"], places[name]) for name in done})
    for outcome in listed.values():
        assert [row["id"] for row in json.loads(outcome.success())] == ["good"]


def test_debug_shows_the_traceback(run_all: Any, call: Any, places: dict[str, Path]) -> None:
    outcome = run_all({"debug": call(["--debug", "ask", "机场"], places["root"] / "none")})["debug"]
    assert outcome.code == 1
    assert "Traceback" in outcome.err
    assert "IndexNotBuilt" in outcome.err


def test_damaged_indexes(run_all: Any, call: Any, corpus_data_copy: Any) -> None:
    folders = {kind: corpus_data_copy() for kind in ("chroma", "lexical")}
    for kind, folder in folders.items():
        for file in (folder / "indexes").rglob(f"{kind}/**/*"):
            if file.is_file():
                file.write_bytes(b"damaged")
    for outcome in run_all(
        {kind: call(["ask", "机场要搬到哪里？"], folder) for kind, folder in folders.items()}
    ).values():
        assert (outcome.code, "机场迁建" in outcome.out) == (0, True), outcome.err
        assert "Traceback" not in outcome.err
        assert outcome.err.startswith("rebuilding the indexes"), "whoever runs it is told"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("documents >&-", 0),
        ("documents 2>&-", 0),
        ("ask --jsonl - <&-", 0),
        ("mcp <&-", 0),
        ("clauses nope <&- >&-", 2),
        ("clauses nope <&- >&- 2>&-", 2),
    ],
)
def test_a_stream_that_is_closed_holds_nothing(typed: str, code: int, corpus_data_dir: Path, tmp_path: Path) -> None:
    command = ["sh", "-c", f'exec "$0" -m assistant {typed}', sys.executable]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(corpus_data_dir)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
