"""Word files, PDFs and web pages: what is read from them, and how those that cannot be read are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnreadableSource
from assistant.ingestion import Reading, clean, load_text, parse_clauses, read, read_document
from assistant.ingestion.reading.word_numbering import Numbering, UnknownNumbers, W
from tests.unit.ingestion.make_pdf import make_pdf

CORPUS = Path(__file__).parents[3] / "corpus" / "panzhihua-2020-07-30.txt"
W_NS = nsdecls("w")


def level(number: int, style: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:suff w:val="nothing"/></w:lvl>'
    )


class Word:
    """A Word file in the making, with lists that Word numbers."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self._root = self.document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._lists = 0

    def list(self, *levels: str, of: int = 0, restart: int | None = None) -> int:
        """A list of its own definition, or one more of the definition of another, begun anew."""
        self._lists += 1
        if not of:
            xml = f'<w:abstractNum {W_NS} w:abstractNumId="{self._lists}">{"".join(levels)}</w:abstractNum>'
            self._root.insert(self._lists - 1, parse_xml(xml))
        again = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{restart}"/></w:lvlOverride>' if restart else ""
        self._root.append(
            parse_xml(
                f'<w:num {W_NS} w:numId="{self._lists}"><w:abstractNumId w:val="{of or self._lists}"/>{again}</w:num>'
            )
        )
        return self._lists

    def add(self, text: str, number: int = 0, at: int = 0, style: str | None = None) -> None:
        paragraph = self.document.add_paragraph(text, style)
        if number:
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W_NS}><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')
            )

    def add_xml(self, xml: str) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml))

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()

    def read(self) -> Reading:
        return read(self.bytes(), "文件.docx")

    def lines(self) -> list[str]:
        return clean(self.read().text).split("\n")


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


def test_merged_cells_keep_their_columns_on_a_web_page() -> None:
    page = """<html><body><h1>某市补贴标准通知</h1><p>标准如下，请遵照执行。</p><table>
    <tr><th colspan="3">附表</th></tr><tr><th>等级</th><th>标准</th><th>部门</th></tr>
    <tr><td rowspan="2">一级</td><td>200元</td><td rowspan="3">人社局</td></tr><tr><td>100元</td></tr>
    <tr><td colspan="2">其他</td></tr><tr><td>甲</td><td colspan="x" rowspan="-1">乙</td><td>丙</td></tr></table></body></html>"""
    assert clean(read(page.encode(), "a.html").text).split("\n")[2:] == [
        "|附表|||",
        "|等级|标准|部门|",
        "|一级|200元|人社局|",
        "|一级|100元|人社局|",
        "|其他||人社局|",
        "|甲|乙|丙|",
    ]


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


@given(st.text(st.sampled_from("一二三条第（）()、，。；：“”办法通知 1.a|\n\u2029"), max_size=120))
def test_what_is_known_to_be_paragraphs_is_read_as_the_same_paragraphs(raw: str) -> None:
    text = clean(raw)
    # One line may be a whole document whose breaks became spaces: nothing is known of it.
    assert "\n" not in text or clean(text.replace("\n", "\n\u2029\n")) == text


def test_the_decision_printed_as_pdf_reads_as_the_decision() -> None:
    text = clean(CORPUS.read_text(encoding="utf-8"))
    reading = read(make_pdf(text, header="中共攀枝花市委文件"), "decision.pdf")
    assert clean(reading.text) == text
    assert [(note.kind, note.detail) for note in reading.notes] == [("running_lines", "中共攀枝花市委文件")]


@pytest.mark.parametrize("entry", ["{}号窗口，东区办事处", "（{}）申请表和身份证复印件", "每人每月"])
def test_entries_of_a_list_that_fills_the_pages_of_a_pdf_are_no_running_titles(entry: str) -> None:
    entries = [entry.format(number) for number in range(1, 95)]
    reading = read(make_pdf("\n".join(["附件清单", *entries])), "a.pdf")
    assert "".join(clean(reading.text).split()) == "".join(["附件清单", *entries])
    assert reading.notes == ()


def test_a_running_title_that_repeats_the_title_of_a_pdf_leaves_the_title() -> None:
    title = "公园管理办法"
    text = "\n".join([title, *("市民应当爱护公园的花草树木和各类设施，遵守公园的管理规定。" for _ in range(40))])
    reading = read(make_pdf(text, header=title), "a.pdf")
    assert clean(reading.text) == text
    assert [(note.kind, note.detail) for note in reading.notes] == [("running_lines", title)]


