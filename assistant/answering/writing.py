"""An answer in quotes and a writer → the answer as written and verified, or the one in quotes where that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import compose, wording
from assistant.answering.generation import Line, ModelAway, Writer, pack_evidence
from assistant.answering.selection import Passage
from assistant.indexing.index import Index
from assistant.schema import Answer, Citation


def written(index: Index, question: str, answer: Answer, writer: Writer) -> Answer:
    """Have an answer written.

    Refusals and replies stay as they are, and so does an answer that puts a question right, or lists headings: what
    leads its quotes is not the model's to word. So does an answer of whose statements none holds, or none rests on
    what was found to answer the question.

    Args:
        index: where the citations are.
        question: what is asked, so that it can be understood by itself.
        answer: the answer in the documents' own words.
        writer: who writes.
    """
    if answer.status not in ("answered", "partial") or not answer.citations:
        return answer
    quoted = "\n".join(compose.sentences(index, answer.citations, answer.language))
    if answer.text != quoted and not answer.text.startswith(quoted + "\n"):
        return answer
    pieces = pack_evidence(index, answer.citations, answer.language)
    if not pieces:
        return answer
    try:
        lines = writer.write(question, pieces, answer.language)
    except ModelAway:
        return replace(answer, text=f"{answer.text}\n{wording.model_away(answer.language)}")
    if not any(_rests_on(line, one) for line in lines for one in answer.citations):
        return answer
    return _composed(index, answer, lines, answer.text[len(quoted) :])


def _rests_on(line: Line, cited: Citation) -> bool:
    return line.document == cited.document and line.start < cited.end and cited.start < line.end


def _composed(index: Index, answer: Answer, lines: Sequence[Line], note: str) -> Answer:
    """The answer of the lines; those that rest on the same words share a citation."""
    places: dict[Passage, int] = {}
    for line in lines:
        places.setdefault(Passage(line.document, line.position, line.start, line.end), len(places) + 1)
    cited = compose.citations(index, places)
    shown = []
    for line in lines:
        marker = places[Passage(line.document, line.position, line.start, line.end)]
        if answer.language == "en":
            sentence = line.text if line.text.endswith((".", "!", "?")) else line.text.rstrip(",; ") + "."
            shown.append(wording.translated(f"{sentence} [{marker}]", cited[marker - 1].quote))
        else:
            shown.append(f"{_closed(line.text)}[{marker}]")
    return replace(answer, text="\n".join(shown) + note, citations=tuple(cited))


def _closed(text: str) -> str:
    """A sentence that may have been cut at a comma, closed as one."""
    text = text.rstrip("，,；;、 ")
    return text if text.endswith(("。", "！", "？", "”", "）", ")")) else text + "。"
