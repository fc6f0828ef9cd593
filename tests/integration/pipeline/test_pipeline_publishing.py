"""What staff do to the corpus: preview, publish, replace, withdraw, put back, read anew."""

from __future__ import annotations

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from assistant.config import Settings
from assistant.errors import (
    DataFolderNotWritable,
    InvalidCorrection,
    LastDocument,
    RefusedUpload,
    SameDocument,
    UnknownDocument,
    UnknownUpload,
)
from assistant.indexing.index import write_lock
from assistant.indexing.vector_cache import CachedEmbedder
from assistant.ingestion import format_record, load_record
from assistant.pipeline import Library, difference, ingest, open_assistant, search_rows
from assistant.pipeline.holdings import Holdings, Original
from assistant.pipeline.runnables import LangChainAssistant
from assistant.pipeline.staging import LARGEST_FILE, LARGEST_TEXT
from assistant.retrieval.hybrid import retrieve
from assistant.schema import Query, Record
from tests.unit.ingestion.make_pdf import make_pdf

LAMPS = "lamps"
LAMPS_TEXT = "路灯管理办法\n\n第一条 路登由市政机构管理。\n\n第二条 路灯每天天黑时开启。\n"
LAMPS_RECORD = """title = "路灯管理办法"
issuer = "市政局"
translation = "lamps.en.jsonl"

[[misprints]]
printed = "路登"
intended = "路灯"
"""
LAMPS_ENGLISH = '{"zh": "路灯每天天黑时开启。", "en": "Street lamps are lit at dusk."}\n'
PARKS = """城市公园管理办法

攀府发〔2023〕7号

第一条 为了加强城市公园管理，制定本办法。

第二条 公园内禁止燃放烟花爆竹。

第四条 本办法自2023年5月1日起施行。
"""
PARKS_2 = PARKS.replace("烟花爆竹。", "烟花爆竹和孔明灯。").replace("第四条", "第三条 湖泊内禁止垂钓。\n\n第四条")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, fire_text: str) -> Path:
    """A corpus folder with `lamps`, translated, and a data folder with that and `fire`, which came from elsewhere."""
    folder = tmp_path_factory.mktemp("publishing")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "lamps.txt").write_text(LAMPS_TEXT, encoding="utf-8")
    (folder / "corpus" / "lamps.toml").write_text(LAMPS_RECORD, encoding="utf-8")
    (folder / "corpus" / "lamps.en.jsonl").write_text(LAMPS_ENGLISH, encoding="utf-8")
    (folder / "fire.txt").write_text(fire_text, encoding="utf-8")
    ingest([folder / "corpus", folder / "fire.txt"], Settings(data_dir=folder / "data"))
    return folder


@pytest.fixture
def settings(own_settings: Settings) -> Settings:
    return own_settings


def stage(library: Library, text: str = PARKS, name: str = "公园办法.txt") -> str:
    return library.staging.add(name, text.encode(), "张三").token


def ids(settings: Settings) -> list[str]:
    return [document.id for document in open_assistant(settings).documents()]


def said(settings: Settings, question: str) -> str:
    return open_assistant(settings).ask(Query(question)).text


def test_a_preview_tells_what_was_understood_and_writes_nothing(library: Library, settings: Settings) -> None:
    held = open_assistant(settings).documents()
    preview = library.preview(stage(library), held)
    record = preview.document.record
    assert (record.title, record.number, record.effective) == ("城市公园管理办法", "攀府发〔2023〕7号", "2023-05-01")
    assert [clause.label for clause in preview.document.clauses if clause.kind == "clause"] == [
        "第一条",
        "第二条",
        "第四条",
    ]
    assert [(f.kind, f.label, f.first, f.last) for f in preview.findings] == [("missing", "第四条", 3, 3)]
    assert preview.twins == ()
    assert ids(settings) == ["fire", LAMPS]


