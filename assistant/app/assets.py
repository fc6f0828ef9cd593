"""Files of the front end → their addresses, with a digest in the query so that browsers may keep them."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/ui"


@cache
def asset(name: str) -> str:
    """Address of a file in `static/`: `/ui/page.css?v=1a2b3c4d`.

    Raises:
        FileNotFoundError: there is no such file.
    """
    digest = sha256((FOLDER / name).read_bytes()).hexdigest()[:8]
    return f"{PREFIX}/{name}?v={digest}"
