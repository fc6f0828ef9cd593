"""Metadata: a cleaned text → what it says about itself where that is plain to see (number, issuer, dates)."""

from __future__ import annotations

import datetime
import re

from assistant.indexing.numerals import parse_numeral
from assistant.ingestion.paragraphs import is_date, is_enactment, is_number

_ONES = "一二三四五六七八九"
_DATE = rf"(\d{{4}}|[〇○零{_ONES}]{{4}})年(\d{{1,2}}|[{_ONES}十]{{1,2}})月(\d{{1,2}}|[{_ONES}十]{{1,3}})日"
_DAY = re.compile(_DATE)
_MEETING = re.compile(_DATE + r"(.{4,60}?(?:会议|大会|全会))(?:审议|讨论)?(?:通过|批准)")
_EFFECTIVE = re.compile(
    rf"本(?:办法|规定|通知|决定|条例|细则|意见|方案|措施|规则|标准)自{_DATE}起(?:施行|实施|执行|生效)"
)
_ISSUER = re.compile(r"([^《》，。]{3,60}?(?:[省市区县州旗]委|政府|办公[厅室]|委员会|[局厅院部署会]))关于")
_HEAD = 20


def recognise(text: str, title: str) -> dict[str, str]:
    """Reads number, issuer, meeting and dates out of a document.

    Args:
        text: the cleaned text.
        title: its title.

    Returns:
        Values by the name of their field in `Record`; only those that the text states in a fixed form.
    """
    lines = text.split("\n")
    found: dict[str, str] = {}
    number = next((line for line in lines[:_HEAD] if is_number(line)), "")
    if number:
        found["number"] = number
    issuer = _ISSUER.match(re.sub(r"^（转载）", "", title))
    if issuer:
        found["issuer"] = issuer[1]
    for line in lines[:_HEAD]:
        if is_enactment(line):
            found.update(_enactment(line))
            break
    effective = {_iso(match) for match in _EFFECTIVE.finditer(text)} - {""}
    if len(effective) == 1:
        found["effective"] = effective.pop()
    closing = [line for line in lines[-8:] if is_date(line) and not line.endswith("印发")]
    if "adopted" not in found and "published" not in found and len(closing) == 1:
        day = _DAY.search(closing[0])
        if day and _iso(day):
            found["published"] = _iso(day)
    return found


def _enactment(line: str) -> dict[str, str]:
    """Adoption date and meeting, or publication date, from a line such as （2020年7月30日…全体会议通过）."""
    first = _DAY.search(line)
    if first is None or not _iso(first):
        return {}
    if "通过" not in line:
        return {"published": _iso(first)} if re.search("公布|发布", line) else {}
    meeting = _MEETING.search(line)
    return {"adopted": _iso(first)} | ({"meeting": meeting[4]} if meeting else {})


def _iso(match: re.Match[str]) -> str:
    """The ISO date of a match of `_DATE`, empty where there is no such day."""
    year, month, day = (parse_numeral(part) or 0 for part in match.groups()[:3])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""
