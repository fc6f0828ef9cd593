"""The kinds of answer that a question asks for → the one that does not stand in what was chosen.

An amount, a date or a telephone number that is asked for must stand next to what it is asked of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.answering.completion import is_an_end, is_of_another, lacks_the_end
from assistant.answering.degrees import FIRM, KNOWN, LIKELY, SURE, TELLING
from assistant.answering.kinds import Kind, counts
from assistant.answering.ranking import FEATURES, Ranking, term_weights
from assistant.answering.sub_question import SubQuestion
from assistant.answering.tasks import ACTORS
from assistant.answering.windows import fits, lists, near_terms, stretch_cover, stretches
from assistant.indexing.index import Index

_MAY = re.compile(r"能不能|可不可以|可否|能否|(?<![性功效智产可不])能(?!源|力|够)|可以|准不准|让不让|许不许|允不允许")
WHICH = re.compile(r"[哪谁几啥]|[多好][少大高长久远重]|什么|怎[么样]")
"""What may be done is asked, not whether it may."""
_NORM = re.compile(r"可以|不得|禁止|严禁|(?:不|不予)?允许|方可|准予")
"""What says of something, in whatever words, that it may or may not be done: 安家补贴可以分别享受."""
_PLANNED = re.compile(r"纳入|列入|规划")
"""Asks when something comes into a plan, whose name tells it: “十四五”相关规划."""
_FORMED = {
    "contact": re.compile(""),
    "authority": re.compile("由谁|归谁|谁来?(?:管|负责|主管|监管|牵头|落实)"),
    "person": re.compile("是谁|是哪[个位]|叫(?:什么|啥)|名字|姓名"),
    "result": re.compile(
        r"已经?[^,;。?]{0,18}(?:吗|没|么|没有|不)[?]*$|是否已|^(?:has|have|is|are|was|were)\b.{2,60}\balready\b|"
        r"^(?:was|were|has|have)\b.{2,60}\b(?:finished|completed|opened|built)\b"
    ),
    "size": re.compile(r"多[大长高宽重]|\bhow (?:big|large|long|wide|tall|deep|many)\b"),
    "duration": re.compile(r"多久|多长时间|\bhow (?:long|many)\b"),
    **dict.fromkeys(
        ("time", "year", "month", "day", "money", "rate", "order", "payer", "materials", "penalty"), re.compile("")
    ),
}
"""Kinds of answer whose forms are few, where the question has these words: however sure the cross-encoder is, they must
stand there. Who is to take a post (由谁担任) may be told by another post. What is planned is not already done."""
DENIED = -3.5
"""Log-odds of answering up to which the cross-encoder is sure that a chunk does not."""
UNDEFINED = -1.5
"""Log-odds up to which a chunk does not say what something means. Of the dev questions for a meaning, all that the
documents answer have more than 0."""
SUBJECT_SHARE = 0.75
"""Share of the best cover of the question's nouns that a passage must have for its numbers and dates to count."""
THROUGHOUT = 0.1
"""Share of a document's chunks from which it is about what they hold, so that not each sentence needs to say so."""
PERMISSION = Kind("permission", re.compile("$^"), None, ("许可或禁止", "a permission or prohibition"))
MEANING = Kind("meaning", re.compile("$^"), None, ("含义", "the meaning"))
COUNT = Kind("count", re.compile("$^"), None, ("数量", "a number"))