def test_published_with_corrections_and_answered_from_at_once(library: Library, settings: Settings) -> None:
    assistant = open_assistant(settings)
    assert "烟花爆竹" not in assistant.ask(Query("公园内禁止燃放什么？")).text
    record = library.publish(stage(library), {"title": "攀枝花市城市公园管理办法", "issuer": "攀枝花市\u202e人民政府 "})
    assert (record.title, record.issuer) == ("攀枝花市城市公园管理办法", "攀枝花市人民政府")
    assert library.staging.all() == []
    answer = assistant.ask(Query("公园内禁止燃放什么？"))
    assert "烟花爆竹" in answer.text
    assert answer.citations[0].document_title == "攀枝花市城市公园管理办法"
    # what the command line does next keeps document and corrections
    (settings.corpus_dir / "other.txt").write_text("路灯管理办法\n\n第一条 路灯由市政管理。\n", encoding="utf-8")
    report = ingest([settings.corpus_dir], settings)
    assert (report.added, report.replaced, report.unchanged) == (["other"], [], [LAMPS, record.id])
    ingest([settings.corpus_dir], settings, rebuild=True)
    again = open_assistant(settings)
    assert [document.id for document in again.documents()] == sorted([record.id, LAMPS, "other"])
    assert again.document(record.id).record == record


def test_a_new_version_takes_the_place_of_the_old(library: Library, settings: Settings) -> None:
    first = library.publish(stage(library), {})
    held = open_assistant(settings).documents()
    preview = library.preview(stage(library, PARKS_2, "新版.md"), held)
    assert [(twin.document.id, twin.alike) for twin in preview.twins] == [(first.id, "number")]
    change = difference(preview.twins[0].document, preview.document)
    assert (change.added, change.removed, change.changed) == (("第三条",), (), ("第二条",))
    assert (change.unchanged, change.front) == (2, False)
    second = library.publish(preview.upload.token, {}, replaces=first.id)
    assert second.id == first.id
    assert "孔明灯" in said(settings, "公园内禁止燃放什么？")
    assert len(ids(settings)) == 3
    kept = list((settings.data_dir / "library" / "replaced").glob("*.txt"))
    assert [file.read_text(encoding="utf-8") for file in kept] == [PARKS], "the earlier file is not lost"


def test_the_same_text_and_the_same_name_are_noticed(library: Library, settings: Settings) -> None:
    first = library.publish(stage(library), {})
    held = open_assistant(settings).documents()
    assert library.preview(stage(library, PARKS + "\n", "x.txt"), held).twins[0].alike == "text"
    other = stage(library, "完全不同的规定\n\n第一条 无。\n", "公园办法.txt")
    assert [twin.alike for twin in library.preview(other, held).twins] == ["id"]
    second = library.publish(other, {})
    assert second.id == f"{first.id}-2"
    assert len(ids(settings)) == 4


def test_a_document_of_the_corpus_is_replaced_for_good(library: Library, settings: Settings) -> None:
    library.publish(stage(library, LAMPS_TEXT + "\n第三条 另行通知。\n"), {"status": "amended"}, replaces=LAMPS)
    for rebuild in (False, True):
        ingest([settings.corpus_dir], settings, rebuild=rebuild)
        document = open_assistant(settings).document(LAMPS)
        assert document.record.status == "amended"
        assert document.text.endswith("另行通知。")
        assert [misprint.intended for misprint in document.record.misprints] == ["路灯"]


