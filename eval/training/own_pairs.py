"""The training questions over policy documents → pairs with the passages that the assistant itself finds for them.

The wrong passages of a pair are those that stand on top of the assistant's own ranking, and those that the writer of
an unanswerable question took for the nearest: what the cross-encoder will be asked about. Its questions are never
those of the decision's dev or test split, so that what it says of those is said of questions it never saw.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from assistant.answering.cross_encoder import passage_text
from assistant.config import Settings
from assistant.indexing.index import Index
from assistant.pipeline import Assistant, Parts, ingest, open_assistant
from assistant.schema import Query
from eval.datasets import read_lines, required, strings
from eval.errors import InvalidData
from eval.suites.base import SEED
from eval.training.pairs import Pair

DATA = Path(str(files("eval"))) / "data" / "train" / "reading"
"""Holds `questions.jsonl`, and the documents that they are about, but for the decision, in `documents/`."""
HARDEST = 8
"""How far down the ranking wrong passages are taken from."""
WRONG = 5
"""Wrong passages of a question, about."""
OVERLAP, SHARE = 12, 0.5
"""Characters of a stretch, or share of it, that a passage must hold to hold the stretch."""
AS_TYPED, TITLED, STRANGER = 0.4, 0.4, 0.5
"""Share of questions taken as typed, of those whose passages stand under the title, of those with a random passage."""
FAR = 0.5
"""What a pair with a passage of another document counts: by chance it may answer."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """A question over one document.

    Attributes:
        document: the document's id.
        text: what is asked.
        answerable: whether the document answers it.
        evidence: the stretches of the document that do, word for word.
        also: others that answer as well.
        near: stretches that come nearest without answering.
    """

    document: str
    text: str
    answerable: bool
    evidence: tuple[str, ...]
    also: tuple[str, ...]
    near: tuple[str, ...]


def read_reading_questions(path: Path) -> list[ReadingQuestion]:
    """Read training questions.

    Raises:
        DataMissing: there is no such file.
        InvalidData: a line cannot be used; the message names it.
    """
    return [_question(place, value) for place, value in read_lines(path)]


def _question(place: str, value: dict[str, Any]) -> ReadingQuestion:
    answerable = value.get("answerable")
    stretches = {key: tuple(strings(place, key, value.get(key, []))) for key in ("evidence", "also", "near")}
    if answerable is not bool(stretches["evidence"]):
        raise InvalidData(f"{place}: a question is answerable (true) with evidence, or not (false) and without")
    return ReadingQuestion(
        required(place, value, "document", str), required(place, value, "question", str), answerable, **stretches
    )


class Compact:
    """Finds stretches in a text, whatever white space stands in either."""

    def __init__(self, text: str) -> None:
        self._places = [place for place, character in enumerate(text) if not character.isspace()]
        self._text = _compact(text)

    def find(self, stretch: str) -> Span | None:
        """Where a stretch stands, as [start, end) in the text; None where it does not."""
        wanted = _compact(stretch)
        at = self._text.find(wanted) if wanted else -1
        return None if at < 0 else (self._places[at], self._places[at + len(wanted) - 1] + 1)


def _compact(text: str) -> str:
    return "".join(text.split()).replace("(", "（").replace(")", "）")


def own_pairs(settings: Settings) -> list[Pair]:
    """The pairs of all training questions, in an order drawn with a fixed seed.

    Args:
        settings: those of the ingested decision; the other documents are ingested into a temporary folder.
    """
    questions = read_reading_questions(DATA / "questions.jsonl")
    draw = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        ingest([DATA / "documents"], own)
        found: list[Pair] = []
        # Without the cross-encoder that the package carries: what is trained must not hang on what was.
        parts = Parts(cross_encoder=False)
        for assistant in (open_assistant(settings, parts=parts), open_assistant(own, parts=parts)):
            held = {document.id for document in assistant.documents()}
            found += question_pairs([q for q in questions if q.document in held], assistant, draw)
    draw.shuffle(found)
    return found


def question_pairs(questions: Sequence[ReadingQuestion], assistant: Assistant, draw: random.Random) -> Iterator[Pair]:
    """The pairs of questions over the documents that an assistant holds."""
    compact = {document.id: Compact(document.text) for document in assistant.documents()}
    for asked in questions:
        index, found = assistant.examine(Query(asked.text, documents=(asked.document,)))
        if not found:
            continue
        text = asked.text if len(found) > 1 or draw.random() < AS_TYPED else found[0].question.text
        mine = [row for row, chunk in enumerate(index.chunks) if chunk.document == asked.document]
        mine = [row for row in mine if not index.is_title(row)]
        right, also, near = (
            [row for row in mine if _holds(index, row, [compact[asked.document].find(one) for one in stretches])]
            for stretches in (asked.evidence, asked.also, asked.near)
        )
        wrong = [row for row in found[0].ranking.rows if row not in right and row not in also][:HARDEST]
        wrong = [*near, *(row for row in wrong[:2] if row not in near), *draw.sample(wrong[2:], len(wrong[2:]))]
        with_title = draw.random() < TITLED
        for row in right:
            yield Pair(text, passage_text(index, row, with_title), True)
        for row in list(dict.fromkeys(wrong))[:WRONG]:
            yield Pair(text, passage_text(index, row, with_title), False)
        others = [row for row, chunk in enumerate(index.chunks) if chunk.document != asked.document]
        if others and draw.random() < STRANGER:
            yield Pair(text, passage_text(index, draw.choice(others), with_title), False, FAR)


def _holds(index: Index, row: int, spans: Sequence[Span | None]) -> bool:
    chunk = index.chunks[row]
    return any(
        min(chunk.end, span[1]) - max(chunk.start, span[0]) >= min(OVERLAP, SHARE * (span[1] - span[0]))
        for span in spans
        if span is not None
    )
