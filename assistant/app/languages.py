"""Which language a visitor sees: `?lang=`, else the cookie of an earlier switch, else Accept-Language, else Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.schema import Language

COOKIE = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
DEFAULT: Language = "zh"


def as_language(value: str | None) -> Language | None:
    """`zh`, `zh-CN`, `EN-gb` → the language; None for anything else."""
    primary = (value or "").strip().lower().split("-")[0]
    if primary == "zh":
        return "zh"
    return "en" if primary == "en" else None


def preferred(accept_language: str) -> Language | None:
    """The first of Chinese and English by weight (RFC 9110, section 12.5.4); None if the header names neither.

    Args:
        accept_language: the header's value, such as `en-GB,en;q=0.9,zh;q=0.5`.
    """
    best: tuple[float, Language] | None = None
    for entry in accept_language.split(",")[:50]:
        tag, _, parameters = entry.partition(";")
        language = as_language(tag)
        weight = _weight(parameters)
        if language is not None and weight > 0 and (best is None or weight > best[0]):
            best = (weight, language)
    return best[1] if best else None


def choose(query: Mapping[str, str], cookies: Mapping[str, str], headers: Mapping[str, str]) -> Language:
    """The language of a request, from its query parameters, cookies and headers."""
    return (
        as_language(query.get("lang"))
        or as_language(cookies.get(COOKIE))
        or preferred(headers.get("accept-language", ""))
        or DEFAULT
    )


class FrontDoor:
    """ASGI middleware: sends visitors at `/` who read English to `/en/`, and back where `?lang=zh` asks for it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        target = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            request = Request(scope)
            if scope["path"] == "/" and choose(request.query_params, request.cookies, request.headers) == "en":
                target = _with_question("/en/", request)
            elif scope["path"] == "/en/" and as_language(request.query_params.get("lang")) == "zh":
                target = _with_question("/?lang=zh", request)
        if target is None:
            await self._app(scope, receive, send)
            return
        headers = {"cache-control": "no-store", "vary": "Accept-Language, Cookie"}
        await RedirectResponse(target, status_code=307, headers=headers)(scope, receive, send)


def _with_question(path: str, request: Request) -> str:
    """The path, with the question of a shared link."""
    question = request.query_params.get("q")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'q': question})}" if question else path


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
