"""A question put in the documents' words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.restating import in_their_words
from assistant.answering.understanding import Understanding

Understand = Callable[..., Understanding]

SAID = "公共租赁住房的申请、审核程序如下。加快机场迁建工作，规划建设空港新城。"


@pytest.mark.parametrize(
    ("question", "restated"),
    [
        ("公租房申请程序是什么", "公共租赁住房申请程序是什么"),
        # The text has the word.
        ("机场迁建怎么安排", "机场迁建怎么安排"),
        # Nothing in it means the same; 加快 is no noun.
        ("地铁修不修", "地铁修不修"),
        ("要不要抓紧迁建机场", "要不要抓紧迁建机场"),
        # English is read as it is: the passage is Chinese.
        ("how do i apply for public rental housing", "how do i apply for public rental housing"),
    ],
)
def test_words_that_mean_the_same_are_put_in_their_place(understand: Understand, question: str, restated: str) -> None:
    (part,) = understand(question).parts
    assert in_their_words(part, SAID) == restated
