"""Stored questions → what the desk shows of them: counts, days, unanswered groups, cited clauses, latency."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.app.desk.groups import Embed, Group, group
from assistant.app.desk.questions import Asked

ANSWERED = frozenset({"answered", "partial"})
UNANSWERED = frozenset({"no_evidence", "out_of_scope"})
"""What staff can mend with a document; a question to be made clearer, or one that was blocked, is none of these."""
DAYS_SHOWN = 30
GROUPS_SHOWN = 20
CLAUSES_SHOWN = 20

CHART_WIDTH, CHART_HEIGHT = 600, 120


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of a day, and how many of them were refused."""

    day: date
    asked: int
    refused: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A day's column of the chart, in units of the drawing; the refused part stands at the foot."""

    x: float
    width: float
    top: float
    height: float
    refused_top: float
    refused_height: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the desk shows of the questions."""

    asked: int
    refused: int
    statuses: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    days: list[Day]
    unanswered: list[Group]
    cited: list[tuple[str, int]]
    p50: float
    p95: float

    @property
    def refusal_rate(self) -> float:
        """Share of the questions that got no answer, in [0, 1]."""
        return self.refused / self.asked if self.asked else 0.0

    @property
    def most(self) -> int:
        """Questions of the busiest day shown."""
        return max((day.asked for day in self.days), default=0)


def figures(questions: Sequence[Asked], today: date, kept_days: int, embed: Embed | None = None) -> Figures:
    """Count.

    Args:
        questions: as stored, in any order.
        today: the last day of the chart, in the server's time zone.
        kept_days: how long questions are kept: the chart reaches no further back.
        embed: groups unanswered questions by meaning; None groups them by wording.
    """
    latencies = [asked.latency_ms for asked in questions]
    return Figures(
        asked=len(questions),
        refused=sum(asked.status not in ANSWERED for asked in questions),
        statuses=Counter(asked.status for asked in questions).most_common(),
        languages=Counter(asked.language for asked in questions).most_common(),
        days=_days(questions, today, min(max(kept_days, 1), DAYS_SHOWN)),
        unanswered=group([asked.question for asked in questions if asked.status in UNANSWERED], embed)[:GROUPS_SHOWN],
        cited=Counter(clause for asked in questions for clause in asked.cited).most_common(CLAUSES_SHOWN),
        p50=percentile(latencies, 50),
        p95=percentile(latencies, 95),
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest value that at least so many percent do not exceed; 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1]


def bars(days: Sequence[Day]) -> list[Bar]:
    """The chart's columns, left to right."""
    most = max((day.asked for day in days), default=0) or 1
    step = CHART_WIDTH / max(len(days), 1)
    columns = []
    for place, day in enumerate(days):
        height = round(day.asked / most * CHART_HEIGHT, 1)
        refused = round(day.refused / most * CHART_HEIGHT, 1)
        columns.append(
            Bar(
                x=round(place * step + step * 0.1, 1),
                width=round(step * 0.8, 1),
                top=round(CHART_HEIGHT - height, 1),
                height=height,
                refused_top=round(CHART_HEIGHT - refused, 1),
                refused_height=refused,
            )
        )
    return columns


def _days(questions: Sequence[Asked], today: date, count: int) -> list[Day]:
    asked = Counter(question.time.astimezone().date() for question in questions)
    refused = Counter(question.time.astimezone().date() for question in questions if question.status not in ANSWERED)
    days = [today - timedelta(days=back) for back in range(count - 1, -1, -1)]
    return [Day(day, asked[day], refused[day]) for day in days]
