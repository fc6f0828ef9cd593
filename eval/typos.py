"""Right questions → the same ones with one misspelling each, as who types by sound makes them.

What is then still right, of what is right without, tells what misspellings cost; no labels of their own are needed.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import rjieba
from pypinyin import lazy_pinyin
from pypinyin.phrases_dict import phrases_dict

from eval.datasets import Question

Sort = Literal["characters", "words"]
"""What is replaced: a character of a word by any that sounds the same, or a whole word by a real one that does."""

SEED = 1
_NOT_REPLACED = frozenset("什么 怎么 哪些 多少 文件 政府 有没有 没有 可以".split())
_CONTENT = "nvajlib"
"""First letters of the tags of words that may be misspelt."""
_FIRST, _LAST = 0xB0, 0xD7
"""Rows of GB 2312 that hold the 3,755 most common characters; the last one ends at 0xF9."""


def misspelt(questions: Sequence[Question], sort: Sort) -> list[Question]:
    """Those of the questions that are Chinese, stand alone and are spelt right, with one misspelling each.

    Questions for a clause by its number are left out: there a word of asking would be hit. The same questions give
    the same misspellings.
    """
    chance = random.Random(SEED)
    found = []
    for question in questions:
        if question.language != "zh" or question.noise != "none" or question.history or question.kind == "clause":
            continue
        slips = _slips(question.question, sort)
        if slips:
            typed, instead = chance.choice(slips)
            words = question.question.replace(typed, chance.choice(instead), 1)
            found.append(replace(question, question=words, noise="typo"))
    return found


def _slips(question: str, sort: Sort) -> list[tuple[str, list[str]]]:
    """What may be misspelt in a question, with the ways to do so."""
    slips: list[tuple[str, list[str]]] = []
    for word, tag in rjieba.tag(question):
        if len(word) < 2 or tag[0] not in _CONTENT or word in _NOT_REPLACED:
            continue
        sounds = lazy_pinyin(word)
        if sort == "words":
            ways = [[other for other in _words().get(tuple(sounds), []) if other != word]]
        else:
            ways = [
                [word[:at] + other + word[at + 1 :] for other in _characters().get(sound, []) if other != word[at]]
                for at, sound in enumerate(sounds)
                if at < len(word)
            ]
        slips += [(word, way) for way in ways if way]
    return slips


@lru_cache(maxsize=1)
def _characters() -> dict[str, list[str]]:
    """Sound → the common characters that have it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in range(_FIRST, _LAST + 1):
        for cell in range(0xA1, 0xFA if row == _LAST else 0xFF):
            character = bytes([row, cell]).decode("gb2312")
            found[lazy_pinyin(character)[0]].append(character)
    return dict(found)


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, ...], list[str]]:
    """Sounds → the words of two or three common characters that have them."""
    common = {character for characters in _characters().values() for character in characters}
    found: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in sorted(phrases_dict):
        if 2 <= len(word) <= 3 and common.issuperset(word):
            found[tuple(lazy_pinyin(word))].append(word)
    return dict(found)
