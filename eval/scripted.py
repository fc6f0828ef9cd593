"""A chat model that replies as a function says, in pieces: for what no real model does on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field


def _nothing(prompt: str) -> Iterator[str]:
    return iter(())


class Scripted(BaseChatModel):
    """Replies as `reply` says to the last message, and remembers what it was sent."""

    reply: Callable[[str], Iterator[str]] = _nothing
    seen: list[list[BaseMessage]] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def replies(self, messages: Sequence[BaseMessage]) -> Iterator[str]:
        """The pieces of the reply to messages."""
        return self.reply(str(messages[-1].content))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("it is only ever streamed")

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        self.seen.append(messages)
        for piece in self.replies(messages):
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
