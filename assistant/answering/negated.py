"""What a claim says not to be done, or not to be allowed, that a text has as something to do: 税收不分享, 不准兼职.

Policy texts seldom deny. Where one does, or only says what is not done yet (还没建成), nothing is told by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.degrees import KNOWN
from assistant.answering.expansion import Term

_CLAUSE = re.compile("[^,;。?!:、]+")
_NOT = re.compile(
    r"(?<![是要能会可该对好行成妥])不(?![是同仅只但光断少错过良足论管限如及必妨知晓得确到对行好])(?:再|去|会|能|准|让|许|可以|允许|支持|鼓励|打算|搞)*|"
    r"(?:没有?|没得)(?:打算|计划|准备|安排)|(?:取消|禁止|停止|放弃|砍掉|叫停)(?:了|掉)?"
)
"""What denies. 没 with a verb says that something is not done yet, which may well be so."""
_CHOICE = re.compile(r"^[^不]{0,2}([\u4e00-\u9fff])不\1")
"""Leaves it open: 改不改."""
_REACH = 6
"""Characters behind it within which what is denied begins."""
_REPEATED = 20
"""Characters of a clause that is said not to be what the text says, at most; of a longer one only what denies is."""
_DENIES = re.compile(r"[不未禁停]|取消|退出|淘汰|严[控禁]|限制|减少|防止|化解|消除")
_TO_DO = re.compile(
    r"加快|推[动进广行]|支持|鼓励|加强|深化|健全|完善|建[设立成好]|扩大|开通|提[升高]|参与|共建|打造|发展|促进|创新|做[强优大好]|实施|探索|争[取创]|申[报创]|培育|拓展|引导"
)


def negated(claim: str, text: str, terms: Sequence[Term], most: float) -> str:
    """What a normalised claim says not to be done that one part of a normalised text has as to be done; empty for none.

    Args:
        claim: the claim.
        text: a normalised text on it.
        terms: what the claim names.
        most: weighted share of what the clause of the claim names that the part must hold.
    """
    for clause in _CLAUSE.findall(claim):
        for denied in _NOT.finditer(clause):
            behind = clause[denied.end() :]
            named = [term for term in terms if term.surface in clause]
            what = [term for term in named if 0 <= behind.find(term.surface) <= _REACH]
            if not what or _CHOICE.search(clause[max(0, denied.start() - 2) :]):
                continue
            whole = sum(term.weight for term in named)
            for part in re.split("[,;。:]", text):
                held = sum(term.weight * (term.support(part) >= KNOWN) for term in named)
                doing = any(term.support(part) >= KNOWN for term in what)
                if doing and held >= most * whole and _TO_DO.search(part) and not _DENIES.search(part):
                    return str(clause if len(clause) <= _REPEATED else clause[denied.start() : denied.end() + _REACH])
    return ""
