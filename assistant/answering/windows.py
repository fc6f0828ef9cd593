"""A chunk's text and the terms → the stretch in which the terms stand, for checks that must hold close to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.expansion import Term
from assistant.answering.kinds import holds, holds_count

_STRETCH = re.compile(r"[^,;。!?]+[,;。!?]?")


def stretches(text: str) -> list[str]:
    """The stretches between commas, semicolons and sentence ends of a normalised text, each with its mark."""
    return _STRETCH.findall(text)


def stretch_cover(parts: Sequence[str], terms: Sequence[Term], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weighted share of the terms that each stretch holds, shape (stretches,)."""
    return np.array([sum(w * t.support(part) for t, w in zip(terms, weights, strict=True)) for part in parts])


def near_terms(parts: Sequence[str], cover: NDArray[np.float64], asked: Asked) -> str:
    """The best stretch with its neighbours in the sentence, and the one that opens the segment, which has its subject.

    Of stretches that hold the terms nearly as well, one that also holds the kind of answer asked for comes first.
    """
    if not parts:
        return ""
    best = float(cover.max())
    tied = [i for i, value in enumerate(cover) if value >= 0.85 * best]
    fitting = [i for i in tied if fits(asked, parts[i])]
    at = (fitting or [int(cover.argmax())])[0]
    before = parts[at - 1] if at > 0 and not parts[at - 1].endswith(("。", "!", "?")) else ""
    after = parts[at + 1] if at + 1 < len(parts) and not parts[at].endswith(("。", "!", "?")) else ""
    return _subject(parts, at) + before + parts[at] + after


def _subject(parts: Sequence[str], at: int) -> str:
    """The stretch with which a segment opens, where its subject stands (米易县要…); empty when that is near."""
    first = at
    while first > 0 and not parts[first - 1].endswith((";", "。", "!", "?")):
        first -= 1
    return parts[first] if first < at - 1 else ""


def lists(noun: str, text: str) -> bool:
    """Whether a normalised text lists things of a kind: 新能源产业园和新材料产业园 for 园."""
    last = re.escape(noun[-1])
    item = rf"[^,;。、和与及以“”]{{1,14}}{last}[”]?(?![\u4e00-\u9fff]{{0,1}}{last})"
    several = rf"{item}(?:(?:、|和|与|及|以及){item})+"
    named = rf"、[^,;。]{{2,40}}(?:为代表|为主体?|为重点|为核心|等|协同发展)的?(?:[^,;。、]{{0,6}})?{re.escape(noun)}"
    return bool(re.search(several, text)) or (len(noun) > 1 and bool(re.search(named, text)))


def fits(asked: Asked, text: str) -> bool:
    """Whether a normalised text can hold every kind of answer asked for."""
    return all(holds(kind, text) for kind in asked.kinds) and (
        asked.count_unit is None or holds_count(text, asked.count_unit)
    )
