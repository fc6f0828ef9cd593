"""What an answer should be and what it is → what is right about it and what is not.

An answer is *fully right* when its status is one of those accepted; each fact is in its text or its quotes (one of the
fact's alternatives, after NFKC, case folding and removal of white space and markers); each gold clause is cited; and
none is cited that is neither gold nor acceptable, and it puts the question's premise right where that is due and only
there. A refusal is fully right when its status is accepted and it cites nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from eval.metrics.text import contains_any, squash, strip_markers

ANSWERS = frozenset({"answered", "partial"})
REFUSALS = frozenset({"no_evidence", "out_of_scope", "clarify", "blocked"})

ClauseId = tuple[str, int]
"""A document's id and the number of a clause in it; 0 for title, adoption line and preamble."""


@dataclass(frozen=True, slots=True)
class Gold:
    """What is expected: acceptable statuses, clauses that must be and that may be cited, facts with alternatives.

    `corrected` is whether the question's premise has to be put right; None where it may or may not.
    """

    status: frozenset[str]
    clauses: frozenset[ClauseId] = frozenset()
    acceptable: frozenset[ClauseId] = frozenset()
    facts: tuple[tuple[str, ...], ...] = ()
    corrected: bool | None = None

    @property
    def must_refuse(self) -> bool:
        """Whether only a refusal is right."""
        return not self.status & ANSWERS

    @property
    def may_refuse(self) -> bool:
        """Whether a refusal is right too, though an answer would be."""
        return bool(self.status & ANSWERS) and bool(self.status & REFUSALS)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: status, text with markers [n], and what it cites: quotes, clauses, markers.

    `corrected` is whether it says that the question's premise is not what the document says.
    """

    status: str
    text: str
    quotes: tuple[str, ...] = ()
    cited: frozenset[ClauseId] = frozenset()
    markers: frozenset[int] = frozenset()
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is right and wrong about an answer.

    `owed` is whether facts and gold clauses were owed: not when the answer should be, or may be and is, a refusal.
    """

    status_right: bool
    refused: bool
    owed: bool
    facts_missing: tuple[tuple[str, ...], ...]
    clauses_missing: frozenset[ClauseId]
    clauses_wrong: frozenset[ClauseId]
    premise_wrong: bool = False

    @property
    def fully_right(self) -> bool:
        """See the top of the module."""
        wrong = self.facts_missing or self.clauses_missing or self.clauses_wrong or self.premise_wrong
        return self.status_right and not wrong


def judge(gold: Gold, given: Given) -> Judgement:
    """Judge one answer.

    Raises:
        ValueError: the gold accepts no status, or its status is none of the known ones, or a fact has no alternative.
    """
    unknown = gold.status - ANSWERS - REFUSALS
    if unknown or not gold.status:
        raise ValueError(f"unknown gold status {sorted(unknown)}" if unknown else "the gold accepts no status")
    status_right = given.status in gold.status
    refused = given.status in REFUSALS
    owed = not gold.must_refuse and not (refused and status_right)
    said = "\n".join(map(squash, (strip_markers(given.text, given.markers), *given.quotes)))
    allowed = gold.clauses | gold.acceptable if owed else frozenset()
    return Judgement(
        status_right=status_right,
        refused=refused,
        owed=owed,
        facts_missing=tuple(fact for fact in gold.facts if not contains_any(said, fact)) if owed else (),
        clauses_missing=gold.clauses - given.cited if owed else frozenset(),
        clauses_wrong=given.cited - allowed,
        premise_wrong=owed and gold.corrected is not None and gold.corrected != given.corrected,
    )


def unanswered(gold: Gold) -> Judgement:
    """The judgement when there is no answer at all, because asking failed: everything owed is missing."""
    owed = not gold.must_refuse
    return Judgement(
        status_right=False,
        refused=False,
        owed=owed,
        facts_missing=gold.facts if owed else (),
        clauses_missing=gold.clauses if owed else frozenset(),
        clauses_wrong=frozenset(),
        premise_wrong=owed and gold.corrected is True,
    )


def ratios(gold: Gold, judgement: Judgement, given: Given | None) -> dict[str, tuple[float, float]]:
    """An answer's share in each figure: (numerator, denominator); a figure is the ratio of their sums.

    Refusal precision is over answers that refuse, recall over questions that must be refused. A refusal where one is
    acceptable but not demanded counts in neither, and not in `in_scope_answered` (of questions that are not to be
    refused, the share that is answered). Citation precision is over all clauses cited in all answers, so one cited in
    answer to a question that should be refused counts against it; recall and fact recall are over what is owed.
    """
    cited = len(given.cited) if given else 0
    found = {
        "fully_right": (int(judgement.fully_right), 1),
        "citation_precision": (cited - len(judgement.clauses_wrong), cited),
    }
    if judgement.owed:
        found["fact_recall"] = (len(gold.facts) - len(judgement.facts_missing), len(gold.facts))
        found["citation_recall"] = (len(gold.clauses) - len(judgement.clauses_missing), len(gold.clauses))
        found["in_scope_answered"] = (int(given is not None and given.status in ANSWERS), 1)
        if gold.corrected is not None and given and given.status in ANSWERS:
            figure = "premises_corrected" if gold.corrected else "premises_kept"
            found[figure] = (int(not judgement.premise_wrong), 1)
    if gold.must_refuse:
        found["refusal_recall"] = (int(judgement.refused), 1)
    if judgement.refused and not gold.may_refuse:
        found["refusal_precision"] = (int(gold.must_refuse), 1)
    return {key: (float(top), float(bottom)) for key, (top, bottom) in found.items() if bottom}
