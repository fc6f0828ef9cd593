"""Words as the south-west and Canton say them."""

from __future__ import annotations

import pytest

from assistant.answering.dialect import in_standard_words


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("新区2025年要有好多高新企业?", "新区2025年要有多少高新企业?"),
        ("机场好久搬哦", "机场什么时候搬哦"),
        ("好久没见,补贴有好多", "好久没见,补贴有多少"),
        ("这个政策是啥子意思", "这个政策是什么意思"),
        ("咋个申请", "怎么申请"),
        ("新区到25年要有几家", "新区到2025年要有几家"),
        ("社保交到25年能领多少", "社保交到25年能领多少"),
        ("2021到25年修什么", "十四五修什么"),
        ("要建好多个园", "要建多少个园"),
        ("机场好大", "机场多大"),
        ("几时返工", "什么时候返工"),
        ("东区以后爪子嘛", "东区以后干什么嘛"),
        ("两城就是这两个,对头不", "两城就是这两个,对不对"),
        ("占gdp一半,我这样写稳妥吗", "占gdp一半,对吧"),
    ],
)
def test_asking_is_put_into_standard_words(said: str, standard: str) -> None:
    assert in_standard_words(said) == standard


@pytest.mark.parametrize(
    "said",
    [
        "好多企业都来了吗",
        "等了好久了,怎么办?",
        "听说来了好多人",
        "好大一片园区",
        "机场搬到哪里?",
        "做好大气污染防治的举措",
        "办好多式联运的措施",
        "建好大数据中心",
        "好学校好大夫能匀着点",
        "这是猫的爪子呢",
        "材料我这样写行吗",
    ],
)
def test_praise_and_lament_stay_what_they_are(said: str) -> None:
    assert in_standard_words(said) == said


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("我系香港人,喺天河嘅基地返工", "我是香港人,在天河的基地上班"),
        ("边个部门负责?几多钱?", "哪个部门负责?多少钱?"),
        ("可唔可以自己买养老保险,平台冇同我签合同", "可不可以自己买养老保险,平台没有同我签合同"),
        ("呢个体系嘅联系人系边个", "呢个体系的联系人是哪个"),
        ("呢个点解咁贵", "呢个为什么咁贵"),
        ("直系亲属喺边度办", "直系亲属在哪里办"),
    ],
)
def test_cantonese_is_put_into_standard_words(said: str, standard: str) -> None:
    assert in_standard_words(said) == standard


@pytest.mark.parametrize("said", ["产业体系有哪些?", "系列政策讲什么?", "边上盖什么", "分第几时段", "返工复工怎么支持"])
def test_what_only_looks_cantonese_stays_what_it_is(said: str) -> None:
    assert in_standard_words(said) == said


@pytest.mark.parametrize(
    ("said", "standard"),
    [
        ("产值两千亿,我咋记得不是这个数喃", "产值两千亿,对吧"),
        ("新区要200家企业,帮我核一下", "新区要200家企业,对吧"),
        ("这两个是不是一回事", "这两个有什么区别"),
        ("这两个是一个意思吗?", "这两个有什么区别?"),
        ("2021-2025年修哪几条路", "十四五修哪几条路"),
        ("during the 2021-25 planning period", "during the 十四五 planning period"),
    ],
)
def test_doubts_and_the_years_of_a_plan_are_put_in_plain_words(said: str, standard: str) -> None:
    assert in_standard_words(said) == standard


@pytest.mark.parametrize("said", ["我记得不对外开放", "核一下人数的是谁", "2021年到2024年建几所", "是一个什么园区"])
def test_what_only_looks_like_it_stays(said: str) -> None:
    assert in_standard_words(said) == said
