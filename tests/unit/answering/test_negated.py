"""What a claim says not to be done that a text has as to be done; texts and claims are normalised."""

from __future__ import annotations

import pytest

from assistant.answering.expansion import Term
from assistant.answering.negated import negated

STAFF = "鼓励科研院所和企业创新人才在区域内流动和兼职"
TAXES = "推广飞地园区等合作模式,建立健全园区财税、统计指标等分享机制"


@pytest.mark.parametrize(
    ("claim", "text", "names", "wrong"),
    [
        ("创新人才不准兼职,规定得死死的", STAFF, "创新人才 兼职", "创新人才不准兼职"),
        ("飞地园区的财税不分享,对吧", TAXES, "财税 分享", "飞地园区的财税不分享"),
        ("创新人才可以兼职,对吧", STAFF, "创新人才 兼职", ""),
        # Left open, said only of a part, or of more than the text has.
        ("创新人才能不能兼职", STAFF, "创新人才 兼职", ""),
        ("不光创新人才可以兼职", STAFF, "创新人才 兼职", ""),
        ("公务员不准兼职", STAFF, "公务员 兼职", ""),
        # What is not done yet may well be to be done.
        ("分享机制还没建,对吧", TAXES, "分享机制", ""),
        # The text denies it itself.
        ("公务员不准兼职", "公务员不得兼职", "公务员 兼职", ""),
    ],
)
def test_what_is_denied_that_is_to_be_done(claim: str, text: str, names: str, wrong: str) -> None:
    terms = [Term(name, ((name, 1.0),), 1.0) for name in names.split()]
    assert negated(claim, text, terms, 0.6) == wrong
