"""A question's words → what it asks for: kinds of answer, a list, a count, a yes or no, and how an answer is said."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.answering import english_kinds as english
from assistant.answering.kinds import KINDS, Kind, either
from assistant.answering.questions import CLAUSES, only_asks_if_so
from assistant.answering.references import CLAUSE

_NO_UNIT = "(?!(?<=条)件|(?<=所)[得有]|(?<=股)[权份东票]|(?<=位)置|(?<=种)[植养]|(?<=份)额|(?<=处)[罚分理])"
"""What follows a measure word where it is part of another: 多少条件, 多少股份."""
_COUNT = either(
    rf"(?<![的这那好前后哪十第])(?:多少|几|好多)个?(?P<unit>(?:家|名(?![额字称单次])|人|位|所|条|项|座|户|张|届|次|批|种|类|级|层|处|台|辆|套|间|期|岁|样|句|大|场(?![所地景馆合面次站])|分(?![为成别])|股|趟|班|吨|栋|票|页|轮|桌|床|学生|棵|株|盏|只|艘|架|份(?!文件)){_NO_UNIT}|(?<=个)(?!月|小时|工作日|钟头|亿|点(?![子位]))|(?<=多少)(?=[\u4e00-\u9fff]{{0,4}}(?:名额|岗位|企业|公司|机构|学校|医院|园区|产业园|项目|平台|基地|专业|人才)))|数量|家数|总共多少",
    english.COUNT,
)
_SOME = re.compile(
    r"(?:可以|可不可以|可否|(?<![性功效智产])能(?![源力])够?|允许|[只先光仅])[^,;。?说讲告知列查问报数介]{0,10}$"
)
"""What stands before 几家 where it means some, where a yes or no is asked: 能在几家单位兼职吗, 只挑几条河试点对吧."""
_HOW_MANY_IN_ALL = re.compile(r"[最至]多|[最至]少|一共|总共|到底|究竟")
_WHICH_TOO = either(
    r"(?:分别|都|各|具体)(?:是|叫|有)?(?:哪|啥|什么|多少)|(?:都|各自?|分别)叫(?:什么|啥)|一个?一?个(?:说|讲|列|数|报)|逐[个一]|挨个",
    r"\b(?:what|which) (?:ones )?are they\b|\b(?:and|please) (?:name|list) (?:them|each)\b|\bcalled what\b",
)
"""What asks of things that are counted which they are: the list tells how many."""
_LIST_ASKED = either(
    r"哪[些几]|有[什么啥]{1,2}|分别|都是|列[一出举]|名单|清单|全部|所有|都有|包括|包含|各(?:自|是|有)|哪(?:两|三|四|五|六|七|八|九|十)",
    english.LIST,
)
_ALL_ASKED = either(
    r"全部|所有|都(?:有|是|提|写|要)|一共|总共|列[一出举全]|齐全|完整|名单|清单|各|分别|几[条个]", english.ALL
)
_YES_NO = either(
    # In the south-west 嘛 ends any question: 要修几所小学嘛.
    r"(?:吗|(?<![什怎多那这])么|不|没|没有|吧|没得|不咯)[?？。!！]*$|^(?!.*(?:[哪啥谁怎咋几]|什么|多少)).*嘛[?？。!！]*$|是不是|对不对|有没有|能不能|可不可以|会不会|要不要|是否|能否|可否",
    english.YES_NO,
)
_HOW = "(?:怎么|怎样|如何|咋|能不能|能否|会不会)(?:才?能|去|来|再|进一步)?"
_HANDLE = (
    "(?:提[高升]|增[加长]|扩[大建]|优化|改[革进善]|简化|降低?|减[少轻]|压[缩降]|缩[短小]|节[约省]|"
    "分[担享配摊]|监?管|完善|推[进动]|建设)"
)
_MATTER = (
    "(?:产[量能]|里程|预算|费用?|价格|成本|流程|程序|步骤|环节|手续|时间|期限|排名|比[重例]|占比|增速|"
    "门槛|网站|热线|公众号|工资)"
)
_HANDLED = either(
    rf"{_HOW}{_HANDLE}[^,;。?多几]{{0,8}}?{_MATTER}(?!多少|几)|{_MATTER}{_HOW}{_HANDLE}(?!到?多少)", english.HANDLED
)
"""A matter of which it is asked how it is dealt with, not how much or which it is: 怎么提高产能, 费用如何分担."""
_DEFINITION = either(
    r"什么意思|啥意思|(?:什么|啥)(?:是|叫)|指(?:的是|什么|哪|啥)|是指|是(?:个)?(?:啥|什么)说法|含义|定义|怎么理解|代表(?:什么|啥)",
    english.DEFINITION,
)
_COMPARISON = either(
    r"区别|不同|不一样|对比|比较|相比|差别|差异|差在哪|比比|异同|哪个(?:更|偏)|一样吗",
    english.COMPARISON,
)
_EACH = either(r"分别|各(?:自|是|有|怎|要)|哪个.{1,12}哪个|一个.{1,8}一个", english.EACH)
_OVERVIEW = either(
    r"(?:主要|大概|大致|总体|总的|到底|基本|都)?(?:讲|说|写|规定|包[括含])(?:的|了)?(?:是)?[个些]?(?:啥|什么|些什么|哪些内容)|主要内容|(?:全部|所有)的?(?:内容|条款|条文)(?:的(?:标题|题目))?(?=列|说|讲|给|$)|目录|概括|概述|总结|大意|简介|综述|"
    r"归纳|总体上|总的|给个大概|简单(?:讲|说|介绍)|(?:哪些|什么|啥)(?:主要|重点|具体)?(?:举措|措施|规划|安排|打算|部署)|一步一?步|步骤|分几步",
    english.OVERVIEW,
)
_WHERE = either(r"在哪(?!些|方面)|哪[里儿处片]|哪[座个]城|放哪|何处|什么地方|啥地方", r"\bwhere\b")
_WHICH_CLAUSE = either(rf"第几{CLAUSE}|哪一?{CLAUSE}", r"\bwhich (?:clause|article)\b")
_SEVERAL = r"(?:\d|[两三四五六七八九十])"
_ACTORS = either(
    rf"(?:[各每]|{_SEVERAL})个?(?:县区?|区县?|部门|单位|乡镇|镇街|地|区(?:、|和|与)?{_SEVERAL}个?县)"
    r"[^,;?]{0,6}(?:分工|任务|定位|职责|分别|各自|各[干做是要怎有]|干[啥什嘛]|做[啥什]|要求)|"
    r"(?:几|哪些|哪几|多少)个?(?:县区?|区县?|部门|单位|乡镇)|(?:县区|区县|部门|单位|乡镇)(?:一共|总共|都)?有(?:几|哪|多少)|(?:县区|区县)[^,;?]{0,4}(?:点|提|说|讲|写)[了到过]*(?:几|哪|多少)",
    r"\b(?:each|every) (?:county|district|department)\b|\beach of the (?:\w+ )?(?:counties|districts|departments)\b|"
    r"\b(?:which|all(?: the)?|how many) (?:counties|districts|departments)\b",
)
_CONFIRM = re.compile(
    r"对不对|对不嘛?[?？。]*$|是不是|不是[^,;。?]{1,12}[吗么][?？。]*$|[对是][吗吧嘛]|没错|属实|真的[吗么]|听说|吧[?？。]*$|"
    r"不对[喃呢哦啊呀咯]*(?=[,。?]|$)|不是这个(?:数|时间|年份|地方)|是这个(?:数|时间|年份|日子|地方|说法|意思|口径|标准)[吗么吧嘛]|[记搞弄写听看]错|核(?:对|实)?一?[下哈]|"
    r"\bright\b|\bis it true\b|\bisn't it\b|\bcorrect\b|\byes\?|\btrue\?|, confirm$|\bam i (?:wrong|mistaken)\b"
)
_CLEFT = re.compile(
    r"(?:是|[年月日号]份?)[^,;。?]{2,16}的[吗么吧不嘛]|"
    r"^(?:was|were|is|are) (?:the|this) .*\b(?:adopted|issued|passed|published|released|made) (?:in|on|at|by)\b"
)
"""Asks when, by whom or where something was, by putting that forward: 是四川省委通过的吗, 8月通过的吗."""
_REASON = either(r"为什么|为何|为啥|原因|理由", english.REASON)


# What is asked → the words with which policy texts say it. A cue only favours a passage; it is no condition.
_CUES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        either(
            r"(?:弄|建|搞|变|打造|发展|做|办)成?(?:个)?(?:什么|啥)|定位|目标|愿景|成为|建成|什么样|啥样|角色|干(?:什么|啥|嘛)的",
            english.CUES["target"],
        ),
        re.compile(r"打造|建成|建设成|成为|把[^,;。]{2,30}(?:建|打)|努力|目标|到20\d\d年"),
    ),
    (
        either(
            r"(?:靠|用|凭|通过|采[取用])(?:什么|啥|哪些)|方式|手段|怎么(?:做|搞|推|抓|实现|建|弄|发展)",
            english.CUES["means"],
        ),
        re.compile(r"采用|通过|以[^,;。]{2,20}(?:方式|为)|依托|坚持|按照|方式|机制"),
    ),
    (either(r"思路|理念|原则|怎么想", english.CUES["approach"]), re.compile(r"思路|原则|坚持|按照|理念")),
    (
        either(r"主导|为主|主打|支柱", english.CUES["leading"]),
        re.compile(r"以[^,;。]{2,20}为(?:主|重点|核心|代表)|主导"),
    ),
    (
        either(r"谁|哪个(?:部门|单位|机构)|牵头|负责", english.CUES["charge"]),
        re.compile(r"成立|负责|牵头|组长|任[^务]|机构|部门"),
    ),
    (either(r"修|建|盖|造", english.CUES["building"]), re.compile(r"建设|修建|开工|规划建设|推进")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for: its strict kinds, and the shape of the answer that fits."""

    kinds: tuple[Kind, ...]
    count_unit: str | None
    """Measure word of a how-many question (`家`); empty when it names none; None when nothing is counted."""
    wants_list: bool
    wants_all: bool
    yes_no: bool
    definition: bool
    comparison: bool
    each: bool
    """Whether it asks the same of several things, each by itself."""
    overview: bool
    where: bool
    """Whether it asks for the place of something."""
    which_clause: bool
    """Whether it asks which clause says something."""
    actors: bool
    """Whether it asks for each of the places or bodies that have a task."""
    reason: bool
    cues: tuple[re.Pattern[str], ...]
    """Words with which an answer is likely to be said."""
    age: int | None = None
    """The age, in years, of whom it is asked about."""
    left_out: tuple[str, ...] = ()
    """Who is not asked about: 东区 of 除了东区,还有哪个区要搞康养."""


