"""Chunks → inverted indexes over words and pairs of characters; a question's → best chunks and documents by BM25.

With tantivy. Rebuilt from the catalogue.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import tantivy

from assistant.indexing.analysis import character_pairs, index_tokens
from assistant.schema import Chunk

_TOKENIZER = "words"
_WRITER_BYTES = 50_000_000
_CHUNKS, _DOCUMENTS = "chunks", "documents"
SURROUNDINGS = 220
"""Characters of a document, about, that a chunk is also indexed by: its own and those around it."""


def _schema(fields: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
    for field in fields:
        builder.add_text_field(field, stored=False, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


_SCHEMAS = {_CHUNKS: _schema(("text", "context", "pairs", "surroundings")), _DOCUMENTS: _schema(("pairs",))}


def _open(folder: Path, level: str) -> tantivy.Index:
    """The index of a level in a folder: made where there is none, else opened."""
    (folder / level).mkdir(exist_ok=True)
    index = tantivy.Index(_SCHEMAS[level], path=str(folder / level))
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


class LexicalIndex:
    """BM25 over chunks, by words and by pairs of neighbouring characters, and over whole documents by such pairs.

    Pairs need no word list, and find what the question and the document cut into other words. A chunk is a sentence or
    two, which seldom says what it is about: the text around it and the document it stands in tell.
    """

    CONTEXT_WEIGHT = 0.4
    """What a word counts that stands in the headings above a chunk."""
    SURROUNDINGS_WEIGHT = 0.7
    """What a pair counts that stands around a chunk, or in it once more."""

    def __init__(self, folder: Path) -> None:
        """Open an index that `build` made."""
        self._chunks, self._documents = _open(folder, _CHUNKS), _open(folder, _DOCUMENTS)
        for index in (self._chunks, self._documents):
            index.reload()

    @property
    def count(self) -> int:
        """Number of chunks in the index."""
        return int(self._chunks.searcher().num_docs)

    @property
    def document_count(self) -> int:
        """Number of documents in the index."""
        return int(self._documents.searcher().num_docs)

    @staticmethod
    def build(folder: Path, chunks: Sequence[Chunk], search_texts: Sequence[str]) -> None:
        """Write a new index into an empty folder.

        Args:
            folder: where to.
            chunks: what to index; those of a document in reading order, next to each other.
            search_texts: the text to index each chunk by (its own, with known misprints put right).
        """
        pairs = [character_pairs(text) for text in search_texts]
        index = _open(folder, _CHUNKS)
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for at, (chunk, text) in enumerate(zip(chunks, search_texts, strict=True)):
            around = [pair for near in _around(chunks, at) for pair in pairs[near]]
            writer.add_document(
                tantivy.Document(
                    id=chunk.id,
                    document=chunk.document,
                    text=" ".join(index_tokens(text)),
                    context=" ".join(index_tokens(chunk.context)),
                    pairs=" ".join(pairs[at]),
                    surroundings=" ".join(around),
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        whole: dict[str, list[str]] = {}
        for chunk, found in zip(chunks, pairs, strict=True):
            whole.setdefault(chunk.document, []).extend(found)
        writer = _open(folder, _DOCUMENTS).writer(heap_size=_WRITER_BYTES, num_threads=1)
        for document, found in whole.items():
            writer.add_document(tantivy.Document(id=document, document=document, pairs=" ".join(found)))
        writer.commit()
        writer.wait_merging_threads()

    def search(
        self, weights: Mapping[str, float], top_k: int, documents: Sequence[str] = (), chunks: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """The chunks that hold the words best, in themselves or in the headings above them.

        Args:
            weights: word (as `index_tokens` gives it) → weight, above 0.
            top_k: how many at most.
            documents: restrict to chunks of these documents; empty means all.
            chunks: restrict to chunks of these ids; empty means all.

        Returns:
            (chunk id, BM25 score), best first.
        """
        fields = {"text": 1.0, "context": self.CONTEXT_WEIGHT}
        return self._find(_CHUNKS, weights, fields, top_k, {"document": documents, "id": chunks})

    def search_pairs(
        self, pairs: Sequence[str], top_k: int, documents: Sequence[str] = (), chunks: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """The chunks that hold the pairs (as `character_pairs` gives them) best, in themselves or around them."""
        fields = {"pairs": 1.0, "surroundings": self.SURROUNDINGS_WEIGHT}
        return self._find(_CHUNKS, dict.fromkeys(pairs, 1.0), fields, top_k, {"document": documents, "id": chunks})

    def search_terms(
        self,
        terms: Sequence[tuple[float, Sequence[tuple[str, float]]]],
        top_k: int,
        documents: Sequence[str] = (),
        chunks: Sequence[str] = (),
    ) -> list[tuple[str, float]]:
        """The chunks that hold most of a question's terms, in themselves or in the headings above them.

        A term counts once, by the best of the words that stand for it: many words for one term add up to nothing more.

        Args:
            terms: each term's weight and the words that stand for it, with the degree, in (0, 1], to which each does.
            top_k: how many at most.
            documents: restrict to chunks of these documents; empty means all.
            chunks: restrict to chunks of these ids; empty means all.

        Returns:
            (chunk id, share of the terms that it holds, by weight), best first.
        """
        total = sum(weight for weight, _ in terms)
        if total <= 0:
            return []
        held = [
            (tantivy.Occur.Should, tantivy.Query.disjunction_max_query(standins))
            for weight, words in terms
            if (standins := [_standin(word, weight * degree) for word, degree in words if index_tokens(word)])
        ]
        if not held:
            return []
        found = self._hits(_CHUNKS, tantivy.Query.boolean_query(held), top_k, {"document": documents, "id": chunks})
        return [(id_, score / total) for id_, score in found]

    def search_documents(
        self, pairs: Sequence[str], top_k: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """The documents that hold the pairs best: (document id, BM25 score), best first."""
        return self._find(_DOCUMENTS, dict.fromkeys(pairs, 1.0), {"pairs": 1.0}, top_k, {"document": documents})

    def held_by_documents(
        self, pairs: Sequence[str], top_k: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """The documents that hold most of the pairs: (document id, share held), best first; those with none left out.

        A pair that stands once counts as much as one that stands often, and a long document loses nothing. Each counts
        by its rarity over chunks: the inverse document frequency of BM25 as in Lucene.

        Args:
            pairs: pairs of characters, each once.
            top_k: how many documents at most.
            documents: restrict to these documents; empty means all.
        """
        searcher, count = self._chunks.searcher(), self.count
        frequencies = {pair: searcher.doc_freq("pairs", pair) for pair in pairs}
        rarity = {pair: math.log(1 + (count - n + 0.5) / (n + 0.5)) for pair, n in frequencies.items()}
        total = sum(rarity.values())
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.const_score_query(_pair(pair), weight))
                for pair, weight in rarity.items()
            ]
        )
        return [(name, score / total) for name, score in self._hits(_DOCUMENTS, query, top_k, {"document": documents})]

    def _find(
        self,
        level: str,
        weights: Mapping[str, float],
        fields: Mapping[str, float],
        top_k: int,
        only: Mapping[str, Sequence[str]],
    ) -> list[tuple[str, float]]:
        if not weights:
            return []
        schema = _SCHEMAS[level]
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, _word(schema, field, word, weight * share))
                for word, weight in weights.items()
                for field, share in fields.items()
            ]
        )
        return self._hits(level, query, top_k, only)

    def _hits(
        self, level: str, query: tantivy.Query, top_k: int, only: Mapping[str, Sequence[str]]
    ) -> list[tuple[str, float]]:
        """(id, score) of what a query finds, best first, restricted to given values of fields."""
        for field, values in only.items():
            if values:
                allowed = tantivy.Query.term_set_query(_SCHEMAS[level], field, list(values))
                query = tantivy.Query.boolean_query(
                    [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0))]
                )
        searcher = (self._chunks if level == _CHUNKS else self._documents).searcher()
        return [
            (str(searcher.doc(address)["id"][0]), float(score)) for score, address in searcher.search(query, top_k).hits
        ]


def _word(schema: tantivy.Schema, field: str, word: str, weight: float) -> tantivy.Query:
    return tantivy.Query.boost_query(tantivy.Query.term_query(schema, field, word), weight)


def _standin(text: str, score: float) -> tantivy.Query:
    """Matches what holds all words of a text in one field, with that score."""
    schema = _SCHEMAS[_CHUNKS]
    fields = [
        tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, tantivy.Query.term_query(schema, field, word)) for word in index_tokens(text)]
        )
        for field in ("text", "context")
    ]
    either = tantivy.Query.boolean_query([(tantivy.Occur.Should, field) for field in fields])
    return tantivy.Query.const_score_query(either, score)


def _pair(pair: str) -> tantivy.Query:
    return tantivy.Query.term_query(_SCHEMAS[_DOCUMENTS], "pairs", pair)


def _around(chunks: Sequence[Chunk], at: int) -> Iterator[int]:
    """Places of a chunk and of its neighbours in the document, after and before by turns, as far as they are wanted."""
    yield at
    size = len(chunks[at].text)
    before, after = at - 1, at + 1
    while size < SURROUNDINGS:
        inside = [
            place
            for place in (after, before)
            if 0 <= place < len(chunks) and chunks[place].document == chunks[at].document
        ]
        if not inside:
            return
        for place in inside:
            if size < SURROUNDINGS:
                yield place
                size += len(chunks[place].text)
        before, after = before - (before in inside), after + (after in inside)
