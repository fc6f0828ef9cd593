"""Searches, odd input, and clauses named in every way, over the real corpus."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import InvalidQuestion
from assistant.pipeline import Assistant, ingest, open_assistant, search_rows
from assistant.schema import Query, Turn

DECISION = "panzhihua-2020-07-30"


def test_search_rows(corpus_assistant: Assistant) -> None:
    document = corpus_assistant.document(DECISION)
    rows = search_rows(corpus_assistant, "机场迁建", 7)
    assert len(rows) == 7
    assert rows[0]["clause_number"] == 10
    assert "机场迁建" in rows[0]["text"]
    for row in rows:
        assert set(row) == {"document", "clause_number", "text", "start", "end", "score", "scores"}
        assert row["document"] == DECISION
        assert document.text[row["start"] : row["end"]] == row["text"]
        assert set(row["scores"]) <= {"dense", "lexical", "terms", "pairs", "document"}
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)


@pytest.mark.parametrize("query", ["釩鈦新城", "凡钛新城", " 钒钛新城\u200b"])
def test_search_reads_the_query_as_ask_does(corpus_assistant: Assistant, query: str) -> None:
    assert search_rows(corpus_assistant, query, 5) == search_rows(corpus_assistant, "钒钛新城", 5)


@pytest.mark.parametrize(("query", "number"), [("第十条", 10), ("（四）", 4), ("article 7", 7)])
def test_search_by_number_goes_straight_to_the_clause(corpus_assistant: Assistant, query: str, number: int) -> None:
    assert search_rows(corpus_assistant, query, 5)[0]["clause_number"] == number


# Odd input


@pytest.mark.parametrize("question", ["", " \n\t", "？？？", "\x00\x07", "\ud800", "\u3000", "😀", "。，"])
def test_an_empty_question(corpus_assistant: Assistant, question: str) -> None:
    for ask in (lambda: corpus_assistant.ask(Query(question)), lambda: corpus_assistant.search(question)):
        with pytest.raises(InvalidQuestion, match="empty"):
            ask()


def test_a_question_that_is_too_long(corpus_assistant: Assistant) -> None:
    with pytest.raises(InvalidQuestion, match="100,000"):
        corpus_assistant.ask(Query("机" * 100_000))


@pytest.mark.parametrize(
    "question",
    [
        "机场\x00迁建\x1b[31m怎么安排",
        "机场迁建怎么安排\ufffd\ufffd\x1b[1;31m",
        "机场\ud800迁建怎么安排\udfff",
        "机场\n迁建\r\n怎么安排",
        "<b>机场</b>迁建怎么安排",
        "**机场**迁建怎么安排",
        '机场" OR id:*迁建怎么安排',
        "机场迁建怎么安排" + " " * 1900,
    ],
)
def test_odd_characters_do_not_hide_the_question(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert [c.clause_number for c in answer.citations] == [10]
    answer.text.encode("utf-8")


def test_a_long_history_is_refused_or_read_quickly(corpus_assistant: Assistant) -> None:
    text = corpus_assistant.document(DECISION).text
    started = time.thread_time()
    try:
        corpus_assistant.ask(Query("那盐边呢？", (Turn(text[:3000]),)))
    except InvalidQuestion:
        pass
    # Seconds of processor time of this thread: others of the process, left by earlier tests, are not to count.
    assert time.thread_time() - started < 5


@pytest.mark.parametrize("question", ["机 场 要 搬 到 哪 里？", "机　场搬到哪里"])
def test_spaces_between_characters_do_not_hide_the_question(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.text == corpus_assistant.ask(Query("".join(question.split()))).text


# Clauses by their place


def test_the_last_clause(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("最后一条讲什么"))
    assert [citation.clause_number for citation in answer.citations] == [17]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("倒数第二条讲什么", [16]),
        ("最后两条", [16, 17]),
        ("第三到五条讲什么", [3, 4, 5]),
        ("article four", [4]),
    ],
)
def test_clauses_named_in_other_ways(corpus_assistant: Assistant, question: str, clauses: list[int]) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert [citation.clause_number for citation in answer.citations] == clauses


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("倒数第三十条讲什么", "17"),
        ("the 30th clause", "17"),
        ("第〇条", "17"),
        ("第六部分讲什么", "4"),
        ("倒数第五部分的内容", "4"),
        ("what is part 7 about", "4"),
    ],
)
def test_a_clause_or_part_that_is_not_there(corpus_assistant: Assistant, question: str, count: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "no_evidence"
    assert count in answer.text
    assert "-" not in answer.text


@pytest.mark.parametrize(
    "question", ["一共有17条吗", "这个决定有多少条？", "文件一共有20条对吗", "How many clauses are there?"]
)
def test_how_many_clauses_there_are(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "17" in answer.text
    assert [citation.clause_number for citation in answer.citations] == [17]


@pytest.mark.parametrize(
    "question",
    [
        "文件有几部分",
        "这个决定一共分几个部分？",
        "这个决定由几部分组成",
        "决定由哪几部分构成",
        "文件分成哪些部分",
        "分为几大块，分别是什么",
        "How many parts does the decision have?",
    ],
)
def test_how_many_parts_there_are(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "4" in answer.text.splitlines()[0]
    assert [citation.quote[:4] for citation in answer.citations] == ["坚定以习", "加快“两", "发挥比较", "加强党的"]


def test_chapters_are_counted_as_chapters(settings: Settings, tmp_path: Path) -> None:
    text = (
        "芦溪县公园管理办法\n\n第一章 总则\n第一条 为了管理公园，制定本办法。\n第二章 开放\n第二条 公园每日六时开放。\n"
    )
    (tmp_path / "parks.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path / "parks.txt"], settings)
    assistant = open_assistant(settings)
    counted = assistant.ask(Query("一共几章"))
    assert counted.text.startswith("该文件共有2章")
    assert [citation.quote for citation in counted.citations] == ["总则", "开放"]
    assert assistant.ask(Query("第九章说什么")).text == "没有第9章：该文件共有2章。"
    assert assistant.ask(Query("第二章第一节讲什么")).text == "没有第1节：该文件不分节。"
    assert (
        assistant.ask(Query("What does chapter 9 say?")).text == "There is no chapter 9: the document has 2 chapters."
    )


def test_sections_and_chapters_are_counted_apart(settings: Settings, tmp_path: Path) -> None:
    sections = "".join(
        f"第{chapter}章 章名{chapter}\n第一节 起\n第{first}条 渔民甲要登记。\n第二节 止\n第{second}条 渔船乙要检验。\n"
        for chapter, first, second in (("一", "一", "二"), ("二", "三", "四"), ("三", "五", "六"))
    )
    (tmp_path / "fish.txt").write_text(f"渔业管理条例\n\n{sections}", encoding="utf-8")
    ingest([tmp_path / "fish.txt"], settings)
    assistant = open_assistant(settings)
    assert assistant.ask(Query("第五章讲什么")).text == "没有第5章：该文件共有3章。"
    assert assistant.ask(Query("第五节讲什么")).text == "没有第5节：该文件最多编到第2节。"
    assert [c.clause_number for c in assistant.ask(Query("第二章第一节讲什么")).citations] == [3]
    assert assistant.ask(Query("一共几章")).text.startswith("该文件共有3章")


def test_books_are_counted_as_books(settings: Settings, tmp_path: Path) -> None:
    text = (
        "渔业法典\n\n第一编 总则\n第一章 甲\n第一条 渔民要登记。\n第二章 乙\n第二条 渔船要检验。\n"
        "第二编 分则\n第一章 丙\n第三条 渔港要管理。\n"
    )
    (tmp_path / "code.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path / "code.txt"], settings)
    assistant = open_assistant(settings)
    assert assistant.ask(Query("文件有几个部分")).text.startswith("该文件共有2编")
    assert assistant.ask(Query("第二节讲什么")).text == "没有第2节：该文件不分节。"


def test_where_numbers_start_again_a_clause_is_told_by_its_printed_number(settings: Settings, tmp_path: Path) -> None:
    parts = "".join(
        f"{part}、{matter}\n（一）{matter}由渔政站负责。\n（二）{matter}每年检查一次。\n"
        for part, matter in (("一", "登记"), ("二", "检验"), ("三", "放流"), ("四", "养殖"))
    )
    (tmp_path / "plan.txt").write_text(f"渔业发展方案\n\n{parts}（三）养殖证要年审。\n", encoding="utf-8")
    ingest([tmp_path / "plan.txt"], settings)
    assistant = open_assistant(settings)
    answer = assistant.ask(Query("（三）讲了什么"))
    assert [citation.quote for citation in answer.citations] == ["养殖证要年审。"]
    missing = assistant.ask(Query("第（七）条讲什么"))
    assert missing.text == "没有第7条：该文件共有9条，分部分编号，最大的编号是（三）。"
    several = assistant.ask(Query("（二）讲了什么"))
    assert several.status == "answered"
    assert [citation.clause_number for citation in several.citations] == [2, 4, 6]
    assert several.text.splitlines()[-1] == "（文件分部分编号，同一编号的还有1条，可说明是哪一部分再问。）"
    assert [c.clause_number for c in assistant.ask(Query("第四部分的（二）讲什么")).citations] == [8]


@pytest.mark.parametrize(
    ("question", "quoted", "note"),
    [
        ("第五条和第二十条讲什么", {5}, "没有第20条：该文件共有17条，最后一条是（十七）。"),
        ("十六到二十一条是啥", {16, 17}, "没有第18条、第19条、第20条等：该文件共有17条，最后一条是（十七）。"),
        ("第一部分和第六部分讲什么", {1, 2, 3}, "没有第6部分：该文件共有4个部分。"),
        (
            "What do clauses 5, 19 and 20 say?",
            {5},
            "There is no clause 19 or clause 20: the document has 17 clauses, the last one is （十七）.",
        ),
    ],
)
def test_of_what_is_named_the_part_that_is_there_is_quoted_and_the_rest_said_to_be_missing(
    corpus_assistant: Assistant, question: str, quoted: set[int], note: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "partial"
    assert {citation.clause_number for citation in answer.citations} == quoted
    assert answer.text.splitlines()[-1] == note


def test_a_document_without_clauses_has_no_last_one(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "notice.txt").write_text("关于闭馆的通知\n\n图书馆本周六闭馆，周日照常开放。\n", encoding="utf-8")
    ingest([tmp_path / "notice.txt"], settings)
    assistant = open_assistant(settings)
    assert assistant.ask(Query("第三条讲什么")).text == "没有第3条：该文件不分条。"
    said = assistant.ask(Query("What does clause 3 say?")).text
    assert said == "There is no clause 3: the document is not divided into clauses."


def test_a_document_that_is_nothing_but_its_front_has_no_clauses(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "front.txt").write_text("关于某事的通知\n各单位：\n2020年1月1日\n", encoding="utf-8")
    ingest([tmp_path / "front.txt"], settings)
    assert open_assistant(settings).ask(Query("第三条讲什么")).text == "没有第3条：该文件不分条。"


@pytest.mark.parametrize("question", ["高速公路有几条", "一共有几条高速"])
def test_a_number_of_motorways_is_no_number_of_clauses(corpus_assistant: Assistant, question: str) -> None:
    assert 17 not in {citation.clause_number for citation in corpus_assistant.ask(Query(question)).citations}
