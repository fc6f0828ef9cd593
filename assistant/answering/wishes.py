"""What a turn wants of the answer before it, where it asks the documents nothing new: 具体点, 依据呢, 用英文说."""

from __future__ import annotations

import re
from typing import Literal

Wish = Literal["", "more", "check", "source", "plain", "again", "en", "zh"]
"""More on the same; whether it is true; where it stands; what it means; once more; in English; in Chinese."""

_LEAD = (
    r"(?:[嗯哦啊额呃]|那么?|所以|请问?|麻烦|拜托|你|您|能不能|可不可以|能否|可否|能|可以|帮我?|给我|跟我|我想|我要|要|再|就|都|也|"
    r"please|pls|can you|could you|would you|ok|so|and|but|hmm|well|[,，、\s])*"
)
_TAIL = r"(?:吗|嘛|么|吧|呢|啊|呀|哦|哈|行吗|好吗|可以吗|好不好|please|pls|then|again|[,，.。!！?？…~\s])*"
_A_LITTLE = r"(?:一?点儿?|一?些|一?下)?"
_SAY = r"(?:说说|讲讲|谈谈|聊聊|[说讲谈聊](?:一?[下遍]|几句)?|(?:介绍|解释|展开|描述)(?:一?下)?)?"
_THAT = r"(?: (?:that|this|it|so|these|the answer))?"
_PATTERNS: dict[Wish, str] = {
    "more": (
        rf"(?:{_SAY}得?)?(?:具体|详细|仔细|细致|深入|全面|完整|细)(?:地|的)?{_A_LITTLE}(?:的)?(?:{_SAY}|内容|情况|信息|版)|"
        rf"[说讲]清楚{_A_LITTLE}|"
        rf"(?:把?[这那](?:[几\d一二三四五六七八九十]个字|个词|句话?|段话?|一?点|一?块|些|个))?展开来?{_SAY}|补全|补充完整|多[说讲][一]?(?:点|些|几句)?|[接继][着续]?[说讲]?|往下[说讲]?|然后|接下来|"
        r"还有(?:没有)?(?:别的|其[他它]的?|更多的?|什么别的|什么|啥)?(?:没有?|不)?|就(?:只有)?(?:这些|这么多|这一?点)了?|"
        r"只有(?:这些|这么多|这一?点)|没有?了|不止这些|更多(?:信息|内容|细节)?|还有更多|"
        r"(?:tell me |say |give me |any |some |i want )?more(?: (?:details?|information|info|about|on)){0,2}"
        r"(?: (?:that|this|it))?|in (?:more )?detail|details|elaborate|go on|continue|(?:anything|what) else|"
        r"is that all|that's all|be more specific|expand"
    ),
    "check": (
        r"(?:这?是)?真的?假?的?|当真|真的?是(?:这样|吗)|(?:说的?)?(?:靠谱|可靠|可信|准确?|属实|没错|对)[吗么不吧]|(?:确定|肯定)[吗么不吧]?|"
        r"不对|不是这样|不[是会]吧|错了|(?:说|搞|弄|答|写|讲)错了?|没(?:说|搞|弄|答|写|讲)错|有没有(?:说|搞|弄)错|"
        r"没骗我|(?:真|是不是|一点都)?没有[吗么]|真没有|别骗我|我不信|不信|不可能|"
        rf"(?:are you |you )?(?:sure|certain)(?: about)?{_THAT}|really|seriously|"
        r"is (?:that|this|it) (?:right|true|correct|accurate)|"
        r"(?:that's|that is|you are|you're) (?:wrong|not right|not true|incorrect|mistaken)|no way"
    ),
    "source": (
        r"(?:有|什么|有什么|有没有|有啥)?(?:依据|根据|出处|来源|凭据)(?:是|在)?(?:什么|啥|哪里?|哪来的|(?:哪|第几)一?条(?:款)?)?|凭什么这么说|"
        r"(?:写|出|记|规定)?(?:自|在|是)?(?:哪|第几)(?:一)?(?:条|款|个?条款|章|页)(?:款|里)?(?:写|说|提|讲|规定)?(?:到|了)?的?|"
        r"(?:在)?哪(?:里|儿|个?文件)?(?:写|说|提|讲|规定)(?:到|了)?的|谁说的|"
        r"(?:看一?下|看看|看|贴|发|要|找)?(?:一下|出|我)?原[文话](?:是?(?:什么|啥|怎么[写说讲]的?|在哪里?))?(?:看看|看一?下|发我|贴出来)?|"
        r"(?:what's |what is |which is |cite )?(?:the |your )?(?:sources?|references?|citations?)|"
        rf"(?:which|what) (?:clause|article)(?: (?:is|says) (?:that|this|it))?|"
        rf"where (?:does|do) (?:it|they|the \w+) say{_THAT}|"
        r"says who|according to (?:what|whom|which \w+)|(?:show me )?the original(?: text| words)?|original text"
    ),
    "plain": (
        r"(?:我|还是?|有点|完全|真的?)*(?:没|看不|听不|没太|不太|不大|搞不)(?:看|听|能)?(?:太)?(?:懂|明白|清楚)|不懂|不明白|"
        r"(?:这|那)?(?:句话?|个)?是?(?:什么|啥)意思|什么叫这个|说人话|(?:大白话|白话|人话)|"
        rf"(?:{_SAY}得?)?(?:简单|通俗|直白|简短|浅显)(?:易懂)?(?:地|的)?{_A_LITTLE}{_SAY}|"
        rf"用(?:大白话|白话|人话|简单的?话|通俗的?话?)(?:来)?{_SAY}|解释(?:一?下)?|怎么理解|"
        rf"i (?:don't|do not|can't|didn't) (?:understand|get|follow){_THAT}|"
        r"what (?:does|do)(?: (?:that|this|it|these))? mean|"
        rf"explain{_THAT}|(?:say|put|explain)?{_THAT} ?in (?:plain|simple|simpler) (?:\w+)|simpler|simplify{_THAT}"
    ),
    "again": (
        r"(?:重新)?(?:[说讲答]|回答|来)一?[遍次]|重复(?:一?[遍下次])?|(?:没|没有)听[清见]|你?(?:刚才|刚刚)(?:说|讲)(?:的)?(?:什么|啥)|"
        # The sentence that was quoted has them all.
        r"(?:[^,]{0,4}问我?)?(?:另外|其[他它余]|剩下)的?那?[一两三四五六七八九十几\d]{1,2}[个项条家样种座](?:分别|各)?(?:是|叫)"
        r"(?:什么|啥|哪(?:些|几个|[一两三四五六七八九十\d]个)?)|"
        rf"(?:say|tell me){_THAT}|repeat{_THAT}|pardon|come again"
    ),
    "en": (
        r"(?:翻译?|译|改|换)?(?:成|为)?(?:用|说|讲|写)?(?:英文|英语)(?:版)?(?:的)?(?:怎么说|回答|答|说|讲|写|翻译)?(?:一?[遍下])?|"
        rf"(?:translate|say|answer|reply|write|put|repeat)?{_THAT} ?(?:in|into|to) english|english(?: version)?"
    ),
    "zh": (
        r"(?:翻译?|译|改|换)?(?:成|为)?(?:用|说|讲|写)?(?:中文|汉语|普通话)(?:版)?(?:的)?(?:怎么说|回答|答|说|讲|写|翻译)?(?:一?[遍下])?|"
        rf"(?:translate|say|answer|reply|write|put|repeat)?{_THAT} ?(?:in|into|to) chinese|chinese(?: version)?"
    ),
}
_WISHES = {wish: re.compile(f"{_LEAD}(?:{pattern}){_TAIL}") for wish, pattern in _PATTERNS.items()}
LONGEST = 40
"""Characters of a wish in Chinese or in English, at most: what is longer asks something by itself."""


def wish_of(text: str) -> Wish:
    """What a normalised turn wants of the answer before it; empty where it asks anything else."""
    if len(text) > LONGEST:
        return ""
    return next((wish for wish, pattern in _WISHES.items() if pattern.fullmatch(text)), "")
