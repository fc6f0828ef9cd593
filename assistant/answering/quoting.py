"""Chosen chunks → the passages of the documents to quote: whole sentences where short, the fitting part where long."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.answering.ages import holds_at
from assistant.answering.asked import Asked
from assistant.answering.degrees import HELD
from assistant.answering.expansion import Term
from assistant.answering.passage import ITEMS, Passage
from assistant.answering.quoted_rows import heads_above, is_row, with_tables
from assistant.answering.ranking import Ranking, term_weights
from assistant.answering.tasks import is_left_out, opens_with_actor
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index, search_text
from assistant.indexing.sentences import split_parts
from assistant.indexing.tables import row_at
from assistant.schema import Document

SHORT = 200
"""Characters up to which a sentence is quoted whole."""
JOINED = 300
"""Characters up to which stretches that touch are quoted as one."""
LONG = 240
"""The same for questions that ask for a list, which a cut could make incomplete."""
_FIRST_ITEM = re.compile(r"[（(]?[一1][)）、.．](?!\d)|①")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d①-⑳]{1,3}[)）、.．]|[①-⑳]")
_DENIES = re.compile(r"不(?![超低少满足])|退出|停止|停发|取消|终止|除外|禁止|严禁|追回|未")
"""What a lead says that its items are denied something."""
_PLACE_IN_HEADING = re.compile(r"([\u4e00-\u9fff]{2}(?:[城区县镇乡港]|园区))$")
"""A heading that ends with the place that it is about: 高品质建设攀西科技城."""


def passages(
    index: Index, ranking: Ranking, places: Sequence[int], asked: Asked, taken_over: str = ""
) -> list[Passage]:
    """What to quote for the chosen places: in document order, stretches that touch joined while short.

    Of a chunk that holds what a question says itself that is quoted, not what it takes over from the one before.
    """
    own = [term for term in ranking.terms if term.surface not in taken_over]
    found = [
        _passage(index, ranking.rows[place], _held(index, ranking, place, own), asked, best=place == places[0])
        for place in places
    ]
    if found and (asked.where or asked.which_clause):
        found += _heading_above(index, found, asked.which_clause)
    found = with_tables(index, found, asked)
    found += heads_above(index, found)
    found += _denying_leads(index, found)
    found.sort(key=lambda passage: (passage.document, passage.start))
    joined: list[Passage] = []
    for passage in found:
        last = joined[-1] if joined else None
        if (
            last
            and (last.document, last.position) == (passage.document, passage.position)
            and passage.start <= last.end + is_row(index, passage)
            and (passage.start < last.end or passage.end - last.start <= JOINED)
        ):
            joined[-1] = Passage(last.document, last.position, last.start, max(last.end, passage.end))
        else:
            joined.append(passage)
    return joined


def _heading_above(index: Index, found: Sequence[Passage], whatever_it_says: bool) -> list[Passage]:
    """The heading of the clause that is quoted first, where the quotes do not hold it.

    It names the clause that is asked for, whatever it says; else only where it alone names the place of all this.
    """
    document = index.document(found[0].document)
    clause = document.clauses[found[0].position]
    start = document.text.find(clause.heading, clause.start, clause.end) if clause.heading else -1
    if start < 0:
        return []
    above = Passage(document.id, clause.position, start, start + len(clause.heading))
    if whatever_it_says:
        return [] if any(one.start <= start < one.end for one in found) else [above]
    named = _PLACE_IN_HEADING.search(clause.heading)
    unnamed = named and not any(named[1] in document.text[one.start : one.end] for one in found)
    return [above] if unnamed else []


def _denying_leads(index: Index, found: Sequence[Passage]) -> list[Passage]:
    """What leads to quoted items where it denies them (下列费用不纳入支付范围：): without it they say the opposite."""
    leads = []
    for passage in found:
        document = index.document(passage.document)
        clause = document.clauses[passage.position]
        above = document.text[clause.start : passage.start]
        opened = max(above.rfind("：\n"), above.rfind(":\n")) + 1
        line = document.text[document.text.rfind("\n", 0, passage.start) + 1 : passage.start + 8]
        between = [text for text in above[opened:].split("\n") if text.strip()]
        if not opened or not all(_ITEM.match(text.strip()) for text in [*between, line]):
            continue
        start = clause.start + max(above.rfind("\n", 0, opened), above.rfind("。", 0, opened)) + 1
        lead = trimmed(index, Passage(passage.document, passage.position, start, clause.start + opened))
        if _DENIES.search(document.text[lead.start : lead.end]) and not any(_inside(lead, one) for one in found):
            leads.append(lead)
    return list(dict.fromkeys(leads))


def _inside(one: Passage, other: Passage) -> bool:
    return one.document == other.document and other.start <= one.start and one.end <= other.end


def _held(index: Index, ranking: Ranking, place: int, own: Sequence[Term]) -> Sequence[Term]:
    """The terms by which a chunk's sentences are told apart: those of the question itself, where it holds any."""
    text = index.text(ranking.rows[place])
    return own if any(term.support(text) >= HELD for term in own) else ranking.terms


