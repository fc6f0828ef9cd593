"""What a data folder holds, read from its catalogue alone: no network and no index is opened."""

from __future__ import annotations

from contextlib import closing

from assistant.config import Settings
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import embedder_name
from assistant.schema import Document


def held_documents(settings: Settings) -> list[Document]:
    """All documents of the data folder, by id, without opening what only questions need.

    Raises:
        IndexNotBuilt, IndexVersionMismatch, DataFolderNotWritable: as their names say.
    """
    with _catalogue(settings) as catalogue, catalogue.snapshot():
        return catalogue.documents()


def held_document(settings: Settings, document_id: str) -> Document:
    """One of `held_documents`; raises `UnknownDocument` too when there is none of that id."""
    with _catalogue(settings) as catalogue, catalogue.snapshot():
        return catalogue.document(document_id)


def _catalogue(settings: Settings) -> closing[Catalogue]:
    return closing(Catalogue.open(settings.data_dir, embedder=embedder_name(settings.embedding_model)))
