"""A sub-question and the passages chosen for it → the probability that they answer it, and what is missing if not.

Similarity says whether a text is about the same thing; whether it answers is another matter. What tells: whether the
passages hold the question's rare words, whether the kind of answer asked for (an amount, a date, a telephone number)
stands next to them, and whether they speak of the year, the place and the quantity that the question names.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.breadth import breadth, held_by, searched
from assistant.answering.completion import is_an_end, is_of_another, lacks_the_end
from assistant.answering.kinds import Kind, counts
from assistant.answering.labels import spells_out
from assistant.answering.naming import unheard_of
from assistant.answering.opposites import lacks_a_denial
from assistant.answering.quantities import unconfirmed
from assistant.answering.ranking import FEATURES, SURE, Ranking, term_weights
from assistant.answering.selection import ACTORS, LITERAL
from assistant.answering.sub_question import SubQuestion
from assistant.answering.windows import fits, lists, near_terms, stretch_cover, stretches
from assistant.answering.years import years_unsaid
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index

SIGNALS = (
    "answers",
    "cover",
    "cover_clause",
    "sole",
    "dense",
    "dense_gap",
    "list_found",
    "head_asked",
    "worst_verb",
    "several",
)
"""Names of the signals, in the order of the model's weights: few, as more of them told more only of the documents that
they were fitted on."""
BROAD_SIGNALS = ("similarity", "dense", "cover_clause", "worst", "held")
"""Names of those that count in a broad corpus: chosen by what they tell of corpora that they were not fitted on."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a sub-question is answered.

    Attributes:
        probability: that the passages answer it, in [0, 1].
        threshold: the least probability with which they are quoted.
        missing_kind: the kind of answer that they do not hold.
        missing_label: the name that they use but do not spell out.
        missing_years: years asked for of which they say nothing.
        missing_number: a quantity that is to be confirmed and that they do not have.
        missing_terms: the question's words that they do not hold, but for something near, names first, most telling
            first.
    """

    probability: float
    threshold: float
    missing_kind: Kind | None = None
    missing_label: str = ""
    missing_years: tuple[str, ...] = ()
    missing_number: str = ""
    missing_terms: tuple[str, ...] = ()
    years_elsewhere: bool = False
    """Whether the documents speak of those years, of something else: 到2025年要建成几所大学."""
    missing_things: bool = False
    """Whether one of the missing terms names a thing: a verb by itself (送, 包括) does not say what is missing."""
    elsewhere: bool = False
    """Whether another place is asked about than the one that the chosen passages speak of."""
    at_home: tuple[str, ...] = ()
    """Places in the titles of the documents that were chosen from: all of these is about them."""

    @property
    def blocked(self) -> bool:
        """Whether something that was expressly asked for is missing, however alike the passages are."""
        return self.missing_kind is not None or any((self.missing_label, self.missing_years, self.missing_number))

    def doubted(self) -> Judgement:
        """The same where something speaks against an answer, whatever the signals say."""
        return replace(self, probability=min(self.probability, UNHELD))

    @property
    def answers(self) -> bool:
        """Whether the passages are quoted, as far as only they decide it."""
        return self.probability >= self.threshold and not self.blocked


_MAY = re.compile(r"能不能|可不可以|可否|能否|(?<![性功效智产可不])能(?!源|力|够)|可以|准不准|让不让|许不许|允不允许")
_WHICH = re.compile(r"[哪谁几啥]|[多好][少大高长久远重]|什么|怎[么样]")
"""What may be done is asked, not whether it may."""
_NORM = re.compile(r"可以|不得|禁止|严禁|(?:不|不予)?允许|方可|准予")
"""What says of something, in whatever words, that it may or may not be done: 安家补贴可以分别享受."""
_PLANNED = re.compile(r"纳入|列入|规划")
"""Asks when something comes into a plan, whose name tells it: “十四五”相关规划."""
_ACRONYM = re.compile(r"gdp|gnp|gni|cpi|ppi|pmi|wto|rcep|ppp|ipo|fdi|vat|esg")
"""What no other figure stands for; other Latin words in a Chinese question (road) mean what their glosses do."""
_GIVEN = re.compile(
    r"(?:有没有|有无|是不是|[给送发分有包建修设](?:不[给送发包建修设])?|提供|配备|安排|([招收卖租])不(?=\1))"
    r"(?P<thing>[\u3400-\u9fff]{2,6}?)"
    r"[吗么嘛不没]?[呢啊呀的?。]*$"
)
"""That something is given, built, there or so is asked: 人才来了给房子吗, 医院是不是三甲."""
_TASKS = ("任务", "分工", "定位", "职责", "职能", "安排", "tasks", "task")
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
ODDS = 4.0
"""What log-odds are divided by, to be signals about as large as others."""
FIRM = 0.5
"""Degree of support from which a term counts as held."""
KNOWN = 0.7
"""Degree of support from which a text has a word itself, or one that means the same, as against something near."""
TELLING = 0.4
"""Weight from which a term tells what is to be done or asked about."""
THROUGHOUT = 0.1
"""Share of a document's chunks from which it is about what they hold, so that not each sentence needs to say so."""
UNHELD = 0.2
"""Probability, at most, where the one thing that is asked about is not held: below any threshold."""
LIKELY = 0.5
"""Log-odds of answering from which the kind of answer may stand anywhere in the sentence, far from the terms."""
EVEN = 0.0
"""Log-odds from which a chunk is likelier to answer than not."""
UNLIKELY = -1.0
"""Log-odds of answering below which no chunk looks as if it told of something by another name."""
NAMED_SHARE = 0.25
"""Share of the most telling term's weight from which one that is not held is named in a refusal."""
DENIED = -3.5
"""Log-odds of answering up to which the cross-encoder is sure that a chunk does not."""
UNSEEN = -3.0
"""Log-odds up to which no chunk is taken to answer. Of the dev questions answered below it, one in two was right."""
UNDEFINED = -1.5
"""Log-odds up to which a chunk does not say what something means. Of the dev questions for a meaning, all that the
documents answer have more than 0."""
SUBJECT_SHARE = 0.75
"""Share of the best cover of the question's nouns that a passage must have for its numbers and dates to count."""


