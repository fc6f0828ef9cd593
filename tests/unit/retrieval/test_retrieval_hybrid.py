"""Retrieval over the real corpus and a second document, with both real indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.config import Settings
from assistant.indexing.analysis import character_pairs, index_tokens
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import load_embedder
from assistant.indexing.index import Index
from assistant.pipeline import ingest
from assistant.retrieval.hybrid import retrieve

DECISION = "panzhihua-2020-07-30"
SECOND = """城市公园管理办法

第一条 为了加强城市公园管理，制定本办法。

第二条 公园内禁止燃放烟花爆竹。

第三条 公园每日六时开放，机场附近的公园除外。
"""
BOTH = {"dense": 1.0, "lexical": 1.0}
ALL = {"dense": 1.0, "lexical": 1.0, "pairs": 1.0, "document": 1.0}
Vector = NDArray[np.float32]


@pytest.fixture(scope="module")
def index(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    import shutil

    folder = tmp_path_factory.mktemp("hybrid")
    shutil.copytree(corpus_data_dir, folder / "data")
    (folder / "parks.txt").write_text(SECOND, encoding="utf-8")
    ingest([folder / "parks.txt"], Settings(data_dir=folder / "data"))
    catalogue = Catalogue.open(folder / "data", embedder=load_embedder().name)
    yield Index(folder / "data", catalogue, load_embedder())
    catalogue.close()


@pytest.fixture(scope="module")
def ask(index: Index) -> Callable[[str], tuple[Vector, dict[str, float]]]:
    def prepare(question: str) -> tuple[Vector, dict[str, float]]:
        return index.embedder.embed_queries([question])[0], dict.fromkeys(index_tokens(question), 1.0)

    return prepare


@pytest.mark.parametrize(
    ("question", "document", "expected"),
    [
        ("机场迁建", DECISION, "加快机场迁建工作"),
        ("河长制", DECISION, "全面落实河（湖）长制"),
        ("康养学院培训", DECISION, "攀枝花国际康养学院"),
        ("烟花爆竹", "parks", "禁止燃放烟花爆竹"),
    ],
)
def test_what_is_asked_about_comes_first(
    index: Index, ask: Callable[..., tuple], question: str, document: str, expected: str
) -> None:
    first = retrieve(index, *ask(question), 5, weights=BOTH)[0]
    assert first.chunk.document == document
    assert expected in first.chunk.text


def test_evidence_is_what_the_index_holds_best_first(index: Index, ask: Callable[..., tuple]) -> None:
    vector, words = ask("高速公路和铁路")
    found = retrieve(index, vector, words, 30, weights=BOTH)
    assert len(found) == len({item.chunk.id for item in found}) == 30
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    rows = [index.row[item.chunk.id] for item in found]
    cosines = index.vectors @ vector
    for item, row in zip(found, rows, strict=True):
        assert item.chunk == index.chunks[row]
        document = index.document(item.chunk.document)
        assert document.text[item.chunk.start : item.chunk.end] == item.chunk.text
        assert item.scores
        if "dense" in item.scores:
            assert item.scores["dense"] == pytest.approx(float(cosines[row]), abs=1e-3)
        if "lexical" in item.scores:
            assert any(word in index.text(row) + item.chunk.context for word in words)


def test_fewer_are_the_first_of_more(index: Index, ask: Callable[..., tuple]) -> None:
    many = retrieve(index, *ask("钒钛"), 40, weights=BOTH)
    assert retrieve(index, *ask("钒钛"), 7, weights=BOTH) == many[:7]


@pytest.mark.parametrize("documents", [("parks",), (DECISION,), ("parks", DECISION)])
def test_only_the_documents_asked_for(index: Index, ask: Callable[..., tuple], documents: tuple[str, ...]) -> None:
    for question in ("机场", "公园开放", "钒钛产业"):
        found = retrieve(index, *ask(question), 50, weights=BOTH, documents=documents)
        assert {item.chunk.document for item in found} <= set(documents)
        assert found
    whole = sum(chunk.document in documents for chunk in index.chunks)
    everything = retrieve(index, *ask("机场"), 1000, weights=BOTH, documents=documents)
    assert len(everything) == whole


def test_a_run_of_weight_zero_is_not_made(
    index: Index, ask: Callable[..., tuple], monkeypatch: pytest.MonkeyPatch
) -> None:
    vector, words = ask("机场迁建")
    for off, on in (("dense", "lexical"), ("lexical", "dense")):
        found = retrieve(index, vector, words, 20, weights={off: 0.0, on: 1.0})
        assert found
        assert all(set(item.scores) == {on} for item in found)
    with monkeypatch.context() as patch:
        patch.delattr(type(index.vector_store), "search")
        assert retrieve(index, vector, words, 5, weights={"dense": 0.0, "lexical": 1.0})
    with monkeypatch.context() as patch:
        patch.delattr(type(index.lexical_index), "search")
        assert retrieve(index, vector, words, 5, weights={"dense": 1.0, "lexical": 0.0})


def test_no_known_word_still_finds_by_meaning(index: Index, ask: Callable[..., tuple]) -> None:
    vector, _ = ask("飞机起降的地方要挪走吗")
    found = retrieve(index, vector, {}, 10, weights=BOTH)
    assert any("机场" in item.chunk.text for item in found)


def test_pairs_find_what_no_word_does(index: Index, ask: Callable[..., tuple]) -> None:
    vector, _ = ask("放烟花")
    found = retrieve(index, vector, {}, 5, weights={"pairs": 1.0}, pairs=character_pairs("能不能放烟花"))
    assert "燃放烟花爆竹" in found[0].chunk.text
    assert set(found[0].scores) == {"pairs"}
    assert retrieve(index, vector, {}, 5, weights={"pairs": 1.0}) == []


def test_the_document_as_a_whole_decides_between_clauses_that_say_the_same(
    index: Index, ask: Callable[..., tuple]
) -> None:
    question = "城市公园管理办法里机场附近的公园"
    vector, words = ask(question)
    pairs = character_pairs(question)
    with_document = retrieve(index, vector, words, 40, weights={"lexical": 1.0, "document": 1.0}, pairs=pairs)
    without = retrieve(index, vector, words, 40, weights={"lexical": 1.0}, pairs=pairs)
    assert with_document[0].chunk.document == "parks"
    parks = [[item.chunk.document for item in found].index(DECISION) for found in (with_document, without)]
    assert parks[0] >= parks[1]
    score = {item.chunk.document: item.scores.get("document", 0.0) for item in with_document}
    assert score["parks"] > score[DECISION]


def test_every_candidate_is_scored_by_every_retriever(index: Index, ask: Callable[..., tuple]) -> None:
    question = "加快机场迁建工作"
    vector, words = ask(question)
    found = retrieve(index, vector, words, 60, weights=ALL, pairs=character_pairs(question))
    cosines = index.vectors @ vector
    for item in found:
        assert item.scores["dense"] == pytest.approx(float(cosines[index.row[item.chunk.id]]), abs=1e-5)
        text = index.text(index.row[item.chunk.id])
        if any(word in index_tokens(text) for word in words):
            assert item.scores["lexical"] > 0
        if any(pair in text for pair in character_pairs(question)):
            assert item.scores["pairs"] > 0


def test_a_title_comes_after_what_stands_below_it(index: Index, ask: Callable[..., tuple]) -> None:
    question = "城市公园管理办法"
    vector, words = ask(question)
    found = retrieve(index, vector, words, 60, weights={"document": 1.0}, pairs=character_pairs(question))
    parks = [item for item in found if item.chunk.document == "parks"]
    kinds = [index.document("parks").clauses[item.chunk.position].kind for item in parks]
    assert kinds == ["clause", "clause", "clause", "title"]
    assert parks[-1].score < parks[-2].score
