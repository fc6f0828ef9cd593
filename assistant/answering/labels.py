"""Names with a number in them (“五大领域”, “两城”, “7+3”) → whether a text says what they consist of.

Policy texts are full of such names. A sentence that uses one is no answer to the question what it stands for, unless
it lists as many things as the number says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_VALUES = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CHINESE = {value: numeral for numeral, value in _VALUES.items()}
_ONE_BY_ONE = (
    r"(?:一个一个|一项一项|一条一条|一样一样|一个个|一条条|逐[个项条一]|挨个)[的地来]?(?:说|讲|列|数|报|念|点|摆|介绍)|"
    r"(?<!怎么)(?<!如何)展开(?:来|讲|说)"
)
_ASKS_MEMBERS = re.compile(rf"分别|各是|{_ONE_BY_ONE}")
"""What asks for each of the things that a name stands for."""
_ASKS_CONTENT = re.compile(
    rf"哪|什么|啥|具体|分别|代表|指|含义|意思|内容|解释|怎么(?:讲|说|理解)|包括|包含|各是|{_ONE_BY_ONE}|"
    r"\b(?:what|which|mean|stand for|consist)\b"
)
_ASKS_MEMBER = re.compile(
    r"[里内中](?:面|头|边)?[”\"']?,?(?:也|还|都)?(?:有没有|有无|有|含|算)|[算在][进在]?[里内](?:头|面|边)?|之一"
)
"""What asks whether something is one of them."""
_HOW_MANY = re.compile(
    r"几(?:大|个|项|条|类|级|种)?(?P<noun>[\u4e00-\u9fff]{2,4}).*?(?:哪[几两二三四五六七八九十]|具体(?:是|有)(?:哪|什么|啥))"
)
"""How many of something there are, and then which: 打几大战役，具体是哪八个."""
_QUOTED = re.compile(r"[“\"']([^”\"']{2,10})[”\"']")
_QUOTED_NAME = re.compile(r"“([\u4e00-\u9fff]{2,8})”")
_UNIT = "(?:大|个|项|条|类|级|种|方面|位一体)"
_NUMBERED = re.compile(
    rf"(?<![第哪])(?P<number>[两二三四五六七八九十]|(?<![\d.])[2-9](?![\d.]))(?P<rest>{_UNIT}?[\u4e00-\u9fff]{{1,4}})"
)
_SUM = re.compile(r"(?<![\d.])([\d一二三四五六七八九])(?:加|plus)([\d一二三四五六七八九])(?![\d.])")
"""“7+3” in words."""
NUMBER_NAME = re.compile(
    # 3000元补贴, 1200人以上 and 3000-5000 are amounts, 5115工程 is a name.
    r"(?<!\d)\d{1,2}\+\d{1,2}(?!\d)|(?<!\d)(?<!\d[.,~—–-])(?!(?:19|20)\d\d)\d{4}(?!\d|%|[.,~—–-]\d|多?余?(?:[元块万亿千百个人名户家亩米平吨斤克度瓦年月日天号件份项台套辆座处所次期分倍至到以左]|公[里斤顷吨]|立方|周岁|岁|小时|毫))"
)
_COMPOUND = re.compile(r"([两二三四五六七八九十])([\u4e00-\u9fff]{1,3})([两二三四五六七八九十])([\u4e00-\u9fff]{1,3})")
"""Two numbered names in one: “两中心两地”."""
_ASKS_BEFORE = re.compile(r"(?:什么|啥|何)(?:是|叫|为)|何谓|所谓|解释|说说|哪些是|叫|\b(?:what|which|mean|explain)\b")
ASKS_WHICH = re.compile(r"[哪啥几]|什么|多少")
_ASKS_FIELD = re.compile(
    r"(?:哪一?[个种类]?|什么|啥)(?:产业|行业|领域|方面|行当?|部门)的?(?:工程|项目|计划|体系)?[的?]*$"
)
"""What asks only what a name belongs to: 5115工程是搞什么产业的."""
_PLAN = re.compile(r"十[一二三四五六七]五")
_LEFT_OUT = re.compile("除[了开去掉]?(?:[这那])?$")
_DOES = re.compile(r"[”\"']?(?:都|还|先)*(?:要|将|打算|准备)[^,。?]{1,6}(?:哪[些几]个?|什么|啥)[\u4e00-\u9fff]{2}")
"""What asks for something that is done with it: “两城”要先编哪些规划."""
_MEANS = re.compile(r"[”\"']?(?:这个词|到底|究竟)?(?:是(?:什么|啥|哪|指)|指|代表|的?(?:含义|意思)|什么意思|啥意思)")
"""What asks after a plan, which most often is a time: not 十四五期间开工哪些高速."""
_SO_MANY = re.compile(
    r"哪(?P<which>[两二三四五六七八九十]|\d)[个样种项]?(?=[,?。嘛呢呀啊]|$)|"
    r"(?<![\d+第])(?P<what>[两二三四五六七八九十]|\d)[个样种项](?:分别|各|都)*(?:是|叫|有)?(?:哪|啥|什么)"
)
"""What asks for so many things without saying of what kind: 是哪七样, 那八个都叫什么."""
_BREAK = re.compile(r"[,;。:、()《》“”]")
NEAR = 10
"""Characters within which a word of asking must follow a name to ask after what it consists of."""
COORDINATION = re.compile(r"、|和|与|以及|及")
_IS_LISTED = re.compile(
    r"[”\"']?(?:里面?|中)?(?:分别|其实|不|也|都)?就?(?:是|指|包括|包含|有|为|即)(?:的是)?[:,]?[^,;。?:、]{2,14}(?:、|以及|还有|[和与及跟])"
)
"""What follows a name of which it is said what it consists of: “五大领域”是教育、医疗…"""
_SET_OUT = re.compile(r"[”\"']?[:=][^,;。?:、]{2,14}、")
"""The same, as one writes it down: “五大领域”：教育、医疗…"""
_ALIKE = re.compile("(?P<end>[\u4e00-\u9fff])(?:、|以及|还有|[和与及跟])")
PART = re.compile(r"[,;。:]")
PAIR = 2
_WITH = re.compile(r"^[^、]*?[与和同跟]")


def asked_label(question: str, text: str) -> str | None:
    """The name that a normalised question wants spelt out, as a normalised text has it; None when there is none."""
    asks = _ASKS_CONTENT.search(question) or _IS_LISTED.search(question)
    if asks and (_ASKS_MEMBERS.search(question) or not _ASKS_FIELD.search(question)):
        for name, said in names_used(question, text):
            if NUMBER_NAME.fullmatch(name) or _asks_after(question, said):
                return name
        counted = _HOW_MANY.search(question)
        meant = (_counted_name(counted["noun"], text) if counted else None) or _with_so_many(question, text)
        if meant:
            return meant
    if _ASKS_MEMBER.search(question) and not ASKS_WHICH.search(question):
        # Of one that is spelt out (“两城”里有没有医院) something else may be asked.
        return next((name for name, _ in names_used(question, text) if not spells_out(name, text)), None)
    return None


def names_used(question: str, text: str) -> Iterator[tuple[str, str]]:
    """The names with a number that a question uses: as a text has them, and in the question's own words."""
    numbers = set(NUMBER_NAME.findall(text))
    for match in NUMBER_NAME.finditer(question):
        if match.group() in numbers:
            yield match.group(), match.group()
    for match in _SUM.finditer(question):
        name = "+".join(str(_value_of(number)) for number in match.groups())
        if name in numbers:
            yield name, match.group()
    for quoted in [*_QUOTED.findall(question), *re.findall(r"“([^”]{2,8})”", text)]:
        if quoted in question and quoted in text and _names_a_number(quoted):
            yield quoted, quoted
    # Each name once: a question may be nothing but one, again and again.
    for match in {one.group(): one for one in _NUMBERED.finditer(question)}.values():
        for number, rest in _shorter_and_shorter(match):
            printed = _printed(number, rest, text) or _unquoted(number, rest, question, text)
            if printed:
                yield printed, number + rest


