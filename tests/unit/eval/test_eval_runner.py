"""What a run does with the settings it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from eval.errors import InvalidData
from eval.runner import run_suite
from eval.suites.base import Options, Prepared, Progress
from eval.suites.spans import SpanSuite


def test_a_chat_model_that_is_configured_takes_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Settings] = []

    def prepare(suite: SpanSuite, options: Options, settings: Settings, progress: Progress) -> Prepared:
        seen.append(settings)
        return Prepared(settings, (), [], {})

    monkeypatch.setattr(SpanSuite, "prepare", prepare)
    suite = SpanSuite("set", "about", lambda folder: pytest.fail("read"), ())
    settings = Settings(data_dir=tmp_path, chat_model="openai:m")
    with pytest.raises(InvalidData):  # there is no question to ask
        run_suite(suite, Options(tmp_path), settings, tmp_path, lambda *_: None)
    assert [one.chat_model for one in seen] == [""]
