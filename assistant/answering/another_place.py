"""A question about a place that the documents are not of, and the chosen chunks → whether they say it of that place.

A decision of one city names many others, as partners and as ends of railways. What it says of itself
answers no question about one of those (成都到2025年工业总产值多少), however alike the words are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.degrees import FIRM, KNOWN, NAMING
from assistant.answering.expansion import Term
from assistant.answering.home import titled_places
from assistant.answering.premises import is_from
from assistant.answering.ranking import Ranking
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.indexing.sentences import split_parts

_LEAD = r"^(?:请问|我?想问|问|一下|我?想(?:知道|了解)|那么?|关于|到?(?:19|20)\d\d年|现在|目前|未来|今后|将来|以后|,)*"
_KIND = "(?:自治[州县]|[市省县州区])?"
_WITH = re.compile(
    r"合作|协作|联动|对接|衔接|接轨|一体|共建|互认|互通|挂职|跟我们|和我们|我市|本市|咱|这边|这里|过来|[来回]这|回来|搬来|"
    r"\b(?:cooperat\w*|collaborat\w*|partner\w*|jointly|together|links?|linked|here|us|our|we|from|move)\b"
)
"""Words of a question that is not about a place alone."""
_THERE = re.compile("(?:[她他]们?|人家)?(?:那[边里儿头]|当地)")
"""What points to a place that was told of before."""
_LINE = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[—–-]+[\u4e00-\u9fff]{2,4})+|至[\u4e00-\u9fff]{2,8}(?:铁路|公路|高速|航线)")
"""What links places: 攀枝花—昭通铁路, 西区至凉山州盐源县高速公路."""
_WITH_IT = re.compile(r"[与和同跟](?:[\u4e00-\u9fff]{2,4}、)*$")
"""With whom something is done: 与宜宾、泸州、凉山合作."""


def is_of_another_place(index: Index, question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> bool:
    """Whether a question is about a place that no title names and of which the chosen chunks do not speak.

    Args:
        index: where the chunks are.
        question: what is asked.
        ranking: the ranked chunks.
        places: places in the ranking that were chosen.
    """
    text = question.text
    if _WITH.search(text):
        return False
    # What a follow-up takes over, and what is told beside a question, is not what it is about.
    words = (text, question.own_words)
    about = [
        term
        for term in question.terms
        if term.place and (all(_is_about(one, term.surface) for one in words) or _is_there(*words, term.surface))
    ]
    if not about:
        return False
    titles = [index.document(index.chunks[ranking.rows[place]].document).record.title for place in places]
    about = [term for term in about if not any(word in title for word in _names(term) for title in titles)]
    if not about or any(place in text for place in titled_places(titles)):
        return False
    rest = [term for term in question.terms if not term.place and term.names and term.weight > NAMING]
    segments = [segment for place in places for segment in _segments(index, ranking.rows[place])]
    return not any(_says_of(segment, term, rest) for term in about for segment in segments)


def _names(term: Term) -> list[str]:
    return [word for word, degree in term.standins if degree >= 1.0]


def _is_about(text: str, place: str) -> bool:
    """Whether a question opens with a place, or asks in English of what lies in it or belongs to it."""
    name = re.escape(re.sub("['’]s$", "", place))
    if text.isascii():
        before = "(?:in|does|did|has|will|must|should|of)(?: neighbou?ring| nearby| the city of)?"
        return bool(re.search(rf"\b{before} {name}\b(?! and\b)|\b{name}['’]s\b", text))
    # 宜宾到攀枝花, 成都和重庆: between places or with one, of neither.
    opens = re.search(rf"{_LEAD}{name}{_KIND}(?![和与跟同至往、,—\-开]|到(?!20)|经|来|去|过|人(?![才口民]))", text)
    return bool(opens) and not is_from(text, place)


def _is_there(text: str, own_words: str, place: str) -> bool:
    """Whether a question asks what is there where somebody is said to be: 我妹子住西昌,那边要添新医院吗."""
    doing, name = "(?:住|上班|工作|打工|读书|上学)", re.escape(place) + _KIND
    told = rf"(?:{doing}|家|人|嫁|搬)[在到去是]?{name}|在{name}{doing}"
    return bool(_THERE.match(own_words) and re.search(told, text))


def _segments(index: Index, row: int) -> list[str]:
    """What the sentence of a chunk says between semicolons and full stops, below its heading."""
    sentence = index.sentence(row)
    return [normalize(sentence[start:end]) for start, end in split_parts(sentence, "；;。")]


def _says_of(segment: str, place: Term, rest: Sequence[Term]) -> bool:
    """Whether a segment speaks of a place: not as the end of a line or as a partner, unless of what else is asked."""
    without_lines = _LINE.sub(" ", segment)
    if _is_named(without_lines, place, alone=bool(rest)):
        return True
    parts = [segment[start:end] for start, end in split_parts(segment, ",")]
    return any(place.support(part) >= KNOWN and any(term.support(part) >= FIRM for term in rest) for part in parts)


def _is_named(text: str, place: Term, *, alone: bool) -> bool:
    """Whether a text names a place; with `alone`, not only as one with which something is done."""
    named = [found.start() for name in _names(place) for found in re.finditer(re.escape(name), text)]
    return any(not (alone and _WITH_IT.search(text[:start])) for start in named)
