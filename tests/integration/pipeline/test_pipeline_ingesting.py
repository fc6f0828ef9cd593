"""Ingestion: only what has changed is worked on, and a run that fails changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.config import Settings
from assistant.errors import AssistantError, IndexNotBuilt, InvalidRecord, UnknownDocument, UnreadableSource
from assistant.indexing import embedding
from assistant.indexing.catalogue import FILE_NAME, Catalogue
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "corpus"
DECISION = "panzhihua-2020-07-30"
Ask = Callable[[Settings, str], str]


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a data folder and its content; the lock file is no content."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "write.lock"
    }


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


def test_only_the_changed_document_is_read_anew(
    sources: Path, ingested: Settings, parks_changed: str, asked: Ask
) -> None:
    catalogue = Catalogue.open(ingested.data_dir, embedder=embedding.load_embedder().name)
    kept = {
        chunk.id: vector.tolist() for chunk, vector in zip(*catalogue.chunks(), strict=True) if chunk.document == "fire"
    }
    (sources / "parks.txt").write_text(parks_changed, encoding="utf-8")
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
def test_a_run_that_fails_changes_nothing(
    sources: Path, ingested: Settings, kind: str, rebuild: bool, asked: Ask
) -> None:
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
    sources: Path, ingested: Settings, monkeypatch: pytest.MonkeyPatch, parks_changed: str
) -> None:
    before = fingerprint(ingested.data_dir)
    (sources / "parks.txt").write_text(parks_changed, encoding="utf-8")

    def interrupted(texts: object) -> object:
        raise KeyboardInterrupt

    # No vector may have been kept from a test before.
    asking = ingested.model_copy(update={"vector_cache": None})
    for rebuild in (False, True):
        with monkeypatch.context() as patch:
            patch.setattr(embedding.load_embedder(), "embed_queries", interrupted)
            with pytest.raises(KeyboardInterrupt):
                ingest([sources], asking, rebuild=rebuild)
        assert fingerprint(ingested.data_dir) == before
    assert ingest([sources], ingested).replaced == ["parks"]


def test_two_documents_of_one_id_are_refused(sources: Path, settings: Settings) -> None:
    (sources / "parks.toml").write_text('id = "fire"\n', encoding="utf-8")
    with pytest.raises(InvalidRecord, match="fire"):
        ingest([sources], settings)
    with pytest.raises(IndexNotBuilt):
        open_assistant(settings)


def test_two_files_that_would_be_one_document_are_named(sources: Path, settings: Settings) -> None:
    other = sources / "again" / "parks.md"
    other.parent.mkdir()
    other.write_text("另一公园办法\n\n第一条 好。\n", encoding="utf-8")
    with pytest.raises(InvalidRecord) as caught:
        ingest([sources], settings)
    assert all(str(file) in str(caught.value) for file in (other, sources / "parks.txt"))
    assert "rename it" in str(caught.value)
    other.rename(other.with_name("other.md"))
    assert sorted(ingest([sources], settings).added) == ["fire", "other", "parks"]


def test_a_file_whose_name_is_not_utf8_is_ingested(sources: Path, settings: Settings) -> None:
    name = os.fsdecode("路灯办法".encode("gb18030") + b".txt")
    (sources / name).write_text("第一条 路灯天黑时开启。\n第二条 节约用电。\n", encoding="utf-8")
    ingest([sources], settings)
    assert "路灯办法" in [document.record.title for document in open_assistant(settings).documents()]


def test_indexes_that_cannot_be_built_are_built_when_the_change_is_read(
    sources: Path, ingested: Settings, parks_changed: str, asked: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    (sources / "parks.txt").write_text(parks_changed, encoding="utf-8")
    shutil.rmtree(ingested.data_dir / "indexes")
    (ingested.data_dir / "indexes").write_text("in the way")
    assert ingest([sources], ingested).replaced == ["parks"]
    assert [record.levelname for record in caplog.records if record.name.startswith("assistant")] == ["WARNING"]
    (ingested.data_dir / "indexes").unlink()
    assert "游泳和垂钓" in asked(ingested, "公园的湖泊内禁止什么？")


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