def _passage(index: Index, row: int, terms: Sequence[Term], asked: Asked, best: bool) -> Passage:
    """What to quote of a chunk; of the best one what itself holds, of others whatever of their sentence says most."""
    chunk = index.chunks[row]
    document = index.document(chunk.document)
    if asked.actors and opens_with_actor(index.text(row)):
        # One of several tasks in a long sentence.
        return trimmed(index, Passage(chunk.document, chunk.position, chunk.start, chunk.end))
    whole = row_at(document.text, chunk.start)
    if whole is not None:
        start, end = whole if whole[1] - whole[0] <= ITEMS else (chunk.start, chunk.end)
        return Passage(chunk.document, chunk.position, start, end)
    sentences = index.sentence_spans(row)
    scored = [_cover(document, max(start, chunk.start), min(end, chunk.end), terms) for start, end in sentences]
    # What a document asks (三、贷款期限多长？答：…) it does not say.
    scored = [0.0 if _asks(document, span) else score for span, score in zip(sentences, scored, strict=True)]
    most = max(scored)
    kept = [span for span, score in zip(sentences, scored, strict=True) if score >= 0.6 * most]
    if asked.age is not None:
        kept = _with_that_age(document, sentences, kept, asked.age)
    kept = _with_the_kind(document, sentences, kept, asked)
    start, end = kept[0][0], kept[-1][1]
    if end - start > (LONG if asked.wants_list or asked.overview else SHORT):
        sentence = kept[int(np.argmax([s for s in scored if s >= 0.6 * most]))]
        start, end = _window(document, sentence, (chunk.start, chunk.end) if best else sentence, terms, asked)
    end = _end_of_items(document.text[: document.clauses[chunk.position].end], start, end)
    return trimmed(index, Passage(chunk.document, chunk.position, start, end))


def _with_the_kind(
    document: Document, sentences: Sequence[tuple[int, int]], kept: Sequence[tuple[int, int]], asked: Asked
) -> list[tuple[int, int]]:
    """The sentences kept, and, where none has the kind of answer that is asked for, those of the chunk that have it."""
    kinds = [kind.held for kind in asked.kinds if kind.held is not None]
    having = [span for span in sentences if any(kind.search(normalize(document.text[slice(*span)])) for kind in kinds)]
    return (
        list(kept) if any(span in having for span in kept) else [span for span in sentences if span in [*kept, *having]]
    )


def _with_that_age(
    document: Document, sentences: Sequence[tuple[int, int]], kept: Sequence[tuple[int, int]], age: int
) -> list[tuple[int, int]]:
    """The sentences kept, and where they speak of other ages only those of the chunk that speak of that one."""

    def said(span: tuple[int, int]) -> bool | None:
        return holds_at(normalize(document.text[span[0] : span[1]]), age)

    of_kept = [said(span) for span in kept]
    if True in of_kept or False not in of_kept:
        return list(kept)
    return [span for span in sentences if span in kept or said(span)]


def _end_of_items(text: str, start: int, end: int) -> int:
    """Where a quote of [start, end) that opens a list (应当符合下列条件：) ends: after its items, at most ITEMS on.

    `text` ends with the clause. A line that is no item ends the list; what goes beyond is left out item by item.
    """
    above, _, last = text[start:end].rstrip().rpartition("\n")
    if not (last.endswith(("：", ":")) or (above and _FIRST_ITEM.match(last.strip()))):
        return end
    whole = end
    for line in re.finditer(r"[^\n]+", text[end:]):
        of_the_same = line.start() == 0
        if not (of_the_same or _ITEM.match(line[0].strip()) or not line[0].strip()):
            break
        if end + line.end() - start > ITEMS:
            # An item may be a line of several sentences, or all may stand in one line.
            parts = [at for _, at in split_parts(line[0], "；;。") if end + line.start() + at - start <= ITEMS]
            return end + line.start() + parts[-1] if parts else whole
        whole = end + line.end()
    return whole


