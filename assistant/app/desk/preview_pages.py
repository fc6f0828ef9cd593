"""An upload → the page on which it is checked before it is published, as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.app import links
from assistant.app.desk.access import Session
from assistant.app.desk.documents_labels import DOCUMENTS_LABELS
from assistant.app.desk.documents_pages import preview_url
from assistant.app.desk.pages import DOCUMENTS, render_section, show_time
from assistant.app.desk.preview_labels import PREVIEW_LABELS, PreviewLabels
from assistant.app.documents import piece_name
from assistant.app.labels import LABELS, Labels
from assistant.app.passages import opening, plain
from assistant.errors import FieldFault
from assistant.indexing.catalogue import TranslatedSentence
from assistant.ingestion import Finding, Reading
from assistant.pipeline.comparing import Difference, difference, kept_translation
from assistant.pipeline.publishing import CORRECTABLE, DATES, LONGEST_VALUE, Preview
from assistant.schema import Clause, Document, Language, Record

MOST_CLAUSES = 1000
LONGEST_OPENING = 40
MOST_LABELS = 60


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
    words, labels = PREVIEW_LABELS[language], LABELS[language]
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
        documents=DOCUMENTS_LABELS[language],
        upload=preview.upload,
        publish_url=preview_url(token),
        refuse_url=f"{preview_url(token)}/refuse",
        back_url=DOCUMENTS,
        problem=problem or (words.wrong_fields if faults else ""),
        findings=_about_reading(preview.reading, words)
        + [_finding(finding, words) for finding in preview.findings]
        + (_about_translation(old, translation_of(old.id), preview.document, words) if old is not None else []),
        fields=record_fields(preview.document.record, values or {}, faults or {}, words, labels),
        longest_value=LONGEST_VALUE,
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
    words = PREVIEW_LABELS[language]
    return render_section("desk_gone.html", "documents", language, session, words=words, back_url=DOCUMENTS)


def _about_reading(reading: Reading, words: PreviewLabels) -> list[str]:
    """What to check in a text that was taken out of a file."""
    said = [words.taken[reading.kind]] if reading.kind in words.taken else []
    return said + [words.notes[note.kind].format(detail=plain(note.detail)) for note in reading.notes]


def _about_translation(
    old: Document, translation: Sequence[TranslatedSentence], new: Document, words: PreviewLabels
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


def _finding(finding: Finding, words: PreviewLabels) -> str:
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
    words: PreviewLabels,
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


def _changes(change: Difference, words: PreviewLabels) -> list[tuple[str, tuple[str, ...]]]:
    """Lines on what a new version changes, each with the labels of the clauses that it is about."""
    lines = [
        (words.added.format(count=len(change.added)), change.added),
        (words.removed.format(count=len(change.removed)), change.removed),
        (words.changed.format(count=len(change.changed)), change.changed),
        (words.unchanged.format(count=change.unchanged), ()),
    ]
    return [*lines, (words.front_changed if change.front else words.front_unchanged, ())]


def _row(clause: Clause, labels: Labels) -> Row:
    level = 2 if clause.kind == "clause" and clause.part else 1
    words = clause.heading or opening(clause.text.removeprefix(clause.label), LONGEST_OPENING)
    return Row(level, piece_name(clause, labels), words, clause.text)
