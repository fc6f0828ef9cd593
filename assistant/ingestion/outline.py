"""Outline: the paragraphs of a cleaned document → which of them open a part and which a citable clause.

What is citable depends on how the document numbers itself:

1. 第X条 where there are any; 部分, 编, 章 and 节 are parts, and 一、, （一） or 1. inside an article are its text;
2. else （一） under 一、: the （一） are clauses, the 一、 parts; a 一、 without any is itself a clause if it has text.
   A list, whose items end in semicolons, is no row of clauses;
3. else, under 一、, the 1. whose numbers run on from one 一、 to the next; else the 一、 themselves;
4. else （一）, else 1.;
5. else every paragraph.

Where a document asks and answers, each question is a clause with its answer and all that is numbered inside it, and
the headings above are parts; what stands before the first question is numbered by these rules.

In each case only labels that continue their numbering count (`numbering`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.ingestion.labels import ANSWER, QUESTION, Label, Level, match_label
from assistant.ingestion.sequence import numbering

Role = Literal["part", "clause"]

_UNITS = ("部分", "编", "篇", "章", "节")
_LONGEST_CHAPTER = 50
LEAST_QUESTIONS = 2
"""Questions from which a document is one that asks and answers."""
LONGEST_QUESTION = 100
"""Characters of a question without a mark of its own, at most."""
_ITEM_END = re.compile("[；;]$")
_ENDED = re.compile("[。！？…]")
_ANSWERED = re.compile(rf"[？?] ?(?:{ANSWER.pattern})")
"""A question with its answer in the same paragraph."""


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
    questions = _questions(paragraphs)
    if not questions:
        return _numbered(paragraphs)
    parts = _above(paragraphs, questions)
    asked = _merge(parts, sorted([*questions, *_beside(paragraphs, parts, questions)]))
    before = _numbered(paragraphs[: min(asked)])
    # A guide may end in questions: what it says before them is numbered as anything else.
    return Outline({**before.roles, **asked} if "clause" in before.roles.values() else asked)


def _numbered(paragraphs: Sequence[Paragraph]) -> Outline:
    """The outline of a document, or the beginning of one, that does not ask."""
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
    """Headings 第X部分, 第X编, 第X章, 第X节; lower ones start again under each higher one."""
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


def _questions(paragraphs: Sequence[Paragraph]) -> list[int]:
    """The questions of a document that asks and answers; empty where most of what looks like one has no answer."""
    asked = [i for i in range(len(paragraphs)) if _is_question(paragraphs, i)]
    answered = [i for i in asked if _is_answer(paragraphs, i + 1) or _ANSWERED.search(paragraphs[i].text)]
    return asked if len(answered) >= max(LEAST_QUESTIONS, len(asked) / 2) else []


def _is_question(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether a paragraph is marked as a question (问1：, 问：, 一、问：), or is one with an answer behind it."""
    paragraph = paragraphs[i]
    if (paragraph.label and paragraph.label.level == "question") or QUESTION.match(paragraph.words):
        return True
    short = paragraph.text.endswith(("？", "?")) and len(paragraph.text) <= LONGEST_QUESTION
    return short and _is_answer(paragraphs, i + 1)


def _is_answer(paragraphs: Sequence[Paragraph], i: int) -> bool:
    return i < len(paragraphs) and ANSWER.match(paragraphs[i].text) is not None


def _above(paragraphs: Sequence[Paragraph], questions: Sequence[int]) -> list[int]:
    """The numbered headings directly above questions, or above another such heading."""
    below, found = set(questions), []
    for i in range(max(questions) - 1, -1, -1):
        paragraph = paragraphs[i]
        heading = paragraph.label is not None and len(paragraph.text) <= _LONGEST_CHAPTER
        if i not in below and i + 1 in below and heading and not _ENDED.search(paragraph.text):
            below.add(i)
            found.append(i)
    return found[::-1]


def _beside(paragraphs: Sequence[Paragraph], parts: Sequence[int], questions: Sequence[int]) -> list[int]:
    """The headings that continue the numbering of those above questions and have none below: 四、办理与咨询."""
    found: list[int] = []
    last: dict[str, int] = {}
    for i, paragraph in enumerate(paragraphs):
        label = paragraph.label
        if label is None or i in questions:
            continue
        key = label.level + label.unit
        if i in parts:
            last[key] = label.number
        elif label.number == last.get(key, -1) + 1 and len(paragraph.text) <= _LONGEST_CHAPTER:
            last[key] = label.number
            found.append(i)
    return found


def _under_han(paragraphs: Sequence[Paragraph], han: list[int]) -> tuple[list[int], list[int]]:
    """Parts and clauses of a document numbered 一、."""
    parents = dict.fromkeys(han)
    bounds = [*han, len(paragraphs)]
    spans = list(itertools.pairwise(bounds))
    children = [i for i in _accept(paragraphs, "paren", parents) if i > han[0]]
    groups = [[i for i in children if start < i < end] for start, end in spans]
    groups = [[] if _is_list(paragraphs, heading, group) else group for heading, group in zip(han, groups, strict=True)]
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


def _is_list(paragraphs: Sequence[Paragraph], heading: int, group: list[int]) -> bool:
    """Whether labelled paragraphs are a list: all but the last end in `；`, after a colon or under the heading."""
    if len(group) < 2 or not (paragraphs[group[0] - 1].text.endswith(("：", ":")) or group[0] - 1 == heading):
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
