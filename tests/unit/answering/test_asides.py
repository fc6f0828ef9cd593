"""What is said to the assistant beside a question."""

from __future__ import annotations

import pytest

from assistant.answering.as_asked import as_asked


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        ("不是问这个，我是问发电那块", "发电那块呢"),
        ("不是问治理，我是问电话多少", "电话多少"),
        ("我说的是盐边", "盐边呢"),
        ("我的意思是能不能搬", "能不能搬"),
        ("具体点，咋个盯", "怎么盯"),
        ("园子呢 具体点", "园子呢"),
        ("还有别的没 外头的大学呢", "外头的大学呢"),
        ("Not that. I'm asking about the new road", "what about the new road"),
        ("the airport, more details", "the airport"),
        ("机场什么时候搬 快点", "机场什么时候搬"),
        ("五个区县分别干啥 全说一遍 快点", "五个区县分别干啥"),
        ("机场在哪，急，在线等", "机场在哪"),
        ("where is the airport, hurry up", "where is the airport"),
        ("谢谢，这个我清楚了，西区干啥", "这个我清楚了,西区干啥"),
        ("要得，谢了哈，那机场好久搬", "那机场什么时候搬"),
        ("太好了，这下清楚了👍 盐边呢", "盐边呢"),
        ("Thanks, that's very clear. What about the airport?", "what about the airport?"),
        ("写讲话稿用：把人才的做法列出来", "把人才的做法列出来"),
        ("衛健局要寫材料，看病的話在哪些條", "看病的话在哪些条"),
        ("教育系统学习材料：把办学的内容都挑出来", "把办学的内容都挑出来"),
        ("Fine, and the local ones, which are those?", "and the local ones, which are those?"),
        ("ok. great, how about drones?", "how about drones?"),
    ],
)
def test_is_left_out(turn: str, question: str) -> None:
    assert as_asked(turn) == question


@pytest.mark.parametrize(
    "turn",
    [
        "申报材料:一共要交几份",
        "调研报告写什么,什么时候交",
        "企业报告要写哪些内容",
        "具体点",
        "还有别的吗",
        "我说的不对吗",
        "我是问你",
        "不是这个",
        "我想问低保怎么办",
        "学习贯彻总书记讲话,党员自愿就行对吧",
        "定期汇报,每月一次对吗",
        "more details about the airport",
        "快点",
        "养老政策,全说一遍",
        "对了,机场搬不搬",
        "ok so what is that all about",
        "fine dust, what is done about it?",
        "is a fine due?",
    ],
)
def test_what_is_all_there_is_stays(turn: str) -> None:
    assert as_asked(turn) == turn
