"""A question that puts something in the wrong place → the stretch of a document that says which place it is.

“The resort in Renhe District, right?”: no stretch speaks of Renhe and the resort, one speaks of the resort and of
another district. Quoting that one corrects the question; quoting what the document says of Renhe would not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.answering.asked import is_to_confirm
from assistant.answering.degrees import KNOWN
from assistant.answering.expansion import Term
from assistant.answering.passage import Passage
from assistant.answering.questions import CLAUSES
from assistant.answering.ranking import UNREAD, Ranking
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index, search_text
from assistant.indexing.sentences import split_parts

SAID = 0.75
"""Weighted share of the other names that a stretch must hold to say what is asked."""
UNSAID = 0.4
"""Share up to which no stretch about the place itself says it."""
WHOLLY, PARTLY = 0.95, 0.75
"""Share from which a stretch says all of it, beside which one about the place itself that holds less than the second
merely has words of it."""
TELLING = 0.5
"""Weight that one of the other terms must have, so that they are about something."""
RARE = 0.6
"""Weight of another term from which a stretch that holds it is on the same matter; of lesser ones (城市) its chunk must
besides be near the best."""
LOOKED_AT = 12
"""Chunks looked at, best first."""

_TAKEN_FOR_GRANTED = re.compile(r"吧|听说|既然|作为|\bright\b|\bisn't it\b|\bis it true\b|\bi (?:hear|heard)\b")
_ACTOR = re.compile(r"^([\u4e00-\u9fff]{1,3}[区县市州镇])(?=要|应|将|负责)")
"""What a segment opens with, as the one that is to do something: 西区要…"""
_NO_NAME = re.compile(
    "^[我本全各该贵每]|(?:[园景社校库辖山城灾林矿片小]|开发|保护|示范|功能)区$|(?:城|设区的?)市$|[乡村集城]镇$|市县$|县[区市]$|区县$"
)
"""What is no name of a place though it ends as one: 我市, 园区, 城市. A place may be called so (名山区)."""
_OF_A_PLACE = (
    "的?(?:老?人(?![才民口均])|居民|户[口籍]|企业|公司|厂|学生|老板|游客|专家|教授|医生|老师|高校|院校|"
    "(?:科研|技术|专业)?人[才员](?!引进|政策|补贴))"
)
"""Who, or whose, is from a place."""
_ENDS = tuple("区县市州镇")
_ROLES = {"任务", "职责", "分工", "责任", "角色", "定位"}
"""What a question calls what a place is to do, which no document does: 升级是东区的任务吧."""
_ONLY = re.compile(r"(?P<only>只有|只是|仅有|仅仅是?|就只有?|唯独)(?!在|要|当)")
_EVERY_PLACE = re.compile(r"^各?(?:县区|区县|县市区|县|区)$")
_EVERYWHERE = re.compile(
    r"(?:各|所有|全部|每个)(?:县区|区县|县\(区\)|区\(县\)|县、区|区、县|县市区|地区?(?=要|应)|乡镇)|[我本全][市省州县区](?=要|应|将|[^,;。]{0,4}(?<!成)都)"
)
_INSTITUTION = r"(?:市|省)?(?:大学|学院|银行|机场|大桥|委)"
"""What a place's name is a part of: to work with 重庆大学 is not to be in 重庆."""


def displaced(
    index: Index, question: SubQuestion, ranking: Ranking, listed: Collection[str], foreign: Sequence[str]
) -> tuple[str, Passage] | None:
    """The place that a question has wrong and the passage that puts it right; None where it has none wrong.

    Args:
        index: where the ranked chunks are.
        question: what is asked.
        ranking: the chunks found for it.
        listed: names of places.
        foreign: places named in the question that no document knows.
    """
    for term, rest, segments, others in _supposed(index, question, ranking, listed):
        if term.surface in foreign and not _is_partner(question.text, term.surface):
            continue
        if question.told:
            rest = _held(rest, segments, listed)
            telling = any(other.weight >= RARE for other in rest)
            if not (telling and _is_given_tasks(index, ranking, _as_place(term, listed))):
                continue
        name = re.escape(term.surface)
        together = bool(re.search(rf"[与和跟同]{name}|\bwith (?:the )?{name}", question.text))
        passage = _elsewhere(term, rest, segments, others, together)
        rare = any(other.weight >= RARE for other in rest)
        if passage is not None and (rare or _is_near(index, ranking, passage)):
            return term.surface, passage
    return None


