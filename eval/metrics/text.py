"""Texts → whether one occurs in another, how long an answer is, and how much two texts share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

_MARKER = re.compile(r"\s*\[(\d+)\]")


def squash(text: str) -> str:
    """The text in the form in which facts are looked up: NFKC, case folded, all white space removed."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def strip_markers(text: str, markers: Collection[int]) -> str:
    """The text without its citation markers.

    Args:
        text: an answer's text.
        markers: the numbers that are markers; `[2020]` stays when 2020 is none of them.
    """
    return _MARKER.sub(lambda match: "" if int(match[1]) in markers else match[0], text)


def markers_in(text: str) -> set[int]:
    """The numbers n that stand as `[n]` in a text."""
    return {int(match[1]) for match in _MARKER.finditer(text)}


def answer_length(text: str, markers: Collection[int]) -> int:
    """Length of an answer in characters, without its citation markers and the white space around it."""
    return len(strip_markers(text, markers).strip())


def contains_any(haystack: str, alternatives: Sequence[str]) -> bool:
    """Whether one of the alternatives occurs in the (already squashed) haystack.

    Raises:
        ValueError: there is no alternative, or one is only white space: it would be found anywhere.
    """
    needles = [squash(alternative) for alternative in alternatives]
    if not needles or not all(needles):
        raise ValueError("a fact needs at least one alternative, and no alternative may be blank")
    return any(needle in haystack for needle in needles)


def is_verbatim(quote: str, text: str, start: int, end: int) -> bool:
    """Whether a quote is the document's text at [start, end), word for word. An empty quote is not."""
    return bool(quote) and 0 <= start < end <= len(text) and text[start:end] == quote


def common_subsequence_length(a: Sequence[str], b: Sequence[str]) -> int:
    """Length of the longest common subsequence of two sequences, in len(b) steps on integers of len(a) bits.

    Source: Hyyrö, "Bit-parallel LCS-length computation revisited", AWOCA 2004.
    """
    masks: dict[str, int] = {}
    for position, token in enumerate(a):
        masks[token] = masks.get(token, 0) | 1 << position
    full = (1 << len(a)) - 1
    state = full
    for token in b:
        matches = state & masks.get(token, 0)
        state = ((state + matches) | (state - matches)) & full
    return len(a) - state.bit_count()


def rouge_l(answer: str, reference: str) -> float:
    """ROUGE-L of an answer at the level of characters, in [0, 1].

    F with beta = 1 of the longest common subsequence: 2 LCS / (len(answer) + len(reference)), both squashed.
    Source: Lin, "ROUGE: a package for automatic evaluation of summaries", 2004.

    Raises:
        ValueError: the reference is blank: missing gold is an error, not 0.
    """
    left, right = squash(answer), squash(reference)
    if not right:
        raise ValueError("ROUGE-L needs a reference that is not blank")
    return 2 * common_subsequence_length(left, right) / (len(left) + len(right))


def longest_common_substring(a: str, b: str) -> int:
    """Length in characters of the longest string that occurs in both.

    A string of length n shared means one of length n - 1 is shared too, so the length is found by bisection.
    """
    low, high = 0, min(len(a), len(b))
    while low < high:
        length = (low + high + 1) // 2
        if any(a[start : start + length] in b for start in range(len(a) - length + 1)):
            low = length
        else:
            high = length - 1
    return low


def phrasing_overlap(question: str, document: str) -> float:
    """How much of a question is taken from the document's wording, in [0, 1].

    The longest run of characters that stands in both (squashed), as a share of the question's length.

    Raises:
        ValueError: the question is blank.
    """
    squashed = squash(question)
    if not squashed:
        raise ValueError("the question is blank")
    return longest_common_substring(squashed, squash(document)) / len(squashed)
