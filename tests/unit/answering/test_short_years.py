"""Years of two digits, and numbers of years."""

from __future__ import annotations

import pytest

from assistant.answering.short_years import with_full_years


@pytest.mark.parametrize(
    ("question", "in_full"),
    [
        ("到25年新区产值要多少", "到2025年新区产值要多少"),
        ("25年底高新企业要几家", "2025年底高新企业要几家"),
        ("新区30年的产值目标是多少", "新区2030年的产值目标是多少"),
        ("20年7月通过的那个决定讲啥", "2020年7月通过的那个决定讲啥"),
        ("这份决定是21年才通过的吧", "这份决定是2021年才通过的吧"),
        ("35年要建成啥样", "2035年要建成啥样"),
        ("这个决定是19年7月通过的吧", "这个决定是2019年7月通过的吧"),
        ("我妈60年3月生的能体检不", "我妈1960年3月生的能体检不"),
        ("60年前要碳中和吗", "2060年前要碳中和吗"),
        ("98年的规划还算数吗", "1998年的规划还算数吗"),
        ("那30年呢", "那2030年呢"),
        ("到30年为止要建几个园", "到2030年为止要建几个园"),
    ],
)
def test_a_year(question: str, in_full: str) -> None:
    text, changes = with_full_years(question)
    assert text == in_full
    assert [typed in question and meant in in_full for typed, meant in changes] == [True]


@pytest.mark.parametrize(
    "question",
    [
        "干了20年的老矿工有补贴吗",
        "交满15年社保能领吗",
        "养老保险缴到15年就能领吗",
        "租期延长到30年要交多少",
        "工龄到30年能提前退吗",
        "住了25年的老房子改不改",
        "到2025年要建几个园",
        "产权是70年的吗",
        "贷款最长30年吗",
        "近10年的产值是多少",
        "连续10年的企业有奖励吗",
        "10年内要建成吗",
    ],
)
def test_years_that_are_counted(question: str) -> None:
    assert with_full_years(question) == (question, ())
