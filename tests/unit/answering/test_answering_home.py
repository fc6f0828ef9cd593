"""The places that documents are of."""

from __future__ import annotations

import pytest

from assistant.answering.home import titled_places


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("桐川市商务局 澜平市财政局关于印发《禾泉县2025年补贴办法》的通知", {"桐川", "澜平", "禾泉"}),
        ("中共攀枝花市委关于加快“两城”建设 争创省级新区的决定", {"攀枝花"}),
        ("成都市青羊区人民政府办公室公告", {"成都", "青羊"}),
        ("智慧城市建设方案", set()),
        ("关于加强全市开发区管理的意见", set()),
        ("关于农村县域经济的意见", set()),
    ],
)
def test_the_places_in_a_title(title: str, places: set[str]) -> None:
    found = titled_places([title])
    assert {name for name in found if name[-1] not in "市县区"} == places
    assert all(f"{name}{kind}" in found for name in places for kind in "市县区" if f"{name}{kind}" in title)