def test_indented_lines_of_a_pdf_begin_paragraphs_and_others_go_on() -> None:
    text = (
        "公园管理办法\n市人民政府，各县（区）人民政府和各园区管理委员会，以及其他的有关部门和有关单位\n"
        "各街道办事处，各居民委员会，各物业服务企业\n公园管理单位，按照各自的职责做好工作"
    )
    assert clean(read(make_pdf(text), "a.pdf").text) == text


def test_pages_of_a_pdf_that_are_scanned_are_told_and_the_others_read() -> None:
    text = "公园管理办法\n第一条 公园内禁止烧烤。"
    reading = read(make_pdf(text + 60 * "\n" + "第二条 湖泊内禁止垂钓。"), "a.pdf")
    assert clean(reading.text) == "公园管理办法\n第一条公园内禁止烧烤。\n第二条湖泊内禁止垂钓。"
    assert [(note.kind, note.detail) for note in reading.notes] == [("empty_pages", "2")]


def test_a_table_that_only_lays_a_page_out_is_no_table() -> None:
    text = [
        "关于路灯管理的通知",
        "一、路灯由市政机构管理。",
        "二、路灯每天天黑时开启，天亮时关闭。",
        "三、本通知自公布之日起施行，有效期五年。",
    ]
    page = f"<html><body><table><tr><td></td><td>{'<br>　　'.join(text)}</td></tr></table></body></html>"
    assert clean(read(page.encode(), "a.html").text).split("\n") == text
    row = "<html><body><p>联系方式如下。</p><table><tr><td>电话，传真</td><td>甲，乙。</td></tr></table></body></html>"
    assert clean(read(row.encode(), "a.html").text) == "联系方式如下。\n|电话，传真|甲，乙。|"


def test_what_lies_deep_in_a_page_is_read() -> None:
    page = f"<html><body><h1>路灯管理办法</h1>{'<div>' * 300}<p>第一条 甲，乙。</p>{'</div>' * 300}</body></html>"
    assert clean(read(page.encode(), "a.html").text) == "路灯管理办法\n第一条甲，乙。"


@pytest.mark.parametrize(("end", "start"), [("至202", "5年。"), ("共1,", "000元。")])
def test_a_number_that_the_edge_of_a_pdf_cuts_is_whole_again_in_a_paragraph_of_two_lines(end: str, start: str) -> None:
    text = (
        "高龄津贴发放通知\n" + "今年以来全市上下坚持稳中求进的工作总基调，按月发放津贴，"[: 26 - len(end)] + end + start
    )
    assert clean(read(make_pdf(text), "a.pdf").text) == text


def test_numbers_at_the_ends_of_rows_of_a_pdf_without_ruling_lines_stay_two() -> None:
    rows = [f"{number} 攀枝花市东区某某街道某社区居民委员会，每人每月{number}00" for number in (1, 2, 3)]
    assert {len(row) for row in rows} == {28}, "each is as wide as the page"
    assert clean(read(make_pdf("".join(rows)), "a.pdf").text).count("\n") == 2


TABLES = """高龄津贴标准
一、按月发放的标准见下表（单位：元/月）。
|年龄段|城镇标准|农村标准|备注|
|80—89周岁|50|40|每季度发放|
|^|60|45|低保对象需要出具证明材料方可享受|
|100周岁以上|300|<|每月发放|
二、申请人向户籍所在地的乡镇人民政府或者街道办事处提出申请，并提交身份证、户口簿、银行卡复印件等材料。"""
IN_ROWS = TABLES.replace("|^|", "|80—89周岁|").replace("|<|", "||")


@pytest.mark.parametrize("rotated", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0, 0), (100, -50)])
def test_a_ruled_table_of_a_pdf_is_read_row_by_row_however_the_page_lies(rotated: int, origin: tuple[int, int]) -> None:
    data = make_pdf(TABLES, rotated=rotated, origin=origin)
    assert clean(read(data, "a.pdf").text) == IN_ROWS


