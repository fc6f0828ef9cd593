"""A clause that is asked for: by its number, by what it says, and all of them on a matter."""

from __future__ import annotations

import pytest

from assistant.pipeline import Assistant
from tests.integration.pipeline.conversing import asked, quoted


@pytest.mark.parametrize("question", ["把第九条念给我听", "第九条的原文", "Read me clause 9 word for word"])
def test_a_clause_is_read_out_whole(corpus_assistant: Assistant, question: str) -> None:
    clause = next(
        clause for clause in corpus_assistant.documents()[0].clauses if clause.number == 9 and clause.kind == "clause"
    )
    assert quoted(asked(corpus_assistant, question)) == clause.text.removeprefix(clause.label).strip()


def test_a_short_clause_is_told_whole(corpus_assistant: Assistant) -> None:
    words = quoted(asked(corpus_assistant, "第十五条写的什么"))
    assert words.startswith("激活市场主体。")
    assert "非禁即入" in words


def test_what_a_clause_is_about_is_said_shortly(corpus_assistant: Assistant) -> None:
    assert len(quoted(asked(corpus_assistant, "第十一条讲的是什么"))) < 200


def test_which_clause_says_something_is_told_by_its_heading(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "讲铁路公路大通道的是第几条")
    assert answer.citations[0].clause_number == 10
    assert answer.citations[0].quote.startswith("加强内外大通道建设")


def test_step_by_step_is_asked_of_all_of_a_clause(corpus_assistant: Assistant) -> None:
    words = quoted(asked(corpus_assistant, "要拿下省级新区这块牌子，得一步步做哪些事"))
    assert "控制性详细规划" in words
    assert "成立市争创省级新区工作领导机构" in words


def test_which_clause_is_no_count(corpus_assistant: Assistant) -> None:
    assert [c.clause_number for c in asked(corpus_assistant, "考核激励写在文件的第几条？").citations][:1] == [17]


@pytest.mark.parametrize(
    ("question", "number", "said", "unsaid"),
    [
        ("第六条当中写盐边的那几句说了啥", 6, ["盐边县要", "绿色发展示范县"], "县域经济与加快"),
        ("第十条关于机场怎么说", 10, ["机场迁建"], "国家物流枢纽承载"),
        ("第十三条结尾谈园区的那句什么意思", 13, ["飞地园区"], "国资国企"),
        ("第十一条想创建的示范区、示范市有几个，一个个数", 11, ["体育产业发展示范区", "健康城市示范市"], "引水上山"),
        ("第七条最后一句是什么", 7, ["到2025年", "1500亿元以上"], "核心引擎"),
        ("What does article 10 say about the airport?", 10, ["机场迁建"], "国家物流枢纽承载"),
    ],
)
def test_what_a_clause_says_on_a_matter(
    corpus_assistant: Assistant, question: str, number: int, said: list[str], unsaid: str
) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert {citation.clause_number for citation in answer.citations} == {number}
    assert all(words in quoted(answer) for words in said)
    assert unsaid not in quoted(answer)


def test_what_a_clause_does_not_say(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "第十一条有没有提到机场")
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert "(十一)没有写明“机场”" in answer.text
    assert 10 in {citation.clause_number for citation in answer.related}


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("第十条主要是讲什么的，两三句话说清", "加强内外大通道建设"),
        ("第六条的重点是什么", "夯实县域经济基础"),
        ("第八条对我们企业有什么影响", "加快提升钒钛钢铁制造能力"),
        ("政策文件第六条具体内容", "夯实县域经济基础"),
    ],
)
def test_a_clause_as_a_whole_is_told_by_its_opening(corpus_assistant: Assistant, question: str, opening: str) -> None:
    assert asked(corpus_assistant, question).citations[0].quote.startswith(opening)


def test_all_clauses_on_a_matter_but_those_left_out(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "撇开第十一条，其余哪些条也谈到康养？")
    numbers = {citation.clause_number for citation in answer.citations}
    assert {2, 3, 5, 6, 13} <= numbers
    assert 11 not in numbers


def test_all_on_a_name_is_what_uses_it(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "跟攀钢挂钩的布置有哪几处")
    assert {citation.clause_number for citation in answer.citations} == {8, 9, 15}
