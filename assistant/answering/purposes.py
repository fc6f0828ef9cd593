"""A turn that only asks why (为什么, 为啥要搞这个), and a quote of the answer before it → whether that tells why."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.degrees import KNOWN
from assistant.answering.expansion import Term

_WHY = re.compile(
    r"(?:[那这嗯哦,]|所以|但是?|他们|你们|政府|国家|到底|究竟)*为(?:什么|何|啥)(?:就|还|非)?[要会想得]?(?:这么|这样|那么|如此)?"
    r"(?:大力|重视|下这?么?大(?:的)?(?:力气|功夫|决心)|花这?么?[大多](?:的)?(?:力气|功夫|精力|钱))?(?:去|来)?"
    r"[搞做干弄办管改建修抓推整治护]?(?:这个|这些|这件?事|这一?块|这|那个|它们?)?[吗呢啊呀嘛哦喃哇,]*[?？。]*|"
    r"那?(?:[搞做办弄改建修](?:这个|这|那个|它)?)?(?:到底|究竟|是|又)*图(?:的是|个)?(?:什么|啥)[呢啊呀嘛哦喃?？。]*|"
    r"(?:(?:but|and|so|ok)[, ]+)*why(?: (?:is|was) (?:that|this|it)| so)?\W*|"
    r"(?:but |and |so )?why (?:do|would|should|will) (?:they|we|you|it) (?:do|want|need) (?:that|this|it|so)\W*"
)
_PURPOSE = re.compile(
    r"为[^,;。“”]{2,24}(?:提供|厚植|奠定|创造|注入|夯实|增添|积蓄)|为了|旨在|有利于|"
    r"(?:^|[,;])(?:以(?:便|利于|期|实现|满足|保障|确保|促进|推动|提升|提高|增强|适应)|筑牢|保障|确保|维护|助推|更好(?:地)?满足)"
)
"""How a sentence goes on with what is to come of what it has said."""
_STRETCH_END = re.compile("[,;。]|$")


def asks_why(turn: str) -> bool:
    """Whether a normalised turn asks only for the reason of what was said before."""
    return bool(_WHY.fullmatch(turn))


def tells_purpose(quote: str, terms: Sequence[Term]) -> bool:
    """Whether a normalised quote goes on with a purpose behind something that is named, or in the same stretch.

    医养结合…，为全域康养提供健康保障，加强异地养老交流合作 tells no purpose of the last.
    """
    last = max((match.end() for match in _PURPOSE.finditer(quote)), default=0)
    end = _STRETCH_END.search(quote, last)
    return last > 0 and end is not None and any(t.names and t.support(quote[: end.start()]) >= KNOWN for t in terms)