def test_a_table_over_several_pages_of_a_pdf_has_its_head_once() -> None:
    rows = [f"|东溪{number}镇|解放路{number}号|" for number in range(1, 60)]
    head = "|镇名|地址|"
    pages = [
        "办理地点一览\n" + "\n".join([head, *rows[:22]]),
        *("\n".join([head, *rows[at : at + 23]]) for at in (22, 45)),
    ]
    text = clean(read(make_pdf("\n".join(pages)), "a.pdf").text)
    assert text == "\n".join(["办理地点一览", head, *rows])


def test_a_row_that_a_page_break_cuts_in_a_pdf_is_read_as_one() -> None:
    rows = [f"|第{number}项|材料{number}|现场|" for number in range(1, 22)]
    cut = "|第99项|提交身份证户口簿和银行卡复印件|现场|"
    text = clean(read(make_pdf("\n".join(["办事材料一览", "|事项|材料|方式|", *rows, cut])), "a.pdf").text)
    assert text.split("\n")[-1] == cut


def test_boxes_and_lines_round_the_text_of_a_pdf_make_no_table() -> None:
    text = "停水通知\n|因管网检修，东溪片区停水：|\n|明日八时至十七时停水。|\n请提前储水。"
    assert clean(read(make_pdf(text), "a.pdf").text) == text.replace("|", "")


def test_a_web_page_gives_its_document_and_nothing_of_the_site_around_it() -> None:
    page = """<!doctype html><html><head><meta charset="gb2312"><title>市政府网</title>
    <meta name="ArticleTitle" content="公园管理办法"><script>var a = "第九条 不是正文。";</script></head>
    <body><nav>首页，新闻。</nav><div class="top">今天，晴。</div><div id="zoom"><p>第一条&nbsp;&nbsp;为了加强管理，制定
    本办法。</p><p hidden>隐藏。</p><p>第二条 禁止下列行为：</p><ol start="2"><li>燃放烟花；</li><li>垂钓。</li></ol>
    <table><tr><th>项目</th><th>标准</th></tr><tr><td>一类</td><td>200元</td></tr></table><!-- 注释。 -->
    <p>第三条 本办法自发布之日起施行，<br>解释权归市政府。</p><p>第四条 市、县、区，各部门，各街道，均应遵守；
    违反的，依法处理。</p></div><footer>版权所有，侵权必究。</footer></body></html>"""
    reading = read(page.encode("gb18030"), "办法.html")
    assert clean(reading.text).split("\n") == [
        "公园管理办法",
        "第一条为了加强管理，制定本办法。",
        "第二条禁止下列行为：",
        "2.燃放烟花；",
        "3.垂钓。",
        "|项目|标准|",
        "|一类|200元|",
        "第三条本办法自发布之日起施行，解释权归市政府。",
        "第四条市、县、区，各部门，各街道，均应遵守；违反的，依法处理。",
    ]
    assert reading.notes == ()


def page(*parts: str) -> list[str]:
    """The lines of a web page whose body holds these parts."""
    return clean(read(f"<html><body>{''.join(parts)}</body></html>".encode(), "a.html").text).split("\n")


LABELS = [f"第{number}条" for number in "一二三四五六七八九十"]
ARTICLES = [f"{label}各部门应当加强管理，依法履职，认真执行有关法律、法规。" for label in LABELS]
MAIN = "".join(f"<p>{article}</p>" for article in ARTICLES)
TITLE = "<p>公园管理办法</p>"
LAST = "第十一条本办法自2024年1月1日起施行。"
TABLE = "<table><tr><td>年龄</td><td>标准</td></tr><tr><td>80岁</td><td>100元</td></tr></table>"


def test_a_page_that_is_one_form_gives_its_document_without_the_controls() -> None:
    lines = page(
        "<form action='view.aspx'><div>检索：<input value='1'><select><option>本站</option></select>"
        f"<button>查询</button></div><div>{TITLE}{MAIN}</div></form>"
    )
    assert lines == ["公园管理办法", *ARTICLES]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("", f"<div><p>{LAST}</p></div>", [*ARTICLES, LAST]),
        ("<div><p>第零条总则。</p></div>", "", ["第零条总则。", *ARTICLES]),
        ("<br>第零条总则。", "", ["第零条总则。", *ARTICLES]),
        ("", f"<div>{TABLE}</div>", [*ARTICLES, "|年龄|标准|", "|80岁|100元|"]),
        ("", "<div class='WordSection2'><p>附则说明</p></div>", [*ARTICLES, "附则说明"]),
        ("<div><a href='/'>1.首页</a> <a href='/n'>2.新闻</a></div>", "<div>主办单位</div>", ARTICLES),
        ("<table><tr><td>首页</td><td>新闻</td></tr></table>", "", ARTICLES),
    ],
)
def test_what_belongs_to_the_document_of_a_page_stays_with_it(before: str, after: str, lines: list[str]) -> None:
    assert page(before, f"<div class='WordSection1'>{MAIN}</div>", after) == lines


