"""A statement and the evidence it cites → whether the evidence says just that; pure functions.

A false statement shown is far worse than a true one lost. So a statement passes only as a shortening of what it cites,
at places where shortening cannot change the sense: whole parts between commas, items in the middle of a list, adverbs
of emphasis. Who, how much, when, whether not, and how binding it is must all stand as they stand in the document.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.answering.essence import essence, latin, numbers, plain
from assistant.answering.segmentation import segment
from assistant.indexing.sentences import split_parts, split_sentences
from assistant.schema import Language

Reason = Literal["", "no_quote", "number", "latin", "name", "binding", "words", "sense", "marks", "length"]
"""Why a statement fails; empty when it passes."""

SHORTEST_QUOTE, LONGEST_QUOTE, LONGEST_STATEMENT = 4, 600, 400
"""Characters: a shorter quote could stand anywhere; a longer one, or a longer statement, points at nothing."""

_BINDING = re.compile(
    r"严禁|禁止|不得|不准|不能|不可|不超过|不低于|不少于|不|未|无|非|没有|防止|杜绝|除外|除|以外|"
    r"必须|务必|应当|应|须|确保|保证|坚决|严格|一律|"
    r"力争|争取|争创|力求|努力|探索|研究|谋划|拟|计划|申报|鼓励|支持|引导|倡导|允许|可以|可|能够|"
    r"加快|推动|推进|促进|逐步|适时|试点|试行|原则上|有条件|符合条件|"
    r"已经|已|将|曾|正在|建成|完成|实现|最高|最低|至少|至多|超过|以上|以下|以内|左右"
)
"""Words that say how binding, how far, and whether at all."""
_GOVERNS = re.compile(
    r"严禁|禁止|不|未|除|防止|杜绝|力争|争取|力求|探索|研究|谋划|拟|鼓励|支持|引导|倡导|允许|可以|试点|试行|"
    r"原则上|条件|如果|如|若|凡|且|没有|[期届年]满|满\d|经.{0,8}批准|\d{4}年|期间|对"
)
"""What a part says of the parts after it in its sentence, so that they cannot be told without it."""
_LIMITS = re.compile(
    r"^(?:但|除|不过|然而|其中|并经|须|且|方可|才|才能|(?:一律|均|都|全部|依法|应当?|予以)*(?:不|未|禁止|严禁|取消|停止|暂缓|废止))|"
    r"除外|不在此限|为限|以外"
)
"""What a part says of the parts before it in its sentence."""
_OPEN = re.compile(r"^(?:对|如|若|凡|在|到|经|按|根据|当)|(?:的|者|时|后|前|下)[，,]?$")
"""A part that says nothing without the one that follows: 虚报数据的，取消资格."""
_NEEDED = re.compile(r"^除|外[，,]?$|以外|[仅只限须]|应当|必须|提交|提供|具备|符合|同时")
"""A part that excepts, limits or requires: one item less and it says something else."""
_WHO = re.compile(r"(?:人|者|员|工|户|生|童|家庭|子女|人才|团队|企业|公司|单位|机构|组织|学校)[，,]$")
"""A part that ends in who is spoken of: 具有本市户籍的残疾人，享受补贴."""
_EMPHASIS = re.compile(r"^((?:要)?)(进一步|切实|大力|着力|深入|扎实|认真)")
"""Adverbs that a shortening may leave out; not 持续 and 不断, which may be a condition: 持续缴费满24个月的."""
_LEAD = re.compile(r"^(?:根据|按照)?该?(?:文件|《?决定》?)中?(?:(?:提出|指出|明确)[，,：:]?|[，,：:])\s*")
_COUNTED = re.compile(r"\d|各|均|都|分别|(?<!公)共")
_BRACKETED = re.compile(r"[“”（）《》()]")
_ENGLISH_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s|$)|$)", re.DOTALL)
_OWN_MARKER = re.compile(r"\s*\[\d{1,3}\]")
_DELIMITERS = "；;，,"
_PAIRED_MARKS = "“”《》（）！？!?\"'（）()"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement holds, and what of the evidence it rests on.

    Attributes:
        text: the statement as it may be shown, without markers; empty when it fails.
        start: where what it rests on begins in the evidence.
        end: where that ends; equal to `start` when the quote is not in the evidence.
        reason: why it fails.
    """

    text: str
    start: int
    end: int
    reason: Reason = ""

    @property
    def quotable(self) -> bool:
        """Whether the evidence can at least be quoted in the statement's place."""
        return self.end > self.start


def verify(statement: str, quote: str, evidence: str, places: Collection[str], language: Language = "zh") -> Verdict:
    """Hold a statement against its quote and the evidence.

    Args:
        statement: what is to be shown.
        quote: the words of the evidence that it cites.
        evidence: the text of the evidence, whole sentences of one clause.
        places: names of places that must not be exchanged.
        language: language of all three.
    """
    text = _cleared(statement)
    at = evidence.find(quote) if SHORTEST_QUOTE <= len(quote.strip()) <= LONGEST_QUOTE else -1
    if at < 0:
        return Verdict("", 0, 0, "no_quote")
    reason: Reason = "no_quote"
    whole = (at, at)
    while at >= 0:
        runs, whole = _runs(evidence, at, at + len(quote.rstrip()), language)
        reason = _quick_reason(text, evidence[whole[0] : whole[1]], places, language)
        if not reason:
            for start, end in runs:
                if _shortens(text, evidence[start:end], language):
                    return Verdict(text, start, end)
            reason = "sense"
        at = evidence.find(quote, at + 1)
    return Verdict("", *whole, reason)


