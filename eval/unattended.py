"""For programs that start a run: how far it is, in a file; and an end of the run when who started it is gone."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

from eval.suites.base import Progress

EVERY_SECONDS = 0.2
"""The file is not written more often than this."""
GRACE_SECONDS = 10.0
"""How long a run may take to stop by itself before it is cut off."""


def progress_file(path: Path) -> Progress:
    """A reporter that keeps a file at `{"what": "asking ours", "done": 12, "total": 20}`.

    The file is replaced as a whole, so that who reads it never sees half of it. `total` is 0 where it is not known.
    """
    written = -EVERY_SECONDS

    def report(what: str, done: int, total: int) -> None:
        nonlocal written
        now = time.monotonic()
        if now - written < EVERY_SECONDS and done < total:
            return
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        unfinished.write_text(json.dumps({"what": what, "done": done, "total": total}) + "\n", encoding="utf-8")
        unfinished.replace(path)
        written = now

    return report


def both(first: Progress, second: Progress) -> Progress:
    """One reporter that tells two."""

    def report(what: str, done: int, total: int) -> None:
        first(what, done, total)
        second(what, done, total)

    return report


def stop_with_input() -> None:
    """From now on, end this program as Ctrl-C does once its standard input is closed.

    Who starts a run keeps the other end of a pipe: however that program ends, the system closes the pipe, and no run
    goes on alone. To be called in the main thread.
    """
    # A program that is started in the background of a script ignores SIGINT, and hands that on.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_wait_for_end, daemon=True, name="stop-with-input").start()


def _wait_for_end() -> None:
    # Not over sys.stdin: its lock, held by a thread that waits, would abort the interpreter when it ends.
    with suppress(OSError):
        while os.read(0, 1024):
            pass
    # A real signal: it wakes the main thread from a system call, which `_thread.interrupt_main` does not.
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
    time.sleep(GRACE_SECONDS)
    os._exit(130)
