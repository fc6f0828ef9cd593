"""Words as people say them → as they stand in books: 好多 for how many, 嘅 for of, 帮我核一下 for 对吧."""

from __future__ import annotations

import re

_ALWAYS = (
    (re.compile(r"啥子|么子|甚么"), "什么"),
    (re.compile(r"(?<![的只双利])爪子(?=[嘛呢哦啊咯,。?!]|$)"), "干什么"),
    (re.compile(r"咋个|咋子"), "怎么"),
    (re.compile(r"莫得|没得(?![到罪以])|冇得?"), "没有"),
    (re.compile(r"晓不晓得|晓得"), "知道"),
    (re.compile(r"得不得行|要不要得"), "行不行"),
    (re.compile(r"对头不|对不对头|是不是对头"), "对不对"),
    (re.compile(r"哪阵|几时(?![段间])|啥时(?![候间])"), "什么时候"),
    (re.compile(r"(?<=[省市县城乡屋厂矿])头(?![部等顶脑目像号条名版里上一二两三个户天衔次山疼痛])"), "里"),
)
_IN_OTHER_WORDS = (
    (
        re.compile(
            r"(?<=[,。])(?:我|俺|咱们?)?(?:怎么|咋)?(?:觉得|记得|感觉|怀疑)[^,。?!]{0,8}"
            r"(?:不对|不是这个数|[记搞弄写]错)[了喃呢哦啊呀吧]*"
        ),
        "对吧",
    ),
    (
        re.compile(
            r"(?<=[,。])[我咱]?(?:这样|这么)(?:写|说|讲|填|理解|表述)(?:(?:稳妥|对|准确|妥当?|合适|正确|没错|没问题)[吗么嘛吧]|"
            r"对不对|有没有(?:错|问题)|妥不妥)[?]*(?=[,。!]|$)"
        ),
        "对吧",
    ),
    (re.compile(r"(?<=[,。])(?:麻烦|请)?[你您]?帮?[我忙]?核(?:对|实)?一?[下哈]子?[嘛吧呢啊]*(?=[,。?!]|$)"), "对吧"),
    (
        re.compile(
            r"(?:是不是|是否|算不算|是)(?:同?一个(?:东西|概念|意思|地方)|一回事|一码事)[吗么嘛]?(?=还是|[不吧呢啊哦?,。!]|$)"
        ),
        "有什么区别",
    ),
    # 到25年 is a year, 社保交到25年 and 10到25年 are none; 2021到25年 is.
    (
        re.compile(
            r"(?:(?<![交缴满干做作活养租贷保用延长达计积签存领龄限住几\d一二三四五六七八九十])|(?<=20\d\d))到(?=(?:2\d|3[0-5])年(?![以内限]))"
        ),
        "到20",
    ),
    (re.compile(r"2016年?(?:-|到|至|to )(?:20)?20(?!\d)年?"), "十三五"),
    (re.compile(r"2021年?(?:-|到|至|to )(?:20)?25(?!\d)年?"), "十四五"),
    (re.compile(r"2026年?(?:-|到|至|to )(?:20)?30(?!\d)年?"), "十五五"),
)
"""Doubts of what was said before, and the years of the five-year plans."""
_SIDE = r"(?<![这那哪周旁两一江河海湖路身里外上下左右东西南北])边"
_WHICH = rf"{_SIDE}(?=个(?![体性])|间|家(?![里庭长]))"
_WHERE = rf"{_SIDE}度(?!假)"
_WHY = r"点解(?![决读释析答])"
_HOW = r"点样(?![本板品])"
"""边, 点 of asking, and not the side (周边个体户) or the point (重点解决, 试点样板) that ends a word."""
_CANTONESE = (
    (re.compile(r"系唔系|系咪"), "是不是"),
    (re.compile(r"可唔可以"), "可不可以"),
    (re.compile(r"有冇"), "有没有"),
    (re.compile(r"(.)唔\1"), r"\1不\1"),
    (re.compile(_WHY), "为什么"),
    (re.compile(rf"{_HOW}|点先(?!进)"), "怎样"),
    (re.compile(r"乜嘢|乜"), "什么"),
    (re.compile(r"几多"), "多少"),
    (re.compile(_WHICH), "哪"),
    (re.compile(_WHERE), "哪里"),
    (re.compile(r"唔"), "不"),
    (re.compile(r"嘅"), "的"),
    (re.compile(r"喺"), "在"),
    (re.compile(r"咗"), "了"),
    (re.compile(r"啲"), "些"),
    (re.compile(r"佢哋"), "他们"),
    (re.compile(r"佢"), "他"),
    (re.compile(r"哋"), "们"),
    (re.compile(r"俾|畀"), "给"),
    (re.compile(r"揾"), "找"),
    (re.compile(r"嚟"), "来"),
    (re.compile(r"睇"), "看"),
    (re.compile(r"嘢"), "东西"),
    (re.compile(r"而家"), "现在"),
    (re.compile(r"听日"), "明天"),
    (re.compile(r"返工"), "上班"),
    (re.compile(r"(?<=[\d几十百千万])蚊"), "元"),
)
"""Characters that only Cantonese is written with, and words of it."""
_IS = re.compile(r"(?<![关体联维水院派谱科星直旁嫡])系(?![统列数别属])")
"""是, where a sentence is Cantonese."""
_CANTON = re.compile(rf"[嘅喺咗啲佢哋嚟嘢唔]|系咪|乜|{_WHICH}|{_WHERE}|{_WHY}|{_HOW}|有冇")
_ASKING = (
    (re.compile(r"好多(?![于的了年人式]|元[化产投融经]|规合|层次|功能|晶|媒)"), "多少"),
    (re.compile(r"好久(?![没不的了前])"), "什么时候"),
    (re.compile(r"好大(?=[?!,。;]|$|[个吗么嘛呢哦啊呀]|地(?![区方力])|面积|规模|年[纪龄]|岁|范围|力度)"), "多大"),
    (re.compile(r"好(?=[高长宽远]的?[?]?$)"), "多"),
)
"""Elsewhere these only praise or lament: 好多企业都来了. They ask where nothing else in the sentence does, and
good (好) is not done to what begins with 多 or 大 (办好多式联运, 做好大气污染防治)."""
_ASKS = re.compile(r"什么|啥|怎|咋|如何|哪|谁|几|多少|吗|么|(.)[不没]\1|有没有|是否|能否")
_SENTENCE = re.compile(r"[^?!。;,]+[?!。;,]*")


def in_standard_words(text: str) -> str:
    """A normalised text with the dialects' words, of asking and of grammar, put into standard ones."""
    if _CANTON.search(text):
        for said, standard in _CANTONESE:
            text = said.sub(standard, text)
        text = _IS.sub("是", text)
    for said, standard in (*_ALWAYS, *_IN_OTHER_WORDS):
        text = said.sub(standard, text)
    return _SENTENCE.sub(lambda match: _asking(match.group()), text)


def _asking(sentence: str) -> str:
    if _ASKS.search(sentence):
        return sentence
    for said, standard in _ASKING:
        sentence = said.sub(standard, sentence)
    return sentence
