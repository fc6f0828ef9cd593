"""What the command line makes of errors: one line, an exit code, and a traceback only for who asks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant import cli
from assistant.cli_output import each_request
from assistant.errors import UnknownDocument
from eval.cli import main as eval_main

Ended = tuple[int, str]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[[list[str]], Ended]:
    """Runs the command line over a folder without an index; gives its exit code and what it said on stderr."""
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "none"))

    def called(arguments: list[str]) -> Ended:
        monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return ended.value.code, capsys.readouterr().err

    return called


@pytest.mark.parametrize("error", [ValueError("so\nnot"), RuntimeError("so not"), KeyError("so not"), MemoryError()])
def test_an_error_that_nobody_thought_of_is_one_line(
    run: Callable[[list[str]], Ended], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(cli, "load_settings", fail)
    code, said = run(["documents"])
    assert code == 1
    assert said.startswith(f"error: {type(error).__name__}: ")
    assert "--debug" in said
    assert len(said.splitlines()) == 1

    code, said = run(["documents", "--debug"])
    assert code == 1
    assert "Traceback" in said
    assert "in fail" in said


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("documents --debug", 1, "IndexNotBuilt"),
        ("--debug documents", 1, "IndexNotBuilt"),
        ("documents --debug --json --debug", 1, "IndexNotBuilt"),
        ("documents --debug --nope", 2, "--nope"),
        ("nope --debug", 2, "nope"),
        ("--debug", 2, "Missing command"),
    ],
)
def test_debug_is_understood_wherever_it_stands(
    run: Callable[[list[str]], Ended], typed: str, code: int, said: str
) -> None:
    ended, error = run(typed.split())
    assert (ended, said in error, "Traceback" in error) == (code, True, True), error
    assert error.splitlines()[-1].startswith("error: ")
    assert "No such option: --debug" not in error


def test_what_follows_two_dashes_is_no_option(run: Callable[[list[str]], Ended]) -> None:
    code, error = run(["clauses", "--", "--debug"])
    assert (code, len(error.splitlines())) == (1, 1), "the id of a document, and no traceback"


def test_the_evaluation_understands_debug_alike() -> None:
    for arguments in (["run", "nope", "--debug"], ["--debug", "run", "nope"]):
        with pytest.raises(Exception, match="nope"):
            eval_main(arguments)
    assert eval_main(["run", "--", "--debug"]) == 2


@pytest.mark.parametrize("error", [ValueError("so not"), RecursionError(), OSError(5, "so not"), UnknownDocument("x")])
def test_a_request_that_fails_costs_the_others_nothing(
    error: Exception, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def answer(request: dict[str, Any]) -> dict[str, Any]:
        if request["id"] == 2:
            raise error
        return request

    file = tmp_path / "requests.jsonl"
    file.write_text('{"id": 1}\n{"id": 2}\n{"id": 3}\nnone\n[]\n', encoding="utf-8")
    each_request(str(file), answer)
    good, failed, after, none, other = map(json.loads, capsys.readouterr().out.splitlines())
    assert (good, after) == ({"id": 1}, {"id": 3})
    assert (failed["id"], failed["line"]) == (2, 2)
    assert "JSON" not in failed["error"], "the line was as it should be"
    assert str(error) in failed["error"]
    for row, line in ((none, 4), (other, 5)):
        assert (row["id"], row["line"]) == (None, line)
        assert "JSON" in row["error"]
