"""Documents, uploads, works and log → the desk's documents page, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from assistant.app import links
from assistant.app.desk.access import Session
from assistant.app.desk.audit import MOST_SHOWN, Entry
from assistant.app.desk.documents_labels import DOCUMENTS_LABELS, DocumentsLabels
from assistant.app.desk.pages import DOCUMENTS, render_section, show_time
from assistant.app.desk.uploads import LARGEST_UPLOAD, MOST_FILES
from assistant.app.desk.works import Work
from assistant.app.documents import about
from assistant.app.labels import LABELS
from assistant.app.passages import plain
from assistant.app.records import record_line
from assistant.app.security import UPLOADS
from assistant.errors import UploadFault
from assistant.ingestion import SUFFIXES
from assistant.pipeline.staging import LARGEST_FILE, Upload
from assistant.schema import Language, Record

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

WITHDRAW, PUT_BACK, REBUILD = f"{DOCUMENTS}/withdraw", f"{DOCUMENTS}/put-back", f"{DOCUMENTS}/rebuild"
WORKS = f"{DOCUMENTS}/works"
MIB = 1024 * 1024


def preview_url(token: str) -> str:
    """Where an upload is checked."""
    return f"{DOCUMENTS}/previews/{token}"


def held_url(document_id: str) -> str:
    """Where a published document is corrected."""
    return f"{DOCUMENTS}/held/{quote(document_id, safe='')}"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of an uploaded file: the upload that waits now, or what is wrong with it."""

    name: str
    upload: Upload | None = None
    problem: str = ""


def documents_page(
    assistant: Assistant,
    language: Language,
    session: Session,
    *,
    waiting: Sequence[Upload],
    withdrawn: Sequence[Record],
    works: Sequence[Work],
    log: Sequence[Entry] | None,
    results: Sequence[Result] = (),
    problem: str = "",
) -> str:
    """The documents page.

    Args:
        assistant: knows the documents that are held.
        language: language of the page.
        session: whose page it is.
        waiting: uploads to be checked.
        withdrawn: records of the documents that are withdrawn.
        works: what is under way or has ended a short while ago.
        log: what was done, newest first; None if that cannot be read.
        results: what became of the files just uploaded.
        problem: what is wrong with what was just asked for.
    """
    words = DOCUMENTS_LABELS[language]
    held = assistant.documents()
    return render_section(
        "desk_documents.html",
        "documents",
        language,
        session,
        words=words,
        documents=words,
        upload_url=UPLOADS,
        withdraw_url=WITHDRAW,
        put_back_url=PUT_BACK,
        rebuild_url=REBUILD,
        works_url=WORKS,
        preview_url=preview_url,
        document_url=lambda document_id: links.document(document_id, language),
        suffixes=",".join(SUFFIXES),
        megabytes=LARGEST_FILE // MIB,
        largest=LARGEST_FILE,
        most_shown=MOST_SHOWN,
        waiting=waiting,
        held=[(document, about(document, assistant.translation(document.id), language)) for document in held],
        withdrawn=[(record, record_line(record, LABELS[language])) for record in withdrawn],
        works=[(work, outcome(work, words)) for work in works],
        log=log,
        results=results,
        problem=problem,
        show_time=show_time,
        held_url=held_url,
        detail_of=lambda entry: detail_of(entry, words),
    )


def outcome(work: Work, words: DocumentsLabels) -> str:
    """What is said of a work that has ended; empty while it is under way."""
    if work.state == "done":
        return words.done[work.action]
    if work.state == "failed":
        return words.failures.get(type(work.error).__name__, words.failed)
    return ""


def form_problem(fault: Literal["", "too_large", "too_many", "no_file"], words: DocumentsLabels) -> str:
    """What is wrong with a form of files as a whole."""
    return {
        "": "",
        "too_large": words.upload_too_large.format(size=LARGEST_UPLOAD // MIB),
        "too_many": words.too_many_files.format(most=MOST_FILES),
        "no_file": words.no_file,
    }[fault]


def upload_problem(fault: UploadFault, words: DocumentsLabels) -> str:
    """Why a file was not taken."""
    return words.faults[fault].format(size=LARGEST_FILE // MIB)


def detail_of(entry: Entry, words: DocumentsLabels) -> str:
    """What else the log says of an entry."""
    pattern = {"correct": "{name}", "delete_report": words.report}.get(entry.action, words.file)
    return pattern.format(name=plain(entry.detail)) if entry.detail else ""