def missing_kind(index: Index, question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> Kind | None:
    """The first kind of answer asked for that does not stand near the terms in any of the chosen chunks.

    None is missing where the cross-encoder is sure of a chunk: patterns know the usual forms of a kind, not all. Of a
    follow-up that names nothing itself what it is sure of may be what was asked before.
    """
    odds = ranking.odds(places)
    sentences = [index.sentence(ranking.rows[place]) for place in places]
    done = next((kind for kind in question.asked.kinds if kind.name == "time"), None)
    if done is not None and lacks_the_end(question.text, _on_the_subject(ranking, places, sentences)):
        return done
    things = [term.surface for term in question.terms if term.names]
    if (
        done is not None
        and done.held
        and not _PLANNED.search(question.text)
        and any(is_of_another(thing, done.held, sentences) for thing in things)
    ):
        return done
    for kind in question.asked.kinds:
        formed = kind.name in _FORMED and _FORMED[kind.name].search(question.text)
        if formed and kind.held and not any(map(kind.held.search, sentences)):
            return kind
    if odds >= SURE and not question.leans:
        return None
    if _forbears(question, ranking, places) and not any(_NORM.search(index.sentence(ranking.rows[p])) for p in places):
        return PERMISSION
    if question.asked.definition and odds <= UNDEFINED:
        # That a word is used does not say what it means.
        return MEANING
    weights = term_weights(ranking.terms)
    near = []
    names = ranking.features[:, FEATURES.index("cover_names")]
    for place in places:
        likely = bool(ranking.answers) and ranking.answers[place] >= LIKELY
        if names[place] < SUBJECT_SHARE * float(names.max()) and not likely:
            # A number that stands elsewhere, in a sentence on something else, answers nothing.
            continue
        # What a sentence begins with a chunk it may end with the next: 到2025年，研发机构20家以上，…，产值1500亿元.
        sentence = index.sentence(ranking.rows[place])
        parts = stretches(sentence)
        cover = stretch_cover(parts, ranking.terms, weights)
        # The cells of a row tell of one thing.
        whole = odds >= LIKELY or index.is_row(ranking.rows[place])
        near.append(sentence if whole else near_terms(parts, cover, question.asked))
    if question.asked.actors and len(places) > ACTORS:
        return None
    if question.asked.count_unit is not None and not _speaks_of(question, "".join(near)):
        return COUNT
    thing = question.noun or question.head
    if (
        question.asked.count_unit == "所"
        and thing
        and not any(counts(text, "所") or lists(thing, text) for text in near)
    ):
        # One thing in a list of others (水枢纽、停车场、中小学、医院) is not counted by it.
        return COUNT
    if question.asked.count_unit and odds <= DENIED:
        # A list of other things (水枢纽、停车场、医院) counts nothing.
        return None if any(counts(text, question.asked.count_unit) for text in near) else COUNT
    if any(fits(question.asked, text) for text in near):
        return None
    documents = {index.chunks[ranking.rows[place]].document for place in places}
    for kind in question.asked.kinds:
        if kind.held is None or any(kind.held.search(text) for text in near):
            continue
        if not (kind.topical and any(index.share(kind.held, document) >= THROUGHOUT for document in documents)):
            return kind
    return COUNT if question.asked.count_unit is not None else None


def _on_the_subject(ranking: Ranking, places: Sequence[int], sentences: Sequence[str]) -> list[str]:
    """The sentences of the chosen chunks that name what is asked about, as far as any does; 通车 names nothing."""
    weights = np.array([term.weight * (term.names and not is_an_end(term.surface)) for term in ranking.terms])
    named = (weights @ (ranking.support >= KNOWN))[list(places)]
    return [said for said, cover in zip(sentences, named, strict=True) if cover >= SUBJECT_SHARE * named.max()]


def _speaks_of(question: SubQuestion, text: str) -> bool:
    """Whether a text holds the noun that is counted: 设几个站, 有多少个委员; True where none is named."""
    if not question.noun or question.noun in text:
        return True
    term = next((term for term in question.terms if term.surface == question.noun), None)
    return term is not None and term.support(text) >= FIRM


def _forbears(question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> bool:
    """Whether it is asked if something may be done (金沙江能不能游泳) of which the chosen chunks say nothing."""
    match = _MAY.search(question.text)
    if match is None or WHICH.search(question.text):
        return False
    behind = question.text[match.end() :]
    doing = [(i, term) for i, term in enumerate(ranking.terms) if term.surface in behind]
    support = np.maximum(ranking.support, ranking.heading)
    held = any(float(support[i, list(places)].max()) >= FIRM for i, _ in doing)
    return not held and any(term.weight >= TELLING for _, term in doing)
