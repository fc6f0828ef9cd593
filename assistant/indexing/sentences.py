"""Sentences: a text → the offsets of its sentences, and of the parts of a sentence.

Both tile the text except for white space: every other character lies in exactly one span, and no span begins or ends
with white space, so a span can be quoted as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.indexing.tables import ROW, Span

_CLOSERS = '”’」』）)》】〕\\]"'
_SENTENCE_END = re.compile(rf"[。！？](?:[。！？!?…]|[{_CLOSERS}])*|[!?]+[{_CLOSERS}]*(?=$|[^\x21-\x7e])|\n")
_PAIRS = dict(zip("“‘《〈【「『（〔[", "”’》〉】」』）〕]", strict=True))
_CLOSING = frozenset(_PAIRS.values())
_ALIKE = str.maketrans("()", "（）")


def split_sentences(text: str) -> list[Span]:
    """Splits a text into sentences.

    A sentence ends after 。！？ (also ! and ? where no Latin text follows at once), together with the quotation marks
    and brackets that close there, and at a line feed; `；` and `：` do not end one. A row of a table is one.

    Args:
        text: any text.

    Returns:
        Half-open offsets [start, end), ascending; only white space lies between, before and after them.
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    if "|" in text:
        rows = [match.span() for match in ROW.finditer(text)]
        starts = [start for start, _ in rows]
        # The last row that begins before an end is the only one that it can lie in.
        before = [bisect_left(starts, end) - 1 for end in ends]
        ends = [end for end, at in zip(ends, before, strict=True) if at < 0 or end > rows[at][1]]
    return _spans(text, ends)


def split_parts(sentence: str, delimiters: str = "；;，") -> list[Span]:
    """Splits a sentence at `；` and `，` that stand outside quotation marks and brackets; never at `、`.

    Args:
        sentence: one sentence.
        delimiters: the characters to split after.

    Returns:
        Half-open offsets [start, end) of the parts, each with the mark that ends it; only white space lies between.
    """
    inside = _enclosed(sentence)
    return _spans(sentence, [i + 1 for i, c in enumerate(sentence) if c in delimiters and not inside[i]])


def _spans(text: str, ends: list[int]) -> list[Span]:
    spans, start = [], 0
    for end in [*ends, len(text)]:
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append((left, right))
        start = end
    return spans


def _enclosed(text: str) -> list[bool]:
    """For each character, whether it lies inside a pair of marks; marks without a partner enclose nothing."""
    inside = [False] * len(text)
    stack: list[tuple[str, int]] = []
    for i, character in enumerate(text.translate(_ALIKE)):
        if character in _PAIRS:
            stack.append((_PAIRS[character], i))
        elif character in _CLOSING and any(closer == character for closer, _ in stack):
            while stack[-1][0] != character:
                stack.pop()
            start = stack.pop()[1]
            inside[start : i + 1] = [True] * (i + 1 - start)
    return inside
