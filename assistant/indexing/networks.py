"""Networks that the package carries → ready to run, on ONNX Runtime: it loads in a fraction of the time torch takes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

WEIGHTS = "weights"
"""Folder of a subpackage that holds its network and the tokenizer of it."""
PADDING = 1
"""Token that fills up the shorter texts of a batch."""


class Network(NamedTuple):
    """A network that makes one row of each text, and the tokenizer that makes its tokens. Safe for several threads."""

    tokenizer: Any
    """A `tokenizers.Tokenizer`."""
    session: Any
    """An `onnxruntime.InferenceSession` with the inputs `ids` and `mask`."""

    def run(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """What the network makes of each text's tokens, shape (texts, …)."""
        ids, mask = padded(tokens)
        (rows,) = self.session.run(None, {"ids": ids, "mask": mask})
        return np.asarray(rows, np.float32)


def padded(tokens: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Tokens filled up to one length, and the mask of those that are none of the filling, shape (texts, tokens)."""
    ids = np.full((len(tokens), max(map(len, tokens))), PADDING, np.int64)
    mask = np.zeros_like(ids)
    for row, of_text in enumerate(tokens):
        ids[row, : len(of_text)] = of_text
        mask[row, : len(of_text)] = 1
    return ids, mask


def load_network(network: Path, tokenizer: Path, threads: int = 0) -> Network:
    """The network and the tokenizer in these files.

    Args:
        network: ONNX file.
        tokenizer: JSON file.
        threads: how many share the work of one call; 0 means as many as there are cores.
    """
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Worker threads must sleep between calls: spinning, they starve a busy machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    return Network(Tokenizer.from_file(str(tokenizer)), session)


def load_carried(package: str, name: str, threads: int = 0) -> Network:
    """The network of that name that a subpackage carries, with its tokenizer; `threads` as in `load_network`."""
    folder = files(package).joinpath(WEIGHTS)
    with as_file(folder.joinpath(f"{name}.onnx")) as network, as_file(folder.joinpath("tokenizer.json")) as tokenizer:
        return load_network(network, tokenizer, threads)
