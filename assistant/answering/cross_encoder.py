"""A question and passages → how likely each passage answers it, read together by a small transformer.

Vectors say whether a passage is about the same thing, words whether it holds what is named. Whether it *answers* shows
only to what reads both at once: a cross-encoder. This one is the bundled embedder's own network (multilingual-e5-small,
MIT), fine-tuned by `python -m eval train` on questions with known answers, in 8 bit (ADR 12). It runs on ONNX Runtime,
which loads in a fraction of the time that torch takes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.index import Index

WEIGHTS = "weights"
"""Folder beside this module that holds the network and its tokenizer."""
LONGEST = 224
"""Tokens of a question with its passage that are read, at most; what is beyond is cut off."""
LONGEST_QUESTION, LONGEST_PASSAGE = 300, 400
"""Characters of each that are read, at most."""
HEADING, LEAD, TITLE = 40, 20, 36
"""Characters, at most, of what stands before a passage: its heading, the beginning of its sentence, the title."""
PADDING = 1
"""Token that fills up the shorter pairs of a batch."""


def tokens_of(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
    """The tokens of questions with passages, each cut to what is read of it."""
    cut = [(question[:LONGEST_QUESTION], passage[:LONGEST_PASSAGE]) for question, passage in pairs]
    return [encoding.ids[:LONGEST] for encoding in tokenizer.encode_batch(cut)]


def padded(tokens: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tokens filled up to one length, and the mask of those that are none of the filling, shape (pairs, tokens)."""
    ids = np.full((len(tokens), max(map(len, tokens))), PADDING, np.int64)
    mask = np.zeros_like(ids)
    for row, of_pair in enumerate(tokens):
        ids[row, : len(of_pair)] = of_pair
        mask[row, : len(of_pair)] = 1
    return ids, mask


class CrossEncoder:
    """Reads questions with passages. Safe for use from several threads."""

    def __init__(self, tokenizer: Any, session: Any) -> None:
        """Take a loaded tokenizer (`tokenizers.Tokenizer`) and network (`onnxruntime.InferenceSession`)."""
        self._tokenizer, self._session = tokenizer, session

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """Log-odds that each passage answers the question, shape (passages,)."""
        if not passages:
            return np.zeros(0)
        ids, mask = padded(tokens_of(self._tokenizer, [(question, passage) for passage in passages]))
        (logits,) = self._session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(logits, np.float64)


_loading = threading.Lock()


def load_files(network: Path, tokenizer: Path) -> CrossEncoder:
    """The cross-encoder in these files."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    # Worker threads must sleep between calls: spinning, they starve a busy machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    return CrossEncoder(Tokenizer.from_file(str(tokenizer)), session)


@lru_cache(maxsize=1)
def _load() -> CrossEncoder:
    folder = files("assistant.answering").joinpath(WEIGHTS)
    with as_file(folder.joinpath("cross_encoder.onnx")) as network, as_file(folder.joinpath("tokenizer.json")) as words:
        return load_files(network, words)


def load_cross_encoder() -> CrossEncoder:
    """The cross-encoder that the package carries; loaded once in a process."""
    with _loading:
        return _load()


def passage_text(index: Index, row: int, with_title: bool = False) -> str:
    """A chunk as the cross-encoder reads it: under its heading, and after the beginning of the sentence it is part of.

    Args:
        index: where the chunk is.
        row: its row.
        with_title: whether the document's title stands before it, to tell several documents apart.
    """
    chunk = index.chunks[row]
    document = index.document(chunk.document)
    clause = document.clauses[chunk.position]
    above = clause.heading if clause.kind == "clause" and clause.heading else chunk.context.rpartition("。")[2]
    heading = "" if above in chunk.text else above[:HEADING]
    spans = index.sentence_spans(row)
    lead = ""
    if spans and spans[0][0] < chunk.start - 1:
        lead = re.split(r"[，；：]", document.text[spans[0][0] : chunk.start])[0][:LEAD]
    parts = [
        f"{document.record.title[:TITLE]}｜" if with_title else "",
        f"{heading}：" if heading else "",
        f"{lead}…" if lead and lead not in heading else "",
        chunk.text,
    ]
    text = "".join(parts)
    return re.sub(r"\s+", "" if re.search(r"[\u3400-\u9fff]", text) else " ", text)
