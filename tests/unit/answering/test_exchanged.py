"""Two things that a claim has the wrong way round; texts and claims are normalised."""

from __future__ import annotations

import pytest

from assistant.answering.exchanged import exchanged
from assistant.answering.expansion import Term

COUNCILS = "强化人大立法保障,监督督促工作推进,发挥政协协商议政、民主监督作用"
DISTRICTS = "东区要强化研发功能,打造开发主战场;仁和区要抓好片区开发,打造“南大门”"
COUNTED = "集聚研发机构20家以上、高新技术企业100家以上"
SLOGANS = "按照“工业经济强县、特色农业富县、康养产业活县”的思路"


def terms(*names: str) -> list[Term]:
    return [Term(name, ((name, 1.0),), 1.0) for name in names]


@pytest.mark.parametrize(
    ("claim", "text", "names", "numbers", "wrong"),
    [
        ("政协管立法保障,人大管协商议政,没错吧", COUNCILS, "政协 立法保障 人大 协商议政", (), "政协管立法保障"),
        ("人大管立法保障,政协管协商议政,没错吧", COUNCILS, "政协 立法保障 人大 协商议政", (), ""),
        # One of the four is not named: nothing shows that two were exchanged.
        ("政协管立法保障,没错吧", COUNCILS, "政协 立法保障", (), ""),
        ("政协不管立法保障,人大不管协商议政", COUNCILS, "政协 立法保障 人大 协商议政", (), ""),
        # One thing said of several, which the text says in two parts.
        (
            "双城圈是党组织、党员要扛起的政治责任",
            "双城圈建设是政治责任,党组织和党员必须学习",
            "双城圈 政治责任 党组织 党员",
            (),
            "",
        ),
        ("东区当南大门,仁和当主战场", DISTRICTS, "东区 南大门 仁和 主战场", (), "东区当南大门"),
        ("仁和当南大门,东区当主战场", DISTRICTS, "东区 南大门 仁和 主战场", (), ""),
        (
            "研发机构100家,高新技术企业20家",
            COUNTED,
            "研发机构 高新技术企业",
            (("100", "家"), ("20", "家")),
            "研发机构100家",
        ),
        ("研发机构20家,高新技术企业100家", COUNTED, "研发机构 高新技术企业", (("100", "家"), ("20", "家")), ""),
        ("特色农业强县、工业经济富县", SLOGANS, "特色农业 强县 工业经济 富县", (), "特色农业强县"),
        ("工业经济强县、特色农业富县", SLOGANS, "特色农业 强县 工业经济 富县", (), ""),
    ],
)
def test_what_is_put_beside_the_other(
    claim: str, text: str, names: str, numbers: tuple[tuple[str, str], ...], wrong: str
) -> None:
    assert exchanged(claim, text, terms(*names.split()), numbers) == wrong


def test_another_word_for_a_thing_counts() -> None:
    plants = Term("厂子", (("厂子", 1.0), ("转化生产", 1.0)), 1.0)
    text = "探索“研发设计在成渝,转化生产在攀枝花”等合作模式"
    named = [plants, *terms("研发", "成渝", "攀枝花")]
    assert exchanged("研发搁攀枝花,厂子搬去成渝", text, named, ()) == "研发搁攀枝花"
