"""BM25 against an independent computation, and words that mean something to a query parser."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.indexing.analysis import character_pairs, index_tokens
from assistant.indexing.lexical_index import SURROUNDINGS, LexicalIndex
from assistant.schema import Chunk

SENTENCES = (
    "加快机场迁建工作。",
    "机场机场机场，机场建设。",
    "加快建设高速公路，推动公路网络建设，提高公路互联互通水平，机场也要通公路。",
    "推进医养结合。",
    "建设钒钛产业园。",
    "加快建设职教城、创新基地、总部基地，完善交通路网体系，提升城市综合承载能力，聚焦教育、医疗、信息建设。",
)


def build(folder: Path, chunks: list[Chunk], texts: list[str] | None = None) -> LexicalIndex:
    folder.mkdir()
    LexicalIndex.build(folder, chunks, texts or [chunk.text for chunk in chunks])
    return LexicalIndex(folder)


@pytest.fixture
def chunks(prepared: Callable[..., Any]) -> list[Chunk]:
    """Without contexts, so that a text's own words are all that counts."""
    return [
        Chunk(chunk.id, chunk.document, chunk.position, chunk.text, "", chunk.start, chunk.end, chunk.tokens)
        for chunk in prepared("a", SENTENCES).chunks
    ]


def bm25(texts: list[str], query: dict[str, float]) -> dict[int, float]:
    """BM25 with k1 = 1.2 and b = 0.75, as Robertson and Zaragoza (2009) write it, idf as in Lucene."""
    documents = [Counter(index_tokens(text)) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    scores: dict[int, float] = {}
    for word, weight in query.items():
        held = sum(word in document for document in documents)
        idf = math.log(1 + (len(documents) - held + 0.5) / (held + 0.5))
        for number, document in enumerate(documents):
            if word in document:
                frequency = document[word]
                norm = 1.2 * (1 - 0.75 + 0.75 * lengths[number] / mean)
                scores[number] = scores.get(number, 0.0) + weight * idf * frequency * 2.2 / (frequency + norm)
    return scores


@pytest.mark.parametrize(
    "query",
    [{"机场": 1.0}, {"机场": 1.0, "公路": 1.0}, {"建设": 0.5, "机场": 2.0}, {"加快": 1.0, "建设": 1.0, "医养": 0.3}],
)
def test_scores_are_bm25(tmp_path: Path, chunks: list[Chunk], query: dict[str, float]) -> None:
    found = build(tmp_path / "lexical", chunks).search(query, 10)
    expected = bm25(list(SENTENCES), query)
    assert {id_: pytest.approx(score, rel=2e-2) for id_, score in found} == {
        f"a:{number}": score for number, score in expected.items()
    }
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)


def test_best_first_and_at_most_so_many(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path / "lexical", chunks)
    assert [id_ for id_, _ in index.search({"机场": 1.0}, 2)] == ["a:1", "a:0"]
    assert index.search({"钒": 1.0, "钛": 1.0}, 1)[0][0] == "a:4"
    assert index.search({"房价": 1.0}, 5) == []
    assert index.search({}, 5) == []


def test_a_heading_counts_less_than_the_text(tmp_path: Path, chunks: list[Chunk]) -> None:
    with_heading = Chunk("a:9", "a", 9, "推进工作。", "机场迁建", 0, 5, 5)
    index = build(tmp_path / "lexical", [chunks[0], with_heading, *chunks[3:]])
    assert [id_ for id_, _ in index.search({"迁建": 1.0}, 5)] == ["a:0", "a:9"]


def test_only_the_documents_asked_for(tmp_path: Path, prepared: Callable[..., Any]) -> None:
    chunks = [chunk for id_ in ("a", "b", "c-d") for chunk in prepared(id_, SENTENCES).chunks]
    index = build(tmp_path / "lexical", chunks)
    everywhere = dict(index.search({"机场": 1.0}, 20))
    assert len(everywhere) == 9
    inside = index.search({"机场": 1.0}, 20, ["b", "c-d"])
    assert {id_.split(":")[0] for id_, _ in inside} == {"b", "c-d"}
    assert len(inside) == 6
    for id_, score in inside:  # leaving documents out changes no score
        assert score == pytest.approx(everywhere[id_], rel=1e-5)
    assert index.search({"机场": 1.0}, 20, ["nowhere"]) == []


@pytest.mark.parametrize(
    "word",
    [
        "*",
        "机*",
        "text:机场",
        "AND",
        "OR NOT",
        '"机场',
        "机场)",
        "id:a:1",
        "[a TO z]",
        "~",
        "\\",
        "^2",
        "机场^9",
        "",
        "\ud7ff",
        "x" * 5000,
    ],
)
def test_words_are_never_read_as_a_query_language(tmp_path: Path, chunks: list[Chunk], word: str) -> None:
    index = build(tmp_path / "lexical", chunks)
    assert index.search({word: 1.0}, 5) == []
    assert [id_ for id_, _ in index.search({word: 1.0, "医养": 1.0}, 5)] == ["a:3"]
    assert index.search({"医养": 1.0}, 5, [word]) == []


