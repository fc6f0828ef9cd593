"""Questions about the document itself (who issued it, when, under what number, whether it holds) → its front matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.asked import is_put_forward
from assistant.answering.dates import wrong_date
from assistant.answering.denials import without_denied
from assistant.answering.essence import plain
from assistant.answering.issuers import is_another, issuing_bodies
from assistant.answering.lexicon import load_lexicon
from assistant.answering.ordinals import wrong_ordinal
from assistant.answering.outline import tells_a_subject
from assistant.answering.passage import Passage
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.indexing.numerals import CHINESE
from assistant.schema import Clause, Document, Record

_ACT = r"(?:过的|表决|发布|公布|印发|出台|颁布|拍板|敲定|下发|发的|发文|制定|出的|定的|定下|作出|做出|出来|施行|生效|adopted|issued|published|passed|released|made)"
_ENDS = r"[的了过吗呢吧么没不并和时日于?,。!]|$"
"""What may follow where a document is all that is issued: 谁发的, but not 谁发放补贴."""
_WHEN = (
    r"(?:哪一?[天年日]|什么时[候间]|啥时候?|何时|几(?:月份?|[号年])|几几年|日期|时间|哪.{0,3}会|什么会|会议|(?:19|20)\d\d年|"
    rf"[{CHINESE}\d]{{1,3}}(?:月份?|[日号](?![之以]?内)))"
)
_WHO = r"(?:谁|哪个(?:单位|机关|部门|机构|地方)?|哪里|哪儿|[\u4e00-\u9fff]{1,6}(?:委|府|局|厅|办))"
_NUMBER = re.compile(r"文号|发文字号|(?:文件|决定|通知)(?:编号|号码|号)|\bdocument number\b|\breference number\b")
_YEAR = r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)"
_SAID = re.compile(
    rf"{_YEAR}|"
    r"(?:是否?|由)(?:[我咱你本该]们?的?)?(?P<body>(?:(?![是否由不])[\u4e00-\u9fff]){0,9}(?:政府|委|局|厅|办(?:公[厅室])?))"
    rf"(?:第?[{CHINESE}]{{1,3}}[届次])*(?:全委?会|全体会议|常委会)?(?=[发出制定印颁公作做下拟通批])"
)
"""In which year, and by whom, a question says that a document was issued."""
_MEETINGS = {
    "常委会": "常委会|常务委员会",
    "常务会": "常务会",
    "党组": "党组",
    "人大": "人大|人民代表大会",
    "政协": "政协|政治协商",
}
"""What meetings are called for short → what fronts may call them."""
_MEETING = re.compile(rf"(?P<body>{'|'.join(_MEETINGS)})[^,;。?]{{0,10}}(?:通过|批准|审议)")
"""The meeting that a question says adopted the document."""
_IN_FORCE = (
    r"(?:(?:有效|管用|算数|作数)(?=[吗么不没?,]|$)|(?:失效|作废|废止|废除|过期|过时)(?=了?[吗么不没?,]|了?$)|"
    r"\b(?:in force|in effect|valid|expired|repealed|out of date|outdated)\b)"
)
"""What asks whether a document still holds."""
_BODY = re.compile(
    r"(?P<before>[\u4e00-\u9fff]{2,4})[省市州县区](?:委(?!员)|政府|人大)的?(?:同类|同样|那份|相关|有关)?的?(?:决定|文件|意见|通知|办法)"
)
"""The document of a body, with what stands before it: the name of its place."""
_SUPERIOR = re.compile(
    r"(?<!落实)(?<!贯彻)(?:中央|国务院|国家|上级|省(?:里|委|政府|人民政府|人大))[^,;。?这本该]{0,60}?(?:决定|文件|意见|通知|办法|规划)|"
    r"\b(?:provincial|province's|central|national|state council's?)\b.{0,40}\b(?:decision|document|policy|notice|plan)\b|"
    r"\bprovince (?:adopt|issue|publish|pass|release)"
)
"""A document of a body above: 省委那份决定."""
_HOLDS = re.compile(r"[自从][^。;；]{1,20}起(?:施行|实施|执行)|本[^，,。]{1,6}有效期")
"""What a document itself says of it."""
_DATED = re.compile(r"(?:19|20)\d\d年|通过|发布|印发")


def _of_another_body(text: str, title: str) -> bool:
    """Whether a question names a body of another place, of whose document it asks: 凉山州委的决定是哪天通过的."""
    if _SUPERIOR.search(text) and not _SUPERIOR.search(title):
        return True
    named = _BODY.search(text)
    places = load_lexicon().places
    place = next((named["before"][-n:] for n in (4, 3, 2) if named["before"][-n:] in places), "") if named else ""
    return bool(place) and place not in title


def is_of_another_body(index: Index, row: int, text: str) -> bool:
    """Whether a chunk is the title or the adoption line of a document, and a question is on that of another body.

    The province's decision was not adopted when the city's was.
    """
    chunk = index.chunks[row]
    document = index.document(chunk.document)
    front = document.clauses[chunk.position].kind in ("title", "adoption")
    return front and _of_another_body(text, normalize(document.record.title))


def _patterns(title: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What asks for the adoption, for the issuer, and whether it holds, of a document of that title."""
    own = re.escape(title.strip()[-2:]) if title.strip() else "文件"
    this = (
        rf"(?:{own}|(?<!配套|相关|有关|实施|政策|后续|其他|其它)文件|这份|"
        r"(?:decision|document|policy|notice|this paper)\b(?! (?:documents?|measures?|papers?)\b))"
    )
    passed = rf"(?:{_ACT}|通过(?={_ENDS}|[这本该]|.{{0,2}}{this}))"
    by_whom = rf"(?:制定|印发|发布|颁布|公布|作出|做出|出台|下发|发出|发文|发|出)(?={_ENDS}|[这本该]|.{{0,2}}{this})"
    adoption = (
        rf"{this}.{{0,12}}{_WHEN}.{{0,12}}{passed}|{this}.{{0,12}}{passed}.{{0,6}}(?:时间|日期|于|的吧)|{_WHEN}.{{0,6}}{passed}.{{0,8}}{this}|{this}是?在?{_WHEN}(?:的(?=[吗呢?,]|$)|上?(?:来着)?[?]*$)|"
        rf"{this}[^,;。]{{0,3}}是[^,;。]{{1,12}}(?:会议?|委|府|会上|人大|政协|党组)(?:通过|批准)的|{this}(?:是不是|有没有)?(?:已经?)?(?:正式)?(?:通过|发布|公布|印发|出台|生效)了?[吗没么不吧?]|谁.{{0,2}}(?:通过|作出|做出).{{0,8}}{this}|{this}.{{0,24}}谁.{{0,2}}(?:通过|作出|做出)|"
        rf"\bwhen\b.{{0,20}}{this}.{{0,12}}{passed}|\b{this} (?:was|is) {passed} (?:in|on|at)\b|{this}.{{0,16}}(?:哪次|什么)会议"
    )
    issuer = (
        rf"{this}.{{0,14}}(?:是|由|不是)?{_WHO}{by_whom}|发文(?:机关|单位)|谁(?:发|出|制定|印发|发布)的?.{{0,6}}{this}|"
        rf"\bwho (?:issued|published|made|adopted|released)\b|\bissued by\b"
    )
    return re.compile(adoption), re.compile(issuer), re.compile(rf"{this}[^里中说写提的时何哪几久]{{0,14}}{_IN_FORCE}")


