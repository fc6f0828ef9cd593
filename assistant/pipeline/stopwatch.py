"""Where the time of a question goes, step by step."""

from __future__ import annotations

import time


class Stopwatch:
    """Adds up where the time of a question goes, in milliseconds by step."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """Count the time since the last lap to a step."""
        now = time.perf_counter()
        self._laps[step] = self._laps.get(step, 0.0) + (now - self._last) * 1000
        self._last = now

    def finish(self, step: str) -> dict[str, float]:
        """Count the rest to a step; the laps and their `total`."""
        self.lap(step)
        return {**self._laps, "total": (self._last - self._start) * 1000}
