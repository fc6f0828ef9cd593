"""The name of a chat model → a LangChain chat model. The only place where one is made.

LangChain is imported here, when a model is first asked for, so that who has configured none does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LONGEST_REPLY = 1200
"""Tokens of a reply, at most."""


def open_chat_model(
    name: str, *, base_url: str = "", api_key: str = "", timeout_s: float = 30.0, retries: int = 2
) -> BaseChatModel:
    """Make a chat model; nothing is sent yet.

    Args:
        name: provider and model, `openai:gpt-4o-mini`.
        base_url: address of the server; empty for the provider's own.
        api_key: key of the server; empty for the one that the provider's own variable holds.
        timeout_s: seconds that a call may take.
        retries: how often the client tries a failed call again, waiting longer each time.

    Raises:
        Exception: of LangChain's, when the provider is unknown or not installed, or has no key.
    """
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {
        "temperature": 0,
        "timeout": timeout_s,
        "max_retries": retries,
        "max_tokens": LONGEST_REPLY,
    }
    if base_url:
        options["base_url"] = base_url
    if api_key:
        options["api_key"] = api_key
    model: BaseChatModel = init_chat_model(name, **options)
    return model
