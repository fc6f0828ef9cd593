"""Ingestion: only what has changed is worked on, and a run that fails changes nothing."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.config import Settings
from assistant.errors import AssistantError, IndexBusy, IndexNotBuilt, InvalidRecord, UnknownDocument, UnreadableSource
from assistant.indexing import embedding
from assistant.indexing.catalogue import FILE_NAME, Catalogue
from assistant.indexing.index import write_lock
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "corpus"
DECISION = "panzhihua-2020-07-30"
PARKS = "城市公园管理办法\n\n第一条 为了加强城市公园管理，制定本办法。\n\n第二条 公园内禁止燃放烟花爆竹。\n"
PARKS_CHANGED = PARKS + "\n第三条 公园的湖泊内禁止游泳和垂钓。\n"


def write_sources(folder: Path, fire_text: str) -> Path:
    folder.mkdir()
    (folder / "fire.txt").write_text(fire_text, encoding="utf-8")
    (folder / "parks.txt").write_text(PARKS, encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path, fire_text: str) -> Path:
    """A folder with two small documents, `fire` and `parks`."""
    return write_sources(tmp_path / "sources", fire_text)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a data folder that is not there yet."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, fire_text: str) -> Path:
    folder = tmp_path_factory.mktemp("template")
    ingest([write_sources(folder / "sources", fire_text)], Settings(data_dir=folder / "data"))
    return folder / "data"


@pytest.fixture
def ingested(template: Path, sources: Path, tmp_path: Path) -> Settings:
    """With a data folder that `sources` have been ingested into."""
    shutil.copytree(template, tmp_path / "ingested")
    return Settings(data_dir=tmp_path / "ingested")


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a data folder and its content; the lock file is no content."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "write.lock"
    }


def asked(settings: Settings, question: str) -> str:
    return open_assistant(settings).ask(Query(question)).text


def test_the_real_corpus(corpus_data_dir: Path, corpus_assistant: Assistant) -> None:
    assert [document.id for document in corpus_assistant.documents()] == [DECISION]
    document = corpus_assistant.document(DECISION)
    assert [c.number for c in document.clauses if c.kind == "clause"] == list(range(1, 18))
    assert document.record.issuer == "中共攀枝花市委"
    assert {(m.printed, m.intended) for m in document.record.misprints} >= {("国家级钇钛高新区", "国家级钒钛高新区")}
    printed = "".join((CORPUS / f"{DECISION}.txt").read_text(encoding="utf-8").split())
    assert "".join(document.text.split()) == printed, "nothing but white space differs from the file"
    with pytest.raises(UnknownDocument):
        corpus_assistant.document("nope")


def test_the_translation_is_aligned_with_the_document(corpus_assistant: Assistant) -> None:
    lines = (CORPUS / f"{DECISION}.en.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines if line.strip()]
    text = corpus_assistant.document(DECISION).text
    found = corpus_assistant.translation(DECISION)
    assert [(text[one.start : one.end], one.text) for one in found] == [(pair["zh"], pair["en"]) for pair in pairs]


def test_ingesting_again_does_nothing(corpus_data_copy: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_dir=corpus_data_copy())
    before = fingerprint(settings.data_dir)
    texts: list[str] = []
    embedder = embedding.load_embedder()
    for method in ("embed_passages", "embed_queries"):
        monkeypatch.setattr(
            embedder, method, lambda batch: texts.extend(batch) or np.zeros((len(batch), 384), np.float32), raising=True
        )
    report = ingest([CORPUS], settings)
    assert report.unchanged == [DECISION]
    assert (report.added, report.replaced, report.chunks, report.changed) == ([], [], 0, False)
    assert texts == []
    assert fingerprint(settings.data_dir) == before


def test_documents_are_added(sources: Path, settings: Settings) -> None:
    report = ingest([sources], settings)
    assert sorted(report.added) == ["fire", "parks"]
    assert (report.replaced, report.unchanged) == ([], [])
    assert report.chunks == 9  # two titles, five articles and two: each a chunk
    assert 0 < report.embedding_seconds < report.seconds


def test_only_the_changed_document_is_read_anew(sources: Path, ingested: Settings) -> None:
    catalogue = Catalogue.open(ingested.data_dir, embedder=embedding.load_embedder().name)
    kept = {
        chunk.id: vector.tolist() for chunk, vector in zip(*catalogue.chunks(), strict=True) if chunk.document == "fire"
    }
    (sources / "parks.txt").write_text(PARKS_CHANGED, encoding="utf-8")
    report = ingest([sources], ingested)
    assert (report.added, report.replaced, report.unchanged) == ([], ["parks"], ["fire"])
    assert "游泳和垂钓" in asked(ingested, "公园的湖泊内禁止什么？")
    after = {
        chunk.id: vector.tolist() for chunk, vector in zip(*catalogue.chunks(), strict=True) if chunk.document == "fire"
    }
    assert after == kept
    catalogue.close()


def test_a_record_beside_the_document_counts_as_a_change(sources: Path, ingested: Settings) -> None:
    (sources / "parks.toml").write_text('title = "公园办法"\nstatus = "repealed"\n', encoding="utf-8")
    assert ingest([sources], ingested).replaced == ["parks"]
    record = open_assistant(ingested).document("parks").record
    assert (record.title, record.status) == ("公园办法", "repealed")


def test_documents_ingested_from_elsewhere_stay(sources: Path, settings: Settings) -> None:
    ingest([sources / "fire.txt"], settings)
    report = ingest([sources / "parks.txt"], settings)
    assert (report.added, report.unchanged) == (["parks"], [])
    assert [document.id for document in open_assistant(settings).documents()] == ["fire", "parks"]


def test_a_rebuild_forgets_what_was_there(sources: Path, ingested: Settings) -> None:
    report = ingest([sources / "parks.txt"], ingested, rebuild=True)
    assert (report.added, report.replaced, report.unchanged) == (["parks"], [], [])
    assistant = open_assistant(ingested)
    assert [document.id for document in assistant.documents()] == ["parks"]
    assert assistant.ask(Query("消防演练每年组织几次？")).citations == ()
    assert sorted(path.name for path in ingested.data_dir.iterdir()) == [FILE_NAME, "indexes", "tiktoken", "write.lock"]


BAD_SOURCES: dict[str, tuple[str, bytes, type[AssistantError]]] = {
    "binary": ("zz.txt", b"\x00\x01\x02\xff" * 50, UnreadableSource),
    "empty": ("zz.txt", b"", UnreadableSource),
    "another kind": ("zz.pdf", b"%PDF-1.4", UnreadableSource),
    "a wrong record": ("parks.toml", "标题 = 1".encode(), InvalidRecord),
    "an unknown key": ("parks.toml", b'colour = "red"', InvalidRecord),
    "a translation of something else": (
        "parks.en.jsonl",
        '{"zh": "没有这一句。", "en": "No."}'.encode(),
        InvalidRecord,
    ),
}


@pytest.mark.parametrize("kind", BAD_SOURCES)
@pytest.mark.parametrize("rebuild", [False, True])
def test_a_run_that_fails_changes_nothing(sources: Path, ingested: Settings, kind: str, rebuild: bool) -> None:
    before = fingerprint(ingested.data_dir)
    name, content, error = BAD_SOURCES[kind]
    (sources / "aa.txt").write_text("新的办法\n\n第一条 新的内容先被读到。\n", encoding="utf-8")
    (sources / name).write_bytes(content)
    if name.endswith(".jsonl"):
        (sources / "parks.toml").write_text(f'translation = "{name}"', encoding="utf-8")
    with pytest.raises(error) as caught:
        ingest([sources], ingested, rebuild=rebuild)
    assert "\n" not in str(caught.value)
    assert name.rsplit(".", 1)[0].split(".")[0] in str(caught.value), "the message names the file"
    assert fingerprint(ingested.data_dir) == before
    assert "烟花爆竹" in asked(ingested, "公园内禁止燃放什么？")


def test_an_embedder_that_breaks_off_changes_nothing(
    sources: Path, ingested: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(ingested.data_dir)
    (sources / "parks.txt").write_text(PARKS_CHANGED, encoding="utf-8")

    def interrupted(texts: object) -> object:
        raise KeyboardInterrupt

    for rebuild in (False, True):
        with monkeypatch.context() as patch:
            patch.setattr(embedding.load_embedder(), "embed_queries", interrupted)
            with pytest.raises(KeyboardInterrupt):
                ingest([sources], ingested, rebuild=rebuild)
        assert fingerprint(ingested.data_dir) == before
    assert ingest([sources], ingested).replaced == ["parks"]


def test_two_documents_of_one_id_are_refused(sources: Path, settings: Settings) -> None:
    (sources / "parks.toml").write_text('id = "fire"\n', encoding="utf-8")
    with pytest.raises(InvalidRecord, match="fire"):
        ingest([sources], settings)
    with pytest.raises(IndexNotBuilt):
        open_assistant(settings)


def test_nothing_to_ingest(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "hollow").mkdir()
    with pytest.raises(UnreadableSource, match="hollow"):
        ingest([tmp_path / "hollow"], settings)
    with pytest.raises(UnreadableSource, match="nowhere"):
        ingest([tmp_path / "nowhere"], settings)


def test_progress_counts_up_to_the_end(sources: Path, settings: Settings) -> None:
    seen: dict[str, list[tuple[int, int]]] = {}
    ingest([sources], settings, progress=lambda what, done, total: seen.setdefault(what, []).append((done, total)))
    assert {"fire", "parks"} <= set(seen)
    for steps in seen.values():
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


# Several processes


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


def test_a_reader_sees_what_another_process_publishes(corpus_data_copy: Callable[[], Path], sources: Path) -> None:
    settings = Settings(data_dir=corpus_data_copy())
    reader = open_assistant(settings)
    assert reader.ask(Query("公园内禁止燃放什么？")).citations == ()
    assert "parks" in ingest_elsewhere(settings.data_dir, sources / "parks.txt")
    answer = reader.ask(Query("公园内禁止燃放什么？"))
    assert [(c.document, c.clause_number) for c in answer.citations] == [("parks", 2)]
    assert "机场迁建" in reader.ask(Query("机场要搬到哪里？")).text
    assert reader.search("烟花爆竹", 1)[0].chunk.document == "parks"

    (sources / "parks.txt").write_text(PARKS_CHANGED, encoding="utf-8")
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
    ingested: Settings, sources: Path, monkeypatch: pytest.MonkeyPatch
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
    ingest([Path(sys.argv[2])], Settings(data_dir=Path(sys.argv[1])))
"""


@pytest.fixture
def killed(corpus_data_copy: Callable[[], Path], sources: Path) -> Settings:
    """A data folder with the decision, whose next ingestion was killed when most of it was written."""
    folder = corpus_data_copy()
    for number in range(4):  # enough to be written again
        text = PARKS + "".join(
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


def test_a_rebuild_after_a_killed_ingestion_is_whole(settings: Settings, sources: Path) -> None:
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


def test_the_data_folder_can_be_moved(sources: Path, ingested: Settings, tmp_path: Path) -> None:
    shutil.move(ingested.data_dir, tmp_path / "moved")
    moved = Settings(data_dir=tmp_path / "moved")
    assert "烟花爆竹" in asked(moved, "公园内禁止燃放什么？")
    assert ingest([sources], moved).unchanged == ["fire", "parks"]
    assert not os.path.exists(ingested.data_dir)
