"""Documents beside the real one, and what must be true of every answer."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, Library, ingest, open_assistant
from assistant.schema import Answer, Document, Query, Turn

FIRE = """城市消防管理办法

第一条 为了加强城市消防管理，制定本办法。

第二条 市消防救援机构负责城市消防监督管理工作。

第三条 商场、车站应当配备灭火器材，每年组织两次消防演练。

第四条 违反本办法规定的，由消防救援机构处以五千元以上五万元以下罚款。

第五条 本办法自2023年3月1日起施行。
"""
PARKS = "城市公园管理办法\n\n第一条 为了加强城市公园管理，制定本办法。\n\n第二条 公园内禁止燃放烟花爆竹。\n"


@pytest.fixture(scope="session")
def fire_text() -> str:
    """A short document of the form 第X条, about something else than the decision."""
    return FIRE


@pytest.fixture(scope="session")
def two_documents_dir(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the decision and `fire`; read only."""
    folder = tmp_path_factory.mktemp("two")
    shutil.copytree(corpus_data_dir, folder / "data")
    (folder / "fire.txt").write_text(FIRE, encoding="utf-8")
    ingest([folder / "fire.txt"], Settings(data_dir=folder / "data"))
    return folder / "data"


@pytest.fixture(scope="session")
def two_documents(two_documents_dir: Path) -> Assistant:
    return open_assistant(Settings(data_dir=two_documents_dir))


def _write_sources(folder: Path) -> Path:
    folder.mkdir()
    (folder / "fire.txt").write_text(FIRE, encoding="utf-8")
    (folder / "parks.txt").write_text(PARKS, encoding="utf-8")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A folder with two small documents, `fire` and `parks`."""
    return _write_sources(tmp_path / "sources")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With a data folder that is not there yet."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def own_settings(template: Path, tmp_path: Path) -> Settings:
    """Over copies of the folders `data` and `corpus` of the module's template."""
    shutil.copytree(template / "data", tmp_path / "data")
    shutil.copytree(template / "corpus", tmp_path / "corpus")
    return Settings(data_dir=tmp_path / "data", corpus_dir=tmp_path / "corpus")


@pytest.fixture
def library(own_settings: Settings) -> Library:
    return Library(own_settings)


@pytest.fixture(scope="session")
def _ingested_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    ingest([_write_sources(folder / "sources")], Settings(data_dir=folder / "data"))
    return folder / "data"


@pytest.fixture
def ingested(_ingested_sources: Path, sources: Path, tmp_path: Path) -> Settings:
    """With a data folder that `sources` have been ingested into."""
    shutil.copytree(_ingested_sources, tmp_path / "ingested")
    return Settings(data_dir=tmp_path / "ingested")


@pytest.fixture(scope="session")
def parks_changed() -> str:
    """The document `parks` with a clause more."""
    return PARKS + "\n第三条 公园的湖泊内禁止游泳和垂钓。\n"


@pytest.fixture(scope="session")
def asked() -> Callable[[Settings, str], str]:
    """What an assistant that is opened now answers to a question."""
    return lambda settings, question: open_assistant(settings).ask(Query(question)).text


@pytest.fixture(scope="session")
def talk(corpus_assistant: Assistant) -> Callable[..., Answer]:
    """Gives the answer to the last of some turns of a conversation about the corpus."""
    return lambda *turns: corpus_assistant.ask(Query(turns[-1], tuple(Turn(turn, "") for turn in turns[:-1])))


@pytest.fixture(scope="session")
def check_answer() -> Callable[[Answer, dict[str, Document]], None]:
    """Asserts what must be true of every answer."""
    return _check_answer


def _check_answer(answer: Answer, documents: dict[str, Document]) -> None:
    """What must be true of every answer."""
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", answer.text)]
    assert markers == [citation.marker for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert bool(answer.citations) == (answer.status in ("answered", "partial"))
    assert 0 <= answer.confidence <= 1
    assert answer.timings_ms["total"] > 0
    for citation in (*answer.citations, *answer.related):
        document = documents[citation.document]
        assert document.text[citation.start : citation.end] == citation.quote
        clause = next(c for c in document.clauses if c.start <= citation.start < c.end)
        assert citation.end <= clause.end
        assert (citation.clause_number, citation.clause_label) == (clause.number, clause.label)
        assert citation.url.startswith(f"/documents/{document.id}#")
        if clause.kind == "clause":
            assert citation.url.endswith(f"#clause-{clause.number}")
    for citation in answer.citations:
        assert citation.quote in answer.text, "what is said is what is quoted"
