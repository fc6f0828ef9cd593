"""Chunks → inverted index over words; words → best chunks by BM25, with tantivy. Rebuilt from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import tantivy

from assistant.indexing.analysis import index_tokens
from assistant.schema import Chunk

_TOKENIZER = "words"
_WRITER_BYTES = 50_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=False, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_text_field("context", stored=False, tokenizer_name=_TOKENIZER, index_option="freq")
    return builder.build()


def _register(index: tantivy.Index) -> tantivy.Index:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, analyzer)
    return index


class LexicalIndex:
    """BM25 over the words of chunks, and, with less weight, of the headings above them."""

    CONTEXT_WEIGHT = 0.4

    def __init__(self, folder: Path) -> None:
        """Open an index that `build` made."""
        self._schema = _schema()
        self._index = _register(tantivy.Index(self._schema, path=str(folder)))
        self._index.reload()

    @property
    def count(self) -> int:
        """Number of chunks in the index."""
        return int(self._index.searcher().num_docs)

    @staticmethod
    def build(folder: Path, chunks: Sequence[Chunk], search_texts: Sequence[str]) -> None:
        """Write a new index into an empty folder.

        Args:
            folder: where to.
            chunks: what to index.
            search_texts: the text to index each chunk by (its own, with known misprints put right).
        """
        index = _register(tantivy.Index(_schema(), path=str(folder)))
        writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
        for chunk, text in zip(chunks, search_texts, strict=True):
            writer.add_document(
                tantivy.Document(
                    id=chunk.id,
                    document=chunk.document,
                    text=" ".join(index_tokens(text)),
                    context=" ".join(index_tokens(chunk.context)),
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    def search(
        self, weights: Mapping[str, float], top_k: int, documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """The chunks that hold the words best.

        Args:
            weights: word (as `index_tokens` gives it) → weight, above 0.
            top_k: how many at most.
            documents: restrict to chunks of these documents; empty means all.

        Returns:
            (chunk id, BM25 score), best first.
        """
        if not weights:
            return []
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, self._word(field, word, weight * field_weight))
                for word, weight in weights.items()
                for field, field_weight in (("text", 1.0), ("context", self.CONTEXT_WEIGHT))
            ]
        )
        if documents:
            allowed = tantivy.Query.term_set_query(self._schema, "document", list(documents))
            query = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, query), (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0))]
            )
        searcher = self._index.searcher()
        return [
            (str(searcher.doc(address)["id"][0]), float(score)) for score, address in searcher.search(query, top_k).hits
        ]

    def _word(self, field: str, word: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, word), weight)
