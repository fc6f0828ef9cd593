"""What a text lists."""

from __future__ import annotations

import pytest

from assistant.answering.windows import lists


@pytest.mark.parametrize(
    ("noun", "text", "expected"),
    [
        ("园", "加快建设钒钛新材料产业园、钒钛装备产业园、新能源产业园和石墨烯碳新材料产业园。", True),
        ("产业园", "加快建设新材料产业园和装备产业园。", True),
        ("园", "加快建设新材料产业园。", False),
        ("产业", "构建数字经济、阳光康养、文化创意和现代服务业为代表的产业体系。", True),
        ("产业", "建成高端产业发展引领区和智慧人文新城。", False),
        ("路", "加快推进道路、停车场建设。", False),
    ],
)
def test_lists_things_of_a_kind(noun: str, text: str, expected: bool) -> None:
    assert lists(noun, text) is expected
