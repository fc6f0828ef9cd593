"""The routes of a published document at the desk: correct its record; upload, fetch and remove its translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.app.desk import held_pages as pages
from assistant.app.desk.access import Session
from assistant.app.desk.documents_labels import DOCUMENTS_LABELS
from assistant.app.desk.documents_pages import form_problem, held_url
from assistant.app.desk.gate import NOT_STORED, language_of, page, read_form
from assistant.app.desk.held_labels import HELD_LABELS
from assistant.app.desk.uploads import read_files
from assistant.app.feedback import is_from_here
from assistant.app.security import UPLOADS
from assistant.errors import FieldFault, InvalidCorrection, InvalidTranslation, UnknownDocument, UsageError
from assistant.ingestion import parse_translation
from assistant.pipeline.ingesting import Progress, align
from assistant.pipeline.publishing import CORRECTABLE, corrected
from assistant.schema import Language, Record

if TYPE_CHECKING:
    from assistant.app.desk.documents_routes import DocumentsDesk

LONGEST_DETAIL = 500


class RecordOvertaken(UsageError):
    """A record was changed by someone else before a correction of it was made."""


def add_routes(router: APIRouter, desk: DocumentsDesk) -> None:
    """Add the routes to the desk's.

    Args:
        router: the desk's router.
        desk: the desk's documents.
    """
    held = HeldSection(desk)
    at = held_url("ID").replace("ID", "{document_id}")
    router.add_api_route(at, held.show, methods=["GET"])
    router.add_api_route(at, held.correct, methods=["POST"])
    router.add_api_route(at + "/translation.jsonl", held.fetch, methods=["GET"])
    router.add_api_route(at + "/remove-translation", held.remove, methods=["POST"])
    router.add_api_route(UPLOADS + "/translation/{document_id}", held.translate, methods=["POST"])


class HeldSection:
    """What happens at each address of a published document."""

    def __init__(self, desk: DocumentsDesk) -> None:
        self._desk = desk
        self._gate = desk.gate
        self._assistant = desk.assistant
        self._published = desk.published

    async def show(self, request: Request, document_id: str) -> Response:
        """The page."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        return await run_in_threadpool(self._page, document_id, language_of(request), session)

    async def fetch(self, request: Request, document_id: str) -> Response:
        """The translation as a file to be filled in."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        try:
            document = self._assistant.document(document_id)
        except UnknownDocument:
            return page(pages.gone_page(language_of(request), session), 404)
        text = pages.to_fill_in(document, self._assistant.translation(document_id))
        disposition = f'attachment; filename="{document.id}.en.jsonl"'  # an id is plain ASCII
        return Response(
            text, media_type="application/jsonl", headers={**NOT_STORED, "content-disposition": disposition}
        )

    async def correct(self, request: Request, document_id: str) -> Response:
        """Correct the record."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        form = await read_form(request)
        if not self._gate.is_own_form(request, session, form.get("token", "")):
            return await self._desk.stale(request, session)
        values = {name: form.get(name, "") for name in CORRECTABLE}
        shown = form.get("record", "")
        return await run_in_threadpool(self._correct, document_id, values, shown, language_of(request), session)

    async def translate(self, request: Request, document_id: str) -> Response:
        """Check a translation and put it in place."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        if not is_from_here(request):
            return await self._desk.stale(request, session)
        sent = await read_files(request)
        language = language_of(request)
        if sent.fault in ("too_large", "too_many"):  # of these nothing is kept, the token neither
            problem = form_problem(sent.fault, DOCUMENTS_LABELS[language])
            return await run_in_threadpool(self._page, document_id, language, session, 422, wrong=problem)
        if not self._gate.is_own_form(request, session, sent.token):
            return await self._desk.stale(request, session)
        return await run_in_threadpool(self._translate, document_id, sent.files, language, session)

    async def remove(self, request: Request, document_id: str) -> Response:
        """Remove the translation."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        if not self._gate.is_own_form(request, session, (await read_form(request)).get("token", "")):
            return await self._desk.stale(request, session)
        return await run_in_threadpool(self._remove, document_id, language_of(request), session)

    def _correct(
        self, document_id: str, values: dict[str, str], shown: str, language: Language, session: Session
    ) -> Response:
        new: Record | None = None
        faults: dict[str, FieldFault] = {}
        try:
            old = self._assistant.document(document_id).record
            new = corrected(old, values)
        except UnknownDocument:
            return page(pages.gone_page(language, session), 404)
        except InvalidCorrection as error:
            faults = error.faults
        if new == old:
            problem = HELD_LABELS[language].nothing_changed
            return self._page(document_id, language, session, 200, problem=problem)
        if shown != pages.record_digest(old):
            return self._page(document_id, language, session, 409, values, overtaken=True)
        if new is None:
            return self._page(document_id, language, session, 422, values, faults)

        def step(progress: Progress) -> Record:
            # What was under way before, such as a new version of the document, may have changed the record.
            if self._assistant.document(document_id).record != old:
                raise RecordOvertaken(f"the record of {document_id!r} was changed in the meantime")
            return self._published.correct(document_id, values, progress)

        number = self._desk.start("correct", document_id, new.title, session, step, _what_changed(old, new))
        return self._desk.begun(number, language, session)

    def _translate(
        self, document_id: str, files: tuple[tuple[str, bytes], ...], language: Language, session: Session
    ) -> Response:
        words = HELD_LABELS[language]
        try:
            document = self._assistant.document(document_id)
        except UnknownDocument:
            return page(pages.gone_page(language, session), 404)
        if len(files) != 1:
            wrong = words.one_file if files else words.no_file
            return self._page(document_id, language, session, 422, wrong=wrong)
        name, data = files[0]
        try:
            if len(data) > pages.LARGEST_TRANSLATION:
                raise InvalidTranslation("too_large", f"{name} is too large")
            lines = parse_translation(data, name)
            align(document, lines)  # also of sentences not translated: an error in them is one of the file
            pairs = [(chinese, english) for chinese, english in lines if english.strip()]
            if not pairs:
                raise InvalidTranslation("empty", f"{name} holds no English")
        except InvalidTranslation as error:
            wrong = pages.translation_problem(error, words)
            return self._page(document_id, language, session, 422, wrong=wrong)
        number = self._desk.start(
            "translate",
            document_id,
            document.record.title,
            session,
            lambda progress: self._published.translate(document_id, pairs, progress),
            name,
        )
        return self._desk.begun(number, language, session)

    def _remove(self, document_id: str, language: Language, session: Session) -> Response:
        try:
            title = self._assistant.document(document_id).record.title
        except UnknownDocument:
            return page(pages.gone_page(language, session), 404)
        number = self._desk.start(
            "untranslate",
            document_id,
            title,
            session,
            lambda progress: self._published.translate(document_id, [], progress),
        )
        return self._desk.begun(number, language, session)

    def _page(
        self,
        document_id: str,
        language: Language,
        session: Session,
        status: int = 200,
        values: dict[str, str] | None = None,
        faults: dict[str, FieldFault] | None = None,
        problem: str = "",
        wrong: str = "",
        overtaken: bool = False,
    ) -> Response:
        try:
            document = self._assistant.document(document_id)
        except UnknownDocument:
            return page(pages.gone_page(language, session), 404)
        html = pages.held_page(
            document,
            self._assistant.translation(document_id),
            language,
            session,
            values=values,
            faults=faults,
            problem=problem,
            wrong_translation=wrong,
            overtaken=overtaken,
        )
        return page(html, status)


def _what_changed(old: Record, new: Record) -> str:
    """The values that were changed, for the log."""
    pairs = [(getattr(old, name), getattr(new, name)) for name in CORRECTABLE]
    said = "; ".join(f"“{before or '—'}” → “{after or '—'}”" for before, after in pairs if before != after)
    return said if len(said) <= LONGEST_DETAIL else said[:LONGEST_DETAIL] + "…"
