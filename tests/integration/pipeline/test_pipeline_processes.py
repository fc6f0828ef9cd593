"""Several processes over one data folder: readers see whole states only, writers wait, who is killed does no harm."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.errors import IndexBusy, IndexVersionMismatch
from assistant.indexing import embedding
from assistant.indexing.catalogue import FILE_NAME, Catalogue
from assistant.indexing.index import WAIT_SECONDS, write_lock
from assistant.pipeline import ingest, open_assistant
from assistant.schema import Query

ROOT = Path(__file__).parents[3]
DECISION = "panzhihua-2020-07-30"
Ask = Callable[[Settings, str], str]

INGEST = """
    import sys
    from pathlib import Path
    from assistant.config import Settings
    from assistant.pipeline import ingest
    report = ingest([Path(sys.argv[2])], Settings(data_dir=Path(sys.argv[1])), rebuild="rebuild" in sys.argv)
    print(report.added, report.replaced)
"""


def ingest_elsewhere(data_dir: Path, source: Path, *options: str) -> str:
    """Ingest in a process of its own."""
    command = [sys.executable, "-c", textwrap.dedent(INGEST), str(data_dir), str(source), *options]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=120).stdout


def test_a_reader_sees_what_another_process_publishes(
    corpus_data_copy: Callable[[], Path], sources: Path, parks_changed: str
) -> None:
    settings = Settings(data_dir=corpus_data_copy())
    reader = open_assistant(settings)
    assert reader.ask(Query("公园内禁止燃放什么？")).citations == ()
    assert "parks" in ingest_elsewhere(settings.data_dir, sources / "parks.txt")
    answer = reader.ask(Query("公园内禁止燃放什么？"))
    assert [(c.document, c.clause_number) for c in answer.citations] == [("parks", 2)]
    assert "机场迁建" in reader.ask(Query("机场要搬到哪里？")).text
    assert reader.search("烟花爆竹", 1)[0].chunk.document == "parks"

    (sources / "parks.txt").write_text(parks_changed, encoding="utf-8")
    ingest_elsewhere(settings.data_dir, sources / "parks.txt", "rebuild")
    assert [document.id for document in reader.documents()] == ["parks"]
    assert "游泳和垂钓" in reader.ask(Query("公园的湖泊内禁止什么？")).text
    answer = reader.ask(Query("第一条讲什么"))
    assert [c.document for c in answer.citations] == ["parks"]


def hold_lock(folder: str, held: object, release: object) -> None:
    with write_lock(Path(folder)):
        held.set()  # type: ignore[attr-defined]
        release.wait(30)  # type: ignore[attr-defined]


def test_a_second_writer_is_told_that_the_index_is_busy(
    ingested: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch, asked: Ask
) -> None:
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    writer = context.Process(target=hold_lock, args=(str(ingested.data_dir), held, release))
    writer.start()
    try:
        assert held.wait(60)
        impatient = lambda folder: write_lock(folder, timeout_seconds=0.1)  # noqa: E731
        monkeypatch.setattr("assistant.pipeline.ingesting.write_lock", impatient)
        with pytest.raises(IndexBusy, match="another process"):
            ingest([sources], ingested)
        assert "烟花爆竹" in asked(ingested, "公园内禁止燃放什么？"), "readers need no lock"
    finally:
        release.set()
        writer.join(30)
    assert ingest([sources], ingested).unchanged == ["fire", "parks"]


KILLED = """
    import os, sys
    from pathlib import Path
    import numpy as np
    from assistant.config import Settings
    from assistant.indexing import embedding
    from assistant.pipeline import ingest

    calls = []

    def die(texts):
        calls.append(len(texts))
        os.kill(os.getpid(), 9)

    embedding.load_embedder().embed_queries = die  # the words of the corpus come last, after documents and chunks
    ingest([Path(sys.argv[2])], Settings(data_dir=Path(sys.argv[1]), vector_cache=None))  # all is embedded anew
"""


@pytest.fixture
def killed(corpus_data_copy: Callable[[], Path], sources: Path) -> Settings:
    """A data folder with the decision, whose next ingestion was killed when most of it was written."""
    folder = corpus_data_copy()
    parks = (sources / "parks.txt").read_text(encoding="utf-8")
    for number in range(4):  # enough to be written again
        text = parks + "".join(
            f"\n第{numeral}条 公园管理单位应当做好第{number}类工作。\n" for numeral in "三四五六七八九"
        )
        (sources / f"more{number}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(folder), str(sources)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=120).returncode == -9
    return Settings(data_dir=folder)


def test_a_killed_ingestion_leaves_the_old_index_answering(killed: Settings, sources: Path) -> None:
    assistant = open_assistant(killed)
    assert [document.id for document in assistant.documents()] == [DECISION]
    assert "机场迁建" in assistant.ask(Query("机场要搬到哪里？")).text
    assert len(ingest([sources], killed).added) == 6, "and the next one does the work"


def test_a_rebuild_after_a_killed_ingestion_is_whole(settings: Settings, sources: Path, asked: Ask) -> None:
    """The killed writer had written more than SQLite's page cache holds; see the catalogue's own test."""
    name = embedding.load_embedder().name
    catalogue = Catalogue.open(settings.data_dir, embedder=name, create=True)
    catalogue.close()
    code = f"""
        import os, sys
        from pathlib import Path
        import numpy as np
        from assistant.indexing.catalogue import Catalogue
        catalogue = Catalogue.open(Path(sys.argv[1]), embedder={name!r})
        terms = lambda size: [(f"{{i}}", 1, np.ones(size, np.float32)) for i in range(4000)]
        with catalogue.transaction():
            catalogue.replace_terms(terms(384))
            catalogue.publish()
        catalogue._connection.execute("BEGIN IMMEDIATE")
        catalogue.replace_terms(terms(400))
        os.kill(os.getpid(), 9)
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(settings.data_dir)]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -9
    ingest([sources], settings, rebuild=True)
    assert "烟花爆竹" in asked(settings, "公园内禁止燃放什么？")
    rebuilt = Catalogue.open(settings.data_dir, embedder=name)
    assert rebuilt.document_ids() == ["fire", "parks"]
    rebuilt.close()


