"""What a question tells beside what it asks."""

from __future__ import annotations

import pytest

from assistant.answering.claims import asks_if_so, claims_of, lives_there


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("攀枝花到昭通的铁路都开工了,昭通这头咋一点动静没有", ["攀枝花到昭通的铁路都开工了"]),
        (
            "师傅说西区往后是攀枝花的“南大门”,火车南站一圈都要开发。靠谱不?",
            ["师傅说西区往后是攀枝花的“南大门”,火车南站一圈都要开发"],
        ),
        (
            "盐边的钒钛矿可以开,前提是得讲科学——我就给投资人这么转述",
            ["盐边的钒钛矿可以开,前提是得讲科学"],
        ),
        ("师傅说西区往后是攀枝花的“南大门”,靠谱不", ["师傅说西区往后是攀枝花的“南大门”"]),
        # Of the asker.
        ("我弟弟在西区的钒钛厂上班,有没有人才补贴", []),
        # What the asker says, wrote or heard is a claim.
        ("我听说机场要搬到盐边那边去了,啥时候搬", ["我听说机场要搬到盐边那边去了"]),
        # All of it is one: there is nothing beside it.
        ("机场要搬到盐边那边去了", []),
        ("机场什么时候搬", []),
        ("since it's renhe that builds the park, who should we talk to?", ["since it's renhe that builds the park"]),
    ],
)
def test_what_is_told(text: str, claims: list[str]) -> None:
    assert claims_of(text) == claims


@pytest.mark.parametrize(
    "words", ["这师傅靠谱不", "我这么答稳不稳", "妥否", "该信几分", "不会出洋相吧", "is that correct"]
)
def test_what_asks_if_it_is_so(words: str) -> None:
    assert asks_if_so(words)


@pytest.mark.parametrize("words", ["什么时候开工", "能领多少钱", "找哪个部门", "who should we talk to"])
def test_what_asks_for_more(words: str) -> None:
    assert not asks_if_so(words)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("在杭州做保健品研发,园区多少亩", True),
        ("我一直在杭州上班,攀枝花的园区多少亩", True),
        ("在杭州做手术,能报销吗", False),
        ("在杭州做研发有补贴吗", False),
        ("我想去杭州看病,能报销吗", False),
        ("我在杭州上班,杭州有补贴吗", False),
    ],
)
def test_where_the_asker_lives(text: str, there: bool) -> None:
    assert lives_there(text, "杭州") is there