def _held(terms: Sequence[Term], segments: Sequence[tuple[Passage, str]], listed: Collection[str]) -> list[Term]:
    """The terms of what is told that some stretch has, without places.

    A story is full of words that no document has: 网约车师傅说西区往后是南大门.
    """
    return [
        term
        for term in terms
        if term.weight >= TELLING
        and not _as_place(term, listed)
        and any(term.support(text) >= KNOWN for _, text in segments)
    ]


def _is_given_tasks(index: Index, ranking: Ranking, names: Collection[str]) -> bool:
    """Whether something found says what a place is to do (西区要…): a partner, or a road's end, is given nothing."""
    to_do = re.compile(rf"(?:{'|'.join(map(re.escape, names))})[县区市]?(?:要|应|将|负责)")
    return any(to_do.search(index.text(row)) for row in ranking.rows)


def _is_near(index: Index, ranking: Ranking, passage: Passage) -> bool:
    """Whether the chunk of a passage that is to put a question right is not so far behind the best as to go unread.

    What is asked about may be in none of the question's terms (a misspelt name), and words beside it (城市) anywhere.
    """
    read = (row for row, answers in zip(ranking.rows, ranking.answers, strict=False) if answers > UNREAD)
    chunks = [index.chunks[row] for row in read]
    return not ranking.answers or any(
        chunk.document == passage.document and chunk.start <= passage.start < chunk.end for chunk in chunks
    )


def unsaid_there(index: Index, question: SubQuestion, ranking: Ranking, listed: Collection[str]) -> bool:
    """Whether it is asked if something is so in a place (空港新城在仁和区吗) and nothing found says the like of it.

    What is said of the place otherwise is no answer, nor what is said of the thing without a place. The arguments are
    those of `displaced`.
    """
    if not question.asked.yes_no:
        return False
    for term, rest, segments, _ in _supposed(index, question, ranking, listed):
        acting = {name for _, text in segments for name in _actors(text, listed)}
        if acting.isdisjoint(_as_place(term, listed)):
            # Of a partner (成都的公司) little is said by its name.
            continue
        # Of several places (西区、仁和、米易都要…) each has a sentence of its own.
        rest = [other for other in rest if acting.isdisjoint(_as_place(other, listed))]
        own = [text for _, text in segments if term.support(text) >= 1.0]
        sentences = [normalize(index.sentence(row)) for row in ranking.rows[:LOOKED_AT]]
        everywhere = [sentence for sentence in sentences if _EVERYWHERE.search(sentence)]
        if own and max(_share(rest, text) for text in [*own, *everywhere]) <= UNSAID:
            return True
    return False


def not_only(
    index: Index, question: SubQuestion, ranking: Ranking, listed: Collection[str]
) -> tuple[str, list[Passage]] | None:
    """The places of which a question supposes that only they do something, and all that do it, where others do as well.

    The arguments are those of `displaced`; None where no other place does it, or it is not supposed.
    """
    supposed = _ONLY.search(question.text)
    if supposed is None or not (question.asked.yes_no or _TAKEN_FOR_GRANTED.search(question.text)):
        return None
    named = {name for term in question.terms for name in _as_place(term, listed)}
    rest = [term for term in question.terms if term.names and not _as_place(term, listed) and _tells(term)]
    doing = [
        (names, passage)
        for passage, text in stretches(index, ranking)
        if (names := _actors(text, listed)) and rest and _share(rest, text) >= WHOLLY
    ]
    acting = {name for names, _ in doing for name in names}
    if not (acting & named and acting - named):
        return None
    return supposed["only"], sorted({passage for _, passage in doing}, key=lambda passage: passage.start)


def _tells(term: Term) -> bool:
    """Whether a term tells what is done, and is none for all places together."""
    return term.weight >= TELLING and not _EVERY_PLACE.search(term.surface)


Supposed = tuple[Term, list[Term], list[tuple[Passage, str]], set[str]]
"""A place, the other names of the question, what the best chunks say, and the places that these speak of besides."""


