"""The day of which the corpus is: what the pages say of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.app import currency
from assistant.app.page import ChatPage
from assistant.config import Settings
from assistant.indexing.catalogue import FILE_NAME
from assistant.pipeline import Assistant, ingest
from assistant.schema import Language

NOON = 1_600_000_000
"""2020-09-13, around noon in Greenwich: the same day nearly everywhere."""
SHOWN = [("zh", "收录内容更新至 2020年9月13日"), ("en", "Holdings as of 13 September 2020")]


@pytest.fixture
def old_corpus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Pages see a catalogue that was written on 13 September 2020."""
    (tmp_path / FILE_NAME).touch()
    os.utime(tmp_path / FILE_NAME, (NOON, NOON))
    for module in ("documents", "rendering", "server"):
        monkeypatch.setattr(f"assistant.app.{module}.corpus_day", lambda _: currency.corpus_day(tmp_path))


@pytest.mark.usefixtures("old_corpus")
@pytest.mark.parametrize(("language", "words"), SHOWN)
def test_every_page_says_it(client: TestClient, assistant: Assistant, language: Language, words: str) -> None:
    for path in ("/documents", "/documents/panzhihua-2020-07-30"):
        html = client.get(f"{path}?lang={language}").text
        assert f'<time datetime="2020-09-13">{words}</time>' in html
    assert words in ChatPage(assistant, language, lambda question, answer: None).sources()


def test_an_ingestion_that_changes_something_moves_the_day(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    data = tmp_path / "data"
    (source / "a.txt").write_text("关于治理的通知\n\n第一条 为了治理，制定本办法。\n", encoding="utf-8")
    ingest([source], Settings(data_dir=data))
    os.utime(data / FILE_NAME, (NOON, NOON))
    before = currency.corpus_day(data)
    ingest([source], Settings(data_dir=data))
    assert currency.corpus_day(data) == before
    (source / "a.txt").write_text("关于治理的通知\n\n第一条 为了更好地治理，制定本办法。\n", encoding="utf-8")
    ingest([source], Settings(data_dir=data))
    assert currency.corpus_day(data) > before


def test_no_catalogue_no_day(tmp_path: Path) -> None:
    assert currency.corpus_day(tmp_path) == ""
