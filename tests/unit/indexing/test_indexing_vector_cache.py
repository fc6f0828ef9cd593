"""Vectors that are kept: the same as without, and asked for once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import DataFolderNotWritable
from assistant.indexing.embedding import Embedder, Vectors, load_embedder
from assistant.indexing.vector_cache import FILE_NAME, CachedEmbedder

TEXTS = ["机场迁建", "养老服务", "机场迁建", "a lone \ud800 surrogate"]


class Counting:
    """The bundled embedder, and what it was asked for."""

    def __init__(self, name: str = "") -> None:
        self._embedder: Embedder = load_embedder()
        self.name = name or self._embedder.name
        self.asked: list[str] = []

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._embedder.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return self._embedder.embed_passages(texts)


def test_vectors_are_those_of_the_embedder_and_asked_for_once(tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    fresh = CachedEmbedder(first, tmp_path / "new" / "folder").embed_passages(TEXTS)
    assert first.asked == [TEXTS[0], TEXTS[1], TEXTS[3]]
    kept = CachedEmbedder(second, tmp_path / "new" / "folder").embed_passages([*reversed(TEXTS), "新的"])
    assert second.asked == ["新的"]
    assert np.array_equal(fresh, load_embedder().embed_passages(TEXTS))
    assert np.array_equal(kept[:4], fresh[::-1])


def test_questions_passages_and_models_are_kept_apart(tmp_path: Path) -> None:
    one, other = Counting(), Counting("another model")
    passages = CachedEmbedder(one, tmp_path).embed_passages(TEXTS[:1])
    queries = CachedEmbedder(one, tmp_path).embed_queries(TEXTS[:1])
    CachedEmbedder(other, tmp_path).embed_queries(TEXTS[:1])
    assert not np.array_equal(passages, queries)
    assert (one.asked, other.asked) == (TEXTS[:1] * 2, TEXTS[:1])


def test_nothing_is_asked_for_nothing(tmp_path: Path) -> None:
    assert CachedEmbedder(Counting(), tmp_path).embed_queries([]).shape == (0, 384)


def test_a_file_that_is_no_cache_is_a_clear_error_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("not a database " * 100, encoding="utf-8")
    with pytest.raises(DataFolderNotWritable, match=r"vectors\.sqlite3 cannot be used.*ASSISTANT_VECTOR_CACHE"):
        CachedEmbedder(Counting(), tmp_path)
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8").startswith("not a database")


def test_a_file_that_breaks_while_in_use_is_the_same_error(tmp_path: Path) -> None:
    cached = CachedEmbedder(Counting(), tmp_path)
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        connection.execute("DROP TABLE vectors")
    with pytest.raises(DataFolderNotWritable, match="cannot be used"):
        cached.embed_passages(TEXTS)
