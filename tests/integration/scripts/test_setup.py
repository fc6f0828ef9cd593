"""`scripts/setup.sh`: which interpreter `.venv` is made with, and when it is made anew.

The interpreters are stand-ins: shell scripts that know the questions the script asks of them, and install nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
INTERPRETER = """#!/bin/sh
case "$*" in
*version_info*) exit {too_old} ;;
*ensurepip*) exit {without_venv} ;;
*base_prefix*) echo {name} ;;
"-m venv"*) rm -rf .venv; mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
"-m pip"*) echo "$*" >>pip.log ;;
esac
"""

Setup = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that the script takes for a checkout of this project."""
    folder = tmp_path / "checkout"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts/setup.sh", folder / "scripts")
    for name in ("pyproject.toml", "requirements.lock", "requirements-cuda.lock"):
        (folder / name).write_text(name, encoding="utf-8")
    (tmp_path / "path").mkdir()
    return folder


@pytest.fixture
def interpreter(tmp_path: Path) -> Callable[..., Path]:
    """Puts a stand-in for an interpreter on the path."""

    def put(name: str, *, too_old: bool = False, without_venv: bool = False) -> Path:
        path = tmp_path / "path" / name
        text = INTERPRETER.format(name=name, too_old=int(too_old), without_venv=int(without_venv))
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
        return path

    return put


@pytest.fixture
def setup(checkout: Path, tmp_path: Path) -> Setup:
    """Runs the script, with the stand-ins first on the path and no other interpreter on it."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "cat", "cmp", "cp", "dirname", "flock", "mkdir", "rm"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)

    def run(python: str | Path = "") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": f"{tmp_path / 'path'}:{tools}", "PYTHON": str(python)}
        return subprocess.run(
            [checkout / "scripts/setup.sh", "run"], env=environment, capture_output=True, text=True, check=False
        )

    return run


def made_with(checkout: Path) -> str:
    return subprocess.run(
        [checkout / ".venv/bin/python", "-c", "base_prefix"], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_interpreter_that_is_named_is_taken_though_there_is_another(
    checkout: Path, interpreter: Callable[..., Path], setup: Setup
) -> None:
    interpreter("python3.11")
    other = interpreter("python3.12")
    log = checkout / "pip.log"
    # What is named, what .venv is of then, and whether it has been made anew.
    for python, expected, anew in [
        ("", "python3.11", True),
        ("", "python3.11", False),
        ("python3.12", "python3.12", True),
        ("python3.12", "python3.12", False),
        (other, "python3.12", False),
        ("", "python3.12", False),
        ("python3.11", "python3.11", True),
    ]:
        log.unlink(missing_ok=True)
        done = setup(python)
        assert done.returncode == 0, done.stderr
        assert made_with(checkout) == expected
        assert log.exists() == anew, (python, done.stderr)


def test_one_that_cannot_make_virtual_environments_is_passed_over(
    checkout: Path, interpreter: Callable[..., Path], setup: Setup
) -> None:
    interpreter("python3.11", without_venv=True)
    interpreter("python3.12", too_old=True)
    interpreter("python3.13")
    assert setup().returncode == 0
    assert made_with(checkout) == "python3.13"


@pytest.mark.parametrize(
    ("kind", "named", "said"),
    [
        ({"without_venv": True}, "", "python3-venv"),
        ({"without_venv": True}, "python3.12", "python3.12 cannot make virtual environments"),
        ({"too_old": True}, "python3.12", "Python 3.11, 3.12 or 3.13 is needed"),
        ({}, "/no/such/python", "Python 3.11, 3.12 or 3.13 is needed"),
        (None, "", "Python 3.11, 3.12 or 3.13 is needed"),
    ],
)
def test_where_there_is_none_it_is_told(
    kind: dict[str, bool] | None, named: str, said: str, interpreter: Callable[..., Path], setup: Setup
) -> None:
    if kind is not None:
        interpreter("python3.12", **kind)
    done = setup(named)
    assert done.returncode == 1
    assert said in done.stderr


def test_a_path_may_hold_spaces(checkout: Path, interpreter: Callable[..., Path], setup: Setup, tmp_path: Path) -> None:
    folder = tmp_path / "my programs"
    folder.mkdir()
    python = shutil.move(interpreter("python3.12"), folder)
    assert setup(python).returncode == 0
    assert made_with(checkout) == "python3.12"
