"""The examples of docs/examples run as they stand, and docs/doors.md names them all."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "examples"
SAYS = {
    "rest.py": ["answered ", "\n[1] "],
    "rest_stream.py": ["[1]", "answered, "],
    "openai_client.py": ["answered ", "\n[1] ", " tokens", " citations"],
    "mcp_client.py": ["ask search get_clause list_documents\n", "answered ", "\n[1] ", "#clause-"],
    "langchain_chat.py": ["米易县", "盐边县", "[1]"],
}


def run(example: Path, argument: str) -> str:
    environment = {**os.environ, "NO_PROXY": "127.0.0.1", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, str(example), argument]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", SAYS)
def test_examples_of_the_network(address: str, name: str) -> None:
    said = run(EXAMPLES / name, address)
    for words in SAYS[name]:
        assert words in said


@pytest.mark.slow
def test_example_of_the_pieces(data_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data_dir, folder)
    said = run(EXAMPLES / "langchain_pieces.py", str(folder))
    assert said.startswith("answered ")
    assert "\n[1] " in said
    assert re.search(r"^\[[1-9]\d*, 0\]$", said, re.MULTILINE)


def test_every_example_is_run_and_named() -> None:
    held = {path.name for path in EXAMPLES.glob("*.py")}
    assert held == {*SAYS, "langchain_pieces.py"}
    assert set(re.findall(r"\(examples/([^)]+)\)", (ROOT / "docs" / "doors.md").read_text(encoding="utf-8"))) == held


def test_the_routes_that_are_named_exist(client: TestClient) -> None:
    text = (ROOT / "docs" / "doors.md").read_text(encoding="utf-8").replace("/ID", "/{document_id}")
    described = set(client.get("/api/openapi.json").json()["paths"])
    named = set(re.findall(r"`(?:GET|POST) (/[\w/{}.-]*)", text))
    assert {path.replace("/v1/models/policy-assistant", "/v1/models/{model}") for path in named} <= described
    assert len(named) >= 7
