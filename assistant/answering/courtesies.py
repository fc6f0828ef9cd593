"""A turn → how much of it, from its beginning, is said only out of courtesy: thanks, praise, “I see”, good-byes."""

from __future__ import annotations

import re

_VERY = r"(?:非常|特别|真是?|[太很挺蛮好够还]|相当)"
_GOOD = (
    r"(?:好|棒|赞|牛|清楚|明白|详细|仔细|全面|周到|到位|及时|有用|有帮助|实用|方便|专业|贴心|给力|不错|厉害|巴适|安逸)"
)
_NOW = r"(?:这下|这回|现在|总算|终于|大概|基本|全都?|[我就也都那心里头])"
_ELSE = r"(?:别的|其[他它]的?|什么|啥)?(?:事情?|问题|疑问|要问|想问|可问)"
_PHRASE = re.compile(
    # Behind the last word of one phrase the next begins, whatever else it could be the beginning of.
    rf"{_VERY}?(?:谢谢|感谢(?!信)|多谢|道谢|谢(?=[了啦哈您你咯喽])|劳慰|辛苦|麻烦(?=[你您]们?了|了))"
    rf"|(?:[你您]|这个?)?(?:(?:[讲说答写]|解释|回答)得{_VERY}{{0,2}}|{_VERY}{{1,2}}){_GOOD}(?:得很|惨了|多了|极了)?|不错|厉害|牛|给力|点赞|佩服|(?:巴适|安逸)(?:得[板很]|惨了)?|帮了?我?[个大]+忙"
    rf"|{_NOW}{{0,4}}(?:清楚|明白|懂|晓得|知道|了解|放心|记住|学到|有数|搞[懂清])(?=[了啦咯喽])"
    r"|要得|得行|[好行](?:的|嘞|吧)?|没问题|可以|嗯+|[哦噢喔]+|对头?(?![吧不吗么嘛])|是的|没错|收到|原来(?:如此|是?这样)|这样子?(?=啊)"
    rf"|(?:我|这边|那|就|也|今天|暂时|目前|先|已经)*(?:没有?|没得|莫得){_ELSE}的?(?=[了啦咯喽])"
    r"|(?:那|我|就|先|今天)*(?:这样|问?到这[里儿]?|问这些)吧?(?=[了哈\W]|$)|我?不(?:问|打扰)[你您]?(?=[了啦])|够了"
    r"|再见|再会|拜+|回见|(?:下次|回头|改天)再?[见聊问来找说][你您]?|有(?:问题|事|需要)我?再来?[问找][你您]?|我?先[走撤忙](?=[了啦])|晚安|祝[你您][\u4e00-\u9fff]{2,8}$"
    r"|ok(?:ay)?|3q|thx|thanks?|thank you|bye(?:bye)?"
)
"""What courtesy is said with in Chinese, a phrase at a time."""
_PARTICLE = re.compile(
    r"[你您]们?|小?助手|机器人|老师|大家|[啊呀了的啦哈哦喔噢哟嘛咯喽哇撒噻]|百忙之中|这么|耐心|热情|详细|及时|"
    r"解答|回复|回答|答复|帮助|指导|讲解|解释|说明|告知|提醒|分享|(?:提供)?信息|支持|指[点教]|有收获|收获[很大]*|解决了我?的?问题|就这些"
)
"""What may stand beside it, and says nothing by itself: whom is thanked, and what for."""
_ENGLISH = frozenset(
    "thanks thank you thx cheers appreciate appreciated it ok okay k great good very really so much a lot for your the help "
    "answer answers time info information explaining perfect cool nice fine lovely awesome excellent amazing brilliant "
    "helpful useful clear clearer now that that's thats this is was all everything i i'm im needed wanted to know got "
    "see understand understood makes sense no more further other questions nothing else bye goodbye later have day "
    "evening one alright right sure yes yep oh ah well done then noted again job quite super just what mate take care".split()
)
"""Words of courtesy in English: a turn of no others, with one of `_ENGLISH_CLOSES`, asks nothing."""
_ENGLISH_CLOSES = re.compile(
    r"^(?!is|was|what).*\b(?:thank(?:s| you)|thx|cheers|appreciated?|(?:good)?bye|that'?s (?:all|it|everything|great|perfect|good|clear|helpful)|"
    r"(?:very|so|really|super) (?:helpful|useful|clear|good|nice)|i see|got it|understood|makes sense|"
    r"no (?:more|further|other) questions|nothing else|great|perfect|awesome|excellent|amazing|brilliant|lovely|fine|ok(?:ay)?|alright)\b"
)
_CJK = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[\w']+")
SHORTEST, LONGEST = 3, 40
"""Characters that a question behind courtesies has, at least, and those before it, at most."""
_BREAK = re.compile(r"[^\w'?]+")
"""What may stand between phrases: marks, spaces and pictures, but no question mark."""
_ENGLISH_BREAK = re.compile(r"[,.!;]+\s*|(?:(?<=^thanks)|(?<=^thank you)|(?<=^thx))\s")
_LEADS = re.compile(r"(?:对|算|不问)了\W*$")
"""What leads to another question as much as it closes the one before."""


def gives_thanks(text: str) -> bool:
    """Whether a normalised text is thanks, praise or a good-bye and nothing else."""
    if not _CJK.search(text):
        return "?" not in text and _ENGLISH.issuperset(_WORD.findall(text)) and bool(_ENGLISH_CLOSES.search(text))
    at = said = 0
    while at < len(text):
        phrase = _PHRASE.match(text, at) or _BREAK.match(text, at) or _PARTICLE.match(text, at)
        if phrase is None:
            return False
        said += phrase.re is _PHRASE
        at = phrase.end()
    return said > 0


def without_courtesies(text: str) -> str:
    """A normalised turn without the courtesies before its question (谢了,那西区呢); whole where it is nothing else."""
    if gives_thanks(text):
        return text
    breaks = _BREAK if _CJK.search(text) else _ENGLISH_BREAK
    for mark in reversed(list(breaks.finditer(text, 0, LONGEST))):
        before, rest = text[: mark.start()], text[mark.end() :]
        if len(rest) >= SHORTEST and gives_thanks(before) and not _LEADS.search(before):
            return rest
    return text
