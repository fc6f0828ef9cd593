"""The routes under /desk/evaluation: the page, starting and stopping, progress as JSON, and the reports."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.concurrency import run_in_threadpool

from assistant.app.desk.access import Session
from assistant.app.desk.audit import AuditLog
from assistant.app.desk.evaluation import LIMITS, SPLITS, AlreadyRunning, Evaluations, Wanted
from assistant.app.desk.evaluation_history import DATA, PAGE, history, report_file
from assistant.app.desk.evaluation_labels import EVALUATION_LABELS
from assistant.app.desk.evaluation_pages import PROGRESS, REPORTS, START, STOP, evaluation_page, progress
from assistant.app.desk.gate import NOT_STORED, Gate, go, language_of, page, read_form
from assistant.app.desk.pages import EVALUATION
from assistant.app.problems import problem
from assistant.config import Settings

logger = logging.getLogger(__name__)

REPORT_POLICY = (
    "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""A report is one file with its style and script inside; its own policy admits that script alone, by its hash. Cut off
from this site by the sandbox, it could reach neither cookies nor pages even if it held a script of someone else's."""


def add_routes(router: APIRouter, gate: Gate, evaluations: Evaluations, audit: AuditLog, settings: Settings) -> None:
    """Add the evaluation's routes to those of the desk.

    Args:
        router: the desk's router.
        gate: tells who may come in.
        evaluations: the runs.
        audit: the log of what was done.
        settings: tell which chat model a run will use.
    """
    section = EvaluationSection(gate, evaluations, audit, settings)
    router.add_api_route(EVALUATION, section.show, methods=["GET"])
    router.add_api_route(START, section.start, methods=["POST"])
    router.add_api_route(STOP, section.stop, methods=["POST"])
    router.add_api_route(PROGRESS, section.progress, methods=["GET"])
    router.add_api_route(REPORTS + "/{name}", section.report, methods=["GET"])
    router.add_api_route(REPORTS + "/{name}/data", section.data, methods=["GET"])
    router.add_api_route(REPORTS + "/{name}/delete", section.delete, methods=["POST"])


class EvaluationSection:
    """What happens at each address of the evaluation."""

    def __init__(self, gate: Gate, evaluations: Evaluations, audit: AuditLog, settings: Settings) -> None:
        self._gate = gate
        self._evaluations = evaluations
        self._audit = audit
        self._settings = settings

    async def show(self, request: Request) -> Response:
        """The page."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        return await run_in_threadpool(self._page, request, session)

    async def start(self, request: Request) -> Response:
        """Start a run, and go back to the page, which shows it."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        form = await read_form(request)
        words = EVALUATION_LABELS[language_of(request)]
        wanted = _wanted(form)
        what_is_wrong, status = "", 303
        if not self._gate.is_own_form(request, session, form.get("token", "")):
            what_is_wrong, status = words.stale_form, 403
        elif not self._evaluations.available:
            what_is_wrong, status = words.not_installed, 409
        elif wanted is None:
            what_is_wrong, status = words.bad_choice, 422
        else:
            try:
                await run_in_threadpool(self._evaluations.start, wanted)
            except AlreadyRunning:
                what_is_wrong, status = words.already_running, 409
            except OSError as error:
                logger.error("an evaluation cannot be started: %s", error)
                what_is_wrong, status = words.cannot_start, 500
        if what_is_wrong:
            return await run_in_threadpool(self._page, request, session, what_is_wrong, status, wanted)
        return go(EVALUATION)

    async def stop(self, request: Request) -> Response:
        """Stop the run, and go back to the page."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        form = await read_form(request)
        if not self._gate.is_own_form(request, session, form.get("token", "")):
            stale = EVALUATION_LABELS[language_of(request)].stale_form
            return await run_in_threadpool(self._page, request, session, stale, 403)
        await run_in_threadpool(self._evaluations.stop)
        return go(EVALUATION)

    async def delete(self, request: Request, name: str) -> Response:
        """Delete a report, and go back to the page."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        form = await read_form(request)
        words = EVALUATION_LABELS[language_of(request)]
        what_is_wrong, status = "", 303
        if not self._gate.is_own_form(request, session, form.get("token", "")):
            what_is_wrong, status = words.stale_form, 403
        else:
            try:
                if await run_in_threadpool(self._evaluations.delete, name):
                    self._audit.add("delete_report", "", "", session.name, name)
                else:
                    what_is_wrong, status = words.no_such_report, 404
            except AlreadyRunning:
                what_is_wrong, status = words.deleting_while_running, 409
            except OSError as error:
                logger.error("the evaluation %s cannot be deleted: %s", name, error)
                what_is_wrong, status = words.cannot_delete, 500
        if what_is_wrong:
            return await run_in_threadpool(self._page, request, session, what_is_wrong, status)
        return go(EVALUATION)

    def progress(self, request: Request) -> Response:
        """How far the run is, as JSON."""
        if self._gate.session(request) is None:
            return problem(401, "sign in to the staff desk first")
        return JSONResponse(progress(language_of(request), self._evaluations.last()), headers=NOT_STORED)

    def report(self, request: Request, name: str) -> Response:
        """The page of a report, in a sandbox."""
        return self._file(request, name, PAGE)

    def data(self, request: Request, name: str) -> Response:
        """The data of a report, to keep."""
        return self._file(request, name, DATA)

    def _file(self, request: Request, name: str, file: str) -> Response:
        if self._gate.session(request) is None:
            return self._gate.closed(request)
        path = report_file(self._evaluations.reports, name, file)
        if path is None:
            return problem(404, "there is no such report")
        if file == PAGE:
            headers = {**NOT_STORED, "content-security-policy": REPORT_POLICY}
            return FileResponse(path, media_type="text/html; charset=utf-8", headers=headers)
        return FileResponse(path, media_type="application/json", filename=f"{name}.json", headers=NOT_STORED)

    def _page(
        self,
        request: Request,
        session: Session,
        what_is_wrong: str = "",
        status: int = 200,
        chosen: Wanted | None = None,
    ) -> Response:
        html = evaluation_page(
            language_of(request),
            session,
            self._evaluations.last(),
            history(self._evaluations.reports),
            available=self._evaluations.available,
            can_stop=self._evaluations.is_ours,
            model=self._settings.chat_model,
            server=urlsplit(self._settings.chat_base_url).netloc,
            problem=what_is_wrong,
            chosen=chosen,
        )
        return page(html, status)


def _wanted(form: dict[str, str]) -> Wanted | None:
    """What a form asks for; None where that is not on offer."""
    split = next((split for split in SPLITS if split == form.get("split")), None)
    limits = {str(limit or "all"): limit for limit in LIMITS}
    number = form.get("number", "")
    return Wanted(split, limits[number]) if split and number in limits else None
