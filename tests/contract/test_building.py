"""`from assistant import build_assistant`: LangChain's pieces in one call, and an import that stays light."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

import assistant as package
from assistant import LangChainAssistant, build_assistant
from assistant.errors import IndexNotBuilt, UnknownDocument
from assistant.pipeline import Assistant
from assistant.schema import Answer, Query

ROOT = Path(__file__).parents[2]
DECISION = "panzhihua-2020-07-30"
QUESTION, LONG = "机场要搬到哪里？", "第一部分讲什么？"


@pytest.fixture(scope="module")
def built(corpus_data_dir: Path) -> LangChainAssistant:
    return build_assistant(corpus_data_dir)


def told(answer: Answer) -> tuple[object, ...]:
    return answer.status, answer.text, answer.citations, answer.related


def test_the_runnable_answers(built: LangChainAssistant, corpus_assistant: Assistant) -> None:
    assert isinstance(built.runnable, Runnable)
    short, long = (told(corpus_assistant.ask(Query(question))) for question in (QUESTION, LONG))
    assert told(built.runnable.invoke(QUESTION)) == short
    assert told(asyncio.run(built.runnable.ainvoke(QUESTION))) == short
    assert [told(answer) for answer in built.runnable.batch([QUESTION, LONG])] == [short, long]
    pieces = list(built.runnable.stream(LONG))
    assert len(pieces) >= 3
    assert "".join(piece.text for piece in pieces) == long[1]
    assert told(pieces[-1].answer) == long


def test_the_runnable_composes(built: LangChainAssistant) -> None:
    chain = built.runnable | RunnableLambda(lambda answer: answer.status)
    assert chain.batch([QUESTION, "你好"]) == ["answered", "out_of_scope"]


def test_the_retriever_finds_passages(built: LangChainAssistant) -> None:
    retriever = built.retriever(k=3, documents=[DECISION])
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("机场迁建")
    assert len(found) == 3
    assert all(isinstance(one, LangChainDocument) and one.metadata["document"] == DECISION for one in found)
    assert asyncio.run(retriever.ainvoke("机场迁建")) == found
    assert retriever.batch(["机场迁建"]) == [found]
    assert len(built.retriever().invoke("机场迁建")) == 4
    with pytest.raises(UnknownDocument):
        built.retriever(documents=["none"]).invoke("机场迁建")


def test_sources_are_ingested_first(tmp_path: Path) -> None:
    source = tmp_path / "办法.txt"
    source.write_text("测试办法\n\n第一条 图书馆每天九时开放。\n\n第二条 图书馆由文化局管理。\n", encoding="utf-8")
    built = build_assistant(str(tmp_path / "data"), sources=[str(source)])
    assert "文化局" in built.runnable.invoke("图书馆由谁管理？").text
    assert len(build_assistant(tmp_path / "data").assistant.documents()) == 1


def test_the_setting_says_where_unless_the_caller_does(
    corpus_data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(corpus_data_dir))
    assert build_assistant().assistant.data_dir == corpus_data_dir
    with pytest.raises(IndexNotBuilt):
        build_assistant(tmp_path / "nothing")


def test_importing_the_package_loads_nothing_heavy() -> None:
    program = (
        "import sys; before = set(sys.modules); import assistant; "
        "print({name for name in set(sys.modules) - before if name.split('.')[0] not in sys.stdlib_module_names})"
    )
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "{'assistant'}"


def test_what_the_package_names() -> None:
    assert {"build_assistant", "LangChainAssistant"} <= set(dir(package))
    with pytest.raises(AttributeError, match="no_such_name"):
        package.no_such_name  # noqa: B018
