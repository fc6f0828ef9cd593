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
from assistant.answering.degrees import EVEN, FIRM, KNOWN, LITERAL, SURE, TELLING, UNLIKELY
from assistant.answering.kinds import Kind
from assistant.answering.labels import spells_out
from assistant.answering.missing_kind import WHICH, missing_kind
from assistant.answering.naming import unheard_of
from assistant.answering.opposites import lacks_a_denial
from assistant.answering.quantities import unconfirmed
from assistant.answering.ranking import FEATURES, Ranking, term_weights
from assistant.answering.sub_question import SubQuestion
from assistant.answering.tasks import ACTORS
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


_ACRONYM = re.compile(r"gdp|gnp|gni|cpi|ppi|pmi|wto|rcep|ppp|ipo|fdi|vat|esg")
"""What no other figure stands for; other Latin words in a Chinese question (road) mean what their glosses do."""
_GIVEN = re.compile(
    r"(?:有没有|有无|是不是|[给送发分有包建修设](?:不[给送发包建修设])?|提供|配备|安排|([招收卖租])不(?=\1))"
    r"(?P<thing>[\u3400-\u9fff]{2,6}?)"
    r"[吗么嘛不没]?[呢啊呀的?。]*$"
)
"""That something is given, built, there or so is asked: 人才来了给房子吗, 医院是不是三甲."""
_TASKS = ("任务", "分工", "定位", "职责", "职能", "安排", "tasks", "task")
ODDS = 4.0
"""What log-odds are divided by, to be signals about as large as others."""
UNHELD = 0.2
"""Probability, at most, where the one thing that is asked about is not held: below any threshold."""
NAMED_SHARE = 0.25
"""Share of the most telling term's weight from which one that is not held is named in a refusal."""
UNSEEN = -3.0
"""Log-odds up to which no chunk is taken to answer. Of the dev questions answered below it, one in two was right."""


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
        missing_kind=missing_kind(index, question, ranking, places),
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
    odds = max(ranking.answers, default=0.0)
    if question.asked.actors and len(places) > ACTORS:
        # Who is given a task each has one, whatever it is called; who reads one of them does not see that it answers.
        held = np.where([term.surface in _TASKS for term in ranking.terms], 1.0, held)
        odds = max(odds, EVEN)
    names = np.array([term.names for term in ranking.terms], np.float64)
    missing = np.array([term.weight for term in ranking.terms], np.float64) * (1 - held)
    return {
        # Of all that was read, not only what was chosen: where another passage answers, the question has an answer.
        "answers": odds / ODDS,
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
    (是不是三甲) it must see likelier than not; of one thing that is done (谁牵头), in other words too, it must be sure;
    so it must of what says of which kind something common is (芒果产业).
    """
    own = [i for i, term in enumerate(ranking.terms) if term.surface not in home]
    telling = [i for i in own if ranking.terms[i].weight >= TELLING]
    given = _GIVEN.search(question.text) if question.asked.yes_no else None
    given = None if given and WHICH.search(given["thing"]) else given
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
    if any(_says_what_kind(ranking, i, own, question.text) for i in telling):
        least = SURE
    seen = least if len(own) > 1 else math.inf if named else SURE
    if max(ranking.answers, default=0.0) >= seen:
        return False
    return float(held.max()) < FIRM


def _says_what_kind(ranking: Ranking, at: int, own: Sequence[int], text: str) -> bool:
    """Whether a name stands right before a common one that it narrows down."""
    term, others = ranking.terms[at], (ranking.terms[i] for i in own)
    common = (other.surface for other in others if other.names and other.weight < TELLING)
    return term.names and any(term.surface + surface in text for surface in common)


def _is_seen_nowhere(question: SubQuestion, ranking: Ranking) -> bool:
    """Whether a kind of answer is asked for, and the cross-encoder sees none in anything that it has read.

    失业金能领几个月 has its words and a number of months in a sentence on something else. Where no kind is asked for
    (职教城, “十四五”要开工哪几条高速公路) words tell better.
    """
    if question.asked.count_unit is None and all(kind.topical for kind in question.asked.kinds):
        return False
    return bool(ranking.answers) and max(ranking.answers) <= UNSEEN
