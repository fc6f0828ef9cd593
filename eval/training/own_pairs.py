"""The training questions over policy documents → pairs with the passages that the assistant itself finds for them.

The wrong passages of a pair are those that stand on top of the assistant's own ranking, and those that the writer of
an unanswerable question took for the nearest: what the cross-encoder will be asked about. Its questions are never
those of the decision's dev or test split, so that what it says of those is said of questions it never saw.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from assistant.answering.cross_encoder import passage_text
from assistant.config import Settings
from assistant.indexing.index import Index
from assistant.pipeline import Assistant, Parts, ingest, open_assistant
from assistant.schema import Query
from eval.datasets import ReadingQuestion, read_reading_questions
from eval.suites.base import SEED
from eval.training.pairs import Pair

READING, FURTHER = (Path(str(files("eval"))) / "data" / "train" / name for name in ("reading", "further"))
"""Folders of questions that the network is trained on: over policy documents and the decision, and later ones over
local rules and plans. Each holds `questions.jsonl`, and the documents that they are about, but for the decision, in
`documents/`."""
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


def own_pairs(
    settings: Settings, folder: Path = READING, *, neighbours: bool = False, most: int | None = None
) -> list[Pair]:
    """The pairs of the training questions of a folder, in an order drawn with a fixed seed.

    Args:
        settings: those of the ingested decision; the other documents are ingested into a temporary folder.
        folder: READING or FURTHER.
        neighbours: whether each question is paired as well with the passage of another document that is found first.
        most: how many questions are taken, drawn by chance; by default all.
    """
    questions = read_reading_questions(folder / "questions.jsonl")
    draw = random.Random(SEED)
    if most is not None:
        questions = draw.sample(questions, min(most, len(questions)))
    with tempfile.TemporaryDirectory() as data:
        own = settings.model_copy(update={"data_dir": Path(data)})
        ingest([folder / "documents"], own)
        found: list[Pair] = []
        # Without the cross-encoder that the package carries: what is trained must not hang on what was.
        parts = Parts(cross_encoder=False)
        for assistant in (open_assistant(settings, parts=parts), open_assistant(own, parts=parts)):
            held = {document.id for document in assistant.documents()}
            asked = [question for question in questions if question.document in held]
            found += question_pairs(asked, assistant, draw)
            if neighbours:
                found += _neighbours(asked, assistant)
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
            [row for row in mine if holds(index, row, [compact[asked.document].find(one) for one in stretches])]
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


def holds(index: Index, row: int, spans: Sequence[Span | None]) -> bool:
    """Whether a chunk holds enough of one of the spans of its document's text to be said to hold it."""
    chunk = index.chunks[row]
    return any(
        min(chunk.end, span[1]) - max(chunk.start, span[0]) >= min(OVERLAP, SHARE * (span[1] - span[0]))
        for span in spans
        if span is not None
    )


def _neighbours(questions: Sequence[ReadingQuestion], assistant: Assistant) -> Iterator[Pair]:
    """Each question with the best passage of a document that it is not about, under its title."""
    for asked in questions:
        index, found = assistant.examine(Query(asked.text))
        rows = [row for one in found for row in one.ranking.rows]
        others = [row for row in rows if index.chunks[row].document != asked.document]
        if others:
            yield Pair(asked.text, passage_text(index, others[0], True), False, FAR)
