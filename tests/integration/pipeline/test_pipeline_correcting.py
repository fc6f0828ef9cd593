"""What staff change in a document that is published: its record, its translation; and what a new version keeps."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from assistant.config import Settings
from assistant.errors import InvalidCorrection, InvalidTranslation, UnknownDocument
from assistant.pipeline import Library, ingest, open_assistant
from assistant.pipeline.comparing import kept_translation
from assistant.schema import Query
from tests.unit.ingestion.make_pdf import make_pdf

LAMPS = "lamps"
TEXT = "路灯管理办法\n\n第一条 路灯由市政机构管理。\n\n第二条 路灯每天天黑时开启。\n\n第三条 路灯应当节约用电。\n"
RECORD = 'title = "路灯管理办法"\nissuer = "市政局"\ntranslation = "lamps.en.jsonl"\n'
ENGLISH = (
    '{"zh": "路灯管理办法", "en": "Measures for Street Lamps"}\n'
    '{"zh": "路灯由市政机构管理。", "en": "The city runs the lamps."}\n'
    '{"zh": "路灯每天天黑时开启。", "en": "Lamps are lit at dusk."}\n'
)
NEW = TEXT.replace("天黑时", "日落后")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("correcting")
    (folder / "corpus").mkdir()
    for name, text in (("lamps.txt", TEXT), ("lamps.toml", RECORD), ("lamps.en.jsonl", ENGLISH)):
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    ingest([folder / "corpus"], Settings(data_dir=folder / "data"))
    return folder


@pytest.fixture
def settings(own_settings: Settings) -> Settings:
    return own_settings


def english(settings: Settings) -> list[str]:
    return [one.text for one in open_assistant(settings).translation(LAMPS)]


def test_a_record_is_corrected_and_nothing_else_changes(library: Library, settings: Settings) -> None:
    assistant = open_assistant(settings)
    before = assistant.document(LAMPS)
    cited = assistant.ask(Query("路灯由谁管理？")).citations[0]
    record = library.correct(
        LAMPS, {"title": "攀枝花市路灯管理办法", "number": "攀府发〔2023〕1号", "status": "amended"}
    )
    after = assistant.document(LAMPS)
    assert (after.record, record.issuer) == (record, "市政局")
    assert (after.text, after.clauses) == (before.text, before.clauses)
    assert english(settings) == ["Measures for Street Lamps", "The city runs the lamps.", "Lamps are lit at dusk."]
    again = assistant.ask(Query("路灯由谁管理？")).citations[0]
    assert (again.document_title, again.url, again.quote) == ("攀枝花市路灯管理办法", cited.url, cited.quote)
    # the corpus folder, read again, does not bring the old record back
    ingest([settings.corpus_dir], settings, rebuild=True)
    assert open_assistant(settings).document(LAMPS).record.title == "攀枝花市路灯管理办法"
    # corrected once more, the record before is kept
    library.correct(LAMPS, {"issuer": "住建局"})
    kept = list((settings.data_dir / "library" / "replaced").glob("*.toml"))
    assert ["市政局" in file.read_text(encoding="utf-8") for file in kept] == [True]


def test_impossible_corrections_change_nothing(library: Library, settings: Settings) -> None:
    with pytest.raises(InvalidCorrection):
        library.correct(LAMPS, {"adopted": "去年"})
    with pytest.raises(UnknownDocument):
        library.correct("nowhere", {"title": "无"})
    assert open_assistant(settings).document(LAMPS).record.adopted == ""
    assert not (settings.data_dir / "library" / "documents").exists()


def test_a_new_version_keeps_the_translation_of_clauses_that_are_the_same(library: Library, settings: Settings) -> None:
    assistant = open_assistant(settings)
    token = library.staging.add("lamps.txt", NEW.encode()).token
    preview = library.preview(token, assistant.documents())
    kept = kept_translation(assistant.document(LAMPS), assistant.translation(LAMPS), preview.document)
    assert (kept.kept, kept.lost, kept.front) == (1, ("第二条",), False)
    library.publish(token, {}, replaces=LAMPS)
    assert english(settings) == ["Measures for Street Lamps", "The city runs the lamps."]
    document = open_assistant(settings).document(LAMPS)
    assert [document.text[one.start : one.end] for one in open_assistant(settings).translation(LAMPS)] == [
        "路灯管理办法",
        "路灯由市政机构管理。",
    ]


def test_a_translation_is_put_in_place_and_removed(library: Library, settings: Settings) -> None:
    library.translate(LAMPS, [("路灯应当节约用电。", "Lamps shall save power.")])
    assert english(settings) == ["Lamps shall save power."]
    ingest([settings.corpus_dir], settings, rebuild=True)
    assert english(settings) == ["Lamps shall save power."], "the corpus folder's translation does not come back"
    library.translate(LAMPS, [])
    assert english(settings) == []
    assert open_assistant(settings).document(LAMPS).record.translation == ""


@pytest.mark.parametrize(
    ("pairs", "line"),
    [
        ([("路灯每天天黑时开启。", "b"), ("路灯由市政机构管理。", "a")], 2),
        ([("路灯由市政局管理。", "a")], 1),
        ([("", "a")], 1),
    ],
)
def test_a_translation_out_of_line_changes_nothing(
    library: Library, settings: Settings, pairs: list[tuple[str, str]], line: int
) -> None:
    with pytest.raises(InvalidTranslation) as caught:
        library.translate(LAMPS, pairs)
    assert (caught.value.fault, caught.value.line) == ("order", line)
    assert len(english(settings)) == 3


def test_a_word_file_is_published_by_its_text_and_kept_as_it_came(library: Library, settings: Settings) -> None:
    word = docx.Document()
    for text in ("公园管理办法", "第一条 公园内禁止燃放", "第二条 湖泊内禁止垂钓。"):
        word.add_paragraph(text)
    out = io.BytesIO()
    word.save(out)
    token = library.staging.add("公园.docx", out.getvalue()).token
    preview = library.preview(token, ())
    assert preview.reading.kind == "word"
    record = library.publish(token, {})
    held = open_assistant(settings).document(record.id)
    assert held.text == preview.document.text == "公园管理办法\n第一条公园内禁止燃放\n第二条湖泊内禁止垂钓。"
    original = settings.data_dir / "library" / "originals" / f"{record.id}.docx"
    assert original.read_bytes() == out.getvalue()
    library.rebuild()
    assert open_assistant(settings).document(record.id).text == held.text
    # a later version that is a PDF: text and original are its own, the earlier ones are kept aside
    second = library.staging.add(
        "公园.pdf", make_pdf("公园管理办法\n第一条 公园内禁止烧烤。\n第二条 湖泊内禁止垂钓。")
    ).token
    library.publish(second, {}, replaces=record.id)
    assert "烧烤" in open_assistant(settings).document(record.id).text
    assert not original.exists()
    assert original.with_suffix(".pdf").is_file()
    kept = {file.suffix for file in (settings.data_dir / "library" / "replaced").iterdir()}
    assert kept == {".txt", ".toml", ".docx"}


def test_a_document_withdrawn_and_put_back_keeps_its_paragraphs(library: Library, settings: Settings) -> None:
    (settings.data_dir.parent / "公园.html").write_text(
        "<html><body><p>公园管理办法</p><p>第一条 市人民政府，各县（区）人民政府和各园区管理委员会负责组织实施本办法"
        "</p><p>附则，另行规定</p></body></html>",
        encoding="utf-8",
    )
    report = ingest([settings.data_dir.parent / "公园.html"], settings)
    document = open_assistant(settings).document(report.added[0])
    assert len(document.text.split("\n")) == 3
    library.withdraw(document.id)
    library.put_back(document.id)
    assert open_assistant(settings).document(document.id).text == document.text
