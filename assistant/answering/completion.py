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


def lacks_the_end(question: str, said: Iterable[str]) -> bool:
    """Whether a question for a time asks when something is done, and no sentence tells that it is, or by when.

    Args:
        question: the question, normalised.
        said: sentences on what it asks about, normalised.
    """
    return bool(_DONE.search(question)) and not any(map(_DONE_BY.search, said))