def _cleared(statement: str) -> str:
    """A statement without the markers that a model put, and without “the document says”."""
    return _LEAD.sub("", _OWN_MARKER.sub("", statement).strip()).strip()


# Where in the evidence


def _runs(evidence: str, start: int, end: int, language: Language) -> tuple[list[tuple[int, int]], tuple[int, int]]:
    """The stretches of the evidence that a statement with this quote may shorten, the shortest first.

    Each begins and ends with a whole part and holds what governs and what limits its parts.

    Returns:
        The stretches, and the widest, to be quoted in the statement's place.
    """
    parts = _parts(evidence, language)
    touched = [i for i, (left, right) in enumerate(parts) if left < end and start < right]
    first, last = _closed_run(evidence, parts, touched[0], touched[-1])
    found = []
    for i in range(first, last + 1):
        for j in range(i, last + 1):
            left, right = _closed_run(evidence, parts, i, j)
            found.append((parts[left][0], parts[right][1]))
    unique = sorted(set(found), key=lambda run: run[1] - run[0])
    return unique, (parts[first][0], parts[last][1])


def _parts(evidence: str, language: Language) -> list[tuple[int, int]]:
    """The parts of the evidence's sentences between commas and semicolons.

    English sentences stay whole: a comma there may come between a subject and what is said of it.
    """
    if language == "en":
        return [match.span() for match in _ENGLISH_SENTENCE.finditer(evidence)]
    found = []
    for start, end in split_sentences(evidence):
        found += [(start + a, start + b) for a, b in split_parts(evidence[start:end], _DELIMITERS)]
    return found


def _ends_sentence(part: str) -> bool:
    return part.rstrip("”’\"'）)").endswith(("。", "！", "？", "!", "?", ".", "；", ";"))


def _closed_run(evidence: str, parts: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    """The run of parts with those before it that govern it, and those behind it that limit it."""
    texts = [evidence[start:end] for start, end in parts]
    low = first
    for i in range(first - 1, -1, -1):
        if _ends_sentence(texts[i]):
            break
        if _leads(texts[i]):
            low = i
    high = last
    for i in range(last, len(parts) - 1):
        if _ends_sentence(texts[i]):
            break
        if _LIMITS.search(texts[i + 1]) or (i == high and _OPEN.search(texts[i])):
            high = i + 1
    return low, high


@lru_cache(maxsize=4096)
def _leads(part: str) -> bool:
    """Whether a part governs those after it, opens what they close, or only names whom they are about."""
    said = plain(part)
    if _GOVERNS.search(said) or _OPEN.search(part) or _WHO.search(part):
        return True
    return part.endswith(("，", ",")) and not any(word.tag.startswith("v") for word in segment(said, ()))


# What must agree


def _quick_reason(text: str, whole: str, places: Collection[str], language: Language) -> Reason:
    """Why a statement cannot be a shortening of a stretch, found word by word, so that it can be told."""
    if not text or len(text) > LONGEST_STATEMENT:
        return "length"
    if any(text.count(mark) > whole.count(mark) for mark in _PAIRED_MARKS):
        return "marks"
    if not _within(numbers(text), numbers(whole)):
        return "number"
    if not latin(text) <= latin(whole):
        return "latin"
    if language == "en":
        return ""
    said, held = plain(text), plain(whole)
    if not _within(_BINDING.findall(said), _BINDING.findall(held)):
        return "binding"
    words = [word for word in segment(said, places) if len(word.text) > 1]
    missing = [word for word in words if word.text not in held and essence(word.text) not in essence(held)]
    if any(word.text in places or word.tag.startswith(("ns", "nt", "nr")) for word in missing):
        return "name"
    return "words" if missing else ""


def _within(wanted: Sequence[str], held: Sequence[str]) -> bool:
    """Whether all that is wanted is held, in the same order."""
    rest = iter(held)
    return all(any(one == other for other in rest) for one in wanted)


def _shortens(text: str, run: str, language: Language) -> bool:
    """Whether a statement is the run, or the run without what may be left out."""
    said = essence(text, language)
    if not said:
        return False
    if said == essence(run, language):
        return True
    if language != "zh":
        return False
    # Not one regular expression: of many equal items that may be left out it would try every choice.
    reached = {0}
    for forms in _items(run):
        reached = {at + len(form) for at in reached for form in forms if said.startswith(form, at)}
    return len(said) in reached


def _items(run: str) -> Iterator[set[str]]:
    """For each item of the run the forms that its essence may have in a shortening; empty where it may be missing."""
    for start, end in split_parts(run, _DELIMITERS):
        part = run[start:end]
        items = part.split("、")
        # 甲、乙、丙三区 says that there are three: nothing may be left out. Nor may what says whether or how far.
        whole = _COUNTED.search(plain(part)) or _NEEDED.search(part)
        for place, item in enumerate(items):
            last = place == len(items) - 1
            literal = essence(item if last else f"{item}、")
            forms = {literal, _EMPHASIS.sub(r"\1", literal)}
            if place > 0 and not (last or whole or _BINDING.search(item) or _BRACKETED.search(item)):
                forms.add("")
            yield forms
