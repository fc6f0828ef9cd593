"""A question → what it tells beside what it asks, as claims that the documents may bear out or contradict.

“西区往后是攀枝花的南大门，这师傅靠谱不？” asks of nothing but what is told. “昭通的铁路都开工了，咋没动静” asks of
something else, and what it takes for granted may be wrong all the same.
"""

from __future__ import annotations

import re

from assistant.answering.questions import ASKS, CHOICE, CLAUSES, TOLD, WHAT, only_asks_if_so

_END = re.compile(r"[—-]{2,}|[。?!;]")
_CLAUSE = re.compile("[^,]+")
_HEARD = re.compile(
    r"[说讲传写听记念背填答抄提]|号称|据|假设|以为|觉得|认为|理解|印象|\b(?:says?|said|claims?|told|heard|reads?)\b"
)
"""Where somebody says so, be it the asker."""
_OF_ONESELF = re.compile(
    r"^(?:想|打算|准备|要是|如果|假如)|^(?:不过|但|可|而且|然后|那|现在|最近)?[我俺咱](?!市|省|国|州|县|区)|^(?:my|i|we|our|i'm|we're)\b|[我俺咱](?:们?家|们?[厂店公]|[爸妈爷奶弟妹哥姐儿娃女孙])"
)
"""Tells of who is asking."""
_LIVES = "住|工作|上班|打工|务工|做(?!手术|检查|透析)|搞|经营|开|读|念|当|从事|生活|定居|退休|创业"
"""What somebody does where he lives."""
_WHO = "(?:我|俺|咱|本人|家里?|公司|老家|人|们|[爸妈爷奶弟妹哥姐]|一直|目前|现在)*"
"""What may stand before where somebody lives."""
_IF_SO = re.compile(
    r"靠谱|准不准|[稳妥成行对]不[稳妥成行对]|妥否|[对行成是]吗|属实|真假|真的|[对错漏]了?[吗没]|(?<!不)可信|信[几得不]|站得住|严谨|打架|"
    r"求证|核[实对]|确认|出处|依据|撑腰|添油加醋|[骗哄忽蒙]|忽悠|吹牛|误导|检查|指正|硬伤|[记搞弄听看写抄传]错|出洋相|这样|这么|照这|"
    r"\b(?:true|correct|legit|accurate|confirm|double-check|rumou?r)\b"
)
"""Asks whether what is told is so."""


def claims_of(text: str) -> list[str]:
    """What a normalised question tells: the clauses of each sentence that ask for nothing, unless of the asker."""
    claims = []
    for sentence in _END.split(text):
        told = [clause.strip() for clause in _CLAUSE.findall(sentence) if not _asks(clause)]
        told = [clause for clause in told if not tells_of_oneself(clause)]
        claim = ",".join(told)
        if len(claim) >= TOLD and claim != text.strip(" 。?!;"):
            claims.append(claim)
    return claims


def tells_of_oneself(clause: str) -> bool:
    """Whether a normalised clause tells of who is asking, and not of what he said, heard or believes."""
    return bool(_OF_ONESELF.search(clause)) and not _HEARD.search(clause)


def lives_there(text: str, place: str) -> bool:
    """Whether a normalised question names a place only as where the asker lives or works, and asks of another."""
    clauses = CLAUSES.findall(text)
    told = [clause for clause in clauses if place in clause]
    at_home = rf"^{_WHO}(?:住|是)?在{re.escape(place)}[^,]{{0,6}}?(?:{_LIVES})"
    return bool(told) and len(told) < len(clauses) and all(re.search(at_home, one) and not _asks(one) for one in told)


def _asks(clause: str) -> bool:
    """Whether a clause asks for something, or only if what stands beside it is so: 靠谱不."""
    checks = only_asks_if_so(clause) or (asks_if_so(clause) and (len(clause) < TOLD or ASKS.search(clause)))
    return bool(WHAT.search(clause) or CHOICE.search(clause) or checks)


def asks_if_so(words: str) -> bool:
    """Whether words of asking, normalised, that name nothing may ask if what is told beside them is so."""
    return bool(_IF_SO.search(words))
