"""A question → whether it asks what a document as a whole says: 这个文件到底讲了个啥, 给个提纲, TL;DR.

What asks so names nothing besides the document. What stands in other pieces of the question only tells of the asker:
领导叫我明早汇报,先给我列个全文提纲.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_DOCUMENT = r"(?:[这该本此整全]一?[个份篇部]?的?(?:文件|决定|政策|通知|办法|意见|方案|条例|规定|材料|文章|东西|文本|docs?)(?:[里中]面?)?|全文|通篇|整[份篇个](?:文件|决定|材料|东西|docs?)?|正文|(?:^|[,。对把])它)"
_GIST = (
    r"(?:主旨|大意|中心思想|(?:主要|核心|基本|大致|总体|主体)(?:内容|意思|精神|思想)|要点|重点内容|提纲|大纲|概要|摘要|纲要|梗概|框架|脉络|"
    r"(?:整体|总体|大概|大致)的?(?:印象|了解|概念|认识)|tl;?dr|目录)"
)
_WHAT = r"(?:啥子?|什么|些啥|些什么|哪些(?:内容|事情?|东西|方面)|哪几(?:块|方面|件事))"
_SUM_UP = (
    r"(?:浓缩|压缩|概括|总结|归纳|归结|缩写|缩短|提炼|简述|简要介绍|介绍|讲讲|说说|过一遍)(?:成|为|一下|下|一哈|哈)?"
)
_OUTLINE = re.compile(
    # 这个文件到底讲了个啥, 它主要说什么
    rf"{_DOCUMENT}(?:到底|究竟|主要|大概|大致|总的|总体|基本|都|是|在|想)*(?:[讲说写谈管]|规定|表达|传达)(?:了|的|的是|清楚)?[个些]?{_WHAT}(?:东西|内容|事|意思)?[呢啊呀哦嘛吗哈]*$|"
    # 全文的主旨, 给我列个提纲
    rf"{_DOCUMENT}的?[^,。]{{0,4}}{_GIST}|(?:给|列|出|来|要|看|写|有)[我咱]?们?[个份一]*{_GIST}|{_GIST}[^,。]{{0,6}}{_DOCUMENT}|"
    # 把整份材料概括一下; 浓缩成一百字
    rf"(?:把|将|对)?{_DOCUMENT}[^,。]{{0,4}}{_SUM_UP}|{_SUM_UP}(?:成|为)?[^,。]{{0,3}}(?:[一二两三四五六七八九十百几\d]+(?:句话|个?字|段话|百字))|{_SUM_UP}{_DOCUMENT}|"
    r"\b(?:sum(?: it)? up|summari[sz]e|summary of|outline of|outline|overview of|gist of|tl;?dr|boil down|brief me on|run me through|big picture of|main points of)\b[^,.]{0,12}?\b(?:decision|document|paper|policy|text|doc|thing|it|whole)\b|"
    r"(?:\bwhat(?:'?s| is| does) (?:this|the)|^(?:so |and )?what(?:'?s| is| does) it)(?: [a-z]+){0,3}?(?: (?:document|decision|paper|policy|text|doc))?(?: (?:basically|mainly|actually|really|all|roughly))* (?:about|say|cover|on about)\W*$|"
    r"^(?:an? |the )?(?:overview|summary|outline|gist|tl;?dr)\W*$"
)
_PIECE = re.compile(r"[^,。?!]+")
_GENERIC = re.compile(
    rf"{_DOCUMENT}|{_GIST}|{_SUM_UP}|{_WHAT}|文件|决定|政策|材料|内容|部分|主要|大概|到底|究竟|简单|三两句话|一两句话|"
    r"\b(?:this|the|party|entire|whole|official|government|city|decision|document|paper|policy|text|doc|short|paragraph|words|brief|basically|please|pls)\b"
)


def asks_for_outline(text: str, names: Callable[[str], Sequence[str]]) -> bool:
    """Whether a normalised question asks for an outline of a document as a whole.

    Args:
        text: the question, with 文件 in place of a title.
        names: the names in a text; what is asked about must have none.
    """
    for piece in _PIECE.finditer(text):
        if _OUTLINE.search(piece.group()) and not names(_GENERIC.sub(" ", piece.group())):
            return True
    return False
