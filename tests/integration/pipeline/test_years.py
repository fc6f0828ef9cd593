"""A document that writes its years in Chinese digits answers questions that write them in others, and they it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

PLAN = """云溪市城市绿化规划

一、近期目标
到2027年，全市公园绿地达到300公顷。
二、远景目标
到二○三五年，全市公园绿地达到900公顷，建成国家森林城市。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """The assistant over the plan alone."""
    folder: Path = tmp_path_factory.mktemp("plan")
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"))
    ingest([folder], settings)
    return open_assistant(settings)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("2035年全市公园绿地要达到多少公顷？", "900公顷"),
        ("二〇三五年全市公园绿地要达到多少公顷？", "900公顷"),
        ("二〇二七年全市公园绿地要达到多少公顷？", "300公顷"),
        ("到35年全市公园绿地要达到多少公顷？", "900公顷"),
    ],
)
def test_a_year_is_the_same_however_it_is_written(plan: Assistant, question: str, said: str) -> None:
    answer = plan.ask(Query(question))
    assert answer.status == "answered", answer.text
    assert any(said in citation.quote for citation in answer.citations)


def test_the_goal_of_another_year_is_not_given_for_that_of_a_year_said_short(corpus_assistant: Assistant) -> None:
    refused = corpus_assistant.ask(Query("新区30年的产值目标是多少"))
    assert refused.status == "no_evidence"
    assert "“30年”按“2030年”理解" in refused.text
    assert "1500亿元" in corpus_assistant.ask(Query("到25年新区的产值目标是多少")).text