def test_what_is_searched_is_the_text_put_right(tmp_path: Path, chunks: list[Chunk]) -> None:
    texts = [text.replace("钒钛", "钇钛") for text in SENTENCES]
    index = build(tmp_path / "lexical", chunks, texts)
    assert [id_ for id_, _ in index.search({"钇": 1.0}, 5)] == ["a:4"]
    assert index.search({"钒": 1.0}, 5) == []


def test_pairs_are_bm25_in_the_chunk_and_around_it(tmp_path: Path, chunks: list[Chunk]) -> None:
    """Each chunk is short, so that all are the surroundings of every one, and add the same."""
    short = [chunk for chunk in chunks if len(chunk.text) < 20]
    assert sum(len(chunk.text) for chunk in short) < SURROUNDINGS
    found = dict(build(tmp_path / "lexical", short).search_pairs(["机场"], 10))
    counts = [character_pairs(chunk.text) for chunk in short]
    mean = sum(map(len, counts)) / len(counts)
    held = sum("机场" in pairs for pairs in counts)
    everywhere = sum(pairs.count("机场") for pairs in counts)
    idf = math.log(1 + (len(counts) - held + 0.5) / (held + 0.5))
    common = 0.7 * math.log(1 + 0.5 / (len(counts) + 0.5)) * everywhere * 2.2 / (everywhere + 1.2)
    for chunk, pairs in zip(short, counts, strict=True):
        own = pairs.count("机场")
        expected = common + idf * own * 2.2 / (own + 1.2 * (0.25 + 0.75 * len(pairs) / mean)) if own else common
        assert found[chunk.id] == pytest.approx(expected, rel=3e-2)


def test_surroundings_end_with_the_document_and_with_distance(tmp_path: Path, prepared: Callable[..., Any]) -> None:
    long = ["推进机场迁建。", *(f"第{number}项工作要抓好抓实，各部门按职责分工落实到位。" * 3 for number in range(9))]
    pieces = [*prepared("a", long).chunks, *prepared("b", ["公园免费开放。"]).chunks]
    found = [id_ for id_, _ in build(tmp_path / "lexical", pieces).search_pairs(["机场"], 20)]
    assert found[0] == "a:0"
    assert "a:1" in found
    assert "a:9" not in found
    assert "b:0" not in found


def test_terms_count_once_by_the_best_word_for_them(tmp_path: Path, prepared: Callable[..., Any]) -> None:
    index = build(tmp_path / "lexical", prepared("a", ["推进机场迁建。", "建设机场公路。", "推进医养结合。"]).chunks)
    terms = [(2.0, [("机场", 1.0), ("机场迁建", 0.5)]), (1.0, [("公路", 0.8), ("医养", 0.4)]), (1.0, [("飞船", 1.0)])]
    found = dict(index.search_terms(terms, 5))
    assert found == {
        "a:1": pytest.approx((2.0 + 0.8) / 4),
        "a:0": pytest.approx(2.0 / 4),
        "a:2": pytest.approx(0.4 / 4),
    }
    assert list(found) == ["a:1", "a:0", "a:2"]
    assert [id_ for id_, _ in index.search_terms(terms, 1)] == ["a:1"]
    assert list(dict(index.search_terms(terms, 5, chunks=["a:2"]))) == ["a:2"]
    assert index.search_terms([], 5) == index.search_terms([(1.0, [("飞船", 1.0)])], 5) == []


def test_documents_as_a_whole(tmp_path: Path, prepared: Callable[..., Any]) -> None:
    pieces = [*prepared("a", ["推进机场。", "建设公路。"]).chunks, *prepared("b", ["公路管理。", "公路养护。"]).chunks]
    index = build(tmp_path / "lexical", pieces)
    both = index.search_documents(["机场", "公路"], 5)
    assert [id_ for id_, _ in both] == ["a", "b"]
    assert [id_ for id_, _ in index.search_documents(["公路"], 5)] == ["b", "a"]
    assert [id_ for id_, _ in index.search_documents(["公路"], 5, ["a"])] == ["a"]
    assert index.search_documents([], 5) == []
    assert index.search_documents(["飞船"], 5) == []


def test_only_the_chunks_asked_for(tmp_path: Path, chunks: list[Chunk]) -> None:
    index = build(tmp_path / "lexical", chunks)
    everywhere = dict(index.search({"机场": 1.0}, 20))
    assert dict(index.search({"机场": 1.0}, 20, chunks=["a:0", "a:3"])) == {"a:0": pytest.approx(everywhere["a:0"])}
    pairs = dict(index.search_pairs(["机场"], 20))
    assert dict(index.search_pairs(["机场"], 20, chunks=["a:2"])) == {"a:2": pytest.approx(pairs["a:2"])}
