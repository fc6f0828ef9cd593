"""The bundled embedder's weights, public sets and our own questions → the cross-encoder that the assistant carries.

Three stages. A network is trained on public sets. From there several are trained on our own questions, each with
another seed. What these say together of each pair, which is steadier than what one says or a label does, is then what
the one network learns that is carried.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import expit
from sklearn.metrics import roc_auc_score
from torch import Tensor

from assistant.answering.cross_encoder import CrossEncoder
from assistant.config import Settings
from eval.errors import DataMissing
from eval.suites.base import SEED
from eval.training.carried import carried
from eval.training.export import export
from eval.training.fine_tuning import Plan, ReadingNetwork, fine_tune, judged, labels
from eval.training.foundation import foundation, read_e5
from eval.training.own_pairs import FURTHER, own_pairs
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

LATER = Plan(epochs=2, rate=6e-5, held=4)
"""How the carried network is trained on."""
REPLAY = 1_800
"""How many questions of READING, some 10,000 pairs, it is shown again then."""
KEPT = 0.6
"""What its own judgement of those counts, beside the label, in what is to be learnt: it is not to forget them."""
BEFORE = 0.5
"""What the weights from before count in those that are carried afterwards (Wortsman et al. 2022, model soups)."""

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

    own = own_pairs(settings) + own_pairs(settings, FURTHER, neighbours=True)
    random.Random(SEED).shuffle(own)
    judgements = []
    for seed in range(teachers):
        network = started()
        fine_tune(network, tokenizer, own, replace(TEACHING, seed=seed), partial(report, f"teacher {seed + 1}"))
        judgements.append(judged(network, tokenizer, own))
    network = started()
    targets = taught(own, np.mean(judgements, axis=0)) if judgements else None
    fine_tune(network, tokenizer, own, LEARNING, partial(report, "what the teachers say"), targets)
    return {"pairs": float(len(own)), "AUROC of the pairs": auroc(export(network, tokenizer, out), own[:2000])}


def go_on(settings: Settings, report: Report, out: Path = WEIGHTS) -> dict[str, float]:
    """Train the cross-encoder that is carried on, with the questions in FURTHER; two cores take about an hour.

    It starts from the file in WEIGHTS: what was trained on these questions before (ADR 24) goes over them again.

    Args:
        settings: those of the ingested decision.
        report: told how it goes.
        out: where the cross-encoder is written.

    Returns:
        How it tells pairs that it was trained on apart.
    """
    network, tokenizer = carried(WEIGHTS / "cross_encoder.onnx", DROPOUT)
    fresh, known = own_pairs(settings, FURTHER, neighbours=True), own_pairs(settings, most=REPLAY)
    pairs = fresh + known
    targets = labels(fresh) + taught(known, judged(network, tokenizer, known).tolist(), KEPT)
    order = random.Random(SEED).sample(range(len(pairs)), len(pairs))
    shuffled = [pairs[place] for place in order]
    before = {name: weights.clone() for name, weights in network.state_dict().items()}
    fine_tune(network, tokenizer, shuffled, LATER, partial(report, "further"), [targets[place] for place in order])
    average(network, before, BEFORE)
    return {"pairs": float(len(pairs)), "AUROC of the pairs": auroc(export(network, tokenizer, out), shuffled[:2000])}


def average(network: ReadingNetwork, other: Mapping[str, Tensor], share: float) -> None:
    """Put the mean of a network's weights and others of the same names and shapes, which count `share`, in place."""
    mean = {name: weights.lerp(other[name].to(weights), share) for name, weights in network.state_dict().items()}
    network.load_state_dict(mean)


def taught(pairs: Sequence[Pair], judgement: Sequence[float], share: float = TAUGHT) -> list[float]:
    """The probability to learn for each pair: its label's, and to a share what a judgement in log-odds comes to."""
    return [
        (1 - share) * label + share * float(expit(odds)) for label, odds in zip(labels(pairs), judgement, strict=True)
    ]


def auroc(model: CrossEncoder, pairs: list[Pair]) -> float:
    """How well a cross-encoder tells pairs that answer from others."""
    scores = [float(model.score(pair.question, [pair.passage])[0]) for pair in pairs]
    return float(roc_auc_score([pair.answers for pair in pairs], scores))
