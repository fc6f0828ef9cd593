"""A question over a corpus of many documents → what whole documents tell of whether it is answered.

In one document the words of a question are there or they are not. In a corpus of hundreds nearly every word stands
somewhere, and some passage is near to every question. What tells there is how much of the question one document holds
together, each pair of characters counted by its rarity, and by how much it exceeds every other document.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.indexing.analysis import character_pairs
from assistant.indexing.index import Index

BROAD = 100
"""Documents from which a corpus is as broad as matters."""


def breadth(index: Index, documents: Sequence[str] = ()) -> float:
    """How broad the corpus is: 0 for one document, 1 from BROAD documents on, between them by the logarithm.

    Args:
        index: the corpus.
        documents: those that are searched; empty means all.
    """
    return min(1.0, math.log(max(1, len(documents) or index.lexical_index.document_count)) / math.log(BROAD))


def held_and_lead(index: Index, text: str, document: str, documents: Sequence[str] = ()) -> tuple[float, float] | None:
    """The share of a question that a document holds, and how much more that is than the best of the others hold.

    Args:
        index: the corpus.
        text: the question.
        document: id of the document.
        documents: those that are searched; empty means all.

    Returns:
        The share in [0, 1] and the difference in [-1, 1]; None for a question without pairs of characters that could
        be looked for, such as an English one.
    """
    pairs = list(dict.fromkeys(character_pairs(text)))
    if not pairs:
        return None
    lexical = index.lexical_index
    held = dict(lexical.held_by_documents(pairs, 1, [document])).get(document, 0.0)
    best = lexical.held_by_documents(pairs, 2, documents)
    return held, held - max((share for other, share in best if other != document), default=0.0)