def test_withdrawn_documents_stay_out_until_they_are_put_back(
    library: Library, settings: Settings, template: Path
) -> None:
    fire = template / "fire.txt"
    assistant = open_assistant(settings)
    before = assistant.document(LAMPS)
    translated = assistant.translation(LAMPS)
    assert library.withdraw(LAMPS).id == LAMPS
    assert [document.id for document in assistant.documents()] == ["fire"]
    assert assistant.ask(Query("路灯什么时候开启？")).citations == ()
    assert [record.title for record in library.withdrawn()] == [before.record.title]
    for rebuild in (False, True):
        assert ingest([settings.corpus_dir, fire], settings, rebuild=rebuild).withdrawn == [LAMPS]
        assert ids(settings) == ["fire"]
    with pytest.raises(LastDocument):
        library.withdraw("fire")
    assert ids(settings) == ["fire"]
    library.put_back(LAMPS)
    assert library.withdrawn() == []
    after = open_assistant(settings)
    assert after.document(LAMPS).text == before.text
    assert [c.label for c in after.document(LAMPS).clauses] == [c.label for c in before.clauses]
    assert after.translation(LAMPS) == translated
    with pytest.raises(UnknownDocument):
        library.put_back(LAMPS)
    with pytest.raises(UnknownDocument):
        library.withdraw("nothing")


def test_reading_anew_loses_no_document(library: Library, settings: Settings) -> None:
    record = library.publish(stage(library), {"title": "公园办法"})
    library.withdraw(library.publish(stage(library, "另一办法\n\n第一条 无。\n", "other.txt"), {}).id)
    state = open_assistant(settings)
    texts = {document.id: document.text for document in state.documents()}
    english = state.translation(LAMPS)
    steps: list[str] = []
    report = library.rebuild(lambda what, done, total: steps.append(what))
    assert sorted(report.added) == sorted(["fire", LAMPS, record.id]), "fire came from elsewhere, and stays"
    assert record.id in steps
    again = open_assistant(settings)
    assert {document.id: document.text for document in again.documents()} == texts
    assert again.document(record.id).record.title == "公园办法"
    assert again.translation(LAMPS) == english
    assert "烟花爆竹" in again.ask(Query("公园内禁止燃放什么？")).text


def test_reading_anew_refuses_two_files_of_one_id(library: Library, settings: Settings) -> None:
    twin = settings.corpus_dir / "again" / "lamps.md"
    twin.parent.mkdir()
    twin.write_text(PARKS, encoding="utf-8")
    with pytest.raises(SameDocument) as refused:
        library.rebuild()
    assert all(str(file) in str(refused.value) for file in (twin, settings.corpus_dir / "lamps.txt"))
    assert ids(settings) == ["fire", LAMPS]
    assert open_assistant(settings).document(LAMPS).record.title == "路灯管理办法"
    twin.rename(twin.with_name("parks.md"))
    assert sorted(library.rebuild().added) == ["fire", LAMPS, "parks"]


