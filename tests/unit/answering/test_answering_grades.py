"""Which grade a question names, and whether a row of a table is of another one."""

from __future__ import annotations

import pytest

from assistant.answering.grades import grades, of_another_grade


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("二级残疾一个月补多少", {(2, "级")}),
        ("残疾等级:一至三级", {(1, "级"), (2, "级"), (3, "级")}),
        ("一级、二级医院", {(1, "级"), (2, "级")}),
        ("三、四级残疾", {(3, "级"), (4, "级")}),
        ("乙类厂房月租", {("乙", "类")}),
        ("b类人才", {("b", "类")}),
        ("27路多久来一趟", {(27, "路")}),
        ("仁和路33号", {(33, "号")}),
        ("第37便民站和东溪9区", {(37, "便民站"), (9, "区")}),
        ("3月15号前提交,3个工作日,2.5公里内的站", set()),
        ("铅酸电池等危险废物", set()),
    ],
)
def test_the_grades_that_a_text_names(text: str, found: set[tuple[int | str, str]]) -> None:
    assert grades(text) == found


@pytest.mark.parametrize(
    ("row", "question", "another"),
    [
        ("补贴种类:生活补贴,残疾等级:一级,城镇:135元", "二级残疾补多少", True),
        ("补贴种类:生活补贴,残疾等级:二级,城镇:110元", "二级残疾补多少", False),
        ("医院级别:二级及以上,支付比例:80%", "三级医院报几成", False),
        ("房屋:老屋,等级:不分级,重置价:1050元", "一级房屋补多少", False),
        ("线路:6路,首班:6:15", "27路几点首班", True),
        ("站点:第237便民站,电话:2204567", "第37便民站电话多少", True),
        ("站点:第37便民站,电话:2204501", "第37便民站电话多少", False),
        ("县区:东溪9区,地址:解放路9号", "东溪99区电话多少", True),
        ("县区:东溪9区,地址:解放路9号", "东溪9区电话多少", False),
        ("线路:6路,首班:6:15", "公交几点首班", False),
        ("区县:东溪区,地址:仁和路33号", "二级残疾补多少", False),
        ("病种:高血压,一级医院:90%,二级医院:80%", "二级医院报几成", False),
    ],
)
def test_a_row_of_another_grade(row: str, question: str, another: bool) -> None:
    assert of_another_grade(row, question) is another