def _shorter_and_shorter(numbered: re.Match[str]) -> Iterator[tuple[str, str]]:
    """The number of a name and what may be the rest of it, longest first: where a name ends no mark tells."""
    return ((numbered["number"], numbered["rest"][:length]) for length in range(len(numbered["rest"]), 0, -1))


def quoted_names(question: str) -> list[str]:
    """The names in quotation marks in a normalised question, but those with a number, which people shorten."""
    return [name for name in _QUOTED_NAME.findall(question) if not _names_a_number(name)]


def _counted_name(noun: str, text: str) -> str | None:
    """The name with a number that a text has in quotation marks for what is counted: “八大战役” for 几大战役."""
    for length in range(len(noun), 1, -1):
        found = re.search(rf"“([{''.join(_VALUES)}](?:大|个|项|条|类|级|种)?{noun[:length]})”", text)
        if found:
            return found[1]
    return None


def _printed(number: str, rest: str, text: str) -> str | None:
    """A name as the text has it in quotation marks, with whatever measure word, and whole where it is shortened.

    “八大战役” for 8个战役, “五大区域高地” for 五大高地.
    """
    noun = re.escape(re.sub(f"^{_UNIT}(?=.)", "", rest))
    first = "[两二]" if _value_of(number) == 2 else _CHINESE[_value_of(number)]
    between = "[\u4e00-\u9fff]{0,3}" if len(rest) > 2 and len(noun) > 1 else ""
    found = re.search(rf"“(?:[^“”]*、)?({first}{_UNIT}?{between}{noun})(?:、[^“”]*)?”", text)
    return found[1] if found else None


def _unquoted(number: str, rest: str, question: str, text: str) -> str | None:
    """A name that the text has without quotation marks, where the question asks for as many: 三区联动是哪三区."""
    said = number + rest
    which = re.search(rf"哪{number}{_UNIT}?(?P<next>[\u4e00-\u9fff]?)", question)
    one_by_one = re.match(f"{_UNIT}.", rest) and re.search(_ONE_BY_ONE, question)
    return said if said in text and ((which and which["next"] in said) or one_by_one) else None


