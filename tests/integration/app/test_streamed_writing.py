"""A written answer on the wire: the reader has its first sentence while the model is still writing the second."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from assistant.app.server import create_app
from assistant.config import Settings
from assistant.pipeline import Assistant, open_assistant
from assistant.schema import Query
from eval.scripted import Scripted

QUESTION = "攀枝花机场迁建有什么安排？"
BODIES = {
    "/api/v1/ask": {"question": QUESTION},
    "/v1/chat/completions": {"messages": [{"role": "user", "content": QUESTION}], "stream": True},
}


@pytest.mark.parametrize("path", BODIES)
def test_the_first_sentence_does_not_wait_for_the_second(
    assistant: Assistant, data_dir: Path, tmp_path: Path, serve_app: Callable[[FastAPI], str], path: str
) -> None:
    first, second = (one.quote for one in assistant.ask(Query(QUESTION)).citations[:2])
    arrived = threading.Event()
    waited = []

    def reply(prompt: str) -> Iterator[str]:
        evidence = re.findall(r"<evidence[^>]*>\n(.*?)\n</evidence>", prompt, re.DOTALL)
        for quote in (first, second):
            number = next(number for number, text in enumerate(evidence, start=1) if quote in text)
            yield json.dumps({"text": quote, "evidence": number, "quote": quote}, ensure_ascii=False)
            waited.append(arrived.wait(timeout=20))

    writing = open_assistant(Settings(data_dir=data_dir), Scripted(reply=reply))
    address = serve_app(create_app(writing, feedback_folder=tmp_path))
    text = ""
    accept = {"accept": "text/event-stream"}
    with httpx.stream("POST", address + path, json=BODIES[path], headers=accept, timeout=60, trust_env=False) as stream:
        for part in stream.iter_text():
            text += part
            if first.rstrip("。") in text:
                arrived.set()
    assert waited[0]
    assert second.rstrip("。") in text
