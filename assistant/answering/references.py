"""A question → the clauses and parts that it names by number, singly, several at once, or counted from the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.english_numbers import CARDINAL, ORDINAL, english_number
from assistant.indexing.numerals import CHINESE, parse_numeral

LAST = -1
"""The last clause or part. -2 is the one before it, and so on."""
UNITS = ("部分", "编", "篇", "章", "节")
"""What parts are called in their labels."""
LONGEST_RANGE = 100
"""How many numbers a range may name; a longer one is taken for its two ends."""

_NUMERAL = rf"[{CHINESE}\d]{{1,8}}"
_GAP = r"\s*(?:、|,|和|与|及|跟|到|至|-|–|—|~)\s*第?\s*"
_TO = re.compile(r"[\s,]*(?:到|至|-|–|—|~|\bto\b|\bthrough\b)\s*")
"""What between two numbers stands for those that lie between them."""
_OF_A_CLAUSE = (
    r"(?![\u3400-\u9fff])|[款第和与跟及或是的都也又还只再从各讲说写谈念读看指给把请帮我你您怎咋什啥哪谁何如呢吗么嘛吧呀啊哦这那其所被算属涉含可需须没不删改]|"
    r"[里中内](?![程环央轴线河街])|要(?![修建开造通])|对(?!外)|有(?!轨)|提(?![速升灌])|关于|相关|包[括含]|主[要题]|重点|具体"
)
"""What follows 条 where it is a clause whatever is named behind: 第三条和铁路有关吗, 几条提到安宁河."""
_COUNTED = (
    r"(?:(?<![思套])路(?!径)|高速|[高地城]铁|[轻城有单]轨|轨道|磁悬?浮|列车|动车|缆车|高架|管廊|(?<![主战一底])线(?![索上下])|街|巷|河(?!长)|江|渠(?!道)|沟(?!通)|"
    r"[隧通渠管大索跑绿步匝坡河航]道|产业[带链]|建议|经验|[消信]息|新闻|广告|船|[鱼狗])"
)
"""What is counted in 条 as clauses are: the third motorway, four suggestions."""
_ONE_MORE = rf"{_GAP}{_NUMERAL}\s*条"
CLAUSE = rf"条(?=(?:{_ONE_MORE})*(?!{_ONE_MORE})(?:{_OF_A_CLAUSE}|(?!件|例|[\u3400-\u9fff]{{0,6}}?{_COUNTED})))"
"""Matches 条 for a clause, also in a series of them: not in 第二条地铁, nor in 第二条和第三条地铁."""
_INNER = rf"(?:的?第{_NUMERAL}(?:款|项|小?点|段|句|目))*"
"""A paragraph or an item inside the clause that is named before it."""
_EN_CLAUSE = r"(?:articles?|clauses?|sections?|items?|paragraphs?|paras?|(?<!the )arts?|cls?|secs?)\.?"
# White space stands before each joint and behind the last: with it on both sides, every split of a run would be tried.
_EN_GAP = r"(?:\)?\s*(?:,|-|–|&|\b(?:and|or|to|through)\b))+\s*(?:(?:article|clause)s?\s*)?\(?"

_FROM_END = re.compile(
    rf"(?:倒数|最后|最末|末尾)的?第(?P<nth>{_NUMERAL})\s*{CLAUSE}|"
    rf"(?:最后|最末|末尾|倒数)的?(?P<some>{_NUMERAL})?[那这]?{CLAUSE}|(?P<end>末条)|"
    rf"\b(?:(?P<second>penultimate|second[- ](?:to[- ])?last|last but one)|(?:last|final)(?: (?P<some_en>{CARDINAL}))?) (?:clause|article)s?\b"
)
_FROM_START = re.compile(
    rf"(?<![目之以提年])[前头](?!一条)(?P<some>{_NUMERAL}){CLAUSE}|\bfirst (?P<some_en>{CARDINAL}) (?:clause|article)s\b"
)
_NAMED = re.compile(
    rf"第\s*(?P<several>{_NUMERAL}(?:{_GAP}{_NUMERAL})*)\s*(?:{CLAUSE}|款(?!项)|小?点){_INNER}|"
    # Without 第 it is a number of clauses rather than the number of one, where the words around it count or confirm.
    rf"(?<![\d一二三四五六七八九十+、\-~至到有共这那是为了成分约近出满够过计含修建增开造])"
    rf"(?P<bare>\d{{1,4}}(?:(?:、|和|与|到|至|-|–|—|~)\d{{1,4}})*)\s*{CLAUSE}(?!吗|吧|么|对|还是|以[上下]|左右)|"
    # A range in Chinese numerals (三到五条) may as well be a number of anything, unless what is asked is what they say.
    rf"(?<![\d{CHINESE}+])(?P<range>[{CHINESE}]{{1,4}}[到至–—~-][{CHINESE}]{{1,4}})条(?=款|都?[各讲说写规是的]|内容|[?。]?$)|"
    rf"(?<![\d{CHINESE}+])(?P<pair>[{CHINESE}]{{1,4}}条(?:和|与|跟|、)[{CHINESE}]{{1,4}}){CLAUSE}|"
    rf"(?P<numbered>{_NUMERAL})号{CLAUSE}[款文]?|"
    rf"\((?!(?:19|20)\d\d\))(?P<bracketed>[{CHINESE}\d]{{1,6}})\)"
)
_NAMED_EN = re.compile(
    rf"(?:\b(?:paragraph|item|point) \(?{CARDINAL}\)? (?:of|in) (?:the )?)?"
    rf"(?:\b{_EN_CLAUSE}|§)\s*(?:no\.?|number|#)?\s*\(?(?P<several>{CARDINAL}(?:{_EN_GAP}{CARDINAL})*)\)?"
    rf"(?:,? (?:paragraph|item|point) \(?{CARDINAL}\)?)?|\b(?P<ordinal>{ORDINAL}) (?:clause|article)\b"
)
_HERE = r"的?[那这]?一?(?:个)?(?:大?部分|大?板块|大块)(?!要写|想写|打算)"
_PART = re.compile(
    rf"(?:(?P<end>倒数|最后)的?)?第\s*(?P<several>{_NUMERAL}(?:{_GAP}{_NUMERAL})*)\s*(?:大?部分|大?板块|大点|大块|块(?=[讲说写谈]|主要|内容|安排|[?。,]|$)|(?P<unit>[章节]|编(?![辑制号码写])))|"
    rf"(?P<last>(?:最后|最末|末尾|结尾|末){_HERE}|the (?:last|final|closing) (?:part|section))|"
    rf"(?P<first>(?:开头|开篇|最前面?|起头|头){_HERE}|the opening (?:part|section))|"
    # “二、”底下那几条; 三、重点任务 begins with a label
    rf"(?:^|[“\"'])(?P<label>[{CHINESE}]{{1,3}})、[”\"']?(?=(?:底下|下面|里面?|部分)|.{{2,12}}(?:分别|内容|任务|讲|说|几条|哪[几些]|概括|是什么))|"
    r"\b(?:part|(?P<chapter>chapter))\s*(?P<number>\d{1,3}|i{1,3}v?|iv|v|one|two|three|four|five|six|seven|eight|nine|ten)\b|"
    r"\b(?P<ordinal>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)(?: and (?:last|final|closing))? "
    r"(?:part|section|(?P<nth_chapter>chapter))\b"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_NEXT = re.compile(
    rf"下一?{CLAUSE}(?!款)|(?<!最)后一{CLAUSE}|\bnext (?:one|clause|article)\b|\bthe (?:one|clause) after\b"
)
_PREVIOUS = re.compile(rf"[上前]一{CLAUSE}|\bprevious (?:one|clause|article)\b|\bthe (?:one|clause) before\b")


_EXCEPT = re.compile(
    r"(?:撇开|撇去|抛开|刨[开去]|除[了开去]?|不[算看管含]|\b(?:apart from|except(?: for)?|other than|besides|leaving out))\s*$"
)
_BESIDE = re.compile(
    r"(?:这一?条)?(?:[之以]外|外|不[谈说算看管])?(?:\s*,\s*|(?=的?(?:其[余他它]|别的|另外|还有|还在|剩))|(?<=外)|\s*$)"
)
"""What stands before and behind clauses that are left out: 撇开第十一条,其余…; 除第三条外…."""


@dataclass(frozen=True, slots=True)
class References:
    """The numbers that a question names, in order; one below 0 counts from the end, see `LAST`.

    Attributes:
        clauses: those of clauses.
        parts: those of parts.
        step: +1 for “the next clause”, -1 for the one before.
        unit: what the parts are called, 章, 节 or 编; empty for 部分, which may be any.
        above: of 第二章第一节 the number and the unit of what the parts are in: (2, "章").
        left_out: those of clauses that are not asked about: 11 of 撇开第十一条,其余哪些条谈到康养.
        in_part: whether the clauses are named within the parts: 第三部分第二条 is the second one of these.
    """

    clauses: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    step: int = 0
    unit: str = ""
    above: tuple[int, str] | None = None
    left_out: tuple[int, ...] = ()
    in_part: bool = False


_STEP_FROM = re.compile(
    rf"第(?P<from>{_NUMERAL})条?的?(?P<way>前面?|上面?|之前|后面?|下面?|之后)的?(?:[那这]一?|一)条|"
    rf"第(?P<low>{_NUMERAL})条?(?:和|与|跟|、)第?(?P<high>{_NUMERAL})条?(?:之间|中间)的?(?:[那这]一?|一)条|"
    rf"\bthe (?:one|clause|article|item) (?:right |just |immediately )?(?P<way_en>after|before|following|preceding) "
    rf"{_EN_CLAUSE} ?(?P<from_en>{CARDINAL})\b"
)
"""A clause that is named by the one beside it: 第七条前面那一条."""
_FIRST_INSIDE = re.compile(r"(?<=部分|[章节]的)(?:的?头一|的?首)条|(?<=[章节编])(?:头一|首)条")
_LAST_INSIDE = re.compile(r"\b(?:last but one|penultimate) item\b")
_INSIDE = re.compile(r"的?(?:里面?|中)?[,\s]*")
_OF_PART = re.compile(r"[,\s]*(?:of|in) (?:the )?$")


def with_plain_numbers(text: str) -> str:
    """A normalised question with clauses named by their numbers that it names by others: 第七条前面那条 → 第6条."""

    def number(match: re.Match[str]) -> str:
        if match["low"]:
            low, high = _number(match["low"]), _number(match["high"])
            return f"第{low + 1}条" if high - low == 2 else match[0]
        if match["from_en"]:
            step = 1 if match["way_en"] in ("after", "following") else -1
            return f"clause {english_number(match['from_en']) + step}"
        found = _number(match["from"]) + (-1 if match["way"][0] in "前上" or match["way"] == "之前" else 1)
        return f"第{found}条" if found > 0 else match[0]

    text = _FIRST_INSIDE.sub("第1条", _STEP_FROM.sub(number, text))
    return _LAST_INSIDE.sub("last but one clause", text)


def find_references(text: str) -> References:
    """Read the clause and part numbers off a normalised question."""
    step = 1 if _NEXT.search(text) else -1 if _PREVIOUS.search(text) else 0
    parts: list[int] = []
    units: list[str] = []
    above, end = None, -1
    for match in _PART.finditer(text):
        unit = match["unit"] or ("章" if match["chapter"] or match["nth_chapter"] else "")
        if parts and unit not in ("", units[-1]) and text[end : match.start()] in ("", "的", "里", "中"):
            above, parts, units = (parts[-1], units[-1]), [], []
        parts += _parts(match)
        units.append(unit)
        end = match.end()
    unit = units[0] if len(set(units)) == 1 else ""
    clauses = tuple(dict.fromkeys(_clauses(text)))
    in_part = bool(clauses and parts) and _are_inside(text)
    return References(clauses, tuple(dict.fromkeys(parts)), step, unit, above, in_part=in_part)


def _are_inside(text: str) -> bool:
    """Whether a clause is named right behind a part, or in English right before it: 第三部分第二条."""
    mentioned = [match for match, _ in _mentions(text)]
    return any(
        _INSIDE.fullmatch(text[part.end() : one.start()]) or _OF_PART.fullmatch(text[one.end() : part.start()])
        for part in _PART.finditer(text)
        for one in mentioned
    )


def without_left_out_clauses(text: str) -> tuple[tuple[int, ...], str]:
    """The numbers of the clauses that a normalised question leaves out, and the question without them."""
    named: list[int] = []
    start = end = -1
    for match, numbers in _mentions(text):
        if not named or not re.fullmatch(r"\s*(?:、|,|和|与|及|跟|and)\s*", text[end : match.start()]):
            named, start = [], match.start()
        named, end = [*named, *numbers], match.end()
        before, behind = _EXCEPT.search(text[:start]), _BESIDE.match(text[end:])
        rest = text[: before.start()] + text[end + behind.end() :] if before and behind else ""
        if rest.strip(" ,?。"):
            return tuple(named), rest
    return (), text


def without_clauses(text: str) -> str:
    """A normalised text without the words that name clauses: of 第十条里讲机场的那句 里讲机场的那句 is left."""
    named = [match.span() for match, _ in _mentions(text)]
    if _are_inside(text):
        named += [match.span() for match in _PART.finditer(text)]
    for start, end in sorted(named, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text.strip()


def _clauses(text: str) -> list[int]:
    """The clause numbers in a text, in order; those between two numbers that “to” joins included."""
    found: list[int] = []
    end = 0
    for match, numbers in _mentions(text):
        joined = found and numbers and _TO.fullmatch(text[end : match.start()])
        found += _between(found[-1], numbers[0]) if joined else []
        found += numbers
        end = match.end()
    return found


def _mentions(text: str) -> Iterator[tuple[re.Match[str], list[int]]]:
    """Each stretch that names clauses, in order, with its numbers. Where two readings overlap the first one counts."""
    readers = ((_FROM_END, _from_end), (_FROM_START, _from_start), (_NAMED, _named), (_NAMED_EN, _named_in_english))
    taken: list[tuple[re.Match[str], list[int]]] = []
    for pattern, read in readers:
        for match in pattern.finditer(text):
            if all(match.end() <= other.start() or match.start() >= other.end() for other, _ in taken):
                taken.append((match, read(match)))
    return iter(sorted(taken, key=lambda pair: pair[0].start()))


def _from_end(match: re.Match[str]) -> list[int]:
    if match["nth"]:
        return [-_number(match["nth"])]
    if match["second"]:
        return [-2]
    count = _count(match)
    return list(range(-count, 0)) if count else [LAST]


def _from_start(match: re.Match[str]) -> list[int]:
    return list(range(1, _count(match) + 1))


def _count(match: re.Match[str]) -> int:
    """How many clauses “the first three” or “the last three” are; 0 when no number is said, or one too large."""
    count = english_number(match["some_en"]) if match["some_en"] else _number(match["some"] or "")
    return count if count <= LONGEST_RANGE else 0


def _named(match: re.Match[str]) -> list[int]:
    return _several(
        match["several"] or match["bare"] or match["range"] or match["pair"] or match["numbered"] or match["bracketed"]
    )


def _named_in_english(match: re.Match[str]) -> list[int]:
    if match["ordinal"]:
        return [english_number(match["ordinal"])]
    found: list[int] = []
    end = 0
    for number in re.finditer(CARDINAL, match["several"]):
        value = english_number(number.group())
        if found and re.search(_TO, match["several"][end : number.start()]):
            found += _between(found[-1], value)
        found.append(value)
        end = number.end()
    return found


def _parts(match: re.Match[str]) -> list[int]:
    if match["last"]:
        return [LAST]
    if match["several"]:
        return [-number if match["end"] else number for number in _several(match["several"])]
    if match["first"]:
        return [1]
    if match["label"]:
        return [_number(match["label"])]
    if match["ordinal"]:
        return [int(match["ordinal"][0]) if match["ordinal"][0].isdigit() else english_number(match["ordinal"])]
    roman = _ROMAN.get(match["number"])
    return [roman if roman is not None else english_number(match["number"])]


def _several(text: str) -> list[int]:
    """“四、五” and “三到五” → the numbers."""
    found: list[int] = []
    end = 0
    for numeral in re.finditer(_NUMERAL, text):
        number = _number(numeral.group())
        if found and _TO.match(text[end : numeral.start()]):
            found += _between(found[-1], number)
        found.append(number)
        end = numeral.end()
    return found


def _between(first: int, last: int) -> list[int]:
    return list(range(first + 1, last)) if last - first <= LONGEST_RANGE else []


def _number(numeral: str) -> int:
    """The value of a numeral; 0, which no clause has, when it is malformed."""
    return parse_numeral(numeral) or 0
