"""Questions with known answers → the weights of the ranker and of the answerability model (`model.json`).

Fitted on the dev splits of the decision, on the questions over the decision, public statutes, local rules and plans in
`eval/data/train`, and on plain questions on words of the latter two; never on a test split, and on none that the
cross-encoder was trained on, which says of those what it was told. The ranker is a listwise softmax over a question's
candidate chunks (the likelihood that the chunk on top holds a fact of a gold clause), its weights bounded below by 0;
answerability is a logistic regression over signals of the chosen chunks. Local rules, plans and words bear on the
latter only, and the first two on what the cross-encoder counts beside the ranker. Reported figures are cross-validated
by question.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from assistant.answering.answerability import SIGNALS, load_model, signals_of
from assistant.answering.found import Found
from assistant.answering.ranking import FEATURES, UNREAD
from assistant.config import Settings
from assistant.indexing.index import Index
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query, Turn
from eval.datasets import ReadingQuestion, read_reading_questions
from eval.suites.words import TEXTS, chosen
from eval.training.own_pairs import Compact, Span, holds

DATA = Path(str(files("eval"))) / "data"
MODEL = Path(str(files("assistant.answering"))) / "model.json"
SHARE = {"dev": 1.5, "hard-dev": 0.7, "decision": 0.8, "statutes": 0.6, "rules": 0.5, "plans": 1.0, "words": 0.15}
"""What a question of each set counts in the answerability model."""
THRESHOLD = 0.5
"""The least probability with which passages are quoted: a refusal is better than a guess that is likelier wrong."""
WORDS = 15
"""Words of each corpus that are asked about plainly, and as many that it does not hold; one more for each document."""
IN_A_CORPUS = 8
"""How many local rules are searched together: what a town has on one matter."""
RANKED = ("dev", "hard-dev", "decision", "statutes")
"""The sets on which the ranker is fitted."""
READ = ("dev", "rules", "plans")
"""The sets on which what the cross-encoder counts beside the ranker is fitted."""
L2 = 0.01
"""Penalty on the ranker's squared weights."""
PINNED = {"kind": 1.0, "label": 12.0, "year": 3.0}
"""Weights that are at least this, whatever the fit says: few questions ask for a strict kind of answer."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what is known of it.

    Attributes:
        clauses: those that answer.
        wide: those that may be cited as well.
        facts: what they say, one of the alternatives of each.
        stretches: over local rules and plans, instead of these three, where in the document it is answered.
        word: instead of all of these, a word that must stand in what is shown.
    """

    source: str
    query: Query
    answerable: bool
    document: str
    clauses: frozenset[int]
    wide: frozenset[int]
    facts: tuple[tuple[str, ...], ...]
    stretches: tuple[Span | None, ...] = ()
    word: str = ""


@dataclass(slots=True)
class Observations:
    """What the examples look like to the models."""

    candidates: list[Matrix]
    """For each answerable question the features of its candidates, shape (n, len(FEATURES))."""
    right: list[NDArray[np.bool_]]
    """Which of them hold a fact of a gold clause."""
    signals: Matrix
    """Signals of the chosen chunks of each judged question, shape (m, len(SIGNALS))."""
    answered: NDArray[np.bool_]
    """Whether those chunks answer it."""
    sources: NDArray[np.str_]
    read: list[tuple[Matrix, Matrix, NDArray[np.bool_]]]
    """For each answerable question of what was read: scores, log-odds, which hold a fact of a gold clause."""


