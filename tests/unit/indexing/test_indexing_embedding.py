"""The bundled embedder: what it takes and what it gives. The suite over all embedders is in `contract/`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.indexing.embedding import BUNDLED, LangChainEmbeddings, load_embedder

TEXTS = ["钒钛新城", "机场搬到哪里？", "Where will the airport move?", "a", "，", "攀枝花" * 60]


def test_the_embedder_is_loaded_once() -> None:
    assert load_embedder() is load_embedder(BUNDLED)


def test_a_batch_gives_what_each_text_gives_alone() -> None:
    embedder = load_embedder()
    together = embedder.embed_passages(TEXTS)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_questions_and_passages_are_embedded_differently_but_near() -> None:
    embedder = load_embedder()
    question, passage = embedder.embed_queries(["钒钛新城"])[0], embedder.embed_passages(["钒钛新城"])[0]
    assert not np.allclose(question, passage, atol=1e-3)
    assert question @ passage > 0.9


@pytest.mark.parametrize("text", ["机场\0搬到哪里", "\0", "机场\ud800搬到哪里", "\udfff", "", " "])
def test_text_that_a_tokenizer_cannot_take_is_embedded_all_the_same(text: str) -> None:
    vector = load_embedder().embed_queries([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-3)


def test_nul_does_not_cut_the_text_short() -> None:
    embedder = load_embedder()
    cut, whole, expected = embedder.embed_queries(["机场", "机场\0搬到哪里", "机场 搬到哪里"])
    np.testing.assert_allclose(whole, expected, atol=1e-5)
    assert not np.allclose(whole, cut, atol=1e-3)


def test_meaning_decides() -> None:
    embedder = load_embedder()
    passages = embedder.embed_passages(["加快机场迁建工作，规划建设空港新城。", "推进医养结合。", "深化国资国企改革。"])
    for question in ("机场搬到哪里？", "Where will the airport move?"):
        assert int(np.argmax(passages @ embedder.embed_queries([question])[0])) == 0


def test_threads_get_the_same_vectors() -> None:
    embedder = load_embedder()
    expected = embedder.embed_queries(TEXTS[:4])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda i: embedder.embed_queries([TEXTS[i % 4]])[0], range(32)))
    for i, vector in enumerate(found):
        np.testing.assert_allclose(vector, expected[i % 4], atol=1e-5)


def test_langchain_embeddings_are_the_same_vectors() -> None:
    embedder = load_embedder()
    wrapped = LangChainEmbeddings(embedder)
    np.testing.assert_allclose(wrapped.embed_query("机场"), embedder.embed_queries(["机场"])[0], atol=1e-6)
    np.testing.assert_allclose(
        wrapped.embed_documents(["机场", "铁路"]), embedder.embed_passages(["机场", "铁路"]), atol=1e-6
    )
    assert all(isinstance(value, float) for value in wrapped.embed_query("机场"))