_LEFT_OUT = re.compile(
    r"^除了?(?P<names>[\u4e00-\u9fff、]{2,16}?)(?:之外|以外|外)?,?(?P<rest>(?=还有|还要|还得|其[他余它]|别的|哪|谁|另外?|,).+)$"
)
_AND = re.compile("[、和与跟及]|以及")
_PLACE = re.compile("[\u4e00-\u9fff]{1,3}[区县市镇乡]")


def without_left_out(text: str, places: Collection[str]) -> tuple[tuple[str, ...], str]:
    """The places that a normalised question leaves out (除了东区,还有哪个区…), and the question without them.

    Other things that are left out say what the question is about: 除了高铁还要修什么路.
    """
    match = _LEFT_OUT.match(text)
    names = _places(match["names"], places) if match else ()
    return (names, match["rest"].strip(",")) if match and names else ((), text)


def _places(text: str, places: Collection[str]) -> tuple[str, ...]:
    """The places that a text lists; empty where it lists anything else. 仁和区 is one."""
    if text in places or _PLACE.fullmatch(text):
        return (text,)
    for joint in _AND.finditer(text):
        first, rest = text[: joint.start()], _places(text[joint.end() :], places)
        if rest and (first in places or _PLACE.fullmatch(first)):
            return (first, *rest)
    return ()


