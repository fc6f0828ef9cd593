"""What a run wrote to standard error → one line that says why it failed, fit to be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from assistant.app.masking import mask

LONGEST = 300
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ERROR = "error: "


def reason(lines: Sequence[str], code: int, folders: Sequence[Path] = ()) -> str:
    """Why a run failed: its last error in its own words, without traceback, places on the server, numbers of people.

    Args:
        lines: what the run wrote to standard error, its last lines at least.
        code: its exit code; negative for the signal that ended it.
        folders: folders whose place is nobody's business; they are shown by their names.
    """
    said = [_COLOURS.sub("", line).rstrip() for line in lines]
    said = [line for line in said if line and not line[0].isspace() and not line.startswith("Traceback")]
    errors = [line.removeprefix(_ERROR) for line in said if line.startswith(_ERROR)]
    last = (errors or said or [""])[-1]
    if code < 0 and not errors:
        last = f"signal {-code}"
    for folder in sorted(folders, key=lambda folder: -len(str(folder))):
        last = last.replace(str(folder), folder.name or "…")
    last = mask(_CONTROLS.sub(" ", last)).strip() or f"exit code {code}"
    return last if len(last) <= LONGEST else last[: LONGEST - 1] + "…"
