"""Two things that a claim has the wrong way round: 研发在攀枝花,生产在成渝, where the text has 研发在成渝,生产在攀枝花.

In the text one thing stands beside its own, the other beside its own; the claim names all four and puts one beside what
the text has with the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from assistant.answering.expansion import Term
from assistant.answering.quantities import Quantity

_CLAIMED = re.compile(r"[,;。:?!]|还有|但是?|而(?![且非])")
"""Where one thing that is claimed ends and the next begins. A list comma may be within it: 党组织、党员都要扛."""
_SENTENCE = re.compile("[;。]")
"""What parts a text between places or bodies, which are given several tasks each."""
_PART = re.compile("[,;。:]")
_QUOTES = re.compile('[“”"]')
_SEVERAL = re.compile("[和与跟及]|以及")
_NOT = re.compile("[不没未非]|还是")

Sought = Mapping[str, re.Pattern[str]]
"""What is looked for in a text, by how the claim has it."""


def exchanged(claim: str, text: str, terms: Sequence[Term], numbers: Sequence[Quantity]) -> str:
    """The part of a normalised claim that puts one of two things beside what a text has with the other; empty for none.

    Args:
        claim: the claim.
        text: a normalised text on it.
        terms: what the claim names.
        numbers: the quantities that it names.
    """
    sought: dict[str, re.Pattern[str]] = {
        term.surface: re.compile("|".join(re.escape(word) for word, degree in term.standins if degree >= 1.0))
        for term in terms
        if len(term.surface) > 1 and any(degree >= 1.0 for _, degree in term.standins)
    }
    counted = {
        f"{digits}{unit}": re.compile(rf"(?<![\d.]){re.escape(digits)}{unit}") for digits, unit in numbers if unit
    }
    pieces = [piece.strip() for piece in _CLAIMED.split(claim)]
    members = [piece.strip() for clause in pieces for piece in clause.split("、")]
    for piece, four in _crossed(pieces, _placed(sought, _SENTENCE.split(text))):
        if sum(_is_to_do(name, sought, text) for name in four) > 1:
            return piece
    parts = _PART.split(text)
    for piece, _ in _crossed(pieces, _placed(sought, parts)):
        return piece
    for part in parts:
        listed = part.split("、")
        own = _placed({**sought, **counted}, listed)
        for piece, four in _crossed(members, own):
            if _are_alike(four, own, listed, counted):
                return piece
    return ""


Crossed = tuple[str, tuple[str, str, str, str]]
"""The piece of a claim, and (a, b, the one that the text has with a, the one that it has with b)."""


def _placed(sought: Sought, parts: Sequence[str]) -> dict[str, int]:
    """In which part of a text each thing stands, of those that stand in one only."""
    where = {name: [at for at, part in enumerate(parts) if pattern.search(part)] for name, pattern in sought.items()}
    return {name: places[0] for name, places in where.items() if len(places) == 1}


def _crossed(pieces: Sequence[str], own: Mapping[str, int]) -> Iterator[Crossed]:
    """The pieces of a claim that put together two things which the text has apart, each beside another of the claim."""
    beside = [{name for name in own if name in piece} for piece in pieces]
    named = sorted(set().union(*beside))

    def together(one: str, other: str) -> bool:
        return any(one in names and other in names for names in beside)

    for piece, names in zip(pieces, beside, strict=True):
        if _NOT.search(piece) or _SEVERAL.search(piece):
            continue
        for a, b in permutations(sorted(names), 2):
            if own[a] == own[b]:
                continue
            with_a = next((name for name in named if name != a and own[name] == own[a] and not together(a, name)), "")
            with_b = next((name for name in named if name != b and own[name] == own[b] and not together(b, name)), "")
            if with_a and with_b:
                yield piece, (a, b, with_a, with_b)


def _is_to_do(name: str, sought: Sought, text: str) -> bool:
    """Whether a text gives a place or a body tasks of its own: 西区要…."""
    return bool(re.search(rf"(?:{sought[name].pattern})[县区市]?(?:要|应|将|负责)", text))


def _are_alike(four: tuple[str, str, str, str], own: Mapping[str, int], parts: Sequence[str], counted: Sought) -> bool:
    """Whether the members of a list are of one make: each with its number, or as long (工业强县、农业富县)."""
    a, b, *_ = four
    numbers = set(counted).intersection(four)
    lengths = {max(map(len, _QUOTES.split(parts[own[name]]))) for name in (a, b)}
    return len(numbers) == 2 or (not numbers and len(lengths) == 1)
