"""A question → whether it asks for all that is said on a matter, and the question without the words that ask so.

People seldom say “list all clauses on”. They say that nothing is to be left out (一个都别漏), that it is to be put together
(归拢归拢, 做份清单), where it may stand (前前后后, 散在哪几处), or that as much is wanted as there is (有几条说几条). Such words
name no matter: what is looked for is what the rest of the question names.
"""

from __future__ import annotations

import re

from assistant.answering.references import CLAUSE

_SAID = (
    r"(?:[讲说谈写](?!不)|提(?![供高升前])|涉及|牵[涉扯]|关于|有关|相关|沾边?|挂钩|关系|点名|露过?脸|出现|有影子|管到)"
)
_GENERIC = (
    r"(?:政策|措施|举措|规定|要求|内容|安排|布置|部署|说法|表述|提法|做法|办法|打算|条款|条文|条目|信息|东西|事项|事情|地方|"
    r"方面|规划|计划|段落|句子|论述|章节|素材|材料|话)"
)
_CLAUSES = rf"(?:条款|条文|法条|{CLAUSE}|条(?={_GENERIC})|款(?!项)|章节?|段落?|部分|地方|处|角落|角角落落)"
_TEXT = r"(?:文[中里内]|全文|通篇|文件[里中]?|决定[里中])"
_NOT = r"(?:别|莫|不要|不许|不准|不能|不可|不得|勿|免得|怕|甭)"
_LOSE = r"(?:遗漏|漏|落|丢|缺|少|剩)(?!实|[到地户在]|后|[于入])"
_ONE = r"(?:[一半][个条句样处点项字笔段种]?|哪样)"
_TELL = r"(?:[说讲念抄算摆给报写记列拿发登数要找翻摘搬贴捋指标推看]|告诉|整理|汇报)"
_ME = r"(?:给?[我咱俺]们?|帮[我忙]?|替我?|请)?"
_COMPLETE = (
    # 一个都别少, 一句不漏, 半句也要, 一个不剩
    rf"(?:请?{_ONE}[都也]?(?:别|莫|不要|不能|不得?|没)(?:能|要)?{_LOSE}(?:下|掉)?|半[句点]也要)",
    # 别漏了, 莫给我漏了, 怕漏, 别落下, 尽可能不缺
    rf"(?:{_NOT}(?:给我|搞|有)?(?:遗漏|漏|落(?![户实地后到在])|丢|缺)(?:了|下|掉|哪一?[条个处])*|尽可能不缺地?|(?<![永不])不落(?=发|下))",
    # 别光拣一样讲, 不要只挑一两条, 不要说一个就停
    rf"{_NOT}(?:光|只|单)?(?:拣|挑|报|说|讲|给|列)[一两几]{{1,2}}[^,。?]{{0,4}}(?:就(?:停|完|算)了?|讲|说)?",
    # 不止一条, 不得只有一处
    r"(?:估计|恐怕|应该|可能)?不(?:止|得?只有?)一?[条处个项样句](?:写|讲|说)?(?:[吧噻嘛]|(?=[,。?!]|$))|估计不止|其余的也?",
    # 有几条说几条, 有多少抄多少, 有啥说啥, 有就记下来, 知道多少讲多少
    rf"(?:有|知道|晓得|查到)(?:的|(?P<so>几|多少|好多|啥子?|什么|一)[条处句段个笔]?)就?{_TELL}(?:(?(so)(?P=so)|x)[条处句段个笔]?|下来|出来)?(?=[,。?!吧嘛]|给[我咱]|$)|有就{_TELL}(?:下来|出来)?",
    r"一五一十|原原本本|一网打尽|一锅端|概括无遗|和盘托出|面面俱到|应有尽有|来龙去脉|[尽悉全]数(?=[\u4e00-\u9fff])|整个(?=说|讲|过)|整段",
    r"凡(?:是|有|沾|跟|和|与|涉|提|讲|说|归|打算|跨|带|属|能|写|要|关)",
    # 能找到的都贴上来
    rf"能?(?:找|查|搜|翻)(?:得|能)?到的?(?:都|全)(?:{_TELL}(?:上来|出来|了吧?)?|算)",
)
_PLACES = (
    r"从头[到至][\u4e00-\u9fff]|头头尾尾|前前后后|前後|前文后文|里里外外|上下文一?[并併]?|通篇|通览|通读|全篇|整[份篇](?:文件|东西|决定|通知|方案)?|从第一[页条段].{0,3}到最后一?[页条段]|各处|各章节?|各条(?!线|路|高|战)|"
    r"各段|每一?处|段段|跨条|东一条西一条|零零碎碎的?|回回|每(?:一)?[次回](?=.{0,6}[,]?(?:说|提|讲|是|登场|指|用))|每次登场|挨个|(?:依次|挨次)(?=[\u4e00-\u9fff]?[说讲列述报数念])|逐(?:[条项个一处段样句]|字(?!稿))|一一(?=列|说|讲|对)|"
    r"一[条项样处根笔段句桩](?:一[条项样处根笔段句桩]|[条项样处根笔段句桩])(?=[地的]?(?:说|讲|数|列|报|摆|念|算|写|给|告诉|捋|找|过))|分(?:条|项)(?=说|列|写|讲|[,]|$)|"
    # 散落在哪些条款, 分见哪几条, 分布在什么地方
    rf"(?:都|全|应该)?(?:散(?=[落在布于]|见)|分布(?!置)|分见|散布|零散)(?:落|在|见|于|着|布)*(?:全文|文[中里])?(?:(?:[哪何几好]|什么)(?:些|几|多)?(?:个)?{_CLAUSES}?)?|"
    # 点了几回名, 提过多少次
    r"[遭被]?点[到过了]*(?:几|多少|好多)[回次]名|(?:提[到过了]*|[说讲写][到过了]+|用了|出现[过了]*|露[过了]*面)(?:几|多少|好多)[回次遍]|"
    # 哪几条跟养老有关, 哪些地方讲到; 提过…的段落
    rf"(?:哪[几些]|(?<!第)几|多少)个?{_CLAUSES}(?=.{{0,12}}{_SAID})|"
    rf"(?:在|的有|的一共有)(?:哪[几些]|多少|几)(?:条款?|处|个?地方)(?![\u4e00-\u9fff]*(?:路|线|河|江|街|高速|铁))|"
    rf"{_TEXT}[^,]{{0,4}}(?:牵[涉扯]|涉及)到?了?(?:哪|几|多少)|(?:别的|其[他余它]的?|另外的?)(?:那[几些])?{CLAUSE}"
)
_TOGETHER = (
    r"归(?:拢|并|纳|到一[块处起])(?:归拢)?|并(?:过来|在一起|成一(?!家)[\u4e00-\u9fff])|拼(?:成|到|在)一[块张份]|凑(?:齐|全)(?=了?[看讲给说]|全点)|串成一?串|串起来|总一总|收一收|清一清|理一[遍理]|捋一?[捋遍下]|捋清楚|搜罗|罗列|清点|打包(?!票)|打捆|"
    r"盘(?:一盘|[个一下]底?|点(?!江))|汇(?:总|个?一?个?总|集)|梳理|整理|理(?:个|一个)总账|总账|台[账帐]|[清盘理摸]一?[清盘理摸]?家底|合[集订](?:本)?|大全|完整(?!性|的产业)|齐全|齐活儿?|全貌|全套|整套(?=说法|都|给|[,。?]|$)|"
    r"\blist\b(?=.?一下)|列[出举全](?:来|一下)?|列(?:一下|个|一列|一遍|成|下来)|列张|(?<!项目)清单|目录|单子|一览(?:表)?|(?:[做列拉出整](?:成|个|一?[张份])*(?:总的?)?(?:分工|时间|对照|总)表(?=给|[,。?]|$))|摘[出录要一]|摘一?摘|抽取|抄(?:录|一份|回)|[找挑拣][全齐遍]|[找挑拣拎翻搬](?:出来|齐)|找出|备齐|配齐|写全|说全|讲全|列全|给齐|报全|求全|过一遍|扫一遍|全不全|(?:要|给)(?:个|一份)?(?:完整版|全的|齐全?的)|要全套|一份全的|做份全的|完整版|一口气|"
    r"(?<=[,\s])[全齐](?=[,。?!\s]|$)|(?<=[\u4e00-\u9fff] )(?:全|完整|合并)$"
)
_EACH = (
    r"(?<!院)所有(?![权制者])|全部|一切|通通|统统|(?<![\u4e00-\u9fff])全(?=列|告诉|说|讲|摆|给|报|数|要看|写出|找|翻|搬)|"
    r"(?:都|全)(?:都|部)?(?=(?:给|帮|替)[我咱]|告诉|摆|列|捋|摘|抄|登|标|发来|发给|发我)|"
    rf"(?:都|全)(?:都)?{_ME}(?!要){_TELL}(?:上(?!千|百|万|亿)|哈|出|来|下|一下|一遍|一哈|完|全|给我?|上来|出来|我|说(?=[,。?!]|$)|讲(?=[,。?!]|$))+|"
    r"都(?:要(?=[,。?!]|$)|算(?:上|进|数)|算(?=[,。?!给]|$)|写上)|(?:我|咱)都(?:想看|要)|要都|的都给|都给[我咱]|"
    rf"(?:一共|总共|拢共|统共|拢总|合计|合起来|加起来|都)有?(?:写|说|讲|提|点|冒|安排|布置|开)?(?:了|过|出)?(?:哪|多少|几|什么|啥子?)[些个]?(?:{_GENERIC}|{_CLAUSES})|"
    rf"(?:拢共|统共|拢总)(?:写|说|讲|提|点|有)?了?(?:哪|多少|几|什么|啥)|(?:一共|总共|都)有(?:哪|什么|啥)|还有(?:没有)?(?:别的|其[他它]的?)|"
    rf"(?:有关|相关|涉及(?:到)?的?){_GENERIC}(?=[,]?(?:都|全|完整|齐|打包|求|发|一[并併]|请|$))|(?:涉及到的|有关的)都|"
    r"(?<=[\u4e00-\u9fff])(?:两个|三个|四个)?字[样眼]?(?:(?:的句子|分布|散|在哪))"
)
_SO_MANY = rf"(?:一共|总共)?有?(?:哪[几些]|几|多少)个?{_CLAUSES}"
_ACROSS = rf"{_SAID}.{{1,16}}(?:的|在|有|哪){_SO_MANY}"
"""讲攀钢的一共有几条: the matter stands in the midst."""
_CHINESE = "|".join(["|".join(_COMPLETE), _PLACES, _TOGETHER, _EACH])
_ENGLISH_WORDS = (
    r"\b(?:"
    r"list (?:it all|all|every|each|everything|of everything)|sum up everything|everything|"
    r"anything (?:at all|and everything)|whatever exists|wherever\b|all there is|tell me each|what else is there|"
    r"(?:all|every|each)(?: of)?(?: the| its| their)? (?:[a-z-]+ ){0,3}(?:measures?|polic(?:y|ies)|provisions?|clauses?|"
    r"articles?|places?|references?|plans?|rules?|lines?|mentions?|passages?|sections?|parts|things|steps|bits|targets)|"
    r"name all|all (?:of them|in one|mentions|checks)|the lot|the whole picture|rundown|exhaustive(?:ly)?|compile|"
    r"(?:full|whole|complete|exhaustive) (?:list|rundown|overview|set|picture|account)|"
    r"collect (?:the|all|every)|pull together|go (?:through|thru|over) (?:it|them) all|go one by one|one by one|"
    r"item by item|none (?:skipped|left out)|nothing left out|leave nothing out|"
    r"not (?:just|only) (?:the|one) (?:[a-z]+ )?(?:bit|part|one|headline|main)(?: bit| one)?|side mentions(?: too)?|"
    r"across the (?:entire|whole) (?:text|document|decision|paper)|(?:from )?start to finish|each (?:time|mention)|"
    r"every time|in how many (?:different )?(?:ways|places)|big or small|"
    r"(?:don'?t|do not) (?:want to )?(?:leave|skip|miss) (?:bits |anything |any |one )?(?:out)?|"
    r"(?:how many|which) (?:clauses|articles|provisions|sections)"
    r")\b"
)
_ENGLISH = rf"^all (?!(?:these|those|this|that)\b)(?:the )?(?:[a-z-]+ )*[a-z-]+s\b|{_ENGLISH_WORDS}"
_ASKS = re.compile(f"{_CHINESE}|{_ACROSS}|{_ENGLISH}")
_WORDS = re.compile(f"{_CHINESE}|{_SO_MANY}|^all |{_ENGLISH_WORDS}")
"""The same without what is asked for."""
_AMOUNT = re.compile(
    r"多少[钱万亿]|[几多]少?(?:个)?(?:亿|万|元|人|平方|公里|吨|年|月|天|岁)|[几多]久|何时|什么时候|"
    r"\bhow (?:much|long|far)\b"
)
"""One amount or date is asked for, of everything together: 总共要花多少钱."""
_WEAK = re.compile(r"所有的?|全部|全都|一切|\b(?:everything|every|all)\b")
_CONFIRMS = re.compile(
    r"[吗么不没][?？。!]*$|是不是|能不能|会不会|要不要|可不可以|是否|能否|可否|对不对|"
    r"^(?:is|are|was|were|do|does|did|can|will|would|must|should|has|have)\b"
)
"""Asks for a yes or no: there 所有, 全部 say of how many something holds (公交全部免费吗)."""
_OF_A_DOCUMENT = re.compile(
    r"(?:决定|文件|通知|办法|意见|方案|条例|规定)(?:里面?)?(?:一共|总共|共)*有?(?:多少|几)个?条款?[吗呢啊?]*$"
)
"""Asks how many clauses a document has."""
_SENTENCE = re.compile(r"[^?？。!！;；]+")
_TOLD = re.compile(r"指令|提示词|被告知|原样输出|\b(?:instructions?|prompts?)\b")
"""A sentence with it asks for what the assistant was told, which is no matter of a document."""
_POLITE = re.compile(r"[,，]?(?:好|行|可以|成|能)[吗么不][?？。!]*$")
_RELATED = r"(?:沾点?边|有关系?|相关|挂钩|打交道|搭界|(?:直接)?相干|有好处|管用)"
_FRAMES = [
    # 凡是跟教育沾边的, 跟银行、融资、资本沾边的
    re.compile(rf"(?:跟|与|和|同|对)(?P<matter>[^,。?]{{2,14}}?){_RELATED}"),
    # 关于养老的话, 提到重庆的句子, 沾战新产业的段落, 带“十四五”字样的句子
    re.compile(
        rf"(?:关于|有关|涉及到?|提[到及过]|[讲说写谈点]到|牵涉到?|沾|带)(?P<matter>[^,。?]{{1,12}}?)(?:字样|二字|[两三四]个字|边)?的(?:{_GENERIC}|[,都全])"
    ),
    re.compile(r"凡(?:是|有)?(?:讲到|提到|涉及|有|属于|归)?(?P<matter>[^,。?]{2,14}?)的"),
    # “区域中心城市”这一说法, 康养两个字, 生态这个词
    re.compile(
        r"(?:^|[,。?:])(?P<matter>[^,。?]{2,10}?)(?:这一?个?(?:词|说法|提法|字眼|比方|概念)|[二两三四]个?字(?![\u4e00-\u9fff]?号))"
    ),
    # 看病这块, 数字化、联网这一脉, 引水治水防洪这些
    re.compile(
        r"(?:^|[,。?:])(?P<matter>[^,。?]{2,12}?)(?:[这那](?:一?块|一?方面|一?摊子?事?|一脉|些|口|类)(?:的|$|[,。?]))"
    ),
]
"""Where what is collected is named: what stands around only tells of the asker (我开小厂的,凡是…)."""
_POINTS = re.compile(r"[这那它其我你他她]|什么|哪|^[有相]关$")
_WHATEVER = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:政策|措施|举措|规定|内容|做法)")
"""Stands for whatever is collected, and is no part of what it is on."""
_COUNTS_CLAUSES = re.compile(rf"(?:几|多少)个?{_CLAUSES}|\bhow many (?:clauses|articles|provisions|sections)\b")


def asks_for_everything(text: str) -> bool:
    """Whether a normalised text asks for all that is said on something, wherever it stands."""
    of_documents = _SENTENCE.sub(lambda sentence: "" if _TOLD.search(sentence[0]) else sentence[0], text)
    text = _POLITE.sub("", of_documents)
    if _CONFIRMS.search(text):
        text = _WEAK.sub("", text)
    return bool(_ASKS.search(text)) and not (_AMOUNT.search(text) or _OF_A_DOCUMENT.search(text))


def without_collecting(text: str) -> str:
    """A normalised question without the words that ask for everything: 有多少算多少 asks for no amount."""
    return _WORDS.sub(" ", text)


def matter_of(text: str) -> str:
    """What a normalised question for everything is on: of 人才政策都列出来 人才, of 娃儿要上学,凡是跟教育沾边的都要 教育."""
    for frame in _FRAMES:
        framed = frame.search(text)
        if framed and not _POINTS.search(framed["matter"]):
            return framed["matter"]
    return _WHATEVER.sub(" ", without_collecting(text))


def counts_clauses(text: str) -> bool:
    """Whether what a question counts are the clauses themselves: their number need stand in none."""
    return bool(_COUNTS_CLAUSES.search(text))