@lru_cache(maxsize=1)
def load_model() -> Mapping[str, Any]:
    """The fitted weights beside this module; `python -m eval fit` writes them."""
    model: dict[str, Any] = json.loads(files("assistant.answering").joinpath("model.json").read_text(encoding="utf-8"))
    return model


def judge(
    index: Index,
    question: SubQuestion,
    ranking: Ranking,
    places: Sequence[int],
    quoted: Sequence[str],
    name: str,
    documents: Sequence[str] = (),
) -> Judgement:
    """Judge the chosen chunks.

    Args:
        index: where they are.
        question: what is asked.
        ranking: the ranked chunks.
        places: places in the ranking that were chosen.
        quoted: what would be quoted, normalised.
        name: a name with a number in it that the question wants spelt out, if any.
        documents: those that were searched; empty means all.
    """
    if not places:
        return Judgement(0.0, load_model()["threshold"], missing_terms=tuple(term.surface for term in question.terms))
    signals = signals_of(index, question, ranking, places, documents)
    model = load_model()["answerability"]
    logit = model["bias"] + sum(model["weights"][name] * signals[name] for name in SIGNALS)
    share, threshold = breadth(index, documents), load_model()["threshold"]
    if share > 0:
        # Among hundreds of documents some passage holds any word: there, other signals tell, and other weights.
        broad = load_model()["broad"]
        wide = broad_signals(index, question, ranking, places, signals)
        logit += share * (broad["bias"] + sum(broad["weights"][name] * wide[name] for name in BROAD_SIGNALS) - logit)
        threshold += share * (broad["threshold"] - threshold)
    text = "".join(quoted)
    said = "".join(_clause_text(index, ranking, place) for place in places)
    years = years_unsaid(question.text, question.years, said, yes_no=question.asked.yes_no)
    held = ranking.support[:, list(places)].max(axis=1) if len(question.terms) else np.zeros(0)
    home = _at_home(index, ranking, places)
    least = NAMED_SHARE * max((term.weight for term in question.terms), default=0.0)
    lacking = sorted(
        (
            (term, value)
            for term, value, here in zip(question.terms, _best(ranking), held, strict=True)
            if here < KNOWN
            and term.weight >= least
            and (term.names or term.weight >= TELLING)
            and term.surface not in home
        ),
        key=lambda pair: (not pair[0].names, -pair[0].weight),
    )
    # What stands elsewhere is not what is missing.
    uncovered = [term for term, value in lacking if value < KNOWN]
    nouns = [term.surface for term in question.terms if term.names]
    probability = 1 / (1 + math.exp(-logit))
    nowhere = share == 0 and _is_seen_nowhere(question, ranking)
    unheard = unheard_of(index, question)
    if (
        nowhere
        or unheard
        or _lacks_its_subject(question, ranking, places, home)
        or lacks_a_denial(question.text, quoted)
    ):
        probability = min(probability, UNHELD)
    return Judgement(
        probability,
        threshold,
        missing_kind=_missing_kind(index, question, ranking, places),
        missing_label=name if name and not spells_out(name, text) else "",
        missing_years=years,
        years_elsewhere=bool(years)
        and all(any(year in normalize(document.text) for document in index.documents()) for year in years),
        missing_number=unconfirmed(question.text, question.numbers, nouns, said, text),
        missing_terms=unheard or tuple(term.surface for term in uncovered),
        missing_things=bool(unheard) or any(term.names for term in uncovered),
        at_home=home,
    )


