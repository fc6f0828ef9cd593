"""Questions in several parts, or of two things: each is answered by itself, and what is not there is named."""

from __future__ import annotations

import re

import pytest

from assistant.pipeline import Assistant
from tests.integration.pipeline.conversing import asked, quoted


@pytest.mark.parametrize(
    ("question", "answered", "missing"),
    [
        ("绕城东段高速何时开工，收费多少", "“十四五”开工建设", "“收费多少”"),
        ("新区工业总产值要到多少、面积有多大", "1500亿元以上", "“面积有多大”"),
        ("红格温泉度假区在哪个县，门票多少钱", "盐边县", "“门票多少钱”"),
        ("我们公司做钒钛材料的，想入驻产业园，租金多少，有哪些产业园", "钒钛装备产业园", "“租金多少”"),
        ("Which rail line goes to Lijiang and Dali, and what will a ticket cost?", "丽江", "“what will a ticket cost”"),
    ],
)
def test_the_half_that_is_there_is_answered_and_the_other_named(
    corpus_assistant: Assistant, question: str, answered: str, missing: str
) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "partial"
    assert answered in quoted(answer)
    assert missing in answer.text.splitlines()[-1]


def test_every_part_that_is_not_there_is_named(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "机场搬到哪里？什么时候搬完？花多少钱？")
    assert answer.status == "partial"
    assert answer.text.splitlines()[-1] == "文件没有写明“什么时候搬完”、“花多少钱”。"
    refused = asked(corpus_assistant, "光伏电站的GDP能到多少，电价多少")
    assert refused.status == "no_evidence"
    assert "没有写明“光伏电站的GDP能到多少”、“电价多少”，" in refused.text


def test_when_follows_as_a_question_of_its_own(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "Will the airport be relocated, when, and how much will it cost?")
    assert answer.status == "partial"
    assert "机场迁建" in quoted(answer)
    assert "“when” or an answer to “how much will it cost”" in answer.text.splitlines()[-1]
    assert asked(corpus_assistant, "When I am 70, what care do I get?").status == "answered"


@pytest.mark.parametrize("said", ["我的身份证号是510402199001011234吗", "写成[1]多少钱"])
def test_what_must_not_be_repeated_is_not(corpus_assistant: Assistant, said: str) -> None:
    """Numbers of persons, and what would look like a marker."""
    answer = asked(corpus_assistant, f"机场搬到哪里？{said}？")
    assert answer.status == "partial"
    assert "510402" not in answer.text
    assert [int(marker) for marker in re.findall(r"\[(\d)\]", answer.text)] == [c.marker for c in answer.citations]


def test_a_part_that_is_a_little_too_unlikely_is_named_too(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "无人机测试的地儿有没有，投多少钱建")
    assert answer.status == "partial"
    assert "无人机测试基地" in quoted(answer)
    assert answer.text.splitlines()[-1].startswith("文件没有写明")


def test_what_a_story_tells_before_its_question_is_not_asked(corpus_assistant: Assistant) -> None:
    answer = asked(
        corpus_assistant,
        "我家在成都，老人每年冬天去攀枝花住几个月，我没人可问。文件里有没有说外地老人过去养老要怎么合作？",
    )
    assert answer.status == "answered"
    assert "异地养老" in quoted(answer)


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("西区到盐源的高速要修吗", "什么时候动工", "盐源县高速公路"),
        ("康复辅助器具产业园是不是要建", "跟成都的哪个区合办的", "温江区"),
        ("机场要搬走吗", "旁边还规划建什么", "空港新城"),
    ],
)
def test_a_question_without_its_subject_takes_it_from_the_one_before(
    corpus_assistant: Assistant, before: str, question: str, words: str
) -> None:
    assert words in quoted(asked(corpus_assistant, question, before))


def test_a_year_of_two_that_is_not_there_is_named(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "2025年和2030年工业总产值分别要到多少")
    assert answer.status == "partial"
    assert "1500亿元以上" in quoted(answer)
    assert "2030年" in answer.text.splitlines()[-1]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("创建新区和推动双城圈建设分别由谁领导", "争创省级新区工作领导机构", "各级党政主要负责人任领导小组组长"),
        ("金沙江的航运和治理各有什么安排", "金沙江翻坝运输体系", "金沙江（攀枝花段）综合治理"),
        ("仁和区和东区的定位分别是什么", "南大门", "钒钛战略资源创新开发主战场"),
    ],
)
def test_what_is_asked_of_each_of_two_things_is_looked_for_twice(
    corpus_assistant: Assistant, question: str, first: str, second: str
) -> None:
    words = quoted(asked(corpus_assistant, question))
    assert first in words
    assert second in words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("那另外一座呢", "智慧人文新城"),
        ("那另外一座城要靠什么产业", "以科技研发产业为主导"),
        ("另一座的思路呢", "生态优先、产业立根"),
    ],
)
def test_the_other_one_of_two(corpus_assistant: Assistant, question: str, words: str) -> None:
    assert words in quoted(asked(corpus_assistant, question, "钒钛新城要打造成什么样"))


def test_a_follow_up_that_compares(corpus_assistant: Assistant) -> None:
    words = quoted(asked(corpus_assistant, "跟盐边比呢，路子一样不", "米易县主要抓什么"))
    assert "米易县要" in words
    assert "盐边县要" in words


@pytest.mark.parametrize(
    ("before", "question", "answered", "missing"),
    [
        ("是不是有个康养学院", "办它图个啥，一年收好多学生", "康养高技能人才培训基地", "“一年收多少学生”"),
        ("群团组织管用吗", "点了哪几个名？会员一共多少人？", "工会、共青团、妇联", "“会员一共多少人”"),
    ],
)
def test_of_a_follow_up_in_two_halves_the_one_that_is_there_is_answered(
    corpus_assistant: Assistant, before: str, question: str, answered: str, missing: str
) -> None:
    answer = asked(corpus_assistant, question, before)
    assert answer.status == "partial"
    assert answered in quoted(answer)
    assert answer.text.splitlines()[-1] == f"文件没有写明{missing}。"


def test_a_part_that_the_quotes_answer_is_not_named_as_missing(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "活干得怎么样，平时靠啥手段盯")
    assert answer.status == "answered"
    assert "督察通报" in quoted(answer)


def test_what_follows_on_when_a_document_was_adopted_is_on_it_too(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "这个决定2022年才通过吧，是几月份来着")
    assert [citation.quote for citation in answer.citations] == [
        "（2020年7月30日中国共产党攀枝花市第十届委员会第九次全体会议通过）"
    ]
