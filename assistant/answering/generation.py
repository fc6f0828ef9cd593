"""A question and an answer in quotes → the same answer as a chat model words it, each sentence verified.

The model sees the clauses that the answer already rests on, and replies with statements that each name a piece of
evidence and quote it. What fails verification is replaced by its quote, or dropped. Whether to answer at all was
decided before, and is not the model's to say.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.answering.verification import verify
from assistant.indexing.index import Index
from assistant.schema import Citation, Language

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

EVIDENCE_TOKENS = 2400
"""Tokens of evidence that a model is shown, at most."""
MOST_STATEMENTS = 6
LONGEST_REPLY = 6000
"""Characters of a reply that are read; a model that repeats itself without end is cut off there."""

logger = logging.getLogger(__name__)


class ModelAway(Exception):
    """The chat model cannot be asked now; the answer is given without it."""


# Evidence


@dataclass(frozen=True, slots=True)
class Piece:
    """Sentences of a clause that a model may cite.

    Attributes:
        text: what the model sees and quotes.
        label: the clause as a reader would name it.
        document: id of the document.
        position: the clause's position in it.
        spans: for each character range [start, end) of `text` in order: (start, end, start in the document, end there,
            whether the range is the document's own text and not a translation).
    """

    text: str
    label: str
    document: str
    position: int
    spans: tuple[tuple[int, int, int, int, bool], ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the document that the stretch [start, end) of the text stands for."""
        touched = [span for span in self.spans if span[0] < end and start < span[1]]
        first, last = touched[0], touched[-1]
        left = first[2] + max(0, start - first[0]) if first[4] else first[2]
        right = last[2] + min(end, last[1]) - last[0] if last[4] else last[3]
        return left, right


def pack_evidence(
    index: Index, cited: Sequence[Citation], language: Language, budget: int = EVIDENCE_TOKENS
) -> list[Piece]:
    """The clauses that an answer cites, whole where the budget allows, else the sentences around what is cited.

    In English the sentences of the translation; a clause without one is left out.
    """
    share = budget // max(1, len({(one.document, one.start) for one in cited}))
    pieces: dict[tuple[str, int, int], Piece] = {}
    for one in cited:
        rows = _rows_around(index, one, share)
        if not rows:
            continue
        start = min(index.chunks[rows[0]].start, one.start)
        end = max(index.chunks[rows[-1]].end, one.end)
        position = index.chunks[rows[0]].position
        label = one.clause_label or one.document_title
        piece = _piece(index, one.document, position, start, end, label, language)
        if piece.text:
            pieces.setdefault((one.document, start, end), piece)
    return list(pieces.values())


def _rows_around(index: Index, cited: Citation, budget: int) -> list[int]:
    """Neighbouring chunks of the cited clause about what is cited, as many as the budget allows."""
    clauses = index.document(cited.document).clauses
    position = next(c.position for c in clauses if c.start <= cited.start < c.end)
    rows = list(index.clause_rows(cited.document, position))
    touched = [i for i, r in enumerate(rows) if index.chunks[r].start < cited.end and cited.start < index.chunks[r].end]
    if not touched:
        return []
    low, high = touched[0], touched[-1]
    used = sum(index.chunks[row].tokens for row in rows[low : high + 1])
    grown = True
    while grown:
        grown = False
        for at in (low - 1, high + 1):
            if 0 <= at < len(rows) and used + index.chunks[rows[at]].tokens <= budget:
                used += index.chunks[rows[at]].tokens
                low, high, grown = min(low, at), max(high, at), True
    return rows[low : high + 1]


def _piece(index: Index, document: str, position: int, start: int, end: int, label: str, language: Language) -> Piece:
    if language == "zh":
        text = index.document(document).text[start:end]
        return Piece(text, label, document, position, ((0, len(text), start, end, True),))
    text, spans = "", []
    for pair in index.translation_of(document, start, end):
        at = len(text)
        text += pair.text.strip() + " "
        spans.append((at, len(text), pair.start, pair.end, False))
    return Piece(text, label, document, position, tuple(spans))


# Prompt and reply


@lru_cache(maxsize=2)
def load_prompt(language: Language) -> str:
    """The instructions to the model, from the file beside this module."""
    text = files("assistant.answering").joinpath("prompts", f"{language}.md").read_text(encoding="utf-8")
    return text.format(most=MOST_STATEMENTS)


def messages(question: str, pieces: Sequence[Piece], language: Language) -> list[tuple[str, str]]:
    """The messages to the model: instructions apart from data, and the data fenced."""
    fenced = [
        f'<evidence number="{number}" clause="{_fenced(piece.label)}">\n{_fenced(piece.text)}\n</evidence>'
        for number, piece in enumerate(pieces, start=1)
    ]
    fenced.append(f"<question>\n{_fenced(question)}\n</question>")
    return [("system", load_prompt(language)), ("human", "\n".join(fenced))]


def _fenced(text: str) -> str:
    """A text that cannot close the fence around it."""
    return text.replace("<", "＜").replace(">", "＞")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model states, the number of the evidence that it names, and the words that it quotes."""

    text: str
    evidence: int
    quote: str


_OBJECT = re.compile(r"\{[^{}]*\}")


def parse_reply(reply: str) -> list[Claim]:
    """The statements of a reply: of JSON alone, in a code fence, among chatter, or cut off in the middle."""
    found: list[Claim] = []
    for match in _OBJECT.finditer(reply[:LONGEST_REPLY]):
        try:
            claim = _claim(json.loads(match.group(), strict=False))
        except ValueError:
            continue
        if claim is not None and claim not in found:
            found.append(claim)
    return found[:MOST_STATEMENTS]


def _claim(value: Any) -> Claim | None:
    if not isinstance(value, dict):
        return None
    text, quote, number = value.get("text"), value.get("quote"), value.get("evidence")
    if isinstance(number, str) and number.strip(" []").isdecimal():
        number = int(number.strip(" []")[:4])
    if isinstance(text, str) and isinstance(quote, str) and isinstance(number, int):
        return Claim(text, number, quote)
    return None


# Writing


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the answer, and the stretch [start, end) of a document that it rests on."""

    text: str
    document: str
    position: int
    start: int
    end: int
    quoted: bool = False
    """Whether the evidence itself stands in place of a statement that failed."""


def verified_lines(
    claims: Sequence[Claim], pieces: Sequence[Piece], places: Collection[str], language: Language
) -> list[Line]:
    """The claims that hold, and the quotes of those that do not; nothing for a claim with no true quote."""
    lines: list[Line] = []
    for claim in claims:
        if not 1 <= claim.evidence <= len(pieces):
            continue
        piece = pieces[claim.evidence - 1]
        verdict = verify(claim.text, claim.quote.strip(), piece.text, places, language)
        if not verdict.quotable:
            continue
        text = verdict.text or piece.text[verdict.start : verdict.end].strip()
        start, end = piece.source(verdict.start, verdict.end)
        line = Line(text, piece.document, piece.position, start, end, not verdict.text)
        if not any(line.text == other.text for other in lines):
            lines.append(line)
    return lines


class Breaker:
    """Leaves a model alone for a while after it has failed several times in a row."""

    def __init__(
        self, failures: int = 3, rest_seconds: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._rest, self._clock = failures, rest_seconds, clock
        self._failures = 0
        self._until = 0.0
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether the model is being left alone."""
        with self._lock:
            return self._failures >= self._most and self._clock() < self._until

    def record(self, succeeded: bool) -> None:
        """Count a call; after a rest, one more failure begins the next rest."""
        with self._lock:
            self._failures = 0 if succeeded else self._failures + 1
            if self._failures >= self._most:
                self._until = self._clock() + self._rest


class Writer:
    """Has answers written by a chat model. Safe for use from several threads."""

    def __init__(
        self,
        open_model: Callable[[], BaseChatModel],
        places: Collection[str],
        timeout_s: float,
        breaker: Breaker | None = None,
    ) -> None:
        self._open_model = open_model
        self._places = places
        self._timeout_s = timeout_s
        self._breaker = breaker or Breaker()
        self._model: BaseChatModel | None = None
        self._lock = threading.Lock()

    def write(self, question: str, pieces: Sequence[Piece], language: Language) -> list[Line]:
        """The verified sentences of what the model writes; empty when nothing of it holds.

        Raises:
            ModelAway: the model failed, or is being left alone because it has.
        """
        if self._breaker.open:
            raise ModelAway("the chat model has failed repeatedly and is left alone for a while")
        try:
            reply = self._reply(messages(question, pieces, language))
        except Exception as error:  # Each provider fails in its own ways; to the reader all are alike.
            self._breaker.record(False)
            # The message may quote the request with its key; the kind of error is enough.
            logger.warning("the chat model failed: %s", type(error).__name__)
            raise ModelAway(type(error).__name__) from error
        self._breaker.record(True)
        return verified_lines(parse_reply(reply), pieces, self._places, language)

    def _reply(self, prompt: list[tuple[str, str]]) -> str:
        with self._lock:
            if self._model is None:
                self._model = self._open_model()
        deadline = time.monotonic() + self._timeout_s
        reply = ""
        for chunk in self._model.stream(prompt):
            reply += str(chunk.text)
            if len(reply) >= LONGEST_REPLY:
                break
            if time.monotonic() > deadline:
                # The client limits the wait for each piece; pieces that trickle in are limited here.
                raise TimeoutError("the reply takes too long")
        return reply
