"""Which clauses do not mention a word, mention two, or one and not another → the sets, every clause read.

A search finds what is asked of; what lacks a word, or has two, it cannot tell: whoever asks for the clauses without it
must not be given those with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.mentions import (
    IN_ENGLISH,
    MENTION,
    MOST_QUOTED,
    TREAT,
    Wanted,
    clause_stretches,
    mentions,
    wanted_word,
)
from assistant.answering.passage import Passage
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.index import Index
from assistant.schema import Clause, Document, Language

# 不提供, 未提交 and 没有说明 say something else.
_SAYS = rf"(?:{MENTION}|{TREAT}|[谈写]|[讲说](?![明清究])|提(?![供交前高升出取醒倡]))"
_NOT = r"(?<!有)(?<![提讲说谈写])(?:没有?|未曾?|从[未没]|并未|不)(?:被|去|再)?"
# What stands behind 提到 is what is mentioned: 提到不含税的 is not without it.
_LACKS = re.compile(rf"(?P<before>(?:(?!{MENTION}|{TREAT}).)*?){_NOT}(?={_SAYS})")
_BUT_NOT = re.compile(
    rf"(?P<with>.+?)(?:(?:[,、]|但是?|却|而|可是?|不过|同时)+[又也]?{_NOT}{_SAYS}|[又也]?{_NOT}{MENTION})"
    r"(?P<word>[^,]+?)(?P<end>的.*)?$"
)
_EITHER = re.compile(rf"既(?:{_SAYS}|有)?(?P<one>[^,又]+?)[,、]?又(?:{_SAYS}|有)?")
_BOTH = re.compile(r"同时|共同|一起|都(?=提|讲|说|写|涉及)")
_AND = re.compile(r"(?:、|和|与|跟|及|以及|\band\b)")
_LACKS_ENGLISH = re.compile(rf"\b(?:(?:do(?:es)?|did)(?: not|n't|nt)|never) (?={IN_ENGLISH})")
_BUT_NOT_ENGLISH = re.compile(
    r"(?P<with>.+?),? (?:but|and) (?:do(?:es)? )?not (?:mention )?(?P<word>.+?)(?P<end>[?.!]*)$"
)
_BOTH_ENGLISH = re.compile(r"\bboth (?=.+ and )")
_MARKS = re.compile(r"[“”\"'‘’《》「」?？。.!\s]+")


@dataclass(frozen=True, slots=True)
class WantedSet:
    """Which clauses a question asks for: those with each of some words, and without any of others."""

    having: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseSet:
    """The clauses of such a set.

    Attributes:
        clauses: how many were read.
        holding: those that belong to it, in reading order.
        documents: how many documents these are of.
        passages: where the words of it stand; of clauses without a word their openings. MOST_QUOTED at most.
    """

    clauses: int
    holding: tuple[Clause, ...]
    documents: int
    passages: tuple[Passage, ...]


def wanted_set(text: str) -> WantedSet | None:
    """The set of clauses that a normalised question asks for; None where it asks for no such one."""
    both = _EITHER.sub(r"同时提到\g<one>和", text)
    for pattern in (_BUT_NOT, _BUT_NOT_ENGLISH):
        match = pattern.match(both)
        rest = match and wanted_word(match["with"] + (match["end"] or ""))
        if match and rest and _bare(match["word"]):
            return WantedSet((rest.word,), (_bare(match["word"]),))
    if _LACKS.match(text) or _LACKS_ENGLISH.search(text):
        wanted = wanted_word(_LACKS_ENGLISH.sub("", _LACKS.sub(r"\g<before>", text, count=1)))
        return WantedSet((), (wanted.word,)) if wanted else None
    if _BOTH.search(both) or _BOTH_ENGLISH.search(both):
        wanted = wanted_word(_BOTH_ENGLISH.sub("", _BOTH.sub("", both)))
        words = tuple(filter(None, map(_bare, _AND.split(wanted.word)))) if wanted else ()
        return WantedSet(words, ()) if len(words) > 1 else None
    return None


def _bare(word: str) -> str:
    return _MARKS.sub(" ", word).strip()


def clauses_of(
    index: Index, question: SubQuestion, wanted: WantedSet, documents: Sequence[Document], language: Language
) -> ClauseSet | None:
    """The clauses of a set; None where a word cannot be looked for in the language of the question."""
    looked_for = {
        word: mentions(index, question, Wanted(word), documents, language, most=None)
        for word in (*wanted.having, *wanted.lacking)
    }
    found = {word: where for word, where in looked_for.items() if where is not None}
    if len(found) < len(looked_for):
        return None
    holding = {word: {id(clause) for clause in where.holding} for word, where in found.items()}
    places = [(one, clause) for one in documents for clause in one.clauses if clause.kind == "clause"]
    chosen = [
        (document, clause)
        for document, clause in places
        if all(id(clause) in holding[word] for word in wanted.having)
        and not any(id(clause) in holding[word] for word in wanted.lacking)
    ]
    inside = {(document.id, clause.position) for document, clause in chosen}
    quoted = [one for word in wanted.having for one in found[word].passages if (one.document, one.position) in inside]
    if not wanted.having:
        quoted = [_opening(index, *place) for place in chosen]
    quoted.sort(key=lambda one: (one.document, one.start))
    return ClauseSet(
        clauses=len(places),
        holding=tuple(clause for _, clause in chosen),
        documents=len({document.id for document, _ in chosen}),
        passages=tuple(dict.fromkeys(quoted))[:MOST_QUOTED],
    )


def _opening(index: Index, document: Document, clause: Clause) -> Passage:
    """The first stretch of a clause: its heading, where it has one; all of one that is nothing but a label."""
    stretches = clause_stretches(index, document, clause, english=False)
    start, end = stretches[0][:2] if stretches else (clause.start, clause.end)
    return Passage(document.id, clause.position, start, end)