def record_passages(index: Index, text: str, documents: Sequence[str]) -> list[Passage]:
    """The front matter that answers a question about the document itself; empty for any other question.

    A document number is only quoted where it is printed; that there is none is for the refusal to say.
    """
    scope = [index.document(id_) for id_ in documents] if documents else index.documents()
    if len(scope) != 1:
        return []
    document = scope[0]
    if _of_another_body(text, normalize(document.record.title)):
        return []
    front = [
        clause for clause in document.clauses if clause.kind in ("title", "adoption", "preamble") and not clause.part
    ]
    if _NUMBER.search(text):
        number = document.record.number
        return [_whole(document, clause) for clause in front if number and number in clause.text][:1]
    adoption, issuer, in_force = _patterns(normalize(document.record.title))
    title = [clause for clause in front if clause.kind == "title"][:1]
    dated = [clause for clause in front if clause.kind == "adoption"] or [c for c in front if _DATED.search(c.text)]
    found: list[Clause] = []
    if issuer.search(text):
        found += title
    if adoption.search(text):
        found += dated[:1]
    if in_force.search(text):
        held = [clause for clause in document.clauses if clause.kind == "clause" and _HOLDS.search(clause.text)]
        found += held[-1:] or dated[:1] or title
    return [_whole(document, clause) for clause in dict.fromkeys(found)]


def in_force_asked(index: Index, text: str, passages: Sequence[Passage]) -> Record | None:
    """The record of the document that `passages` are of, where a question asks whether it still holds."""
    record = index.document(passages[0].document).record
    return record if _patterns(normalize(record.title))[2].search(text) else None


def wrong_of_record(index: Index, text: str, passages: Sequence[Passage]) -> str:
    """What a question puts forward that the front matter goes against: a date or the issuer; empty for nothing.

    What the front matter says nothing of it does not go against.

    Args:
        index: where the document is.
        text: the question, normalised.
        passages: what `record_passages` gave for it.
    """
    meeting = _MEETING.search(text)
    if not (is_put_forward(text) or (meeting and text.rstrip("?").endswith("吗"))):
        return ""
    text = without_denied(text)
    document = index.document(passages[0].document)
    front = normalize("\n".join(document.text[passage.start : passage.end] for passage in passages))
    years = re.findall(_YEAR, plain(front))
    bodies = issuing_bodies(f"{normalize(document.record.issuer)}\n{front}")
    if meeting and "会" in front and not re.search(_MEETINGS[meeting["body"]], front):
        return meeting["body"]
    for said in _SAID.finditer(text):
        year, body = said["year"], said["body"]
        if year and years and year not in years:
            return f"{year}年"
        if body and is_another(body, bodies):
            return body
    return wrong_date(text, front) or wrong_ordinal(text, front)


def asks_for_record(text: str, title: str = "") -> bool:
    """Whether a question asks when, by whom or under what number a document was issued, or if it holds.

    Without a title any document counts, with one that which has it: 这个决定哪年通过的.
    """
    return bool(_NUMBER.search(text)) or any(pattern.search(text) for pattern in _patterns(title))


def parts_on_the_document(parts: Sequence[SubQuestion], title: str) -> list[str]:
    """The texts of the parts of a question; what follows on a document as such is on it too: 这文件哪年的,谁发的.

    `title` is that of the document which the question is put to, normalised; empty where there are several.
    """
    texts: list[str] = []
    on_it = False
    for part in parts:
        names = tells_a_subject(part, part.text, named=True)
        texts.append(f"文件{part.text}" if on_it and not names else part.text)
        on_it = not names and (asks_for_record(texts[-1]) or asks_for_record(texts[-1], title))
    return texts


def _whole(document: Document, clause: Clause) -> Passage:
    return Passage(document.id, clause.position, clause.start, clause.end)
