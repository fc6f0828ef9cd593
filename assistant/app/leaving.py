"""A client that goes away ends the work on its answer: ASGI middleware over the doors.

A route that answers at once never looks whether its client is still there, so this listens on its behalf.
"""

from __future__ import annotations

import asyncio
import threading

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answering.waiting import until
from assistant.app.keys import is_door

_GONE = "http.disconnect"


class Leaving:
    """Has what is worked on for a request of a door end when the client has gone.

    Args:
        app: the application behind. Bodies must have a limit by then: what has come of one is held until it is read.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or scope["method"] != "POST" or not is_door(scope["path"]):
            await self._app(scope, receive, send)
            return
        gone = threading.Event()
        come: asyncio.Queue[Message] = asyncio.Queue()

        async def listen() -> None:
            while not gone.is_set():
                message = await receive()
                if message["type"] == _GONE:
                    gone.set()
                come.put_nowait(message)

        async def pass_on() -> Message:
            message = await come.get()
            if message["type"] == _GONE:  # to whoever asks again, too
                come.put_nowait(message)
            return message

        listening = asyncio.create_task(listen())
        try:
            with until(gone):
                await self._app(scope, pass_on, send)
        finally:
            listening.cancel()
