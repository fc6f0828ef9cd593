"""Questions over corpora of many documents → the weights of answerability in a broad corpus (`broad` in `model.json`).

Fitted on cmrc2018, drcd and stard, each with a part of its documents left out; never on ncp_policy, which measures it.
A logistic regression over `BROAD_SIGNALS` of the chosen chunks. Its figures are those of each set for weights fitted on
the others.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answering.answerability import BROAD_SIGNALS, broad_signals, signals_of
from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import Query
from eval.errors import DataMissing
from eval.fit import MODEL
from eval.fit_sets import FitSet, read_fit_sets
from eval.suites.corpora import ensure_ingested

Matrix = NDArray[np.float64]


def observe(one: FitSet, assistant: Assistant) -> tuple[Matrix, NDArray[np.bool_]]:
    """What is seen of a set's questions: signals, shape (n, len(BROAD_SIGNALS)), and whether the corpus answers them.

    A question whose answer was not found says nothing on whether it has one; a blocked one is never judged.
    """
    signals, answered = [], []
    for question in one.questions:
        index, found = assistant.examine(Query(question.text))
        if len(found) != 1 or not found[0].places or found[0].judgement.blocked:
            continue
        only = found[0]
        right = index.chunks[only.ranking.rows[0]].document in question.documents
        if bool(question.documents) != right:
            continue
        seen = index, only.question, only.ranking, only.places
        named = broad_signals(*seen, signals_of(*seen))
        signals.append([named[name] for name in BROAD_SIGNALS])
        answered.append(right)
    return np.array(signals), np.array(answered, bool)


def run(settings: Settings, data: Path, cache: Path) -> dict[str, float]:
    """Fit the weights, write them to `model.json`, and return the AUROC of each set for weights fitted on the others.

    Args:
        settings: how to ingest.
        data: the folder that holds the folders of the sets.
        cache: where their indexes are kept.

    Raises:
        DataMissing: fewer than two of the sets lie there.
    """
    sets = read_fit_sets(data)
    if len(sets) < 2:
        raise DataMissing(f"{data} holds fewer than two of the folders cmrc2018, drcd and stard")
    seen = {}
    for one in sets:
        own = ensure_ingested(f"fit-{one.name}", one.texts, settings, cache, lambda what, done, total: None)
        seen[one.name] = observe(one, open_assistant(own))
    figures = {}
    for name, (signals, answered) in seen.items():
        others = _fit([pair for other, pair in seen.items() if other != name])
        figures[f"AUROC {name}"] = float(roc_auc_score(answered, others.decision_function(signals)))
    fitted = _fit(list(seen.values()))
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    model["broad"] = {
        "threshold": model["broad"]["threshold"],
        "bias": round(float(fitted.intercept_[0]), 3),
        "weights": {name: round(float(w), 3) for name, w in zip(BROAD_SIGNALS, fitted.coef_[0], strict=True)},
    }
    MODEL.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    return figures


def _fit(seen: list[tuple[Matrix, NDArray[np.bool_]]]) -> LogisticRegression:
    model = LogisticRegression(C=1.0, max_iter=5000)
    model.fit(np.concatenate([signals for signals, _ in seen]), np.concatenate([answered for _, answered in seen]))
    return model
