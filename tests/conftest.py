"""What several groups of tests share: the real corpus, ingested once a run with the real embedder."""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant

# How long an example takes says nothing on a machine that does other things as well.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside(run_folder: Path) -> Iterator[None]:
    """Tests see the defaults, whatever the developer's shell has set; a text is embedded once in a run."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.upper().startswith("ASSISTANT_")]:
            patch.delenv(name)
        patch.setenv("ASSISTANT_VECTOR_CACHE", str(run_folder / "vectors"))
        yield


@pytest.fixture(scope="module", autouse=True)
def _no_model_asked_on() -> Iterator[None]:
    """What a module left behind of its replies is over before the next one looks at the network.

    Who leaves a chat model that is silent leaves its thread to the client's own timeouts and retries.
    """
    yield
    for thread in threading.enumerate():
        if thread.name == "chat":
            thread.join(timeout=30)


@pytest.fixture
def effort() -> Callable[[Callable[[], object]], float]:
    """How many times as long some work takes as a fixed one beside it (some 20 ms on a machine that does nothing else).

    Only the time of this thread counts: servers of other tests may still run in the process, and on a busy machine
    both works are slow alike.
    """

    def fixed() -> None:
        assert len(re.findall(r"[一-鿿]{1,3}[^，]", "有关单位应当严格执行，" * 40_000)) == 120_000

    def measured(work: Callable[[], object]) -> float:
        began = time.thread_time()
        work()
        between = time.thread_time()
        fixed()
        return (between - began) / (time.thread_time() - between)

    return measured


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of one run have in common."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def corpus_data_dir(run_folder: Path) -> Path:
    """A data folder with `corpus/` ingested. Read only: who wants to change it takes a copy (`corpus_data_copy`)."""
    done = run_folder / "corpus-ingested"
    with FileLock(run_folder / "corpus-data.lock"):
        if not done.exists():
            ingest([CORPUS], Settings(data_dir=run_folder / "corpus-data"))
            done.touch()
    return run_folder / "corpus-data"


@pytest.fixture(scope="session")
def corpus_assistant(corpus_data_dir: Path) -> Assistant:
    """An assistant over the corpus as it is."""
    return open_assistant(Settings(data_dir=corpus_data_dir))


@pytest.fixture
def corpus_data_copy(corpus_data_dir: Path, tmp_path: Path) -> Callable[[], Path]:
    """Makes data folders of the test's own that hold the corpus; they cost a copy, not an ingestion."""
    made: list[Path] = []

    def copy() -> Path:
        folder = tmp_path / f"corpus-data-{len(made)}"
        shutil.copytree(corpus_data_dir, folder)
        made.append(folder)
        return folder

    return copy
