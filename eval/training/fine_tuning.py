"""Pairs → a fine-tuned cross-encoder: the network under a head that says whether the passage answers.

A loop of its own instead of a trainer's: pairs of like length go together, and matrices are multiplied in 16 bit, so
that two cores do in half an hour what a general trainer takes hours for. The vectors of the pieces stay as they are:
words that no training question holds keep their place among those that some hold.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from assistant.answering.cross_encoder import padded, tokens_of
from eval.suites.base import SEED
from eval.training.pairs import Pair

BATCH_TOKENS = 3600
"""Tokens of a batch, padding included."""
SMOOTHING = 0.02
"""Both targets lie that far from certainty: some labels are wrong."""
WARM_UP = 0.06
"""Share of the steps in which the learning rate grows."""
LEAST_RATE = 0.02
"""Share of the learning rate that is left in the end."""

Report = Callable[[int, int, float], None]
"""Called with (steps done, of how many, mean loss of late)."""


class ReadingNetwork(nn.Module):
    """A network that reads pairs, and the head on its first token; maps (pairs, tokens) to log-odds (pairs,)."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.head = nn.Linear(encoder.config.hidden_size, 1)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Log-odds that the passages answer."""
        first = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state[:, 0]
        return torch.as_tensor(self.head(first)[:, 0])

    def save(self, path: Path) -> None:
        """Keep the weights for another session of training."""
        torch.save(self.state_dict(), path)

    def load(self, path: Path) -> None:
        """Take weights that were kept."""
        self.load_state_dict(torch.load(path, weights_only=True))


def batches(lengths: Sequence[int], draw: random.Random | None, most: int = BATCH_TOKENS) -> list[list[int]]:
    """Places of pairs, those of like length together; in an order drawn where `draw` is given."""
    jitter = [draw.random() * 8 if draw else 0.0 for _ in lengths]
    found: list[list[int]] = []
    longest = 0
    for place in sorted(range(len(lengths)), key=lambda place: lengths[place] + jitter[place]):
        longest = max(longest, lengths[place])
        if not found or longest * (len(found[-1]) + 1) > most:
            found.append([])
            longest = lengths[place]
        found[-1].append(place)
    if draw:
        draw.shuffle(found)
    return found


def fine_tune(
    network: ReadingNetwork, tokenizer: Tokenizer, pairs: Sequence[Pair], epochs: float, rate: float, report: Report
) -> None:
    """Train a network in place.

    Args:
        network: what to train.
        tokenizer: its tokenizer.
        pairs: what to train on.
        epochs: how often each pair is read; a fraction leaves some out.
        rate: the learning rate at its highest, of AdamW.
        report: told how it goes, every step.
    """
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    tokens = tokens_of(tokenizer, [(pair.question, pair.passage) for pair in pairs])
    rounds = [batches([len(one) for one in tokens], draw) for _ in range(int(np.ceil(epochs)))]
    plan = [batch for batch_round in rounds for batch in batch_round]
    plan = plan[: max(1, round(len(rounds[0]) * epochs))]
    for parameter in network.encoder.embeddings.parameters():
        parameter.requires_grad = False
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    matrices = [parameter for parameter in trained if parameter.dim() > 1]
    groups: list[dict[str, Any]] = [
        {"params": matrices, "weight_decay": 0.01},
        {"params": [parameter for parameter in trained if parameter.dim() <= 1], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=rate)
    network.train()
    mean = 0.0
    for step, batch in enumerate(plan):
        warm = min(1.0, (step + 1) / (WARM_UP * len(plan)))
        for group in optimizer.param_groups:
            group["lr"] = rate * warm * max(LEAST_RATE, 1 - step / len(plan))
        loss = _loss(network, [pairs[place] for place in batch], [tokens[place] for place in batch])
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        mean = float(loss.detach()) if step == 0 else 0.98 * mean + 0.02 * float(loss.detach())
        report(step + 1, len(plan), mean)


def _loss(network: ReadingNetwork, pairs: Sequence[Pair], tokens: Sequence[list[int]]) -> Tensor:
    ids, mask = padded(tokens)
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(torch.from_numpy(ids), torch.from_numpy(mask)).float()
    target = torch.tensor([1 - SMOOTHING if pair.answers else SMOOTHING for pair in pairs])
    weight = torch.tensor([pair.weight for pair in pairs])
    losses = nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none")
    return (losses * weight).mean()
