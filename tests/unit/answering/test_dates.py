"""The part of a date that a question puts forward and a text has otherwise."""

from __future__ import annotations

import pytest

from assistant.answering.dates import wrong_date

ADOPTED = "(2020年7月30日第九次全体会议通过)"


@pytest.mark.parametrize(
    ("question", "text", "wrong"),
    [
        ("决定是8月通过的吗", ADOPTED, "8月"),
        ("是2020年八月通过的吗", ADOPTED, "8月"),
        ("是7月29日通过的吧", ADOPTED, "7月29日"),
        ("二十九号通过的吧", ADOPTED, "29号"),
        ("was it adopted on july 29, 2020?", ADOPTED, "july 29"),
        ("adopted in may, right?", ADOPTED, "may"),
        ("may it be adopted?", ADOPTED, ""),
        ("7月通过的吧", ADOPTED, ""),
        ("是七月三十日通过的吧", ADOPTED, ""),
        ("30号通过的吧", ADOPTED, ""),
        # The text gives no day.
        ("1月5日开的吧", "2020年1月召开会议", ""),
        ("5日开的吧", "2020年1月召开会议", ""),
        ("3月开的吧", "2020年1月召开会议", "3月"),
        # The year is wrong, not the month.
        ("是2019年1月开的吧", "2020年1月召开会议", ""),
        # Other days may do as well.
        ("4月能领吧", "自2023年3月1日起发放", ""),
        ("5月申报吧", "6月30日前申报", ""),
        ("4月申报吧", "3月1日至5月31日申报", ""),
        # It begins on one day.
        ("4月1日起施行的吧", "自2023年3月1日起施行", "4月1日"),
        ("3个月办好吧", ADOPTED, ""),
        ("15日内办结吧", ADOPTED, ""),
        ("8月通过的吧", "全体会议通过", ""),
    ],
)
def test_a_date_that_no_date_goes_with(question: str, text: str, wrong: str) -> None:
    assert wrong_date(question, text) == wrong