def load_examples(settings: Settings, folder: Path) -> Iterator[tuple[list[Example], Assistant]]:
    """The questions of each corpus, with an assistant that holds it; a planning document is a corpus of its own.

    Args:
        settings: those of the ingested decision.
        folder: an empty one, into whose folders the other documents are ingested.
    """

    def holding(name: str, *sources: Path) -> Assistant:
        own = settings.model_copy(update={"data_dir": folder / name})
        ingest(sources, own)
        return open_assistant(own)

    decision = open_assistant(settings)
    document = decision.documents()[0].id
    yield [*_dev("dev", document), *_dev("hard-dev", document), *_train("decision")], decision
    yield _train("statutes"), holding("statutes", DATA / "train" / "documents")
    for source, together in (("rules", IN_A_CORPUS), ("plans", 1)):
        asked = read_reading_questions(DATA / "train" / source / "questions.jsonl")
        paths = sorted((DATA / "train" / source / "documents").glob("*.txt"))
        for first in range(0, len(paths), together):
            held = paths[first : first + together]
            assistant = holding(f"{source}-{first}", *held)
            names = {path.stem for path in held}
            yield _read(source, [one for one in asked if one.document in names], assistant), assistant
            yield _words(assistant, WORDS + len(held)), assistant


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _dev(split: str, document: str) -> list[Example]:
    found = []
    for row in _lines(DATA / "decision" / f"{split}.jsonl"):
        if row["kind"] in ("overview", "clause") or row["status"][0] == "partial":
            continue
        history = tuple(Turn(turn["question"], turn.get("answer", "")) for turn in row["history"])
        clauses = frozenset(row["clauses"])
        found.append(
            Example(
                split,
                Query(row["question"], history),
                bool({"answered", "partial"} & set(row["status"])),
                document,
                clauses,
                clauses | frozenset(row["acceptable"]),
                tuple(map(tuple, row["facts"])),
            )
        )
    return found


def _train(name: str) -> list[Example]:
    return [
        Example(
            name,
            Query(row["question"]),
            row["answerable"],
            row["document"],
            frozenset(row["clauses"]),
            frozenset(row["clauses"]),
            tuple(map(tuple, row["facts"])),
        )
        for row in _lines(DATA / "train" / f"{name}.jsonl")
    ]


def _read(source: str, questions: Sequence[ReadingQuestion], assistant: Assistant) -> list[Example]:
    """Questions over documents that the assistant holds."""
    compact = {document.id: Compact(document.text) for document in assistant.documents()}
    return [
        Example(
            source,
            Query(asked.text),
            asked.answerable,
            asked.document,
            frozenset(),
            frozenset(),
            (),
            tuple(compact[asked.document].find(stretch) for stretch in (*asked.evidence, *asked.also)),
        )
        for asked in questions
    ]


def _words(assistant: Assistant, count: int) -> list[Example]:
    """Plain questions on words that the assistant's documents hold, and on as many that they do not."""
    others = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    nothing: frozenset[int] = frozenset()
    return [
        Example("words", Query(case.question), case.held, "", nothing, nothing, (), word=case.word)
        for case in chosen(assistant.documents(), others, count)
    ]


def observe(asked: Iterable[tuple[Sequence[Example], Assistant]]) -> Observations:
    """Ask assistants what they see of the examples over what they hold."""
    candidates, right, signals, answered, sources, read = [], [], [], [], [], []
    for example, assistant in ((one, assistant) for examples, assistant in asked for one in examples):
        index, found = assistant.examine(example.query)
        if len(found) != 1 or not found[0].ranking.rows:
            continue
        one = found[0]
        if example.answerable:
            labels = _labels(index, one, example)
            if labels.any() and not labels.all() and example.source in RANKED:
                candidates.append(one.ranking.features)
                right.append(labels)
            count = sum(odds != UNREAD for odds in one.ranking.answers)
            if example.source in READ and labels[:count].any():
                odds = np.array(one.ranking.answers[:count])
                read.append((one.ranking.scores[:count], odds, labels[:count]))
        good = example.answerable and _is_found(index, one.ranking.rows[0], example)
        # A question whose answer was not found says nothing on whether it has one; a blocked one never gets there.
        if example.answerable != good or one.judgement.blocked:
            continue
        named = signals_of(index, one.question, one.ranking, one.places)
        signals.append([named[name] for name in SIGNALS])
        answered.append(good)
        sources.append(example.source)
    return Observations(candidates, right, np.array(signals), np.array(answered, bool), np.array(sources), read)


def _is_found(index: Index, row: int, example: Example) -> bool:
    """Whether a chunk may be cited in answer to an example."""
    if example.word:
        return example.word in index.chunks[row].text
    if example.stretches:
        return index.chunks[row].document == example.document and holds(index, row, example.stretches)
    return _clause(index, row) in {(example.document, number) for number in example.wide}


def _clause(index: Index, row: int) -> tuple[str, int]:
    chunk = index.chunks[row]
    return chunk.document, index.document(chunk.document).clauses[chunk.position].number


