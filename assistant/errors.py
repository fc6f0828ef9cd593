"""Every error the assistant raises on purpose.

    AssistantError                  a failure; exit code 1
    ├── UsageError                  the caller asked for something that cannot be; exit code 2
    │   ├── InvalidQuestion         empty, too long, or not text
    │   ├── UnknownDocument         no document of that id
    │   ├── RefusedUpload           an uploaded file that is no document
    │   ├── UnknownUpload           no upload of that name waits to be published
    │   ├── InvalidCorrection       a field of a record was given an impossible value
    │   ├── LastDocument            the only document cannot be withdrawn
    │   └── InvalidSetting          an ASSISTANT_* variable is unknown or has no meaning
    ├── UnreadableSource            a file that is missing, binary, or in no known encoding
    ├── InvalidRecord               a record file with unknown keys or values
    │   ├── SameDocument            two files would be one document
    │   └── InvalidTranslation      a translation that is not aligned with its document, or no such file
    ├── IndexNotBuilt               nothing ingested yet
    ├── IndexVersionMismatch        the data folder is of another version or embedder, or damaged
    ├── IndexBusy                   another process is writing
    ├── DataFolderNotWritable       no permission, or a file is in the way
    └── EmbedderUnavailable         the embedding model cannot be loaded

A message is one line that says what is wrong and what to do about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal


class AssistantError(Exception):
    """A failure with a message fit for the user."""

    exit_code = 1


class UsageError(AssistantError):
    """The caller asked for something that cannot be."""

    exit_code = 2


class InvalidQuestion(UsageError):
    """The question is empty, too long, or not text."""


class UnknownDocument(UsageError):
    """No document of that id has been ingested."""


SourceFault = Literal[
    "kind",
    "old_office",
    "mislabelled",
    "encrypted",
    "damaged",
    "scanned",
    "garbled",
    "too_many_pages",
    "unpacks_too_large",
    "too_long",
    "empty",
    "not_text",
]
"""Why a file cannot be read."""
UploadFault = SourceFault | Literal["too_large", "waiting", "too_many"]
FieldFault = Literal["empty", "too_long", "date", "status"]


class RefusedUpload(UsageError):
    """An uploaded file is no document that can be read, or cannot wait for its publication."""

    def __init__(self, fault: UploadFault, message: str) -> None:
        super().__init__(message)
        self.fault: UploadFault = fault


class UnknownUpload(UsageError):
    """No upload of that name waits: it was published, refused, or has expired."""


class InvalidCorrection(UsageError):
    """Fields of a record were given impossible values."""

    def __init__(self, faults: Mapping[str, FieldFault]) -> None:
        super().__init__("; ".join(f"{name}: {fault}" for name, fault in faults.items()))
        self.faults = dict(faults)


class LastDocument(UsageError):
    """The only document that is held cannot be withdrawn: nothing would be left to ask about."""


class InvalidSetting(UsageError):
    """A setting is unknown or its value has no meaning."""


class UnreadableSource(AssistantError):
    """A source file is missing, binary, damaged, or in no known encoding."""

    def __init__(self, message: str, fault: SourceFault = "not_text") -> None:
        super().__init__(message)
        self.fault: SourceFault = fault


class InvalidRecord(AssistantError):
    """A record file has unknown keys or impossible values."""


class SameDocument(InvalidRecord):
    """Two files would be one document: their ids are the same."""


TranslationFault = Literal["encoding", "json", "keys", "order", "empty", "too_large"]


class InvalidTranslation(InvalidRecord):
    """A translation cannot be used.

    Attributes:
        fault: why.
        line: the line that is wrong, from 1; 0 where it is the file as a whole.
        words: for `order` the beginning of the Chinese that is not where it should be.
    """

    def __init__(self, fault: TranslationFault, message: str, line: int = 0, words: str = "") -> None:
        super().__init__(message)
        self.fault: TranslationFault = fault
        self.line = line
        self.words = words


class IndexNotBuilt(AssistantError):
    """Nothing has been ingested yet."""


class IndexVersionMismatch(AssistantError):
    """The data folder was written by another version or with another embedder, or its catalogue is damaged."""


class IndexBusy(AssistantError):
    """Another process is writing to the data folder."""


class DataFolderNotWritable(AssistantError):
    """The data folder cannot be created or written."""


class EmbedderUnavailable(AssistantError):
    """The embedding model cannot be loaded."""
