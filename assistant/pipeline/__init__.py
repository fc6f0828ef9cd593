"""The composition root: the steps put together. Entry points and `eval` use what is exported here."""

from assistant.pipeline.asking import Assistant, open_assistant, search_rows
from assistant.pipeline.ingesting import IngestReport, ingest
from assistant.pipeline.parts import Parts
from assistant.pipeline.runnables import AssistantRunnable, LangChainAssistant, PolicyRetriever, build_assistant

__all__ = [
    "Assistant",
    "AssistantRunnable",
    "IngestReport",
    "LangChainAssistant",
    "Parts",
    "PolicyRetriever",
    "build_assistant",
    "ingest",
    "open_assistant",
    "search_rows",
]