def test_lines_and_paragraphs_of_a_cell_stay_apart_on_a_web_page() -> None:
    cells = "<td>0812-3333333<br>0812-4444444</td><td><p>600</p><p>800</p></td><td>每月<b>1</b>00<i>元</i></td>"
    assert page(f"<table><tr>{cells}</tr></table>") == ["|0812-3333333 0812-4444444|600 800|每月100元|"]


def archive(parts: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts:
            packed.writestr(name, data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = Word()
WORD.add("公园管理办法。")
GOOD = WORD.bytes()


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.doc", OLE + b"\0" * 600, "old_office"),
        ("a.wps", b"x", "old_office"),
        ("a.docx", OLE + b"\0" * 600, "old_office"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.docx", b"plain text", "mislabelled"),
        ("a.pdf", "只是文字。".encode(), "mislabelled"),
        ("a.docx", archive([("xl/workbook.xml", b"<a/>")]), "mislabelled"),
        ("a.docx", archive([("word/document.xml", b"<a/>")]), "damaged"),
        ("a.docx", GOOD[: len(GOOD) // 2], "damaged"),
        ("a.docx", archive([("word/document.xml", b"\0" * 40_000_000)]), "unpacks_too_large"),
        ("a.docx", archive([(f"word/{i}", b"") for i in range(5000)]), "unpacks_too_large"),
        ("a.pdf", b"%PDF-1.4\x00\x01", "damaged"),
        ("a.pdf", make_pdf(""), "scanned"),
        ("a.pdf", make_pdf("\ue001\ue002\ue003\ue004\ue005"), "garbled"),
        ("a.html", b"<html><body><script>1</script></body></html>", "empty"),
        ("a.html", f"<html><body>{'<div>' * 3000}第一条 甲。".encode(), "damaged"),
        ("a.txt", b"", "empty"),
        ("a.md", b"![](data:image/png;base64,AAAA)", "empty"),
        ("a.txt", "路灯。".encode() * 1_400_000, "too_long"),
        ("a.txt", rb"{\rtf1\ansi \'c2\'b7}", "old_office"),
        ("a.html", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>=E8=B7=AF</html>", "kind"),
        ("a.html", b"From: <Saved by Blink>\nMIME-Version: 1.0\n\n<html>=E8=B7=AF</html>", "kind"),
        ("a.xlsx", b"PK\x03\x04", "kind"),
        ("a.bin", b"x", "kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str, data: bytes, fault: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(data, name)
    assert caught.value.fault == fault
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_word_file_with_entities_of_its_own_is_refused() -> None:
    parts = {
        info.filename: zipfile.ZipFile(io.BytesIO(GOOD)).read(info)
        for info in zipfile.ZipFile(io.BytesIO(GOOD)).infolist()
    }
    bomb = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    head, rest = parts["word/document.xml"].split(b"?>", 1)
    parts["word/document.xml"] = head + b"?>" + bomb + rest.replace("公园".encode(), "&a;公园".encode())
    with pytest.raises(UnreadableSource) as caught:
        read(archive(list(parts.items())), "a.docx")
    assert caught.value.fault == "damaged"


def test_the_command_line_reads_them_by_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "办法.docx").write_bytes(GOOD)
    document, _ = read_document(tmp_path / "办法.docx")
    assert document.text == "公园管理办法。"
    assert load_text(tmp_path / "办法.docx") == "公园管理办法。"


def test_counters_do_not_end_in_letters_that_do_not_exist() -> None:
    word = Word()
    number = word.list(level(0, "lowerLetter", "%1)", start=27))
    word.add("超出字母表。", number)
    numbering = Numbering(word.document.part.numbering_part.element, word.document.styles.element)
    with pytest.raises(UnknownNumbers):
        numbering.label(word.document.element.body.find(f"{W}p"))