def trimmed(index: Index, passage: Passage) -> Passage:
    """The passage without its clause's label and without marks at its ends that belong to neighbours."""
    document = index.document(passage.document)
    clause = document.clauses[passage.position]
    body = clause.start + len(clause.label)
    start, end = passage.start, passage.end
    start = max(start, body) if start < body < end else start
    start += 2 if document.text.startswith(("答：", "答:"), start) else 0
    while start < end and document.text[start] in " \n，、；。":
        start += 1
    while end > start + 1 and document.text[end - 1] in "，、；：\n ":
        end -= 1
    return replace(passage, start=start, end=end)


def _asks(document: Document, span: tuple[int, int]) -> bool:
    return document.text[span[0] : span[1]].rstrip().endswith(("？", "?"))


def _cover(document: Document, start: int, end: int, terms: Sequence[Term]) -> float:
    text = normalize(search_text(document, start, end))
    weights = term_weights(terms)
    return float(sum(w * term.support(text) for term, w in zip(terms, weights, strict=True)))


def passage_words(index: Index, passage: Passage) -> str:
    """What a passage says, normalised, without what runs through its document's pages."""
    document = index.document(passage.document)
    return normalize(search_text(document, passage.start, passage.end))


def merged_passages(quoted: Sequence[Passage]) -> list[Passage]:
    """Each passage once, in document order; one that lies inside another is left out."""
    kept: list[Passage] = []
    for passage in sorted(quoted, key=lambda p: (p.document, p.start, -p.end)):
        last = kept[-1] if kept else None
        if last and last.document == passage.document and passage.start < last.end:
            if passage.end > last.end:
                kept[-1] = Passage(last.document, last.position, last.start, passage.end)
            continue
        kept.append(passage)
    return kept


def _window(
    document: Document, sentence: tuple[int, int], chosen: tuple[int, int], terms: Sequence[Term], asked: Asked
) -> tuple[int, int]:
    """The part of a long sentence that answers: its best segment between semicolons, or the best stretch of parts.

    The best is one that the `chosen` chunk reaches into, which may be far shorter than the sentence: that was judged.
    """
    start, end = sentence
    text = document.text[start:end]
    for delimiters in ("；;", "；;，"):
        spans = [(start + a, start + b) for a, b in split_parts(text, delimiters)]
        if len(spans) < 2:
            continue
        scores = [_cover(document, a, b, terms) for a, b in spans]
        if asked.left_out:
            parts = [normalize(document.text[a:b].lstrip("，；。 \n")) for a, b in spans]
            scores = [0.0 if is_left_out(part, asked) else score for part, score in zip(parts, scores, strict=True)]
        within = [i for i, (a, b) in enumerate(spans) if a < chosen[1] and chosen[0] < b]
        best = max(within or range(len(spans)), key=scores.__getitem__)
        limit = LONG if asked.wants_list else SHORT
        first, last = best, best
        wanted = [i for i, score in enumerate(scores) if score >= 0.75 * scores[best] > 0]
        if spans[max(wanted, default=best)][1] - spans[min(wanted, default=best)][0] <= limit:
            first, last = min(wanted, default=best), max(wanted, default=best)
        while delimiters.endswith("，"):
            grown = _grow(spans, scores, first, last, limit)
            if grown == (first, last):
                break
            first, last = grown
        if spans[last][1] - spans[first][0] <= limit or delimiters.endswith("，"):
            return spans[first][0], spans[last][1]
    return start, end


def _grow(
    spans: Sequence[tuple[int, int]], scores: Sequence[float], first: int, last: int, limit: int
) -> tuple[int, int]:
    """The stretch with the better of its neighbours, where that still fits and holds anything of the question."""
    options = []
    if first > 0 and spans[last][1] - spans[first - 1][0] <= limit:
        options.append((scores[first - 1], (first - 1, last)))
    if last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= limit:
        options.append((scores[last + 1] + 1e-6, (first, last + 1)))
    options = [option for option in options if option[0] > 0.02]
    return max(options)[1] if options else (first, last)
