"""Questions for when something is done (好久通车), of which when it is to begin (力争“十四五”开工) tells nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

_DONE = re.compile(r"通车|通航|完工|竣工|建成|建好|修好|修完|搬完|投产|投用|启用")
_DONE_BY = re.compile(
    r"通车|通航|完工|竣工|建成|建好|完成|投产|投用|启用|开通|形成|达到|实现|(?:19|20)\d\d年|年底|年内"
)


def is_an_end(word: str) -> bool:
    """Whether a word says that something is done, and not what: 通车."""
    return bool(_DONE.fullmatch(word))


_HEADS = (
    "公路",
    "铁路",
    "高速",
    "高铁",
    "机场",
    "园区",
    "产业园",
    "示范区",
    "度假区",
    "新城",
    "新区",
    "基地",
    "中心",
    "学院",
    "医院",
    "学校",
)
_PARTS = re.compile("[,;。、]")


def is_of_another(thing: str, held: re.Pattern[str], said: Iterable[str]) -> bool:
    """Whether what is asked about a thing (攀宜高速公路什么时候开工) stands only beside another one of its kind.

    Args:
        thing: what it is asked about.
        held: what tells the kind of answer, a time.
        said: sentences on it, normalised.
    """
    head = next((head for head in _HEADS if thing.endswith(head)), "")
    parts = [part for sentence in said if thing in sentence for part in _PARTS.split(sentence) if held.search(part)]
    return bool(head and parts) and all(head in part and thing not in part for part in parts)


def lacks_the_end(question: str, said: Iterable[str]) -> bool:
    """Whether a question for a time asks when something is done, and no sentence tells that it is, or by when.

    Args:
        question: the question, normalised.
        said: sentences on what it asks about, normalised.
    """
    return bool(_DONE.search(question)) and not any(map(_DONE_BY.search, said))
