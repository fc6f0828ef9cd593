"""Word files: numbering, tables, tracked changes, and what lies hidden, as they are read."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml

from assistant.ingestion import clean, parse_clauses
from assistant.ingestion.reading.word_numbering import Numbering, UnknownNumbers, W
from tests.unit.ingestion.make_word import W_NS, Word, level

CORPUS = Path(__file__).parents[3] / "corpus" / "panzhihua-2020-07-30.txt"


def test_word_numbers_its_articles_and_items_itself() -> None:
    word = Word()
    articles = word.list(level(0, "chineseCounting", "第%1条　"), level(1, "japaneseCounting", "（%2）"))
    word.add("公园管理办法")
    word.add("为了加强管理，制定本办法。", articles)
    word.add("市民享有下列权利：", articles)
    word.add("入园游览；", articles, at=1)
    word.add("提出建议。", articles, at=1)
    word.add("下列行为禁止：", articles)
    word.add("燃放烟花。", articles, at=1)
    assert word.lines() == [
        "公园管理办法",
        "第一条为了加强管理，制定本办法。",
        "第二条市民享有下列权利：",
        "（一）入园游览；",
        "（二）提出建议。",
        "第三条下列行为禁止：",
        "（一）燃放烟花。",
    ]
    clauses = parse_clauses(clean(word.read().text))
    assert [clause.number for clause in clauses if clause.kind == "clause"] == [1, 2, 3]


@pytest.mark.parametrize(
    ("style", "text", "labels"),
    [
        ("decimal", "%1.", ["1.", "2."]),
        ("chineseCountingThousand", "%1、", ["一、", "二、"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、"]),
        ("decimalEnclosedCircleChinese", "%1", ["①", "②"]),
        ("decimalFullWidth", "（%1）", ["（１）", "（２）"]),
        ("lowerLetter", "%1)", ["a)", "b)"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("bullet", "\uf0b7", ["", ""]),
    ],
)
def test_ways_of_counting(style: str, text: str, labels: list[str]) -> None:
    word = Word()
    number = word.list(level(0, style, text))
    word.add("总则规定。", number)
    word.add("附则规定。", number)
    assert word.read().text.replace("\u2029", "").split("\n") == [labels[0] + "总则规定。", labels[1] + "附则规定。"]


def test_a_way_of_counting_that_is_not_known_gives_no_label_and_a_note() -> None:
    word = Word()
    number = word.list(level(0, "thaiLetters", "%1."))
    word.add("总则规定。", number)
    reading = word.read()
    assert reading.text == "总则规定。"
    assert [(note.kind, note.detail) for note in reading.notes] == [("numbering", "总则规定。")]


def test_numbers_go_on_after_other_text_and_begin_anew_where_word_says_so() -> None:
    word = Word()
    first = word.list(level(0, "decimal", "%1."))
    again = word.list(of=first, restart=1)
    word.add("甲。", first)
    word.add("插入的一段。")
    word.add("乙。", first)
    word.add("丙。", again)
    word.add("丁。", again)
    assert word.lines() == ["1.甲。", "插入的一段。", "2.乙。", "1.丙。", "2.丁。"]


def test_numbers_of_a_style_and_of_the_style_it_is_based_on() -> None:
    word = Word()
    number = word.list(level(0, "chineseCounting", "第%1条 "))
    styles = word.document.styles
    base = styles.add_style("条", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    base.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {W_NS}><w:numId w:val="{number}"/></w:numPr>'))
    styles.add_style("条文", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH).base_style = base
    word.add("总则规定。", style="条")
    word.add("细则规定。", style="条文")
    paragraph = word.document.add_paragraph("不编号的一段。", "条")
    paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W_NS}><w:numId w:val="0"/></w:numPr>'))
    assert word.lines() == ["第一条总则规定。", "第二条细则规定。", "不编号的一段。"]


def test_a_table_is_a_line_a_row_and_joined_to_nothing() -> None:
    word = Word()
    word.add("补贴标准如下")
    table = word.document.add_table(2, 3)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells],
        ["类别", "标准", "部门", "一类", "每人每月200元，连续三年", "人社局"],
        strict=True,
    ):
        cell.text = text
    word.add("以上标准自2023年起执行。")
    assert word.lines() == [
        "补贴标准如下",
        "|类别|标准|部门|",
        "|一类|每人每月200元，连续三年|人社局|",
        "以上标准自2023年起执行。",
    ]


def test_merged_cells_keep_their_columns_in_word() -> None:
    word = Word()
    table = word.document.add_table(4, 3)
    for cell, text in zip(
        [c for row in table.rows for c in row.cells],
        ["附表", "", "", "等级", "标准", "部门", "一级", "200元", "人社局", "", "100元", "民政局"],
        strict=True,
    ):
        cell.text = text
    table.cell(0, 0).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    assert word.lines() == ["|附表|||", "|等级|标准|部门|", "|一级|200元|人社局|", "|一级|100元|民政局|"]


def test_tracked_changes_hidden_text_controls_and_boxes() -> None:
    word = Word()
    word.add_xml(
        f"<w:p {W_NS}><w:r><w:t>应当</w:t></w:r><w:del><w:r><w:delText>立即</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>在三日内</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:t>报告。</w:t></w:r></w:p>"
    )
    word.add_xml(f"<w:sdt {W_NS}><w:sdtContent><w:p><w:r><w:t>控件里的一段。</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    word.add_xml(
        f"<w:p {W_NS}><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的字。</w:t></w:r></w:p></w:txbxContent></w:pict>"
        "</w:r></w:p>"
    )
    assert word.lines() == ["应当在三日内报告。", "控件里的一段。"]
    assert {note.kind for note in word.read().notes} == {"tracked", "text_boxes"}


@pytest.mark.parametrize(
    ("mark", "run"),
    [
        ("<w:del/>", "<w:del><w:r><w:delText>已删去。</w:delText></w:r></w:del>"),
        ("<w:moveFrom/>", "<w:moveFrom><w:r><w:t>已移走。</w:t></w:r></w:moveFrom>"),
        ("<w:vanish/>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏。</w:t></w:r>"),
    ],
)
def test_a_deleted_or_hidden_paragraph_takes_no_number(mark: str, run: str) -> None:
    word = Word()
    number = word.list(level(0, "chineseCounting", "第%1条"))
    word.add("为了加强管理，制定本办法。", number)
    word.add_xml(
        f'<w:p {W_NS}><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr><w:rPr>{mark}</w:rPr>'
        f"</w:pPr>{run}</w:p>"
    )
    word.add("本办法适用于全市。", number)
    assert word.lines() == ["第一条为了加强管理，制定本办法。", "第二条本办法适用于全市。"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_paragraphs_whose_mark_is_deleted_or_hidden_are_one(mark: str) -> None:
    word = Word()
    number = word.list(level(0, "chineseCounting", "第%1条"))
    in_list = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    ends = [f"{in_list}<w:rPr>{mark}</w:rPr>", f"<w:rPr>{mark}</w:rPr>", in_list, in_list]
    texts = ["路灯天黑时", "开启；", "天亮时关闭。", "节约用电。"]
    paragraphs = [
        f"<w:p {W_NS}><w:pPr>{e}</w:pPr><w:r><w:t>{t}</w:t></w:r></w:p>" for e, t in zip(ends, texts, strict=True)
    ]
    for paragraph in paragraphs:
        word.add_xml(paragraph)
    row = "".join(f"<w:tc>{cell}</w:tc>" for cell in ("".join(paragraphs[:3]), paragraphs[3]))
    word.add_xml(f"<w:tbl {W_NS}><w:tr>{row}</w:tr></w:tbl>")
    word.add_xml(paragraphs[1])
    word.add_xml(f"<w:tbl {W_NS}><w:tr>{row}</w:tr></w:tbl>")
    assert word.lines() == [
        "第一条路灯天黑时开启；天亮时关闭。",
        "第二条节约用电。",
        "|第三条路灯天黑时开启；天亮时关闭。|第四条节约用电。|",
        "开启；",
        "|第五条路灯天黑时开启；天亮时关闭。|第六条节约用电。|",
    ]


def test_a_text_box_in_a_cell_is_left_out_as_elsewhere() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框里的字。</w:t></w:r></w:p></w:txbxContent>"
    drawn = (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>'
    )
    cells = [f"<w:tc><w:p><w:r><w:t>一级</w:t></w:r><w:r>{drawn}</w:r></w:p></w:tc>", "<w:tc><w:p/></w:tc>"]
    word = Word()
    word.add_xml(f"<w:tbl {W_NS}><w:tr>{''.join(cells)}</w:tr></w:tbl>")
    assert word.lines() == ["|一级||"]
    assert [note.kind for note in word.read().notes] == ["text_boxes"]


def test_paragraphs_of_a_word_file_are_not_joined_but_lines_of_print_are() -> None:
    word = Word()
    word.add("公园管理办法")
    word.add("下列单位负责本办法的组织实施和监督检查工作，以及有关宣传教育工作")
    word.add("市人民政府，各县（区）人民政府，各园区管理委员会和有关部门")
    assert len(word.lines()) == 3
    printed = Word()
    text = clean(CORPUS.read_text(encoding="utf-8"))
    for line in text.split("\n"):
        for start in range(0, len(line), 28):
            printed.add(line[start : start + 28])
    assert len(parse_clauses("\n".join(printed.lines()))) == len(parse_clauses(text))


def test_counters_do_not_end_in_letters_that_do_not_exist() -> None:
    word = Word()
    number = word.list(level(0, "lowerLetter", "%1)", start=27))
    word.add("超出字母表。", number)
    numbering = Numbering(word.document.part.numbering_part.element, word.document.styles.element)
    with pytest.raises(UnknownNumbers):
        numbering.label(word.document.element.body.find(f"{W}p"))
