"""An assistant → the web application, and the process that serves it.

One FastAPI application holds the JSON routes, the document pages, the front end's files and, mounted last, the Gradio
pages. Gradio is imported by `create_app`, not before.
"""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import anyio
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from pydantic import SecretStr
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.app import api, documents, feedback, links, openai_api
from assistant.app.assets import FOLDER, PREFIX
from assistant.app.currency import corpus_day
from assistant.app.desk import routes as desk
from assistant.app.desk.questions import QuestionLog
from assistant.app.expiring import sweeping
from assistant.app.feedback import FeedbackStore
from assistant.app.keys import ApiKeys, KeyRing
from assistant.app.languages import COOKIE, COOKIE_SECONDS, FrontDoor, as_language, choose
from assistant.app.leaving import Leaving
from assistant.app.passages import parse_quote
from assistant.app.problems import MCP_PATH, NothingHere, as_get, install_error_handlers, problem
from assistant.app.rate_limit import RateLimit
from assistant.app.security import OURS, Guard
from assistant.app.shell import rewrite
from assistant.config import FEEDBACK_DAYS
from assistant.errors import AssistantError, UnknownDocument
from assistant.schema import Language

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

_NOT_STORED = {"cache-control": "no-store"}
_BY_LANGUAGE = {"cache-control": "private, no-cache", "vary": "Accept-Language, Cookie"}

NO_PASSWORD = SecretStr("")
"""The desk stays closed."""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names of this machine to itself."""

SHUTDOWN_SECONDS = 2
"""How long open streams may go on after Ctrl-C."""


class Files(StaticFiles):
    """The front end's files; their addresses change with their content, so browsers keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or 404."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


