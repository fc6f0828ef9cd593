"""A name of a question with one word otherwise than a text, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.misquoting import misquoted, without_quotation_marks

DECISION = (
    "建好国家技术转移西南中心攀西分中心,加快创建国家钒钛新材料产业创新中心",
    "加强与成都、重庆两地国资国企协同,积极开展各类资本和项目合作",
    "发挥工会、共青团、妇联等群团组织作用",
    "按照“工业经济强县、特色农业富县、康养产业活县、对外开放兴县”的县域经济发展思路",
    "聚焦“五大区域高地”建设,加快职教城、创新基地、总部基地和攀西数字经济港建设",
    "集聚省级以上研发机构20家以上、高新技术企业10家以上,高新技术产业产值占比50%以上",
    "支持西区与温江区联合打造省级康复辅助器具综合产业园区",
    "推动设立无人机测试基地,加快机场迁建工作",
    "努力打造省内第二个平原经济带",
)


def said_otherwise(question: str) -> tuple[str, str] | None:
    said = without_quotation_marks("\n".join(DECISION))
    found = misquoted(question, DECISION, lambda word, text: word in text, lambda words: words in said)
    return (found.wrong, found.printed) if found else None


@pytest.mark.parametrize(
    ("question", "wrong", "printed"),
    [
        ("门头字样定稿:国家技术转移西南中心川南分中心", "川南", "攀西"),
        ("对象写的是成都、昆明两地国资国企", "昆明", "重庆"),
        # Part of a word, where enough stands alike around it.
        ("发挥工会、共青团、残联作用", "残联", "妇"),
        # What stands alike on one side, a quotation that ends on the other.
        ("念成“旅游产业活县”,底下有人偷笑", "旅游", "康养"),
        ("招聘海报上印的“攀西数字创意港”", "创意", "经济"),
        ("要打造省内第三个平原经济带", "第三个", "二"),
    ],
)
def test_a_name_with_another_word(question: str, wrong: str, printed: str) -> None:
    assert said_otherwise(question) == (wrong, printed)


@pytest.mark.parametrize(
    "question",
    [
        "国家技术转移西南中心攀西分中心什么时候建好",
        # Both stand in the text.
        "高新技术企业产值占多少",
        "到2025年高新技术企业要多少家",
        # Ends alike and says the same.
        "听说要设立无人机测试场地",
        # Only left out.
        "省级康复辅具综合产业园区在哪",
        # What bounds a quantity tells whether it is wrong.
        "高新技术企业50家以上就有奖励吧",
        # Misspelt.
        "攀西数子经济港",
        "中国铁路成都局什么时候招人",
        "",
    ],
)
def test_what_is_no_other_word(question: str) -> None:
    assert said_otherwise(question) is None


def test_a_word_that_the_text_has_by_another_name_is_none() -> None:
    text = DECISION[1]
    assert misquoted("与成都、昆明两地国资国企协同", [text], lambda *_: True, lambda _: False) is None


def test_a_word_that_stands_elsewhere_is_none() -> None:
    text = DECISION[1]
    assert (
        misquoted("与成都、昆明两地国资国企协同", [text], lambda *_: False, lambda words: words == "昆明两地国资")
        is None
    )


def test_the_words_around_it_are_told() -> None:
    found = misquoted("你好,成都、昆明两地国资国企,是哪几家", DECISION, lambda *_: False, lambda _: False)
    assert found is not None
    assert (found.place, found.around) == (1, "成都、昆明两地国资国企")


@pytest.mark.parametrize("run", ["成都、昆明两地", "国资国企", "哈", "、"])
def test_a_long_question_takes_no_time(run: str, effort: Callable[[Callable[[], object]], float]) -> None:
    question = run * (2000 // len(run))
    assert effort(lambda: misquoted(question, DECISION, lambda *_: False, lambda _: False)) < 50
