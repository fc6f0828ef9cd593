"""The Model Context Protocol over an assistant: an ASGI endpoint (streamable HTTP), and standard input and output.

The protocol, both its revisions with and without a handshake, is the official SDK's; what the tools do is in
`mcp_tools`. Over HTTP each request stands alone, so that any process may answer it and nothing is kept between two.
"""

from __future__ import annotations

import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import anyio
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.shared.exceptions import MCPError
from mcp.shared.message import SessionMessage
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    JSONRPCError,
    JSONRPCNotification,
    JSONRPCRequest,
    JSONRPCResponse,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ToolEntry
from pydantic import ValidationError
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.answering.waiting import NobodyWaits, given_up, until
from assistant.app.desk.questions import Record
from assistant.app.mcp_tools import INSTRUCTIONS, Tool, build_tools
from assistant.app.problems import FAILURE, MCP_PATH, told
from assistant.app.question_threads import in_question_thread
from assistant.app.security import LARGEST_BODY, is_own_origin
from assistant.errors import AssistantError, UnknownDocument

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

_NAME = "policy-assistant"
_READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_Context = ServerRequestContext[Any, Any]


def build_server(
    assistant: Assistant, record: Record = lambda question, answer: None, site_url: str = ""
) -> Server[Any]:
    """The protocol's server over an assistant; it is bound to no transport.

    Args:
        assistant: the assistant that answers.
        record: told of each question and its answer; it neither fails nor takes time.
        site_url: address of the site, put before the paths of links; empty, the address that a request came to, and
            where there is none (standard input and output) links are paths on the site.
    """
    tools = build_tools(assistant, record)
    entries = [_entry(tool) for tool in tools.values()]
    schemas = {entry.name: entry.input_schema for entry in entries}

    async def list_tools(_: _Context, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=entries)

    async def call_tool(context: _Context, given: CallToolRequestParams) -> CallToolResult:
        tool = tools.get(given.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"there is no tool {given.name[:100]!r}; there are {', '.join(tools)}")
        site = site_url.rstrip("/") or _address(context.request)
        return await _called_off_with_the_request(tool, given.arguments or {}, site)

    return Server(
        _NAME,
        title="Policy assistant",
        version=_version(),
        instructions=INSTRUCTIONS,
        get_tool_input_schema=schemas.get,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def _called_off_with_the_request(tool: Tool[Any], given: dict[str, Any], site: str) -> CallToolResult:
    """Run a tool in a thread. If its call is cancelled, it is not waited for, and ends when it next looks."""
    gone = given_up()
    with until(gone):
        try:
            return await in_question_thread(_call, tool, given, site, abandon=True)
        except anyio.get_cancelled_exc_class():
            gone.set()
            raise


def _entry(tool: Tool[Any]) -> ToolEntry:
    """A tool as clients list it."""
    return ToolEntry(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.arguments.model_json_schema(),
        output_schema=tool.result.model_json_schema(),
        annotations=_READ_ONLY,
    )


def _call(tool: Tool[Any], given: dict[str, Any], site: str) -> CallToolResult:
    """Run a tool. What is wrong is told in the result, where the model that called reads it and can do better."""
    try:
        found = tool.run(tool.arguments.model_validate(given), site)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        return _wrong(f"{place}: {first['msg']}" if place else str(first["msg"]))
    except UnknownDocument as error:
        return _wrong(f"{str(error).partition(';')[0]}; `list_documents` gives the ids of those there are")
    except AssistantError as error:
        return _wrong(str(error))
    except NobodyWaits:
        return _wrong("the call was cancelled")
    except Exception:
        logger.exception("the tool %s failed", tool.name)
        return _wrong(FAILURE)
    return CallToolResult(content=[_text(json.dumps(found, ensure_ascii=False))], structured_content=found)


def _wrong(message: str) -> CallToolResult:
    return CallToolResult(content=[_text(message)], is_error=True)


def _text(text: str) -> TextContent:
    return TextContent(text=text.encode("utf-8", "replace").decode("utf-8"))


def _address(request: Any) -> str:
    """The address of the site that a request came to."""
    return str(request.base_url).rstrip("/") if isinstance(request, Request) else ""


def _version() -> str:
    try:
        return version(_NAME)
    except PackageNotFoundError:
        return ""


class McpEndpoint:
    """The protocol at one address, as an ASGI application; answers while its `lifespan` is open.

    A page in a browser must not reach it from elsewhere: an Origin has to be the site's own, and where `hosts` are
    given, so has the Host, since a page whose name was made to point at this machine has an Origin that matches.

    Args:
        server: what answers.
        hosts: names, without port, under which the site may be reached; empty allows any.
    """

    def __init__(self, server: Server[Any], hosts: Sequence[str] = ()) -> None:
        self._server = server
        self._hosts = frozenset(host.lower() for host in hosts)
        self._handle: ASGIApp = _not_open

    @asynccontextmanager
    async def lifespan(self, _: object) -> AsyncIterator[None]:
        """Open for requests; an application may be started more than once."""
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=LARGEST_BODY
        )
        async with manager.run():
            self._handle = manager.handle_request
            try:
                yield
            finally:
                self._handle = _not_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self._handle(scope, receive, send)
            return
        status, reason = refusal
        response = told(MCP_PATH, status, reason, {"allow": "POST"} if status == 405 else None)
        await response(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        """Status and reason if a request goes no further."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if self._hosts and _name(f"//{host}") not in self._hosts:
            named = repr(host[:100])
            return 403, f"this server does not go by the name {named}; who runs it can add it to ASSISTANT_MCP_HOSTS"
        if origin is not None and not is_own_origin(origin, host):
            return 403, "pages of other sites may not ask here"
        # There are no sessions: nothing to listen to with GET, or to end with DELETE.
        return None if method == "POST" else (405, "this address speaks MCP: send its messages with POST")


async def _not_open(scope: Scope, receive: Receive, send: Send) -> None:
    response = told(MCP_PATH, 503, "the server is starting or stopping; try again")
    await response(scope, receive, send)


def _name(address: str) -> str:
    """The host of an address in lower case, without port and brackets; empty for what is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def run_stdio(server: Server[Any]) -> None:
    """Serve over standard input and output until the input ends and what was asked is answered.

    What else would be printed goes to standard error.
    """
    if sys.stdin.isatty():
        print("Speaking MCP on standard input and output; a program is meant to start this.", file=sys.stderr)

    # A thread that waits for input cannot be called off; Ctrl-C ends the process itself, which holds nothing to save.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    async def serve() -> None:
        async with stdio_server() as (incoming, outgoing), anyio.create_task_group() as relaying:
            unanswered = _Unanswered()
            put, asked = anyio.create_memory_object_stream[SessionMessage | Exception]()
            given, answers = anyio.create_memory_object_stream[SessionMessage]()

            async def relay_in() -> None:
                async with put:
                    async for message in incoming:
                        unanswered.note(message)
                        await put.send(message)
                    # The server calls off what is under way when its input ends.
                    await unanswered.none()

            async def relay_out() -> None:
                async with outgoing:
                    async for message in answers:
                        await outgoing.send(message)
                        unanswered.answered(message)

            relaying.start_soon(relay_in)
            relaying.start_soon(relay_out)
            await server.run(asked, given, server.create_initialization_options())

    try:
        anyio.run(serve)
    except* BrokenPipeError:  # who asked has gone, and there is no one to tell
        pass


class _Unanswered:
    """The requests that wait for their answers, by their ids."""

    def __init__(self) -> None:
        self._ids: set[str | int] = set()
        self._changed = anyio.Event()

    def note(self, message: SessionMessage | Exception) -> None:
        """A message came in: a request is to be answered, one that is cancelled no longer."""
        sent = None if isinstance(message, Exception) else message.message
        if isinstance(sent, JSONRPCRequest):
            self._ids.add(sent.id)
        elif isinstance(sent, JSONRPCNotification) and sent.method == "notifications/cancelled":
            self._drop((sent.params or {}).get("requestId"))

    def answered(self, message: SessionMessage) -> None:
        """A message went out."""
        if isinstance(message.message, JSONRPCResponse | JSONRPCError):
            self._drop(message.message.id)

    async def none(self) -> None:
        """Wait until none is left."""
        while self._ids:
            self._changed = anyio.Event()
            await self._changed.wait()

    def _drop(self, id_: Any) -> None:
        if isinstance(id_, str | int):
            self._ids.discard(id_)
            self._changed.set()
