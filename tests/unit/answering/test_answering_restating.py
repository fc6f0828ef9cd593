"""A question as the cross-encoder reads it: in the documents' words, as far as they have them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.restating import readings_of
from assistant.answering.understanding import Understanding

Understand = Callable[..., Understanding]

SAID = "公共租赁住房的申请、审核程序如下。加快机场迁建工作，规划建设空港新城。"


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        ("公租房申请程序是什么", ("公租房申请程序是什么", "公共租赁住房申请程序是什么")),
        # The text has the word.
        ("机场迁建怎么安排", ("机场迁建怎么安排",)),
        # Nothing in it means the same; 加快 is no noun.
        ("地铁修不修", ("地铁修不修",)),
        ("要不要抓紧迁建机场", ("要不要抓紧迁建机场",)),
        # An English word in a Chinese question, in Chinese.
        ("那个airport要不要搬", ("那个airport要不要搬", "那个机场要不要搬")),
        # An English question is read only with what it asks about in Chinese, in words of the text where it has them.
        ("how do i apply for public rental housing", ("怎么 do i 申请 公共租赁住房",)),
        ("by which year will the airport be relocated", ("什么时候 will the 机场 be 迁建",)),
        # Behind a noun, “where” and “who” ask nothing.
        ("is there a place where people who rent can apply", ("有没有 place where 人民 who 租金 can 申请",)),
        # What has no word in Chinese stays.
        ("which unobtainium", ("which unobtainium",)),
    ],
)
def test_a_question_is_read_in_the_documents_words(
    understand: Understand, question: str, readings: tuple[str, ...]
) -> None:
    (part,) = understand(question).parts
    assert readings_of(part, SAID) == readings


def test_beside_an_english_text_english_stays(understand: Understand) -> None:
    (part,) = understand("how do i apply for public rental housing").parts
    assert readings_of(part, "apply for public rental housing at the counter.") == (part.text,)