def test_questions_are_answered_while_the_index_is_rebuilt(sources: Path, settings: Settings) -> None:
    ingest([sources / "parks.txt"], settings)
    assistant = open_assistant(settings)
    stop, failures = threading.Event(), []

    def keep_asking() -> None:
        while not stop.is_set():
            try:
                text = assistant.ask(Query("公园内禁止燃放什么？")).text
                if "烟花爆竹" not in text:
                    failures.append(text)
            except Exception as error:
                failures.append(repr(error))

    threads = [threading.Thread(target=keep_asking) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(4):
            ingest([sources / "parks.txt"], settings, rebuild=True)
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert failures == []


def published_elsewhere(settings: Settings) -> None:
    """What a reader sees while another process, which has published, still builds its indexes."""
    with closing(sqlite3.connect(settings.data_dir / FILE_NAME)) as raw, raw:
        raw.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")


def test_no_question_waits_while_another_process_builds_its_indexes(ingested: Settings) -> None:
    assistant = open_assistant(ingested)
    with write_lock(ingested.data_dir):
        published_elsewhere(ingested)
        started = time.monotonic()
        assert "烟花爆竹" in assistant.ask(Query("公园内禁止燃放什么？")).text
        assert time.monotonic() - started < WAIT_SECONDS / 2
    before = set((ingested.data_dir / "indexes").iterdir())
    assert "烟花爆竹" in assistant.ask(Query("公园内禁止燃放什么？")).text
    assert set((ingested.data_dir / "indexes").iterdir()) > before, "the next question takes the new state"


def test_no_question_waits_while_another_process_locks_the_catalogue(ingested: Settings) -> None:
    assistant = open_assistant(ingested)
    with closing(sqlite3.connect(ingested.data_dir / FILE_NAME, isolation_level=None)) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        assert "烟花爆竹" in assistant.ask(Query("公园内禁止燃放什么？")).text
        assert time.monotonic() - started < WAIT_SECONDS / 2
        raw.execute("ROLLBACK")


@pytest.mark.parametrize("key", ["embedder", "schema"])
def test_a_rebuild_for_another_program_does_not_reach_one_that_is_open(
    ingested: Settings, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = open_assistant(ingested)
    with closing(sqlite3.connect(ingested.data_dir / FILE_NAME)) as raw, raw:
        raw.execute("UPDATE meta SET value = 'another' WHERE key = ?", (key,))
        raw.execute("UPDATE chunks SET vector = substr(vector, 1, 40)")
    published_elsewhere(ingested)
    for _ in range(2):
        assert "烟花爆竹" in assistant.ask(Query("公园内禁止燃放什么？")).text
    assert [key in record.getMessage() for record in caplog.records] == [True], "who runs it is told, once"
    with pytest.raises(IndexVersionMismatch, match=key):
        open_assistant(ingested)


def test_questions_are_answered_while_a_damaged_catalogue_is_made_anew(ingested: Settings, sources: Path) -> None:
    assistant = open_assistant(ingested)
    path = ingested.data_dir / FILE_NAME
    path.write_bytes(path.read_bytes()[:4096] + b"x" * (path.stat().st_size - 4096))
    assert "烟花爆竹" in assistant.ask(Query("公园内禁止燃放什么？")).text
    answers: list[str] = []

    def ask(what: str, done: int, total: int) -> None:
        answers.append(assistant.ask(Query("公园内禁止燃放什么？")).text)

    assert ingest([sources], ingested, rebuild=True, progress=ask).added == ["fire", "parks"]
    assert answers
    assert all("烟花爆竹" in answer for answer in answers)
    (sources / "parks.txt").unlink()
    ingest([sources], ingested, rebuild=True)
    assert [document.id for document in assistant.documents()] == ["fire"]


def test_the_data_folder_can_be_moved(sources: Path, ingested: Settings, tmp_path: Path, asked: Ask) -> None:
    shutil.move(ingested.data_dir, tmp_path / "moved")
    moved = Settings(data_dir=tmp_path / "moved")
    assert "烟花爆竹" in asked(moved, "公园内禁止燃放什么？")
    assert ingest([sources], moved).unchanged == ["fire", "parks"]
    assert not os.path.exists(ingested.data_dir)
