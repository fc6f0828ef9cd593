"""A request → the session it belongs to, and the answers that all of the desk's addresses share.

Every address of the desk asks the gate first: `session` tells who is signed in, `closed` is what others get, and
`is_own_form` tells a form of the desk's own pages from one that another site sends in a member of staff's name.
"""

from __future__ import annotations

from urllib.parse import parse_qs

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.app.desk.access import Session, Sessions, same
from assistant.app.feedback import is_from_here
from assistant.app.languages import choose
from assistant.app.problems import problem
from assistant.schema import Language

HOME, LOGIN, LOGOUT = "/desk", "/desk/login", "/desk/logout"
COOKIE = "desk"
NOT_STORED = {"cache-control": "no-store"}


class Gate:
    """The sessions of the desk, looked up by the cookie of a request."""

    def __init__(self) -> None:
        self.sessions = Sessions()

    def session(self, request: Request) -> Session | None:
        """The session of whoever sends the request; None for strangers."""
        return self.sessions.get(request.cookies.get(COOKIE))

    def closed(self, request: Request) -> Response:
        """What strangers get: the way to the login; for programs, 401."""
        accept = request.headers.get("accept", "")
        if "application/json" in accept and "text/html" not in accept:
            return problem(401, "sign in to the staff desk first")
        return go(LOGIN)

    def is_own_form(self, request: Request, session: Session, token: str) -> bool:
        """Whether a form with this token was sent by the desk's own page in this session."""
        return is_from_here(request) and same(token, session.form_token)


def not_own_form() -> Response:
    """What a form gets that another page sent."""
    return problem(403, "the form did not come from the desk's own page")


def page(html: str, status: int = 200) -> HTMLResponse:
    """A page of the desk; no browser and no proxy keeps it."""
    return HTMLResponse(html, status_code=status, headers=NOT_STORED)


def go(path: str) -> Response:
    """The way to another page, asked for with GET."""
    return RedirectResponse(path, status_code=303, headers=NOT_STORED)


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form without files; what is too long for its field, the form's own page tells."""
    body = await request.body()  # no larger than `security` lets in
    return await run_in_threadpool(_fields, body)


def _fields(body: bytes) -> dict[str, str]:
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=50)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def language_of(request: Request) -> Language:
    """The language of a request."""
    return choose(request.query_params, request.cookies, request.headers)
