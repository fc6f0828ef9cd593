"""The routes under /desk. Without a password there are none; without a session all but the login lead to the login."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool

from assistant.app.desk import documents_routes, evaluation_routes, pages
from assistant.app.desk.access import SESSION_SECONDS, Session, Throttle, is_password, same
from assistant.app.desk.audit import AuditLog
from assistant.app.desk.evaluation import Evaluations
from assistant.app.desk.gate import COOKIE, HOME, LOGIN, LOGOUT, Gate, go, language_of, not_own_form, page, read_form
from assistant.app.desk.groups import Remembering
from assistant.app.desk.labels import DESK_LABELS
from assistant.app.desk.questions import Asked, QuestionLog
from assistant.app.feedback import Complaint, FeedbackStore, is_from_here
from assistant.app.problems import problem
from assistant.schema import Language

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

FORM_COOKIE = "desk-form"
"""Holds the token of the login form, before there is a session to hold it."""


def build_router(
    assistant: Assistant, password: SecretStr, folder: Path, questions: QuestionLog, feedback: FeedbackStore
) -> APIRouter:
    """The desk's routes.

    Args:
        assistant: the assistant that answers.
        password: opens the desk; if empty, there are no routes.
        folder: where the record is kept of who did what.
        questions: what was asked.
        feedback: what visitors think of answers.
    """
    router = APIRouter(include_in_schema=False)
    if password.get_secret_value().strip():
        gate = Gate()
        desk = Desk(gate, assistant, password, questions, feedback)
        router.add_api_route(LOGIN, desk.show_login, methods=["GET"])
        router.add_api_route(LOGIN, desk.log_in, methods=["POST"])
        router.add_api_route(LOGOUT, desk.log_out, methods=["POST"])
        router.add_api_route(HOME, desk.show, methods=["GET"])
        audit = AuditLog(folder)
        documents_routes.add_routes(router, gate, assistant, audit)
        evaluation_routes.add_routes(router, gate, Evaluations(assistant.data_dir), audit, assistant.settings)
        for path in (HOME, HOME + "/{path:path}"):
            router.add_api_route(path, desk.nothing_here, methods=["GET", "POST"])
    return router


class Desk:
    """What happens at each address of the desk."""

    def __init__(
        self, gate: Gate, assistant: Assistant, password: SecretStr, questions: QuestionLog, feedback: FeedbackStore
    ) -> None:
        self._assistant = assistant
        self._gate = gate
        self._password = password
        self._questions = questions
        self._feedback = feedback
        self._throttle = Throttle()
        self._embed = Remembering(assistant.embed_questions)

    def show_login(self, request: Request) -> Response:
        """The login form; whoever has a session goes on to the desk."""
        if self._gate.session(request) is not None:
            return go(HOME)
        return _login_page(request)

    async def log_in(self, request: Request) -> Response:
        """Open a session for who knows the password."""
        form = await read_form(request)
        words = DESK_LABELS[language_of(request)]
        if not is_from_here(request) or not same(form.get("token", ""), request.cookies.get(FORM_COOKIE, "")):
            return _login_page(request, words.stale_form, 403)
        client = request.client.host if request.client else ""
        wait = self._throttle.start(client)
        if wait > 0:
            seconds = int(wait) + 1
            response = _login_page(request, words.too_soon.format(seconds=seconds), 429)
            response.headers["retry-after"] = str(seconds)
            return response
        if not is_password(form.get("password", ""), self._password):
            logger.warning("a login to the staff desk failed")
            return _login_page(request, words.wrong_password, 401)
        self._throttle.succeeded(client)
        self._gate.sessions.close(request.cookies.get(COOKIE))
        opened = go(HOME)
        _set_cookie(opened, request, COOKIE, self._gate.sessions.open(form.get("name", "")), SESSION_SECONDS)
        opened.delete_cookie(FORM_COOKIE, path=HOME)
        return opened

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        if not self._gate.is_own_form(request, session, (await read_form(request)).get("token", "")):
            return not_own_form()
        self._gate.sessions.close(request.cookies.get(COOKIE))
        response = go(LOGIN)
        response.delete_cookie(COOKIE, path=HOME)
        return response

    async def show(self, request: Request) -> Response:
        """The desk, counted on a thread: questions are answered meanwhile."""
        session = self._gate.session(request)
        if session is None:
            return self._gate.closed(request)
        return page(await run_in_threadpool(self._page, language_of(request), session))

    def nothing_here(self, request: Request) -> Response:
        """Strangers are not told which addresses there are."""
        if self._gate.session(request) is None:
            return self._gate.closed(request)
        return problem(404, "there is nothing at this address")

    def _page(self, language: Language, session: Session) -> str:
        asked: list[Asked] | None = None
        unhelpful: list[Complaint] | None = None
        try:
            asked = self._questions.read()
        except (OSError, sqlite3.Error, ValueError) as error:
            logger.error("the question log cannot be read: %s", error)
        try:
            unhelpful = self._feedback.complaints()
        except (OSError, sqlite3.Error) as error:
            logger.error("the feedback cannot be read: %s", error)
        kept, feedback_kept = self._questions.days, self._feedback.days
        return pages.desk_page(self._assistant, language, session, asked, unhelpful, kept, feedback_kept, self._embed)


def _login_page(request: Request, what_is_wrong: str = "", status: int = 200) -> HTMLResponse:
    token = request.cookies.get(FORM_COOKIE) or token_urlsafe(32)
    html = pages.login_page(language_of(request), token, what_is_wrong)
    response = page(html, status)
    _set_cookie(response, request, FORM_COOKIE, token, 3600)
    return response


def _set_cookie(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path=HOME, secure=secure, httponly=True, samesite="strict")
