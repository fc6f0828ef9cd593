"""The bundled embedder's weights, public sets and our own questions → the cross-encoder that the assistant carries.

Three stages. A network is trained on public sets. From there several are trained on our own questions, each with
another seed. What these say together of each pair, which is steadier than what one says or a label does, is then what
the one network learns that is carried.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from assistant.answering.cross_encoder import CrossEncoder
from assistant.config import Settings
from eval.errors import DataMissing
from eval.training.export import export
from eval.training.fine_tuning import Plan, ReadingNetwork, fine_tune, judged, labels
from eval.training.foundation import foundation, read_e5
from eval.training.own_pairs import own_pairs
from eval.training.pairs import Pair
from eval.training.public_pairs import public_pairs

WEIGHTS = Path(__file__).resolve().parents[2] / "assistant" / "answering" / "weights"
PUBLIC = Plan(epochs=1, rate=6e-5)
TEACHERS = 6
"""How many networks judge the pairs for the one that is carried."""
TEACHING = Plan(epochs=4, rate=1.1e-4, batch_tokens=9000, agreement=0.5)
LEARNING = Plan(epochs=4, rate=1e-4, batch_tokens=7200)
DROPOUT = 0.1
"""Share of the units left out on our own questions."""
TAUGHT = 0.6
"""What the teachers' judgement counts, beside the label, in what is to be learnt."""

Report = Callable[[str, int, int, float], None]
"""Called with (what is being trained on, steps done, of how many, mean loss of late)."""


def run(
    settings: Settings, data: Path, kept: Path, report: Report, out: Path = WEIGHTS, teachers: int = TEACHERS
) -> dict[str, float]:
    """Train and write the cross-encoder, and return how it tells the pairs it was trained on apart.

    Args:
        settings: those of the ingested decision.
        data: the folder that holds the folders cmrc2018, drcd and stard.
        kept: file in which the weights after the public sets are kept; they are taken from there where it exists.
        report: told how it goes.
        out: where the cross-encoder is written.
        teachers: how many networks judge the pairs; with none the labels are learnt.

    Raises:
        DataMissing: none of the public sets lies in `data`.
    """
    file = read_e5()
    encoder, tokenizer = foundation(file)
    if not kept.is_file():
        general = public_pairs(data)
        if not general:
            raise DataMissing(f"{data} holds none of the folders cmrc2018, drcd and stard")
        network = ReadingNetwork(encoder)
        fine_tune(network, tokenizer, general, PUBLIC, partial(report, "public sets"))
        network.save(kept)

    def started() -> ReadingNetwork:
        network = ReadingNetwork(foundation(file, DROPOUT)[0])
        network.load(kept)
        return network

    own = own_pairs(settings)
    judgements = []
    for seed in range(teachers):
        network = started()
        fine_tune(network, tokenizer, own, replace(TEACHING, seed=seed), partial(report, f"teacher {seed + 1}"))
        judgements.append(judged(network, tokenizer, own))
    network = started()
    targets = taught(own, np.mean(judgements, axis=0)) if judgements else None
    fine_tune(network, tokenizer, own, LEARNING, partial(report, "what the teachers say"), targets)
    return {"pairs": float(len(own)), "AUROC of the pairs": auroc(export(network, tokenizer, out), own[:2000])}


def taught(pairs: Sequence[Pair], judgement: Sequence[float]) -> list[float]:
    """The probability to learn for each pair: its label's, and what the teachers' mean log-odds come to."""
    return [
        (1 - TAUGHT) * label + TAUGHT * float(expit(odds)) for label, odds in zip(labels(pairs), judgement, strict=True)
    ]


def auroc(model: CrossEncoder, pairs: list[Pair]) -> float:
    """How well a cross-encoder tells pairs that answer from others."""
    scores = [float(model.score(pair.question, [pair.passage])[0]) for pair in pairs]
    return float(roc_auc_score([pair.answers for pair in pairs], scores))
