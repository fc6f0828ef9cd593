"""Documents → statements that are false by construction, and true ones: what verification is measured on.

The false ones change one thing of a sentence: a number, a year, a place, how binding it is, whether it is so at all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.essence import essence
from assistant.indexing.sentences import split_sentences
from assistant.schema import Document
from eval.suites.base import SEED

SHORTEST, LONGEST = 12, 390
"""Characters of a sentence that is used."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement about a document.

    Attributes:
        kind: how it was made.
        text: what it says.
        quote: the sentence of the document that it was made of.
        clause: the text of the clause that the sentence stands in.
        number: the clause's number; 0 for a preamble.
    """

    kind: str
    text: str
    quote: str
    clause: str
    number: int


def falsehoods(documents: Sequence[Document]) -> list[Statement]:
    """False statements about the documents, always the same ones: two of each kind that a sentence allows."""
    chance = random.Random(SEED)
    made = set()
    for sentence, clause, number in _sentences(documents):
        for _ in range(2):
            made |= {Statement(kind, text, sentence, clause, number) for kind, text in _false(sentence, chance)}
    return sorted((one for one in made if not _happens_to_hold(one)), key=lambda one: (one.kind, one.text, one.clause))


def _sentences(documents: Sequence[Document]) -> Iterator[tuple[str, str, int]]:
    for document in documents:
        for clause in document.clauses:
            if clause.kind in ("clause", "preamble"):
                for start, end in split_sentences(clause.text):
                    if SHORTEST <= end - start <= LONGEST:
                        yield clause.text[start:end], clause.text, clause.number


DIGITS = "一二三四五六七八九"
DISTRICTS = ["东区", "西区", "仁和区", "米易县", "盐边县", "攀枝花", "成都", "重庆", "四川", "云南", "凉山", "成渝"]
STRONGER = ["必须", "应当", "确保", "已", "将", "已经"]
HEDGES = [
    "探索",
    "争取",
    "力争",
    "支持",
    "鼓励",
    "加快",
    "推动",
    "推进",
    "积极",
    "争创",
    "可以",
    "努力",
    "促进",
    "引导",
    "要",
]
NEGATIONS = ["不", "禁止", "严禁", "不得", "未"]
VERBS = ["建设", "发展", "打造", "完善", "加强", "提升", "实施", "推进", "开展", "建立", "落实", "培育"]


def _false(sentence: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """(kind, false statement) made of a sentence, one of each kind that it allows."""

    def swapped(kind: str, pattern: str, others: list[str]) -> Iterator[tuple[str, str]]:
        found = list(re.finditer(pattern, sentence))
        if found:
            one = chance.choice(found)
            other = chance.choice([word for word in others if word != one.group()])
            yield kind, sentence[: one.start()] + other + sentence[one.end() :]

    yield from swapped("number", r"\d+(?!\d|年)", [str(n) for n in range(2, 300)])
    yield from swapped("year", r"20\d\d(?=年)", [str(n) for n in range(2018, 2036)])
    yield from swapped(
        "numeral", r"(?<=[^一二三四五六七八九十])[二三四五六七八九](?=[个大项条级年次届五])", list(DIGITS)
    )
    yield from swapped("place", "|".join(DISTRICTS), DISTRICTS)
    yield from swapped("raised", "|".join(HEDGES), STRONGER)
    yield from swapped("unhedged", "|".join(hedge for hedge in HEDGES if hedge not in ("积极", "要")), ["", "完成"])
    yield from swapped("done", "|".join(VERBS), ["已" + verb for verb in VERBS])
    yield from swapped("negated", "|".join(VERBS), [n + verb for n in NEGATIONS for verb in VERBS[:4]])
    yield from swapped("affirmed", "不得|严禁|禁止|不能|不|未|防止|杜绝", ["", "可以", "支持"])
    parts = [part for part in re.split("[，；。]", sentence) if part]
    if len(parts) > 2:
        left, right = sorted(chance.sample(range(len(parts)), 2))
        named = [word for word in DISTRICTS if word in parts[left]]
        yield "splice", parts[left][: len(parts[left]) // 2] + parts[right][len(parts[right]) // 2 :]
        if named:
            yield "moved place", named[0] + parts[right] if named[0] not in parts[right] else "西区" + parts[right]


def _happens_to_hold(one: Statement) -> bool:
    """Whether what was meant to be false says what the sentence does, or, of two spliced parts, is one of them."""
    if one.kind in ("splice", "moved place"):
        return essence(one.text) in essence(one.clause)
    return essence(one.text) == essence(one.quote)


def truths(documents: Sequence[Document]) -> list[Statement]:
    """True statements about the documents: sentences as they are, their openings, and the like lightly trimmed."""
    return [
        Statement(kind, text, sentence, clause, number)
        for sentence, clause, number in _sentences(documents)
        for kind, text in _true(sentence)
    ]


def _true(sentence: str) -> Iterator[tuple[str, str]]:
    """(kind, true statement) made of a sentence, one of each kind that it allows."""
    yield "whole", sentence
    yield "marked", sentence.rstrip("。").replace("，", ", ") + "[1]"
    group = sentence.split("；")[0].rstrip("。")
    if group != sentence.rstrip("。") and len(group) > 11 and group.count("“") == group.count("”"):
        yield "group", group + "。"
    opening = re.split("[，；]", sentence)[0]
    if _stands_alone(opening, sentence):
        yield "opening", opening + "。"
    trimmed = re.sub("(^|，)(?:进一步|切实|大力|着力|不断|扎实)", r"\1", sentence)
    if trimmed != sentence:
        yield "emphasis", trimmed
    shorter = re.sub("、[^、，；。“”（）和与及]{2,8}(?=、)", "", sentence, count=1)
    plain_list = not re.search(r"[0-9一二三四五六七八九十各均共都“推促加力支鼓不未]", sentence)
    if shorter != sentence and plain_list:
        yield "list", shorter


def _stands_alone(opening: str, sentence: str) -> bool:
    """Whether the first part of a sentence is one by itself, as far as its form tells: 推动…, 建设…, no prohibition."""
    starts = re.match("(?:推动|推进|加快|加强|建设|打造|完善|支持|鼓励|实施|培育|发展|深化|坚持|提升|健全)", opening)
    return bool(starts) and opening != sentence.rstrip("。") and not re.search("[“”（）]", opening)
