"""A chat request in OpenAI's shape → a query. What does not matter here (temperature, tools, …) is let pass."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, field_validator

from assistant.errors import InvalidQuestion
from assistant.schema import Query, Turn

Content = str | list[dict[str, Any]] | None


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

    def to_query(self) -> Query:
        """The request as the pipeline takes it.

        Raises:
            InvalidQuestion: there is no message of the user.
        """
        asked = [place for place, message in enumerate(self.messages) if message.role == "user"]
        if not asked:
            raise InvalidQuestion('messages: there is no message with the role "user" to answer')
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
