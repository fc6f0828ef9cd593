"""What is kept for some days only: when it is too old, how it is deleted, and the clock that has that done."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

SWEEP_SECONDS = 3600.0


def oldest(days: int) -> str:
    """The earliest time that is not more than so many days ago, as files have it."""
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")


@contextmanager
def erasing(path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on a file; what it deletes is overwritten there."""
    with closing(sqlite3.connect(path, timeout=5)) as connection, connection:
        connection.execute("PRAGMA secure_delete = ON")
        yield connection


@asynccontextmanager
async def sweeping(*sweeps: Callable[[], None]) -> AsyncIterator[None]:
    """While this is open, call each of them every SWEEP_SECONDS, on a thread: nothing need be asked meanwhile.

    Args:
        sweeps: must not fail.
    """

    async def sweep() -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            for each in sweeps:
                await asyncio.to_thread(each)

    task = asyncio.create_task(sweep())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
