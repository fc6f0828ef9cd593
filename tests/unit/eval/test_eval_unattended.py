"""What a program that starts a run relies on: the progress file, and the end with its input."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from eval.unattended import progress_file

ROOT = Path(__file__).parents[3]


def test_the_progress_file_says_how_far_the_run_is(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    report = progress_file(path)
    report("asking ours", 0, 3)
    assert json.loads(path.read_text(encoding="utf-8")) == {"what": "asking ours", "done": 0, "total": 3}
    report("asking ours", 1, 3)
    assert json.loads(path.read_text(encoding="utf-8"))["done"] == 0, "written too often"
    report("asking ours", 3, 3)
    assert json.loads(path.read_text(encoding="utf-8"))["done"] == 3
    assert [found.name for found in tmp_path.iterdir()] == ["progress.json"]


@pytest.mark.parametrize("ends", ["the program", "the input"])
def test_a_run_ends_with_its_input_and_not_before(ends: str) -> None:
    code = "import time; from eval.unattended import stop_with_input; stop_with_input(); print('up', flush=True)"
    if ends == "the input":
        code += "; print('working', flush=True); time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "up\n"
    if ends == "the input":
        assert process.stdout.readline() == "working\n"
        time.sleep(0.5)  # asleep: woken, not only told
        process.stdin.close()
    code_of_end = process.wait(timeout=60)
    said = process.stderr.read()
    assert (code_of_end == 0) is (ends == "the program"), said
    assert ("KeyboardInterrupt" in said) is (ends == "the input")
    for pipe in (process.stdin, process.stdout, process.stderr):
        pipe.close()
