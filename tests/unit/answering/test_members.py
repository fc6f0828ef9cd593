"""The member of a list that a question puts forward and a text's own list does not have."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.members import no_member, wrong_member

FIELDS = "强力推进资源配置管理、供地用地、直购电、财税和生态补偿“五大领域”政策先行先试"
LEVELS = "构建决策层、协调层、执行层三级运行机制"
PARKS = "加快建设钒钛新材料产业园、钒钛装备产业园、新能源产业园和石墨烯碳新材料产业园"
TOWNS = "把钒钛新城和攀西科技城作为重点,以“两城”为主体,加快“两城”控制性详细规划和各专项规划编制"
SCHOOLS = "加强与中国科学院、东北大学、重庆大学和西南科技大学的合作"
CITY = "以科技研发产业为主导,数字经济、阳光康养、文化创意和现代服务业为代表的产业体系"
WAY = "按照转型升级、创新驱动、做强产业、做优特色的思路"
PRIVATE = "面向民营企业开展项目推介、银企对接、股权混改"
PROJECTS = "建设一批投资规模大、科技含量高、经济效益好的智能制造项目"
INDUSTRIES = "构建以钒钛新材料为主导,钒钛机械制造、循环经济、绿色新能源、现代服务业协同发展的特色产业体系"
SERVICES = "加强教育、医疗、信息等方面的合作"


def holds(words: str, text: str) -> bool:
    return words == "直接买电" and "直购电" in text


@pytest.mark.parametrize(
    ("question", "text", "wrong"),
    [
        ("五大领域是资源配置管理、供地用地、直购电、财税和旅游吧", FIELDS, "旅游"),
        ("五大领域是教育、医疗、信息、文化和创新吧", FIELDS, "教育"),
        ("五大领域是资源配置、供地、直接买电、财政税收和生态补偿这五个吧", FIELDS, ""),
        ("三级运行机制是决策层、监督层和执行层对吧", LEVELS, "监督层"),
        ("三级运行机制是决策层、协调层和执行层对吧", LEVELS, ""),
        # What follows the name lists other things.
        ("两城是钒钛新城和攀西科技城吧", TOWNS, ""),
        ("两城是钒钛新城和空港新城吧", TOWNS, "空港新城"),
        ("“两城”不就是钒钛新城跟空港新城嘛,对不对", TOWNS, "空港新城"),
        # What they are to be, not which they are.
        ("两城是全市的经济中心和创新中心吗", TOWNS, ""),
        ("要建新材料园、装备园、新能源园和石墨烯园吧", PARKS, ""),
        ("要建生物医药产业园、装备产业园、新能源产业园和石墨烯产业园吧", PARKS, "生物医药产业园"),
        ("要跟中科院、重庆大学和清华大学合作吧", SCHOOLS, "清华大学"),
        # Two that are not there may be of another list, and what goes on with 等 may have them.
        ("要建生物医药产业园、装备产业园和食品产业园吧", PARKS, ""),
        ("要加强教育、医疗和旅游的合作吧", SERVICES, ""),
        ("五大领域有哪些、各是什么", FIELDS, ""),
        ("要建新材料园、装备园、航天园和石墨烯园吧", PARKS, "航天园"),
        ("五大领域是资源配置管理、供地用地、直购电、财税、人才引进吧", FIELDS, "人才引进"),
        ("十六字是转型升级、创新驱动、做强产业、做大规模吧", WAY, "做大规模"),
        # The same in other words, misspelt, or with more said of it.
        ("推项目、牵银行、股权混改这三样吧", PRIVATE, ""),
        ("研发是龙头,数字经济、康养、文创这些是跟着的", CITY, ""),
        ("要投自大、科技高、效益好的对吧", PROJECTS, ""),
        ("带头的是新材料,循环经济、新能源、服务业跟着一块发展对吗", INDUSTRIES, ""),
    ],
)
def test_a_member_that_is_none(question: str, text: str, wrong: str) -> None:
    assert wrong_member(question, text, holds) == wrong


@pytest.mark.parametrize("run", ["和、", "教育和"])
def test_long_lists_take_no_time(run: str, effort: Callable[[Callable[[], object]], float]) -> None:
    assert effort(lambda: wrong_member(run * 3000 + "吧", FIELDS * 200, holds)) < 20


@pytest.mark.parametrize(
    ("question", "outside"),
    [
        ("五大领域里有教育吧", "教育"),
        ("“五大领域”里面也包括住房对吧", "住房"),
        ("五大领域里有财税吧", ""),
        ("五大领域里有哪些", ""),
        ("八大战役里有教育吧", ""),
    ],
)
def test_what_a_name_spelt_out_does_not_stand_for(question: str, outside: str) -> None:
    assert no_member(question, FIELDS) == outside
