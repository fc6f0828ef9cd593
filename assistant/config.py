"""Environment variables → `Settings`. Only entry points and the pipeline read them; the steps take plain parameters."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import InvalidSetting

PREFIX = "ASSISTANT_"

FEEDBACK_DAYS = 90
"""How long feedback is kept unless said otherwise."""


class Settings(BaseSettings):
    """Every setting, with its default; `ASSISTANT_DATA_DIR=/srv/policies` sets `data_dir`.

    A variable that is empty counts as not set: a path of no characters would be the current folder.
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Field(default=Path(".data"), description="Folder of the catalogue and the indexes.")
    corpus_dir: Path = Field(default=Path("corpus"), description="What `ingest` reads when no path is given.")
    embedding_model: str = Field(
        default="bundled", min_length=1, description="`bundled`, or the name or path of a sentence-transformers model."
    )
    chunk_tokens: int = Field(default=96, ge=16, le=512, description="Most tokens in a chunk.")
    vector_cache: Path | None = Field(
        default=None, description="Folder that keeps vectors, so that a text is embedded once for all data folders."
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address that `serve` listens on.")
    port: int = Field(default=7860, ge=0, le=65535, description="Port that `serve` listens on; 0 takes a free one.")
    api_keys: SecretStr = Field(
        default=SecretStr(""),
        description="Keys, comma-separated, of which programs must bring one to /api, /v1 and /mcp; empty: none.",
    )
    rate_limit: int = Field(
        default=0, ge=0, le=1_000_000, description="Requests a minute and program at /api, /v1, /mcp; 0: no limit."
    )
    mcp_hosts: str = Field(
        default="",
        description="Host names, comma-separated, under which /mcp is reached; this machine's own always are.",
    )
    site_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+/?)?$",
        description="Address of the site, for links that MCP gives; empty: the address that a request came to.",
    )
    trusted_proxies: str = Field(
        default="",
        description="Addresses or networks, comma-separated, of proxies whose X-Forwarded-For and -Proto are believed.",
    )
    chat_model: str = Field(
        default="", description="Chat model that writes answers, e.g. `openai:gpt-4o-mini`; empty: answers are quoted."
    )
    chat_base_url: str = Field(default="", description="Address of the chat model's server, where it is not the usual.")
    chat_api_key: SecretStr = Field(default=SecretStr(""), description="Key of the chat model's server.")
    chat_timeout_s: float = Field(default=30.0, gt=0, le=600, description="Seconds that the chat model may take.")
    chat_retries: int = Field(default=2, ge=0, le=10, description="How often a failed call of it is tried again.")
    staff_password: SecretStr = Field(
        default=SecretStr(""),
        description="Opens the staff desk at /desk; without one there is no desk. Take a long one.",
    )
    question_log_days: int = Field(
        default=0, ge=0, le=3650, description="Days that questions are kept, masked, for the desk; 0 keeps none."
    )
    feedback_days: int = Field(
        default=FEEDBACK_DAYS,
        ge=1,
        le=3650,
        description="Days that feedback is kept, with the question, masked, where an answer did not help.",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _names_addresses(cls, setting: str) -> str:
        """The setting as uvicorn understands it: `*` only by itself, and of a network only its own address."""
        entries = split_setting(setting)
        networks = [str(ip_network(entry, strict=False)) for entry in entries if entry != "*"]
        return "*" if "*" in entries else ",".join(networks)


def split_setting(setting: str) -> tuple[str, ...]:
    """The entries of a comma-separated setting."""
    return tuple(filter(None, map(str.strip, setting.split(","))))


def load_settings() -> Settings:
    """Read the settings from the environment.

    Raises:
        InvalidSetting: a variable that starts with ASSISTANT_ is unknown, or its value has no meaning.
    """
    known = {(PREFIX + name).upper() for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known)
    if unknown:
        raise InvalidSetting(f"unknown setting {', '.join(unknown)}; known ones are {', '.join(sorted(known))}")
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        secret = Settings.model_fields[field].annotation is SecretStr
        value = "" if secret else f"={first['input']!r}"
        raise InvalidSetting(f"{PREFIX}{field.upper()}{value}: {first['msg']}") from None
