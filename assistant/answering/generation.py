"""Evidence and a question → the sentences that a chat model writes, each verified as soon as it is complete.

The model sees the clauses that the answer already rests on, and replies with statements that each name a piece of
evidence and quote it. What fails verification is replaced by its quote, or dropped. Whether to answer at all was
decided before, and is not the model's to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.answering.chat import Chat
from assistant.answering.evidence import Piece
from assistant.answering.verification import verify
from assistant.schema import Language

MOST_STATEMENTS = 6

# Prompt and reply


@lru_cache(maxsize=8)
def load_prompt(name: str) -> str:
    """The instructions to the model, from the file of that name beside this module."""
    text = files("assistant.answering").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
    return text.format(most=MOST_STATEMENTS)


def messages(question: str, pieces: Sequence[Piece], language: Language) -> list[tuple[str, str]]:
    """The messages to the model: instructions apart from data, and the data fenced."""
    parts = [
        f'<evidence number="{number}" clause="{fenced(piece.label)}">\n{fenced(piece.text)}\n</evidence>'
        for number, piece in enumerate(pieces, start=1)
    ]
    parts.append(f"<question>\n{fenced(question)}\n</question>")
    return [("system", load_prompt(language)), ("human", "\n".join(parts))]


def fenced(text: str) -> str:
    """A text that cannot close the fence around it."""
    return text.replace("<", "＜").replace(">", "＞")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a model states, the number of the evidence that it names, and the words that it quotes."""

    text: str
    evidence: int
    quote: str


class ClaimReader:
    """Reads the statements of a reply while it comes: JSON alone, in a code fence, among chatter, or cut off."""

    _object = re.compile(r"\{[^{}]*\}")

    def __init__(self) -> None:
        self._unread = ""
        self._found: list[Claim] = []

    @property
    def full(self) -> bool:
        """Whether as many statements have been read as are read."""
        return len(self._found) >= MOST_STATEMENTS

    def feed(self, piece: str) -> list[Claim]:
        """The statements that a further piece of the reply completes, each once."""
        self._unread += piece
        new: list[Claim] = []
        at = 0
        for match in self._object.finditer(self._unread):
            at = match.end()
            claim = _parsed(match.group())
            if claim is not None and claim not in self._found and not self.full:
                self._found.append(claim)
                new.append(claim)
        # An object under way begins at the last brace; nothing before it can become one.
        begun = self._unread.rfind("{", at)
        self._unread = self._unread[begun:] if begun >= 0 else ""
        return new


def parse_reply(reply: str) -> list[Claim]:
    """The statements of a whole reply."""
    return ClaimReader().feed(reply)


def _parsed(text: str) -> Claim | None:
    try:
        return _claim(json.loads(text, strict=False))
    except (ValueError, RecursionError):
        return None


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


def verified_line(claim: Claim, pieces: Sequence[Piece], places: Collection[str], language: Language) -> Line | None:
    """The claim where it holds, else its quote; None for a claim with no true quote."""
    if not 1 <= claim.evidence <= len(pieces):
        return None
    piece = pieces[claim.evidence - 1]
    verdict = verify(claim.text, claim.quote.strip(), piece.text, places, language)
    if not verdict.quotable:
        return None
    text = verdict.text or piece.text[verdict.start : verdict.end].strip()
    start, end = piece.source(verdict.start, verdict.end)
    return Line(text, piece.document, piece.position, start, end, not verdict.text)


class Writer:
    """Has answers written by a chat model. Safe for use from several threads."""

    def __init__(self, chat: Chat, places: Collection[str]) -> None:
        self._chat = chat
        self._places = places

    def lines(self, question: str, pieces: Sequence[Piece], language: Language) -> Iterator[Line]:
        """The verified sentences of what the model writes, each as soon as it is complete and has passed.

        Raises:
            ModelAway: the model failed; what was given out before stays true.
        """
        reader = ClaimReader()
        shown: list[str] = []
        with closing(self._chat.reply(messages(question, pieces, language))) as reply:
            for part in reply:
                for claim in reader.feed(part):
                    line = verified_line(claim, pieces, self._places, language)
                    if line is not None and not any(_bare(line.text) in _bare(other) for other in shown):
                        shown.append(line.text)
                        yield line
                if reader.full:
                    return


def _bare(text: str) -> str:
    """A sentence without the mark that ends it."""
    return text.strip().rstrip("。.；;，, ")