def _supposed(index: Index, question: SubQuestion, ranking: Ranking, listed: Collection[str]) -> Iterator[Supposed]:
    """The places of which a question supposes something, each with what else it names."""
    named = {term: _as_place(term, listed) for term in question.terms}
    if not any(named.values()):
        return
    segments = stretches(index, ranking)
    acting = {name for _, text in segments for name in _actors(text, listed)}
    places = acting | set(listed)
    others = places.difference(*named.values())
    others = {name for name in others if name not in question.text and any(name in text for _, text in segments)}
    titles = {index.document(passage.document).record.title for passage, _ in segments}
    # All of a document is about the place in its title, which is no other place than one within it.
    others = {name for name in others if not any(name in title for title in titles)}
    supposes = question.asked.yes_no or question.asked.reason or question.told
    supposes = supposes or bool(_TAKEN_FOR_GRANTED.search(question.text)) or is_to_confirm(question.text)
    for term, names in named.items():
        if names.isdisjoint(places) or not (_is_partner(question.text, term.surface) or supposes):
            continue
        if any(name in title for name in names for title in titles):
            # What a document says without naming a place it says of the one in its title.
            continue
        if is_from(question.text, term.surface):
            continue
        # Verbs are left out: that the resort is “put” somewhere, no document says in that word. So are other places:
        # of two that are named side by side (西区和仁和区都要做什么) neither is said to be where the other is.
        rest = [other for other in question.terms if other is not term and other.names and other.surface not in _ROLES]
        own = ",".join(clause for clause in CLAUSES.findall(question.text) if term.surface in clause)
        if any(acting & named[other] and other.surface not in own for other in rest):
            # Of two places in two clauses (西区做辅具,东区搞研发) each has its own.
            rest = [other for other in rest if other.surface in own]
        if any(other.weight >= TELLING and places.isdisjoint(named[other]) for other in rest):
            yield term, rest, segments, others


def is_from(text: str, place: str) -> bool:
    """Whether a place is only where somebody, or a firm, is from (盐边的企业能去东区吗)."""
    return bool(re.search(rf"{re.escape(place)}[县市区省]?{_OF_A_PLACE}", text))


def _actors(text: str, listed: Collection[str]) -> set[str]:
    """The place that a segment opens with as the one that is to do something, alone in a set; empty for none."""
    return {name for name in _ACTOR.findall(text) if name in listed or not _NO_NAME.search(name)}


def _as_place(term: Term, listed: Collection[str]) -> set[str]:
    """The words that fully stand for a term and can name a place."""
    return {word for word, degree in term.standins if degree >= 1.0 and (word in listed or word.endswith(_ENDS))}


def _is_partner(text: str, place: str) -> bool:
    """Whether something is said to be in that place, or done with it; not where a part of it is asked for."""
    name = re.escape(place)
    return bool(re.search(rf"[与和跟同在归到是]{name}(?!的?[哪几啥什])|\b(?:in|with|by) (?:the )?{name}", text))


def stretches(index: Index, ranking: Ranking) -> list[tuple[Passage, str]]:
    """What the best chunks say between semicolons and full stops, each with its normalised text."""
    found = []
    for row in ranking.rows[:LOOKED_AT]:
        chunk = index.chunks[row]
        document = index.document(chunk.document)
        for start, end in split_parts(document.text[chunk.start : chunk.end], "；;。"):
            passage = Passage(chunk.document, chunk.position, chunk.start + start, chunk.start + end)
            found.append((passage, normalize(search_text(document, passage.start, passage.end))))
    return found


def _elsewhere(
    place: Term,
    rest: Sequence[Term],
    segments: Sequence[tuple[Passage, str]],
    others: Collection[str],
    together: bool,
) -> Passage | None:
    """The stretch that says of another place what is supposed of one; `together` if of something done with that one."""
    best, own, all_over, found = 0.0, 0.0, 0.0, None
    for passage, text in segments:
        held = _share(rest, text)
        support = place.support(text)
        if support >= 1.0:
            own = max(own, held)
        elif _EVERYWHERE.search(text):
            all_over = max(all_over, held)
        # What names it by a part of its name (成渝 for 成都) does not say that it is another.
        elif not support and held > best and any(_stands_as_place(name, text, together) for name in others):
            best, found = held, passage
    misplaced = (own <= UNSAID and best >= SAID) or (own < PARTLY and best >= WHOLLY)
    # What all districts are to do (各县（区）要…), that one is to do as well.
    return found if misplaced and all_over < SAID else None


def _share(terms: Sequence[Term], text: str) -> float:
    """The weighted share of some terms that a text holds."""
    return sum(term.weight * term.support(text) for term in terms) / sum(term.weight for term in terms)


def _stands_as_place(name: str, text: str, together: bool) -> bool:
    """Whether a place is the one that does something, that it is done in, or, with `together`, done with."""
    place = re.escape(name)
    with_it = rf"|[与和跟同]{place}(?!{_INSTITUTION})" if together else ""
    return bool(
        re.search(
            rf"(?:[由在归到]|是|支持|推动|鼓励){place}(?!{_INSTITUTION})|{place}(?:要|应|将|负责|联合|合作){with_it}",
            text,
        )
    )
