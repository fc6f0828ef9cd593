"""Which labels are meant: the numbers of the candidates in order → the candidates that form a numbering."""

from __future__ import annotations

from collections.abc import Sequence

_GAP, _JUMP, _RESTART, _RESTART_IN_NEW_PART = 0.6, 1.6, 2.6, 0.1
_LOOK_BACK = 400


def numbering(numbers: Sequence[int], groups: Sequence[int]) -> list[int]:
    """Picks the candidates that continue one another; the rest are references and wrapped lines.

    Every accepted candidate counts 1. Continuing with the next number is free; leaving out one number costs 0.6;
    leaving out more costs 1.6, so that it takes two labels in a row to believe it; starting again from 1 is almost
    free in a new part and costs 2.6 within one. The best chain is found by dynamic programming.

    Args:
        numbers: the numbers of the candidates, in the order of the text.
        groups: for each candidate, the part it stands in; a numbering may start again when this changes.

    Returns:
        Indices of the accepted candidates, ascending.
    """
    best: list[float] = []
    before: list[int] = []
    for i, number in enumerate(numbers):
        score, link = 1.0 - min(0.3 * abs(number - 1), 0.8), -1
        for j in range(max(0, i - _LOOK_BACK), i):
            reached = best[j] + 1.0 - _cost(numbers[j], number, groups[j] != groups[i])
            if reached > score + 1e-9:
                score, link = reached, j
        best.append(score)
        before.append(link)
    if not best:
        return []
    chain = [max(range(len(best)), key=lambda i: (best[i], -i))]
    while before[chain[-1]] >= 0:
        chain.append(before[chain[-1]])
    return chain[::-1]


def _cost(previous: int, number: int, new_part: bool) -> float:
    step = number - previous
    if step == 1:
        return 0.0
    if number == 1:
        return _RESTART_IN_NEW_PART if new_part else _RESTART
    if step == 2 or (number == 2 and new_part):
        return _GAP
    return _JUMP if step > 2 else 100.0
