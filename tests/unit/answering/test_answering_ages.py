"""Whose age a question names, and whether what a text says holds at it."""

from __future__ import annotations

import pytest

from assistant.answering.ages import age_asked, holds_at


@pytest.mark.parametrize(
    ("question", "age"),
    [
        ("65岁坐地铁要钱吗", 65),
        ("我妈今年70周岁了,坐公交还要不要给钱", 70),
        ("how much does a 62-year-old pay?", 62),
        ("i am aged 70, is it free?", 70),
        ("60岁以上的老人有什么优待", None),
        ("60至65岁怎么收费", None),
        ("我65岁,老伴62岁,坐车要钱吗", None),
        ("2025年有什么目标", None),
        ("六十五岁坐地铁要钱吗", 65),
        ("我太公刚好做一百岁大寿", 100),
        ("我妈83了,老人钱一个月有几多", 83),
        ("我爸67坐公交要不要钱", 67),
        ("我57没儿没女能算特困吗", 57),
        ("女的42没工作算困难户吗", 42),
        ("83一个人住,有服务券吗", 83),
        ("我爸76年参加工作", None),
        ("我家12口人能申请吗", None),
        ("我有50万能落户吗", None),
        ("我爸67,我妈64,坐车要钱吗", None),
        ("60–65岁怎么收费", None),
        ("两三岁的孩子能上托班吗", None),
        ("我娃五六岁能上幼儿园吗", None),
        ("我妈八十岁了能领高龄津贴吗", 80),
        ("我20多年工龄能领多少", None),
        ("我妈80多平的房子能申请吗", None),
        ("我妈80多了,能领高龄津贴吗", 80),
        ("老人120急救要钱吗", None),
    ],
)
def test_the_age_that_is_asked_about(question: str, age: int | None) -> None:
    assert age_asked(question) == age


SENIOR = "年满60周岁不满65周岁的老年人,享受半价优惠。"


@pytest.mark.parametrize(
    ("text", "age", "holds"),
    [
        (SENIOR, 59, False),
        (SENIOR, 60, True),
        (SENIOR, 64, True),
        (SENIOR, 65, False),
        ("65周岁以上老年人免费享受前款优待。", 65, True),
        ("65周岁以上老年人免费享受前款优待。", 64, False),
        ("女性不超过55周岁、男性不超过60周岁", 60, True),
        ("女性不超过55周岁、男性不超过60周岁", 61, False),
        ("年龄在45周岁以下", 45, True),
        ("年龄在45周岁以下", 46, False),
        ("18至45周岁的青年人才", 45, True),
        ("18至45周岁的青年人才", 17, False),
        ("未满18周岁的,由监护人代办", 17, True),
        ("老年人优先购票。", 70, None),
        ("年满六十周岁不满六十五周岁的老年人,享受五折", 64, True),
        ("年满六十周岁不满六十五周岁的老年人,享受五折", 65, False),
        ("年龄段:六十至六十九周岁,标准:50元", 69, True),
        ("80—84周岁,60元", 85, False),
        ("80–89周岁,100元", 85, True),
        ("80–89周岁,100元", 90, False),
        ("年龄不得超过45周岁", 45, True),
        ("年龄不得超过45周岁", 50, False),
        ("年龄不应大于45周岁", 30, True),
        ("不小于18周岁", 30, True),
        ("不得低于18周岁", 17, False),
        ("小于18周岁", 17, True),
        ("未达到60周岁", 65, False),
        ("尚未年满18周岁", 10, True),
        ("未年满18周岁", 18, False),
        ("没满16周岁", 15, True),
        ("不足16周岁", 15, True),
        ("18周岁以上(含18周岁),60周岁以下", 70, False),
        ("18周岁以上(含18周岁),60周岁以下", 18, True),
        ("年满18周岁以上,60周岁以下", 70, False),
        ("年满16周岁,男不满60周岁、女不满55周岁", 10, False),
        ("年满16周岁,男不满60周岁、女不满55周岁", 59, True),
        ("年满16周岁,男不满60周岁、女不满55周岁", 60, False),
        ("年满60周岁的老年人免费,未满18周岁的半价", 10, True),
        ("年满60周岁的老年人免费,未满18周岁的半价", 30, False),
        ("年满60周岁免费;65周岁以下凭卡", 70, True),
    ],
)
def test_what_holds_at_an_age(text: str, age: int, holds: bool | None) -> None:
    assert holds_at(text, age) is holds
