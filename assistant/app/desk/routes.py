"""The routes under /desk. Without a password there are none; without a session all but the login lead to the login."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import SecretStr
from starlette.concurrency import run_in_threadpool

from assistant.app.desk import pages
from assistant.app.desk.access import SESSION_SECONDS, Session, Sessions, Throttle, is_password, same
from assistant.app.desk.labels import DESK_LABELS
from assistant.app.desk.questions import Asked, QuestionLog
from assistant.app.desk.verdicts import Complaint, complaints
from assistant.app.feedback import is_from_here
from assistant.app.languages import choose
from assistant.app.problems import problem
from assistant.schema import Language

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

COOKIE = "desk"
FORM_COOKIE = "desk-form"
"""Holds the token of the login form, before there is a session to hold it."""
LARGEST_FORM = 16 * 1024
_NOT_STORED = {"cache-control": "no-store"}


def build_router(assistant: Assistant, password: SecretStr, folder: Path, questions: QuestionLog) -> APIRouter:
    """The desk's routes.

    Args:
        assistant: the assistant that answers.
        password: opens the desk; if empty, every address is a 404.
        folder: where feedback is stored.
        questions: what was asked.
    """
    router = APIRouter(include_in_schema=False)
    desk = Desk(assistant, password, folder, questions) if password.get_secret_value().strip() else None
    if desk is not None:
        router.add_api_route(pages.LOGIN, desk.show_login, methods=["GET"])
        router.add_api_route(pages.LOGIN, desk.log_in, methods=["POST"])
        router.add_api_route(pages.LOGOUT, desk.log_out, methods=["POST"])
        router.add_api_route(pages.HOME, desk.show, methods=["GET"])
    # What is left must not fall through to the pages mounted at `/`.
    nothing_here = _no_desk if desk is None else desk.nothing_here
    for path in (pages.HOME, pages.HOME + "/{path:path}"):
        router.add_api_route(path, nothing_here, methods=["GET", "POST"])
    return router


class Desk:
    """What happens at each address of the desk."""

    def __init__(self, assistant: Assistant, password: SecretStr, folder: Path, questions: QuestionLog) -> None:
        self._assistant = assistant
        self._password = password
        self._folder = folder
        self._questions = questions
        self._sessions = Sessions()
        self._throttle = Throttle()

    def show_login(self, request: Request) -> Response:
        """The login form; whoever has a session goes on to the desk."""
        if self._session(request) is not None:
            return _go(pages.HOME)
        return _login_page(request)

    async def log_in(self, request: Request) -> Response:
        """Open a session for who knows the password."""
        form = await _form(request)
        words = DESK_LABELS[_language(request)]
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
        self._sessions.close(request.cookies.get(COOKIE))
        opened = _go(pages.HOME)
        _set_cookie(opened, request, COOKIE, self._sessions.open(), SESSION_SECONDS)
        opened.delete_cookie(FORM_COOKIE, path=pages.HOME)
        return opened

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        session = self._session(request)
        if session is None:
            return _closed(request)
        if not is_from_here(request) or not same((await _form(request)).get("token", ""), session.form_token):
            return problem(403, "the form did not come from the desk's own page")
        self._sessions.close(request.cookies.get(COOKIE))
        response = _go(pages.LOGIN)
        response.delete_cookie(COOKIE, path=pages.HOME)
        return response

    async def show(self, request: Request) -> Response:
        """The desk, counted on a thread: questions are answered meanwhile."""
        session = self._session(request)
        if session is None:
            return _closed(request)
        html = await run_in_threadpool(self._page, _language(request), session.form_token)
        return HTMLResponse(html, headers=_NOT_STORED)

    def nothing_here(self, request: Request) -> Response:
        """Strangers are not told which addresses there are."""
        if self._session(request) is None:
            return _closed(request)
        return problem(404, "there is nothing at this address")

    def _session(self, request: Request) -> Session | None:
        return self._sessions.get(request.cookies.get(COOKIE))

    def _page(self, language: Language, form_token: str) -> str:
        asked: list[Asked] | None = None
        unhelpful: list[Complaint] | None = None
        try:
            asked = self._questions.read()
        except (OSError, sqlite3.Error, ValueError) as error:
            logger.error("the question log cannot be read: %s", error)
        try:
            unhelpful = complaints(self._folder)
        except (OSError, sqlite3.Error) as error:
            logger.error("the feedback cannot be read: %s", error)
        return pages.desk_page(self._assistant, language, form_token, asked, unhelpful, self._questions.days)


def _no_desk() -> Response:
    return problem(404, "there is nothing at this address")


def _closed(request: Request) -> Response:
    """The way to the login; for programs, 401."""
    accept = request.headers.get("accept", "")
    if "application/json" in accept and "text/html" not in accept:
        return problem(401, "sign in to the staff desk first")
    return _go(pages.LOGIN)


def _login_page(request: Request, what_is_wrong: str = "", status: int = 200) -> HTMLResponse:
    token = request.cookies.get(FORM_COOKIE) or token_urlsafe(32)
    html = pages.login_page(_language(request), token, what_is_wrong)
    response = HTMLResponse(html, status_code=status, headers=_NOT_STORED)
    _set_cookie(response, request, FORM_COOKIE, token, 3600)
    return response


def _set_cookie(response: Response, request: Request, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=seconds, path=pages.HOME, secure=secure, httponly=True, samesite="strict")


def _go(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers=_NOT_STORED)


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; those of a large one are not read."""
    if int(request.headers.get("content-length", "0")) > LARGEST_FORM:
        return {}
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, max_num_fields=20)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _language(request: Request) -> Language:
    return choose(request.query_params, request.cookies, request.headers)
