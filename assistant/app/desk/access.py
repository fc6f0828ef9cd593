"""Who may see the desk: the password, the sessions it opens, and the wait that wrong passwords cost.

All of it lives in memory: a restart signs everyone out and forgets the waits.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from pydantic import SecretStr

from assistant.app.clients import client_of

SESSION_SECONDS = 8 * 3600
"""A working day; then the password is asked again."""
MOST_SESSIONS = 100
LONGEST_NAME = 40
LONGEST_WAIT = 60.0
"""Seconds: a guesser gets one try a minute, a colleague behind the same address is not shut out for longer."""
FORGOTTEN_AFTER = 3600.0
"""Seconds after which a client's failures no longer count."""
MOST_CLIENTS = 10_000

Clock = Callable[[], float]


def is_password(given: str, password: SecretStr) -> bool:
    """Whether a password is the right one, in a time that tells neither its characters nor its length."""
    expected = password.get_secret_value()
    same = hmac.compare_digest(_digest(given), _digest(expected))
    return same and bool(expected)


@dataclass(frozen=True, slots=True)
class Session:
    """A session.

    Attributes:
        form_token: goes with every form, and shows that the desk's own page sent it.
        ends: when, by the clock of `Sessions`.
        name: who says to be at work, for the log of what was done; may be empty.
    """

    form_token: str
    ends: float
    name: str = ""


class Sessions:
    """The open sessions, by the digest of their token: who reads this memory still has no cookie."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[bytes, Session] = {}

    def open(self, name: str = "") -> str:
        """Open a session for who goes by a name; its token, for the cookie."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            alive = {key: session for key, session in self._sessions.items() if session.ends > now}
            kept = list(alive.items())[-(MOST_SESSIONS - 1) :]
            opened = Session(secrets.token_urlsafe(32), now + SESSION_SECONDS, clean_name(name))
            self._sessions = {**dict(kept), _digest(token): opened}
        return token

    def get(self, token: str | None) -> Session | None:
        """The session of a token, unless it has ended."""
        with self._lock:
            session = self._sessions.get(_digest(token or ""))
        return session if session is not None and session.ends > self._clock() else None

    def close(self, token: str | None) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(token or ""), None)


class Throttle:
    """How long each client must wait before it may try a password again: 1, 2, 4 … 60 seconds after each failure.

    A try that comes too early is not looked at. The wait starts with the try, not with its failure, so that many tries
    at once are one try.
    """

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: dict[str, tuple[int, float]] = {}

    def start(self, client: str) -> float:
        """Begin a try; 0, or the seconds that the client still has to wait."""
        now = self._clock()
        key = client_of(client)
        with self._lock:
            count, last = self._tries.get(key, (0, now))
            if now - last > FORGOTTEN_AFTER:
                count = 0
            left = last + _wait(count) - now
            if count and left > 0:
                return left
            self._tries.pop(key, None)
            if len(self._tries) >= MOST_CLIENTS:
                self._tries.pop(next(iter(self._tries)))
            self._tries[key] = (count + 1, now)
        return 0.0

    def succeeded(self, client: str) -> None:
        """Forget a client's failures."""
        with self._lock:
            self._tries.pop(client_of(client), None)


def clean_name(name: str) -> str:
    """A name as it is kept: one line, without what cannot be seen, of at most LONGEST_NAME characters."""
    kept = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Cs"))
    return " ".join("".join(c if c.isprintable() else " " for c in kept).split())[:LONGEST_NAME]


def same(given: str, expected: str) -> bool:
    """Whether two tokens are the same one; an empty one is none."""
    return bool(expected) and hmac.compare_digest(_digest(given), _digest(expected))


def _wait(failures: int) -> float:
    return min(2.0 ** (min(failures, 10) - 1), LONGEST_WAIT)


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "replace")).digest()