def signals_of(
    index: Index, question: SubQuestion, ranking: Ranking, places: Sequence[int], documents: Sequence[str] = ()
) -> dict[str, float]:
    """The signals of the chosen chunks, by name, each about in [0, 1]; `documents` as in `judge`."""
    weights = term_weights(ranking.terms)
    features = {name: ranking.features[:, i] for i, name in enumerate(FEATURES)}
    chosen = list(places)
    held = _held(ranking, chosen)
    if question.asked.actors and len(places) > ACTORS:
        # Who is given a task each has one, whatever it is called.
        held = np.where([term.surface in _TASKS for term in ranking.terms], 1.0, held)
    names = np.array([term.names for term in ranking.terms], np.float64)
    missing = np.array([term.weight for term in ranking.terms], np.float64) * (1 - held)
    return {
        # Of all that was read, not only what was chosen: where another passage answers, the question has an answer.
        "answers": max(ranking.answers, default=0.0) / ODDS,
        "cover": float(weights @ held) if len(weights) else 0.0,
        "cover_clause": float(features["cover_clause"][chosen].max()),
        # Who names one thing and nothing else (关于职教城) wants to read what is said of it, not of something like it.
        "sole": float(len(held) == 1 and held[0] >= LITERAL),
        "dense": float(features["dense"][chosen].max()),
        "dense_gap": float(features["dense"].max() - features["dense"][chosen[0]]),
        "list_found": float(features["list"][chosen[0]]),
        "head_asked": float(any(term.surface == question.head for term in ranking.terms)),
        "worst_verb": float((missing * (1 - names)).max()) if len(missing) else 0.0,
        # Of many documents on like matters one or another has a passage that looks as if it answered; of two, hardly.
        "several": 1 - min(1.0, 2 / max(1, searched(index, documents))),
    }


def broad_signals(
    index: Index, question: SubQuestion, ranking: Ranking, places: Sequence[int], signals: Mapping[str, float]
) -> dict[str, float]:
    """The signals that count in a broad corpus, by name: of the chosen chunks, and of the first one's whole document.

    `signals` are those that `signals_of` gives for the same chunks.
    Where the document cannot be asked (an English question) what the chunk holds of the terms counts.
    """
    chosen = list(places)
    weights = term_weights(ranking.terms)
    held = _held(ranking, chosen)
    document = held_by(index, question.text, index.chunks[ranking.rows[chosen[0]]].document)
    return {
        "similarity": max(ranking.similarity[place] for place in chosen),
        "dense": signals["dense"],
        "cover_clause": signals["cover_clause"],
        "worst": float((weights * (1 - held)).max()) if len(weights) else 1.0,
        "held": signals["cover"] if document is None else document,
    }


def _best(ranking: Ranking) -> NDArray[np.float64]:
    """For each term the degree to which any chunk that was found holds it, shape (terms,)."""
    return np.asarray(ranking.support.max(axis=1), np.float64) if ranking.support.size else np.zeros(len(ranking.terms))


def _held(ranking: Ranking, places: Sequence[int]) -> NDArray[np.float64]:
    """For each term the degree to which the chosen chunks, or the headings above them, hold it, shape (terms,)."""
    chosen = list(places)
    return np.asarray(np.maximum(ranking.support[:, chosen], ranking.heading[:, chosen]).max(axis=1), np.float64)


def _clause_text(index: Index, ranking: Ranking, place: int) -> str:
    chunk = index.chunks[ranking.rows[place]]
    return "".join(index.text(row) for row in index.clause_rows(chunk.document, chunk.position))


