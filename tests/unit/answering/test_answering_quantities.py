"""Years and quantities in questions, and whether a text has them."""

from __future__ import annotations

import pytest

from assistant.answering.amounts import YEAR
from assistant.answering.quantities import differs, has_number, quantities, unconfirmed


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年产值到2000亿", ["2025"]),
        ("2030要到多少", ["2030"]),
        ("2020年7月", ["2020"]),
        ("集聚2000家企业", []),
        ("by 2025, 2000 billion yuan", ["2025"]),
        ("一个月2000块有补贴吗", []),
        ("工资2000多能申请吗", []),
        ("要建2000套房吗", []),
        ("will 2000 new jobs be created", []),
        ("in 2025 firms will grow", ["2025"]),
    ],
)
def test_years(text: str, years: list[str]) -> None:
    assert YEAR.findall(text) == years


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("听说要到3000亿", "zh", {("3000", "亿")}),
        ("是不是占八成", "zh", {("80", "%")}),
        ("听说要引进两百家", "zh", {("200", "家")}),
        ("听说成都立项一个", "zh", set()),
        # How many are left beside those that are named.
        ("打头的是转型升级对吧,后面三个我忘了", "zh", set()),
        ("跟另外三个地方合着干的对吧", "zh", set()),
        # Nothing is put forward here, and the second 个 tells of who asks.
        ("我有两个孩子能报几个", "zh", set()),
        ("第三条说了什么对吗", "zh", set()),
        ("是三家,对不", "zh", {("3", "家")}),
        ("对不同的三家企业怎么支持", "zh", set()),
        ("两三年就行吧", "zh", set()),
        ("三四个就够了吧", "zh", set()),
        ("百分之五十对吧", "zh", {("50", "%")}),
        ("百分之三点五对吧", "zh", {("3.5", "%")}),
        ("百分之十点零八对吧", "zh", {("10.08", "%")}),
        ("提高三点五个百分点对吧", "zh", {("3.5", "个百分点")}),
        ("三点五十分开会对吧", "zh", set()),
        ("3个月还是15个工作日", "zh", {("3", "个月"), ("15", "个工作日")}),
        ("补1,200元吗", "zh", {("1200", "元")}),
        ("投资1亿5000万元", "zh", {("15000", "万")}),
    ],
)
def test_quantities(text: str, language: str, found: set[tuple[str, str]]) -> None:
    assert set(quantities(text, language)) == found


@pytest.mark.parametrize(
    ("text", "digits", "held"), [("1500亿元", "500", False), ("1500亿元", "1500", True), ("占50.5%", "50", False)]
)
def test_a_number_is_no_part_of_another(text: str, digits: str, held: bool) -> None:
    assert has_number(text, digits) is held


PARKS = "建设钒钛产业园、装备产业园、新能源产业园和石墨烯产业园"


@pytest.mark.parametrize(
    ("text", "said", "missing"),
    [
        ("要建四个产业园对吗", PARKS, ""),
        ("要建五个产业园对吗", PARKS, "5个"),
        # Two that are named, and two that were all.
        ("新能源产业园跟装备园是分开的两个对吗", PARKS, ""),
        ("要建两个产业园,新能源产业园和装备园对吗", PARKS, "2个"),
        # A list of four, of something else.
        ("要建四所大学对吗", PARKS, "4所"),
        ("是不是有四个层级", "构建四级机制", ""),
        ("是不是有四个层级", "四川省", "4个"),
        ("要建五个产业园", PARKS, ""),
        ("补1200元对吧", "补贴1,200元", ""),
        ("补12000元对吧", "补贴1.2万元", ""),
        ("补1万对吧", "补贴10000元", ""),
        ("补2万对吧", "补贴10000元", "2万"),
        ("产值1.5万亿对吧", "产值15000亿元", ""),
        ("产值超过1000亿对吧", "产值1500亿元以上", ""),
        ("产值超过2000亿对吧", "产值1500亿元以上", "2000亿"),
        ("25家对吧", "培育20—30家", ""),
    ],
)
def test_what_is_to_be_confirmed(text: str, said: str, missing: str) -> None:
    nouns = [noun for noun in ("产业园", "大学", "层级") if noun in text]
    assert unconfirmed(text, quantities(text, "zh"), nouns, said, said) == missing


