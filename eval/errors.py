"""Every error the evaluation raises on purpose. They join the assistant's tree, so one handler prints them all.

AssistantError                  a failure; exit code 1
├── UsageError                  wrong use; exit code 2
│   ├── UnknownSuite            no suite of that name
│   ├── DataMissing             a suite needs --data, the folder lacks a file, or the index a document
│   └── InvalidFloors           the floors name a figure that the suite does not have
├── InvalidData                 a line of a question set that cannot be used; the message names it
├── NoReport                    there is no run to show
├── BelowFloor                  a figure dropped below its floor
└── LocalModelMissing           the small chat model for tests and benchmarks is not installed, or does not start
"""

from __future__ import annotations

from assistant.errors import AssistantError, UsageError


class UnknownSuite(UsageError):
    """No suite of that name."""


class DataMissing(UsageError):
    """A suite needs `--data`, the folder lacks a file, or the index lacks the document asked about."""


class InvalidFloors(UsageError):
    """The floors name a figure that the suite does not have, or are not numbers."""


class InvalidData(AssistantError):
    """A line of a question set that cannot be used."""


class NoReport(AssistantError):
    """There is no run to show."""


class BelowFloor(AssistantError):
    """A figure dropped below its floor."""


class LocalModelMissing(AssistantError):
    """The small chat model for tests and benchmarks is not installed, or does not start."""
