"""The assistant keeps what LangChain promises of a `Runnable` and of a `BaseRetriever`."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, RunnableParallel, RunnablePassthrough

from assistant.errors import InvalidQuestion
from assistant.pipeline import Assistant, AssistantRunnable, PolicyRetriever
from assistant.schema import Answer, AnswerChunk, Query, Turn

DECISION = "panzhihua-2020-07-30"
SHORT, LONG = "机场要搬到哪里？", "第一部分讲什么？"


@pytest.fixture
def runnable(corpus_assistant: Assistant) -> AssistantRunnable:
    return AssistantRunnable(corpus_assistant)


@pytest.fixture
def retriever(corpus_assistant: Assistant) -> PolicyRetriever:
    return PolicyRetriever(assistant=corpus_assistant, k=3)


class Recorder(BaseCallbackHandler):
    """Writes down which events come, in order."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def on_chain_start(self, *arguments: Any, **options: Any) -> None:
        self.events.append("chain start")

    def on_chain_end(self, *arguments: Any, **options: Any) -> None:
        self.events.append("chain end")

    def on_chain_error(self, *arguments: Any, **options: Any) -> None:
        self.events.append("chain error")

    def on_retriever_start(self, *arguments: Any, **options: Any) -> None:
        self.events.append("retriever start")

    def on_retriever_end(self, documents: Any, **options: Any) -> None:
        self.events.append(f"retriever end {len(documents)}")

    def on_retriever_error(self, *arguments: Any, **options: Any) -> None:
        self.events.append("retriever error")


def same(one: Answer, other: Answer) -> bool:
    return (one.status, one.text, one.citations, one.related) == (
        other.status,
        other.text,
        other.citations,
        other.related,
    )


# Runnable


def test_invoke(runnable: AssistantRunnable, corpus_assistant: Assistant) -> None:
    assert isinstance(runnable, Runnable)
    answer = runnable.invoke(SHORT)
    assert isinstance(answer, Answer)
    assert same(answer, corpus_assistant.ask(Query(SHORT)))


@pytest.mark.parametrize(
    "value",
    [
        "那盐边呢？",
        {"question": "那盐边呢？"},
        {"question": "那盐边呢？", "history": ["米易县要打造成什么？"]},
        {
            "question": "那盐边呢？",
            "history": [{"question": "米易县要打造成什么？", "answer": "迎宾厅"}],
            "documents": [DECISION],
        },
        {"question": "那盐边呢？", "history": (Turn("米易县要打造成什么？"),), "documents": ()},
        {"question": "那盐边呢？", "history": None, "documents": None},
        Query("那盐边呢？", (Turn("米易县要打造成什么？"),)),
    ],
)
def test_what_can_be_passed(runnable: AssistantRunnable, corpus_assistant: Assistant, value: Any) -> None:
    with_history = isinstance(value, Query) or (isinstance(value, dict) and value.get("history"))
    expected = Query("那盐边呢？", (Turn("米易县要打造成什么？"),) if with_history else ())
    assert same(runnable.invoke(value), corpus_assistant.ask(expected))


@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        [],
        {},
        b"x",
        {"question": None},
        {"question": "x", "history": "y"},
        {"question": "x", "history": [1]},
        {"question": "x", "documents": "abc"},
        "",
    ],
)
def test_what_cannot_be_passed(runnable: AssistantRunnable, value: Any) -> None:
    with pytest.raises(InvalidQuestion) as caught:
        runnable.invoke(value)
    assert "\n" not in str(caught.value)
    with pytest.raises(InvalidQuestion):
        list(runnable.stream(value))


def test_ainvoke(runnable: AssistantRunnable) -> None:
    assert same(asyncio.run(runnable.ainvoke(SHORT)), runnable.invoke(SHORT))