def _on_the_subject(ranking: Ranking, places: Sequence[int], sentences: Sequence[str]) -> list[str]:
    """The sentences of the chosen chunks that name what is asked about, as far as any does; 通车 names nothing."""
    weights = np.array([term.weight * (term.names and not is_an_end(term.surface)) for term in ranking.terms])
    named = (weights @ (ranking.support >= KNOWN))[list(places)]
    return [said for said, cover in zip(sentences, named, strict=True) if cover >= SUBJECT_SHARE * named.max()]


def _missing_kind(index: Index, question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> Kind | None:
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


def _at_home(index: Index, ranking: Ranking, places: Sequence[int]) -> tuple[str, ...]:
    """The places that a question names and that stand in the title of a document of the chosen chunks."""
    titles = [index.document(index.chunks[ranking.rows[place]].document).record.title for place in places]
    return tuple(
        term.surface
        for term in ranking.terms
        if term.place and any(word in title for word, degree in term.standins if degree >= 1.0 for title in titles)
    )


def _lacks_its_subject(question: SubQuestion, ranking: Ranking, places: Sequence[int], home: Sequence[str]) -> bool:
    """Whether the chosen chunks hold nothing of what a question names (攀枝花修轻轨吗), or is to be given (给房子吗).

    All of a document is about the place in its title, and words as common as 产业 and 发展 tell nothing. To a
    small network words that share a character look alike (轻轨, 接轨); where more is asked than one word, what it names
    may stand there in other words, and then the cross-encoder must see nothing in it either. What something is to be
    (是不是三甲) it must see likelier than not; of one thing that is done (谁牵头), in other words too, it must be sure.
    """
    own = [i for i, term in enumerate(ranking.terms) if term.surface not in home]
    telling = [i for i in own if ranking.terms[i].weight >= TELLING]
    given = _GIVEN.search(question.text) if question.asked.yes_no else None
    given = None if given and _WHICH.search(given["thing"]) else given
    if given:
        telling = [i for i in telling if given["thing"].endswith(ranking.terms[i].surface)] or telling
    if not telling:
        return False
    held = np.maximum(ranking.support[telling], ranking.heading[telling])[:, list(places)].max(axis=1)
    if not question.text.isascii() and any(
        _ACRONYM.fullmatch(ranking.terms[i].surface) and share < FIRM for i, share in zip(telling, held, strict=True)
    ):
        # GDP目标 is no other target.
        return True
    named = any(ranking.terms[i].names for i in telling)
    least = EVEN if given and given[0].startswith("是不是") else UNLIKELY
    seen = least if len(own) > 1 else math.inf if named else SURE
    if max(ranking.answers, default=0.0) >= seen:
        return False
    return float(held.max()) < FIRM


def _is_seen_nowhere(question: SubQuestion, ranking: Ranking) -> bool:
    """Whether a kind of answer is asked for, and the cross-encoder sees none in anything that it has read.

    失业金能领几个月 has its words and a number of months in a sentence on something else. Where no kind is asked for
    (职教城, “十四五”要开工哪几条高速公路) words tell better.
    """
    if question.asked.count_unit is None and all(kind.topical for kind in question.asked.kinds):
        return False
    return bool(ranking.answers) and max(ranking.answers) <= UNSEEN


def _speaks_of(question: SubQuestion, text: str) -> bool:
    """Whether a text holds the noun that is counted: 设几个站, 有多少个委员; True where none is named."""
    if not question.noun or question.noun in text:
        return True
    term = next((term for term in question.terms if term.surface == question.noun), None)
    return term is not None and term.support(text) >= FIRM


def _forbears(question: SubQuestion, ranking: Ranking, places: Sequence[int]) -> bool:
    """Whether it is asked if something may be done (金沙江能不能游泳) of which the chosen chunks say nothing."""
    match = _MAY.search(question.text)
    if match is None or _WHICH.search(question.text):
        return False
    behind = question.text[match.end() :]
    doing = [(i, term) for i, term in enumerate(ranking.terms) if term.surface in behind]
    support = np.maximum(ranking.support, ranking.heading)
    held = any(float(support[i, list(places)].max()) >= FIRM for i, _ in doing)
    return not held and any(term.weight >= TELLING for _, term in doing)


PERMISSION = Kind("permission", re.compile("$^"), None, ("许可或禁止", "a permission or prohibition"))
MEANING = Kind("meaning", re.compile("$^"), None, ("含义", "the meaning"))
COUNT = Kind("count", re.compile("$^"), None, ("数量", "a number"))
