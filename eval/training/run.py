"""The bundled embedder's weights, public sets and our own questions → the cross-encoder that the assistant carries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sklearn.metrics import roc_auc_score

from assistant.answering.cross_encoder import CrossEncoder
from assistant.config import Settings
from eval.errors import DataMissing
from eval.training.export import export
from eval.training.fine_tuning import ReadingNetwork, fine_tune
from eval.training.foundation import foundation, read_e5
from eval.training.own_pairs import own_pairs
from eval.training.pairs import Pair
from eval.training.public_pairs import public_pairs

WEIGHTS = Path(__file__).resolve().parents[2] / "assistant" / "answering" / "weights"
GENERAL_RATE, OWN_RATE = 6e-5, 5e-5
"""Learning rates on public sets and on our own questions."""
OWN_EPOCHS = 2.0
"""How often each of our own pairs is read; the public ones are read once."""

Report = Callable[[str, int, int, float], None]
"""Called with (what is being trained on, steps done, of how many, mean loss of late)."""


def run(settings: Settings, data: Path, kept: Path, report: Report, out: Path = WEIGHTS) -> dict[str, float]:
    """Train and write the cross-encoder, and return how it tells the pairs it was trained on apart.

    Args:
        settings: those of the ingested decision.
        data: the folder that holds the folders cmrc2018, drcd and stard.
        kept: file in which the weights after the public sets are kept; they are taken from there where it exists.
        report: told how it goes.
        out: where the cross-encoder is written.

    Raises:
        DataMissing: none of the public sets lies in `data`.
    """
    encoder, tokenizer = foundation(read_e5())
    network = ReadingNetwork(encoder)
    if kept.is_file():
        network.load(kept)
    else:
        general = public_pairs(data)
        if not general:
            raise DataMissing(f"{data} holds none of the folders cmrc2018, drcd and stard")
        fine_tune(network, tokenizer, general, 1.0, GENERAL_RATE, lambda *at: report("public sets", *at))
        network.save(kept)
    own = own_pairs(settings)
    fine_tune(network, tokenizer, own, OWN_EPOCHS, OWN_RATE, lambda *at: report("our questions", *at))
    return {"pairs": float(len(own)), "AUROC of the pairs": auroc(export(network, tokenizer, out), own[:2000])}


def auroc(model: CrossEncoder, pairs: list[Pair]) -> float:
    """How well a cross-encoder tells pairs that answer from others."""
    scores = [float(model.score(pair.question, [pair.passage])[0]) for pair in pairs]
    return float(roc_auc_score([pair.answers for pair in pairs], scores))
