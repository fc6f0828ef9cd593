"""Words of which only one can be so (国家级 or 省级, 强制 or 鼓励) → the one of a claim that a text has otherwise.

“新区要全面建成核心区吧” is on a sentence that says 基本形成. Where the sentence does not have the claim's word and has
another of the same sort, the claim has it wrong; where it has neither, nothing is known.
"""

from __future__ import annotations

import re

_SORTS = (
    re.compile(r"(?:世界|国家|省|市|县|区)级"),
    re.compile(r"[东南西北]向(?=开放|通道|门户|枢纽)"),
    re.compile(r"[上中下]游"),
)
"""Each matches the words of one sort."""
_ENCOURAGED = r"鼓励|支持|引导|倡导|允许"
_OPPOSED = (
    (re.compile("强制|必须|硬性|不得不"), re.compile(rf"{_ENCOURAGED}|探索")),
    (re.compile("不让|不准|不许|不允许|禁止|严禁"), re.compile(_ENCOURAGED)),
    (re.compile("自愿|随便|随意"), re.compile("必须|应当|严禁|不得")),
    (
        re.compile("(?:全面|完全|彻底)(?=[建形完实达分])|马上|立即|立刻"),
        re.compile("基本(?=[建形完实达])|适度|逐步|分步|稳妥|探索"),
    ),
)
"""What is claimed, and what a text says that does not go with it."""
_ALONE = re.compile(
    r"(?P<only>只有|只[是跟和与同]|仅有|仅仅是?|唯独)(?P<one>[\u4e00-\u9fff]{2,10}?)(?:[一这]?[个家座所])?(?:[吗吧呢,;?]|对不|是不|$)"
)
"""Claims that one thing is the only one."""


def said_otherwise(claim: str, text: str) -> str:
    """The word of a normalised claim that a normalised text on the same matter has otherwise; empty for none."""
    for sort in _SORTS:
        wrong = next((word for word in sort.findall(claim) if word not in text), "")
        if wrong and sort.search(text):
            return str(wrong)
    for claimed, opposed in _OPPOSED:
        found = claimed.search(claim)
        if found and opposed.search(text) and not claimed.search(text):
            return found[0]
    alone = _ALONE.search(claim)
    if alone:
        one = re.escape(alone["one"])
        beside = re.search(rf"([\u4e00-\u9fff]{{2}})[和与、]{one}|{one}[和与、]([\u4e00-\u9fff]{{2}})", text)
        if beside and (beside[1] or beside[2]) not in claim:
            return alone["only"]
    return ""
