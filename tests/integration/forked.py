"""`python -m` a module, in a process forked from one that has done the imports: they are half of a short call's time."""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

IMPORTED = ["assistant.cli", "assistant.pipeline", "assistant.app.server", "chromadb", "eval.cli", "eval.runner"]
WRITTEN = os.O_WRONLY | os.O_CREAT

Argument = str | bytes | Path


class Ended(NamedTuple):
    """What came of a process."""

    code: int
    out: str
    err: str


def run_forked(
    module: str, arguments: Sequence[Argument], environment: Mapping[str, str], folder: Path, stdin: bytes = b""
) -> Ended:
    """Run a module with that environment and nothing else of this one's, in `folder`/cwd."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(IMPORTED)
    (folder / "in").write_bytes(stdin)
    process = processes.Process(target=_run, args=(module, arguments, environment, folder))
    process.start()
    process.join(300)
    if process.exitcode is None:
        process.kill()
        raise TimeoutError(arguments)
    out, err = ((folder / name).read_text(encoding="utf-8") for name in ("out", "err"))
    return Ended(process.exitcode, out, err)


def _run(module: str, arguments: Sequence[Argument], environment: Mapping[str, str], folder: Path) -> None:
    """In a forked process: become what `python -m` the module with these arguments is."""
    for number, (name, flags) in enumerate((("in", os.O_RDONLY), ("out", WRITTEN), ("err", WRITTEN))):
        os.dup2(os.open(folder / name, flags), number)
    os.environ.clear()
    os.environ.update(environment)
    (folder / "cwd").mkdir()
    os.chdir(folder / "cwd")
    sys.argv[1:] = [os.fsdecode(part) for part in arguments]
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except Exception:
        # As the interpreter does; `multiprocessing` would add lines of its own.
        traceback.print_exc()
        raise SystemExit(1) from None
