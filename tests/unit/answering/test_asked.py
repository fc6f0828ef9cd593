"""What a question leaves out."""

from __future__ import annotations

import pytest

from assistant.answering.asked import without_left_out

PLACES = {"仁和", "盐边", "米易"}


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("除了西区、仁和区,要搞的还有哪个", ("西区", "仁和区"), "要搞的还有哪个"),
        ("除了仁和和西区,还有谁", ("仁和", "西区"), "还有谁"),
        ("除盐边以外还有哪个县", ("盐边",), "还有哪个县"),
        ("除了重庆大学,还跟谁合作", (), "除了重庆大学,还跟谁合作"),
        ("除了高铁还要修什么路", (), "除了高铁还要修什么路"),
        ("西区要做什么", (), "西区要做什么"),
    ],
)
def test_places_that_are_left_out(text: str, names: tuple[str, ...], rest: str) -> None:
    assert without_left_out(text, PLACES) == (names, rest)
