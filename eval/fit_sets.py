"""The folders of cmrc2018, drcd and stard → corpora of many documents, of which a part is left out, and questions.

What is left out makes questions that the corpus does not answer, though it holds much that is like them: the rest of
the same article, another statute on the same matter. All three sets may be fitted on (CC BY-SA, MIT).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.suites.base import SEED, T
from eval.suites.public import read_passages
from eval.suites.spans import sample
from eval.suites.stard import law_texts, read_articles, read_questions

MOST = 400
"""Questions of each sort (answered by the corpus, not answered) taken of a set."""
PASSAGES_OUT = 0.5
"""Share of cmrc2018's passages, of stard's questions, that are left out with their answers."""
TITLES_OUT, REST_OUT = 0.35, 0.25
"""Share of drcd's articles that are left out, and of the passages of those that stay."""
OTHER_ARTICLES = 600
"""Statutes besides those that answer a question of stard."""


@dataclass(frozen=True, slots=True)
class SetQuestion:
    """A question; `documents` are those that answer it, of which any will do, `answers` its words there, if known."""

    text: str
    documents: frozenset[str] = frozenset()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FitSet:
    """A corpus, document id → text, and questions; those without documents are not answered in it."""

    name: str
    texts: Mapping[str, str]
    questions: Sequence[SetQuestion]


def _cmrc2018(folder: Path) -> FitSet:
    texts, questions = read_passages(folder, "dev")
    kept = set(_part(sorted(texts), 1 - PASSAGES_OUT))
    return _fit_set(
        "cmrc2018",
        {name: text for name, text in texts.items() if name in kept},
        [
            SetQuestion(q.question, frozenset({q.document}), q.answers)
            if q.document in kept
            else SetQuestion(q.question)
            for q in questions
        ],
    )


def _drcd(folder: Path) -> FitSet:
    """One document an article: passages of one title make one, in their order."""
    texts, questions = read_passages(folder, "dev_simp")
    title = {name: text.partition("\n")[0] for name, text in texts.items()}
    titles = set(_part(sorted(set(title.values())), 1 - TITLES_OUT))
    kept = set(_part([name for name in sorted(texts) if title[name] in titles], 1 - REST_OUT))
    articles: dict[str, list[str]] = {}
    for name in sorted(kept):
        articles.setdefault(title[name], [title[name]]).append(texts[name].partition("\n")[2])
    ids = {one: f"a{number:04d}" for number, one in enumerate(sorted(articles))}
    return _fit_set(
        "drcd",
        {ids[one]: "\n".join(parts) for one, parts in articles.items()},
        [
            SetQuestion(q.question, frozenset({ids[title[q.document]]}), q.answers)
            if q.document in kept
            else SetQuestion(q.question)
            for q in questions
        ],
    )


def _stard(folder: Path) -> FitSet:
    """One document an article of a statute, under the name of its law."""
    articles, same = read_articles(folder)
    questions = read_questions(folder, same)
    left_out = {number for _, _, numbers, _ in _part(questions, PASSAGES_OUT) for number in numbers}
    gold = {number for _, _, numbers, _ in questions for number in numbers}
    others = {article.id for article in sample([a for a in articles if a.id not in gold], OTHER_ARTICLES)}
    laws = law_texts([a for a in articles if a.id in others | (gold - left_out)], whole=False)
    document = {law.articles[0]: name for name, law in laws.items()}
    return _fit_set(
        "stard",
        {name: law.text for name, law in laws.items()},
        [
            SetQuestion(text, frozenset(document[n] for n in numbers if n in document))
            for _, text, numbers, _ in questions
        ],
    )


READERS: Mapping[str, Callable[[Path], FitSet]] = {"cmrc2018": _cmrc2018, "drcd": _drcd, "stard": _stard}
"""Name of a set, and of its folder → its reader."""


def read_fit_sets(data: Path) -> list[FitSet]:
    """The sets whose folders lie in `data`, in a fixed order."""
    return [read(data / name) for name, read in READERS.items() if (data / name).is_dir()]


def _fit_set(name: str, texts: Mapping[str, str], questions: Sequence[SetQuestion]) -> FitSet:
    chosen = [q for sort in (True, False) for q in sample([q for q in questions if bool(q.documents) == sort], MOST)]
    return FitSet(name, texts, chosen)


def _part(items: Sequence[T], share: float) -> list[T]:
    """That share of the items, drawn with a fixed seed."""
    return random.Random(SEED).sample(list(items), round(len(items) * share))
