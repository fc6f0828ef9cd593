"""The name of a chat model → a LangChain chat model. The only place where one is made.

LangChain is imported here, when a model is first asked for, so that who has configured none does not wait for it.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from assistant.errors import InvalidSetting

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LONGEST_REPLY = 1200
"""Tokens of a reply, at most."""
EXTRAS = {"ollama": "langchain_ollama"}
"""Provider → the package that it needs, for those that are an optional extra of the same name."""


def open_chat_model(
    name: str,
    *,
    base_url: str = "",
    api_key: str = "",
    timeout_s: float = 30.0,
    retries: int = 2,
    **more: Any,
) -> BaseChatModel:
    """Make a chat model; nothing is sent yet.

    Args:
        name: provider and model, `openai:gpt-4o-mini`.
        base_url: address of the server; empty for the provider's own.
        api_key: key of the server; empty for the one that the provider's own variable holds.
        timeout_s: seconds that a call may take.
        retries: how often the client tries a failed call again, waiting longer each time.
        more: what LangChain is to pass on to the model besides.

    Raises:
        InvalidSetting: the provider is unknown or not installed, or has no key.
    """
    check_provider(name)
    from langchain.chat_models import init_chat_model

    options = (
        _ollama_options(api_key, timeout_s) if provider(name) == "ollama" else _options(api_key, timeout_s, retries)
    )
    if base_url:
        options["base_url"] = base_url
    try:
        model: BaseChatModel = init_chat_model(name, temperature=0, **options, **more)
    except Exception as error:  # Each provider says in its own way that it cannot work, and may quote the key.
        raise InvalidSetting(
            f"ASSISTANT_CHAT_MODEL={name!r} is no chat model that can be asked ({type(error).__name__}); name provider "
            "and model, such as openai:gpt-4o-mini, install the provider's package, and give its key in "
            "ASSISTANT_CHAT_API_KEY"
        ) from error
    return model


def provider(name: str) -> str:
    """The provider that a model's name begins with, in the spelling of LangChain; empty when it names none."""
    return name.partition(":")[0].strip().lower().replace("-", "_") if ":" in name else ""


def check_provider(name: str) -> None:
    """See that the package which the model's provider needs is installed, where it is one of our extras.

    Raises:
        InvalidSetting: it is not.
    """
    extra = provider(name)
    package = EXTRAS.get(extra)
    if package is not None and find_spec(package) is None:
        raise InvalidSetting(
            f"the chat model {name} needs a package that is not installed; install it, where the assistant was checked "
            f"out, with: .venv/bin/python -m pip install -e '.[{extra}]'"
        )


def _options(api_key: str, timeout_s: float, retries: int) -> dict[str, Any]:
    options: dict[str, Any] = {"timeout": timeout_s, "max_retries": retries, "max_tokens": LONGEST_REPLY}
    if api_key:
        options["api_key"] = api_key
    return options


def _ollama_options(api_key: str, timeout_s: float) -> dict[str, Any]:
    """Ollama's client has names of its own for these, tries nothing twice, and takes a key as a header."""
    client: dict[str, Any] = {"timeout": timeout_s}
    if api_key:
        client["headers"] = {"Authorization": f"Bearer {api_key}"}
    return {"num_predict": LONGEST_REPLY, "client_kwargs": client}