@pytest.mark.parametrize(
    ("question", "named", "text", "wrong"),
    [
        ("要有50家吗", ("50", "家"), "占比50%以上", False),
        ("要有50家吗", ("50", "家"), "企业100家以上", True),
        ("要超过50家吗", ("50", "家"), "企业100家以上", False),
        ("要超过200家吗", ("200", "家"), "企业100家以上", True),
        ("过了50家吧", ("50", "家"), "企业100家以上", False),
        ("过了200家吧", ("200", "家"), "企业100家以上", True),
        ("不超过200家吧", ("200", "家"), "最多100家", False),
        ("不超过200家吧", ("200", "家"), "100家以上", True),
        ("不低于100家吧", ("100", "家"), "100家以上", False),
        # However it is said that no less is enough.
        ("10家以上吧", ("10", "家"), "20家以上", True),
        ("至少10家吧", ("10", "家"), "20家以上", True),
        ("不少于10家吧", ("10", "家"), "20家以上", True),
        ("占3.5%对吧", ("3.5", "%"), "占百分之三点五", False),
        ("到1.5万亿吗", ("1.5", "万亿"), "15000亿元", False),
        ("到1500万吗", ("1500", "万"), "1500亿元", True),
        ("有多少", ("5", ""), "100家", False),
        ("不得超过200家吧", ("200", "家"), "100家以上", True),
        # A span takes in what lies between, a least does not.
        ("20家对吧", ("20", "家"), "20—30家", False),
        ("25家对吧", ("25", "家"), "20家至30家", False),
        ("40家对吧", ("40", "家"), "20—30家", True),
        ("产值目标是2000亿吧", ("2000", "亿"), "达到1500亿元以上", True),
        ("最高奖励100万吧", ("100", "万"), "最高可给予50万元", True),
        # Who has more than it takes has enough.
        ("投资8000万就有奖励吧", ("8000", "万"), "投资5000万元以上的给予奖励", False),
        ("投资3000万就有奖励吧", ("3000", "万"), "投资5000万元以上的给予奖励", True),
        ("满6年就能申请吧", ("6", "年"), "缴费满5年", False),
        # What is told of oneself supposes nothing.
        ("我投资3000万有奖励吗", ("3000", "万"), "投资5000万元以上的给予奖励", False),
        ("我家8亩地怎么补", ("8", "亩"), "种植10亩以上", False),
        ("8亩地能领补贴吗", ("8", "亩"), "种植10亩以上", False),
        ("月收入达到3000元要交吗", ("3000", "元"), "收入5000元以上", False),
        ("月收入3000元交税吗", ("3000", "元"), "收入5000元以上", False),
        ("月收入是不是5000元", ("5000", "元"), "收入不超3000元", True),
        ("听说有个园区,是哪两个区合办", ("2", "个"), "五个园区", False),
        ("是2000亿哇", ("2000", "亿"), "1500亿元以上", True),
        ("我市要培育50家吗", ("50", "家"), "培育100家", True),
        ("既然要引进50家,怎么引", ("50", "家"), "引进100家", True),
        ("占比达到40%就可以吗", ("40", "%"), "占比60%以上", True),
        # The year is no duration, and each notation is the same number.
        ("有效期5年对吧", ("5", "年"), "自2024年1月1日起施行,有效期五年", False),
        ("有效期3年对吧", ("3", "年"), "自2024年1月1日起施行,有效期五年", True),
        ("有效期4年对吧", ("4", "年"), "自二〇二四年起施行", False),
        ("3个月对吧", ("3", "个月"), "15个工作日内办结,有效期三个月", False),
        ("3个月对吧", ("3", "个月"), "15个工作日内办结,设2个窗口", False),
        ("占50%对吧", ("50", "%"), "占百分之五十,提高3%", False),
        ("占50%对吧", ("50", "%"), "提高3个百分点", False),
        ("占80%对吧", ("80", "%"), "占八成", False),
        ("产值1500亿对吧", ("1500", "亿"), "产值1,500亿元", False),
        ("补5000元对吧", ("5000", "元"), "补贴0.3万元", True),
        ("补5000元对吧", ("5000", "元"), "面积3万亩", False),
        ("建2家对吧", ("2", "家"), "建一家", False),
    ],
)
def test_a_quantity_that_no_number_bears_out(question: str, named: tuple[str, str], text: str, wrong: bool) -> None:
    assert differs(question, named, [text]) is wrong
