"""Everything on a matter, asked of documents whose clauses on it are known."""

from __future__ import annotations

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

PLAN = """临河市促进经济社会发展若干措施

第一条 加快城区道路建设，三年内新建环城路两条。
第二条 对来我市工作的博士给予安家补助，帮助解决子女入学。
第三条 开展污水管网改造，城区生活污水处理率达到百分之九十五。
第四条 支持企业与职业学校共同培养技术工人，引进高技能人才。
第五条 举办龙舟节和采摘节，推介乡村旅游线路。
第六条 设立人才服务窗口，为引进的专家办理落户和职称评定。
第七条 完善社区食堂和日间照料，方便老人就近用餐。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("everything")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    settings = Settings(data_dir=folder / "data")
    ingest([folder / "plan.txt"], settings)
    return open_assistant(settings)


@pytest.mark.parametrize("question", ["人才方面的措施都列出来", "关于人才有哪些政策，全部告诉我", "人才政策汇总一下"])
def test_each_clause_on_a_matter_is_quoted_and_no_other(plan: Assistant, question: str) -> None:
    answer = plan.ask(Query(question))
    assert answer.status == "answered"
    numbers = {citation.clause_number for citation in answer.citations}
    assert {4, 6} <= numbers <= {2, 4, 6}
    assert answer.text.startswith(f"共7条，已逐条查过，找到相关的{len(numbers)}条（")
    assert all(citation.quote in PLAN for citation in answer.citations)


def test_one_clause_is_not_padded(plan: Assistant) -> None:
    answer = plan.ask(Query("道路建设的内容全部列出来"))
    assert [citation.clause_number for citation in answer.citations] == [1]
    assert answer.text.startswith("共7条，已逐条查过，找到相关的1条（第一条）：")


def test_what_no_clause_is_on_is_refused_with_how_many_were_looked_at(plan: Assistant) -> None:
    answer = plan.ask(Query("所有关于宠物的规定都列出来"))
    assert answer.status == "no_evidence"
    assert not answer.citations
    assert "共7条，已逐条查过" in answer.text
    assert "宠物" in answer.text


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("生态补偿 相关条款 齐全", {8, 12}),
        ("康养两个字在哪些条里露过脸，每处什么意思", {2, 3, 5, 6, 11, 13}),
        ("单独点到重庆的句子全部还原", {9, 10, 15}),
    ],
)
def test_what_is_only_named_is_told_where_it_stands(
    corpus_assistant: Assistant, question: str, clauses: set[int]
) -> None:
    """None of these asks anything that the cross-encoder could see answered."""
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert {citation.clause_number for citation in answer.citations} >= clauses


@pytest.mark.parametrize("question", ["遛狗养猫的规矩 一条都别漏", "民族、宗教方面的条款，一个不剩发我"])
def test_what_is_only_named_and_stands_nowhere_is_refused(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == "no_evidence"


def test_a_matter_asked_of_in_several_pieces_is_one(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("循环经济、废物再利用之类，通篇有几处，内容各是什么"))
    assert answer.status == "answered"
    assert {4, 12} <= {citation.clause_number for citation in answer.citations}


def test_who_asks_tells_of_himself_and_asks_of_the_matter(plan: Assistant) -> None:
    answer = plan.ask(Query("我家孩子明年毕业，媳妇催我把凡是跟人才沾边的都抄回去"))
    assert {4, 6} <= {citation.clause_number for citation in answer.citations}


def test_a_list_of_one_thing_is_no_list_of_everything(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("钒钛新城要建哪几个产业园？"))
    assert "逐条" not in answer.text


def test_english_is_told_what_was_looked_at(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("Tell me everything it says about talent"))
    assert answer.text.startswith("I went through all 17 clauses and found ")
    assert {7, 9, 13} <= {citation.clause_number for citation in answer.citations}


def test_the_whole_question_says_that_everything_is_asked_for(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("金沙江上要搞哪些事？一个都别漏"))
    assert {citation.clause_number for citation in answer.citations} == {10, 12}


@pytest.mark.parametrize(
    "question", ["How many clauses does the decision have?", "how many articles are there in total"]
)
def test_clauses_are_counted_in_english(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).text.startswith("The document has 17 clauses.")


def test_clauses_that_say_something_are_not_all_clauses(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("How many clauses call for developing strategic emerging industries?"))
    assert not answer.text.startswith("The document has")
    assert {6, 11, 13} <= {citation.clause_number for citation in answer.citations}


def test_all_clauses_are_told_by_their_headings(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("列出所有条款的标题"))
    assert [citation.clause_number for citation in answer.citations] == list(range(18))
    parts = corpus_assistant.ask(Query("全部内容列一下"))
    assert len(parts.citations) < 18
    assert parts.text.startswith("主要内容：")


def test_of_how_many_something_holds_is_no_question_for_everything(plan: Assistant) -> None:
    answer = plan.ask(Query("引进的人才是不是全部给安家补助？"))
    assert "逐条" not in answer.text
