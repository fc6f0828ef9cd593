"""A document and those held already → which of them it is a version of, and what it would change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.indexing.catalogue import TranslatedSentence
from assistant.schema import Clause, Document

Likeness = Literal["text", "number", "title", "id"]


@dataclass(frozen=True, slots=True)
class Twin:
    """A document held already that an upload seems to be a version of, and by what it seems so."""

    document: Document
    alike: Likeness


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new version changes: the labels, as printed, of clauses added, removed and changed; how many are the same.

    Clauses are matched by their number. `front` tells whether what stands outside the clauses differs.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    front: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What a new version keeps of the old one's translation: that of clauses whose text is the same.

    Attributes:
        pairs: (Chinese, English), in the new version's order.
        kept: how many clauses keep all of their translation.
        lost: labels, as printed, of the old clauses whose translation goes.
        front: whether that of what stands outside the clauses goes, or of a part of it.
    """

    pairs: tuple[tuple[str, str], ...]
    kept: int
    lost: tuple[str, ...]
    front: bool


def kept_translation(old: Document, translation: Sequence[TranslatedSentence], new: Document) -> Kept:
    """What is left of a translation when a document takes another's place."""
    by_piece = {
        clause.start: [one for one in translation if clause.start <= one.start and one.end <= clause.end]
        for clause in old.clauses
    }
    same: dict[str, Clause] = {}
    for clause in old.clauses:
        same.setdefault(clause.text, clause)
    pairs: list[tuple[str, str]] = []
    used: set[int] = set()
    for clause in new.clauses:
        before = same.pop(clause.text, None)
        if before is not None:
            used.add(before.start)
            pairs += [(old.text[one.start : one.end], one.text) for one in by_piece[before.start]]
    translated = [clause for clause in old.clauses if by_piece[clause.start]]
    gone = [clause for clause in translated if clause.start not in used]
    return Kept(
        pairs=tuple(pairs),
        kept=sum(clause.kind == "clause" and clause.start in used for clause in translated),
        lost=tuple(clause.label or str(clause.number) for clause in gone if clause.kind == "clause"),
        front=any(clause.kind != "clause" for clause in gone),
    )


def twins(document: Document, held: Sequence[Document]) -> list[Twin]:
    """The documents that another seems to be a version of, likeliest first."""
    order: tuple[Likeness, ...] = ("text", "number", "title", "id")
    found = [Twin(other, alike) for other in held if (alike := _alike(document, other)) is not None]
    return sorted(found, key=lambda twin: order.index(twin.alike))


def _alike(new: Document, old: Document) -> Likeness | None:
    if new.text == old.text:
        return "text"
    if new.record.number and _bare(new.record.number) == _bare(old.record.number):
        return "number"
    if _bare(new.record.title) == _bare(old.record.title):
        return "title"
    return "id" if new.id == old.id else None


def _bare(text: str) -> str:
    """A text by what is written in it: width, white space, brackets and quotation marks left out."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def difference(old: Document, new: Document) -> Difference:
    """What changes if a document takes another's place."""
    before = {clause.number: clause for clause in old.clauses if clause.kind == "clause"}
    after = {clause.number: clause for clause in new.clauses if clause.kind == "clause"}
    both = before.keys() & after.keys()
    changed = [number for number in both if before[number].text != after[number].text]

    return Difference(
        added=_names(after, after.keys() - before.keys()),
        removed=_names(before, before.keys() - after.keys()),
        changed=_names(after, changed),
        unchanged=len(both) - len(changed),
        front=_outside(old) != _outside(new),
    )


def _names(clauses: Mapping[int, Clause], numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(clauses[number].label or str(number) for number in sorted(numbers))


def _outside(document: Document) -> list[str]:
    return [clause.text for clause in document.clauses if clause.kind != "clause"]
