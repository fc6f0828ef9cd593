"""A trained network and its tokenizer → the files that the assistant carries: ONNX in 8 bit, and the tokenizer."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

import torch
from tokenizers import Tokenizer

from assistant.answering.cross_encoder import CrossEncoder
from assistant.indexing.networks import load_network
from eval.training.fine_tuning import ReadingNetwork

OPERATORS = 17
"""Version of ONNX's operator set."""
OUTLIERS = (0, 2, 4, 5)
"""Layers whose inner activations have a few values far from the rest, which 8 bit for all of them would blur: the
product behind them stays in 32 bit. Found by leaving out each layer in turn: with these the scores correlate with those
of the whole network at 0.99, without them at 0.97."""


def write_onnx(network: torch.nn.Module, output: str, path: Path, operators: int) -> None:
    """Write a network that makes one row of each text's tokens and their mask, in 32 bit.

    Args:
        network: takes `ids` and `mask`, shape (texts, tokens).
        output: name of what it gives, shape (texts, …).
        path: the file.
        operators: version of ONNX's operator set.
    """
    network.eval()
    ids = torch.tensor([[0, 5, 2, 2, 6, 2]] * 2)
    with warnings.catch_warnings():
        # The exporter that torch now prefers needs further packages; this one warns of its age and of what it traces.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (ids, torch.ones_like(ids)),
            str(path),
            input_names=["ids", "mask"],
            output_names=[output],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in ("ids", "mask")} | {output: {0: "texts"}},
            opset_version=operators,
            dynamo=False,
        )


def export(network: ReadingNetwork, tokenizer: Tokenizer, folder: Path) -> CrossEncoder:
    """Write `cross_encoder.onnx` and `tokenizer.json` into a folder, and return what the assistant makes of them.

    Weights are in 8 bit, activations are brought to 8 bit as they come. The weights keep to 7 of the bits: processors
    without VNNI add pairs of products in 16 bit, and would clip them.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        write_onnx(network, "logits", whole, OPERATORS)
        quantize_dynamic(
            whole,
            folder / "cross_encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=[f"/encoder/encoder/layer.{layer}/output/dense/MatMul" for layer in OUTLIERS],
        )
    tokenizer.save(str(folder / "tokenizer.json"))
    return CrossEncoder(load_network(folder / "cross_encoder.onnx", folder / "tokenizer.json", threads=1))
