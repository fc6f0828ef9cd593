"""Behind a proxy: who a request comes from is believed of the proxies that are named, and of no one else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner
from uvicorn.middleware.proxy_headers import _TrustedHosts

from assistant.app.server import create_app
from assistant.config import load_settings
from assistant.errors import InvalidSetting
from assistant.pipeline import Assistant


def asked_for(address: str, visitor: str) -> int:
    headers = {"x-forwarded-for": visitor, "x-forwarded-proto": "https"}
    return httpx.get(f"{address}/v1/models", headers=headers, trust_env=False).status_code


@pytest.mark.parametrize(("proxies", "second"), [("", 429), ("203.0.113.0/24", 429), ("203.0.113.1,127.0.0.0/8", 200)])
def test_visitors_behind_a_proxy(
    assistant: Assistant, tmp_path: Path, serve_app: Callable[..., str], proxies: str, second: int
) -> None:
    app = create_app(assistant, feedback_folder=tmp_path, rate_limit=1)
    address = serve_app(app, proxies)
    assert asked_for(address, "192.0.2.1") == 200
    assert asked_for(address, "192.0.2.1") == 429
    assert asked_for(address, "192.0.2.2") == second


@pytest.mark.parametrize(
    ("setting", "trusted", "others"),
    [
        ("", "", "127.0.0.1"),
        ("*", "10.1.2.3", ""),
        ("*, 10.0.0.1", "192.0.2.1", ""),
        ("10.0.0.1", "10.0.0.1", "10.0.0.2"),
        ("10.0.0.0/8, ::1", "10.1.2.3 ::1", "11.0.0.1 ::2"),
        ("127.0.0.1/8", "127.0.0.1 127.1.1.1", "128.0.0.1"),
    ],
)
def test_what_is_accepted_is_what_the_server_trusts(
    setting: str, trusted: str, others: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_TRUSTED_PROXIES", setting)
    hosts = _TrustedHosts(load_settings().trusted_proxies)
    assert all(address in hosts for address in trusted.split())
    assert not any(address in hosts for address in others.split())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_TRUSTED_PROXIES", "proxy.example"),
        ("ASSISTANT_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("ASSISTANT_RATE_LIMIT", "-1"),
        ("ASSISTANT_RATE_LIMIT", "many"),
        ("ASSISTANT_SITE_URL", "policies.example"),
        ("ASSISTANT_SITE_URL", "https://policies.example/a?b"),
    ],
)
def test_settings_that_have_no_meaning(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSetting, match=name):
        load_settings()


def test_the_command_hands_them_over(monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant import cli
    from assistant.app import server

    given: dict[str, object] = {}
    monkeypatch.setenv("ASSISTANT_TRUSTED_PROXIES", " 10.0.0.1 , ::1")
    monkeypatch.setenv("ASSISTANT_MCP_HOSTS", "policies.example, www.policies.example")
    monkeypatch.setenv("ASSISTANT_SITE_URL", "https://policies.example")
    monkeypatch.setenv("ASSISTANT_RATE_LIMIT", "120")
    monkeypatch.setattr(cli, "_assistant", lambda settings: None)
    monkeypatch.setattr(server, "serve", lambda *arguments, **options: given.update(options))
    result = CliRunner().invoke(cli.app, ["serve"])
    assert result.exit_code == 0, result.output
    assert given["trusted_proxies"] == "10.0.0.1/32,::1/128"
    assert given["mcp_hosts"] == ("policies.example", "www.policies.example")
    assert given["site_url"] == "https://policies.example"
    assert given["rate_limit"] == 120
