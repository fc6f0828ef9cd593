"""A question over a corpus of many documents → what whole documents tell of whether it is answered.

In one document the words of a question are there or they are not. In a corpus of hundreds nearly every word stands
somewhere, and some passage is near to every question. What tells there is how much of the question one document holds
together, each pair of characters counted by its rarity.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.indexing.analysis import character_pairs
from assistant.indexing.index import Index

NARROW, BROAD = 30, 300
"""Documents up to which a corpus is judged as one document is, and from which on it is as broad as matters."""


def searched(index: Index, documents: Sequence[str] = ()) -> int:
    """How many documents are searched; `documents` are their ids, empty means all."""
    return len(documents) or index.lexical_index.document_count


def breadth(index: Index, documents: Sequence[str] = ()) -> float:
    """How broad the corpus is: 0 up to NARROW documents, 1 from BROAD documents on, between them by the logarithm.

    Args:
        index: the corpus.
        documents: those that are searched; empty means all.
    """
    return min(1.0, max(0.0, math.log(max(1, searched(index, documents)) / NARROW) / math.log(BROAD / NARROW)))


def held_by(index: Index, text: str, document: str) -> float | None:
    """The share of a question, in [0, 1], that a document holds, each pair of characters counted by its rarity.

    Args:
        index: the corpus.
        text: the question.
        document: id of the document.

    Returns:
        None for a question without pairs of characters that could be looked for, such as an English one.
    """
    pairs = list(dict.fromkeys(character_pairs(text)))
    if not pairs:
        return None
    return dict(index.lexical_index.held_by_documents(pairs, 1, [document])).get(document, 0.0)
