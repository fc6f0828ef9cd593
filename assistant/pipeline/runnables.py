"""The assistant in LangChain's interfaces: a `Runnable` that answers, and a `BaseRetriever` over the corpus."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.utils import Input
from pydantic import ConfigDict

from assistant.config import load_settings
from assistant.pipeline.asking import Assistant, open_assistant
from assistant.pipeline.ingesting import ingest
from assistant.pipeline.queries import as_query
from assistant.schema import Answer, AnswerChunk


class AssistantRunnable(Runnable[Any, Answer | AnswerChunk]):
    """Answers with `invoke`, `ainvoke`, `batch`, `stream` and `astream`.

    Input: what `as_query` takes. Output: an `Answer`; streamed, `AnswerChunk`s that add up, the last of which holds the
    whole `Answer`. Callbacks and tracing of the config see one run for each call.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def invoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer one query."""
        answer = self._call_with_config(self._ask, input, config, run_type="chain")
        assert isinstance(answer, Answer)
        return answer

    async def ainvoke(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:
        """Answer one query without blocking the event loop."""
        answer = await self._acall_with_config(self._aask, input, config, run_type="chain")
        assert isinstance(answer, Answer)
        return answer

    def stream(self, input: Any, config: RunnableConfig | None = None, **kwargs: Any) -> Iterator[AnswerChunk]:
        """Answer one query in pieces."""
        yield from self._transform_stream_with_config(  # type: ignore[misc]
            iter([input]), self._stream, config, run_type="chain"
        )

    async def astream(
        self, input: Any, config: RunnableConfig | None = None, **kwargs: Any
    ) -> AsyncIterator[AnswerChunk]:
        """Answer one query in pieces without blocking the event loop."""

        async def one() -> AsyncIterator[Any]:
            yield input

        async for chunk in self._atransform_stream_with_config(one(), self._astream, config, run_type="chain"):
            yield chunk  # type: ignore[misc]

    def _ask(self, value: Input) -> Answer:
        return self.assistant.ask(as_query(value))

    async def _aask(self, value: Input) -> Answer:
        pieces = self.assistant.astream(as_query(value))
        async with aclosing(pieces):
            return await anext(piece.answer async for piece in pieces if piece.answer is not None)

    def _stream(self, values: Iterator[Any]) -> Iterator[AnswerChunk]:
        for value in values:
            yield from self.assistant.stream(as_query(value))

    async def _astream(self, values: AsyncIterator[Any]) -> AsyncIterator[AnswerChunk]:
        async for value in values:
            async with aclosing(self.assistant.astream(as_query(value))) as chunks:
                async for chunk in chunks:
                    yield chunk


class PolicyRetriever(BaseRetriever):
    """Dense and lexical retrieval over the corpus, fused, as a LangChain retriever.

    A document's `page_content` is the chunk's text; its `metadata` says where it stands (document, clause_number,
    start, end) and how it scored.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = 4
    """How many chunks, at most."""
    documents: tuple[str, ...] = ()
    """Ids of the documents to search; empty means all."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        index, found = self.assistant.search_state(query, self.k, self.documents)
        return [
            LangChainDocument(
                id=item.chunk.id,
                page_content=item.chunk.text,
                metadata={
                    "document": item.chunk.document,
                    "clause_number": index.document(item.chunk.document).clauses[item.chunk.position].number,
                    "start": item.chunk.start,
                    "end": item.chunk.end,
                    "score": item.score,
                    **{f"score_{name}": score for name, score in item.scores.items()},
                },
            )
            for item in found
        ]


class LangChainAssistant:
    """The assistant as pieces of LangChain, for programs that compose their own chains. Safe for several threads."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.runnable = AssistantRunnable(assistant)
        """A question → an `Answer`: `invoke`, `ainvoke`, `batch`, `stream`, `astream`, and `|`."""

    def retriever(self, k: int = 4, documents: Sequence[str] = ()) -> PolicyRetriever:
        """A query → the passages that fit it best, as LangChain documents.

        Args:
            k: how many passages, at most.
            documents: ids of the documents to search; empty means all.
        """
        return PolicyRetriever(assistant=self.assistant, k=k, documents=tuple(documents))


def build_assistant(
    data_dir: str | os.PathLike[str] | None = None, *, sources: Sequence[str | os.PathLike[str]] = ()
) -> LangChainAssistant:
    """The assistant over a data folder, in LangChain's interfaces.

    Args:
        data_dir: folder of the catalogue and the indexes; None takes the setting (ASSISTANT_DATA_DIR, else `.data`).
        sources: files and folders to ingest first; what is unchanged since the last time costs nothing.

    Raises:
        AssistantError: nothing has been ingested yet, a source cannot be read, …; the message says what to do.
    """
    settings = load_settings()
    if data_dir is not None:
        settings = settings.model_copy(update={"data_dir": Path(data_dir)})
    if sources:
        ingest([Path(source) for source in sources], settings)
    return LangChainAssistant(open_assistant(settings))
