"""A chat assistant over Chinese policy documents: every sentence cites the clause it rests on, word for word.

    from assistant import build_assistant

    assistant = build_assistant(sources=["corpus"])
    answer = assistant.runnable.invoke("机场要搬到哪里？")
    passages = assistant.retriever(k=3).invoke("机场迁建")

Importing the package loads nothing else; what is named here is loaded when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pipeline.runnables import LangChainAssistant, build_assistant

__all__ = ["LangChainAssistant", "build_assistant"]


def __getattr__(name: str) -> Any:
    """What `__all__` names, loaded at first use (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from assistant.pipeline import runnables

    return getattr(runnables, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
