"""PDFs: paragraphs, running titles, tables with ruling lines, as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingestion import clean, read
from tests.unit.ingestion.make_pdf import make_pdf

CORPUS = Path(__file__).parents[3] / "corpus" / "panzhihua-2020-07-30.txt"


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
