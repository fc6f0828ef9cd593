"""The pieces of a document → what looks wrong in them: numbers missing, repeated or out of sequence, empty clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.ingestion.labels import Label, match_label
from assistant.schema import Clause

FindingKind = Literal["no_title", "no_clause", "missing", "out_of_order", "only_label", "stray_label"]

_ENGLISH: dict[FindingKind, str] = {
    "no_title": "No title found.",
    "no_clause": "No clause found.",
    "out_of_order": "{label} comes after number {first}.",
    "only_label": "{label} holds nothing but its label.",
    "stray_label": "{label} holds a paragraph that begins {other}, out of sequence.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong.

    Attributes:
        kind: what it is.
        label: label, as printed, of the clause it is about or stands before; empty where it is about the document.
        first: for `missing` the first number that is missing, for `out_of_order` the number before.
        last: for `missing` the last number that is missing.
        other: for `stray_label` the label that begins a paragraph inside the clause.
    """

    kind: FindingKind
    label: str = ""
    first: int = 0
    last: int = 0
    other: str = ""


def findings(clauses: Sequence[Clause]) -> list[Finding]:
    """What looks wrong in a parsed document.

    Args:
        clauses: the pieces from `parse_clauses`.

    Returns:
        Missing, repeated and out-of-sequence numbers, a missing title, clauses that hold only a label.
    """
    found = [] if any(clause.kind == "title" for clause in clauses) else [Finding("no_title")]
    if not any(clause.kind == "clause" for clause in clauses):
        return [*found, Finding("no_clause")]
    citable = [(clause, label) for clause in clauses if clause.label and (label := match_label(clause.text))]
    found += _sequence(citable)
    for clause, label in citable:
        if clause.kind == "clause" and len(clause.text) <= label.end:
            found.append(Finding("only_label", clause.label))
        for line in clause.text.split("\n")[1:]:
            inner = match_label(line) if clause.kind == "clause" else None
            if inner and inner.level == label.level == "article":
                found.append(Finding("stray_label", clause.label, other=inner.text))
    return found


def warnings(clauses: Sequence[Clause]) -> list[str]:
    """The same, one line of plain English each."""
    return [_in_english(finding) for finding in findings(clauses)]


def _sequence(pairs: Sequence[tuple[Clause, Label]]) -> list[Finding]:
    found: list[Finding] = []
    last: dict[str, int] = {}
    for clause, label in pairs:
        before = last.get(label.level + label.unit, 0)
        last[label.level + label.unit] = label.number
        if label.number == 1:
            continue
        missing = label.number - before - 1
        if missing > 0:
            found.append(Finding("missing", clause.label, before + 1, label.number - 1))
        elif missing < 0:
            found.append(Finding("out_of_order", clause.label, before))
    return found


def _in_english(finding: Finding) -> str:
    if finding.kind == "missing":
        one = finding.first == finding.last
        what = f"number {finding.first}" if one else f"numbers {finding.first} to {finding.last}"
        return f"Before {finding.label}: {what} missing."
    return _ENGLISH[finding.kind].format(label=finding.label, first=finding.first, other=finding.other)
