"""The evaluation from the command line, over the corpus really ingested."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from assistant.pipeline import Parts
from eval.cli import main

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Finished:
    """What a call of the command line came to."""

    returncode: int
    stdout: str
    stderr: str


def run(environment: Mapping[str, str], *arguments: str | Path) -> Finished:
    """The command line within this process, which has loaded its models: a process of its own takes five seconds more."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        for name, value in environment.items():
            patch.setenv(name, value)
        code = main([str(argument) for argument in arguments])
    return Finished(code, out.getvalue(), err.getvalue())


def start(environment: Mapping[str, str], *arguments: str | Path) -> Finished:
    """The command line as a process of its own."""
    command = [sys.executable, "-m", "eval", *map(str, arguments)]
    ended = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=300, check=False
    )
    return Finished(ended.returncode, ended.stdout, ended.stderr)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A data folder that the first run of the suite has filled: it ingests the corpus where the decision is missing."""
    folder = tmp_path_factory.mktemp("eval")
    environment = {"ASSISTANT_DATA_DIR": str(folder / "data"), "ASSISTANT_CORPUS_DIR": str(ROOT / "corpus")}
    found = run(environment, "run", "decision", "--split", "dev", "--limit", "1", "--out", folder / "reports")
    assert found.returncode == 0, found.stderr
    return environment


def test_the_decision_suite_writes_json_and_html(environment: dict[str, str], tmp_path: Path) -> None:
    first = start(environment, "run", "decision", "--split", "dev", "--limit", "12", "--out", tmp_path, "--compare")
    assert first.returncode == 0, first.stderr
    assert first.stderr == ""
    for words in ("Fully right", "95 % interval", "BM25 only", "LangChain tutorial", "questions: 12 of"):
        assert words in first.stdout
    (folder,) = tmp_path.iterdir()
    assert first.stdout.rstrip().endswith(str(folder / "report.html"))
    found = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [system["name"] for system in found["systems"]][:4] == [
        "ours",
        "BM25 only",
        "dense only",
        "LangChain tutorial",
    ]
    assert len(found["systems"][0]["items"]) == 12
    figures = {figure["key"]: figure for figure in found["systems"][0]["figures"]}
    assert figures["quotes_verbatim"]["value"] == 1
    assert figures["crashes"]["value"] == 0
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Compared on the same questions" in page

    second = run(environment, "run", "decision", "--split", "dev", "--limit", "12", "--out", tmp_path)
    assert "0 fixed, 0 broken of 12 asked both times" in second.stdout
    (folder / "report.html").unlink()
    shown = run(environment, "report", "--out", tmp_path)
    assert shown.returncode == 0
    assert Path(shown.stdout.strip()).is_file()


def test_a_program_can_start_a_run_and_watch_it(environment: dict[str, str], tmp_path: Path) -> None:
    progress = tmp_path / "progress.json"
    limit = ("run", "decision", "--split", "dev", "--limit", "2", "--out", tmp_path / "reports")
    found = run(environment, *limit, "--progress-file", progress, "--no-ingest")
    assert found.returncode == 0, found.stderr
    assert json.loads(progress.read_text(encoding="utf-8")) == {"what": "asking ours", "done": 2, "total": 2}
    assert len(list((tmp_path / "reports").glob("*/summary.json"))) == 1
    empty = {**environment, "ASSISTANT_DATA_DIR": str(tmp_path / "empty")}
    found = run(empty, *limit, "--no-ingest")
    assert found.returncode == 2
    assert "is not held; ingest it first" in found.stderr
    assert found.stderr.count("\n") == 1
    assert not (tmp_path / "empty" / "catalogue.sqlite3").exists()


def test_each_part_is_left_out_once(environment: dict[str, str], tmp_path: Path) -> None:
    found = run(environment, "run", "decision", "--split", "dev", "--limit", "1", "--out", tmp_path, "--ablate")
    assert found.returncode == 0, found.stderr
    assert "the assistant without one part" in found.stdout
    (folder,) = tmp_path.iterdir()
    systems = json.loads((folder / "report.json").read_text(encoding="utf-8"))["systems"]
    parts = [part.name.replace("_", " ") for part in fields(Parts)]
    assert [system["without"] for system in systems] == ["", *parts]
    assert all(len(system["items"]) == 1 for system in systems)
    assert "What each part is worth" in (folder / "report.html").read_text(encoding="utf-8")


def test_a_figure_below_its_floor_is_exit_1(environment: dict[str, str], tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text("[decision.dev]\nfully_right = 1.01\n", encoding="utf-8")
    arguments = ("run", "decision", "--split", "dev", "--limit", "3", "--out", tmp_path / "reports", "--floors")
    found = run(environment, *arguments, "--floors-file", floors)
    assert found.returncode == 1
    assert found.stderr.startswith("error: 1 below the floor: fully_right")
    assert found.stderr.count("\n") == 1
    assert list((tmp_path / "reports").glob("*/report.html"))


def test_a_report_that_cannot_be_written_costs_no_run(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    arguments = ("run", "decision", "--split", "dev", "--limit", "2", "--out")
    found = run(environment, *arguments, tmp_path / "file", "--data", tmp_path / "not even read")
    assert (found.returncode, found.stdout) == (1, "")
    assert "cannot write the report" in found.stderr

    def full(unfinished: Path, wanted: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("eval.report._rename", full)
    found = run(environment, *arguments, tmp_path / "reports")
    assert found.returncode == 1
    assert "Fully right" in found.stdout, "the figures are not lost"
    assert "No space left" in found.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("suite", "split", "limit"),
    [
        ("decision", "dev", 90),
        ("decision", "all-dev", 16),
        ("decision", "turns-dev", 45),
        ("decision", "people-dev", 30),
        ("decision", "english-dev", 30),
        ("rules", "dev", 24),
        ("plans", "dev", 24),
    ],
)
def test_the_dev_sets_are_above_their_floors(
    environment: dict[str, str], tmp_path: Path, suite: str, split: str, limit: int
) -> None:
    """The gate of CI: a part of each of the sets to work with, and no figure below what `eval/floors.toml` demands."""
    part = ("--split", split, "--limit", limit, "--cache", tmp_path / "indexes")
    found = run(environment, "run", suite, *part, "--out", tmp_path / "reports", "--floors")
    assert found.returncode == 0, found.stderr


@pytest.mark.slow
def test_the_page_of_a_long_document_is_timed(tmp_path: Path) -> None:
    found = run({"ASSISTANT_DATA_DIR": str(tmp_path / "data")}, "document-page", "--clauses", "12", "--json")
    assert found.returncode == 0, found.stderr
    figures = json.loads(found.stdout)["document page"]
    assert figures["clauses"] == 12
    assert figures["first_ms"] > 0
    assert 0 < figures["p50_ms"] <= figures["p95_ms"] <= figures["worst_ms"]
    assert not (tmp_path / "data").exists(), "the data folder is not touched"


def test_the_benchmark_measures_every_part(tmp_path: Path) -> None:
    text = (ROOT / "corpus" / "panzhihua-2020-07-30.txt").read_text(encoding="utf-8")
    (tmp_path / "panzhihua-2020-07-30.txt").write_text(text.partition("（四）")[0], encoding="utf-8")
    # A process of its own: its browser can be none of a process whose tests have left an event loop running.
    found = start({"ASSISTANT_CORPUS_DIR": str(tmp_path)}, "bench", "--cold", "1", "--limit", "3", "--json")
    assert found.returncode == 0, found.stderr
    result = json.loads(found.stdout)
    assert result["ingest"]["documents"] == 1
    assert 0 < result["ingest"]["embedding_s"] < result["ingest"]["total_s"]
    assert result["cold ask"]["median_s"] > 0
    assert (result["warm answers"]["questions"], result["warm answers"]["crashes"]) == (3, 0)
    assert result["warm answers"]["again_p50_ms"] > 0
    assert result["first words"]["questions"] == 3
    assert 0 < result["first words"]["stream_p50_ms"] <= result["first words"]["stream_p95_ms"]
    assert "screen" in result["first words"] or result["first words"]["screen_p50_ms"] > 0
    assert all(result[part]["peak_memory_mib"] > 50 for part in ("ingest", "cold ask", "warm answers"))


def test_the_terminal_shows_only_figures_of_the_test_split(environment: dict[str, str], tmp_path: Path) -> None:
    found = run(environment, "run", "decision", "--limit", "4", "--out", tmp_path)
    assert found.returncode == 0, found.stderr
    lines = (ROOT / "eval" / "data" / "decision" / "test.jsonl").read_text(encoding="utf-8").splitlines()
    shown = sum(json.loads(line)["question"] in found.stdout for line in lines)
    assert shown == 0
    assert ("not right" in found.stdout) is False


def test_a_public_set_is_ingested_once(environment: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    for part, numbers in (("dev", range(6)), ("trial", range(2))):
        passages = [
            {"pid": n, "title": f"第{n}号塔", "text": f"第{n}号塔高{n + 20}米，建于{1900 + n}年。"} for n in numbers
        ]
        questions = [
            {"id": f"{part}{n}", "pid": n, "question": f"第{n}号塔有多高？", "answers": [f"{n + 20}米"]}
            for n in numbers
        ]
        for name, values in (("passages", passages), ("questions", questions)):
            text = "\n".join(json.dumps(value, ensure_ascii=False) for value in values)
            (folder / f"{part}.{name}.jsonl").write_text(text, encoding="utf-8")
    arguments = ("run", "cmrc2018", "--data", folder, "--out", tmp_path / "reports", "--cache", tmp_path / "cache")
    found = run(environment, *arguments)
    assert found.returncode == 0, found.stderr
    assert "documents: 6 of 6" in found.stdout
    (index,) = (tmp_path / "cache").glob("cmrc2018-*")
    before = {path: path.stat().st_mtime_ns for path in index.rglob("catalogue.sqlite3")}
    assert run(environment, *arguments).returncode == 0
    assert {path: path.stat().st_mtime_ns for path in index.rglob("catalogue.sqlite3")} == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run",), "Missing argument"),
        (("run", "nope"), "no suite 'nope'"),
        (("run", "decision", "--split", "train"), "no split 'train'"),
        (("run", "decision", "--limit", "0"), "--limit"),
        (("run", "decision", "--typos", "letters"), "--typos"),
        (("run", "rules", "--typos", "words"), "only the suite decision"),
        (("run", "stard"), "needs --data"),
        (("run", "cmrc2018", "--data", "/nowhere"), "does not exist"),
        (("run", "words", "--data", "/nowhere"), "holds no text"),
        (("nope",), "nope"),
        (("run", "decision", "--nope"), "--nope"),
    ],
)
def test_wrong_use_is_exit_2_and_one_line(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.startswith("error: ")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_the_program_ends_with_what_the_command_line_gives() -> None:
    found = start({}, "run", "nope")
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith("error: no suite 'nope'")


def test_no_report_is_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--out", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1


def test_a_bad_line_of_the_set_is_named(environment: dict[str, str], tmp_path: Path) -> None:
    shutil.copy(ROOT / "eval" / "data" / "decision" / "dev.jsonl", tmp_path / "dev.jsonl")
    with (tmp_path / "dev.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"id": "x"}\n')
    found = run(environment, "run", "decision", "--split", "dev", "--data", tmp_path, "--out", tmp_path / "reports")
    assert found.returncode == 1
    assert ": lacks" in found.stderr
    assert found.stderr.count("\n") == 1
