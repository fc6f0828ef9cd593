"""Pairs → a fine-tuned cross-encoder: the network under a head that says whether the passage answers.

A loop of its own instead of a trainer's: pairs of like length go together, matrices are multiplied in 16 bit, and two
readings of a pair with other units left out are drawn together (Liang et al. 2021, R-Drop). The vectors of the pieces
stay as they are: words that no training question holds keep their place among those that some hold. It runs on a GPU
where there is one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from assistant.answering.cross_encoder import tokens_of
from assistant.indexing.networks import padded
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


@dataclass(frozen=True, slots=True)
class Plan:
    """How a network is trained.

    Attributes:
        epochs: how often each pair is read.
        rate: the learning rate at its highest, of AdamW.
        batch_tokens: tokens of a batch, padding included.
        agreement: what it counts that two readings of a pair, each without other units, differ; with 0 pairs are read
            once.
        seed: of the order of the pairs and the units left out.
        held: how many of the lowest layers stay as they are; what these make of the pairs is worked out only once.
    """

    epochs: int
    rate: float
    batch_tokens: int = BATCH_TOKENS
    agreement: float = 0.0
    seed: int = SEED
    held: int = 0


def best_device() -> torch.device:
    """The GPU where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _in_half(device: torch.device) -> torch.autocast:
    """16-bit arithmetic where the device has it: a processor that has not takes seven times as long with it."""
    features = torch.cpu.get_capabilities()
    has = device.type != "cpu" or any(features.get(name) for name in ("avx512_bf16", "amx_bf16"))
    return torch.autocast(device.type, torch.bfloat16, enabled=has)


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

    def begun(self, ids: Tensor, mask: Tensor, layers: int) -> Tensor:
        """What the lowest layers make of the tokens, shape (pairs, tokens, units)."""
        return self._through(self.encoder.embeddings(input_ids=ids), mask, self.encoder.encoder.layer[:layers])

    def ended(self, states: Tensor, mask: Tensor, layers: int) -> Tensor:
        """Log-odds that the passages answer, from what that many of the lowest layers made of the tokens."""
        first = self._through(states, mask, self.encoder.encoder.layer[layers:])[:, 0]
        return torch.as_tensor(self.head(first)[:, 0])

    @staticmethod
    def _through(states: Tensor, mask: Tensor, layers: nn.ModuleList) -> Tensor:
        unseen = (1.0 - mask[:, None, None, :].to(states.dtype)) * torch.finfo(states.dtype).min
        for layer in layers:
            states = layer(states, unseen)
        return states

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
    network: ReadingNetwork,
    tokenizer: Tokenizer,
    pairs: Sequence[Pair],
    plan: Plan,
    report: Report,
    targets: Sequence[float] | None = None,
) -> None:
    """Train a network in place.

    Args:
        network: what to train; it is left on the processor.
        tokenizer: its tokenizer.
        pairs: what to train on.
        plan: how.
        report: told how it goes, every step.
        targets: the probability to learn for each pair; by default whether it answers, SMOOTHING short of certain.
    """
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    device = best_device()
    tokens = tokens_of(tokenizer, [(pair.question, pair.passage) for pair in pairs])
    read = _reader(network.to(device).eval(), tokens, plan.held, device)
    network.train()
    if targets is None:
        targets = labels(pairs)
    wanted = torch.tensor(targets, dtype=torch.float32, device=device)
    weight = torch.tensor([pair.weight for pair in pairs], dtype=torch.float32, device=device)
    lengths = [len(one) for one in tokens]
    steps = [batch for _ in range(plan.epochs) for batch in batches(lengths, draw, plan.batch_tokens)]
    for part in (network.encoder.embeddings, *network.encoder.encoder.layer[: plan.held]):
        part.requires_grad_(False)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = _optimizer(trained, plan.rate)
    mean = 0.0
    for step, batch in enumerate(steps):
        warm = min(1.0, (step + 1) / (WARM_UP * len(steps)))
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * warm * max(LEAST_RATE, 1 - step / len(steps))
        loss = _loss(read, batch, wanted[batch], weight[batch], plan.agreement)
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        mean = float(loss.detach()) if step == 0 else 0.98 * mean + 0.02 * float(loss.detach())
        report(step + 1, len(steps), mean)
    network.to("cpu")


def labels(pairs: Sequence[Pair]) -> list[float]:
    """The probability that each pair's label stands for."""
    return [1 - SMOOTHING if pair.answers else SMOOTHING for pair in pairs]


def _optimizer(trained: Sequence[nn.Parameter], rate: float) -> torch.optim.Optimizer:
    """AdamW; only matrices are drawn towards zero."""
    groups: list[dict[str, Any]] = [
        {"params": [parameter for parameter in trained if parameter.dim() > 1], "weight_decay": 0.01},
        {"params": [parameter for parameter in trained if parameter.dim() <= 1], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=rate)


def _read(network: ReadingNetwork, tokens: Sequence[list[int]], device: torch.device) -> Tensor:
    ids, mask = padded(tokens)
    with _in_half(device):
        logits = network(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device))
    return torch.as_tensor(logits.float())


def _reader(
    network: ReadingNetwork, tokens: Sequence[list[int]], held: int, device: torch.device
) -> Callable[[Sequence[int]], Tensor]:
    """What gives the log-odds of the pairs at some places; with layers held, from what these made of all beforehand."""
    if not held:
        return lambda batch: _read(network, [tokens[place] for place in batch], device)
    states: list[Tensor] = [torch.empty(0)] * len(tokens)
    with torch.no_grad(), _in_half(device):
        for batch in batches([len(one) for one in tokens], None, 2 * BATCH_TOKENS):
            ids, mask = padded([tokens[place] for place in batch])
            made = network.begun(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device), held)
            for place, of_pair in zip(batch, made.bfloat16().cpu(), strict=True):
                states[place] = of_pair[: len(tokens[place])].clone()

    def read(batch: Sequence[int]) -> Tensor:
        of_batch = nn.utils.rnn.pad_sequence([states[place] for place in batch], batch_first=True).to(device)
        _, mask = padded([tokens[place] for place in batch])
        with _in_half(device):
            logits = network.ended(of_batch.float(), torch.from_numpy(mask).to(device), held)
        return torch.as_tensor(logits.float())

    return read


def _loss(
    read: Callable[[Sequence[int]], Tensor], batch: Sequence[int], wanted: Tensor, weight: Tensor, agreement: float
) -> Tensor:
    readings = [read(batch) for _ in range(2 if agreement else 1)]
    losses = [
        (nn.functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * weight).mean()
        for logits in readings
    ]
    loss = torch.stack(losses).mean()
    if agreement:
        one, other = readings
        # The two Kullback-Leibler divergences between the two readings, added.
        loss = loss + agreement * ((torch.sigmoid(one) - torch.sigmoid(other)) * (one - other)).mean() / 2
    return loss


def judged(network: ReadingNetwork, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> NDArray[np.float64]:
    """Log-odds that the passage answers, of each pair, shape (pairs,)."""
    device = best_device()
    network.to(device).eval()
    tokens = tokens_of(tokenizer, [(pair.question, pair.passage) for pair in pairs])
    found = np.zeros(len(pairs))
    with torch.no_grad():
        for batch in batches([len(one) for one in tokens], None, 4 * BATCH_TOKENS):
            found[batch] = _read(network, [tokens[place] for place in batch], device).cpu().numpy()
    network.to("cpu")
    return found
