"""Cleaning and parsing of the forms that Chinese policy texts come in, by example."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.ingestion import clean, match_label, parse_clauses, warnings
from assistant.ingestion.cleaning import strip_white
from assistant.ingestion.sequence import numbering
from assistant.schema import Clause

Outline = list[tuple[str, int, str, str, int]]


def outline(raw: str) -> Outline:
    text = clean(raw)
    clauses = parse_clauses(text)
    assert "\n".join(clause.text for clause in clauses) == text
    assert strip_white(text) == strip_white(raw)
    return [(clause.kind, clause.number, clause.label, clause.heading, clause.part) for clause in clauses]


def texts(raw: str) -> dict[int, str]:
    return {clause.number: clause.text for clause in parse_clauses(clean(raw)) if clause.kind == "clause"}


ARTICLES = """广州市某某管理办法

（2020年5月1日广州市人民政府第10次常务会议通过　根据2022年6月1日决定修正）

目　录
第一章　总则
第二章　管理

第一章　总　则

第一条　【立法目的】为了规范管理，
制定本办法。

第二条　本办法适用于下列活动：

（一）甲类活动；
（二）乙类活动。
违反第三条规定的，不适用。

第二章 管理
第一节 一般规定
第三条 按照本办法第一条
第二款和第
五条的规定执行。
第四条（适用）依法处理。
第三节 其他
第六条 本办法自2020年6月1日起施行。

