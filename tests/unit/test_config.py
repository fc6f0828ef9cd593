"""Environment variables and what they set, or what is said of those that set nothing."""

from __future__ import annotations

import pytest
from pydantic import Field, SecretStr

from assistant import config
from assistant.config import PREFIX, Settings, load_settings
from assistant.errors import InvalidSetting


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_an_empty_variable_counts_as_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(f"{PREFIX}VECTOR_CACHE", raising=False)
    defaults = load_settings()
    monkeypatch.setenv(f"{PREFIX}{name.upper()}", "")
    assert load_settings() == defaults


@pytest.mark.parametrize("name", ["ASSISTANT_PORT", "assistant_port", "Assistant_Port"])
def test_what_has_no_meaning_is_shown_however_it_was_spelt(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "abc")
    with pytest.raises(InvalidSetting, match="ASSISTANT_PORT='abc': "):
        load_settings()


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    class Strict(Settings):
        staff_password: SecretStr = Field(default=SecretStr(""), min_length=99)

    monkeypatch.setattr(config, "Settings", Strict)
    monkeypatch.setenv("ASSISTANT_STAFF_PASSWORD", "open sesame")
    with pytest.raises(InvalidSetting, match="ASSISTANT_STAFF_PASSWORD: ") as caught:
        load_settings()
    assert "sesame" not in str(caught.value)
