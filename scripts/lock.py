"""Resolve pyproject.toml into the lock files: declared ranges → exact versions, with everything they pull in.

Writes three files, with pip's own resolver and nothing else:

- ``requirements.lock``: what the assistant and its evaluation run with;
- ``requirements-dev.lock``: that, and what the checks need;
- ``requirements-cuda.lock``: a constraints file, read by the first. The usual Linux build of torch pulls in CUDA
  libraries and the CPU build does not, so these are pinned but asked for by nobody.

The base is Python 3.11. The same pins are resolved on 3.12 and 3.13, and what only they need is added under a marker;
where one of them is not installed, its marked lines stay as they are. Versions already locked are kept unless
``--upgrade`` is given. pip's configuration files are left aside, so that the result does not depend on the machine;
its environment variables (``PIP_INDEX_URL``, ``PIP_CERT``, …) count.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME, DEV, CUDA = (ROOT / f"requirements{suffix}.lock" for suffix in ("", "-dev", "-cuda"))
BASE, LATER = "3.11", ("3.12", "3.13")
HEADER = "# Made by `make lock` from pyproject.toml; do not edit.\n"

Pins = dict[str, str]  # normalised name → version


def main() -> None:
    """Write the lock files beside pyproject.toml."""
    parser = argparse.ArgumentParser(description="Resolve pyproject.toml into the lock files.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions that the ranges allow")
    keep = {} if parser.parse_args().upgrade else read_pins(CUDA, RUNTIME, DEV)

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = project["dependencies"] + project["optional-dependencies"]["eval"]
    dev = runtime + project["optional-dependencies"]["dev"]

    if not runs(BASE):
        sys.exit(f"lock: python{BASE} is needed, since the lock is made for it")
    locked_runtime = resolve(BASE, runtime, keep)
    locked = resolve(BASE, dev, keep | locked_runtime)
    extra: dict[str, Pins] = {}
    for version in LATER:
        seen = locked | {name: pin for pins in extra.values() for name, pin in pins.items()}
        extra[version] = new_in(resolve(version, dev, keep | seen), seen) if runs(version) else read_marked(version)

    write(CUDA, "", {name: pin for name, pin in locked.items() if is_cuda(name)})
    write(RUNTIME, f"-c {CUDA.name}\n", {n: p for n, p in locked_runtime.items() if not is_cuda(n)}, extra)
    write(DEV, f"-r {RUNTIME.name}\n", {n: p for n, p in locked.items() if n not in locked_runtime})


def resolve(version: str, requirements: list[str], keep: Pins) -> Pins:
    """Ask pip of Python ``version`` what it would install for ``requirements``, holding to the versions in ``keep``."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "constraints.txt").write_text("".join(f"{n}=={v}\n" for n, v in keep.items()), encoding="utf-8")
        subprocess.run([f"python{version}", "-m", "venv", work / "venv"], check=True)
        pip = [f"{work}/venv/bin/python", "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        options = ["--only-binary", ":all:", "-c", f"{work}/constraints.txt", "--report", f"{work}/report.json"]
        environment = {k: v for k, v in os.environ.items() if k not in {"PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"}}
        environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
        subprocess.run([*pip, *options, *requirements], check=True, env=environment)
        report = json.loads((work / "report.json").read_text(encoding="utf-8"))
    found = (item["metadata"] for item in report["install"])
    return {normalise(item["name"]): item["version"].partition("+")[0] for item in found}


def new_in(pins: Pins, known: Pins) -> Pins:
    """Return what ``pins`` adds to ``known``."""
    return {name: version for name, version in pins.items() if name not in known}


def write(path: Path, first_line: str, pins: Pins, extra: dict[str, Pins] | None = None) -> None:
    """Write ``pins`` to ``path``, sorted, and under a marker those that only a later Python needs."""
    lines = [f"{name}=={version}\n" for name, version in pins.items()]
    for python, added in (extra or {}).items():
        lines += [f'{name}=={version} ; python_version >= "{python}"\n' for name, version in added.items()]
    path.write_text(HEADER + first_line + "".join(sorted(lines)), encoding="utf-8")
    print(f"{path.name}: {len(lines)} packages")


def read_pins(*paths: Path) -> Pins:
    """Read the pins of those lock files that exist."""
    text = "".join(path.read_text(encoding="utf-8") for path in paths if path.exists())
    return dict(re.findall(r"^([\w.-]+)==([\w.!+-]+)", text, flags=re.MULTILINE))


def read_marked(version: str) -> Pins:
    """Read the pins that the runtime lock holds for Python ``version`` and later only."""
    text = RUNTIME.read_text(encoding="utf-8") if RUNTIME.exists() else ""
    marker = re.escape(f'python_version >= "{version}"')
    return dict(re.findall(rf"^([\w.-]+)==(\S+) ; {marker}$", text, flags=re.MULTILINE))


def runs(version: str) -> bool:
    """Tell whether ``python{version}`` is there and starts."""
    try:
        return subprocess.run([f"python{version}", "-c", ""], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def is_cuda(name: str) -> bool:
    """Tell whether a package comes only with torch's CUDA build."""
    return name == "triton" or name.startswith(("nvidia-", "cuda-"))


def normalise(name: str) -> str:
    """Normalise a package name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