def test_what_fails_changes_nothing(library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    token = stage(library)
    before = {str(f): f.read_bytes() for f in sorted((settings.data_dir / "library").rglob("*")) if f.is_file()}
    with pytest.raises(InvalidCorrection) as wrong:
        library.publish(token, {"title": " \u200b", "adopted": "2020-02-30", "status": "lost", "source": "长" * 301})
    assert wrong.value.faults == {"title": "empty", "adopted": "date", "status": "status", "source": "too_long"}
    with pytest.raises(UnknownDocument):
        library.publish(token, {}, replaces="nothing")

    def fail(embedder: object, texts: object) -> object:
        raise RuntimeError("no memory")

    with monkeypatch.context() as patch:
        patch.setattr(CachedEmbedder, "embed_passages", fail)
        with pytest.raises(RuntimeError):
            library.publish(token, {})
        with pytest.raises(RuntimeError):
            library.rebuild()
    assert {str(f): f.read_bytes() for f in sorted((settings.data_dir / "library").rglob("*")) if f.is_file()} == before
    assert ids(settings) == ["fire", LAMPS]
    assert library.publish(token, {}).title == "城市公园管理办法"


def library_files(settings: Settings) -> dict[str, bytes]:
    """Everything in the library folder but what waits: path → content."""
    folder = settings.data_dir / "library"
    files = [file for file in folder.rglob("*") if file.is_file() and "staged" not in file.parts]
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


@pytest.mark.parametrize("file", ["lamps.en.jsonl", "lamps.toml", "lamps.txt"])
def test_a_correction_that_cannot_be_written_changes_no_file(library: Library, settings: Settings, file: str) -> None:
    library.correct(LAMPS, {"issuer": "市政管理局"})
    before = library_files(settings)
    in_the_way = settings.data_dir / "library" / "documents" / f".{file}.half"
    in_the_way.mkdir()
    with pytest.raises(DataFolderNotWritable, match=file):
        library.correct(LAMPS, {"issuer": "园林局"})
    assert library_files(settings) == before
    assert not ingest([settings.corpus_dir], settings).changed
    in_the_way.rmdir()
    assert library.correct(LAMPS, {"issuer": "园林局"}).issuer == "园林局"


def test_an_upload_whose_original_cannot_be_written_is_not_published(library: Library, settings: Settings) -> None:
    page = "".join(f"<p>{line}</p>" for line in PARKS.split("\n\n"))
    token = stage(library, f"<html><body>{page}</body></html>", "parks.html")
    in_the_way = settings.data_dir / "library" / "originals" / ".parks.html.half"
    in_the_way.mkdir(parents=True)
    with pytest.raises(DataFolderNotWritable):
        library.publish(token, {})
    assert library_files(settings) == {}
    assert ingest([settings.corpus_dir], settings).added == []
    in_the_way.rmdir()
    assert library.publish(token, {}).id == "parks"


def test_text_and_original_of_one_name_are_each_taken_back(library: Library, settings: Settings) -> None:
    text = "公园管理办法\n第一条 公园内禁止烧烤。\n第二条 湖泊内禁止垂钓。"
    library.publish(library.staging.add("parks.txt", make_pdf(text)).token, {})
    before = library_files(settings)
    assert {"documents/parks.txt", "originals/parks.txt"} <= before.keys()
    in_the_way = settings.data_dir / "library" / "documents" / ".parks.txt.half"
    in_the_way.mkdir()
    with pytest.raises(DataFolderNotWritable):
        library.correct("parks", {"issuer": "园林局"})
    assert library_files(settings) == before


def test_what_another_process_has_published_meanwhile_is_not_published_twice(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = stage(library, name="parks.txt")

    @contextmanager
    def after_another(folder: Path) -> Iterator[None]:
        monkeypatch.undo()
        Library(settings).publish(token, {})
        with write_lock(folder):
            yield

    monkeypatch.setattr("assistant.pipeline.publishing.write_lock", after_another)
    with pytest.raises(UnknownUpload):
        library.publish(token, {})
    assert ids(settings) == ["fire", LAMPS, "parks"]


def test_a_publication_that_was_killed_is_taken_up_again(library: Library, settings: Settings) -> None:
    token = stage(library, name="parks.txt")
    Holdings(settings.data_dir).put(library.preview(token, ()).document.record, PARKS.encode())
    assert library.publish(token, {}).id == "parks"
    assert ids(settings) == ["fire", LAMPS, "parks"]
    assert library.publish(stage(library, PARKS_2, "parks.txt"), {}).id == "parks-2", "another text is another document"


class Killed(BaseException):
    """The process ends here, and does nothing more."""


@contextmanager
def killed_at(step: int) -> Iterator[list[str]]:
    """Files are moved and deleted until so many times; then nothing is any more, as of a process that was killed."""
    done: list[str] = []

    def until_killed(real: Any) -> Any:
        def run(*arguments: Any, **options: Any) -> Any:
            if len(done) >= step:
                raise Killed
            done.append(str(arguments[-1]))
            return real(*arguments, **options)

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.replace", until_killed(os.replace))
        patch.setattr(Path, "unlink", until_killed(Path.unlink))
        yield done


def put_files(folder: Path) -> dict[str, bytes]:
    files = [file for part in ("documents", "originals") for file in sorted((folder / "library" / part).iterdir())]
    return {file.name: file.read_bytes() for file in files if not file.name.startswith(".")}


def test_who_is_killed_while_replacing_a_document_leaves_the_old_one_or_the_new(tmp_path: Path) -> None:
    old = (Record("parks", "旧", issuer="甲"), b"old", [("旧", "old")], Original(".docx", b"old original"))
    new = (Record("parks", "新", issuer="乙"), b"new", (), Original(".pdf", b"new original"))
    states = []
    for version in (old, new):
        Holdings(tmp_path / "whole").put(*version)
        states.append(put_files(tmp_path / "whole"))
    assert sorted(states[0]) == ["parks.docx", "parks.en.jsonl", "parks.toml", "parks.txt"]
    assert sorted(states[1]) == ["parks.pdf", "parks.toml", "parks.txt"]
    for step in range(20):
        folder = tmp_path / str(step)
        Holdings(folder).put(*old)
        with killed_at(step):
            try:
                Holdings(folder).put(*new)
            except Killed:
                pass
            else:
                break
        for again in range(20):  # killed while mending, too
            with killed_at(again):
                try:
                    Holdings(folder).mend()
                except Killed:
                    continue
                break
        assert put_files(folder) == states[0], step
    assert put_files(folder) == states[1]
    assert step == 4 + 1 + 3 + 2 + 1, "copies, the journal, files, two that are gone, the journal's end"


def test_the_next_ingestion_mends_what_a_killed_publication_left(library: Library, settings: Settings) -> None:
    record = library.publish(stage(library, name="parks.txt"), {})
    with killed_at(4), pytest.raises(Killed):  # two copies, the journal, the record
        library.publish(stage(library, PARKS_2, "新.txt"), {"title": "新办法"}, replaces=record.id)
    assert open_assistant(settings).document(record.id).record == record
    assert ingest([settings.corpus_dir], settings).replaced == []
    assert open_assistant(settings).document(record.id).record == record
    assert library.publish(library.staging.all()[0].token, {"title": "新办法"}, replaces=record.id).title == "新办法"


@pytest.mark.parametrize("door", ["rows", "retriever"])
def test_what_is_withdrawn_while_it_is_searched_is_still_found(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch, door: str
) -> None:
    assistant = open_assistant(settings)

    def withdrawn_after(*arguments: Any, **options: Any) -> Any:
        found = retrieve(*arguments, **options)
        library.withdraw(LAMPS)
        return found

    monkeypatch.setattr("assistant.pipeline.asking.retrieve", withdrawn_after)
    if door == "rows":
        numbers = [row["clause_number"] for row in search_rows(assistant, "路灯每天天黑时开启", 1)]
    else:
        found = LangChainAssistant(assistant).retriever(k=1).invoke("路灯每天天黑时开启")
        numbers = [document.metadata["clause_number"] for document in found]
    assert numbers == [2]
    assert [document.id for document in assistant.documents()] == ["fire"]


def test_a_change_whose_indexes_cannot_be_built_stands(library: Library, settings: Settings) -> None:
    indexes = settings.data_dir / "indexes"
    shutil.rmtree(indexes)
    indexes.write_text("in the way")
    token = stage(library)
    record = library.publish(token, {})
    with pytest.raises(UnknownUpload):
        library.publish(token, {})
    library.withdraw(LAMPS)
    indexes.unlink()
    assert ids(settings) == sorted([record.id, "fire"])
    assert [one.id for one in library.withdrawn()] == [LAMPS]
    assert "烟花爆竹" in said(settings, "公园内禁止燃放什么？")
    library.put_back(LAMPS)
    assert LAMPS in ids(settings)


BAD_FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.txt", b"", "empty"),
    "only white space": ("a.txt", b" \n\t ", "empty"),
    "only signs": ("a.txt", "。。。——".encode(), "empty"),
    "a scan": ("扫描件.pdf", make_pdf(""), "scanned"),
    "a broken pdf by another name": ("a.txt", b"%PDF-1.4 \x00", "damaged"),
    "broken word": ("a.docx", b"PK\x03\x04....", "damaged"),
    "old word": ("a.doc", b"\xd0\xcf\x11\xe0", "old_office"),
    "a picture": ("a.jpg", b"\xff\xd8\xff", "kind"),
    "no suffix": ("passwd", b"root", "kind"),
    "binary": ("a.txt", b"\x00\x01\x02" * 99, "not_text"),
    "too large": ("a.pdf", b"a" * (LARGEST_FILE + 1), "too_large"),
    "too long": ("a.txt", b"a" * (LARGEST_TEXT + 1), "too_long"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_files_that_are_no_documents_are_refused(library: Library, kind: str) -> None:
    name, data, fault = BAD_FILES[kind]
    with pytest.raises(RefusedUpload) as refused:
        library.staging.add(name, data)
    assert refused.value.fault == fault
    assert library.staging.all() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.txt", "passwd.txt"),
        ("C:\\文件\\办法.txt", "办法.txt"),
        ("<script>alert(1).txt", "<script>alert(1).txt"),
        ("a\x00\nb.txt", "a  b.txt"),
        (f"{'长' * 400}.txt", f"{'长' * 196}.txt"),
    ],
)
def test_hostile_names_stay_names(library: Library, settings: Settings, name: str, kept: str) -> None:
    token = stage(library, "某某管理办法\n\n第一条 无。\n", name)
    assert library.staging.get(token).name == kept
    record = library.preview(token, ()).document.record
    assert record.id.isascii()
    assert "/" not in record.id
    inside = settings.data_dir / "library"
    assert {file.parent.parent.name for file in inside.rglob("file")} == {"staged"}


def test_uploads_wait_for_a_day_and_only_once(library: Library, settings: Settings) -> None:
    token = stage(library)
    with pytest.raises(RefusedUpload) as again:
        stage(library, name="again.txt")
    assert again.value.fault == "waiting"
    for wrong in ("", "..", "../documents", "0" * 32, token[:-1], token + "\n"):
        with pytest.raises(UnknownUpload):
            library.staging.get(wrong)
        library.staging.remove(wrong)
    assert [upload.who for upload in library.staging.all()] == ["张三"]
    about = settings.data_dir / "library" / "staged" / token / "about.json"
    old = json.loads(about.read_text(encoding="utf-8")) | {
        "time": (datetime.now(UTC) - timedelta(hours=25)).isoformat()
    }
    about.write_text(json.dumps(old), encoding="utf-8")
    with pytest.raises(UnknownUpload):
        library.preview(token, ())
    assert library.staging.all() == []
    assert not about.exists()
    stage(library)


def test_the_command_line_tells_what_is_left_out(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library.withdraw("fire")
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    monkeypatch.setattr("sys.argv", ["assistant", "ingest", str(settings.corpus_dir)])
    with pytest.raises(SystemExit):
        main()
    assert "1 withdrawn by staff" in capsys.readouterr().out


def test_records_survive_their_file(tmp_path: Path, settings: Settings) -> None:
    record = open_assistant(settings).document(LAMPS).record
    hard = replace(record, title='引"号\\ \x7f 😀 # = [x]', translation="")
    (tmp_path / "a.toml").write_text(format_record(hard), encoding="utf-8")
    assert load_record(tmp_path / "a.txt", "") == hard


def test_readers_never_see_half_of_a_publication(library: Library, settings: Settings) -> None:
    assistant = open_assistant(settings)
    stop, failures = threading.Event(), []

    def keep_asking() -> None:
        while not stop.is_set():
            try:
                if "两次" not in assistant.ask(Query("商场每年组织几次消防演练？")).text:
                    failures.append("another answer")
            except Exception as error:
                failures.append(repr(error))

    threads = [threading.Thread(target=keep_asking) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        record = library.publish(stage(library), {})
        library.withdraw(record.id)
        library.put_back(record.id)
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)
    assert failures == []
