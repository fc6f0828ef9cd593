"""Starts an evaluation as a process of its own, watches it, and stops it: one at a time for a data folder.

The evaluation is a program that imports the assistant, never the reverse: it is started as `python -m eval run`, tells
in a file how far it is, and ends by itself when the pipe to its standard input closes, which the system sees to
however the server ends. Its report appears in the folder of reports only when it is whole.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from assistant.app.desk.evaluation_history import DECISION, delete_report, names, prune
from assistant.app.desk.evaluation_reason import reason

logger = logging.getLogger(__name__)

Split = Literal[
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
    "rules-dev",
    "rules-test",
    "plans-dev",
    "plans-test",
    "tables-dev",
    "tables-test",
]
"""A set of questions: over the decision, or, under the name of another suite, over documents that it brings along."""
SPLITS: tuple[Split, ...] = get_args(Split)
LIMITS: tuple[int | None, ...] = (20, 100, None)
"""How many questions can be asked for; None is all of them."""
_OTHERS = frozenset({"rules", "plans", "tables"})
"""The suites that bring documents along."""
State = Literal["never", "running", "done", "failed", "stopped", "interrupted"]

ROOT = Path(__file__).parents[3]
"""Where `assistant/` lies, and `eval/` beside it where it is installed."""
KILL_SECONDS = 20.0
"""How long a run may take to stop when told to; it cuts itself off earlier."""
PATIENCE = 10
"""How much a run gives way to whoever asks questions meanwhile: its niceness."""
_NOT_HANDED_ON = frozenset({"ASSISTANT_STAFF_PASSWORD", "ASSISTANT_API_KEYS"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to ask: which set, and at most how many of its questions."""

    split: Split = "dev"
    limit: int | None = 20


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run that was started, as it is kept in `last.json`.

    Attributes:
        state: what became of it; `interrupted` if the server ended before the run did.
        started: in UTC; None where none was ever started.
        seconds: how long it took, or has taken so far.
        done: questions asked so far.
        total: questions to be asked; 0 while it is not known.
        reason: why it failed, in the program's words.
        report: name of the report, where there is one.
    """

    state: State = "never"
    wanted: Wanted = Wanted()
    started: datetime | None = None
    seconds: float = 0.0
    done: int = 0
    total: int = 0
    reason: str = ""
    report: str = ""


def suite_of(split: Split) -> tuple[str, str]:
    """The suite of a set of questions, and its split there."""
    suite, dash, rest = split.partition("-")
    return (suite, rest) if dash and suite in _OTHERS else (DECISION, split)


class AlreadyRunning(Exception):
    """One run is under way; a second would measure how the two slow each other down."""


class Evaluations:
    """The runs over one data folder. Safe for use from several threads.

    Args:
        data_dir: the data folder that is evaluated; `evaluation/` within it holds what is kept of runs.
        root: the folder that holds the package `eval`.
    """

    def __init__(self, data_dir: Path, root: Path = ROOT) -> None:
        self._data_dir = data_dir.resolve()
        self._folder = self._data_dir / "evaluation"
        self._root = root
        self._busy = FileLock(self._folder / "run.lock", timeout=0, thread_local=False)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False
        self._watcher: threading.Thread | None = None

    @property
    def available(self) -> bool:
        """Whether the evaluation is installed beside the assistant."""
        return (self._root / "eval" / "__main__.py").is_file()

    @property
    def reports(self) -> Path:
        """The folder of reports; it may not be there yet."""
        return self._folder / "reports"

    def start(self, wanted: Wanted) -> None:
        """Start a run.

        Raises:
            AlreadyRunning: one is under way, here or in another server over the same data folder.
            OSError: the folder cannot be written, or the process cannot be started.
        """
        with self._lock:
            if self._busy.is_locked:  # which the lock's holder could lock once more
                raise AlreadyRunning
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                self._busy.acquire(timeout=1)  # who only looks whether it is free holds it for a moment
            except Timeout:
                raise AlreadyRunning from None
            try:
                self._sweep()
                run = LastRun("running", wanted, datetime.now(UTC), total=wanted.limit or 0)
                self._write(run)
                before = set(names(self.reports))
                self._process = self._open(wanted)
            except BaseException:
                self._busy.release()
                raise
            self._stopped = False
            self._watcher = threading.Thread(
                target=self._watch, args=(self._process, run, before), daemon=True, name="evaluation"
            )
            self._watcher.start()

    def stop(self) -> None:
        """Tell the run to stop; it does so within seconds. Nothing happens where none runs here."""
        with self._lock:
            process = self._process
            if process is None or process.stdin is None or process.poll() is not None:
                return
            self._stopped = True
            with suppress(OSError):
                process.stdin.close()
            timer = threading.Timer(KILL_SECONDS, process.kill)
            timer.daemon = True
            timer.start()

    def delete(self, name: str) -> bool:
        """Delete the report of a finished run; whether there was one.

        Raises:
            AlreadyRunning: a run is under way, and may be about to be compared with it.
            OSError: it cannot be deleted.
        """
        with self._lock:
            if self._is_busy():
                raise AlreadyRunning
            return delete_report(self.reports, name)

    @property
    def is_ours(self) -> bool:
        """Whether a run is under way that was started here."""
        with self._lock:
            return self._process is not None and self._process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Wait until no run is under way here, at most so long; whether none is."""
        watcher = self._watcher
        if watcher is not None:
            watcher.join(seconds)
        return watcher is None or not watcher.is_alive()

    def last(self) -> LastRun:
        """The last run, and how far it is."""
        run = self._read()
        if run.state != "running":
            return run
        if not self._is_busy():
            again = self._read()  # it may have ended since
            return replace(again, state="interrupted") if again.state == "running" else again
        seconds = (datetime.now(UTC) - run.started).total_seconds() if run.started else 0.0
        done, total = self._progress()
        return replace(run, seconds=max(seconds, 0.0), done=done, total=total or run.total)

    @property
    def _progress_path(self) -> Path:
        return self._folder / "progress.json"

    def _sweep(self) -> None:
        """Remove what an earlier run left behind that was cut off: nobody else writes here while we hold the lock."""
        self._progress_path.unlink(missing_ok=True)
        for pattern in (".unfinished-*", ".deleted-*"):
            for leftover in self.reports.glob(pattern):
                shutil.rmtree(leftover, ignore_errors=True)

    def _open(self, wanted: Wanted) -> subprocess.Popen[str]:
        suite, split = suite_of(wanted.split)
        command = [sys.executable, "-P", "-m", "eval", "run", suite, "--split", split, "--no-ingest"]
        command += ["--cache", str(self._folder / "indexes"), "--out", str(self.reports)]
        command += ["--stop-with-input", "--progress-file", str(self._progress_path)]
        command += ["--limit", str(wanted.limit)] if wanted.limit else []
        inherited = {name: value for name, value in os.environ.items() if name.upper() not in _NOT_HANDED_ON}
        path = os.pathsep.join(filter(None, [str(self._root), inherited.get("PYTHONPATH")]))
        process = subprocess.Popen(
            command,
            env={**inherited, "ASSISTANT_DATA_DIR": str(self._data_dir), "PYTHONPATH": path},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl-C in the server's terminal is the server's; the run ends with its pipe
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, PATIENCE)
        return process

    def _watch(self, process: subprocess.Popen[str], run: LastRun, before: set[str]) -> None:
        """Wait for the end of a run and write down what became of it."""
        lines: deque[str] = deque(maxlen=200)
        try:
            with process:
                for line in process.stderr or ():
                    lines.append(line)
            ended = self._ended(process.returncode, lines, run, before)
            if ended.state == "failed":
                logger.error("an evaluation failed with code %s: %s", process.returncode, "".join(lines).strip())
            self._write(ended)
        except OSError as error:
            logger.error("what became of an evaluation cannot be written: %s", error)
        finally:
            self._busy.release()

    def _ended(self, code: int, lines: Sequence[str], run: LastRun, before: set[str]) -> LastRun:
        assert run.started is not None
        done, total = self._progress()
        seconds = round((datetime.now(UTC) - run.started).total_seconds(), 1)
        run = replace(run, seconds=seconds, done=done, total=total or run.total)
        if code == 0:
            new = [name for name in names(self.reports) if name not in before]
            prune(self.reports)
            return replace(run, state="done", report=new[0] if new else "")
        if self._stopped:
            return replace(run, state="stopped")
        return replace(run, state="failed", reason=reason(lines, code, (self._data_dir, self._root)))

    def _is_busy(self) -> bool:
        if self._busy.is_locked:
            return True
        probe = FileLock(self._folder / "run.lock", timeout=0)
        try:
            with probe:
                return False
        except (Timeout, OSError):
            return True

    def _progress(self) -> tuple[int, int]:
        try:
            found = json.loads(self._progress_path.read_text(encoding="utf-8"))
            # Before it asks, a run writes and ingests documents: those are no questions.
            asking = found["total"] and str(found["what"]).startswith("asking")
            return (int(found["done"]), int(found["total"])) if asking else (0, 0)
        except (OSError, ValueError, KeyError, TypeError):
            return 0, 0

    def _write(self, run: LastRun) -> None:
        path = self._folder / "last.json"
        unfinished = path.with_name(f".last.json.{os.getpid()}")
        unfinished.write_text(json.dumps(asdict(run), default=str, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(path)

    def _read(self) -> LastRun:
        try:
            return _LAST_RUN.validate_json((self._folder / "last.json").read_bytes())
        except FileNotFoundError:
            return LastRun()
        except (OSError, ValidationError) as error:
            logger.error("what became of the last evaluation cannot be read: %s", error)
            return LastRun()


_LAST_RUN = TypeAdapter(LastRun)