class Heads:
    """ASGI middleware: our own pages and doors answer HEAD as they do GET; the server leaves the body out."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] == "http" and OURS.fullmatch(scope["path"]):
            scope = as_get(scope)
        await self._app(scope, receive, send)


def create_app(
    assistant: Assistant,
    *,
    feedback_folder: Path,
    api_keys: Sequence[str] = (),
    staff_password: SecretStr = NO_PASSWORD,
    question_log_days: int = 0,
    feedback_days: int = FEEDBACK_DAYS,
    rate_limit: int = 0,
    mcp_hosts: Sequence[str] = (),
    site_url: str = "",
) -> FastAPI:
    """The web application.

    Args:
        assistant: the assistant that answers.
        feedback_folder: where what visitors think of answers is stored, and what they ask.
        api_keys: keys of which a program must bring one to the doors; none are needed where none are given.
        staff_password: opens the staff desk; empty, there is none.
        question_log_days: how many days questions are kept; 0 keeps none.
        feedback_days: how many days feedback is kept, and a question whose answer did not help.
        rate_limit: requests a minute that one program may make at the doors; 0 sets no limit.
        mcp_hosts: names under which /mcp may be reached; empty allows any.
        site_url: put before the paths of links that /mcp gives; empty, the address that a request came to.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from assistant.app import mcp_door, page

    questions = QuestionLog(feedback_folder, question_log_days)
    verdicts = FeedbackStore(feedback_folder, feedback_days)
    mcp = mcp_door.McpEndpoint(mcp_door.build_server(assistant, questions.record, site_url), mcp_hosts)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with mcp.lifespan(app), sweeping(questions.sweep, verdicts.sweep):
            yield

    app = FastAPI(
        title="Policy assistant",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    install_error_handlers(app)
    app.include_router(api.build_router(assistant, questions.record))
    app.include_router(openai_api.build_router(assistant, questions.record))
    app.include_router(feedback.build_router(verdicts))
    _add_site_routes(app, assistant)
    _add_document_pages(app, assistant)
    app.include_router(desk.build_router(assistant, staff_password, feedback_folder, questions, verdicts))
    app.mount(PREFIX, Files(directory=FOLDER))
    app.router.routes += [Route(path, mcp) for path in (MCP_PATH, MCP_PATH + "/")]
    # What is left must not fall through to the pages mounted at `/`.
    nothing_here = NothingHere(app.routes)
    app.router.routes += [
        Route(prefix + rest, nothing_here)
        for prefix in ("/healthz", "/favicon.ico", "/documents", "/language", "/desk", "/api", "/v1")
        for rest in ("", "/{path:path}")
    ]
    page.mount(app, assistant, questions.record)
    app.add_middleware(Heads)
    app.add_middleware(FrontDoor)
    app.add_middleware(Leaving)
    ring = KeyRing(api_keys)
    if ring:
        app.add_middleware(ApiKeys, ring=ring)
    if rate_limit:
        app.add_middleware(RateLimit, per_minute=rate_limit, ring=ring)
    app.add_middleware(Guard, rewrite=partial(rewrite, feedback_days=feedback_days))
    return app


def _add_site_routes(app: FastAPI, assistant: Assistant) -> None:
    # All the threads of questions may be waiting for a chat model: the service is up for all that.
    own_thread = anyio.CapacityLimiter(1)

    @app.get("/healthz", tags=["Service"], summary="Whether the service is up")
    async def healthz() -> JSONResponse:
        held = await anyio.to_thread.run_sync(assistant.documents, limiter=own_thread)
        return JSONResponse({"status": "ok", "documents": len(held)})

    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return RedirectResponse(f"{PREFIX}/favicon.svg", status_code=308)

    @app.get("/en", include_in_schema=False)
    def english() -> Response:
        return RedirectResponse(links.home("en"), status_code=308)

    @app.get("/language/{code}", include_in_schema=False)
    def switch(code: str, to: str = "/") -> Response:
        chosen = as_language(code)
        if chosen is None or not links.is_local(to):
            return problem(404, "there is nothing at this address")
        response = RedirectResponse(to, status_code=303, headers=_NOT_STORED)
        response.set_cookie(COOKIE, chosen, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", path="/")
        return response


def _add_document_pages(app: FastAPI, assistant: Assistant) -> None:
    @app.get("/documents", include_in_schema=False)
    def document_list(request: Request) -> HTMLResponse:
        return HTMLResponse(documents.list_page(assistant, _language(request)), headers=_BY_LANGUAGE)

    @app.get("/documents/{document_id}", include_in_schema=False)
    def document(request: Request, document_id: str) -> HTMLResponse:
        language = _language(request)
        try:
            found = assistant.document(document_id)
        except UnknownDocument:
            return _no_document(language)
        quoted = parse_quote(request.query_params.get("quote"), len(found.text))
        html = documents.document_page(
            found, assistant.translation(document_id), language, quoted, corpus_day(assistant.data_dir)
        )
        return HTMLResponse(html, headers=_BY_LANGUAGE)

    @app.get("/documents/{document_id}/panel", include_in_schema=False)
    def panel(request: Request, document_id: str) -> Response:
        found = assistant.document(document_id)
        quoted = parse_quote(request.query_params.get("quote"), len(found.text))
        if quoted is None:
            return problem(422, "quote: give START-END, offsets within the document's text")
        html = documents.panel(found, assistant.translation(document_id), _language(request), quoted)
        return HTMLResponse(html, headers=_BY_LANGUAGE)

    @app.get("/documents/{path:path}", include_in_schema=False)
    def nothing(request: Request, path: str) -> Response:
        if path and not path.endswith("/"):
            return _no_document(_language(request))
        query = urlencode(request.query_params.multi_items())
        target = quote(f"/documents/{path}".rstrip("/"))
        return RedirectResponse(f"{target}?{query}" if query else target, status_code=308)


def _no_document(language: Language) -> HTMLResponse:
    return HTMLResponse(documents.not_found_page(language), status_code=404, headers=_BY_LANGUAGE)


def _language(request: Request) -> Language:
    return choose(request.query_params, request.cookies, request.headers)


class _Server(uvicorn.Server):
    """Says where it listens, once it does, and ends quietly."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            print(f"Assistant ready at {self._address}", flush=True)


def serve(
    assistant: Assistant,
    host: str,
    port: int,
    *,
    api_keys: Sequence[str] = (),
    staff_password: SecretStr = NO_PASSWORD,
    question_log_days: int = 0,
    feedback_days: int = FEEDBACK_DAYS,
    rate_limit: int = 0,
    mcp_hosts: Sequence[str] = (),
    site_url: str = "",
    trusted_proxies: str = "",
) -> None:
    """Serve the web application until Ctrl-C.

    Args:
        assistant: the assistant that answers.
        host: address to listen on.
        port: port to listen on; 0 takes a free one.
        api_keys: as in `create_app`.
        staff_password: opens the staff desk; empty, there is none.
        question_log_days: how many days questions are kept; 0 keeps none.
        feedback_days: how many days feedback is kept, and a question whose answer did not help.
        rate_limit: as in `create_app`.
        mcp_hosts: names, besides this machine's own, under which /mcp may be reached. Without any, and without keys,
            a server that listens on this machine only is reached as this machine only.
        site_url: as in `create_app`.
        trusted_proxies: addresses and networks, comma-separated, of proxies that are believed when they say who a
            request comes from (X-Forwarded-For) and how (X-Forwarded-Proto); empty, no one is.

    Raises:
        AssistantError: the address cannot be listened on.
    """
    listening = _listen(host, port)
    try:
        app = create_app(
            assistant,
            feedback_folder=assistant.data_dir,
            api_keys=api_keys,
            staff_password=staff_password,
            question_log_days=question_log_days,
            feedback_days=feedback_days,
            rate_limit=rate_limit,
            mcp_hosts=_mcp_hosts(mcp_hosts, host, keys=bool(api_keys)),
            site_url=site_url,
        )
        config = server_config(app, trusted_proxies)
        shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
        shown = f"[{shown}]" if ":" in shown else shown
        server = _Server(config, f"http://{shown}:{listening.getsockname()[1]}")
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def server_config(app: FastAPI, trusted_proxies: str = "") -> uvicorn.Config:
    """How uvicorn serves the application; `trusted_proxies` as in `serve`."""
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        # Without the setting not even a proxy on this machine is believed, as uvicorn by itself would.
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def _mcp_hosts(named: Sequence[str], host: str, *, keys: bool) -> tuple[str, ...]:
    if named:
        return (*named, *LOOPBACK)
    # Where keys are asked for, a page that a name was turned against this machine for has none.
    return LOOPBACK if host in LOOPBACK and not keys else ()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(128)
        except OSError:
            listening.close()
            raise
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise AssistantError(
            f"cannot listen on {host}:{port} ({reason}); stop what uses that port, or choose another with --port"
        ) from error
    return listening