广州市人民政府
2020年5月1日
附件：1.申请表
2.承诺书.doc
"""


def test_articles_with_chapters_sections_and_contents() -> None:
    assert outline(ARTICLES) == [
        ("title", 0, "", "", 0),
        ("adoption", 0, "", "", 0),
        ("preamble", 0, "", "", 0),
        ("part", 0, "第一章", "总则", 1),
        ("clause", 1, "第一条", "立法目的", 1),
        ("clause", 2, "第二条", "", 1),
        ("part", 0, "第二章", "管理", 2),
        ("part", 0, "第一节", "一般规定", 3),
        ("clause", 3, "第三条", "", 3),
        ("clause", 4, "第四条", "适用", 3),
        ("part", 0, "第三节", "其他", 4),
        ("clause", 6, "第六条", "", 4),
        ("closing", 0, "", "", 4),
    ]
    clauses = texts(ARTICLES)
    assert clauses[1] == "第一条【立法目的】为了规范管理，制定本办法。"
    assert clauses[2] == (
        "第二条本办法适用于下列活动：\n（一）甲类活动；\n（二）乙类活动。\n违反第三条规定的，不适用。"
    )
    assert clauses[3] == "第三条按照本办法第一条第二款和第五条的规定执行。"
    assert warnings(parse_clauses(clean(ARTICLES))) == [
        "Before 第三节: number 2 missing.",
        "Before 第六条: number 5 missing.",
    ]


def test_a_quoted_article_at_the_start_of_a_line_is_no_clause() -> None:
    raw = "某规定\n第一条 甲。\n第二条 原规定为：\n第九条 乙。\n现予删除。\n第三条 丙。\n第四条 丁。"
    assert [number for _, number, *_ in outline(raw)] == [0, 1, 2, 3, 4]
    assert warnings(parse_clauses(clean(raw))) == ["第二条 holds a paragraph that begins 第九条, out of sequence."]


def test_paren_under_han_restarting_and_a_part_that_is_a_clause() -> None:
    raw = (
        "某通知\n各单位：\n现通知如下。\n一、总体要求\n(一)甲。好。\n〔二〕乙。好。\n"
        "二、任务\n以下任务。\n（ 一 ）丙。好。\n三、本通知自发布之日起施行。"
    )
    assert outline(raw) == [
        ("title", 0, "", "", 0),
        ("preamble", 0, "", "", 0),
        ("part", 0, "一、", "总体要求", 1),
        ("clause", 1, "(一)", "甲", 1),
        ("clause", 2, "〔二〕", "乙", 1),
        ("part", 0, "二、", "任务", 2),
        ("preamble", 0, "", "", 2),
        ("clause", 3, "（一）", "丙", 2),
        ("clause", 4, "三、", "本通知自发布之日起施行", 2),
    ]


def test_a_list_in_a_sentence_is_no_clause() -> None:
    raw = "某通知\n一、条件\n须符合：\n（一）甲；\n（二）乙；\n（三）丙。\n二、程序\n网上办理。"
    assert outline(raw)[1:] == [("clause", 1, "一、", "条件", 0), ("clause", 2, "二、", "程序", 0)]


def test_digits_that_run_on_are_clauses_those_that_restart_are_not() -> None:
    running = "某措施\n一、甲\n1.子。\n2.丑。\n二、乙\n3.寅。"
    assert [entry[:3] for entry in outline(running) if entry[0] == "clause"] == [
        ("clause", 1, "1."),
        ("clause", 2, "2."),
        ("clause", 3, "3."),
    ]
    restarting = "某措施\n一、甲\n1.子。\n2.丑。\n二、乙\n1.寅。"
    assert [entry[:3] for entry in outline(restarting) if entry[0] == "clause"] == [
        ("clause", 1, "一、"),
        ("clause", 2, "二、"),
    ]


def test_digits_only_with_a_year_after_the_label() -> None:
    raw = "办事问答\n1.2025年有多少指标？\n答：1.6万个。\n２．怎么申请？\n答：网上。"
    assert [entry[:4] for entry in outline(raw)[1:]] == [
        ("clause", 1, "1.", "2025年有多少指标"),
        ("clause", 2, "２．", "怎么申请"),
    ]


ANSWERS = """养犬管理政策问答
市公安局
2025年5月8日
现就咨询较多的问题解答如下。
一、登记
问1：哪些犬要登记？
答：下列犬只应当登记：
（一）大型犬；
（二）中型犬。
问2：登记收费吗，多久年审一次？
答：免费。
每年一次。
二、管理
问3：狗咬了人怎么办？
答：由犬主负责。
三、咨询电话
7730110，工作日9:00至17:00。"""


def test_a_question_is_a_clause_with_its_answer_and_the_heading_above_it_a_part() -> None:
    assert outline(ANSWERS) == [
        ("title", 0, "", "", 0),
        ("preamble", 0, "", "", 0),
        ("part", 0, "一、", "登记", 1),
        ("clause", 1, "问1：", "哪些犬要登记", 1),
        ("clause", 2, "问2：", "登记收费吗，多久年审一次", 1),
        ("part", 0, "二、", "管理", 2),
        ("clause", 3, "问3：", "狗咬了人怎么办", 2),
        ("clause", 4, "三、", "咨询电话", 2),
    ]
    texts = [clause.text for clause in parse_clauses(clean(ANSWERS)) if clause.kind == "clause"]
    assert texts[0].endswith("（二）中型犬。")
    assert texts[1].endswith("每年一次。")


@pytest.mark.parametrize(
    ("first", "second", "labels"),
    [
        ("问：甲可以吗？\n答：可以。", "问：乙呢？\n答：不可以。", ("", "")),
        ("问：甲可以吗？答：可以。", "问：乙呢？答：不可以。", ("", "")),
        ("Q1：甲可以吗？\nA1：可以。", "Q2：乙呢？\nA2：不可以。", ("Q1：", "Q2：")),
        ("问题一：甲可以吗？\n答复：可以。", "问题二：乙呢？\n答复：不可以。", ("问题一：", "问题二：")),
        ("【问1】甲可以吗？\n【答】可以。", "【问2】乙呢？\n【答】不可以。", ("【问1】", "【问2】")),
        ("一、问：甲可以吗？\n答：（一）可以。\n（二）也行。", "二、问：乙呢？\n答：不可以。", ("一、", "二、")),
        ("1.甲可以吗？\n答：（一）可以。\n（二）也行。", "2.乙呢？\n答：不可以。", ("1.", "2.")),
        ("甲可以吗？\n答：可以。", "乙呢？\n答：不可以。", ("", "")),
    ],
)
def test_ways_to_mark_a_question(first: str, second: str, labels: tuple[str, str]) -> None:
    clauses = [entry[:4] for entry in outline(f"某市政策问答\n{first}\n{second}") if entry[0] == "clause"]
    assert clauses == [("clause", 1, labels[0], "甲可以吗"), ("clause", 2, labels[1], "乙呢")]


def test_problems_without_answers_are_no_questions() -> None:
    raw = "某市整改方案\n一、整改任务\n问题1：散煤复烧。\n问题2：扬尘。\n二、保障措施\n加强领导。"
    assert [entry[:3] for entry in outline(raw) if entry[0] != "title"] == [
        ("clause", 1, "一、"),
        ("clause", 2, "二、"),
    ]


def test_a_guide_that_ends_in_questions() -> None:
    raw = (
        "某县办事指南\n第一部分 入住\n一、条件\n年满60周岁。\n二、材料\n（一）申请表；\n（二）身份证。\n"
        "第二部分 改造\n一、对象\n困难老人。\n第三部分 常见问题\n问：租房能改吗？\n答：能。\n问：可以两项都申请吗？\n答：可以。"
    )
    assert outline(raw)[1:] == [
        ("part", 0, "第一部分", "入住", 1),
        ("clause", 1, "一、", "条件", 1),
        ("clause", 2, "二、", "材料", 1),
        ("part", 0, "第二部分", "改造", 2),
        ("clause", 3, "一、", "对象", 2),
        ("part", 0, "第三部分", "常见问题", 3),
        ("clause", 4, "", "租房能改吗", 3),
        ("clause", 5, "", "可以两项都申请吗", 3),
    ]


def test_without_labels_every_paragraph_is_a_clause() -> None:
    raw = "关于放假的通知\n各单位：\n五月一日放假。\n请遵照执行。\n市政府办公室\n2024年4月1日"
    assert [entry[:3] for entry in outline(raw)] == [
        ("title", 0, ""),
        ("preamble", 0, ""),
        ("clause", 1, ""),
        ("clause", 2, ""),
        ("closing", 0, ""),
    ]


@pytest.mark.parametrize(
    "raw", ["一", "标题", "。", "第一条", "一、", "（一）", "\ufeffa", "附件", "1.", "- -", "第一章"]
)
def test_tiny_texts(raw: str) -> None:
    assert outline(raw) != []
    assert sum(kind == "clause" for kind, *_ in outline(raw)) <= 1


def test_empty() -> None:
    assert clean(" \n\u3000\ufeff\f") == ""
    assert parse_clauses("") == ()
    assert warnings(()) == ["No title found.", "No clause found."]


def test_a_document_on_one_line() -> None:
    raw = (
        "关于稳定发展有关措施的通知 各有关单位： 为贯彻落实部署，全力做好工作，制定如下措施： 一、全力保障供应 "
        "1.实施两个机制。市商务局统筹 2 月份的工作，加大组织力度。 2.提供通行便利。 "
        "二、落实 扶持政策 3.减免租金。 市商务局 2020年2月8日"
    )
    assert [entry[:4] for entry in outline(raw)] == [
        ("title", 0, "", ""),
        ("preamble", 0, "", ""),
        ("part", 0, "一、", "全力保障供应"),
        ("clause", 1, "1.", "实施两个机制"),
        ("clause", 2, "2.", "提供通行便利"),
        ("part", 0, "二、", "落实扶持政策"),
        ("clause", 3, "3.", "减免租金"),
        ("closing", 0, "", ""),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "某市关于推动\n高质量发展的决定\n\n一、任务\n\n以下。",
            ["某市关于推动高质量发展的决定", "一、任务", "以下。"],
        ),
        (
            "题\n\n一、坚定以讲话精神为指\n引，全力推动建设\n\n（一）甲。乙。",
            ["题", "一、坚定以讲话精神为指引，全力推动建设", "（一）甲。乙。"],
        ),
        ("题\r\n\r\n甲，\r\n\r\n乙。\f丙。", ["题", "甲，乙。", "丙。"]),
        ("题\n\n使用 Word 2010\nand Excel 软件 ，包括 A B 。", ["题", "使用Word 2010 and Excel软件，包括A B。"]),
        ("题\n\n一 、甲\n\n（ 二） 乙\n\n第 三 条　丙", ["题", "一、甲", "（二）乙", "第三条丙"]),
        ("关 于 放 假 的 通 知\n\n甲。", ["关于放假的通知", "甲。"]),
        ("题\n\n按照《某某\n\n（2020年）办法》执行，好。", ["题", "按照《某某（2020年）办法》执行，好。"]),
        ("题\n\n根据第\n\n（一）项，即第\n三条，好。", ["题", "根据第（一）项，即第三条，好。"]),
        ("题\n\n甲\u200b乙\ufeff丙\u00a0丁\u2003戊。", ["题", "甲乙丙丁戊。"]),
        ("题\n\n（一）\n甲。", ["题", "（一）甲。"]),
        ("题\n第一条 甲。\n第二条 凡违反\n第三条规定的，好。", ["题", "第一条甲。", "第二条凡违反第三条规定的，好。"]),
        (
            "题\n第一条 甲。\n第二条 凡是，违反\n第三条 规定的，好。",
            ["题", "第一条甲。", "第二条凡是，违反第三条规定的，好。"],
        ),
        ("题\n\n今年，增长3\n.5%，好。", ["题", "今年，增长3.5%，好。"]),
        ("题\n\n甲乙丙丁，好\n。\n\na.子；\nb.丑。", ["题", "甲乙丙丁，好。", "a.子；", "b.丑。"]),
    ],
)
def test_cleaning(raw: str, expected: list[str]) -> None:
    assert clean(raw).split("\n") == expected


def test_lines_wrapped_at_a_fixed_width() -> None:
    body = "坚持以人民为中心的发展思想把实现人民对美好生活的向往作为出发点和落脚点。探索建立联动机制，" * 4 + "好。"
    wrapped = "\n".join(body[i : i + 28] for i in range(0, len(body), 28))
    assert clean(f"题\n\n一、甲\n\n{wrapped}\n\n二、乙").split("\n") == ["题", "一、甲", body, "二、乙"]


WIDE = "今年以来全市上下坚持稳中求进的工作总基调"


@pytest.mark.parametrize(
    ("start", "end", "joined"), [("至202", "5年。", "至2025年。"), ("共1,", "000元。", "共1,000元。")]
)
def test_a_number_that_the_edge_of_full_lines_cuts_is_whole_again(start: str, end: str, joined: str) -> None:
    lines = [WIDE + "，好", WIDE + "，美", WIDE[: -len(start) // 2] + "，" + start, end]
    assert clean("题\n\n" + "\n".join(lines)).split("\n") == ["题", "".join([*lines[:2], lines[2], end])]
    assert joined in clean("\n".join(lines))


WRAPPED = f"{WIDE}，好\n{WIDE}，美\n好。\n\n{WIDE}，美\n{WIDE}，是\n真。\n\n"
"""Two blocks of three lines, four of them 44 columns wide."""


@pytest.mark.parametrize(
    ("block", "paragraphs"),
    [
        (f"{WIDE}共12\n34万元。", [f"{WIDE}共1234万元。"]),
        (f"{WIDE}1,\n000元。", [f"{WIDE}1,000元。"]),
        (f"{WIDE[:8]}共12\n34万元。", [f"{WIDE[:8]}共12", "34万元。"]),
        (f"1 {WIDE} 60\n2 {WIDE} 70", [f"1{WIDE}60", f"2{WIDE}70"]),
    ],
)
def test_the_lines_of_a_document_tell_whether_a_number_is_cut_in_a_block_of_two(
    block: str, paragraphs: list[str]
) -> None:
    assert clean(f"题\n\n{WRAPPED}{block}").split("\n")[3:] == paragraphs


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        (["东区，每人每月600", "3个月内申请。"], ["东区，每人每月600", "3个月内申请。"]),
        (["东区，每人每月６００", "３个月内申请。"], ["东区，每人每月６００", "３个月内申请。"]),
        (["东区，0812-3333333", "0812-4444444", "24小时服务，12393.", "7天，好。"], None),
        (["1 东区 700 500", "2 西区 700 500", "3 仁和区 680 480"], ["1东区700 500", "2西区700 500", "3仁和区680 480"]),
        (["电话（0812-3333333", "0812-4444444）。"], ["电话（0812-3333333 0812-4444444）。"]),
        (["东区，每人每月600,", "3个月内申请。"], ["东区，每人每月600, 3个月内申请。"]),
        (["1.", "2024年起施行。"], ["1. 2024年起施行。"]),
    ],
)
def test_two_numbers_that_meet_at_the_end_of_a_line_stay_two(lines: list[str], paragraphs: list[str] | None) -> None:
    text = clean("题\n\n" + "\n".join(lines))
    assert text.split("\n") == ["题", *(paragraphs or lines)]
    assert clean(text.replace("\n", "\n\u2029\n")) == text


def test_a_paragraph_of_many_lines_takes_no_time(effort: Callable[[Callable[[], object]], float]) -> None:
    raw = "题\n\n" + "东区某某社区、仁和区某某社区，西区某某社区、盐边县某某镇\n" * 4000
    assert clean(raw).count("\n") == 1
    assert effort(lambda: clean(raw)) < 100, "a thousand where each line is held against all before it"


@pytest.mark.parametrize(
    ("line", "level", "number", "text"),
    [
        ("第一百二十三条 甲", "article", 123, "第一百二十三条"),
        ("第12条甲", "article", 12, "第12条"),
        ("第 十 一 条 甲", "article", 11, "第 十 一 条"),
        ("第二章 总则", "chapter", 2, "第二章"),
        ("十一、甲", "han", 11, "十一、"),
        ("（十七）甲", "paren", 17, "（十七）"),
        ("(三)甲", "paren", 3, "(三)"),
        ("（四)甲", "paren", 4, "（四)"),
        ("㈤甲", "paren", 5, "㈤"),
        ("（12）甲", "paren_digit", 12, "（12）"),
        ("⑵甲", "paren_digit", 2, "⑵"),
        ("3．甲", "digit", 3, "3．"),
        ("⒊甲", "digit", 3, "⒊"),
        ("④甲", "circled", 4, "④"),
        ("附件2：表", "attachment", 2, "附件2："),
        ("## 一、甲", "han", 1, "一、"),
    ],
)
def test_labels(line: str, level: str, number: int, text: str) -> None:
    label = match_label(line)
    assert label is not None
    assert (label.level, label.number) == (level, number)
    assert label.text.removeprefix("## ") == text


@pytest.mark.parametrize(
    "line",
    [
        "（2020年5月）甲",
        "第三条、第四条",
        "第三条第二款",
        "第十条之一 甲",
        "（一）项",
        "（一）至（三）",
        "一、二级市场",
        "3.5%",
        "一是",
        "2020年",
    ],
)
def test_no_labels(line: str) -> None:
    assert match_label(line) is None


def test_numbering() -> None:
    def accepted(*numbers: int, groups: list[int] | None = None) -> list[int]:
        return [numbers[i] for i in numbering(numbers, groups or [0] * len(numbers))]

    assert accepted(1, 2, 3) == [1, 2, 3]
    assert accepted(1, 2, 9, 3, 4) == [1, 2, 3, 4]
    assert accepted(1, 2, 4, 5) == [1, 2, 4, 5]
    assert accepted(5, 1, 2, 3) == [1, 2, 3]
    assert accepted(1, 2, 7, 8, 9) == [1, 2, 7, 8, 9]
    assert accepted(1, 2, 1, 2, groups=[0, 0, 1, 1]) == [1, 2, 1, 2]
    assert accepted(2, 3, 4) == [2, 3, 4]
    assert accepted() == []


def test_warnings_for_numbers() -> None:
    def clause(number: int, label: str, text: str) -> Clause:
        return Clause(number, "clause", number, label, "", text, 0, len(text), 0)

    found = warnings([clause(1, "第一条", "第一条甲"), clause(5, "第五条", "第五条"), clause(6, "第五条", "第五条乙")])
    assert found == [
        "No title found.",
        "Before 第五条: numbers 2 to 4 missing.",
        "第五条 comes after number 5.",
        "第五条 holds nothing but its label.",
    ]
