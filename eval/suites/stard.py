"""STARD: lay legal questions → the statute articles that answer them. Retrieval only.

Over all articles, those of one law make one document, each under its label 第…条 as in the law itself, so that the
parser for clauses is measured too. A sample would leave laws full of gaps; there each article is a document with the
law's name as its title. Articles of the same words count as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.config import Settings
from assistant.ingestion import parse_numeral
from assistant.ingestion.cleaning import strip_white
from assistant.pipeline import open_assistant
from assistant.schema import Evidence
from eval.datasets import read_lines, required
from eval.errors import DataMissing, InvalidData
from eval.figures import LATENCY, Spec
from eval.metrics.ranking import distinct, hit_at_k, ndcg_at_k, recall_at_k, reciprocal_rank
from eval.results import Item
from eval.suites.base import Options, Prepared, Progress
from eval.suites.corpora import Compact, ensure_ingested
from eval.suites.shown import shown_evidence
from eval.suites.spans import sample
from eval.systems import Engine, System, search

TOP_K = 300
"""Chunks searched for, so that 100 articles are among them."""
OTHERS = 4000
"""Articles besides the gold ones, unless --corpus-limit says otherwise: embedding all 57,593 takes half an hour."""
SHOWN = 3

_NAME = re.compile(r"(.+?)(第([零〇○一二三四五六七八九十百千\d]+)条(?:之[一二三四五六七八九十]+)?.*)")

SPECS = (
    Spec("recall@100", "Recall@100", "Share of the gold articles among the first 100.", aim=0.75, headline=True),
    Spec("recall@10", "Recall@10", "Share of the gold articles among the first 10.", headline=True),
    Spec("recall@5", "Recall@5", "Share of the gold articles among the first 5.", headline=True),
    Spec("hit@1", "Hit@1", "A gold article is first.", headline=True),
    Spec("hit@5", "Hit@5", "A gold article is among the first 5."),
    Spec("mrr@10", "MRR@10", "Mean of 1 / rank of the first gold article.", unit="score"),
    Spec("ndcg@10", "nDCG@10", "Normalised discounted cumulative gain of the first 10 articles.", unit="score"),
    *LATENCY,
)


@dataclass(frozen=True, slots=True)
class Article:
    """A statute article; `law` and `label` are the two halves of its name."""

    id: int
    law: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LawText:
    """A document made of articles: their ids in order, and where each begins, in compact offsets."""

    articles: tuple[int, ...]
    starts: tuple[int, ...]
    text: str


def read_articles(folder: Path) -> tuple[list[Article], dict[int, int]]:
    """Read the statutes; the ids of articles of the same words lead to the first of them.

    Returns:
        The distinct articles, and id → id of the distinct article.
    """
    articles: list[Article] = []
    same: dict[int, int] = {}
    first: dict[str, int] = {}
    for place, value in read_lines(folder / "statutes.jsonl.gz"):
        number, text = required(place, value, "id", int), required(place, value, "text", str)
        name = _NAME.fullmatch(required(place, value, "name", str))
        if not name:
            raise InvalidData(f"{place}: the name does not end in 第…条")
        words = strip_white(text)
        if words not in first:
            first[words] = number
            articles.append(Article(number, name[1], name[2], text))
        same[number] = first[words]
    return articles, same


def law_texts(articles: Sequence[Article], whole: bool) -> dict[str, LawText]:
    """The documents: one a law, its articles in the order of their numbers, or one an article; document id → text.

    Args:
        articles: what to lay out.
        whole: whether they are whole laws.
    """
    groups: dict[tuple[str, int], list[Article]] = {}
    for article in articles:
        groups.setdefault((article.law, 0 if whole else article.id), []).append(article)
    texts = {}
    for number, ((law, _), members) in enumerate(sorted(groups.items())):
        members.sort(key=_order)
        pieces = [f"{article.label}\u3000{article.text.strip()}\n" for article in members]
        starts, at = [], len(Compact(law))
        for piece in pieces:
            starts.append(at)
            at += len(Compact(piece))
        text = f"{law}\n\n{''.join(pieces)}"
        texts[f"law{number:05d}"] = LawText(tuple(article.id for article in members), tuple(starts), text)
    return texts


def _order(article: Article) -> tuple[int, str]:
    found = _NAME.fullmatch(article.law + article.label)
    return (parse_numeral(found[3]) or 0 if found else 0), article.label


@dataclass(frozen=True, slots=True)
class Statutes:
    """Chunks of ingested laws → the articles they lie in."""

    laws: Mapping[str, LawText]
    compact: dict[str, Compact]

    def article(self, engine: Engine, evidence: Evidence) -> int | None:
        """The article that holds the middle of a chunk; None for the law's title."""
        chunk = evidence.chunk
        law = self.laws[chunk.document]
        if chunk.document not in self.compact:
            self.compact[chunk.document] = Compact(engine.document(chunk.document).text)
        start, end = self.compact[chunk.document].span(chunk.start, chunk.end)
        at = bisect_right(law.starts, (start + end) // 2) - 1
        return law.articles[at] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class StardCase:
    """One question with the ids of its articles."""

    id: str
    question: str
    gold: frozenset[int]
    names: tuple[str, ...]
    statutes: Statutes

    def measure(self, system: System) -> Item:
        """Search, and rank the articles found."""
        found, milliseconds, error = search(system.engine, self.question, TOP_K)
        found_articles = (self.statutes.article(system.engine, evidence) for evidence in found)
        ranking = distinct(article for article in found_articles if article is not None)
        values = {f"recall@{k}": recall_at_k(ranking, self.gold, k) for k in (5, 10, 100)}
        values |= {f"hit@{k}": hit_at_k(ranking, self.gold, k) for k in (1, 5)}
        values |= {"mrr@10": reciprocal_rank(ranking, self.gold, 10), "ndcg@10": ndcg_at_k(ranking, self.gold, 10)}
        right = values["hit@5"] == 1
        return Item(
            id=self.id,
            question=self.question,
            right=right,
            labels={"kind": "one article" if len(self.gold) == 1 else "several articles"},
            problems=[] if right else ["no gold article among the first 5"],
            gold=[("article", name) for name in self.names],
            evidence=shown_evidence(system.engine, found[:SHOWN]),
            error=error,
            ratios={key: (value, 1.0) for key, value in values.items()} | {"crashes": (float(bool(error)), 1.0)},
            samples={} if error else {"latency_ms": milliseconds},
        )


@dataclass(frozen=True, slots=True)
class StardSuite:
    """The suite over STARD; right is a question with a gold article among the first 5."""

    name: str = "stard"
    about: str = "Lay legal questions over statute articles, retrieval only (--data)"
    dimensions: tuple[str, ...] = ("kind",)
    splits: tuple[str, ...] = ()
    specs: tuple[Spec, ...] = SPECS

    def prepare(self, options: Options, settings: Settings, progress: Progress) -> Prepared:
        """Read questions and statutes, ingest gold and other articles into the cache."""
        if options.data is None:
            raise DataMissing(f"the suite {self.name} needs --data, the folder of that set")
        articles, same = read_articles(options.data)
        asked = read_questions(options.data, same)
        gold = {number for _, _, numbers, _ in asked for number in numbers}
        limit = OTHERS if options.corpus_limit is None else options.corpus_limit
        others = sample([article for article in articles if article.id not in gold], limit if limit > 0 else None)
        chosen = {article.id for article in others} | gold
        whole = len(chosen) == len(articles)
        laws = law_texts([article for article in articles if article.id in chosen], whole)
        texts = {document_id: law.text for document_id, law in laws.items()}
        inside = ensure_ingested(self.name, texts, settings, options.cache, progress)
        _check(open_assistant(inside), laws)
        statutes = Statutes(laws, {})
        cases = [StardCase(*question, statutes) for question in sample(asked, options.limit)]
        sizes = {
            "questions": f"{len(cases)} of {len(asked)}",
            "articles": f"{len(chosen):,} of {len(articles):,} (gold {len(gold):,})",
            "documents": f"{len(laws):,}",
            "characters": f"{sum(map(len, texts.values())):,}",
        }
        if whole:
            return Prepared(inside, SPECS, cases, sizes)
        specs = tuple(replace(spec, aim=None) if spec.key == "recall@100" else spec for spec in SPECS)
        note = "Gold and some other articles only, which makes finding easier; the aim is for all (--corpus-limit 0)."
        return Prepared(inside, specs, cases, sizes, [note])


def read_questions(folder: Path, same: Mapping[int, int]) -> list[tuple[str, str, frozenset[int], tuple[str, ...]]]:
    """The questions: (id, text, numbers of the articles that answer, their names)."""
    questions = []
    for place, value in read_lines(folder / "queries.jsonl"):
        numbers, names = required(place, value, "match_id", list), required(place, value, "match_name", list)
        if unknown := [number for number in numbers if number not in same]:
            raise InvalidData(f"{place}: article {unknown[0]!r} is not among the statutes")
        gold = frozenset(same[number] for number in numbers)
        number = str(required(place, value, "query_id", int))
        questions.append((number, required(place, value, "question", str), gold, tuple(map(str, names))))
    return questions


def _check(engine: Engine, laws: Mapping[str, LawText]) -> None:
    """Raises `InvalidData` where ingesting changed more than white space: articles could not be found again."""
    for document_id, law in laws.items():
        if len(Compact(engine.document(document_id).text)) != len(Compact(law.text)):
            raise InvalidData(f"ingesting changed the text of {document_id} ({law.text.partition(chr(10))[0]})")
