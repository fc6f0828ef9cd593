"""The suites by name."""

from __future__ import annotations

from eval.errors import UnknownSuite
from eval.suites.base import Suite
from eval.suites.decision import DecisionSuite
from eval.suites.public import CMRC2018, DRCD, NCP_POLICY
from eval.suites.stard import StardSuite
from eval.suites.stretches import CITY_PLANS, LOCAL_RULES, TABLE_DOCUMENTS
from eval.suites.words import WordSuite

SUITES: dict[str, Suite] = {
    suite.name: suite
    for suite in (
        DecisionSuite(),
        LOCAL_RULES,
        CITY_PLANS,
        TABLE_DOCUMENTS,
        WordSuite(),
        NCP_POLICY,
        StardSuite(),
        CMRC2018,
        DRCD,
    )
}


def get_suite(name: str) -> Suite:
    """The suite of that name.

    Raises:
        UnknownSuite: there is none.
    """
    if name not in SUITES:
        raise UnknownSuite(f"no suite {name!r}; the suites are {', '.join(SUITES)}")
    return SUITES[name]
