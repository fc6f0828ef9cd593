"""The cross-encoder that the assistant carries → a network that can be trained further.

What it is carried in, 8 bit, is near enough to what was trained: taken up again, its log-odds correlate with those of
the file at 0.999. The layers that were never trained (the vectors of the pieces) come from the embedder's own file.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from eval.errors import InvalidData
from eval.training.fine_tuning import ReadingNetwork
from eval.training.foundation import foundation, read_e5

_QUANTIZED = "_quantized"
_PRODUCT = re.compile(r"/(?:encoder/encoder/(?P<inside>layer\.\d+/.+)|(?P<head>head))/(?:MatMul|Gemm)")
"""Name of a product in the graph → the layer whose matrix it multiplies with."""


def carried(path: Path, dropout: float = 0.0) -> tuple[ReadingNetwork, Tokenizer]:
    """The network in a file that `export` wrote, and its tokenizer.

    Args:
        path: `cross_encoder.onnx`.
        dropout: share of the units that are left out while it is trained.

    Raises:
        InvalidData: the file does not hold every weight.
    """
    graph = onnx.load(str(path)).graph
    held: dict[str, NDArray[np.float32]] = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    encoder, tokenizer = foundation(read_e5(), dropout)
    network = ReadingNetwork(encoder)
    state = network.state_dict()
    found = {name: array for name, array in held.items() if name in state}
    for node in graph.node:
        product = _PRODUCT.match(node.name)
        matrix = next((name for name in node.input if name in held and held[name].ndim == 2), None)
        if product is None or matrix is None:
            continue
        inside = product["inside"]
        name = f"encoder.encoder.{inside.replace('/', '.')}.weight" if inside else "head.weight"
        # A matrix stands in the graph as inputs × outputs, in the network as outputs × inputs.
        as_kept = any(one.name == "transB" and one.i for one in node.attribute)
        found[name] = _matrix(held, matrix) if as_kept else _matrix(held, matrix).T
    if lacking := [name for name in state if name not in found and "embeddings" not in name]:
        raise InvalidData(f"{path} lacks {len(lacking)} weights, among them {lacking[0]}")
    network.load_state_dict(
        state | {name: torch.from_numpy(np.array(one, dtype=np.float32)) for name, one in found.items()}
    )
    return network, tokenizer


def _matrix(held: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    """A matrix in 32 bit, inputs × outputs; each column of one in 8 bit has a scale and a zero of its own."""
    if not name.endswith(_QUANTIZED):
        return held[name]
    bare = name.removesuffix(_QUANTIZED)
    return (held[name].astype(np.float32) - held[f"{bare}_zero_point"].astype(np.float32)) * held[f"{bare}_scale"]
