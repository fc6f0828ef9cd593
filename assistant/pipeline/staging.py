"""Uploaded files → files of the data folder that wait until they are published, refused, or a day old."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from assistant.errors import RefusedUpload, UnknownUpload, UnreadableSource, UploadFault
from assistant.ingestion import Reading, read

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of a file, with its pictures and fonts."""
LARGEST_TEXT = 1024 * 1024
"""Bytes of a file's text in UTF-8: 350,000 characters of Chinese, three times the Civil Code. Ten thousand articles of
it are parsed in half a minute."""
MOST_WAITING = 100
KEPT = timedelta(days=1)
LONGEST_NAME = 200

_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits.

    Attributes:
        token: names it; cannot be guessed.
        name: the file's name, as the uploader had it, without folders.
        who: who uploaded it; may be empty.
        time: when.
        size: its size, in bytes.
    """

    token: str
    name: str
    who: str
    time: datetime
    size: int


class Staging:
    """The folder of files that wait. Safe for use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, name: str, data: bytes, who: str = "") -> Upload:
        """Let a file wait.

        Args:
            name: its name; folders in it are dropped.
            data: its bytes.
            who: who uploads it.

        Raises:
            RefusedUpload: it cannot be read, is empty, too large, or waits already; or too many wait.
            OSError: it cannot be written.
        """
        name = base_name(name)
        check(name, data)
        waiting = self.all()
        if len(waiting) >= MOST_WAITING:
            raise RefusedUpload("too_many", f"{MOST_WAITING} files wait already; publish or refuse some first")
        digest = sha256(data).hexdigest()
        if any(self._about(upload.token)["sha256"] == digest for upload in waiting):
            raise RefusedUpload("waiting", f"{name} waits already")
        upload = Upload(secrets.token_hex(16), name, who, datetime.now(UTC), len(data))
        about = {"name": name, "who": who, "time": upload.time.isoformat(), "sha256": digest}
        half = self._folder / f".{upload.token}"
        half.mkdir(parents=True, mode=0o700)
        (half / "file").write_bytes(data)
        (half / "about.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        os.rename(half, self._folder / upload.token)
        return upload

    def all(self) -> list[Upload]:
        """The files that wait, oldest first; those that have waited for too long are removed."""
        if not self._folder.is_dir():
            return []
        found = []
        for place in self._folder.iterdir():
            if not _TOKEN.fullmatch(place.name):
                self._sweep_half(place)
                continue
            try:
                found.append(self.get(place.name))
            except UnknownUpload:
                shutil.rmtree(place, ignore_errors=True)
        return sorted(found, key=lambda upload: upload.time)

    def get(self, token: str) -> Upload:
        """A file that waits.

        Raises:
            UnknownUpload: none of this token waits, or no longer.
        """
        about = self._about(token)
        time = datetime.fromisoformat(about["time"])
        if datetime.now(UTC) - time > KEPT:
            raise UnknownUpload("the upload has expired; upload the file again")
        try:
            size = self._file(token).stat().st_size
        except OSError as error:
            raise _unknown() from error
        return Upload(token, about["name"], about["who"], time, size)

    def read(self, token: str) -> bytes:
        """The bytes of a file that waits; raises `UnknownUpload` as `get` does."""
        self._about(token)
        try:
            return self._file(token).read_bytes()
        except OSError as error:
            raise _unknown() from error

    def remove(self, token: str) -> None:
        """Let a file wait no longer; nothing happens where none of this token waits."""
        if _TOKEN.fullmatch(token):
            shutil.rmtree(self._folder / token, ignore_errors=True)

    def _about(self, token: str) -> dict[str, str]:
        try:
            if not _TOKEN.fullmatch(token):
                raise ValueError(token)
            about: dict[str, str] = json.loads((self._folder / token / "about.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _unknown() from error
        return about

    def _file(self, token: str) -> Path:
        return self._folder / token / "file"

    def _sweep_half(self, place: Path) -> None:
        """Remove what an upload left that broke off; one that is being written is left alone."""
        try:
            written = datetime.fromtimestamp(place.stat().st_mtime, UTC)
        except OSError:
            return
        if datetime.now(UTC) - written > KEPT:
            shutil.rmtree(place, ignore_errors=True)


def _unknown() -> UnknownUpload:
    return UnknownUpload("no such upload waits; upload the file again")


def base_name(name: str) -> str:
    """A file's name without folders and control characters; what else it holds stays, and must be shown with care."""
    last = re.split(r"[/\\]", name.encode("utf-8", "replace").decode("utf-8"))[-1]
    shown = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", last).strip()
    if len(shown) > LONGEST_NAME:
        suffix = Path(shown).suffix[:10]
        shown = shown[: LONGEST_NAME - len(suffix)] + suffix
    return shown or "unnamed"


def check(name: str, data: bytes) -> Reading:
    """Read a file, if it can be a document; told before it is parsed.

    Raises:
        RefusedUpload: it cannot.
    """
    if len(data) > LARGEST_FILE:
        raise _refused(name, "too_large")
    try:
        reading = read(data, name)
    except UnreadableSource as error:
        raise RefusedUpload(error.fault, str(error)) from error
    if len(reading.text.encode("utf-8", "replace")) > LARGEST_TEXT:
        raise _refused(name, "too_long")
    if not re.search(r"\w", reading.text):
        raise _refused(name, "empty")
    return reading


def _refused(name: str, fault: UploadFault) -> RefusedUpload:
    return RefusedUpload(fault, f"{name} cannot be taken ({fault}); upload a document with text in it")
