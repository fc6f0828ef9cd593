# What `assistant.pipeline` exports: for type checkers, and for `__init__.py`, which loads each name at first use.
from .asking import Assistant, open_assistant, search_rows
from .comparing import Difference, Twin, difference
from .ingesting import IngestReport, ingest
from .listing import held_document, held_documents
from .parts import Parts
from .publishing import Library, Preview
from .queries import as_query
from .runnables import AssistantRunnable, LangChainAssistant, PolicyRetriever, build_assistant
from .staging import Staging, Upload

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
    "as_query",
    "build_assistant",
    "difference",
    "held_document",
    "held_documents",
    "ingest",
    "open_assistant",
    "search_rows",
]