def _with_so_many(question: str, text: str) -> str | None:
    """The name that stands for as many things as are asked for and that the text does not spell out.

    Of 现代农业“7+3”产业体系 the question may say what stands beside it: 现代农业是哪七样.
    """
    match = _SO_MANY.search(question)
    if match is None:
        return None
    value = _value_of(match["which"] or match["what"])
    found = set()
    for named in re.finditer(r"“([^“”]{2,10})”", text):
        around = [
            *_BREAK.split(text[max(0, named.start() - NEAR) : named.start()])[-1:],
            *_BREAK.split(text[named.end() : named.end() + NEAR])[:1],
        ]
        beside = any(one[at : at + 3] in question for one in around for at in range(len(one) - 2))
        own = re.search("[^+\\d大个项条类级种两二三四五六七八九十]{2,}", named[1])
        values = {_value_of(number) for number in re.findall(f"[{''.join(_VALUES)}\\d]", named[1])}
        if value in values and (beside or (own and own.group() in question)) and not spells_out(named[1], text):
            found.add(named[1])
    return found.pop() if len(found) == 1 else None


def _asks_after(question: str, name: str) -> bool:
    """Whether it is the name that is asked after: 两城是哪两个, not 两城弄好了要变成哪几个中心."""
    at = question.find(name)
    before, after = question[:at], question[at + len(name) :]
    if _PLAN.fullmatch(name):
        return bool(_MEANS.match(after) or re.search(r"(?:什么|啥)(?:是|叫)[“\"']?$", before))
    if re.search(r"\b(?:what|which|mean|stand for|consist)\b", question):
        return True
    if _LEFT_OUT.search(before) or _DOES.match(after):
        return False
    if is_listed(name, after) or _ASKS_CONTENT.search(after[:NEAR]) or _ASKS_BEFORE.search(before[-NEAR:]):
        return True
    return name[0] in _VALUES and f"哪{name[0]}" in question


def is_listed(name: str, after: str) -> bool:
    """Whether what follows a name in a normalised question says what it consists of.

    两城是全市的经济中心和科技创新中心 tells what they are to be: of two things each is called as the name is.
    """
    listed = _IS_LISTED.match(after) or _SET_OUT.match(after)
    alike = _ALIKE.search(after)
    return bool(listed and alike and (_VALUES.get(name[0]) != PAIR or alike["end"] == name[-1]))


def spells_out(name: str, text: str) -> bool:
    """Whether a normalised text lists what the name consists of, in the stretch or the sentence that uses it.

    Of a name with two numbers (“两中心两地”) the lists may stand in a sentence that does not use it.
    """
    return bool(members_of(name, text))


def members_of(name: str, text: str) -> list[str]:
    """What a normalised text spells a name out with, the first and the last with the words around; else empty."""
    compound = _COMPOUND.fullmatch(name)
    if compound:
        first, second = _list_of(_VALUES[compound[1]], compound[2]), _list_of(_VALUES[compound[3]], compound[4])
        both = ((re.search(first, sentence), re.search(second, sentence)) for sentence in text.split("。"))
        lists = next(((one[0], other[0]) for one, other in both if one and other), ())
        return [member for listed in lists for member in COORDINATION.split(listed)]
    number = _VALUES.get(name[0]) if not name[1:2].isdigit() and not _all_numerals(name) else None
    for sentence in text.split("。"):
        if name not in sentence:
            continue
        for part in (part for part in PART.split(sentence) if name in part):
            rest = part.replace(name, "")
            # With those that are listed something is done: 与成都、重庆两地协同.
            for listed in (rest, _WITH.sub("", rest)):
                items = COORDINATION.split(listed)
                if len(items) != number if number else len(items) < 3:
                    continue
                # Two things behind a name are any two: 加快“两城”控制性详细规划和各专项规划编制.
                if number != PAIR or COORDINATION.search(part[: part.index(name)]) or _IS_LISTED.search(part):
                    return items
        found = re.search(_list_of(number, name[-1]), sentence) if number else None
        if found:
            return COORDINATION.split(found[0])
    return []


def names_spelt_out(question: str, text: str) -> Iterator[tuple[str, int]]:
    """The names with a number in a normalised question that a text spells out, as it has them, and where they end."""
    for match in _NUMBERED.finditer(question):
        for number, rest in _shorter_and_shorter(match):
            said = number + rest
            name = _printed(number, rest, text) or (said if said in text else "")
            if name and spells_out(name, text):
                yield name, match.start() + len(said)


def _value_of(number: str) -> int:
    return int(number) if number.isdigit() else _VALUES.get(number, 1)


def _names_a_number(name: str) -> bool:
    return any(character in _VALUES or character == "一" or character.isdigit() for character in name)


def _all_numerals(name: str) -> bool:
    return all(character in _VALUES or character == "一" or not character.isalpha() for character in name)


def _list_of(number: int, last: str) -> str:
    """Matches that many coordinated items that end in the same characters as the name."""
    item = rf"[^,;。、和与及]{{1,12}}{re.escape(last)}"
    return rf"{item}(?:(?:、|和|与|及){item}){{{number - 1}}}"
