"""Questions for those that do not (哪个区不发展…) → whether passages tell of any: they must deny something themselves.

Whatever finds passages by their words finds those that do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WHICH_NOT = re.compile(
    r"(?<!有)(?<!为)(?:哪[个些几家条项里种]+|谁(?!的)|什么(?!时)|啥(?!时))[^,;。?(能让会可把使都]{0,4}?(?:没有?|未(?!来|成年)|不)"
    r"(?![同一仅只良锈断少足管动到多错久]|合格|满意|[\u4e00-\u9fff]{1,3}[的要需应])[\u4e00-\u9fff]|"
    # “Help for those who have no papers” asks for no such thing.
    r"(?:^|[,;.?] ?|\b(?:and|but|so|or|me|know) )(?:which|who|what)\b"
    r"(?:(?!\b(?:for|about|if|who|that|with)\b)[^,;.?]){0,40}"
    r"(?:\b(?:not|never|without)|n't)\b(?! only)"
)
_CHOICE = re.compile(r"([\u4e00-\u9fff]{1,2})[不没]\1")
"""A verb put as a choice: 归谁的规矩改不改."""
_DENIES = re.compile(r"[不未无没禁除免停勿拒限仅只退扣撤罚]|非(?!物质)|取消|失效")


def lacks_a_denial(question: str, said: Iterable[str]) -> bool:
    """Whether a question asks which do not, and nothing of what would be quoted denies anything.

    Args:
        question: the question, normalised.
        said: what would be quoted, normalised.
    """
    return bool(_WHICH_NOT.search(_CHOICE.sub(" ", question))) and not any(map(_DENIES.search, said))
