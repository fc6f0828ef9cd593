"""A claim → what it puts forward, without what it says itself is not so: 省级的 of 是省级的,不是国家级.

What somebody rightly says is not so must not be held against him, nor looked for in the documents.
"""

from __future__ import annotations

import re

from assistant.answering.claims import tells_of_oneself
from assistant.answering.questions import WHAT

_CLAUSE = re.compile(r"[^,;。?!]+\??")
_STATED = "(?:说|提|写|讲|定|规定|列|点名|给|要求|明确)"
_NOT = (
    rf"(?:不是(?![说很没不吗吧嘛么])|并非|绝非|不(?:算|属于|归|叫|指|含|包括|涉及|在|[搞做建放设摆落写记][在到归给进])|"
    rf"没有?{_STATED}|未{_STATED}|没有(?=\d)|[到够算达谈称轮]不[了上到着])"
)
_DENYING = re.compile(
    rf"不是(?![说很没不吗吧嘛么])|并非|而非|没有?敢?(?:{_STATED}|[吹报填叫])|未{_STATED}|[到够算达]不[了上到着]"
)
_BEGINS = re.compile(rf"^(?:而|并|可|也|都|又|但|还|从来?|压?根本?|绝)*{_NOT}")
"""A clause that only says what is not so."""
_INSTEAD = re.compile(
    r"(?<=[是在到归叫].)(?P<so>[^,]{0,10}?)(?:而|并|可)?(?:不是|不在|不归|不叫|而非|并非)(?![说很没不吗吧嘛么])[^,]+"
)
"""What is not so, behind what is: 是西区不是东区."""
_RATHER = re.compile(r"不是(?![说很没不吗吧嘛么])[^,;。?!吗么]+,(?:而|其实|应该)?(?=是(?!不是|吧|吗|的|么))")
"""What is not so, before what is: 产值不是3000亿,是1500亿."""
_ASKS = re.compile(r"[吗么嘛]\??$|(?<![吧把对是错不])\?$|^(?:难道|岂)")
"""What asserts though it looks like a denial (不是都建成了吗), or asks: 没有2030年的目标?"""
_ENTITLED = re.compile(
    r"(?:(?<![性功效智产新])能(?![源力])|可以|符合|享受|申请|报销|领(?![导域先军头])|补[贴助])[^,;。?]{0,8}(?:吧|[对是]不|噻|嘛)"
)
"""Asks whether somebody may have something."""
_ENDING = re.compile("(?:(?:[对是]?吧|对[不吗]|没错吧?)[?]*)?$")
"""What only asks for a yes."""
_NOT_THERE = re.compile(
    r"(?:压根|根本|完全|从头到尾|[都也]|好像|[一半只]个?字)*(?<![写提说讲列有打计安涉])(?:没有?|未)(?:在[^,]{0,4}[里中])?"
    r"(?:写|提|说|讲|列|点名|打算|计划|安排|涉及)(?:[到过进出及])?(?:要|去|在)?|"
    r"(?<![打计涉])不(?:打算|计划|涉及)(?:要|去|在)?|"
    r"\b(?:(?:do(?:es)?|did)(?: not|n't)|never|fails? to) (?:even )?"
    r"(?:mention|say|list|include|cover|plan)s?\b(?: anything about)?|"
    r"\bno mention of\b|\b(?:is|are)(?: not|n't) (?:even )?(?:mentioned|listed|included|covered|planned)\b"
)
_MORE_THAN_THAT = re.compile(
    r"具体|明确|[详仔]细|细则|[定写说]死|标准|数[字额量据]|期限|时间|年份|日期|金额|原因|办法|[吗没]$|[\d级]|"
    r"必须|一定|强制|硬性|保证|肯定|马上|立[刻即]|全[部都]|已|到手|拿[到下]|建[成好]|[开动]工|通车|批[下准复]|不[能准许让得]|禁止|"
    r"\b(?:how|exact\w*|specific\w*|must|already|all|every)\b"
)
"""What may well be missing where the matter itself is not: how much, when, that it must be, that it is done."""


def said_not_to_be_there(text: str) -> str:
    """What a normalised claim has as not said in the documents: 攀钢 of 攀钢没提吧.

    Empty where it does not, or says so of more than the matter itself: how much, when, that it is done.
    """
    for clause in _CLAUSE.finditer(text):
        found = _NOT_THERE.search(clause[0])
        if found and not (WHAT.search(clause[0]) or _MORE_THAN_THAT.search(clause[0])):
            return clause[0].replace(found[0], " ").strip()
    return ""


def denies(text: str, word: str) -> bool:
    """Whether a normalised claim itself says of one of its words that it is not so, or not said: 绵阳压根没提."""
    clauses = [clause[0] for clause in _CLAUSE.finditer(text) if word in clause[0]]
    return bool(clauses) and all(_DENYING.search(clause) and not _ASKS.search(clause) for clause in clauses)


def without_denied(text: str) -> str:
    """A normalised question without the clauses that say only what is not so, and 不是东区 of 是西区不是东区吧.

    What opens a question is kept (不是本地户口,能办吧), and all that somebody tells of himself or asks for himself,
    which is his condition: 我妈80了,不是低保户,能领吧.
    """
    if any(tells_of_oneself(clause[0]) for clause in _CLAUSE.finditer(text)) or _ENTITLED.search(text):
        return text
    text = _RATHER.sub("", text)
    kept: list[str] = []
    at = 0
    for clause in _CLAUSE.finditer(text):
        words, between = clause[0], text[at : clause.start()]
        if not (_ASKS.search(words) or WHAT.search(words)):
            instead = _INSTEAD.search(words)
            if kept and _BEGINS.match(words):
                words, between = _tag(words), ""
            elif instead:
                words = words[: instead.end("so")] + _tag(words)
        kept += [between, words]
        at = clause.end()
    return "".join([*kept, text[at:]])


def _tag(words: str) -> str:
    ending = _ENDING.search(words)
    return ending[0] if ending else ""
