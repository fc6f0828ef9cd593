"""Words of asking as the south-west says them."""

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
    ],
)
def test_asking_is_put_into_standard_words(said: str, standard: str) -> None:
    assert in_standard_words(said) == standard


@pytest.mark.parametrize(
    "said", ["好多企业都来了吗", "等了好久了,怎么办?", "听说来了好多人", "好大一片园区", "机场搬到哪里?"]
)
def test_praise_and_lament_stay_what_they_are(said: str) -> None:
    assert in_standard_words(said) == said