def _labels(index: Index, found: Found, example: Example) -> NDArray[np.bool_]:
    if example.stretches or example.word:
        return np.array([_is_found(index, row, example) for row in found.ranking.rows], bool)
    gold = {(example.document, number) for number in example.clauses}
    return np.array(
        [
            _clause(index, row) in gold
            and any(_bare(one) in _bare(index.chunks[row].text) for fact in example.facts for one in fact)
            for row in found.ranking.rows
        ],
        bool,
    )


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).lower()


def fit_ranker(seen: Observations, rows: Sequence[int], start: Matrix) -> Matrix:
    """Weights of the ranker, shape (len(FEATURES),), fitted on the questions of those rows."""

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        total, slope = 0.0, np.zeros_like(weights)
        for row in rows:
            scores = seen.candidates[row] @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            hit = float(share[seen.right[row]].sum()) + 1e-9
            total -= float(np.log(hit))
            slope -= seen.candidates[row].T @ (np.where(seen.right[row], share, 0.0) / hit - share)
        return total / len(rows) + L2 * float(weights @ weights) / 2, slope / len(rows) + L2 * weights

    return np.asarray(minimize(loss, start, jac=True, bounds=[(0, None)] * len(start)).x)


def fit_share(seen: Observations) -> tuple[float, float]:
    """What the cross-encoder's log-odds count beside the ranker's score, and the share of right first chunks then."""
    shares = np.arange(0.0, 2.01, 0.05)
    hits = [np.mean([right[np.argmax(scores + share * odds)] for scores, odds, right in seen.read]) for share in shares]
    # The least within one standard error of the best: what the words say plainly, the network must not outweigh.
    best = float(max(hits))
    error = float(np.sqrt(best * (1 - best) / len(seen.read)))
    return float(min(share for share, hit in zip(shares, hits, strict=True) if hit >= best - error)), best


def fit_answerability(seen: Observations, rows: NDArray[np.int64]) -> LogisticRegression:
    """The answerability model fitted on those rows."""
    share = np.array([SHARE[source] for source in seen.sources[rows]])
    model = LogisticRegression(C=0.3, max_iter=5000)
    model.fit(seen.signals[rows], seen.answered[rows], sample_weight=share)
    return model


def cross_validate(seen: Observations, start: Matrix, folds: int = 5) -> dict[str, float]:
    """Share of questions whose top chunk is right, and AUROC of answerability by source, on held-out questions."""
    order = np.random.default_rng(0).permutation(len(seen.candidates))
    hits = []
    for fold in range(folds):
        held_out = order[fold::folds]
        weights = fit_ranker(seen, [int(row) for row in np.setdiff1d(order, held_out)], start)
        hits += [bool(seen.right[row][np.argmax(seen.candidates[row] @ weights)]) for row in held_out]
    chances = np.zeros(len(seen.answered))
    splitter = StratifiedKFold(folds, shuffle=True, random_state=0)
    for known, held_out in splitter.split(seen.signals, seen.answered):
        chances[held_out] = fit_answerability(seen, known).predict_proba(seen.signals[held_out])[:, 1]
    figures = {"questions ranked": float(len(hits)), "top chunk right": float(np.mean(hits))}
    for source in SHARE:
        mine = seen.sources == source
        if len(set(seen.answered[mine])) == 2:
            figures[f"AUROC {source}"] = float(roc_auc_score(seen.answered[mine], chances[mine]))
    return figures


def run(settings: Settings) -> dict[str, float]:
    """Fit both models, write them to `model.json`, and return the cross-validated figures.

    Args:
        settings: those of the ingested decision; the other documents are ingested into temporary folders.
    """
    with tempfile.TemporaryDirectory() as folder:
        seen = observe(load_examples(settings, Path(folder)))
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    start = np.array([model["ranking"].get(name, 0.5) for name in FEATURES])
    figures = cross_validate(seen, start)
    ranker = fit_ranker(seen, range(len(seen.candidates)), start)
    judge = fit_answerability(seen, np.arange(len(seen.answered)))
    share, figures["first chunk right after reading"] = fit_share(seen)
    model["threshold"] = THRESHOLD
    model["reading_share"] = round(share, 2)
    model["ranking"] = {
        name: round(max(float(w), PINNED.get(name, 0.0)), 3) for name, w in zip(FEATURES, ranker, strict=True)
    }
    model["answerability"] = {
        "bias": round(float(judge.intercept_[0]), 3),
        "weights": {name: round(float(w), 3) for name, w in zip(SIGNALS, judge.coef_[0], strict=True)},
    }
    MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    load_model.cache_clear()
    return figures
