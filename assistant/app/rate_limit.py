"""A limit on how many requests a minute one client may make at the doors: ASGI middleware, a token bucket a client.

A client is the holder of an API key, else an address as `clients` counts them. A bucket holds a minute's requests and
fills evenly, so that a client may come in bursts. What is kept is one number a client: when its bucket will be full
again (the generic cell rate algorithm of ITU-T I.371, which counts as a token bucket does).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.app.clients import client_of
from assistant.app.keys import KeyRing, is_door
from assistant.app.problems import told

MOST_CLIENTS = 10_000
"""Clients kept, above which those whose bucket is full again are forgotten."""


class Buckets:
    """A bucket of tokens for each client.

    Args:
        per_minute: requests that a client may make a minute, and in one burst; 1 or more.
        clock: seconds, never going back.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._step = 60 / per_minute
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def take(self, client: str) -> float:
        """Take a token of a client.

        Returns:
            0.0 if there was one; else the seconds until there will be one, and none is taken.
        """
        now = self._clock()
        full_at = max(self._full_at.get(client, now), now) + self._step
        wait = full_at - now - 60
        # What adding up floats has cost is no reason to turn a client away.
        if wait > self._step * 1e-6:
            return wait
        self._full_at[client] = full_at
        if len(self._full_at) > MOST_CLIENTS:
            self._full_at = {name: when for name, when in self._full_at.items() if when > now}
        return 0.0


class RateLimit:
    """Turns away, with 429 and Retry-After, clients that ask too often at the doors. The pages are not counted.

    Args:
        app: the application behind.
        per_minute: requests that a client may make a minute; 1 or more.
        ring: the API keys, by whose holders clients are told apart.
    """

    def __init__(self, app: ASGIApp, per_minute: int, ring: KeyRing) -> None:
        self._app = app
        self._per_minute = per_minute
        self._ring = ring
        self._buckets = Buckets(per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http" or not is_door(scope["path"]):
            await self._app(scope, receive, send)
            return
        wait = self._buckets.take(self._ring.holder(scope) or _address(scope))
        if wait == 0:
            await self._app(scope, receive, send)
            return
        seconds = math.ceil(wait)
        detail = f"more than {self._per_minute} requests a minute; try again in {seconds} s"
        response = told(scope["path"], 429, detail, {"retry-after": str(seconds)})
        await response(scope, receive, send)


def _address(scope: Scope) -> str:
    return client_of(scope["client"][0]) if scope.get("client") else ""
