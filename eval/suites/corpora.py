"""Texts of a public set → an index over them, kept in a cache folder so that the next run starts at once."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path

from assistant.config import Settings
from assistant.errors import DataFolderNotWritable, IndexVersionMismatch
from assistant.ingestion.cleaning import strip_white
from assistant.pipeline import ingest
from eval.suites.base import Progress


def default_cache() -> Path:
    """The cache folder where none is named: one for each user, below the system's folder for temporary files."""
    return Path(tempfile.gettempdir()) / f"policy-assistant-eval-{os.getuid()}"


def ensure_ingested(
    name: str, texts: Mapping[str, str], settings: Settings, cache: Path, progress: Progress
) -> Settings:
    """See that texts are ingested as documents, one file each, with the settings that are to be evaluated.

    Args:
        name: of the set, the beginning of the folder's name.
        texts: document id (fit for a file name) → text.
        settings: how to ingest; their data folder is not touched.
        cache: where the folder is kept. Its name tells texts and settings apart, so a change of either makes a new one.
        progress: told how far the work is.

    Returns:
        The settings with the data folder of these documents.

    Raises:
        DataFolderNotWritable: the cache cannot be written.
    """
    folder = cache / f"{name}-{_key(texts, settings)}"
    source = folder / "texts"
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not source.is_dir():
            _write(texts, source, progress)
    except OSError as error:
        raise DataFolderNotWritable(f"cannot write {error.filename}: {error.strerror}; name another --cache") from error
    inside = settings.model_copy(update={"data_dir": folder / "data"})
    try:
        ingest([source], inside, progress=progress)
    except IndexVersionMismatch:
        ingest([source], inside, rebuild=True, progress=progress)
    return inside


def _key(texts: Mapping[str, str], settings: Settings) -> str:
    digest = hashlib.sha256(f"{settings.embedding_model}\n{settings.chunk_tokens}\n".encode())
    for document_id in sorted(texts):
        digest.update(f"{document_id}\0{texts[document_id]}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:12]


def _write(texts: Mapping[str, str], folder: Path, progress: Progress) -> None:
    """Write the files into a folder beside, and move that into place: a folder that is there is complete."""
    folder.parent.mkdir(exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".texts-", dir=folder.parent))
    try:
        for done, (document_id, text) in enumerate(texts.items()):
            progress("writing texts", done, len(texts))
            (unfinished / f"{document_id}.txt").write_text(text, encoding="utf-8")
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


class Compact:
    """A text without its white space, and where its characters stood.

    Ingesting changes nothing but white space, so places in the text of a data set and in the ingested document are
    compared in compact offsets.
    """

    def __init__(self, text: str) -> None:
        self._kept = [at for at, character in enumerate(text) if strip_white(character)]
        self.text = "".join(text[at] for at in self._kept)

    def __len__(self) -> int:
        return len(self.text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets [start, end) of the original text as compact offsets."""
        return bisect_right(self._kept, start - 1), bisect_right(self._kept, end - 1)

    def find(self, needle: str) -> Iterator[tuple[int, int]]:
        """Where a string occurs, white space left aside: compact offsets of each occurrence."""
        wanted = strip_white(needle)
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            yield at, at + len(wanted)
            at = self.text.find(wanted, at + 1)
