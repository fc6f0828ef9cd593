"""A turn about the answer before it (“具体点”, “依据呢？”, “用英文说”) → that answer again, as the turn wants it.

Nothing is kept of answers: the question before is answered once more, from the same documents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering import compose, wording, wording_of_clauses
from assistant.answering.essence import essence
from assistant.answering.expansion import Term
from assistant.answering.outline import heading_passage, summary_passage, whole_passage
from assistant.answering.passage import Passage
from assistant.answering.purposes import tells_purpose
from assistant.answering.wishes import Wish
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Answer, Citation, Language


def as_wished(
    index: Index,
    answer: Answer,
    wish: Wish,
    language: Language,
    by_number: bool,
    everything: Callable[[], Answer],
    shown: str = "",
) -> Answer:
    """The answer to the question before, as a turn after it wants it.

    Args:
        index: where the documents are.
        answer: that to the question before.
        wish: what the turn wants.
        language: the one to answer in now.
        by_number: whether the question before named a clause by its number.
        everything: gives the answer to the question before, as if it had asked for all there is.
        shown: what was answered to it, normalised, as far as that is known.
    """
    if not answer.citations:
        return answer if answer.language == language else _refused(answer, language)
    if wish == "more":
        return _more(index, answer, language, by_number, everything, shown)
    if wish == "source":
        places = list(dict.fromkeys((one.clause_label, one.clause_number) for one in answer.citations))
        lead = wording_of_clauses.source([label for label, _ in places], [number for _, number in places], language)
    else:
        lead = wording.on_the_answer(wish, language)
    return _quoted_again(index, answer, language, lead)


def with_purpose(index: Index, answer: Answer, terms: Sequence[Term], language: Language) -> Answer | None:
    """What the answer to the question before says of the purpose of what that names; None where it tells none."""
    telling = [_passage(index, one) for one in answer.citations if tells_purpose(normalize(one.quote), terms)]
    return compose.quoting(index, telling, language, answer.confidence) if telling else None


def _more(
    index: Index, answer: Answer, language: Language, by_number: bool, everything: Callable[[], Answer], shown: str
) -> Answer:
    """What else the documents say on it: of a clause that was asked for, all of it.

    First comes what was not shown of what answers it: others may have told a part in their own words.
    """
    told = essence(shown)
    untold = [_passage(index, one) for one in answer.citations if told and essence(one.quote) not in told]
    if by_number:
        new = [_whole(index, one) for one in answer.citations]
        lead = wording.on_the_answer("whole", language) if len(new) == 1 else ""
        if any(
            passage.end - passage.start > len(one.quote) for passage, one in zip(new, answer.citations, strict=True)
        ):
            return compose.quoting(index, new, language, answer.confidence, lead=lead)
    elif untold:
        return compose.quoting(
            index, untold, language, answer.confidence, lead=wording.on_the_answer("within", language)
        )
    else:
        given = [(one.document, one.start, one.end) for one in answer.citations]
        others = [one for one in everything().citations if not _is_given(one, given)]
        others = [one for one in others if not told or essence(one.quote) not in told]
        clauses = {one.url for one in answer.citations}
        # The rest of a clause comes before what other clauses say.
        further = [_passage(index, one) for one in [o for o in others if o.url in clauses] or others]
        new = further or _within_headings(index, answer.citations)
        if new:
            lead = wording.on_the_answer("more" if further else "within", language)
            return compose.quoting(index, new, language, answer.confidence, lead=lead)
    return _quoted_again(index, answer, language, wording.on_the_answer("no_more", language))


def _within_headings(index: Index, cited: Sequence[Citation]) -> list[Passage]:
    """What stands under the headings that were quoted, a level deeper; empty where anything else was quoted."""
    below: list[Passage] = []
    for one in cited:
        document = index.document(one.document)
        piece = document.clauses[_passage(index, one).position]
        if piece.kind == "part":
            clauses = [clause for clause in document.clauses if clause.kind == "clause" and clause.part == piece.part]
            below += [heading_passage(document, clause) for clause in clauses]
        elif piece.kind == "clause" and one.quote.rstrip("。") == piece.heading.rstrip("。"):
            below.append(summary_passage(document, piece))
        elif piece.kind != "title":
            return []
    return below


def _is_given(one: Citation, given: Sequence[tuple[str, int, int]]) -> bool:
    return any(one.document == id_ and one.start < end and one.end > start for id_, start, end in given)


def _quoted_again(index: Index, answer: Answer, language: Language, lead: str) -> Answer:
    """The same quotes; what else the answer said is left as it is, but in another language put shortly."""
    if answer.language == language:
        alone = len(answer.citations) == 1 and answer.text.startswith(answer.citations[0].quote)
        line_break = "\n" if lead and not alone and language == "zh" else ""
        return replace(answer, text=f"{lead}{line_break}{answer.text}")
    note = wording.rest_missing(language) if answer.status == "partial" else ""
    passages = [_passage(index, one) for one in answer.citations]
    return compose.quoting(index, passages, language, answer.confidence, status=answer.status, lead=lead, note=note)


def _refused(answer: Answer, language: Language) -> Answer:
    missing = wording.refusal([wording.AN_ANSWER[language]], language)
    text = wording.out_of_scope(language) if answer.status == "out_of_scope" else missing
    return replace(answer, text=text, language=language)


def _passage(index: Index, one: Citation) -> Passage:
    clauses = index.document(one.document).clauses
    position = next(clause.position for clause in clauses if clause.start <= one.start < clause.end)
    return Passage(one.document, position, one.start, one.end)


def _whole(index: Index, one: Citation) -> Passage:
    document = index.document(one.document)
    return whole_passage(document, document.clauses[_passage(index, one).position])
