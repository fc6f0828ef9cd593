"""A turn → its question, without what is said to the assistant beside it: 不是问这个,我是问; 具体点; 还有别的没."""

from __future__ import annotations

import re

from assistant.answering.asked import what_is_asked
from assistant.answering.courtesies import without_courtesies
from assistant.answering.questions import ASKS
from assistant.answering.wishes import wish_of

_NOT_THAT = (
    r"(?:(?:不是|没有?|不)(?:在|要)?(?:[问说讲指][^,，。!！\s]{0,10}"
    r"|(?:那|这)?(?:个|些|一?块|方面|意思|它)?[的啊呀嘛哈了]*)[,，。!！\s]+)"
)
_MEAN = r"(?:想|要|是想|是要)?[问说讲指]的?就?是|是(?:想|要)?[问说讲指]的?"
_I_MEAN = rf"(?:[我俺咱](?:本来|其实|就|主要|只)?(?:{_MEAN})|我的意思就?是(?:说|问|想问)?)(?:一下)?"
_I_MEAN_EN = r"(?:i (?:mean|meant|asked about|am asking about|was asking about)|i'm asking about)"
_MEANT = re.compile(
    rf"^{_NOT_THAT}?{_I_MEAN}[,，:：\s]*(?=\S{{2}})|^(?:(?:no|not that)[,.!\s]+)*{_I_MEAN_EN}[,:\s]+(?=\S)"
)
"""What takes back how a question was understood, and leads to it once more."""
SHORT = (12, 40)
"""Characters up to which words, in Chinese or in English, that ask nothing are what is turned to: 我是问发电那块."""
_STRETCHES = (re.compile(r"[^,，。!！?？\s]+"), re.compile(r"[^,.!?\s][^,.!?]*"))
"""What stands between marks, in Chinese between spaces too."""


_HURRY = re.compile(
    r"(?:请|麻烦|拜托|能不能)?(?:你|您)?(?:搞|说|回|答|给我|稍微|尽)?(?:快一?[点些]儿?|赶[快紧]|尽快|马上)(?:[说讲答回]|回[答复]|告诉我)?[啊呀嘛哈哦了]*|"
    r"(?:我|真的?|很|挺|比较|十万火)?(?:急|着急|急用|赶时间)[的啊呀了]*|在线等|等着用|快[啊呀]|"
    r"(?:please )?(?:hurry(?: up)?|be quick|quick(?:ly)?|asap|urgent)(?: please)?"
)
"""What only presses for an answer."""
_ALL_OF_IT = re.compile(r"(?:给我)?[全都](?:部|都)?(?:给我)?(?:说|讲|列|报|念)(?:一[遍下]|完|全|出来)?")
"""What adds nothing to a question that asks for each by itself: 五个区县分别干啥,全说一遍."""


def _behind(text: str, stretch: str) -> bool:
    """Whether what stands behind a question is no part of it."""
    return bool(_HURRY.fullmatch(stretch) or (_ALL_OF_IT.fullmatch(stretch) and what_is_asked(text).each))


_WRITING = (
    r"(?:讲话稿|发言稿|演讲稿|致辞|文稿|稿[子件]|简报|课件|ppt|论文|作文|新闻稿|通稿|推文|心得体会|汇报(?:提纲|稿)|"
    r"(?:学习|宣[讲传]|汇报|调研|会议|座谈|交流|培训|参阅|内部|理论|发言|讲话)材料|(?:调研|工作|学习|心得|可研|读书)报告)"
)
_WRITE = r"(?:写|准备|起草|整理|撰写|弄|赶|备)(?:一?[个份篇点些]|[个份篇])?"
_PURPOSE = re.compile(
    rf"^[^,:。?!;]{{0,12}}(?:{_WRITING}|{_WRITE}[\u4e00-\u9fff]{{0,6}}(?:材料|报告|总结|方案|讲话|发言|汇报|心得|{_WRITING}))"
    r"(?:用的?|要用|需要|素材|参考)?[:,](?=[^,:。]{4})"
)
"""For what the answer is wanted, which is no part of what is asked: 写讲话稿用:, 卫健局要写材料,."""


def without_asides(text: str) -> str:
    """The question of a normalised turn; the turn as it is where it says nothing else, or nothing but such words."""
    text = without_courtesies(text)
    purpose = _PURPOSE.match(text)
    text = text[purpose.end() :] if purpose and not ASKS.search(purpose[0]) else text
    meant = _MEANT.sub("", text, count=1)
    if meant != text and len(meant) <= SHORT[meant.isascii()] and not ASKS.search(meant):
        meant = f"what about {meant}" if meant.isascii() else f"{meant}呢"
    *before, last = [match.span() for match in _STRETCHES[meant.isascii()].finditer(meant)] or [(0, 0)]
    if before and _behind(meant[: before[-1][1]], meant[slice(*last)].strip()):
        return without_asides(meant[: before[-1][1]])
    stretches = [match.span() for match in _STRETCHES[meant.isascii()].finditer(meant)]
    for start, end in stretches:
        wish = wish_of(meant[start:end]) if len(stretches) > 1 else ""
        # Behind a question 对不对 is how it asks; before one (真的吗?不是200家吗?) it asks after the answer before.
        if wish == "more" or (wish == "check" and start == 0):
            rest = (meant[:start] + meant[end:]).strip(",，.。!！?？ ")
            return without_asides(rest) if rest else meant
    return meant
