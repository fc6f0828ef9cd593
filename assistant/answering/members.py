"""A list that a question puts forward → the first of its members that a text's own list does not have.

“五大领域”是教育、医疗和旅游吧: what the text spells the name out with tells. A list without such a name is told by the
list of the text that has all of its members but one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile

import rjieba
from pypinyin import lazy_pinyin

from assistant.answering.essence import runs
from assistant.answering.labels import (
    ASKS_WHICH,
    COORDINATION,
    PART,
    is_listed,
    members_of,
    names_spelt_out,
    names_used,
    spells_out,
)

Holds = Callable[[str, str], bool]
"""Whether a text has a member by another word for it."""

_VERB = r"(?:分别|其实|不|也|都)?就?(?:是|指|包括|包含|有|为|即)(?:的是)?[:,]?"
_TAIL = re.compile(
    r"(?:这|等|都|要|也)*(?:[两二三四五六七八九十几\d][个大项类种级层城区]?[\u4e00-\u9fff]{0,2})?,?(?:这样|的)?(?:对不|是不|[对是]?[吗吧呢嘛么]).*$"
)
_LIST = re.compile(r"(?P<items>[^,;。?:、]{2,40}(?:(?:、|以及|还有|[和与及跟])[^,;。?:、]{2,24}){1,9})")
_JOINT = re.compile(rf"{COORDINATION.pattern}|跟|还有")
"""What joins the members of what a name stands for, in a question. Elsewhere 跟 may lead to the first: 要跟他们合作."""
_CLAIM = re.compile(rf"[”\"']?(?:里面?|中)?(?:{_VERB}|[:=]){_LIST.pattern}")
_ADDED = re.compile(r",?(?:外加|再加上?|还有)(?:一?个)?(?=[\u4e00-\u9fff]{2})")
"""What joins a last member to a list as well: A、B,外加一个C."""
_BEFORE = re.compile(r"^.*(?:[是有要把为跟与同]|包[括含]|建设?)(?=[\u4e00-\u9fff]{2})")
"""What leads to the first member: 要建."""
_AND_SO_ON = re.compile(r"^[^、]*?等")
_MEMBER = re.compile(
    r"(?:[里内中](?:面|头)?|当中|之中)[”\"']?,?(?:也|还|都)?(?:有|包括|包含|含|算上?)(?P<inside>[\u4e00-\u9fff]{2,6}?)(?=这|[对是]?[吗吧呢,?]|[对是]不|$)"
)
"""Claims that something is one of the things that a name stands for: “五大领域”里有旅游吧."""
LEAST = 3
"""Members that a list without a name has, at least."""
SHORT = 2
"""Characters of a short word: one of them alike is enough to be about the same."""


def wrong_member(question: str, text: str, holds: Holds) -> str:
    """What a normalised question counts among what a name stands for, or as one of several, and a text does not.

    Empty where the text has them all, or has no such list.
    """
    question = _ADDED.sub("、", question)
    for name, end in names_spelt_out(question, text):
        claim = _CLAIM.match(question, end)
        items = _items(claim["items"], _JOINT) if claim and is_listed(name, question[end:]) else []
        if items:
            members = members_of(name, text)
            lacking = [item for item in items if not _is_among(item, members, holds)]
            # What another item stands for is no other word for this one: of 教育、医疗、体育 体育 is not 教育.
            left = [one for one in members if not any(_is_among(item, [one], holds) for item in items)]
            return next((item for item in lacking if not _may_be_among(item, left or members)), "")
    claim = _LIST.search(question)
    items = _items(claim["items"], COORDINATION) if claim else []
    if len(items) < LEAST:
        return ""
    items[0] = _BEFORE.sub("", items[0])
    for part in PART.split(text):
        members = COORDINATION.split(part)
        members[0] = _BEFORE.sub("", members[0])
        lacking = [item for item in items if not _is_among(item, members, holds)]
        if len(lacking) == 1 and len(members) >= LEAST and not _AND_SO_ON.match(members[-1]):
            wrong = _as_others_end(lacking[0], members[:-1])
            return "" if wrong in text or holds(wrong, text) or _may_be_among(wrong, members) else wrong
    return ""


def no_member(question: str, text: str) -> str:
    """What a normalised question takes for part of a name that a text spells out without it; empty for nothing."""
    claimed = _MEMBER.search(question)
    if claimed is None or ASKS_WHICH.search(claimed["inside"]):
        return ""
    before = question[: claimed.start()].rstrip("”\"'")
    names = {name for name, _ in names_used(before, text)}
    spelt = [name for name in names if before.endswith(name[-2:]) and spells_out(name, text)]
    return claimed["inside"] if spelt and claimed["inside"] not in text else ""


def _items(listed: str, joint: re.Pattern[str]) -> list[str]:
    """The members of a list in a question; none where it asks which they are."""
    items = [_TAIL.sub("", item) for item in joint.split(listed)]
    return [] if any(ASKS_WHICH.search(item) or len(item) < 2 for item in items) else items


def _as_others_end(item: str, members: list[str]) -> str:
    """A member without what follows it in the question: 清华大学 of 东北大学、重庆大学和清华大学合作."""
    ends = Counter(member[-1:] for member in members)
    end, times = ends.most_common(1)[0]
    last = item.rfind(end)
    return item[: last + 1] if times > 1 and last > 0 else item


def _is_among(item: str, members: list[str], holds: Holds) -> bool:
    """Whether one of the members is the item, shorter or longer: 财政税收 for 财税, 装备园 for 钒钛装备产业园."""
    return any(_within(item, one) or _within(one, item) for one in members) or holds(item, ",".join(members))


def _may_be_among(item: str, members: list[str]) -> bool:
    """Whether an item is misspelt (投自大, 投资规模大), or may be another way to say one of the members.

    It may where it says something of them and is no name (牵银行, 银企对接), or has a word that only one of them has:
    推项目, 项目推介; 位置, 区位优势.
    """
    sounds = lazy_pinyin(item)
    if any(_within(sounds, lazy_pinyin(one)) for one in members):
        return True
    words = rjieba.tag(item)
    first, tag = words[0]
    predicate = (tag == "v" and len(first) == 1) or (tag[0] != "n" and words[-1][1] in ("v", "a"))
    if len(words) > 1 and predicate and not any(one.startswith(first[0]) for one in members):
        return True
    named = "".join(word for word, _ in takewhile(lambda word: word[1][0] not in "rvdpu", words))
    if named != item and any(_within(named, one) for one in members):
        return True  # 文创这些是跟着的
    own = _without_shared_ending(item, members)
    length = min(SHORT, len(own) - 1) or 1
    times = Counter(run for one in members for run in runs(one, length))
    return any(times[run] == 1 for run in runs(own, length))


def _without_shared_ending(item: str, members: list[str]) -> str:
    """An item without what members of its sort end in as well: 清华 of 清华大学."""
    for one in members:
        shared = next((at for at in range(1, len(item)) if one.endswith(item[at:])), len(item))
        if len(item) - shared >= SHORT:
            return _without_shared_ending(item[:shared], members)
    return item


def _within(short: Sequence[str], whole: Sequence[str]) -> bool:
    rest = iter(whole)
    return len(short) > 1 and all(character in rest for character in short)
