"""The command line as a user runs it: a process of its own, in an empty folder.

Most calls are made by processes that are forked from one that has done the imports. `start` starts one from nothing.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.integration.forked import Argument, run_forked

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Call:
    """What is typed, with which environment and input; `afresh` by an interpreter of its own, whose settings count."""

    arguments: Sequence[Argument]
    data_dir: Path | str
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    afresh: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    code: int
    out: str
    err: str

    def error(self, code: int) -> str:
        """The error's one line; the process must have ended with that code and said nothing else."""
        assert "Traceback" not in self.err, self.err
        assert self.code == code, (self.code, self.out, self.err)
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("error: ")
        return lines[0].removeprefix("error: ")

    def success(self) -> str:
        """What was printed; nothing must have gone to stderr."""
        assert (self.code, self.err) == (0, ""), (self.code, self.err)
        return self.out


def environment_of(call: Call) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "ASSISTANT_DATA_DIR": str(call.data_dir), **call.environment}


def command_of(call: Call) -> list[bytes]:
    return [os.fsencode(part) for part in (sys.executable, "-m", "assistant", *call.arguments)]


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Call], subprocess.Popen[bytes]]:
    """Starts a call and leaves it running."""

    def run(call: Call) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        folder = tmp_path_factory.mktemp("cwd")
        return subprocess.Popen(
            command_of(call),
            env=environment_of(call),
            cwd=folder,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            # Who runs the tests in the background has Ctrl-C ignored, and so would this process.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    return run


@pytest.fixture(scope="session")
def run_all(
    start: Callable[[Call], subprocess.Popen[bytes]], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Mapping[str, Call]], dict[str, Outcome]]:
    """Runs calls, a few at a time."""

    def one(call: Call) -> Outcome:
        return begun(call) if call.afresh else forked(call)

    def begun(call: Call) -> Outcome:
        process = start(call)
        out, err = process.communicate(call.stdin, timeout=180)
        return Outcome(process.returncode, out.decode("utf-8"), err.decode("utf-8"))

    def forked(call: Call) -> Outcome:
        folder = tmp_path_factory.mktemp("call")
        return Outcome(*run_forked("assistant", call.arguments, environment_of(call), folder, call.stdin))

    def run(calls: Mapping[str, Call]) -> dict[str, Outcome]:
        with ThreadPoolExecutor(3) as pool:
            return dict(zip(calls, pool.map(one, calls.values()), strict=True))

    return run


@pytest.fixture(scope="session")
def call() -> type[Call]:
    return Call
