"""Cleaning: the text of a file → the same text, one paragraph a line, without stray white space.

Only white space changes: take it all out of the input and of the result, and the two are equal. Byte order marks and
zero-width spaces count as white space; control characters do not and stay where they are (the loader refuses them).
Spaces beside Chinese characters or full-width punctuation go, also the gap after a label (`第一条　为` → `第一条为`);
spaces between Latin words and inside the title stay, one each.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.ingestion.paragraphs import Line, continues, is_title, label_styles, title_length

WHITE = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
"""White space, as the inside of a regular expression's character class."""

_ZERO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
_BREAK = re.compile("\r\n|[\n\r\v\x85\u2028]|(?=\u2029)")
_RUN = re.compile(f"[{WHITE}]+")
_WHITE_ENDS = re.compile(f"^[{WHITE}]+|[{WHITE}]+$")
_CJK = (
    "\u2e80-\u9fff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef\U00020000-\U0003ffff"
    "\u2018\u2019\u201c\u201d\u2026\u2014\u00b7\u2460-\u24ff"
)
_STRAY = re.compile(f"(?<=[{_CJK}]) | (?=[{_CJK}])")
_PARAGRAPH_SPACE = re.compile("[。！？：；] ")
_CUT_NUMBER = re.compile(r"[0-9]\n(?:[.,][0-9]|%)")
"""A break inside a number, wherever it stands: no line begins with .5 or %."""
_CUT_AT_EDGE = re.compile(r"[0-9][.,]?\n[0-9]")
"""One inside a number if the line is full; otherwise it lies between two."""
_WIDE = re.compile(f"[{_CJK}]")
_RAGGED = 4
"""How many columns a full line may fall short of the widest."""


def strip_white(text: str) -> str:
    """The text without any white space: what cleaning may neither lose nor add to."""
    return _RUN.sub("", text)


def clean(raw: str) -> str:
    """Cleans a document's text.

    Args:
        raw: the text as read from the file; U+2029 stands between paragraphs that are known to be two.

    Returns:
        Paragraphs separated by single line feeds, without empty lines or white space at their ends. Sentences that
        were broken over lines or pages are whole again; headings and labelled paragraphs stand on lines of their own.
    """
    lines = _lines(raw)
    if not lines:
        return ""
    paragraphs = _join(lines)
    tidy = [_STRAY.sub("", paragraph) for paragraph in paragraphs]
    if is_title(paragraphs[0]) and not _spaced_out(paragraphs[0]):
        tidy[0] = paragraphs[0]
    return "\n".join(tidy)


def _lines(raw: str) -> list[Line]:
    """The lines that hold text: spaces collapsed, and what lay between each and the one before."""
    pieces = _BREAK.split(_ZERO_WIDTH.sub("", raw).replace("\f", "\n\n"))
    found: list[Line] = []
    gap = apart = False
    for piece in pieces:
        text = _WHITE_ENDS.sub("", piece)
        apart = apart or (piece.startswith("\u2029") and bool(found))
        if not text:
            gap = gap or (bool(found) and piece != "\u2029")
            continue
        width = sum(2 if _WIDE.match(character) else 1 for character in piece.rstrip())
        found.append(Line(_RUN.sub(" ", text), gap=gap, width=width, apart=apart))
        gap = apart = False
    told = any(line.apart for line in found)
    if len(found) <= 2 and not told and any(_PARAGRAPH_SPACE.search(line.text) for line in found):
        return [part for line in found for part in _collapsed(line)]
    return _mark_full(found)


def _collapsed(line: Line) -> list[Line]:
    """A whole document on one line, where single spaces stand for line breaks: its would-be lines."""
    return [Line(text, gap=line.gap and i == 0, soft=i > 0) for i, text in enumerate(line.text.split(" "))]


def _mark_full(lines: list[Line]) -> list[Line]:
    """Marks the lines that were broken because they were full, in blocks that are wrapped at a fixed width."""
    starts = [0, *(i for i in range(1, len(lines)) if lines[i].gap), len(lines)]
    blocks = [lines[start:end] for start, end in itertools.pairwise(starts)]
    broken = [line.width for block in blocks for line in block[:-1] if not line.text[-1].isdigit()]
    everywhere = max(broken) if len(broken) >= 4 and _is_wrapped(broken) else 0
    marked: list[Line] = []
    for block in blocks:
        widths = [line.width for line in block]
        if len(block) >= 4 and _is_wrapped(widths):
            marked += [replace(line, full=line.width >= max(widths) - _RAGGED) for line in block]
        elif everywhere:  # of a few lines, only that a number goes on may be told from the others of the document
            near = [abs(line.width - everywhere) <= _RAGGED for line in block]
            full = [wide and _cut(*two) for wide, two in zip(near, itertools.pairwise(block), strict=False)]
            marked += [replace(line, full=f) for line, f in zip(block, [*full, False], strict=True)]
        else:
            marked += block
    return marked


def _is_wrapped(widths: Sequence[int]) -> bool:
    """Whether lines look wrapped at a fixed width: most of them reach it."""
    widest = max(widths)
    return 40 <= widest <= 160 and sum(width >= widest - _RAGGED for width in widths) >= 0.5 * len(widths)


def _cut(line: Line, following: Line) -> bool:
    """Whether a number may go on in the next line; rows that begin and end with numbers are those of a table."""
    return not line.text[0].isdigit() and _CUT_AT_EDGE.search(line.text[-2:] + "\n" + following.text[0]) is not None


def _join(lines: list[Line]) -> list[str]:
    styles = label_styles(lines)
    title_lines = title_length(lines)
    paragraphs = [lines[0].text]
    numbers: dict[str, int] = {}
    for i in range(1, len(lines)):
        following = lines[i + 1] if i + 1 < len(lines) else None
        if i < title_lines or continues(paragraphs, lines[i - 1], lines[i], following, styles, numbers):
            paragraphs[-1] = _glue(paragraphs[-1], lines[i], full=lines[i - 1].full)
        else:
            paragraphs.append(lines[i].text)
    return paragraphs


def _glue(left: str, line: Line, full: bool) -> str:
    """Joins a line to what stands before: a space between Latin words, none beside Chinese or inside a cut number."""
    right = line.text
    broken = left[-2:] + "\n" + right[:2]
    if not line.soft and (_CUT_NUMBER.search(broken) or (full and _CUT_AT_EDGE.search(broken))):
        return left + right
    return _STRAY.sub("", left[-1] + " " + right[0]).join((left[:-1], right[1:]))


def _spaced_out(title: str) -> bool:
    """Whether the title is letter-spaced (关 于 印 发): then its spaces mean nothing."""
    words = title.split(" ")
    return len(words) > 3 and sum(len(word) == 1 for word in words) > len(words) / 2
