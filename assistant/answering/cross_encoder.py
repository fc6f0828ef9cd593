"""A question and passages → how likely each passage answers it, read together by a small transformer.

Vectors say whether a passage is about the same thing, words whether it holds what is named. Whether it *answers* shows
only to what reads both at once: a cross-encoder. This one is the bundled embedder's own network (multilingual-e5-small,
MIT), fine-tuned by `python -m eval train` on questions with known answers, in 8 bit (ADR 12).
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.indexing.index import Index
from assistant.indexing.networks import Network, load_carried
from assistant.indexing.tables import spelled_out

LONGEST = 224
"""Tokens of a question with its passage that are read, at most; what is beyond is cut off."""
LONGEST_QUESTION, LONGEST_PASSAGE = 300, 400
"""Characters of each that are read, at most."""
HEADING, LEAD, TITLE = 40, 20, 36
"""Characters, at most, of what stands before a passage: its heading, the beginning of its sentence, the title."""
KEPT = 4096
"""Pairs whose score is kept, those of about a thousand questions in some MiB: what many people ask is read once."""


def tokens_of(tokenizer: Any, pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
    """The tokens of questions with passages, each cut to what is read of it."""
    cut = [(question[:LONGEST_QUESTION], passage[:LONGEST_PASSAGE]) for question, passage in pairs]
    return [encoding.ids[:LONGEST] for encoding in tokenizer.encode_batch(cut)]


class CrossEncoder:
    """Reads questions with passages. Safe for use from several threads."""

    def __init__(self, network: Network) -> None:
        """Take a loaded network that gives log-odds, and works on one thread a call."""
        self._network = network
        self._pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="reading")
        self._odds = lru_cache(KEPT)(self._read)

    def score(self, question: str, passages: Sequence[str]) -> NDArray[np.float64]:
        """Log-odds that each passage answers the question, shape (passages,).

        Each is read by itself, one on each core: so none is filled up to the length of the longest, no core waits for
        another inside the network, and, as activations are brought to 8 bit by their own range, what stands beside a
        passage does not move its score. What was read lately is not read again.
        """
        return np.fromiter(self._pool.map(self._odds, repeat(question), passages), np.float64, len(passages))

    def forget(self) -> None:
        """Read again what was read before: whoever takes the time wants that of reading."""
        self._odds.cache_clear()

    def _read(self, question: str, passage: str) -> float:
        return float(self._network.run(tokens_of(self._network.tokenizer, [(question, passage)]))[0])


_loading = threading.Lock()


@lru_cache(maxsize=1)
def _load() -> CrossEncoder:
    return CrossEncoder(load_carried("assistant.answering", "cross_encoder", threads=1))


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
    lead = index.table_lead(row).rstrip("。：:")[:LEAD]
    if spans and spans[0][0] < chunk.start - 1:
        lead = re.split(r"[，；：]", document.text[spans[0][0] : chunk.start])[0][:LEAD]
    parts = [
        f"{document.record.title[:TITLE]}｜" if with_title else "",
        f"{heading}：" if heading else "",
        f"{lead}…" if lead and lead not in heading else "",
        spelled_out(document.text, chunk.start, chunk.end),
    ]
    text = "".join(parts)
    return re.sub(r"\s+", "" if re.search(r"[\u3400-\u9fff]", text) else " ", text)
