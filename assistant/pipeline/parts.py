"""The parts that the assistant can go without. All are on; measuring turns them off one at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.schema import Language

FUSION: dict[Language, dict[str, float]] = {
    "zh": {"dense": 1.0, "lexical": 1.0, "terms": 1.0, "pairs": 1.0, "document": 1.0},
    "en": {"dense": 1.0, "lexical": 1.0, "terms": 1.0},
}
"""Weights in the fusion (see `retrieve`): equal, so tuned on nothing. Others do better on ncp_policy, whose questions
may be measured on and not fitted to (ADR 6).

An English question shares words with Chinese text only through the glossary, and no characters.
"""


def _part(about: str) -> bool:
    """A part that is on; `about` says what happens without it."""
    on: bool = field(default=True, metadata={"about": about})
    return on


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts are on. The metadata of each field says, under `about`, what happens without it."""

    dense: bool = _part("Search without the embedding; ranking and judging still compare vectors.")
    words: bool = _part("Search without BM25 over words.")
    pairs: bool = _part("Search without pairs of characters.")
    document: bool = _part("Search without the score of the document as a whole; one document alone needs none.")
    spelling: bool = _part("Misspellings and pinyin are read as typed.")
    synonyms: bool = _part("Words stand for themselves and what lies near in the embedding: no lists of synonyms.")
    near_words: bool = _part("No word stands in for another because their vectors are near.")
    glossary: bool = _part("English words are not looked up in Chinese.")
    translation: bool = _part("English questions do not search the English translation.")
    follow_ups: bool = _part("Each question is taken as it is typed, whatever was asked before.")
    ranker: bool = _part("What search finds first is quoted: candidates are not ranked anew.")
    cross_encoder: bool = _part("No network reads candidates together with the question.")
    answerability: bool = _part("What is found is taken to answer: no probability is asked for.")
    rules: bool = _part("Missing years, places, names and kinds of answer refuse nothing, and correct nothing.")


def fusion_weights(parts: Parts) -> dict[Language, dict[str, float]]:
    """The weights in the fusion, without those of parts that are off."""
    on = {
        "dense": parts.dense,
        "lexical": parts.words,
        "terms": parts.words,
        "pairs": parts.pairs,
        "document": parts.document,
    }
    return {
        language: {name: weight for name, weight in weights.items() if on[name]} for language, weights in FUSION.items()
    }
