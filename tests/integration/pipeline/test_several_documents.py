"""Questions to a corpus of several documents: which one is meant, what its title tells, questions that it answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Answer, Document, Query

MEASURES = """{title}

第一条 为了加强{matter}，制定本办法。

第二条 {body}负责{matter}工作。

第三条 申请时间为每年{month}月1日至{month}月20日。

第四条 本办法自2023年{month}月1日起施行。
"""
SORTS = {
    "lamps": ("路灯管理办法", "路灯管理", "市政机构", 3),
    "parks": ("城市公园管理办法", "公园管理", "园林部门", 4),
    "taxis": ("出租汽车管理办法", "出租汽车管理", "交通部门", 5),
    "bikes": ("共享单车停放管理办法", "共享单车停放管理", "城管部门", 6),
}
DECISION = (
    "关于保护古树的决定\n\n（2021年6月1日市人民代表大会常务委员会通过）\n\n一、禁止砍伐古树。\n\n二、古树由乡镇养护。\n"
)
RIVERS = "河流保护方案\n\n一、目标\n\n（一）河水清澈。\n\n二、措施\n\n（二）禁止倾倒垃圾。\n"
QUESTIONS = """租房补贴百问

谁可以领租房补贴？

在本市没有住房的家庭可以领取租房补贴。

租房补贴怎么发放？

租房补贴按月打入申请人的银行账户。

申请人应当提供本人的银行卡。

遇到问题打什么电话？

请致电400-123-4567咨询，或者拨打38622522。
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("several")
    for name, (title, matter, body, month) in SORTS.items():
        text = MEASURES.format(title=title, matter=matter, body=body, month=month)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "trees.txt").write_text(DECISION, encoding="utf-8")
    (folder / "rent.txt").write_text(QUESTIONS, encoding="utf-8")
    (folder / "rivers.txt").write_text(RIVERS, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("several-data"))
    ingest([folder], settings)
    return open_assistant(settings)


@pytest.fixture
def checked(several: Assistant, check_answer: Callable[[Answer, dict[str, Document]], None]) -> Callable[[str], Answer]:
    """Asks, and checks what must be true of every answer."""

    def ask(question: str) -> Answer:
        answer = several.ask(Query(question))
        check_answer(answer, {document.id: document for document in several.documents()})
        return answer

    return ask


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("第二条写了什么？", 7),
        ("What does article 2 say?", 7),
        ("这份文件主要讲了什么", 7),
        ("文件是什么时候发布的", 7),
        ("该办法有几条", 4),
    ],
)
def test_which_document_is_meant_is_asked(checked: Callable[[str], Answer], question: str, of: int) -> None:
    answer = checked(question)
    assert answer.status == "no_evidence"
    assert str(of) in answer.text
    assert answer.text.count("\n- ") == min(of, 5) + (of > 5)
    assert len(answer.related) == min(of, 5)
    assert all(citation.document_title in answer.text for citation in answer.related)


@pytest.mark.parametrize(
    ("question", "document", "clause"),
    [
        ("路灯管理办法第二条写了什么？", "lamps", 2),
        ("《城市公园管理办法》第四条", "parks", 4),
        ("出租汽车管理办法有几条？", "taxis", 4),
        ("这个决定是什么时候通过的？", "trees", 0),
        ("When was this decision adopted?", "trees", 0),
        ("第一部分讲什么？", "rivers", 1),
    ],
)
def test_a_document_that_is_named_is_asked(
    checked: Callable[[str], Answer], question: str, document: str, clause: int
) -> None:
    answer = checked(question)
    assert answer.status == "answered", answer.text
    assert {(citation.document, citation.clause_number) for citation in answer.citations} == {(document, clause)}


def test_a_clause_that_none_has(checked: Callable[[str], Answer]) -> None:
    answer = checked("第九条说什么")
    assert answer.status == "no_evidence"
    assert "管理办法》，共有4条" in answer.text


def test_a_title_is_no_answer(checked: Callable[[str], Answer]) -> None:
    answer = checked("出租汽车归谁管")
    assert answer.status == "answered", answer.text
    assert [(citation.document, citation.clause_number) for citation in answer.citations] == [("taxis", 2)]


def test_questions_of_a_document_are_headings(several: Assistant, checked: Callable[[str], Answer]) -> None:
    clauses = [clause for clause in several.document("rent").clauses if clause.kind == "clause"]
    assert [clause.heading for clause in clauses] == ["谁可以领租房补贴", "租房补贴怎么发放", "遇到问题打什么电话"]
    assert clauses[1].text.endswith("申请人应当提供本人的银行卡。")
    for question, words in (
        ("没有房子的能领租房补贴吗", "没有住房的家庭可以领取"),
        ("租房补贴怎么发放", "打入申请人的银行账户"),
        ("租房补贴咨询电话是多少", "400-123-4567"),
    ):
        answer = checked(question)
        assert answer.status == "answered", (question, answer.text)
        assert any(words in citation.quote for citation in answer.citations), (question, answer.text)
        assert not any(citation.quote.endswith("？") for citation in answer.citations), answer.text
