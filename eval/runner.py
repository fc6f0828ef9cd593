"""A suite and its options → a `Run`: prepare, put every question to every system, measure, compare with last time."""

from __future__ import annotations

import datetime
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import replace
from importlib import metadata
from itertools import chain
from pathlib import Path

from assistant.config import Settings
from assistant.pipeline import open_assistant
from eval.ablation import ablations
from eval.baselines import build_baselines
from eval.compare import difference, last_run
from eval.errors import InvalidData
from eval.figures import Spec, breakdown, measure, reliability
from eval.results import Item, Run, SystemRun
from eval.suites.base import Case, Options, Prepared, Progress, Suite
from eval.systems import System

OURS = "ours"
_NEED_CALIBRATION = ("brier", "ece")


def run_suite(
    suite: Suite,
    options: Options,
    settings: Settings,
    reports: Path,
    progress: Progress,
    *,
    compare: bool = False,
    ablate: bool = False,
) -> Run:
    """Run a suite.

    Args:
        suite: which.
        options: on what.
        settings: of the assistant that is evaluated; a chat model takes no part.
        reports: folder of earlier runs, to compare with the last one of this suite and split.
        progress: told how far the work is.
        compare: whether to run the baselines on the same questions too.
        ablate: whether to run the assistant without each of its parts on them too.

    Raises:
        AssistantError: the data cannot be read or the index cannot be opened. An exception while a question is asked
            is counted instead.
    """
    started, clock = datetime.datetime.now().astimezone(), time.perf_counter()
    # The figures are of quoted answers, whatever is configured: what a model writes differs from run to run.
    settings = settings.model_copy(update={"chat_model": ""})
    prepared = suite.prepare(options, settings, progress)
    if not prepared.cases:
        raise InvalidData(f"no question to ask in {suite.name}; raise --limit")
    systems, remarks = _systems(prepared, compare, progress)
    without = ablations(prepared.settings) if ablate else ()  # one is open at a time: each holds an index in memory
    runs = [_measure_system(system, prepared, suite.dimensions, progress) for system in chain(systems, without)]
    run = Run(
        name=f"{started:%Y%m%dT%H%M%S}-{suite.name}",
        suite=suite.name,
        about=suite.about,
        split=options.split if suite.splits else "",
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - clock, 2),
        sizes=prepared.sizes,
        environment=environment(prepared.settings),
        notes=[*prepared.notes, *remarks],
        systems=runs,
    )
    before = last_run(reports, run)
    return replace(run, difference=difference(before, run)) if before else run


def _systems(prepared: Prepared, compare: bool, progress: Progress) -> tuple[list[System], list[str]]:
    """The assistant, the baselines where they are asked for, and notes on those that could not be built."""
    ours = open_assistant(prepared.settings)
    systems = [System(OURS, "The assistant.", ours, calibrated=True)]
    if not compare:
        return systems, []
    progress("building the baselines", 0, 0)
    baselines, remarks = build_baselines(prepared.settings, ours)
    return systems + baselines, remarks


def _measure_system(system: System, prepared: Prepared, dimensions: Sequence[str], progress: Progress) -> SystemRun:
    system.warm_up()
    items = _measure_cases(system, prepared.cases, progress)
    specs = [spec for spec in prepared.specs if system.calibrated or spec.statistic not in _NEED_CALIBRATION]
    return SystemRun(
        name=system.name,
        about=system.about,
        figures=[measure(_without_aim(spec, system), items) for spec in specs],
        groups=breakdown(items, dimensions),
        reliability=reliability(items) if system.calibrated else [],
        items=items if system.name == OURS else [replace(item, answer=None, evidence=[], gold=[]) for item in items],
        without=system.without,
    )


def _without_aim(spec: Spec, system: System) -> Spec:
    """The aims are the assistant's, not those of what it is compared with."""
    return spec if system.name == OURS else replace(spec, aim=None)


def _measure_cases(system: System, cases: Sequence[Case], progress: Progress) -> list[Item]:
    items = []
    for done, case in enumerate(cases):
        progress(f"asking {system.name}", done, len(cases))
        items.append(case.measure(system))
    progress(f"asking {system.name}", len(cases), len(cases))
    return items


def environment(settings: Settings) -> dict[str, str]:
    """What the figures depend on besides code and data: settings, versions, and the machine."""
    names = ("policy-assistant", "onnxruntime", "chromadb", "tantivy", "rjieba", "langchain-core")
    versions = {name: _version(name) for name in names}
    return {
        "embedding model": settings.embedding_model,
        "chunk tokens": str(settings.chunk_tokens),
        **{name: version for name, version in versions.items() if version},
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}",
        "load average": f"{os.getloadavg()[0]:.1f} over the last minute",
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
