"""An opened state of the corpus: it mends itself, understands misprints, and stays as it was opened."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import IndexBusy, IndexNotBuilt
from assistant.indexing.catalogue import Catalogue, TranslatedSentence
from assistant.indexing.embedding import load_embedder
from assistant.indexing.index import GRACE_SECONDS, Index, build_indexes, stretches, without_misprints, write_lock
from assistant.schema import Misprint, Record

NONE = np.zeros((0, 0), np.float32)
SENTENCES = ("建好国家级钇钛高新区。", "加快机场迁建工作。", "推进医养结合。")
MISPRINTS = (Misprint("钇钛", "钒钛"),)
Prepare = Callable[..., Any]


def publish(folder: Path, prepared: Any, translation: tuple[TranslatedSentence, ...] = ()) -> Catalogue:
    catalogue = Catalogue.open(folder, embedder="e", create=True)
    with catalogue.transaction():
        catalogue.put_document(
            *prepared, translation, np.eye(len(translation), 8, dtype=np.float32) if translation else NONE
        )
        catalogue.publish()
    return catalogue


def reopen(folder: Path, catalogue: Catalogue) -> Index:
    return Index(folder, catalogue, load_embedder())


def finds(index: Index) -> None:
    """Both indexes answer, from the three sentences."""
    assert [id_ for id_, _ in index.lexical_index.search({"机场": 1.0}, 5)] == ["a:1"]
    assert index.vector_store.search(index.vectors[2], 3)[0][0] == "a:2"
    assert len(index.vector_store.search(index.vectors[2], 9)) == 3


@pytest.fixture
def catalogue(tmp_path: Path, prepared: Prepare) -> Catalogue:
    return publish(tmp_path, prepared("a", SENTENCES, misprints=MISPRINTS))


def test_indexes_that_are_missing_are_built(tmp_path: Path, catalogue: Catalogue) -> None:
    assert not (tmp_path / "indexes").exists()
    finds(reopen(tmp_path, catalogue))
    assert [folder.name.split(".")[0] for folder in (tmp_path / "indexes").iterdir()] == [catalogue.state]


def test_who_cannot_build_learns_so_before_anything_is_loaded(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Catalogue, "chunks", lambda self: pytest.fail("loaded in vain"))
    with write_lock(tmp_path), pytest.raises(IndexBusy):
        Index(tmp_path, catalogue, load_embedder(), wait_seconds=0)


def test_a_chunk_is_as_near_as_its_nearest_stretch(tmp_path: Path, prepared: Prepare) -> None:
    one = prepared("a", SENTENCES)
    axes = np.eye(one.vectors.shape[1], dtype=np.float32)
    catalogue = Catalogue.open(tmp_path, embedder="e", create=True)
    with catalogue.transaction():
        catalogue.put_document(*one, [], NONE, [axes[[3, 5]], axes[[4]], axes[:0]])
        catalogue.publish()
    index = reopen(tmp_path, catalogue)
    cosines = index.stretch_cosines([1, 0, 2], axes[5])
    np.testing.assert_allclose(cosines, [0.0, 1.0, one.vectors[2, 5]], atol=1e-3)


def test_stretches_lie_between_marks_and_are_more_than_a_word() -> None:
    assert stretches("加快机场迁建工作，规划建设空港新城；办好。打造“一带一路”，等") == [
        "加快机场迁建工作",
        "规划建设空港新城",
        "打造“一带一路”",
    ]


def copied(folder: Path, to: Path) -> tuple[Path, Catalogue]:
    """The data folder as another process would find it: this process has not opened its indexes."""
    shutil.copytree(folder, to)
    return to, Catalogue.open(to, embedder="e")


def test_a_deleted_indexes_folder_is_rebuilt(
    tmp_path: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reopen(tmp_path, catalogue)
    elsewhere, again = copied(tmp_path, tmp_path_factory.mktemp("copy") / "data")
    shutil.rmtree(elsewhere / "indexes")
    finds(reopen(elsewhere, again))


def test_an_index_whose_building_was_cut_short_is_rebuilt(
    tmp_path: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = build_indexes(tmp_path, catalogue)
    elsewhere, again = copied(tmp_path, tmp_path_factory.mktemp("copy") / "data")
    half = elsewhere / "indexes" / folder.name
    (half / "complete").unlink()
    shutil.rmtree(half / "lexical")
    finds(reopen(elsewhere, again))


def test_a_deleted_indexes_folder_is_rebuilt_by_the_process_that_had_it_open(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    finds(reopen(tmp_path, catalogue))
    shutil.rmtree(tmp_path / "indexes")
    finds(reopen(tmp_path, catalogue))


@pytest.mark.parametrize("kind", ["chroma", "lexical"])
def test_a_damaged_index_is_rebuilt(
    tmp_path: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory, kind: str
) -> None:
    folder = build_indexes(tmp_path, catalogue)
    elsewhere, again = copied(tmp_path, tmp_path_factory.mktemp("copy") / "data")
    for file in (elsewhere / "indexes" / folder.name / kind).rglob("*"):
        if file.is_file():
            file.unlink()
    finds(reopen(elsewhere, again))


def test_building_twice_does_nothing_and_old_states_go(tmp_path: Path, catalogue: Catalogue, prepared: Prepare) -> None:
    folder = build_indexes(tmp_path, catalogue)
    before = {file: file.stat().st_mtime_ns for file in folder.rglob("*")}
    assert build_indexes(tmp_path, catalogue) == folder
    assert {file: file.stat().st_mtime_ns for file in folder.rglob("*")} == before
    publish(tmp_path, prepared("b", ["新的。"]))
    second = build_indexes(tmp_path, catalogue)
    # Questions under way still read the first.
    assert set((tmp_path / "indexes").iterdir()) == {folder, second}
    long_ago = time.time() - 2 * GRACE_SECONDS
    os.utime(second / "complete", (long_ago, long_ago))
    os.utime(folder / "complete", (long_ago - 1, long_ago - 1))
    publish(tmp_path, prepared("c", ["更新的。"]))
    third = build_indexes(tmp_path, catalogue)
    assert set((tmp_path / "indexes").iterdir()) == {second, third}


def test_an_empty_catalogue_is_no_index(tmp_path: Path) -> None:
    catalogue = Catalogue.open(tmp_path, embedder="e", create=True)
    with pytest.raises(IndexNotBuilt, match="ingest"):
        reopen(tmp_path, catalogue)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    with write_lock(tmp_path):
        with pytest.raises(IndexBusy, match="another process"), write_lock(tmp_path, timeout_seconds=0.05):
            pass
    with write_lock(tmp_path, timeout_seconds=0.05):
        pass


def test_search_understands_misprints_and_display_does_not_change_them(tmp_path: Path, catalogue: Catalogue) -> None:
    index = reopen(tmp_path, catalogue)
    assert [id_ for id_, _ in index.lexical_index.search({"钒": 1.0, "钛": 1.0}, 5)] == ["a:0"]
    assert index.text(0) == "建好国家级钒钛高新区。"
    assert index.chunks[0].text == index.document("a").clauses[0].text == "建好国家级钇钛高新区。"


def test_misprints_of_one_document_are_none_of_another() -> None:
    assert without_misprints("钇钛与钇钛，钇是元素", Record("a", "t", misprints=MISPRINTS)) == "钒钛与钒钛，钇是元素"
    assert without_misprints("钇钛", Record("b", "t")) == "钇钛"


def test_the_translation_of_a_stretch(tmp_path: Path, prepared: Prepare) -> None:
    ends = [len(SENTENCES[0]), len(SENTENCES[0]) + 1 + len(SENTENCES[1])]
    pairs = (
        TranslatedSentence("a", 0, ends[0], "Vanadium."),
        TranslatedSentence("a", ends[0] + 1, ends[1], "Airport."),
    )
    index = reopen(tmp_path, publish(tmp_path, prepared("a", SENTENCES), pairs))
    assert [pair.text for pair in index.translation_of("a", 2, 4)] == ["Vanadium."]
    assert [pair.text for pair in index.translation_of("a", ends[0] - 1, ends[0] + 2)] == ["Vanadium.", "Airport."]
    assert index.translation_of("a", ends[0], ends[0] + 1) == []
    assert index.translation_of("b", 0, 99) == []
    assert index.bilingual_text(1) == "加快机场迁建工作。\nairport."
    assert index.bilingual_text(2).strip() == "推进医养结合。"
    # the question lies on the first sentence's vector: only the chunk that it translates is near
    cosines = index.translation_cosines(np.eye(1, 8, dtype=np.float32)[0])
    assert cosines.tolist() == [1.0, 0.0, -1.0]


def test_an_opened_state_stays_as_it_was(tmp_path: Path, catalogue: Catalogue, prepared: Prepare) -> None:
    index = reopen(tmp_path, catalogue)
    publish(tmp_path, prepared("a", ["完全不同的一句话，而且更长，更长，更长。"]))
    for chunk in index.chunks:
        assert index.document("a").text[chunk.start : chunk.end] == chunk.text
        assert index.document("a").clauses[chunk.position].text == chunk.text


def test_where_things_stand(tmp_path: Path, catalogue: Catalogue, prepared: Prepare) -> None:
    publish(tmp_path, prepared("b", ["另一份。"]))
    index = reopen(tmp_path, catalogue)
    assert [document.id for document in index.documents()] == ["a", "b"]
    assert [index.chunks[row].text for row in index.clause_rows("b", 0)] == ["另一份。"]
    assert list(index.clause_rows("b", 7)) == []
    assert all(index.row[chunk.id] == row for row, chunk in enumerate(index.chunks))
