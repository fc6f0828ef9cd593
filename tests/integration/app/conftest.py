"""The web application over the real pipeline, on the real corpus and on two documents that are hard to show."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.app.server import create_app, server_config
from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Document
from tests.integration.app.desk_forms import LAMPS, PASSWORD, log_in

ROOT = Path(__file__).parents[3]
DECISION = "panzhihua-2020-07-30"

HOSTILE = """关于<script>window.hacked=1</script>治理办法的通知

第一条 为了治理 <img src=x onerror="window.hacked=2"> 和 [链接](javascript:alert(1))，制定本办法。

第二条 本办法所称\u202e翻转\u202c文字，是指“<b>加粗</b>”以及 &amp; 一类的写法。

第三条 违反本办法的，按照 </p></div></body> 处理；网址是 https://evil.example/a.png。
"""
HOSTILE_RECORD = """id = "hostile"
title = '关于<script>window.hacked=1</script>治理办法的通知'
issuer = '<img src=x onerror=alert(1)>测试局'
number = '测发〔2021〕1号"><script>alert(2)</script>'
published = "2021-03-01"
status = "amended"
"""


@pytest.fixture(scope="session")
def data_dir(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus and a hostile document."""
    sources = tmp_path_factory.mktemp("sources")
    (sources / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (sources / "hostile.toml").write_text(HOSTILE_RECORD, encoding="utf-8")
    folder = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(corpus_data_dir, folder)
    ingest([sources], Settings(data_dir=folder))
    return folder


@pytest.fixture(scope="session")
def assistant(data_dir: Path) -> Assistant:
    return open_assistant(Settings(data_dir=data_dir))


@pytest.fixture(scope="session")
def feedback_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("feedback")


@pytest.fixture(scope="session")
def app(assistant: Assistant, feedback_folder: Path) -> FastAPI:
    return create_app(assistant, feedback_folder=feedback_folder)


@pytest.fixture(scope="session")
def shared_client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(shared_client: TestClient) -> TestClient:
    shared_client.cookies.clear()
    return shared_client


@pytest.fixture(scope="module")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def desk_app(assistant: Assistant, desk_folder: Path) -> FastAPI:
    """An application with a staff desk, which keeps questions. A module may put one of its own in its place."""
    return create_app(assistant, feedback_folder=desk_folder, staff_password=SecretStr(PASSWORD), question_log_days=30)


@pytest.fixture(scope="session")
def _lamps_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lamps")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "lamps.txt").write_text(LAMPS, encoding="utf-8")
    ingest([folder / "corpus"], Settings(data_dir=folder / "data"))
    return folder


@pytest.fixture
def data(_lamps_template: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own with one small document, `lamps`, and its corpus folder beside."""
    shutil.copytree(_lamps_template / "corpus", tmp_path / "corpus")
    return Path(shutil.copytree(_lamps_template / "data", tmp_path / "data"))


@pytest.fixture
def lamps_app(data: Path) -> FastAPI:
    """An application over those folders, with a staff desk that may change them."""
    assistant = open_assistant(Settings(data_dir=data, corpus_dir=data.parent / "corpus"))
    return create_app(assistant, feedback_folder=data, staff_password=SecretStr(PASSWORD))


@pytest.fixture
def visitor(desk_app: FastAPI) -> Iterator[TestClient]:
    """A browser that is not signed in at the desk."""
    with TestClient(desk_app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def staff(visitor: TestClient) -> TestClient:
    """A browser that is."""
    assert log_in(visitor).status_code == 303
    return visitor


@pytest.fixture(scope="session")
def decision(assistant: Assistant) -> Document:
    return assistant.document(DECISION)


@pytest.fixture(scope="session")
def hostile(assistant: Assistant) -> Document:
    return assistant.document("hostile")


@pytest.fixture(scope="session")
def serve_app() -> Iterator[Callable[..., str]]:
    """Serves applications on this machine, as `serve` does; gives the address of each."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(app: FastAPI, trusted_proxies: str = "") -> str:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(server_config(app, trusted_proxies))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        running.append((server, thread))
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        assert server.started
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield serve
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def address(assistant: Assistant, feedback_folder: Path, serve_app: Callable[[FastAPI], str]) -> str:
    """Where the application is served."""
    return serve_app(create_app(assistant, feedback_folder=feedback_folder))
