"""Bodies as people call them: which are surely not those that a document is of."""

from __future__ import annotations

import pytest

from assistant.answering.issuers import is_another, issuing_bodies

DECISION = "中共攀枝花市委\n2020年7月30日中国共产党攀枝花市第十届委员会第九次全体会议通过"
CITY = "攀枝花市人民政府"


@pytest.mark.parametrize(
    ("named", "text", "another"),
    [
        ("市委", DECISION, False),
        ("攀枝花市委", DECISION, False),
        ("去年市委", DECISION, False),
        ("市委办", DECISION, False),
        ("市委办公室", DECISION, False),
        ("市政府办公室", DECISION, True),
        ("市政府", "攀枝花市人民政府办公室", False),
        ("党委", DECISION, False),
        ("市政府", DECISION, True),
        ("市委和市政府", DECISION, True),
        ("省委", DECISION, True),
        ("四川省委", DECISION, True),
        ("成都市委", DECISION, True),
        ("市发改委", DECISION, True),
        ("市政府", CITY, False),
        ("攀枝花政府", CITY, False),
        ("当地政府", CITY, False),
        ("市人民政府", CITY, False),
        ("市委", CITY, True),
        ("东区政府", CITY, True),
        ("成都政府", CITY, True),
        ("市委和市政府", f"中共攀枝花市委 {CITY}", False),
        ("市医保局", "攀枝花市医疗保障局", False),
        ("市人社局", "攀枝花市人力资源和社会保障局", False),
        ("市工信局", "攀枝花市经济和信息化局", False),
        ("人社局", "攀枝花市人力资源和社会保障局", False),
        ("市发改委", "攀枝花市发展和改革委员会", False),
        ("市教育局", "攀枝花市财政局", True),
        ("教育局", "攀枝花市财政局", True),
        ("省财政厅", "攀枝花市财政局", True),
        ("市财政局", "", False),
    ],
)
def test_a_body_that_is_surely_another(named: str, text: str, another: bool) -> None:
    assert is_another(named, issuing_bodies(text)) is another
