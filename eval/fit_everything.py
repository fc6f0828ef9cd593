"""Questions that ask for everything → the weights by which a clause belongs to a matter (`everything` in `model.json`).

Fitted on the split `all-dev`, whose questions ask for all that the decision says on something, and, each counting less,
on the questions of `dev` for a list: these are answered by one clause or two, so that what they lack is told apart from
what merely lies near. A logistic regression over `SIGNALS` of the clauses that are looked at closely; its figures are
cross-validated by question.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.answering.everything import SIGNALS
from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import Query
from eval.datasets import DECISION, Question, load_questions
from eval.fit import MODEL

NARROW = 0.2
"""What a clause counts that is looked at for a question for a list, beside one for a question for everything."""
THRESHOLD = 0.4
"""The probability from which a clause belongs: fewer that are wrong cost more of those that are right."""

Matrix = NDArray[np.float64]


@dataclass(slots=True)
class Observations:
    """The clauses that were looked at: signals, shape (n, len(SIGNALS)), whether each belongs, its weight, question."""

    signals: Matrix
    belongs: NDArray[np.bool_]
    weights: Matrix
    questions: NDArray[np.int64]


def observe(questions: list[tuple[Question, float]], assistant: Assistant) -> Observations:
    """Look through the decision for each question. What may be cited and need not is left out."""
    signals, belongs, weights, asked = [], [], [], []
    for number, (question, weight) in enumerate(questions):
        index, considered = assistant.look_through(Query(question.question))
        for clause in considered:
            document, position = clause.place
            cited = index.document(document).clauses[position].number
            if cited in question.acceptable:
                continue
            signals.append([clause.signals[name] for name in SIGNALS])
            belongs.append(cited in question.clauses)
            weights.append(weight)
            asked.append(number)
    return Observations(np.array(signals), np.array(belongs, bool), np.array(weights), np.array(asked))


def fit(seen: Observations, rows: NDArray[np.int64]) -> LogisticRegression:
    """The model fitted on those rows."""
    model = LogisticRegression(C=0.5, max_iter=5000)
    model.fit(seen.signals[rows], seen.belongs[rows], sample_weight=seen.weights[rows])
    return model


def cross_validate(seen: Observations, folds: int = 10) -> dict[str, float]:
    """How clauses of questions for everything are told apart by weights fitted on other questions."""
    chances = np.zeros(len(seen.belongs))
    for known, held_out in GroupKFold(folds).split(seen.signals, seen.belongs, seen.questions):
        chances[held_out] = fit(seen, known).predict_proba(seen.signals[held_out])[:, 1]
    broad = seen.weights == 1
    chosen, right = chances[broad] >= THRESHOLD, seen.belongs[broad]
    return {
        "clauses looked at for everything": float(broad.sum()),
        "AUROC of belonging": float(roc_auc_score(right, chances[broad])),
        "precision of belonging": float(right[chosen].mean()),
        "recall of belonging": float(chosen[right].mean()),
    }


def run(settings: Settings) -> dict[str, float]:
    """Fit the weights, write them to `model.json`, and return the cross-validated figures.

    Args:
        settings: those of the ingested decision.
    """
    everything = [(question, 1.0) for question in load_questions(DECISION / "all-dev.jsonl") if question.clauses]
    lists = [
        (question, NARROW)
        for question in load_questions(DECISION / "dev.jsonl")
        if question.kind == "list" and question.status == {"answered"} and not question.history
    ]
    seen = observe([*everything, *lists], open_assistant(settings))
    weights = fit(seen, np.arange(len(seen.belongs)))
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    model["everything"] = {
        "threshold": THRESHOLD,
        "bias": round(float(weights.intercept_[0]), 3),
        "weights": {name: round(float(w), 3) for name, w in zip(SIGNALS, weights.coef_[0], strict=True)},
    }
    MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    return cross_validate(seen)
