"""Years and amounts that a question takes for granted, beside a document that bounds them or writes them otherwise."""

from __future__ import annotations

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

MEASURES = """购房补贴和投资奖励办法

第一条 为了支持居民购房和企业投资，制定本办法。

第二条 自2021年1月1日起至2025年12月31日，在本市购买新建住房的家庭可以领取购房补贴。

第三条 购房补贴的标准为每户12,000元。购房补贴申请在十五个工作日内办结。

第四条 企业投资5000万元以上的，给予投资奖励。

第五条 培育龙头企业20—30家，龙头企业产值占比达到百分之五十。
"""


@pytest.fixture(scope="module")
def measures(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("measures")
    (folder / "measures.txt").write_text(MEASURES, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("measures-data"))
    ingest([folder], settings)
    return open_assistant(settings)


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("2023年还能领购房补贴吗", 2),
        ("2024年也可以领取购房补贴吧", 2),
        ("企业投资8000万有投资奖励吗", 4),
        ("我们企业投资8000万就有投资奖励吧", 4),
        ("购房补贴每户是1.2万元对吧", 3),
        ("购房补贴每户1万2千元对吧", 3),
        ("购房补贴申请15个工作日办结对吧", 3),
        ("龙头企业要培育25家对吧", 5),
        ("龙头企业产值占比要达到50%对吧", 5),
    ],
)
def test_what_the_document_bears_out_is_not_put_right(measures: Assistant, question: str, clause: int) -> None:
    answer = measures.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text
    assert clause in [citation.clause_number for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "wrong", "clause"),
    [
        ("2027年也可以领取购房补贴吧", "2027年", 2),
        ("企业投资3000万就有投资奖励吧", "3000万", 4),
        ("购房补贴每户是2万元对吧", "2万元", 3),
        ("购房补贴申请30个工作日办结对吧", "30个工作日", 3),
        ("龙头企业要培育40家对吧", "40家", 5),
        ("龙头企业产值占比要达到60%对吧", "60%", 5),
    ],
)
def test_what_the_document_has_otherwise_is_put_right(
    measures: Assistant, question: str, wrong: str, clause: int
) -> None:
    answer = measures.ask(Query(question))
    assert answer.text.startswith(f"文件写的不是“{wrong}”")
    assert [citation.clause_number for citation in answer.citations] == [clause]
