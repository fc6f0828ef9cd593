"""Questions about the document itself (who issued it, when, at which meeting, under what number) → its front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.selection import Passage
from assistant.answering.understanding import Understanding
from assistant.indexing.index import Index
from assistant.schema import Clause, Document

_DOCUMENT = r"(?:决定|文件|通知|政策|办法|意见|方案|条例|规定|公告|这份|decision|document|policy|notice)"
_ACT = r"(?:通过|发布|公布|印发|出台|颁布|下发|发的|发文|制定|出的|定的|定下|作出|做出|施行|实施|生效|adopted|issued|published|passed|released|made)"
_ADOPTION = re.compile(
    rf"{_DOCUMENT}.{{0,12}}(?:哪[一]?[天年日]|什么时[候间]|啥时|何时|几[月号年]|日期|时间|哪.{{0,3}}会|什么会|会议).{{0,8}}{_ACT}|"
    rf"{_DOCUMENT}.{{0,12}}{_ACT}.{{0,6}}(?:时间|日期|于|的吧|的吗|的)|(?:哪[一]?[天年日]|什么时[候间]|何时|啥时候?|哪.{{0,3}}会议?|谁|什么会议?).{{0,6}}{_ACT}.{{0,8}}{_DOCUMENT}|"
    rf"{_DOCUMENT}.{{0,24}}谁.{{0,2}}(?:通过|作出|做出)|\bwhen\b.{{0,20}}{_DOCUMENT}.{{0,12}}{_ACT}|{_DOCUMENT}.{{0,16}}(?:哪次|什么)会议"
)
_ISSUER = re.compile(
    rf"{_DOCUMENT}.{{0,8}}(?:是|由|不是)?(?:谁|哪个(?:单位|机关|部门|机构|地方)?|哪里|哪儿|.{{2,8}}(?:委|府|局|厅|办))(?:发|出|制定|印发|发布|颁布|作出)|发文(?:机关|单位)|谁(?:发|出|制定|印发|发布)的?.{{0,6}}{_DOCUMENT}|"
    rf"\bwho (?:issued|published|made|adopted|released)\b|\bissued by\b"
)
_NUMBER = re.compile(r"文号|发文字号|(?:文件|决定|通知)(?:编号|号码|号)|\bdocument number\b|\breference number\b")
_DATED = re.compile(r"(?:19|20)\d\d年|通过|发布|印发")


def record_passages(index: Index, understood: Understanding, documents: Sequence[str]) -> list[Passage]:
    """The front matter that answers a question about the document itself; empty for any other question.

    A document number is only quoted where it is printed; that there is none is for the refusal to say.
    """
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if len(scope) != 1 or understood.references.clauses:
        return []
    text, document = understood.text, scope[0]
    front = [
        clause for clause in document.clauses if clause.kind in ("title", "adoption", "preamble") and not clause.part
    ]
    if _NUMBER.search(text):
        number = document.record.number
        return [_whole(document, clause) for clause in front if number and number in clause.text][:1]
    if _ADOPTION.search(text):
        dated = [clause for clause in front if clause.kind == "adoption"] or [c for c in front if _DATED.search(c.text)]
        return [_whole(document, clause) for clause in dated[:1]]
    if _ISSUER.search(text):
        return [_whole(document, clause) for clause in front if clause.kind == "title"][:1]
    return []


def _whole(document: Document, clause: Clause) -> Passage:
    return Passage(document.id, clause.position, clause.start, clause.end)
