"""The routes under /desk/documents: upload, check, publish, refuse, withdraw, put back, rebuild.

Nothing here blocks the event loop: files are checked and pages rendered on a thread, and what takes a while is a work.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.app.desk import documents_pages as pages
from assistant.app.desk import held_routes, preview_pages
from assistant.app.desk.access import Session
from assistant.app.desk.audit import Action, AuditLog, Entry
from assistant.app.desk.documents_labels import DOCUMENTS_LABELS
from assistant.app.desk.documents_pages import Result
from assistant.app.desk.gate import NOT_STORED, Gate, go, language_of, not_own_form, page, read_form
from assistant.app.desk.pages import DOCUMENTS
from assistant.app.desk.uploads import read_files
from assistant.app.desk.works import Report, Works
from assistant.app.feedback import is_from_here
from assistant.app.security import UPLOADS
from assistant.errors import InvalidCorrection, RefusedUpload, UnknownDocument, UnknownUpload
from assistant.pipeline.ingesting import Progress
from assistant.pipeline.publishing import CORRECTABLE, Library, corrected
from assistant.schema import Language, Record

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
"""How long a form waits for its work to end: most pages then show how it ended, and not that it began."""
REBUILD_KEY = "rebuild"

Step = Callable[[Progress], Record | None]
"""Does a work, and gives the record of the document it is about, if it is about one."""


def add_routes(router: APIRouter, gate: Gate, assistant: Assistant, audit: AuditLog) -> None:
    """Add the routes to the desk's.

    Args:
        router: the desk's router.
        gate: tells who may come in.
        assistant: the assistant over the corpus that staff change.
        audit: the log of what was done.
    """
    desk = DocumentsDesk(gate, assistant, audit)
    router.add_api_route(DOCUMENTS, desk.show, methods=["GET"])
    router.add_api_route(pages.WORKS, desk.show_works, methods=["GET"])
    router.add_api_route(UPLOADS, desk.upload, methods=["POST"])
    router.add_api_route(pages.WITHDRAW, desk.withdraw, methods=["POST"])
    router.add_api_route(pages.PUT_BACK, desk.put_back, methods=["POST"])
    router.add_api_route(pages.REBUILD, desk.rebuild, methods=["POST"])
    router.add_api_route(pages.preview_url("{token}"), desk.show_preview, methods=["GET"])
    router.add_api_route(pages.preview_url("{token}"), desk.publish, methods=["POST"])
    router.add_api_route(pages.preview_url("{token}") + "/refuse", desk.refuse, methods=["POST"])
    held_routes.add_routes(router, desk)


class DocumentsDesk:
    """What happens at each address of the desk's documents."""

    def __init__(self, gate: Gate, assistant: Assistant, audit: AuditLog) -> None:
        self.gate = gate
        self.assistant = assistant
        self.published = Library(assistant.settings)
        self._audit = audit
        self._works = Works()

    async def show(self, request: Request) -> Response:
        """The documents page."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        return page(await run_in_threadpool(self._page, language_of(request), session))

    async def show_works(self, request: Request) -> Response:
        """How far the works are, for the page's script."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        words = DOCUMENTS_LABELS[language_of(request)]
        shown = [
            {"number": w.number, "underWay": w.under_way, "state": words.work_states[w.state], "done": w.done}
            | {"total": w.total}
            for w in self._works.shown()
        ]
        return JSONResponse({"works": shown}, headers=NOT_STORED)

    async def upload(self, request: Request) -> Response:
        """Take files, to wait until they are checked; for the page's script, what became of each as JSON."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        if not is_from_here(request):
            return await self.stale(request, session)
        sent = await read_files(request)
        # Of a form that was cut off nothing is kept: that much may be told whoever sent it.
        if sent.fault not in ("too_large", "too_many") and not self.gate.is_own_form(request, session, sent.token):
            return await self.stale(request, session)
        language = language_of(request)
        results = await run_in_threadpool(self._take, sent.files, session, language)
        problem = pages.form_problem(sent.fault, DOCUMENTS_LABELS[language])
        status = 413 if sent.fault == "too_large" else 200 if any(result.upload for result in results) else 422
        if "application/json" in request.headers.get("accept", ""):
            files = [
                {"name": r.name, "problem": r.problem, "url": pages.preview_url(r.upload.token) if r.upload else ""}
                for r in results
            ]
            told = 200 if results else status
            return JSONResponse({"files": files, "problem": problem}, status_code=told, headers=NOT_STORED)
        html = await run_in_threadpool(self._page, language, session, results=results, problem=problem)
        return page(html, status)

    async def show_preview(self, request: Request, token: str) -> Response:
        """What was understood of an upload."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        return await run_in_threadpool(self._preview, token, language_of(request), session, {}, None, 200)

    async def publish(self, request: Request, token: str) -> Response:
        """Publish an upload with its corrections; or show what it would change in the document it replaces."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        form = await read_form(request)
        language = language_of(request)
        replaces = form.get("replaces", "")
        # A field that was emptied is not sent as far as `parse_qs` is concerned, but it was corrected all the same.
        values = {name: form.get(name, "") for name in CORRECTABLE}
        if not self.gate.is_own_form(request, session, form.get("token", "")):
            return await self.stale(request, session)
        if form.get("do") == "compare":
            return await run_in_threadpool(self._preview, token, language, session, values, replaces, 200)
        return await run_in_threadpool(self._publish, token, language, session, values, replaces)

    async def refuse(self, request: Request, token: str) -> Response:
        """Discard an upload."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        if not self.gate.is_own_form(request, session, (await read_form(request)).get("token", "")):
            return await self.stale(request, session)
        return await run_in_threadpool(self._refuse, token, language_of(request), session)

    async def withdraw(self, request: Request) -> Response:
        """Withdraw a document."""
        return await self._change(request, "withdraw", self.published.withdraw)

    async def put_back(self, request: Request) -> Response:
        """Put a withdrawn document back."""
        return await self._change(request, "put_back", self.published.put_back)

    async def rebuild(self, request: Request) -> Response:
        """Read all documents anew."""

        def step(_: str, progress: Progress) -> None:
            self.published.rebuild(progress)

        return await self._change(request, "rebuild", step)

    async def _change(
        self, request: Request, action: Action, step: Callable[[str, Progress], Record | None]
    ) -> Response:
        """Do something to the document that a form names."""
        session = self.gate.session(request)
        if session is None:
            return self.gate.closed(request)
        form = await read_form(request)
        if not self.gate.is_own_form(request, session, form.get("token", "")):
            return await self.stale(request, session)
        document_id = form.get("document", "") if action != "rebuild" else REBUILD_KEY

        def begin() -> Response:
            title = "" if action == "rebuild" else self._title(document_id)
            number = self.start(action, document_id, title, session, lambda progress: step(document_id, progress))
            return self.begun(number, language_of(request), session)

        return await run_in_threadpool(begin)

    async def stale(self, request: Request, session: Session) -> Response:
        """What a form gets that this session's page did not send: most often one left open since an earlier login."""
        if "application/json" in request.headers.get("accept", ""):
            return not_own_form()
        language = language_of(request)
        problem = DOCUMENTS_LABELS[language].stale
        return page(await run_in_threadpool(self._page, language, session, problem=problem), 403)

    def _publish(
        self, token: str, language: Language, session: Session, values: dict[str, str], replaces: str
    ) -> Response:
        try:
            preview = self.published.preview(token, self.assistant.documents())
            if replaces:
                self.assistant.document(replaces)
            record = corrected(preview.document.record, values)
        except UnknownUpload:
            return page(preview_pages.gone_page(language, session), 404)
        except (InvalidCorrection, UnknownDocument) as error:
            return self._preview(token, language, session, values, replaces, 422, error)
        action: Action = "replace" if replaces else "publish"
        number = self.start(
            action,
            token,
            record.title,
            session,
            lambda progress: self.published.publish(token, values, replaces, progress),
            preview.upload.name,
        )
        return self.begun(number, language, session)

    def _refuse(self, token: str, language: Language, session: Session) -> Response:
        try:
            upload = self.published.staging.get(token)
        except UnknownUpload:
            return page(preview_pages.gone_page(language, session), 404)
        if self._works.is_under_way(token):
            return self.begun(None, language, session)
        self.published.staging.remove(token)
        self._audit.add("refuse", "", "", session.name, upload.name)
        return go(DOCUMENTS)

    def start(self, action: Action, key: str, title: str, session: Session, step: Step, detail: str = "") -> int | None:
        """Begin a work, to be written into the log once it is done; None where one of this key is under way."""

        def run(report: Report) -> str:
            record = step(lambda what, done, total: report(done, total))
            document_id, name = (record.id, record.title) if record else ("", "")
            self._audit.add(action, document_id, name, session.name, detail)
            return "" if action == "withdraw" else document_id

        return self._works.start(action, key, title, run)

    def begun(self, number: int | None, language: Language, session: Session) -> Response:
        """The way back to the documents page once a work has ended, or has gone on for a while."""
        if number is None:
            return page(self._page(language, session, problem=DOCUMENTS_LABELS[language].busy), 409)
        self._works.wait(number, PATIENCE_SECONDS)
        return go(DOCUMENTS)

    def _take(self, named: Sequence[tuple[str, bytes]], session: Session, language: Language) -> list[Result]:
        words = DOCUMENTS_LABELS[language]
        results = []
        for name, data in named:
            try:
                results.append(Result(name, self.published.staging.add(name, data, session.name)))
            except RefusedUpload as refused:
                results.append(Result(name, problem=pages.upload_problem(refused.fault, words)))
            except OSError as error:
                logger.error("an upload could not be stored: %s", error)
                results.append(Result(name, problem=words.failures["DataFolderNotWritable"]))
        return results

    def _preview(
        self,
        token: str,
        language: Language,
        session: Session,
        values: dict[str, str],
        replaces: str | None,
        status: int,
        error: InvalidCorrection | UnknownDocument | None = None,
    ) -> Response:
        held = self.assistant.documents()
        try:
            preview = self.published.preview(token, held)
        except UnknownUpload:
            return page(preview_pages.gone_page(language, session), 404)
        unknown = DOCUMENTS_LABELS[language].failures["UnknownDocument"]
        html = preview_pages.preview_page(
            preview,
            held,
            language,
            session,
            translation_of=self.assistant.translation,
            values=values,
            replaces=replaces,
            faults=error.faults if isinstance(error, InvalidCorrection) else {},
            problem=unknown if isinstance(error, UnknownDocument) else "",
        )
        return page(html, status)

    def _page(self, language: Language, session: Session, *, results: Sequence[Result] = (), problem: str = "") -> str:
        log: list[Entry] | None = None
        try:
            log = self._audit.read()
        except (OSError, sqlite3.Error, ValueError) as error:
            logger.error("the audit log cannot be read: %s", error)
        busy = self._works.is_under_way
        return pages.documents_page(
            self.assistant,
            language,
            session,
            waiting=[upload for upload in self.published.staging.all() if not busy(upload.token)],
            withdrawn=self.published.withdrawn(),
            works=self._works.shown(),
            log=log,
            results=results,
            problem=problem,
        )

    def _title(self, document_id: str) -> str:
        try:
            return self.assistant.document(document_id).record.title
        except UnknownDocument:
            withdrawn = {record.id: record.title for record in self.published.withdrawn()}
            return withdrawn.get(document_id, document_id[:100])
