"""What training reads: pairs of a question and a passage, and whether the passage answers it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a passage.

    Attributes:
        question: as typed, or as the assistant reads it.
        passage: as the cross-encoder is shown it, its heading before it.
        answers: whether the passage answers the question, or a part of it.
        weight: what the pair counts.
    """

    question: str
    passage: str
    answers: bool
    weight: float = 1.0
