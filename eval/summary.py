"""A `Run` → the few figures of it that a list of runs shows: a small file beside the report, quick to read."""

from __future__ import annotations

import json
from typing import Any

from eval.results import Run

SUMMARY_NAME = "summary.json"
SUMMARY_FORMAT = 1
"""Counted up when the shape of `summary.json` changes."""


def summary(run: Run) -> dict[str, Any]:
    """The run without its questions.

    Returns:
        `figures` holds, by key, the value, its unit, the number of questions it rests on, and the value of the run
        before where both asked the same questions (None otherwise); `since` how many questions both asked, and how
        many of them are right or wrong only now. `since` is None for a first run.
    """
    changed = run.difference
    before = changed.figures if changed else {}
    return {
        "format": SUMMARY_FORMAT,
        "name": run.name,
        "suite": run.suite,
        "split": run.split,
        "started": run.started,
        "seconds": run.seconds,
        "questions": len(run.ours.items),
        "crashes": sum(bool(item.error) for item in run.ours.items),
        "figures": {
            figure.key: {
                "value": figure.value,
                "before": before.get(figure.key),
                "unit": figure.unit,
                "n": figure.n,
            }
            for figure in run.ours.figures
        },
        "since": {
            "run": changed.against,
            "compared": changed.compared,
            "fixed": len(changed.fixed),
            "broken": len(changed.broken),
        }
        if changed
        else None,
    }


def summary_json(run: Run) -> str:
    """The summary as JSON text."""
    return json.dumps(summary(run), ensure_ascii=False, indent=1) + "\n"
