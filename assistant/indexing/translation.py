"""Pairs of a translation → what is read of them alone, and the sentences that they are parts of.

A pair is a sentence or, where Chinese strings many statements together with commas, a part of one. The parts of a
sentence, joined with spaces, read as one sentence; a part alone begins and ends in the midst of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from assistant.indexing.catalogue import TranslatedSentence
from assistant.indexing.sentences import split_sentences

_LINK = re.compile(r"^and (?=\S)")
_OPEN_END = re.compile(r"[,;:]$")


def standing(parts: Sequence[str]) -> list[str]:
    """Neighbouring parts of a translation as they stand alone.

    Args:
        parts: their texts, in reading order.

    Returns:
        The same texts; the first begins with a capital and without the “and” that linked it to what is not shown, and
        the last ends with a full stop where it ended with a mark in the midst of a sentence.
    """
    found = [part.strip() for part in parts]
    if found:
        first = _LINK.sub("", found[0])
        found[0] = first[:1].upper() + first[1:]
        found[-1] = _OPEN_END.sub(".", found[-1])
    return found


def by_sentence(text: str, pairs: Sequence[TranslatedSentence]) -> list[str]:
    """The English of the sentence that each pair is part of, one for each pair: equal for pairs of one sentence.

    A question is held against whole sentences: of many short texts one is near to any question.

    Args:
        text: the document's text.
        pairs: its pairs, in order.
    """
    starts = [start for start, _ in split_sentences(text)]
    parts: dict[int, list[str]] = {}
    places = [bisect_right(starts, pair.start) for pair in pairs]
    for place, pair in zip(places, pairs, strict=True):
        parts.setdefault(place, []).append(pair.text)
    return [" ".join(parts[place]) for place in places]
