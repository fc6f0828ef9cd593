"""What the assistant carries to tell misspelt words is what counting the training texts gives."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from eval.training.counting import LEXICON, count


@pytest.mark.slow
def test_what_is_carried_is_what_is_counted(tmp_path: Path) -> None:
    count(tmp_path)
    counted, carried = (folder / "characters.txt.gz" for folder in (tmp_path, LEXICON))
    # Packed by another zlib the same lines may look otherwise.
    assert gzip.decompress(counted.read_bytes()) == gzip.decompress(carried.read_bytes())
    assert (tmp_path / "common_words.txt").read_text() == (LEXICON / "common_words.txt").read_text()
