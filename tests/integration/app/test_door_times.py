"""The benchmark of the doors: it asks at every one of them, and an error of a door is an error of the benchmark."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import AssistantError
from assistant.pipeline import Assistant
from eval.benchmarks.doors import PIPELINE, doors_table, time_doors

DOORS = ("REST", "REST in events", "OpenAI", "OpenAI streamed", "MCP")


def times(assistant: Assistant, folder: Path, questions: list[str]) -> Any:
    """On a thread of its own, as the browser of other tests keeps a loop on this one."""
    with ThreadPoolExecutor(1) as executor:
        return executor.submit(time_doors, assistant, folder, questions, lambda *_: None).result()


def test_every_door_is_timed(assistant: Assistant, tmp_path: Path) -> None:
    result = times(assistant, tmp_path, ["机场要搬到哪里？", "第四条讲什么？"])
    over_http = [f"{door}, {way}" for way in ("in process", "loopback") for door in DOORS]
    assert list(result) == [PIPELINE, "Runnable", *over_http]
    assert result[PIPELINE]["overhead_ms"] == 0
    assert all(figures["p50_ms"] > 0 for figures in result.values())
    assert doors_table(result).row_count == len(result)


def test_a_door_that_does_not_answer(assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(query: object) -> None:
        raise RuntimeError("broken")

    whole = assistant.stream
    monkeypatch.setattr(assistant, "ask", lambda query: [piece.answer for piece in whole(query)][-1])
    monkeypatch.setattr(assistant, "stream", broken)
    with pytest.raises(AssistantError, match="/api/v1/ask"):
        times(assistant, tmp_path, ["机场要搬到哪里？"])
