"""Chroma's nearest neighbours against all distances computed by numpy."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.indexing.embedding import load_embedder
from assistant.indexing.vector_store import VectorStore
from assistant.schema import Chunk

COUNT, DIMENSION = 400, 32
Vectors = NDArray[np.float32]


@pytest.fixture(scope="module")
def store(
    tmp_path_factory: pytest.TempPathFactory, random_unit_vectors: Callable[..., Vectors]
) -> Iterator[tuple[VectorStore, list[Chunk], Vectors]]:
    folder = tmp_path_factory.mktemp("store") / "chroma"
    folder.mkdir()
    chunks = [Chunk(f"d{i % 4}:{i}", f"d{i % 4}", i, f"第{i}句", "", 0, 3, 1) for i in range(COUNT)]
    vectors = random_unit_vectors(COUNT, DIMENSION, 7)
    VectorStore.build(folder, chunks, vectors)
    yield VectorStore(folder, load_embedder()), chunks, vectors


def nearest(
    chunks: list[Chunk], vectors: Vectors, question: Vectors, top_k: int, documents: tuple[str, ...] = ()
) -> list[str]:
    rows = [row for row, chunk in enumerate(chunks) if not documents or chunk.document in documents]
    return [chunks[row].id for row in sorted(rows, key=lambda row: -float(vectors[row] @ question))[:top_k]]


@pytest.mark.parametrize("documents", [(), ("d2",), ("d0", "d3")])
def test_the_nearest_are_the_nearest(
    store: Any, random_unit_vectors: Callable[..., Vectors], documents: tuple[str, ...]
) -> None:
    opened, chunks, vectors = store
    agreed = total = 0
    for question in random_unit_vectors(20, DIMENSION, 8):
        found = [id_ for id_, _ in opened.search(question, 10, documents)]
        expected = nearest(chunks, vectors, question, 10, documents)
        assert len(found) == len(set(found)) == 10
        assert found[0] == expected[0]
        agreed += len(set(found) & set(expected))
        total += len(expected)
        if documents:
            assert {id_.split(":")[0] for id_ in found} <= set(documents)
    assert agreed / total >= 0.99  # the graph that Chroma walks is approximate


def test_scores_are_cosines_best_first(store: Any, random_unit_vectors: Callable[..., Vectors]) -> None:
    opened, chunks, vectors = store
    row = {chunk.id: i for i, chunk in enumerate(chunks)}
    question = random_unit_vectors(1, DIMENSION, 9)[0]
    found = opened.search(question, 30)
    for id_, score in found:
        assert score == pytest.approx(float(vectors[row[id_]] @ question), abs=1e-4)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


def test_a_vector_finds_itself(store: Any) -> None:
    opened, chunks, vectors = store
    for row in (0, 123, COUNT - 1):
        assert opened.search(vectors[row], 1)[0][0] == chunks[row].id
        assert opened.search(vectors[row], 1)[0][1] == pytest.approx(1.0, abs=1e-4)


def test_more_than_there_are(store: Any) -> None:
    opened, _, vectors = store
    assert len(opened.search(vectors[0], COUNT * 2, ("d1",))) == COUNT // 4
    assert opened.search(vectors[0], 5, ("nowhere",)) == []


def test_more_than_one_batch(
    tmp_path: Path, random_unit_vectors: Callable[..., Vectors], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.indexing.vector_store.BATCH", 16)
    chunks = [Chunk(f"d:{i}", "d", i, f"第{i}句", "", 0, 3, 1) for i in range(50)]
    vectors = random_unit_vectors(50, DIMENSION, 10)
    VectorStore.build(tmp_path, chunks, vectors)
    store = VectorStore(tmp_path, load_embedder())
    assert sorted(id_ for id_, _ in store.search(vectors[0], 99)) == sorted(chunk.id for chunk in chunks)


def test_no_file_stays_open(tmp_path: Path, random_unit_vectors: Callable[..., Vectors]) -> None:
    def held() -> list[Path]:
        links = [os.path.realpath(f"/proc/self/fd/{number}") for number in os.listdir("/proc/self/fd")]
        return [Path(link) for link in links if link.startswith(str(tmp_path))]

    def all_closed() -> bool:
        """Chroma closes its files a few milliseconds after it is asked to."""
        until = time.monotonic() + 10
        while held() and time.monotonic() < until:
            time.sleep(0.01)
        return not held()

    vectors = random_unit_vectors(5, DIMENSION, 11)
    VectorStore.build(tmp_path, [Chunk(f"d:{i}", "d", i, f"第{i}句", "", 0, 3, 1) for i in range(5)], vectors)
    assert all_closed()
    store = VectorStore(tmp_path, load_embedder())
    assert len(store.search(vectors[0], 9)) == 5
    assert held()
    del store
    gc.collect()
    assert all_closed()
