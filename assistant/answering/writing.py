"""An answer in quotes and a writer → the answer as written and verified, a sentence at a time as each has passed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answering import compose, wording
from assistant.answering.chat import ModelAway
from assistant.answering.evidence import pack_evidence
from assistant.answering.generation import Line, Writer
from assistant.answering.passage import Passage
from assistant.indexing.index import Index
from assistant.schema import Answer, AnswerChunk, Citation


def in_pieces(answer: Answer) -> Iterator[AnswerChunk]:
    """An answer a line at a time; the last piece holds the whole of it."""
    lines = answer.text.splitlines(keepends=True)
    for line in lines[:-1]:
        yield AnswerChunk(line)
    yield AnswerChunk(lines[-1] if lines else "", answer)


def written(index: Index, question: str, answer: Answer, writer: Writer | None) -> Iterator[AnswerChunk]:
    """Have an answer written.

    Refusals and replies stay as they are, and so does an answer that puts a question right, or lists headings: what
    leads its quotes is not the model's to word. So does an answer of whose statements none holds, or none rests on
    what was found to answer the question. Where the model fails after sentences of its own have been given out, they
    stand, and the quotes that they do not cover follow.

    Args:
        index: where the citations are.
        question: what is asked, so that it can be understood by itself.
        answer: the answer in the documents' own words.
        writer: who writes; None where the model has just proved away.

    Yields:
        Pieces whose texts add up to the answer's text; the last one holds the whole answer.
    """
    quoted = "\n".join(compose.sentences(index, answer.citations, answer.language))
    pieces = pack_evidence(index, answer.citations, answer.language) if _writable(answer, quoted) else []
    if not pieces:
        yield from in_pieces(answer)
        return
    draft = _Draft(index, answer)
    away = writer is None
    try:
        for line in writer.lines(question, pieces, answer.language) if writer else ():
            if released := draft.add(line):
                yield AnswerChunk(released)
    except ModelAway:
        away = True
    notice = f"\n{wording.model_away(answer.language)}" if away else ""
    if not draft.text:
        yield from in_pieces(replace(answer, text=answer.text + notice))
        return
    rest = (draft.complete() if away else "") + answer.text[len(quoted) :] + notice
    yield AnswerChunk(rest, replace(answer, text=draft.text + rest, citations=tuple(draft.citations)))


def _writable(answer: Answer, quoted: str) -> bool:
    if answer.status not in ("answered", "partial") or not answer.citations:
        return False
    return answer.text == quoted or answer.text.startswith(quoted + "\n")


class _Draft:
    """The sentences of a written answer so far, and what they cite; those that rest on the same words share a citation.

    Nothing is given out before a sentence rests on what was found to answer the question.
    """

    def __init__(self, index: Index, answer: Answer) -> None:
        self._index = index
        self._answer = answer
        self._held: list[Line] = []
        self._markers: dict[Passage, int] = {}
        self.text = ""
        self.citations: list[Citation] = []

    def add(self, line: Line) -> str:
        """Take a line in; what may be given out now, empty while it is held."""
        self._held.append(line)
        if not self.text and not any(_rests_on(line, one) for one in self._answer.citations):
            return ""
        released = "".join(self._sentence(held) for held in self._held)
        self._held.clear()
        return released

    def complete(self) -> str:
        """The quotes of the answer that no line given out rests on."""
        left = [one for one in self._answer.citations if not any(_overlap(one, other) for other in self.citations)]
        numbered = [replace(one, marker=marker) for marker, one in enumerate(left, len(self.citations) + 1)]
        self.citations += numbered
        return "".join(f"\n{line}" for line in compose.sentences(self._index, numbered, self._answer.language))

    def _sentence(self, line: Line) -> str:
        passage = Passage(line.document, line.position, line.start, line.end)
        if passage not in self._markers:
            self._markers[passage] = len(self._markers) + 1
            self.citations.append(compose.citation(self._index, passage, self._markers[passage]))
        marker = self._markers[passage]
        if self._answer.language == "en":
            sentence = line.text if line.text.endswith((".", "!", "?")) else line.text.rstrip(",; ") + "."
            shown = wording.translated(f"{sentence} [{marker}]", self.citations[marker - 1].quote)
        else:
            shown = f"{_closed(line.text)}[{marker}]"
        shown = f"\n{shown}" if self.text else shown
        self.text += shown
        return shown


def _rests_on(line: Line, cited: Citation) -> bool:
    return line.document == cited.document and line.start < cited.end and cited.start < line.end


def _overlap(one: Citation, other: Citation) -> bool:
    return one.document == other.document and one.start < other.end and other.start < one.end


def _closed(text: str) -> str:
    """A sentence that may have been cut at a comma, closed as one."""
    text = text.rstrip("，,；;、 ")
    return text if text.endswith(("。", "！", "？", "”", "）", ")")) else text + "。"
