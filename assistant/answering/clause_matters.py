"""A question that names a clause by its number → the words in it for a matter that the clause may be asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering.references import without_clauses
from assistant.indexing.numerals import parse_numeral

_SAY = r"(?:[谈讲说写]|提(?![供交前高升出取]))"
_PIECE = r"(?:[那这]?[一几两三]?[个]?(?:句话?|段话?|小段|段落)|[那这]块|部分|内容)"
_ABOUT = re.compile(
    rf"(?:关于|有关|涉及|针对|提及|{_SAY}到|有没有{_SAY}|[和跟与](?=[^,]{{2,10}}(?:有关|相关|沾边)))[了过]?(?P<on>[\u4e00-\u9fff“”]{{2,12}})|"
    r"\b(?:about|regarding|concerning|mention(?:s|ed)?) (?P<on_english>.+)"
)
"""Asks what is said on something, or whether anything is."""
_FRAMED = re.compile(rf"{_SAY}[^,]{{2,10}}的{_PIECE}|[\u4e00-\u9fff]{{2}}的?{_PIECE}")
"""Asks for a piece by what it is on: 讲机场的那句, 机场的部分, 机场那块."""
_FRAME = re.compile(
    rf"的?{_PIECE}|(?:结尾|末尾|收尾|开头|中间|最后|最末|第一|倒数)(?:的?[一两二三四\d]?(?:句|段|部分)话?)?|一个个数|^\W*(?:里面|里头|当中|之?中|里|内|的)+|"
    r"\b(?:(?:the )?(?:part|sentence|passage|bit)s? (?=about|on|that))"
)
"""Names a piece of the clause, and no matter."""
_GENERAL = re.compile(
    r"内容|部分|重点|要点|核心|主题|标题|题目|原文|全文|文件|决定|政策|意思|要求|任务|目标|措施|举措|办法|思路|精神|方面|东西|事情|意见|方案|通知|"
    r"\b(?:content|point|gist|idea|summary|text|title|heading|document|decision|policy|measure|goal|target|main|key)s?\b"
)
"""What every clause has."""


_ENDING = re.compile(
    r"(?:最后|最末|末尾|结尾|收尾|倒数)的?(?P<some>[一两二三四1-4])?(?:句|段|部分)|结尾|末尾|收尾|"
    r"\b(?:last|final|closing) sentence\b"
)


@dataclass(frozen=True, slots=True)
class ClauseMatter:
    """What of a clause a question asks about.

    Attributes:
        words: those for a matter inside it, with which this is asked about; may name none.
        framed: whether it asks expressly for what is said on something: 讲机场的那句.
        about: what it asks after in so many words, with what follows (机场怎么说 of 关于机场怎么说), or empty.
        ending: how many of the last sentences it asks for; 0 where it does not.
    """

    words: str
    framed: bool
    about: str
    ending: int


def matter_inside(text: str) -> ClauseMatter:
    """What is left of a normalised question without the clause that it names and the words for a piece of one."""
    rest = without_clauses(text)
    about, ending = _ABOUT.search(rest), _ENDING.search(rest)
    return ClauseMatter(
        words=_FRAME.sub("", rest).strip(" ,、。?"),
        framed=bool(about or _FRAMED.search(rest)),
        about=(about["on"] or about["on_english"]) if about else "",
        ending=(parse_numeral(ending["some"] or "一") or 1) if ending else 0,
    )


def is_general(word: str) -> bool:
    """Whether a word says of no clause in particular what is asked about: 第六条的重点是什么."""
    return bool(_GENERAL.search(word))
