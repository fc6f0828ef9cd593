"""What a question says itself is not so, and what it says the documents do not speak of."""

from __future__ import annotations

import pytest

from assistant.answering.denials import denies, said_not_to_be_there, without_denied


@pytest.mark.parametrize(
    ("question", "put_forward"),
    [
        ("那个园是省级的,不是国家级,没错吧", "那个园是省级的,没错吧"),
        ("管煤炭升级的是西区不是东区吧", "管煤炭升级的是西区吧"),
        ("期限是2025不是2030吧,一共四个数", "期限是2025吧,一共四个数"),
        ("新区产值不是3000亿,是1500亿", "新区产值是1500亿"),
        ("当时是申报,并没有说已经拿到,对吧?", "当时是申报,对吧?"),
        ("园区挂的是省级牌子,到不了国家级吧", "园区挂的是省级牌子吧"),
        ("市民中心摆在科技城,不摆在钒钛新城,没错吧", "市民中心摆在科技城,没错吧"),
    ],
)
def test_what_is_denied_is_left_out(question: str, put_forward: str) -> None:
    assert without_denied(question) == put_forward


@pytest.mark.parametrize(
    "question",
    [
        "不是本地户口,能办吧",  # what opens a question is its condition
        # whose conditions they are
        "我妈80了,不是低保户,能领高龄津贴吧",
        "低保边缘户,不属于低保,能申请吧",
        "我在外地打工,没有本地户口,补助有份吧",
        "新区不是2030年才成形吗,产值目标多少",  # asserts
        "听说批下来了,不是说国家级的嘛",
        "产值是多少,有没有3000亿",
        "投5000万,不到1亿,能补吧",
        "钱到账了,没有2030年的目标?",  # asks
        "市里定了,不是国家级的有哪些",
    ],
)
def test_what_asks_or_asserts_stays(question: str) -> None:
    assert without_denied(question) == question


@pytest.mark.parametrize(
    ("claim", "matter"),
    [
        ("激活市场那一条压根没提攀钢,我翻了两遍", "激活市场那一条 攀钢"),
        ("体育示范区没打算在攀西弄,对么", "体育示范区 攀西弄"),
        ("搬机场没写吧", "搬机场 吧"),
        ("the decision does not mention the airport, right?", "the decision   the airport"),
    ],
)
def test_what_a_claim_has_as_not_said(claim: str, matter: str) -> None:
    assert said_not_to_be_there(claim) == matter


@pytest.mark.parametrize(
    "claim",
    [
        "高铁没写哪年通车吧",
        "补贴没说具体数额吧",
        "那个试点没说已经拿到吧",
        "产值没提2030年的目标吧",
        "没说必须建在仁和吧",
        "机场要搬吧",
        "提没提机场",
    ],
)
def test_how_much_when_and_whether_done_may_well_be_missing(claim: str) -> None:
    assert said_not_to_be_there(claim) == ""


@pytest.mark.parametrize(
    ("claim", "word", "denied"),
    [
        ("点的是成都、重庆,绵阳压根没提,对吧", "绵阳", True),
        ("介绍成省级,没敢吹国家级,稳妥吧", "国家级", True),
        ("写的是铁路不是公路", "公路", True),
        ("那个园不是国家级的吗", "国家级", False),
        ("那个园是国家级的吧", "国家级", False),
        ("园是国家级的,不是说国家级的嘛", "国家级", False),
    ],
)
def test_whether_a_word_is_denied(claim: str, word: str, denied: bool) -> None:
    assert denies(claim, word) is denied
