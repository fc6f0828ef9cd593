"""What a refusal names: what was asked, in the asker's words, and no word of the story around it."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from tests.integration.pipeline.conversing import asked


@pytest.mark.parametrize(
    ("question", "named"),
    [
        (
            "我舅在河边养了半辈子鸭子，今年说要护水，棚子全拆了。我翻来翻去就想问一句：拆一个鸭棚到底赔多少？",
            "没有写明“拆一个鸭棚到底赔多少”",
        ),
        ("我妈中风以后走不动，下楼都要人背。那医生上门看病一次收多少钱？", "没有写明“医生上门看病一次收多少钱”"),
        ("家长群炸锅了，说市委在这个决定里要求高中一律取消晚自习", "没有写明“市委在这个决定里要求高中一律取消晚自习”"),
        (
            "My mother is 80 and walks badly, we came for the sun. How much is the monthly allowance for people over 80?",
            "do not state an answer to “How much is the monthly allowance for people over 80”",
        ),
    ],
)
def test_of_a_story_what_is_asked_is_named(corpus_assistant: Assistant, question: str, named: str) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "no_evidence"
    assert named in answer.text


def test_of_a_single_clause_the_thing_and_the_kind_of_answer_are_named(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "新机场具体在哪个乡镇")
    assert answer.status == "no_evidence"
    assert "“机场”的具体地址" in answer.text


def test_what_is_said_not_to_be_stated_is_not_denied_twice(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "去大理那条高铁快开建了吧，文件没写票价，我说得对吧")
    assert "没有写明“票价”" in answer.text


def test_where_the_asker_lives_is_not_what_is_missing(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "在杭州做保健品研发，想知道康养科技产业园占地多少亩？")
    assert answer.status == "no_evidence"
    assert "杭州" not in answer.text


def test_where_the_asker_sells_is_not_called_wrong(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "我们厂的钛材卖到德国和波兰，听朋友说攀枝花打算衔接欧洲的货运班列，有这回事吗？")
    assert "不是“德国”" not in answer.text
