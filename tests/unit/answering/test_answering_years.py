"""The years of a question of which a text speaks, and those of which it does not."""

from __future__ import annotations

import pytest

from assistant.answering.asked import what_is_asked
from assistant.answering.years import years_unsaid


@pytest.mark.parametrize(
    ("question", "year", "text", "spoken_of"),
    [
        ("2021年能领吗", "2021", "2021年发放", True),
        ("2022年能领吗", "2022", "2021年发放", False),
        ("2023年能领吗", "2023", "二〇二三年发放", True),
        ("2023年能领吗", "2023", "二○二三年发放", True),
        ("2022年也有奖励吧", "2022", "2021—2025年", True),
        ("2026年也有奖励吧", "2026", "2021—2025年", False),
        ("2023年还能领吗", "2023", "自2021年1月1日起至2025年12月31日执行", True),
        ("2026年还能领吗", "2026", "自2021年1月1日起至2025年12月31日执行", False),
        ("2023年还能领吗", "2023", "2021年12月至2025年6月", True),
        ("2023年还能领吗", "2023", "二〇二一年至二〇二五年", True),
        # From the one to the other is no span where something stands between.
        ("2023年是多少", "2023", "从2021年的1000亿元增加到2025年的1500亿元", False),
        ("2026年买车还有补贴吗", "2026", "自2024年1月1日起发放", True),
        ("2023年买车有补贴吗", "2023", "自2024年1月1日起发放", False),
        ("2026年买车还有补贴吗", "2026", "自2024年1月1日起发放,有效期至2025年12月31日", False),
        ("2027年买车还有补贴吗", "2027", "自2024年1月1日起施行。有效期两年", False),
        # By then it may be another.
        ("2025年低保标准多少", "2025", "自2023年10月1日起,低保标准为每月865元", False),
        ("2025年低保标准多少", "2025", "自2023年10月1日起,有效期三年,低保标准为每月865元", True),
        # A start is one day.
        ("2023年起施行吧", "2023", "自2021年1月1日起施行", False),
        ("2021年起施行吧", "2021", "自2021年1月1日起施行", True),
        ("2023年还施行吗", "2023", "自2021年1月1日起施行", True),
        ("从2023年发放吗", "2023", "自2021年1月1日起发放", False),
        ("2023年到期吧", "2023", "2021—2025年执行", False),
    ],
)
def test_a_year_that_a_text_speaks_of(question: str, year: str, text: str, spoken_of: bool) -> None:
    assert years_unsaid(question, (year,), text, yes_no=what_is_asked(question).yes_no) == (
        () if spoken_of else (year,)
    )
