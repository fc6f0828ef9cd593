"""A published document → the desk's page to correct its record and manage its translation, as HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.app import links
from assistant.app.desk.access import Session
from assistant.app.desk.documents_pages import held_url
from assistant.app.desk.held_labels import HELD_LABELS, HeldLabels
from assistant.app.desk.pages import DOCUMENTS, render_section
from assistant.app.desk.preview_labels import PREVIEW_LABELS
from assistant.app.desk.preview_pages import FieldView, record_fields
from assistant.app.labels import LABELS, Labels
from assistant.app.passages import plain
from assistant.app.security import UPLOADS
from assistant.errors import FieldFault, InvalidTranslation
from assistant.indexing.catalogue import TranslatedSentence
from assistant.ingestion import format_translation, split_sentences
from assistant.pipeline.publishing import CORRECTABLE, LONGEST_VALUE
from assistant.schema import Clause, Document, Language, Record

MIB = 1024 * 1024
LARGEST_TRANSLATION = 4 * MIB
"""Bytes of a translation: Chinese and English of the longest text that can be uploaded."""
EXAMPLE = '{"zh": "第一句。", "en": "The first sentence."}'


def translation_url(document_id: str) -> str:
    """Where a document's translation is sent."""
    return f"{UPLOADS}/translation/{held_url(document_id).rpartition('/')[2]}"


def record_digest(record: Record) -> str:
    """Tells whether a record is still what a page showed of it."""
    return hashlib.sha256("\0".join(getattr(record, name) for name in CORRECTABLE).encode()).hexdigest()


def held_page(
    document: Document,
    translation: Sequence[TranslatedSentence],
    language: Language,
    session: Session,
    *,
    values: Mapping[str, str] | None = None,
    faults: Mapping[str, FieldFault] | None = None,
    problem: str = "",
    wrong_translation: str = "",
    overtaken: bool = False,
) -> str:
    """The page.

    Args:
        document: the document.
        translation: its translation; may be empty.
        language: language of the page.
        session: whose page it is.
        values: the fields as staff have corrected them so far; None where they have not.
        faults: which fields are wrong, and why.
        problem: what is wrong with what was just asked for.
        wrong_translation: why the translation just sent cannot be used.
        overtaken: the record was corrected by someone else since `values` were typed; each field that differs from it
            says what it holds now.
    """
    held, words, labels = HELD_LABELS[language], PREVIEW_LABELS[language], LABELS[language]
    clauses = [clause for clause in document.clauses if clause.kind == "clause"]
    fields = record_fields(document.record, values or {}, faults or {}, words, labels)
    if overtaken:
        fields = [_beside_the_record(field, document.record, held, labels) for field in fields]
        problem = held.overtaken
    return render_section(
        "desk_held.html",
        "documents",
        language,
        session,
        words=words,
        held=held,
        document=document,
        document_url=links.document(document.id, language),
        back_url=DOCUMENTS,
        self_url=held_url(document.id),
        template_url=f"{held_url(document.id)}/translation.jsonl",
        remove_url=f"{held_url(document.id)}/remove-translation",
        upload_url=translation_url(document.id),
        record_digest=record_digest(document.record),
        fields=fields,
        longest_value=LONGEST_VALUE,
        problem=problem or (held.wrong_fields if faults else ""),
        wrong_translation=wrong_translation,
        covers=held.covers.format(
            count=sum(any(_within(one, clause) for one in translation) for clause in clauses), total=len(clauses)
        )
        if translation
        else held.none,
        has_translation=bool(translation),
        example=EXAMPLE,
        other_url=links.switch(held_url(document.id), labels.other_language_code),
    )


def gone_page(language: Language, session: Session) -> str:
    """What is shown for a document that is not held."""
    words = HELD_LABELS[language]
    back = PREVIEW_LABELS[language].back
    return render_section(
        "desk_gone.html",
        "documents",
        language,
        session,
        words={"gone": words.gone, "gone_text": words.gone_text, "back": back, "preview": words.title},
        back_url=DOCUMENTS,
    )


def translation_problem(error: InvalidTranslation, words: HeldLabels) -> str:
    """Why a translation cannot be used."""
    return words.faults[error.fault].format(line=error.line, words=plain(error.words), size=LARGEST_TRANSLATION // MIB)


def to_fill_in(document: Document, translation: Sequence[TranslatedSentence]) -> str:
    """A translation to be filled in: the pairs there are, and each sentence of the pieces that have none."""
    pairs: list[tuple[str, str]] = []
    for clause in document.clauses:
        there = [(document.text[one.start : one.end], one.text) for one in translation if _within(one, clause)]
        pairs += there or [(clause.text[start:end], "") for start, end in split_sentences(clause.text)]
    return format_translation(pairs)


def _beside_the_record(field: FieldView, record: Record, held: HeldLabels, labels: Labels) -> FieldView:
    """A field that says what the record holds, if that is something else."""
    now = getattr(record, field.name)
    if field.value == now:
        return field
    shown = labels.document_statuses[now] if field.kind == "status" else plain(now)
    return replace(field, problem=held.now.format(value=shown or labels.unknown))


def _within(one: TranslatedSentence, clause: Clause) -> bool:
    return clause.start <= one.start < clause.end
