"""Clause and part numbers that a question names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.references import LAST, References, find_references, without_left_out_clauses
from assistant.indexing.analysis import normalize


def references(question: str) -> References:
    return find_references(normalize(question))


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第十条讲了什么？", (10,)),
        ("（四）说的是什么", (4,)),
        ("(十一)怎么规定", (11,)),
        ("第 4 条", (4,)),
        ("第１０条", (10,)),
        ("请问第 十 二 条的内容", (12,)),
        ("15条内容", (15,)),
        ("第十八条", (18,)),
        ("十六到十八条是啥", (16, 17, 18)),
        ("十一条和十二条讲的是不是一回事", (11, 12)),
        ("修三条和五条公路", ()),
        ("建三到五条高速", ()),
        ("要修三到五条公交线吗", ()),
        ("第二十条写了什么", (20,)),
        ("第一百二十三条", (123,)),
        ("第一百零二条", (102,)),
        ("（三十二）", (32,)),
        ("第四條講什麼", (4,)),
        ("article 7", (7,)),
        ("What does Article 7 say?", (7,)),
        ("clause 12", (12,)),
        ("Clause No. 12, please", (12,)),
        ("section (3)", (3,)),
        ("第一条和第三条有什么区别", (1, 3)),
        ("（四）、（五）两条", (4, 5)),
        ("第四条，再说一遍第四条", (4,)),
        ("第三点", (3,)),
        ("第八条提升什么能力", (8,)),
        ("第十六条强化什么", (16,)),
        ("第八条钒钛", (8,)),
        ("第七条新区目标", (7,)),
        ("第3、5条建设什么", (3, 5)),
        ("第七条与第八条区别", (7, 8)),
        ("第十二条河长制", (12,)),
    ],
)
def test_clauses(question: str, numbers: tuple[int, ...]) -> None:
    assert references(question).clauses == numbers


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第一部分讲什么", (1,)),
        ("第 2 部分的要点", (2,)),
        ("第四部分和第三部分", (4, 3)),
        ("最后一部分有哪些内容", (LAST,)),
        ("最后部分", (LAST,)),
        ("第三章", (3,)),
        ("part 2", (2,)),
        ("What is Part IV about?", (4,)),
        ("the second part", (2,)),
        ("the last part", (LAST,)),
    ],
)
def test_parts(question: str, numbers: tuple[int, ...]) -> None:
    found = references(question)
    assert found.parts == numbers
    assert found.clauses == ()


@pytest.mark.parametrize(
    "question",
    [
        "要修三条高速吗",
        "规划了几条铁路",
        "开工20条铁路",
        "十条高速公路",
        "3条公路什么时候通车",
        "第四批国家公共文化服务体系示范区",
        "第九次全体会议",
        "2020年7月30日通过的决定",
        "集聚100家以上高新技术企业",
        "到2025年的目标",
        "“5115”工程是什么",
        "“7+3”产业体系",
        "十四五规划",
        "a particle accelerator",
        "part of the plan",
        "条件是什么",
        "部分企业",
    ],
)
def test_other_numbers_name_no_clause(question: str) -> None:
    assert references(question) == References()


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("下一条讲什么", 1),
        ("那后一条呢", 1),
        ("the next clause", 1),
        ("上一条呢", -1),
        ("前一条", -1),
        ("the previous article", -1),
        ("第四条", 0),
    ],
)
def test_steps(question: str, step: int) -> None:
    assert references(question).step == step


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("攀委发（2020）5号文件讲什么", ()),  # the year of a document number
        ("这个决定一共有17条吗", ()),  # how many, not which
        ("是不是有20条措施", ()),
        ("第三条高速公路什么时候开工", ()),
        ("第三条高速什么时候通", ()),
        ("第二条城铁什么时候开工", ()),
        ("第二条跑道建不建", ()),
        ("第二条和城铁有关吗", (2,)),
        ("第十条第二款是什么", (10,)),  # a paragraph of clause 10, not clause 2 as well
        ("第十条的第2点", (10,)),
        ("攀委发〔2020〕5号", ()),
        ("一共17条吧", ()),
        ("17条对吗", ()),
        ("目前三条高速", ()),
        ("第三、四条铁路", ()),
        ("第三条例外情况", ()),
        ("article 10, paragraph 2", (10,)),
        ("paragraph 2 of article 10", (10,)),
        ("the last clause in 2020", (LAST,)),
        ("article 7, 2025", (7,)),
    ],
)
def test_numbers_of_other_things(question: str, numbers: tuple[int, ...]) -> None:
    assert references(question).clauses == numbers


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第四、五条", (4, 5)),
        ("第十一和十二条讲什么", (11, 12)),
        ("第4-6条讲了什么", (4, 5, 6)),
        ("第三到五条", (3, 4, 5)),
        ("第三条到第五条", (3, 4, 5)),
        ("第4、第5条", (4, 5)),
        ("4-6条讲什么", (4, 5, 6)),
        ("（四）到（六）", (4, 5, 6)),
        ("前三条讲什么", (1, 2, 3)),
        ("article four", (4,)),
        ("clause eleven", (11,)),
        ("clause twenty-one", (21,)),
        ("the 4th article", (4,)),
        ("the twelfth article", (12,)),
        ("articles 4 and 5", (4, 5)),
        ("articles 4, 5 and 7", (4, 5, 7)),
        ("articles 4 to 6", (4, 5, 6)),
        ("articles three through five", (3, 4, 5)),
        ("article 4 and article 6", (4, 6)),
        ("the first two articles", (1, 2)),
        ("the fourth clause", (4,)),
        ("第廿条", (20,)),
    ],
)
def test_several_and_spelt_out(question: str, numbers: tuple[int, ...]) -> None:
    assert references(question).clauses == numbers


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("最后一条讲什么", (LAST,)),
        ("最后那条", (LAST,)),
        ("最末条", (LAST,)),
        ("倒数第二条讲什么", (-2,)),
        ("最后两条", (-2, LAST)),
        ("倒数第3条", (-3,)),
        ("the last article", (LAST,)),
        ("the last two clauses", (-2, LAST)),
        ("the second to last clause", (-2,)),
        ("the penultimate clause", (-2,)),
        ("最后两条高速", ()),
    ],
)
def test_counted_from_the_end(question: str, numbers: tuple[int, ...]) -> None:
    found = references(question)
    assert found.step == 0
    assert found.clauses == numbers


@pytest.mark.parametrize("question", ["第1到9999条", "最后9999条", "前9999条", "articles 1 to 9999"])
def test_a_range_without_bound_names_few_clauses(question: str) -> None:
    assert len(references(question).clauses) <= 2


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第一、二部分", (1, 2)),
        ("第二到四部分", (2, 3, 4)),
        ("倒数第二部分", (-2,)),
    ],
)
def test_several_parts(question: str, numbers: tuple[int, ...]) -> None:
    assert references(question).parts == numbers


@pytest.mark.parametrize("question", ["以下条件有哪些", "下一条例子", "上条件"])
def test_words_that_only_look_like_a_step(question: str) -> None:
    assert references(question).step == 0


@pytest.mark.parametrize(
    "question",
    [
        "攀枝花要修3条地铁吗",
        "新增2条公交线路吗",
        "打造3条产业带对不对",
        "2条轨道交通",
        "第二条绕城高速什么时候修",
        "第二条和第三条地铁",
        "第三条在建高速",
        "34条断头路都是哪几条",
        "前三条公交线",
        "最后一条生产线",
        "倒数第二条街",
        "下一条铁路是哪条",
        "想再上一条清洗线",
    ],
)
def test_things_counted_in_the_same_word_are_no_clauses(question: str) -> None:
    assert references(question) == References()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("第三条和铁路有关吗", (3,)),
        ("第二条和第三条分别讲什么", (2, 3)),
        ("第五条对企业有什么要求", (5,)),
        ("第三条给我念念", (3,)),
        ("第三条中小企业能申请吗", (3,)),
        ("第四条what does it say", (4,)),
        ("3号条款", (3,)),
        ("三号条文原文", (3,)),
    ],
)
def test_what_is_said_of_a_clause_tells_it_from_a_thing(question: str, numbers: tuple[int, ...]) -> None:
    assert references(question).clauses == numbers


@pytest.mark.parametrize("joints", [" , ", ",  and "])
def test_a_run_of_joints_takes_no_time(joints: str, effort: Callable[[Callable[[], object]], float]) -> None:
    question = "clause 1" + joints * 14 + "x"
    assert references(question).clauses == (1,)
    assert effort(lambda: references(question)) < 5


@pytest.mark.parametrize(
    ("question", "left_out", "rest"),
    [
        ("撇开第十一条，其余哪些条也谈到康养", (11,), "其余哪些条也谈到康养"),
        ("除第三条外，还有哪里讲医疗", (3,), "还有哪里讲医疗"),
        ("除了第八条和第九条之外还有哪条讲钒钛", (8, 9), "还有哪条讲钒钛"),
        ("apart from clause 11, which clauses mention wellness", (11,), "which clauses mention wellness"),
        ("第十一条除了康养还讲什么", (), "第十一条除了康养还讲什么"),
        ("不算第三条", (), "不算第三条"),
    ],
)
def test_clauses_that_are_left_out(question: str, left_out: tuple[int, ...], rest: str) -> None:
    assert without_left_out_clauses(normalize(question)) == (left_out, normalize(rest))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("第二大部分大致安排了哪些工作", (2,)),
        ("第三大板块讲什么", (3,)),
        ("第二块讲了什么", (2,)),
        ("第二块地卖给谁", ()),
        ("最后一部分要写怎么落实", ()),
    ],
)
def test_parts_by_other_names(question: str, parts: tuple[int, ...]) -> None:
    assert references(question).parts == parts
