"""The real decision, against what a reader counts in it by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingestion import chunk_document, clean, load_text, read_document, warnings
from assistant.ingestion.cleaning import strip_white
from assistant.schema import Clause, Document

SOURCE = Path(__file__).parents[3] / "corpus" / "panzhihua-2020-07-30.txt"

KINDS = (
    ["title", "adoption", "preamble"]
    + ["part"] + ["clause"] * 3
    + ["part", "preamble"] + ["clause"] * 4
    + ["part"] + ["clause"] * 6
    + ["part"] + ["clause"] * 4
)  # fmt: skip

HEADINGS = {
    1: "推动成渝地区双城经济圈建设，是攀枝花再赴国家战略、勇担时代使命的政治责任",
    2: "推动成渝地区双城经济圈建设，是攀枝花发挥比较优势、提升发展能级的重大机遇",
    3: "推动成渝地区双城经济圈建设，是顺应人民群众美好生活向往的重要抉择",
    4: "高水平建设钒钛新城",
    5: "高品质建设攀西科技城",
    6: "夯实县域经济基础",
    7: "全力争创省级新区",
    8: "加快提升钒钛钢铁制造能力和清洁能源发展水平，建成成渝地区双城经济圈重要经济中心的产业支撑",
    9: "增强科技创新能力和科技转化能力，建成成渝地区双城经济圈科技创新中心的钒钛产业创新中心",
    10: "加强内外大通道建设，建成成渝地区双城经济圈改革开放新高地的南向战略枢纽",
    11: "打造国际阳光康养旅游目的地，建成成渝地区双城经济圈高品质生活宜居地的“后花园”",
    12: "强化生态安全和环保协作，打造成渝地区双城经济圈重要生态屏障",
    13: "深化重点领域改革，构建与成渝地区双城经济圈一体化发展机制",
    14: "强化组织领导",
    15: "激活市场主体",
    16: "调动各方参与",
    17: "强化考核激励",
}

LABELS = [
    *("（一）", "(二)", "（三）", "（四）", "（五）", "(六)", "（七）", "（八）", "(九)"),
    *("(十)", "(十一)", "(十二)", "(十三)", "(十四)", "（十五）", "（十六）", "（十七）"),
]

JOINED = {
    1: ["会议并发表重要讲话，着眼两个大局，深刻阐明"],
    2: ["国家战略机遇，找准攀枝花"],
    3: ["以人民为中心的发展思想，把实现"],
    4: ["国家战略资源创新开发试验区的重要引擎", "科技服务中心建设", "系列重大产业化", "钒钛装备产业园"],
    5: ["产业孵化中心", "“内联外畅”", "文化、创新“五大", "攀西数字经济港"],
    6: ["“迎宾厅”和“后花园”；盐边县", "城乡融合发发展示范区"],
    8: [
        "充分用好攀西国家战略资源创新开发试验区、国家级钇钛高新区、全国钒钛磁铁矿综合利用标准化技术委员会",
        "等“国字号”载体平台，建好钒钛",
        "强力推进资源配置管理、供地用地",
        "“五大领域”",
        "自主知识产权、附加值高、市场竞争力强",
        "“攀钢航母舰队”",
        "在攀枝花”等合作模式",
        "钒钛新材料、智能制造、新能源、汽车及零部件等",
        "供应链、创新链",
        "新能源创新开发和综合利用",
    ],
    11: ["康养旅游产业“5115”工程", "攀西文旅经济带", "区域技能人才培养"],
    14: ["工作机制，各级党政主要负责人任领导小组组长，构建决策层", "重大专项规划，制定我市"],
    16: ["人大立法保障", "宣传引导和政策解读"],
}


@pytest.fixture(scope="module")
def document() -> Document:
    return read_document(SOURCE)[0]


def clauses_of(document: Document) -> dict[int, Clause]:
    return {clause.number: clause for clause in document.clauses if clause.kind == "clause"}


def test_only_white_space_changed(document: Document) -> None:
    assert strip_white(document.text) == strip_white(load_text(SOURCE))
    assert document.text == clean(document.text)


def test_pieces_are_those_a_reader_counts(document: Document) -> None:
    assert [clause.kind for clause in document.clauses] == KINDS
    assert [clause.number for clause in document.clauses if clause.kind == "clause"] == list(range(1, 18))
    assert [clause.label for clause in document.clauses if clause.kind == "clause"] == LABELS
    assert [clause.label for clause in document.clauses if clause.kind == "part"] == ["一、", "二、", "三、", "四、"]
    assert warnings(document.clauses) == []


def test_pieces_tile_the_text(document: Document) -> None:
    assert "\n".join(clause.text for clause in document.clauses) == document.text
    assert all(document.text[clause.start : clause.end] == clause.text for clause in document.clauses)
    assert [clause.position for clause in document.clauses] == list(range(len(document.clauses)))


def test_title_keeps_its_spaces_and_the_body_has_none(document: Document) -> None:
    assert document.clauses[0].text == (
        "中共攀枝花市委关于加快“两城”建设 争创省级新区 全力推动成渝地区双城经济圈建设的决定"
    )
    assert " " not in "".join(clause.text for clause in document.clauses[1:])


def test_adoption_preamble_and_part_introduction(document: Document) -> None:
    assert document.clauses[1].text == "（2020年7月30日中国共产党攀枝花市第十届委员会第九次全体会议通过）"
    assert document.clauses[2].text.endswith("全力推动成渝地区双城经济圈建设进行了深入研究，作出如下决定。")
    introduction = document.clauses[8]
    assert (introduction.part, introduction.number) == (2, 0)
    assert introduction.text.startswith("坚持以成渝地区双城经济圈建设为引领")
    assert introduction.text.endswith("改革开放新区和高品质生活区。")


def test_headings_and_parts(document: Document) -> None:
    clauses = clauses_of(document)
    assert {number: clause.heading for number, clause in clauses.items()} == HEADINGS
    parts = {number: clause.part for number, clause in clauses.items()}
    assert parts == {n: 1 if n <= 3 else 2 if n <= 7 else 3 if n <= 13 else 4 for n in range(1, 18)}
    assert document.clauses[7].heading == "加快“两城”建设、争创省级新区，建设成渝地区双城经济圈优势独特的重要支点"


@pytest.mark.parametrize("number", JOINED)
def test_broken_lines_are_joined(document: Document, number: int) -> None:
    text = clauses_of(document)[number].text
    assert "\n" not in text
    assert [phrase for phrase in JOINED[number] if phrase not in text] == []


def test_record_and_digest(document: Document) -> None:
    assert document.id == "panzhihua-2020-07-30"
    assert document.record.adopted == "2020-07-30"
    assert len(document.digest) == 64


@pytest.mark.parametrize("budget", [40, 120, 300])
def test_chunks_stay_in_their_clause_and_budget(document: Document, budget: int) -> None:
    chunks = chunk_document(document, budget, len)
    assert max(chunk.tokens for chunk in chunks) <= budget
    for chunk in chunks:
        piece = document.clauses[chunk.position]
        assert piece.start <= chunk.start < chunk.end <= piece.end
        assert document.text[chunk.start : chunk.end] == chunk.text
    assert strip_white("".join(chunk.text for chunk in chunks)) == strip_white(document.text)
    assert [chunk.id for chunk in chunks] == [f"panzhihua-2020-07-30:{i}" for i in range(len(chunks))]


def test_chunk_context_is_the_headings_it_does_not_hold(document: Document) -> None:
    chunks = [chunk for chunk in chunk_document(document, 120, len) if chunk.position == 9]
    part = "加快“两城”建设、争创省级新区，建设成渝地区双城经济圈优势独特的重要支点"
    assert chunks[0].text.startswith("（四）高水平建设钒钛新城。")
    assert chunks[0].context == part
    assert len(chunks) > 1
    assert all(chunk.context == part + "。高水平建设钒钛新城" for chunk in chunks[1:])
    title = chunk_document(document, 120, len)[0]
    assert (title.position, title.context) == (0, "")
