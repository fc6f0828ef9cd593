"""A name with a number that tells it from others of a sort (第四批示范区) → the one that a text has otherwise."""

from __future__ import annotations

import re

from assistant.answering.labels import NUMBER_NAME
from assistant.indexing.numerals import CHINESE, parse_numeral

_ORDINALS = (
    re.compile(rf"第(?P<number>[{CHINESE}\d]+)(?P<noun>[批个届次期轮][\u4e00-\u9fff]{{0,2}})"),
    re.compile(rf"(?<![{CHINESE}第])(?P<number>[{CHINESE}])(?P<noun>大[\u4e00-\u9fff]{{2}})"),
    re.compile(rf"(?P<number>十[{CHINESE}])(?P<noun>五)(?![{CHINESE}])"),
    re.compile(r"(?<=[\u4e00-\u9fff])(?P<number>[东南西北中])(?P<noun>段)"),
    # Of a name that is a number: “5115”工程, “7+3”产业体系.
    re.compile(rf"(?P<number>{NUMBER_NAME.pattern})[”\"']?(?P<noun>[\u4e00-\u9fff]{{2,4}})"),
    # Of so many levels: 三级运行机制. What is of the third one (三级医院) is another thing.
    re.compile(
        rf"(?<![{CHINESE}\d第])(?P<number>[{CHINESE}\d])(?P<noun>级)(?=[\u4e00-\u9fff]{{0,4}}?(?P<of>机制|体系|网络|架构|平台|联动))"
    ),
    # Of a session: 十届九次全会, 第十届委员会第九次全体会议.
    re.compile(rf"(?<![{CHINESE}])第?(?P<number>[{CHINESE}]{{1,3}})(?P<noun>届)(?=[^,;。]{{0,9}}会)"),
    re.compile(rf"(?:第|(?<=届))(?P<number>[{CHINESE}]{{1,3}})(?P<noun>次)(?=[^,;。]{{0,9}}会)"),
)
"""Names with the number, or the quarter, by which they are told from others of a sort: 第四批示范区, 八大战役, 东段."""


_SESSION = re.compile(rf"(?P<term>[{CHINESE}]{{1,3}})届[^,;。]{{0,5}}?(?P<session>[{CHINESE}]{{1,3}})次")
_LEVEL = re.compile(r"[国央党省市州县区乡镇]")
_MEETING = re.compile(r"人(?=大|民代)|代(?=表|会)|政协|常委|常务")
"""Whose meeting a session is of, but for 全会, which is of a committee."""
_BREAK = re.compile(r"[,;。:、()《》“”]")
BEFORE, AFTER = 30, 9
"""Characters before a number of a session, and behind it, in which it says of what it is."""


def wrong_ordinal(question: str, text: str, document: str = "") -> str:
    """The numbered name of a question that a text has with other numbers only (第三批示范区); empty for none.

    A number of a session (十届九次全会) counts beside those of the same body only.

    Args:
        question: the question, normalised.
        text: the text on what is asked, normalised.
        document: the whole of what the text is from, normalised, where a number that stands elsewhere in it is no wrong
            one: what is new in the 十四五 may be told beside the end of the 十三五.
    """
    for pattern in _ORDINALS:
        printed, elsewhere = list(pattern.finditer(text)), list(pattern.finditer(document))
        # Each name once: a question may be nothing but one, again and again.
        for named in {one.group(): one for one in pattern.finditer(question)}.values():
            numbers, others = (
                {_value(one["number"]) for one in place if _alike(one, named)} for place in (printed, elsewhere)
            )
            if numbers and _value(named["number"]) not in numbers | others:
                whole = re.sub("[”\"']", "", named.group())
                # Of 第三批国家… the noun goes on too far.
                if whole.startswith("第"):
                    return f"第{named['number']}{named['noun'][0]}"
                return whole[: len(named["number"]) + 2] if NUMBER_NAME.match(whole) else whole
    return ""


def _value(number: str) -> int | str:
    return parse_numeral(number) or number


def _alike(one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two numbered names are of one sort, and where they are of sessions, of one body."""
    if NUMBER_NAME.match(one["number"]):
        # 5115工程是, 5116工程; “7+3”产业体系, “10+3”体系
        return one["noun"][:2] in other["noun"] or other["noun"][:2] in one["noun"]
    if not (one["noun"].startswith(other["noun"]) or other["noun"].startswith(one["noun"])):
        return False
    if one["noun"] == "级":
        return bool(one["of"] == other["of"])
    if one["noun"][0] not in "届次":
        return True
    session, another = _session(one), _session(other)
    if session and another and all(a != b for a, b in zip(session, another, strict=True)):
        return False  # 十届八次 is no slip for 十一届七次
    (level, meeting), (other_level, other_meeting) = _body(one), _body(other)
    return meeting == other_meeting and (level == other_level or not (level and other_level))


def _session(number: re.Match[str]) -> tuple[int | str, ...]:
    """The term of a session and its number in it; empty where not both are said."""
    whole = next((one for one in _SESSION.finditer(number.string) if one.start() <= number.start() < one.end()), None)
    return (_value(whole["term"]), _value(whole["session"])) if whole else ()


def _body(session: re.Match[str]) -> tuple[str, str]:
    """The level, empty where it is not said, and the sort of the body that a number is of a session of."""
    before = _BREAK.split(session.string[max(0, session.start() - BEFORE) : session.start()])[-1]
    after = _BREAK.split(session.string[session.end() : session.end() + AFTER])[0]
    level, meeting = _LEVEL.findall(before), _MEETING.search(before + session.group() + after)
    return level[-1] if level else "", meeting[0] if meeting else ""