def test_ainvoke_leaves_the_event_loop_free(runnable: AssistantRunnable, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    stream = runnable.assistant.stream

    def noted(query: Query) -> Iterator[AnswerChunk]:
        for piece in stream(query):
            threads.append(threading.get_ident())
            yield piece

    monkeypatch.setattr(runnable.assistant, "stream", noted)

    async def both() -> None:
        await runnable.ainvoke(SHORT)
        async for _ in runnable.astream(SHORT):
            pass

    asyncio.run(both())
    assert len(threads) >= 2
    assert threading.get_ident() not in threads


def test_batch_keeps_the_order(runnable: AssistantRunnable) -> None:
    questions: list[Any] = [SHORT, LONG, {"question": "河长制怎么落实？"}, "你好"]
    expected = [runnable.invoke(question) for question in questions]
    for found in (
        runnable.batch(questions),
        runnable.batch(questions, {"max_concurrency": 2}),
        asyncio.run(runnable.abatch(questions)),
    ):
        assert all(same(one, other) for one, other in zip(found, expected, strict=True))


def test_batch_can_return_exceptions(runnable: AssistantRunnable) -> None:
    found = runnable.batch([SHORT, "", LONG], return_exceptions=True)
    assert [type(one).__name__ for one in found] == ["Answer", "InvalidQuestion", "Answer"]


async def collect(stream: Any) -> list[Any]:
    return [piece async for piece in stream]


@pytest.mark.parametrize("question", [SHORT, LONG, "你好", "机场投资多少钱？", "Where will the airport move?"])
def test_pieces_add_up_and_the_last_holds_the_answer(runnable: AssistantRunnable, question: str) -> None:
    answer = runnable.invoke(question)
    for pieces in (list(runnable.stream(question)), asyncio.run(collect(runnable.astream(question)))):
        assert all(isinstance(piece, AnswerChunk) for piece in pieces)
        assert "".join(piece.text for piece in pieces) == answer.text
        assert [piece.answer is not None for piece in pieces] == [False] * (len(pieces) - 1) + [True]
        assert same(pieces[-1].answer, answer)
        whole = pieces[0]
        for piece in pieces[1:]:
            whole = whole + piece
        assert whole.text == answer.text
        assert same(whole.answer, answer)


def test_a_longer_answer_comes_in_several_pieces(runnable: AssistantRunnable) -> None:
    assert len(list(runnable.stream(LONG))) >= 3


def test_callbacks_see_one_run_for_each_call(runnable: AssistantRunnable) -> None:
    def events(call: Any) -> list[str]:
        recorder = Recorder()
        call({"callbacks": [recorder]})
        return recorder.events

    one = ["chain start", "chain end"]
    assert events(lambda config: runnable.invoke(SHORT, config)) == one
    assert events(lambda config: list(runnable.stream(LONG, config))) == one
    assert events(lambda config: asyncio.run(runnable.ainvoke(SHORT, config))) == one
    assert events(lambda config: asyncio.run(collect(runnable.astream(LONG, config)))) == one
    assert sorted(events(lambda config: runnable.batch([SHORT, LONG], config))) == sorted(one * 2)

    recorder = Recorder()
    with pytest.raises(InvalidQuestion):
        runnable.invoke("", {"callbacks": [recorder]})
    assert recorder.events == ["chain start", "chain error"]


def test_it_composes(runnable: AssistantRunnable) -> None:
    chain = RunnableLambda(lambda text: {"question": text}) | runnable | RunnableLambda(lambda answer: answer.status)
    assert chain.invoke(SHORT) == "answered"
    assert chain.batch([SHORT, "你好"]) == ["answered", "out_of_scope"]
    assert asyncio.run(chain.ainvoke(SHORT)) == "answered"
    both = RunnableParallel(question=RunnablePassthrough(), answer=runnable).invoke(SHORT)
    assert both["question"] == SHORT
    assert same(both["answer"], runnable.invoke(SHORT))
    pieces = list((RunnablePassthrough() | runnable).stream(LONG))
    assert "".join(piece.text for piece in pieces) == runnable.invoke(LONG).text
    named = runnable.with_config(run_name="policy", tags=["t"])
    assert same(named.invoke(SHORT), runnable.invoke(SHORT))


def test_events_are_streamed(runnable: AssistantRunnable) -> None:
    events = asyncio.run(collect(runnable.astream_events(LONG, version="v2")))
    kinds = [event["event"] for event in events]
    assert kinds[0] == "on_chain_start"
    assert kinds[-1] == "on_chain_end"
    assert kinds.count("on_chain_stream") == len(list(runnable.stream(LONG)))


# Retriever


def test_documents_of_the_corpus(retriever: PolicyRetriever, corpus_assistant: Assistant) -> None:
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("机场迁建")
    document = corpus_assistant.document(DECISION)
    assert len(found) == 3
    assert "机场迁建" in found[0].page_content
    for one in found:
        assert isinstance(one, LangChainDocument)
        assert one.id
        place = one.metadata
        assert place["document"] == DECISION
        assert document.text[place["start"] : place["end"]] == one.page_content
        clause = next(c for c in document.clauses if c.start <= place["start"] < c.end)
        assert place["clause_number"] == clause.number
        assert isinstance(place["score"], float)
        assert {"score_dense", "score_lexical"} & set(place)
    scores = [one.metadata["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert len({one.id for one in found}) == 3


def test_all_ways_to_call_it_agree(retriever: PolicyRetriever) -> None:
    expected = [retriever.invoke("机场迁建"), retriever.invoke("河长制")]
    assert retriever.batch(["机场迁建", "河长制"]) == expected
    assert asyncio.run(retriever.abatch(["机场迁建", "河长制"])) == expected
    assert asyncio.run(retriever.ainvoke("机场迁建")) == expected[0]


@pytest.mark.parametrize("k", [1, 4, 25, 1000])
def test_k(corpus_assistant: Assistant, k: int) -> None:
    found = PolicyRetriever(assistant=corpus_assistant, k=k).invoke("钒钛产业")
    assert len(found) == min(k, len(PolicyRetriever(assistant=corpus_assistant, k=5000).invoke("钒钛产业")))
    assert found[:1] == PolicyRetriever(assistant=corpus_assistant, k=1).invoke("钒钛产业")


def test_k_is_four_where_nothing_is_said(corpus_assistant: Assistant) -> None:
    assert len(PolicyRetriever(assistant=corpus_assistant).invoke("钒钛产业")) == 4


def test_documents_can_be_chosen(corpus_assistant: Assistant) -> None:
    found = PolicyRetriever(assistant=corpus_assistant, documents=(DECISION,)).invoke("钒钛产业")
    assert {one.metadata["document"] for one in found} == {DECISION}


def test_retriever_callbacks(retriever: PolicyRetriever) -> None:
    recorder = Recorder()
    retriever.invoke("机场", {"callbacks": [recorder]})
    assert recorder.events == ["retriever start", "retriever end 3"]
    recorder = Recorder()
    with pytest.raises(InvalidQuestion):
        retriever.invoke("", {"callbacks": [recorder]})
    assert recorder.events == ["retriever start", "retriever error"]


def test_it_feeds_a_chain(retriever: PolicyRetriever) -> None:
    chain = retriever | RunnableLambda(lambda documents: "\n".join(document.page_content for document in documents))
    assert "机场迁建" in chain.invoke("机场迁建")
