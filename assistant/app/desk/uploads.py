"""A form with files, as a browser sends it → its token and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

MOST_FILES = 20
LARGEST_UPLOAD = 24 * 1024 * 1024
"""Bytes of all the files of a form together, with what goes between them."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the form's token, the files as (name, bytes), and what is wrong with the form as a whole."""

    token: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    fault: Literal["", "too_large", "too_many", "no_file"] = ""


async def read_files(request: Request) -> Sent:
    """Read a form with files. Of one that is too large nothing is kept, its token neither."""
    if int(request.headers.get("content-length", "0")) > LARGEST_UPLOAD:
        # Read to its end, or browsers take the answer for a broken connection.
        async for _ in request.stream():
            pass
        return Sent(fault="too_large")
    try:
        # Files are counted before they are kept; large ones are kept in temporary files meanwhile.
        async with request.form(max_files=MOST_FILES, max_fields=5) as form:
            token = form.get("token")
            sent = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
            # A browser sends an empty file without a name where none was chosen.
            files = tuple([(file.filename or "", await file.read()) for file in sent if file.filename or file.size])
    except HTTPException:
        return Sent(fault="too_many")
    return Sent(token if isinstance(token, str) else "", files, "" if files else "no_file")
