"""Serving: one line when ready, one line when the port is taken, a quiet end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from assistant.app.server import serve
from assistant.errors import AssistantError
from assistant.pipeline import Assistant

ROOT = Path(__file__).parents[3]
SERVE = """
import sys
from pathlib import Path
from assistant.app.server import serve
from assistant.config import Settings
from assistant.pipeline import open_assistant
serve(open_assistant(Settings(data_dir=Path(sys.argv[1]))), "127.0.0.1", 0)
"""


def test_a_taken_port_is_said_in_one_line(assistant: Assistant) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AssistantError, match=rf"cannot listen on 127\.0\.0\.1:{port} \(.+\); .+--port") as raised:
            serve(assistant, "127.0.0.1", port)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("host", ["no.such.host.invalid", "203.0.113.7", "a" * 300])
def test_an_address_that_is_not_ours_is_said_in_one_line(assistant: Assistant, host: str) -> None:
    with pytest.raises(AssistantError, match="cannot listen on"):
        serve(assistant, host, 0)


@pytest.mark.slow
def test_ready_in_one_line_and_quiet_after_ctrl_c(data_dir: Path) -> None:
    command = [sys.executable, "-c", SERVE, str(data_dir)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = process.stdout.readline()
        assert ready.startswith("Assistant ready at http://127.0.0.1:")
        with urllib.request.urlopen(ready.split()[-1] + "/healthz", timeout=30) as response:
            assert response.status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    finally:
        process.kill()
    assert (process.returncode, out, err) == (0, "", "")
