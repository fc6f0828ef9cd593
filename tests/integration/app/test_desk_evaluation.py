"""Evaluations at the staff desk: started as a process of their own, watched, stopped, listed, and closed to strangers."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr
from starlette.testclient import TestClient

from assistant.app.desk.access import Session
from assistant.app.desk.audit import AuditLog
from assistant.app.desk.evaluation import AlreadyRunning, Evaluations, LastRun, Wanted
from assistant.app.desk.evaluation_history import history, prune, report_file
from assistant.app.desk.evaluation_pages import evaluation_page
from assistant.app.desk.evaluation_reason import reason
from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import Language
from eval.datasets import SPLITS
from eval.suites.stretches import SPLITS as STRETCH_SPLITS
from tests.integration.app.desk_forms import PASSWORD, token

ROOT = Path(__file__).parents[3]
PAGE = "/desk/evaluation"
LONGEST_S = 290.0
"""A run gives way to everything else: on a busy machine it takes its time."""


@pytest.fixture(scope="module")
def folder(corpus_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluated") / "data"
    shutil.copytree(corpus_data_dir, folder)
    return folder


@pytest.fixture(scope="module")
def assistant(folder: Path) -> Assistant:
    return open_assistant(Settings(data_dir=folder))


@pytest.fixture(scope="module")
def desk_app(assistant: Assistant, folder: Path) -> FastAPI:
    return create_app(assistant, feedback_folder=folder, staff_password=SecretStr(PASSWORD))


def wait_until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_run_from_start_to_report(staff: TestClient, folder: Path) -> None:
    page = staff.get(PAGE)
    assert page.status_code == 200
    assert "还没有评测过" in page.text
    form = {"token": token(page.text), "split": "dev", "number": "20"}
    begun = staff.post(f"{PAGE}/start", data=form)
    assert (begun.status_code, begun.headers["location"]) == (303, PAGE)

    second = staff.post(f"{PAGE}/start", data=form)
    assert second.status_code == 409
    assert "已有一次评测在进行" in second.text
    page = staff.get(PAGE)
    assert "正在评测" in page.text
    assert "<progress" in page.text
    assert '<noscript><meta http-equiv="refresh"' in page.text

    seen = []

    def ended() -> bool:
        found = staff.get(f"{PAGE}/progress").json()
        seen.append((found["done"], found["total"]))
        return bool(found["state"] != "running")

    wait_until(ended)
    assert seen == sorted(seen)
    assert any(0 < done < 20 for done, _ in seen), "progress is not seen"
    assert staff.get(f"{PAGE}/progress").json()["state"] == "done"

    (run,) = history(folder / "evaluation" / "reports")
    page = staff.get(PAGE)
    assert "上次评测已完成" in page.text
    assert '<table class="runs"' in page.text
    assert f"{100 * (run.figures['fully_right'].value or 0):.1f}%" in page.text
    assert " style=" not in page.text
    report = staff.get(f"{PAGE}/reports/{run.name}")
    assert report.status_code == 200
    assert "Evaluation · decision · dev" in report.text
    policy = report.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert report.headers["cache-control"] == "no-store"
    data = staff.get(f"{PAGE}/reports/{run.name}/data")
    assert "attachment" in data.headers["content-disposition"]
    assert len(data.json()["systems"][0]["items"]) == 20
    english = staff.get(f"{PAGE}?lang=en").text
    assert "Past evaluations" in english
    assert "First run" in english


def test_a_run_over_documents_that_the_evaluation_brings_along(staff: TestClient, folder: Path) -> None:
    before = sorted(path.stem for path in (folder / "evaluation" / "reports").glob("*"))
    form = {"token": token(staff.get(PAGE).text), "split": "plans-dev", "number": "20"}
    assert staff.post(f"{PAGE}/start", data=form).status_code == 303
    wait_until(lambda: staff.get(f"{PAGE}/progress").json()["state"] != "running")
    assert staff.get(f"{PAGE}/progress").json()["state"] == "done"
    (run,) = [run for run in history(folder / "evaluation" / "reports") if run.name not in before]
    assert (run.suite, run.split, run.questions) == ("plans", "dev", 20)
    page = staff.get(PAGE).text
    assert re.search(r"<td[^>]*>外地规划，开发集</td>", page)
    assert (folder / "evaluation" / "indexes").is_dir(), "indexes stay in the data folder"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_split_can_be_chosen_and_has_a_name(staff: TestClient, language: str) -> None:
    page = staff.get(f"{PAGE}?lang={language}").text
    offered = re.findall(r'name="split" value="([^"]+)"[^>]*>\s*<label[^>]*>([^<]+)<', page)
    others = [f"{suite}-{split}" for suite in ("rules", "plans", "tables") for split in STRETCH_SPLITS]
    assert [split for split, _ in offered] == [*SPLITS, *others]
    assert len({name for _, name in offered}) == len(offered)


def test_a_chat_model_that_may_cost_is_named_before_a_run() -> None:
    plain = {"available": True, "can_stop": False}
    page = evaluation_page("zh", Session("t", 0.0), LastRun(), [], **plain)
    assert "对话模型" not in page
    for language, words in (("zh", "可能按用量收费"), ("en", "its provider may charge")):
        page = evaluation_page(
            language, Session("t", 0.0), LastRun(), [], model="openai:gpt-x", server="llm.example", **plain
        )
        assert "openai:gpt-x" in page
        assert words in page
        assert "llm.example" in page


def finished(reports: Path, name: str) -> None:
    """A report as a run leaves it."""
    summary = {"format": 1, "name": name, "split": "dev", "started": "2026-01-01T00:00:00+00:00", "seconds": 1.0}
    summary |= {"questions": 1, "crashes": 0, "figures": {}}
    (reports / name).mkdir(parents=True)
    (reports / name / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    (reports / name / "report.html").write_text("<p>", encoding="utf-8")


def test_a_report_is_deleted_and_the_log_says_by_whom(staff: TestClient, folder: Path) -> None:
    reports, name = folder / "evaluation" / "reports", "20250101T000000-decision"
    finished(reports, name)
    page = staff.get(PAGE)
    assert f'action="{PAGE}/reports/{name}/delete"' in page.text
    form = {"token": token(page.text)}
    assert staff.post(f"{PAGE}/reports/{name}/delete", data={"token": "guessed"}).status_code == 403
    assert (reports / name).is_dir()
    for other in ("none", "..%2Freports", ".hidden"):
        assert staff.post(f"{PAGE}/reports/{other}/delete", data=form).status_code == 404
    deleted = staff.post(f"{PAGE}/reports/{name}/delete", data=form)
    assert (deleted.status_code, deleted.headers["location"]) == (303, PAGE)
    assert not (reports / name).exists()
    assert name not in staff.get(PAGE).text
    last = AuditLog(folder).read()[0]
    assert (last.action, last.detail) == ("delete_report", name)
    assert f"报告：{name}" in staff.get("/desk/documents").text


def test_the_oldest_reports_go_when_there_are_too_many(tmp_path: Path) -> None:
    for number in range(5):
        finished(tmp_path, f"2026010{number}T000000-decision")
    (tmp_path / "notes").mkdir()
    assert prune(tmp_path, 3) == ["20260101T000000-decision", "20260100T000000-decision"]
    assert [run.name[:8] for run in history(tmp_path)] == ["20260104", "20260103", "20260102"]
    assert (tmp_path / "notes").is_dir(), "only reports are deleted"


def test_strangers_and_forms_of_others(visitor: TestClient, folder: Path) -> None:
    run = f"{PAGE}/reports/20260101T000000-decision"
    for path in (PAGE, run, f"{run}/data"):
        assert visitor.get(path).headers["location"] == "/desk/login"
    assert visitor.get(f"{PAGE}/progress").status_code == 401
    for path in (f"{PAGE}/start", f"{PAGE}/stop", f"{run}/delete"):
        assert visitor.post(path, data={"split": "dev", "number": "20"}).headers["location"] == "/desk/login"
    assert Evaluations(folder).last().state != "running"


def test_without_a_password_there_is_nothing(assistant: Assistant, tmp_path: Path) -> None:
    with TestClient(create_app(assistant, feedback_folder=tmp_path), follow_redirects=False) as client:
        assert {client.get(f"{PAGE}{end}").status_code for end in ("", "/progress", "/reports/x")} == {404}
        assert {client.post(f"{PAGE}{end}").status_code for end in ("/start", "/stop")} == {404}


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"token": ""}, 403, "页面已过期"),
        ({"split": "train"}, 422, "请从列出的题目"),
        ({"number": "7"}, 422, "请从列出的题目"),
        ({"number": "--data=/"}, 422, "请从列出的题目"),
    ],
)
def test_what_is_not_on_offer_starts_nothing(
    staff: TestClient, folder: Path, change: dict[str, str], status: int, words: str
) -> None:
    form = {"token": token(staff.get(PAGE).text), "split": "dev", "number": "20", **change}
    answer = staff.post(f"{PAGE}/start", data=form)
    assert answer.status_code == status
    assert words in answer.text
    assert Evaluations(folder).last().state != "running"
    assert staff.post(f"{PAGE}/stop", data={"token": ""}).status_code == 403


@pytest.mark.parametrize("name", ["%2e%2e", "..%2f..%2fx", ".unfinished-1", "x" * 200, "nothing"])
def test_no_file_but_reports_is_served(staff: TestClient, folder: Path, name: str) -> None:
    inside = folder / "evaluation" / "reports" / ".unfinished-1"
    inside.mkdir(parents=True, exist_ok=True)
    for file in ("summary.json", "report.html", "report.json"):
        (inside / file).write_text("{}", encoding="utf-8")
    assert staff.get(f"{PAGE}/reports/{name}").status_code == 404
    assert staff.get(f"{PAGE}/reports/{name}/data").status_code == 404
    assert report_file(folder / "evaluation" / "reports", "../reports", "report.html") is None
    assert ".unfinished-1" not in [run.name for run in history(folder / "evaluation" / "reports")]


def test_stopping_leaves_no_report(corpus_data_copy: Callable[[], Path]) -> None:
    evaluations = Evaluations(corpus_data_copy())
    left_by_a_power_cut = evaluations.reports / ".unfinished-x"
    left_by_a_power_cut.mkdir(parents=True)
    evaluations.start(Wanted("dev", None))
    with pytest.raises(AlreadyRunning):
        Evaluations(evaluations.reports.parents[1]).start(Wanted())
    wait_until(lambda: evaluations.last().done > 0)
    assert Evaluations(evaluations.reports.parents[1]).last().state == "running", "another server sees it too"
    evaluations.stop()
    assert evaluations.wait(LONGEST_S)
    last = evaluations.last()
    assert last.state == "stopped"
    assert last.done > 0
    assert history(evaluations.reports) == []
    assert not list(evaluations.reports.glob("*"))


def test_a_failure_says_why(tmp_path: Path) -> None:
    evaluations = Evaluations(tmp_path / "empty")
    evaluations.start(Wanted("dev", 20))
    assert evaluations.wait(LONGEST_S)
    last = evaluations.last()
    assert last.state == "failed"
    assert "is not held; ingest it first" in last.reason
    assert str(tmp_path) not in last.reason
    assert history(evaluations.reports) == []
    assert not (tmp_path / "empty" / "catalogue.sqlite3").exists(), "an evaluation publishes nothing"


@pytest.mark.parametrize(("language", "words"), [("zh", "不在收录的文件里"), ("en", "is not among the documents")])
def test_what_staff_can_mend_is_said_in_their_language(language: Language, words: str) -> None:
    missing = "the document panzhihua-2020-07-30, which the questions are about, is not held; ingest it first"
    for reason_given, expected in ((missing, words), ("signal <9>", "signal &lt;9&gt;")):
        last = LastRun("failed", reason=reason_given)
        html = evaluation_page(language, Session("token", 0.0), last, [], available=True, can_stop=False)
        assert expected in html
        assert (reason_given in html) is False


def test_a_killed_server_leaves_no_run_and_no_half_report(corpus_data_copy: Callable[[], Path]) -> None:
    data = corpus_data_copy()
    code = (
        "import sys, time; from pathlib import Path;"
        "from assistant.app.desk.evaluation import Evaluations, Wanted;"
        "e = Evaluations(Path(sys.argv[1])); e.start(Wanted('dev', None)); print(e._process.pid, flush=True);"
        "time.sleep(600)"
    )
    server = subprocess.Popen([sys.executable, "-c", code, str(data)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    run = int(server.stdout.readline())
    evaluations = Evaluations(data)
    try:
        wait_until(lambda: evaluations.last().done > 0)
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()
        server.stdout.close()
    assert evaluations.last().state == "interrupted"
    wait_until(lambda: not alive(run))
    assert history(evaluations.reports) == []


def alive(pid: int) -> bool:
    try:
        return "(python" in Path(f"/proc/{pid}/stat").read_text() and ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_where_the_evaluation_is_not_installed(tmp_path: Path) -> None:
    assert not Evaluations(tmp_path, root=tmp_path).available
    assert Evaluations(tmp_path).available


def test_secrets_of_the_server_are_not_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "eval").mkdir()
    tell = "import json, os, sys; open(sys.argv[sys.argv.index('--out') + 1] + '.env', 'w').write(json.dumps(dict(os.environ)))"
    (tmp_path / "eval" / "__init__.py").touch()
    (tmp_path / "eval" / "__main__.py").write_text(tell, encoding="utf-8")
    password = "a long password for the desk"
    monkeypatch.setenv("ASSISTANT_STAFF_PASSWORD", password)
    monkeypatch.setenv("ASSISTANT_API_KEYS", "key")
    evaluations = Evaluations(tmp_path / "data", root=tmp_path)
    evaluations.start(Wanted())
    assert evaluations.wait(LONGEST_S)
    handed = json.loads((tmp_path / "data" / "evaluation" / "reports.env").read_text(encoding="utf-8"))
    assert password not in handed.values()
    assert "ASSISTANT_API_KEYS" not in handed
    assert handed["ASSISTANT_DATA_DIR"] == str(tmp_path / "data")


def test_reasons_are_one_line_without_traceback_places_and_numbers() -> None:
    folder = Path("/srv/policies/data")
    lines = [
        "Traceback (most recent call last):\n",
        '  File "/srv/policies/x.py", line 1, in <module>\n',
        "\x1b[31mValueError: /srv/policies/data/catalogue of 13812345678\x1b[0m\n",
    ]
    assert reason(lines, 1, [folder]) == "ValueError: data/catalogue of [号码已隐去]"
    assert reason(["error: first\n", "error: the disk is full\n", "warning\n"], 1) == "the disk is full"
    assert reason([], 3) == "exit code 3"
    assert reason(["half a li"], -9) == "signal 9"
    assert len(reason(["error: " + "x" * 1000], 1)) <= 300


def test_a_broken_summary_is_left_out(tmp_path: Path) -> None:
    for name, text in {"20260101T000000-decision": "{", "20260102T000000-decision": '{"format": 1}'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "summary.json").write_text(text, encoding="utf-8")
    assert history(tmp_path) == []
    assert history(tmp_path / "none") == []


@pytest.mark.parametrize("text", ["", "[]", '{"state": "odd"}'])
def test_a_broken_record_of_the_last_run_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "evaluation" / "last.json").write_text(text, encoding="utf-8")
    assert Evaluations(tmp_path).last().state == "never"
