"""A chat request in OpenAI's shape → a query. What does not matter here (temperature, tools, …) is let pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, WithJsonSchema, field_validator

from assistant.schema import Answer, Language, Query, Turn

_PART = {
    "type": "object",
    "anyOf": [
        {"properties": {name: {"type": "string"}}, "required": [name], "description": f"A part of the type {name}."}
        for name in ("text", "refusal")
    ],
}
# What is wrong with a part is told by a validator of our own, in better words than those of a union that fits nowhere.
Parts = Annotated[list[dict[str, Any]], WithJsonSchema({"type": "array", "items": _PART})]
Content = str | Parts | None

NOTHING_ASKED: dict[Language, str] = {
    "zh": "请问您想了解文件里的什么内容？",
    "en": "What would you like to know from the documents?",
}
"""What is said to a conversation that asks nothing, which is no error to OpenAI's clients."""


class Message(BaseModel):
    """A message of the conversation: a text, or a list of text parts."""

    model_config = ConfigDict(extra="ignore")
    role: str
    content: Content = None

    @field_validator("content")
    @classmethod
    def _is_text(cls, content: Content) -> Content:
        for part in content if isinstance(content, list) else ():
            if not isinstance(part.get("text", part.get("refusal")), str):
                raise ValueError(f"this assistant reads text parts only, not {str(part.get('type'))[:40]!r}")
        return content

    @property
    def text(self) -> str:
        """The message's text; its parts, each on a line of its own."""
        if isinstance(self.content, list):
            return "\n".join(str(part.get("text", part.get("refusal"))) for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """How to stream."""

    model_config = ConfigDict(extra="ignore")
    include_usage: StrictBool | None = None


class ChatRequest(BaseModel):
    """A request to the chat completions. Any model name is taken; the answer names the model that answered.

    The last user message is the question, what stands before it the conversation. System and developer messages are
    no instructions to this assistant: how it answers is not for a request to decide.
    """

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "example": {
                "model": "policy-assistant",
                "messages": [{"role": "user", "content": "机场要搬到哪里？"}],
                "stream": False,
            }
        },
    )
    model: str | None = None
    messages: list[Message] = Field(min_length=1, max_length=1000)
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    n: Annotated[int, Field(ge=1, le=1)] | None = 1
    documents: list[str] = Field(default=[], max_length=1000)
    """An extension: ids of the documents to search; empty means all."""

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with its usage."""
        return self.stream_options is not None and bool(self.stream_options.include_usage)

    def nothing_asked(self) -> Answer | None:
        """The reply to a conversation whose user has said nothing; None where there is a question."""
        said = [message.text for message in self.messages if message.role == "user"]
        if said and re.search(r"\w", said[-1]):
            return None
        told = "".join(message.text for message in self.messages)
        language: Language = "en" if re.search(r"[A-Za-z]", told) and not re.search(r"[\u4e00-\u9fff]", told) else "zh"
        return Answer("clarify", NOTHING_ASKED[language], language)

    def to_query(self) -> Query:
        """The request as the pipeline takes it; something must be asked."""
        asked = [place for place, message in enumerate(self.messages) if message.role == "user"]
        return Query(self.messages[asked[-1]].text, turns(self.messages[: asked[-1]]), tuple(self.documents))


def turns(messages: Sequence[Message]) -> tuple[Turn, ...]:
    """The conversation as earlier questions, each with the reply that follows it."""
    found: list[Turn] = []
    for message in messages:
        if message.role == "user":
            found.append(Turn(message.text))
        elif message.role == "assistant" and found:
            before = found[-1]
            found[-1] = Turn(before.question, "\n".join(filter(None, (before.answer, message.text))))
    return tuple(found)
