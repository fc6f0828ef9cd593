"""Every error the assistant raises on purpose.

    AssistantError                  a failure; exit code 1
    ├── UsageError                  the caller asked for something that cannot be; exit code 2
    │   ├── InvalidQuestion         empty, too long, or not text
    │   ├── UnknownDocument         no document of that id
    │   └── InvalidSetting          an ASSISTANT_* variable is unknown or has no meaning
    ├── UnreadableSource            a file that is missing, binary, or in no known encoding
    ├── InvalidRecord               a record file with unknown keys or values
    ├── IndexNotBuilt               nothing ingested yet
    ├── IndexVersionMismatch        the data folder was written by another version
    ├── IndexBusy                   another process is writing
    ├── DataFolderNotWritable       no permission, or a file is in the way
    └── EmbedderUnavailable         the embedding model cannot be loaded

A message is one line that says what is wrong and what to do about it.
"""

from __future__ import annotations


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


class InvalidSetting(UsageError):
    """A setting is unknown or its value has no meaning."""


class UnreadableSource(AssistantError):
    """A source file is missing, binary, or in no known encoding."""


class InvalidRecord(AssistantError):
    """A record file has unknown keys or impossible values."""


class IndexNotBuilt(AssistantError):
    """Nothing has been ingested yet."""


class IndexVersionMismatch(AssistantError):
    """The data folder was written by another version."""


class IndexBusy(AssistantError):
    """Another process is writing to the data folder."""


class DataFolderNotWritable(AssistantError):
    """The data folder cannot be created or written."""


class EmbedderUnavailable(AssistantError):
    """The embedding model cannot be loaded."""
