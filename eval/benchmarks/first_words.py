"""How long it takes from sending a question until the first words of its answer are there.

Measured where people and programs are: over the stream of `/api/v1/ask` from a running server, and on the page in a
real browser, from the click until the browser has drawn the words. The browser needs playwright and chromium, which are
among the tools for development; where they are missing only the stream is measured, and the result says so.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from assistant.config import PREFIX, Settings
from assistant.errors import AssistantError
from eval.metrics.intervals import percentile
from eval.systems import WARM_UP

READY = "Assistant ready at "
LONGEST_WAIT_MS = 30_000
_BROWSER_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
_WATCH = """
(() => {
  let sent = 0;
  addEventListener("click", (event) => {
    if (event.target.closest?.("#ask")) { sent = performance.now(); window.firstWordsMs = null; }
  }, true);
  new MutationObserver(() => {
    if (!sent || !document.querySelector("#current .turn .answer-text")?.textContent.trim()) return;
    if (document.querySelector("#current .turn .asked bdi")?.textContent !== window.askedNow) return;
    const since = sent;
    sent = 0;
    requestAnimationFrame(() => setTimeout(() => { window.firstWordsMs = performance.now() - since; }));
  }).observe(document, { childList: true, subtree: true, characterData: true });
})();
"""


def first_words(settings: Settings, questions: Sequence[str]) -> dict[str, Any]:
    """Serve the assistant, warm it up, and ask it each question, once for each of both ways.

    Returns:
        Figure → milliseconds: `stream_p50_ms`, `stream_p95_ms`, `screen_p50_ms`, `screen_p95_ms`; where there is no
        browser, `screen` with the reason instead of the last two.

    Raises:
        AssistantError: the server does not start, or a question is not answered.
    """
    result: dict[str, Any] = {"questions": len(questions)}
    with _served(settings) as address:
        _streamed(address, WARM_UP)
        result |= _percentiles("stream", [_streamed(address, question) for question in questions])
    # Another server: the first remembers what it has read of the questions.
    with _served(settings) as address:
        return result | _on_screen(address, questions)


def _percentiles(name: str, times: Sequence[float]) -> dict[str, Any]:
    return {f"{name}_p{q}_ms": round(percentile(list(times), q), 1) for q in (50, 95)}


@contextmanager
def _served(settings: Settings) -> Iterator[str]:
    """Address of a server over the settings' data folder."""
    names = ("data_dir", "embedding_model", "chunk_tokens")
    variables = {f"{PREFIX}{name.upper()}": str(getattr(settings, name)) for name in names}
    command = [sys.executable, "-m", "assistant", "serve", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        command,
        env={**os.environ, **variables, f"{PREFIX}API_KEYS": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            said = ""
            for line in process.stdout or ():
                said = line.strip()
                if said.startswith(READY):
                    break
            if not said.startswith(READY):
                raise AssistantError(f"the server does not start: {said or 'no message'}")
            yield said.removeprefix(READY)
        finally:
            process.terminate()


def _streamed(address: str, question: str) -> float:
    """Milliseconds from the request until the first piece of the answer, over the API's stream."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=LONGEST_WAIT_MS / 1000)
    headers = {"content-type": "application/json", "accept": "text/event-stream"}
    started = time.perf_counter()
    try:
        connection.request("POST", "/api/v1/ask", json.dumps({"question": question}), headers)
        for line in connection.getresponse():
            if line.startswith((b"event: part", b"event: answer")):
                return (time.perf_counter() - started) * 1000
    finally:
        connection.close()
    raise AssistantError(f"no words came in answer to {question!r}")


def _on_screen(address: str, questions: Sequence[str]) -> dict[str, Any]:
    """The same on the page in a browser."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return {"screen": "not measured: playwright is not installed"}
    if chromium is None:
        return {"screen": "not measured: chromium is not installed"}
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=[*_BROWSER_FLAGS])
            page = browser.new_page(locale="zh-CN")
            page.add_init_script(_WATCH)
            page.set_default_timeout(LONGEST_WAIT_MS)
            page.goto(address)
            # The welcome comes with the page; it can be asked once what the browser kept has been shown.
            page.locator(".sources[data-ready]").wait_for(state="attached")
            times = []
            for question in (WARM_UP, *questions):
                page.evaluate("question => { window.askedNow = question; window.firstWordsMs = null; }", question)
                page.locator("#question textarea").fill(question)
                page.locator("#ask").click()
                page.wait_for_function("() => typeof window.firstWordsMs === 'number'")
                times.append(float(page.evaluate("window.firstWordsMs")))
                page.locator('#current .turn[data-state="done"]').wait_for()
            browser.close()
    except Error as error:
        raise AssistantError(f"the page in the browser: {str(error).splitlines()[0]}") from error
    return _percentiles("screen", times[1:])
