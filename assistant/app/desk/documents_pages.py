"""Documents, uploads, works and log → the desk's documents page and its preview page, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from assistant.app.documents import about, piece_name
from assistant.app.labels import LABELS, Labels
from assistant.app.passages import plain
from assistant.app.records import record_line
from assistant.app.security import UPLOADS
from assistant.errors import FieldFault, UploadFault
from assistant.indexing.catalogue import TranslatedSentence
from assistant.ingestion import SUFFIXES, Finding, Reading
from assistant.pipeline.comparing import Difference, difference, kept_translation
from assistant.pipeline.publishing import CORRECTABLE, DATES, Preview
from assistant.pipeline.staging import LARGEST_FILE, Upload
from assistant.schema import Clause, Document, Language, Record

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

WITHDRAW, PUT_BACK, REBUILD = f"{DOCUMENTS}/withdraw", f"{DOCUMENTS}/put-back", f"{DOCUMENTS}/rebuild"
WORKS = f"{DOCUMENTS}/works"
MOST_CLAUSES = 1000
LONGEST_OPENING = 40
MOST_LABELS = 60
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


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a piece in the preview: what it is called, its opening words, and its text."""

    level: int
    name: str
    opening: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the record, to be corrected."""

    name: str
    label: str
    value: str
    kind: str
    problem: str


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


def preview_page(
    preview: Preview,
    held: Sequence[Document],
    language: Language,
    session: Session,
    *,
    translation_of: Callable[[str], Sequence[TranslatedSentence]],
    values: Mapping[str, str] | None = None,
    replaces: str | None = None,
    faults: Mapping[str, FieldFault] | None = None,
    problem: str = "",
) -> str:
    """What was understood of an upload, to be corrected and published or refused.

    Args:
        preview: what was understood.
        held: the documents that it may take the place of.
        language: language of the page.
        session: whose page it is.
        translation_of: gives the translation of a document that is held, by its id.
        values: the fields as staff have corrected them so far; None where they have not.
        replaces: id of the document it is to replace, empty for none; None where staff have not chosen yet.
        faults: which fields are wrong, and why.
        problem: what is wrong with what was just asked for.
    """
    words, labels = DOCUMENTS_LABELS[language], LABELS[language]
    if replaces is None:
        replaces = next((twin.document.id for twin in preview.twins if twin.alike != "id"), "")
    old = next((document for document in held if document.id == replaces), None)
    token = preview.upload.token
    return render_section(
        "desk_preview.html",
        "documents",
        language,
        session,
        words=words,
        upload=preview.upload,
        publish_url=preview_url(token),
        refuse_url=f"{preview_url(token)}/refuse",
        back_url=DOCUMENTS,
        problem=problem or (words.wrong_fields if faults else ""),
        findings=_about_reading(preview.reading, words)
        + [_finding(finding, words) for finding in preview.findings]
        + (_about_translation(old, translation_of(old.id), preview.document, words) if old is not None else []),
        fields=record_fields(preview.document.record, values or {}, faults or {}, words, labels),
        twins=preview.twins,
        choices=_choices(preview, held),
        replaces=replaces if old is not None else "",
        changes=_changes(difference(old, preview.document), words) if old is not None else [],
        rows=[_row(clause, labels) for clause in preview.document.clauses[:MOST_CLAUSES]],
        more=max(len(preview.document.clauses) - MOST_CLAUSES, 0),
        parts=sum(clause.kind == "part" for clause in preview.document.clauses),
        clauses=sum(clause.kind == "clause" for clause in preview.document.clauses),
        document_url=lambda document_id: links.document(document_id, language),
        show_time=show_time,
        other_url=links.switch(preview_url(token), labels.other_language_code),
    )


def gone_page(language: Language, session: Session) -> str:
    """What is shown for an upload that does not wait, or no longer."""
    words = DOCUMENTS_LABELS[language]
    return render_section("desk_gone.html", "documents", language, session, words=words, back_url=DOCUMENTS)


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


def _about_reading(reading: Reading, words: DocumentsLabels) -> list[str]:
    """What to check in a text that was taken out of a file."""
    said = [words.taken[reading.kind]] if reading.kind in words.taken else []
    return said + [words.notes[note.kind].format(detail=plain(note.detail)) for note in reading.notes]


def _about_translation(
    old: Document, translation: Sequence[TranslatedSentence], new: Document, words: DocumentsLabels
) -> list[str]:
    """What becomes of the translation of the document that is replaced."""
    if not translation:
        return []
    kept = kept_translation(old, translation, new)
    said = [words.translation_kept.format(count=kept.kept)]
    if kept.lost:
        named = " ".join(plain(label) for label in kept.lost[:MOST_LABELS])
        said.append(f"{words.translation_lost.format(count=len(kept.lost))} {named}")
        said[-1] += " …" if len(kept.lost) > MOST_LABELS else ""
    if kept.front:
        said.append(words.translation_lost_front)
    return [*said, words.translation_again] if kept.lost or kept.front else said


def detail_of(entry: Entry, words: DocumentsLabels) -> str:
    """What else the log says of an entry."""
    pattern = {"correct": "{name}", "delete_report": words.report}.get(entry.action, words.file)
    return pattern.format(name=plain(entry.detail)) if entry.detail else ""


def _finding(finding: Finding, words: DocumentsLabels) -> str:
    pattern = words.finding[finding.kind]
    if finding.kind == "missing" and finding.last > finding.first:
        pattern = words.missing_many
    return pattern.format(
        label=plain(finding.label), first=finding.first, last=finding.last, other=plain(finding.other)
    )


def record_fields(
    record: Record,
    values: Mapping[str, str],
    faults: Mapping[str, FieldFault],
    words: DocumentsLabels,
    labels: Labels,
) -> list[FieldView]:
    """The fields of a record, to be corrected: as given, else as they are in the record; with what is wrong in them."""
    names = {name: getattr(labels, name) for name in CORRECTABLE if name not in ("title", "source")}
    names |= {"title": words.title, "source": labels.origin}
    return [
        FieldView(
            name=name,
            label=names[name],
            value=values.get(name, getattr(record, name)),
            kind="status" if name == "status" else "date" if name in DATES else "text",
            problem=words.field_faults[faults[name]] if name in faults else "",
        )
        for name in CORRECTABLE
    ]


def _choices(preview: Preview, held: Sequence[Document]) -> list[Document]:
    """The documents that an upload may take the place of, those that it is alike to first."""
    alike = [twin.document for twin in preview.twins]
    ids = {document.id for document in alike}
    return alike + [document for document in held if document.id not in ids]


def _changes(change: Difference, words: DocumentsLabels) -> list[tuple[str, tuple[str, ...]]]:
    """Lines on what a new version changes, each with the labels of the clauses that it is about."""
    lines = [
        (words.added.format(count=len(change.added)), change.added),
        (words.removed.format(count=len(change.removed)), change.removed),
        (words.changed.format(count=len(change.changed)), change.changed),
        (words.unchanged.format(count=change.unchanged), ()),
    ]
    return [*lines, (words.front_changed if change.front else words.front_unchanged, ())]


def _row(clause: Clause, labels: Labels) -> Row:
    words = clause.text.removeprefix(clause.label).strip().split("\n")[0]
    opening = clause.heading or (words if len(words) <= LONGEST_OPENING else words[:LONGEST_OPENING] + "…")
    return Row(2 if clause.kind == "clause" and clause.part else 1, piece_name(clause, labels), opening, clause.text)
