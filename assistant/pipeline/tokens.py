"""An assistant → a function that counts tokens, for entry points that report usage."""

from __future__ import annotations

from collections.abc import Callable

from assistant.ingestion import make_token_counter
from assistant.pipeline.asking import Assistant


def token_counter(assistant: Assistant) -> Callable[[str], int]:
    """A thread-safe function from a text to its cl100k_base tokens; it loads the vocabulary at its first call.

    The vocabulary lies in the data folder since ingestion, so nothing is written where that is read-only.
    """
    return make_token_counter(assistant.data_dir / "tiktoken")
