"""What the browser hands back of a conversation: kept when it is whole, dropped when it is anything else."""

from __future__ import annotations

import pytest

from assistant.app.conversation import KEPT, TAKEN_ALONG, Exchange, dump, history, load
from assistant.app.rendering import Renderer
from assistant.pipeline import Assistant
from assistant.schema import Answer, Query, Turn


@pytest.fixture(scope="module")
def exchange(assistant: Assistant) -> Exchange:
    return Exchange("要建设哪些产业园？", assistant.ask(Query("要建设哪些产业园？")))


def test_a_conversation_comes_back_as_it_was(exchange: Exchange) -> None:
    (back,) = load(dump([exchange]))
    assert back.question == exchange.question
    assert back.answer.text == exchange.answer.text
    assert back.answer.citations == exchange.answer.citations


@pytest.mark.parametrize("stored", [None, 3, "x", {}, [1], [[]], [{}], [{"question": 1}], [None, {"question": "q"}]])
def test_anything_else_is_dropped(stored: object) -> None:
    assert load(stored) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", "hacked"), ("status", ["answered"]), ("language", "fr"), ("text", None), ("question", 5)],
)
def test_an_exchange_of_the_wrong_shape_is_dropped(exchange: Exchange, name: str, value: object) -> None:
    assert load([dump([exchange])[0] | {name: value}]) == []


def test_citations_of_the_wrong_shape_are_dropped(exchange: Exchange) -> None:
    stored = dump([exchange])[0]
    stored["citations"] = [{}, 4, stored["citations"][0] | {"start": "0"}, stored["citations"][0] | {"marker": True}]
    assert load([stored])[0].answer.citations == ()


def test_what_is_stored_and_taken_along_is_bounded() -> None:
    many = [Exchange(f"问题{n}", Answer("answered", f"回答{n}", "zh")) for n in range(100)]
    assert len(dump(many)) == KEPT
    assert len(load(dump(many) * 3)) == KEPT
    turns = history(many)
    assert len(turns) == TAKEN_ALONG
    assert turns[-1] == Turn("问题99", "回答99")


def test_stored_text_is_shown_as_text(assistant: Assistant, exchange: Exchange) -> None:
    stored = dump([exchange])[0]
    hostile = '<img src=x onerror=alert(1)> **x** [a](javascript:alert(1)) \u202e "><script>'
    stored |= {"question": hostile, "text": hostile + "[1]"}
    stored["citations"][0] |= {"document": '"><script>', "url": 'javascript:alert(1)#"><img>', "clause_label": hostile}
    html = Renderer("zh", assistant).log(load([stored]))
    assert "<img" not in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "\u202e" not in html
    assert "\n" not in html