def is_to_confirm(text: str) -> bool:
    """Whether a normalised question puts something forward to be confirmed: 要建4所大学对不对."""
    return bool(_CONFIRM.search(text)) or any(map(only_asks_if_so, CLAUSES.findall(text)))


def is_put_forward(text: str) -> bool:
    """Whether a normalised question puts forward when or by whom something was, be it only to ask: 是8月通过的吗."""
    return is_to_confirm(text) or bool(_CLEFT.search(text))


def _count_asked(text: str) -> re.Match[str] | None:
    """What asks how many, but for 几 that only says some where a yes or no, or one of two things, is asked for."""
    count = _COUNT.search(text)
    if count is None or text[count.start()] != "几" or not (_YES_NO.search(text) or "还是" in text):
        return count
    before = text[: count.start()]
    return None if _SOME.search(before) and not _HOW_MANY_IN_ALL.search(before) else count


def what_is_asked(text: str) -> Asked:
    """Read the kinds of answer off a normalised question."""
    counted = _count_asked(text)
    count = None if _WHICH_TOO.search(text) else counted
    named = _HANDLED.sub(",", text)
    kinds = tuple(kind for kind in KINDS if kind.asked.search(named))
    return Asked(
        kinds=kinds,
        count_unit=(count.groupdict().get("unit") or english.counted_unit(text)) if count else None,
        wants_list=bool(_LIST_ASKED.search(text) or counted),
        wants_all=bool(_ALL_ASKED.search(text)),
        yes_no=bool(_YES_NO.search(text)),
        definition=bool(_DEFINITION.search(text)),
        comparison=bool(_COMPARISON.search(text)),
        each=bool(_EACH.search(text)),
        overview=bool(_OVERVIEW.search(text)),
        where=bool(_WHERE.search(text)),
        which_clause=bool(_WHICH_CLAUSE.search(text)),
        actors=bool(_ACTORS.search(text)),
        reason=bool(_REASON.search(text)),
        cues=tuple(said for asked, said in _CUES if asked.search(text)),
    )
