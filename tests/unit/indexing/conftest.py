"""Small documents with chunks and made-up vectors: the indexes are real, only the embedding is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.schema import Chunk, Clause, Document, Misprint, Record


class Prepared(NamedTuple):
    """A document and what goes with it into the catalogue."""

    document: Document
    chunks: list[Chunk]
    vectors: NDArray[np.float32]


def unit_vectors(count: int, dimension: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, dimension))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def prepare(id_: str, sentences: Sequence[str], *, seed: int = 0, misprints: Sequence[Misprint] = ()) -> Prepared:
    """A document of one clause a sentence, 第一条 and so on left out: every sentence is a clause and a chunk."""
    text = "\n".join(sentences)
    clauses, chunks, at = [], [], 0
    for position, sentence in enumerate(sentences):
        end = at + len(sentence)
        clauses.append(Clause(position, "clause", position + 1, "", "", sentence, at, end, 0))
        chunks.append(Chunk(f"{id_}:{position}", id_, position, sentence, f"{id_}的上文", at, end, len(sentence)))
        at = end + 1
    record = Record(id=id_, title=f"{id_}标题", issuer="某局", adopted="2020-07-30", misprints=tuple(misprints))
    return Prepared(Document(record, text, tuple(clauses), f"digest-{id_}"), chunks, unit_vectors(len(chunks), 8, seed))


@pytest.fixture(scope="session")
def prepared() -> Callable[..., Prepared]:
    return prepare


@pytest.fixture(scope="session")
def random_unit_vectors() -> Callable[[int, int, int], NDArray[np.float32]]:
    return unit_vectors
