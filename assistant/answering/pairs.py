"""Two things that a corpus names side by side (钒钛新城和攀西科技城) → who speaks of “the two cities” means them.

A question about “两座新城” names neither, and one about “the other one” only the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from assistant.indexing.analysis import normalize

LONGEST_NAME = 8
"""Characters of a name, at most."""
_KINDS = "城区县市园港带"
_TWO = re.compile(
    rf"[“\"]?[这那]?[两二俩]个?(?:大|座|条|处|家)?新?(?P<kind>[{_KINDS}])(?![\u4e00-\u9fff]?[市镇域])[”\"]?(?:之间)?"
)
_TWO_ENGLISH = re.compile(
    r"\"?\b(?:the )?two (?:new )?(?P<kind>cit(?:y|ies)|towns?|districts?|count(?:y|ies)|parks?|belts?)\b\"?"
)
_WHICH_TWO = re.compile(r"哪[两二]|指|什么意思|\bwhich two\b|\bcalled?\b|\bmean\b")
"""What asks for the names themselves."""
_OTHER = re.compile(
    r"(?:那么?)?另外?(?:那)?(?:一|的那)?(?:座|个|条|处)?(?:新?[城区县市园港带])?(?:呢)?[?？。]*$|"
    r"^(?:and )?(?:what about |how about )?the other(?: one| city| town| district| county| park)?\??$"
)
_OTHER_ONE = re.compile(
    r"^(?:那么?)?另外?那?一?(?:座|个|条|处)(?:新?[城区县市园港带])?(?=的|要|将|打算|准备|计划|怎|咋|有|是|定|靠|主要|重点)"
)
"""The same with a question of its own behind it: 另一座的思路呢."""
_ENGLISH_KINDS = {"cit": "城", "tow": "城", "dis": "区", "cou": "县", "par": "园", "bel": "带"}


class Pairs:
    """The pairs of a corpus, by the character in which both names end; looked for when a question first needs them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    @cached_property
    def _pairs(self) -> dict[str, tuple[str, str]]:
        corpus = normalize("\n".join(self._texts))
        return {kind: pair for kind in _KINDS if (pair := _pair(corpus, kind)) is not None}

    def two(self, question: str) -> tuple[str, str] | None:
        """The question asked of each of the two things that it speaks of by their number; None when it does not."""
        match = _TWO.search(question) or _TWO_ENGLISH.search(question)
        if match is None or _WHICH_TWO.search(question):
            return None
        kind = match["kind"]
        pair = self._pairs.get(_ENGLISH_KINDS.get(kind[:3], kind))
        if pair is None:
            return None
        first, second = (question[: match.start()] + name + question[match.end() :] for name in pair)
        return first, second

    def other(self, question: str, named: Collection[str]) -> tuple[str, str] | None:
        """What “the other one” means after a question with these names: (the one that it named, the other one)."""
        if not (_OTHER.search(question) or _OTHER_ONE.search(question)):
            return None
        for first, second in self._pairs.values():
            if (first in named) != (second in named):
                return (first, second) if first in named else (second, first)
        return None


def with_other(question: str, name: str) -> str:
    """The question with a name in the place of “the other one”; empty where it asks nothing else."""
    return _OTHER_ONE.sub(name, question) if _OTHER_ONE.search(question) else ""


def _pair(corpus: str, kind: str) -> tuple[str, str] | None:
    """The two names of a kind that stand side by side most often, each used elsewhere as well."""
    ends = Counter(end for match in re.finditer(kind, corpus) for end in _ends(corpus, match.end()))
    found: Counter[tuple[str, str]] = Counter()
    # Nearly every 和 joins other things: what stands before it is looked at first.
    for match in re.finditer(rf"(?<={kind})和([\u4e00-\u9fff]{{1,7}}?{kind})(?![\u4e00-\u9fff]?{kind})", corpus):
        first, second = _name(_ends(corpus, match.start()), ends), match[1]
        if ends[first] > 1 and ends[second] > 1 and first != second:
            found[first, second] += 1
    return found.most_common(1)[0][0] if found else None


def _ends(corpus: str, at: int) -> list[str]:
    """The ends, of 2 to LONGEST_NAME characters, of the Chinese characters before a place; longest first."""
    run = re.search(r"[\u4e00-\u9fff]*$", corpus[max(0, at - LONGEST_NAME) : at])
    return [run.group()[start:] for start in range(len(run.group()) - 1)] if run else []


def _name(ends: Sequence[str], often: Mapping[str, int]) -> str:
    """The name among the ends of a run of characters: the longest that is used as often as any of more than two."""
    if not ends:
        return ""
    most = max((often[end] for end in ends if len(end) > 2), default=often[ends[-1]])
    return next((end for end in ends if often[end] == most), ends[0])
