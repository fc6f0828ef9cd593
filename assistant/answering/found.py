"""What was found for one sub-question, and how it was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answering.answerability import Judgement
from assistant.answering.degrees import SURE
from assistant.answering.passage import Passage
from assistant.answering.ranking import Ranking
from assistant.answering.sub_question import SubQuestion


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one sub-question: the ranked chunks, the places chosen, what to quote, and the judgement.

    `vector` is the question's, `lexical` the BM25 scores by chunk id: what further chunks are ranked with.
    """

    question: SubQuestion
    ranking: Ranking
    places: list[int]
    passages: list[Passage]
    judgement: Judgement
    vector: NDArray[np.float32]
    lexical: Mapping[str, float]

    @property
    def is_sure(self) -> bool:
        """Whether the cross-encoder is sure that one of the chosen chunks answers."""
        return self.ranking.odds(self.places) >= SURE
