"""What Chroma finds, held against the exact nearest chunks: an answer must not depend on how a graph came out."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from assistant.config import Settings
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import load_embedder
from assistant.indexing.vector_store import VectorStore

QUESTIONS = Path(__file__).parents[2] / "eval" / "data" / "decision" / "dev.jsonl"
BUILDS, NEAREST = 5, 40


def test_the_nearest_chunks_are_found_whatever_the_build(corpus_data_dir: Path, tmp_path: Path) -> None:
    embedder = load_embedder()
    catalogue = Catalogue.open(Settings(data_dir=corpus_data_dir).data_dir, embedder=embedder.name)
    chunks, vectors = catalogue.chunks()
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()[:150]
    queries = embedder.embed_queries([json.loads(line)["question"] for line in lines])
    exact = [{chunks[row].id for row in np.argsort(-(vectors @ query))[:NEAREST]} for query in queries]
    missed = 0
    for build in range(BUILDS):
        folder = tmp_path / str(build)
        folder.mkdir()
        VectorStore.build(folder, chunks, vectors)
        store = VectorStore(folder, embedder)
        for query, wanted in zip(queries, exact, strict=True):
            missed += len(wanted - {chunk_id for chunk_id, _ in store.search(query, NEAREST)})
    assert missed == 0
