"""Outline: the paragraphs of a cleaned document → which of them open a part and which a citable clause.

What is citable depends on how the document numbers itself:

1. 第X条 where there are any; 编, 章 and 节 are parts, and 一、, （一） or 1. inside an article belong to its text;
2. else （一） under 一、: the （一） are clauses, the 一、 parts; a 一、 without any is itself a clause if it has text.
   A list inside a sentence (it follows a colon, and its items end in semicolons) is no clause;
3. else, under 一、, the 1. whose numbers run on from one 一、 to the next; else the 一、 themselves;
4. else （一）, else 1.;
5. else every paragraph.

In each case only labels that continue their numbering count (`numbering`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.ingestion.labels import Label, Level, match_label
from assistant.ingestion.sequence import numbering

Role = Literal["part", "clause"]

_UNITS = "编篇章节"
_LONGEST_CHAPTER = 50
_ITEM_END = re.compile("[；;]$")
_ENDED = re.compile("[。！？…]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the cleaned text, its offsets in it, and the label it opens with."""

    text: str
    start: int
    end: int
    label: Label | None

    @property
    def words(self) -> str:
        """The paragraph without its label."""
        return self.text[self.label.end :].strip() if self.label else self.text


@dataclass(slots=True)
class Outline:
    """For the index of each paragraph that opens a piece, whether it opens a part or a clause."""

    roles: dict[int, Role] = field(default_factory=dict)
    labelled: bool = True


def split_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a cleaned text."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append(Paragraph(line, start, start + len(line), match_label(line)))
        start += len(line) + 1
    return found


def outline(paragraphs: Sequence[Paragraph]) -> Outline:
    """Decides what each labelled paragraph is.

    Args:
        paragraphs: the paragraphs of a document, in order.

    Returns:
        The roles of the paragraphs that open a piece. `labelled` is False where the document numbers nothing.
    """
    articles = _accept(paragraphs, "article", {})
    if len(articles) >= 2 or (articles and not _accept(paragraphs, "han", {})):
        return Outline(_merge(_chapters(paragraphs, articles[0]), articles))
    chapters = _chapters(paragraphs, 0)
    chapters = chapters if len(chapters) >= 2 else []
    han = _accept(paragraphs, "han", dict.fromkeys(chapters))
    if han and len(han) + paragraphs[han[0]].text.startswith("一") >= 2:
        parts, clauses = _under_han(paragraphs, han)
        return Outline(_merge(sorted(chapters + parts), clauses))
    levels: tuple[Level, ...] = ("paren", "digit")
    for level in levels:
        clauses = _accept(paragraphs, level, dict.fromkeys(chapters))
        if len(clauses) >= 2:
            return Outline(_merge(chapters, clauses))
    return Outline(_merge(chapters, []), labelled=False)


def _accept(paragraphs: Sequence[Paragraph], level: Level, parents: dict[int, None], unit: str = "") -> list[int]:
    """Indices of the paragraphs whose label of that level continues the numbering."""
    found, groups, group = [], [], 0
    for i, paragraph in enumerate(paragraphs):
        group += i in parents
        if paragraph.label and paragraph.label.level == level and paragraph.label.unit == unit:
            found.append(i)
            groups.append(group)
    numbers = [label.number for i in found if (label := paragraphs[i].label)]
    return [found[k] for k in numbering(numbers, groups)]


def _chapters(paragraphs: Sequence[Paragraph], first_article: int) -> list[int]:
    """Headings 第X编, 第X章, 第X节; lower ones start again under each higher one."""
    candidates = [
        i
        for i, paragraph in enumerate(paragraphs)
        if paragraph.label
        and paragraph.label.level == "chapter"
        and len(paragraph.text) <= _LONGEST_CHAPTER
        and not _ENDED.search(paragraph.text)
    ]
    kept = set(_without_contents(paragraphs, candidates, first_article))
    headings = [
        replace(paragraph, label=paragraph.label if i in kept else None) for i, paragraph in enumerate(paragraphs)
    ]
    accepted: list[int] = []
    for unit in _UNITS:
        accepted += _accept(headings, "chapter", dict.fromkeys(accepted), unit)
    return sorted(accepted)


def _without_contents(paragraphs: Sequence[Paragraph], candidates: list[int], first_article: int) -> list[int]:
    """The headings without those that a table of contents lists.

    Before the first article only those directly above it count (编, 章, 节). Without articles, a heading that comes
    again word for word ends the contents.
    """
    if not first_article:
        texts = [paragraphs[i].text for i in candidates]
        again = texts.index(texts[0], 1) if texts[:1] and texts[0] in texts[1:] else 0
        return candidates[again:]
    lowest, above = len(_UNITS), []
    for i in reversed([i for i in candidates if i < first_article]):
        label = paragraphs[i].label
        if label is None or _UNITS.index(label.unit) >= lowest:
            break
        lowest = _UNITS.index(label.unit)
        above.append(i)
    return above[::-1] + [i for i in candidates if i > first_article]


def _under_han(paragraphs: Sequence[Paragraph], han: list[int]) -> tuple[list[int], list[int]]:
    """Parts and clauses of a document numbered 一、."""
    parents = dict.fromkeys(han)
    bounds = [*han, len(paragraphs)]
    spans = list(itertools.pairwise(bounds))
    children = [i for i in _accept(paragraphs, "paren", parents) if i > han[0]]
    groups = [[i for i in children if start < i < end] for start, end in spans]
    groups = [[] if _is_list(paragraphs, group) else group for group in groups]
    if not any(groups):
        digits = [i for i in _accept(paragraphs, "digit", parents) if i > han[0]]
        if _runs_on(paragraphs, digits, spans):
            groups = [[i for i in digits if start < i < end] for start, end in spans]
    parts, clauses = [], []
    for (start, end), group in zip(spans, groups, strict=True):
        has_text = end > start + 1 or _ENDED.search(paragraphs[start].text) is not None
        if group or (not has_text and any(groups)):
            parts.append(start)
            clauses += group
        else:
            clauses.append(start)
    return parts, sorted(clauses)


def _is_list(paragraphs: Sequence[Paragraph], group: list[int]) -> bool:
    """Whether labelled paragraphs are the items of one sentence: after a colon, all but the last ending in `；`."""
    if len(group) < 2 or not paragraphs[group[0] - 1].text.endswith(("：", ":")):
        return False
    return all(_ITEM_END.search(paragraphs[i].text) for i in group[:-1])


def _runs_on(paragraphs: Sequence[Paragraph], digits: list[int], spans: list[tuple[int, int]]) -> bool:
    """Whether the 1. stand in several 一、 and their numbers rise throughout."""
    numbers = [label.number for i in digits if (label := paragraphs[i].label)]
    used = sum(any(start < i < end for i in digits) for start, end in spans)
    return used >= 2 and all(a < b for a, b in itertools.pairwise(numbers))


def _merge(parts: Sequence[int], clauses: Sequence[int]) -> dict[int, Role]:
    roles: dict[int, Role] = dict.fromkeys(parts, "part")
    roles.update(dict.fromkeys(clauses, "clause"))
    return dict(sorted(roles.items()))
