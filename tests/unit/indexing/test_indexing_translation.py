"""Parts of a translation: what of them stands alone, and the sentences that they make up."""

from __future__ import annotations

import pytest

from assistant.indexing.catalogue import TranslatedSentence
from assistant.indexing.translation import by_sentence, standing


@pytest.mark.parametrize(
    ("parts", "alone"),
    [
        ([], []),
        (["Build parks."], ["Build parks."]),
        (["I. Build parks"], ["I. Build parks"]),
        (["build a port;"], ["Build a port."]),
        (["and build a port."], ["Build a port."]),
        (["andesite is mined,"], ["Andesite is mined."]),
        (["build parks,", "and build a port."], ["Build parks,", "and build a port."]),
        (["and build parks;", " plan ports; "], ["Build parks;", "plan ports."]),
        (['called "a; b";'], ['Called "a; b".']),
        ([""], [""]),
    ],
)
def test_parts_stand_alone(parts: list[str], alone: list[str]) -> None:
    assert standing(parts) == alone


def test_parts_of_a_sentence_are_joined() -> None:
    text = "标题\n建园区，建港口；建机场。办好学院。"
    pieces = {
        "标题": "Title",
        "建园区，": "Build parks,",
        "建港口；": "a port;",
        "建机场。": "an airport.",
        "办好学院。": "Run it.",
    }
    pairs = [
        TranslatedSentence("a", text.index(zh), text.index(zh) + len(zh), english) for zh, english in pieces.items()
    ]
    whole = "Build parks, a port; an airport."
    assert by_sentence(text, pairs) == ["Title", whole, whole, whole, "Run it."]
    assert by_sentence(text, pairs[2:]) == ["a port; an airport.", "a port; an airport.", "Run it."]
    assert by_sentence("", []) == []
