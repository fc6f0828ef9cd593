"""The composition root: the steps put together. Entry points and `eval` use what is exported here."""

from assistant.pipeline.asking import Assistant, open_assistant, search_rows
from assistant.pipeline.ingesting import IngestReport, ingest
from assistant.pipeline.runnables import AssistantRunnable, PolicyRetriever

__all__ = [
    "Assistant",
    "AssistantRunnable",
    "IngestReport",
    "PolicyRetriever",
    "ingest",
    "open_assistant",
    "search_rows",
]
