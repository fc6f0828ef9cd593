"""The composition root: the steps put together. Entry points and `eval` use what is exported here."""

from assistant.pipeline.asking import Assistant, open_assistant, search_rows
from assistant.pipeline.comparing import Difference, Twin, difference
from assistant.pipeline.ingesting import IngestReport, ingest
from assistant.pipeline.listing import held_document, held_documents
from assistant.pipeline.parts import Parts
from assistant.pipeline.publishing import Library, Preview
from assistant.pipeline.runnables import AssistantRunnable, LangChainAssistant, PolicyRetriever, build_assistant
from assistant.pipeline.staging import Staging, Upload

__all__ = [
    "Assistant",
    "AssistantRunnable",
    "Difference",
    "IngestReport",
    "LangChainAssistant",
    "Library",
    "Parts",
    "PolicyRetriever",
    "Preview",
    "Staging",
    "Twin",
    "Upload",
    "build_assistant",
    "difference",
    "held_document",
    "held_documents",
    "ingest",
    "open_assistant",
    "search_rows",
]
