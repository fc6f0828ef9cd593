"""The command line as a user runs it: a process of its own, in an empty folder.

Most calls are made by processes that are forked from one that has imported what the command line does: the imports are
two of the four seconds that a call takes. `start` starts one from nothing.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

IMPORTED = ["assistant.cli", "assistant.pipeline", "assistant.app.server", "chromadb"]
WRITTEN = os.O_WRONLY | os.O_CREAT

Argument = str | bytes | Path


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
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(IMPORTED)

    def one(call: Call) -> Outcome:
        return begun(call) if call.afresh else forked(call)

    def begun(call: Call) -> Outcome:
        process = start(call)
        out, err = process.communicate(call.stdin, timeout=180)
        return Outcome(process.returncode, out.decode("utf-8"), err.decode("utf-8"))

    def forked(call: Call) -> Outcome:
        folder = tmp_path_factory.mktemp("call")
        (folder / "in").write_bytes(call.stdin)
        process = processes.Process(target=_run, args=(call, folder))
        process.start()
        process.join(180)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(call)
        out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Outcome(process.exitcode, out, err)

    def run(calls: Mapping[str, Call]) -> dict[str, Outcome]:
        with ThreadPoolExecutor(3) as pool:
            return dict(zip(calls, pool.map(one, calls.values()), strict=True))

    return run


def _run(call: Call, folder: Path) -> None:
    """In a forked process: become what `python -m assistant` with these arguments is."""
    for number, (name, flags) in enumerate((("in", os.O_RDONLY), ("out", WRITTEN), ("err", WRITTEN))):
        os.dup2(os.open(folder / name, flags), number)
    os.environ.clear()
    os.environ.update(environment_of(call))
    (folder / "cwd").mkdir()
    os.chdir(folder / "cwd")
    sys.argv[1:] = [os.fsdecode(part) for part in call.arguments]
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
    try:
        runpy.run_module("assistant", run_name="__main__", alter_sys=True)
    except Exception:
        # As the interpreter does; `multiprocessing` would add lines of its own.
        traceback.print_exc()
        raise SystemExit(1) from None


@pytest.fixture(scope="session")
def call() -> type[Call]:
    return Call
