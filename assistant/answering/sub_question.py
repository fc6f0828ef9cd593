"""One thing that is asked, and what it takes from the part or the turn before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from assistant.answering.asked import Asked
from assistant.answering.conversation import Standalone, lists_what_was_counted
from assistant.answering.expansion import Term
from assistant.answering.quantities import Quantity
from assistant.answering.questions import ASKS

_WHO = re.compile(r"(?:是|由)?(?:谁|哪个(?:部门|单位|机构|领导)?|哪位)|who\b")


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """One thing that is asked.

    Attributes:
        text: its words, normalised, what it takes over from the conversation and the first part included.
        terms: its content terms.
        asked: the kinds of answer it asks for.
        years: the years it names.
        numbers: the quantities it names, (digits, unit), years and clause numbers left out.
        head: surface of the term that names what is asked for (专业 in 开了哪些专业); empty when none does.
    """

    text: str
    terms: tuple[Term, ...]
    asked: Asked
    years: tuple[str, ...]
    numbers: tuple[Quantity, ...]
    head: str = ""
    noun: str = ""
    """The noun right behind the word of asking (园 in 哪几个园), which need be no term; empty when none is there."""
    everything: bool = False
    """Whether it asks for all that is said on something, wherever it stands."""
    own_words: str = ""
    """Its own words of asking, normalised, without what it takes over and what is only told."""
    turns_to: str = ""
    """What a follow-up asks about in the place of something else (那盐边呢); empty for any other question."""
    taken_over: str = ""
    """What a follow-up takes over from the conversation; empty for any other question."""
    leans: bool = False
    """Whether it is a follow-up that names nothing itself: 谁来管."""
    within: SubQuestion | None = None
    """The same with what the turn or the part before is about, where it may be meant so though it names something."""
    told: bool = False
    """Whether it only tells something, and asks for nothing."""
    if_so: bool = False
    """Whether it asks no more than whether what is told beside it is so: 这师傅靠谱不."""
    by_itself: SubQuestion | None = None
    """The same in its own words of asking, where others only tell: 老厂房有没有人保护 of 父亲当年来建厂,…"""


def as_follow_up(part: SubQuestion, standalone: Standalone, aspects: Collection[str]) -> SubQuestion:
    """A question with what it turns to, or that it leans on the one before: it names nothing but `aspects` of that."""
    if standalone.subject:
        return part if ASKS.search(standalone.subject) else replace(part, turns_to=standalone.subject)
    if lists_what_was_counted(standalone.asked, standalone.inherited):
        return part
    own = [term for term in part.terms if term.surface in standalone.asked]
    taken = " ".join(term.surface for term in part.terms if term not in own)
    whole = standalone.text.startswith(standalone.inherited)
    names = any(term.names and term.surface not in aspects for term in own)
    return replace(part, taken_over=standalone.inherited if whole else taken, leans=not names)


def with_subject(part: SubQuestion, first: SubQuestion, knows: Callable[[Term], bool]) -> SubQuestion:
    """A later part of a question with the subject that only a part before it names: 机场要迁吗，新址在哪.

    Who is asked for by the part before (谁当组长) is no subject yet, nor is what that only tells, of which the
    documents do not know: 我弟初中毕业.

    Args:
        part: the later part.
        first: the part before it.
        knows: whether the documents use a term.
    """
    if _WHO.match(first.text):
        return part
    own = {term.surface for term in part.terms}
    taken = [term for term in first.terms if term.names and term.surface not in own]
    taken = [term for term in taken if term.surface in first.own_words or knows(term)]
    subject = " ".join(term.surface for term in taken)
    return replace(part, text=f"{subject} {part.text}".strip(), terms=(*taken, *part.terms), by_itself=None)
