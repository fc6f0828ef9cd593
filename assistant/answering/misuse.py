"""A question → whether it tries to steer the answer instead of asking: orders, roles, forged text, hidden commands.

Each family of attempts has a pattern of its own. A text is also read the ways in which such attempts are hidden:
look-alike letters, digits for letters, letters set apart, backwards, rot13. To take a real question for misuse is the
worse mistake, so a family names what only a command to the answerer has: its own rules, its answer, its prompt.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.indexing.analysis import normalize

_MINE = r"(?:你的?|之前|前面|先前|以上|上面|上述|系统|所有的?指令|一切指令|原来的)"
_SAY_ZH = r"(?:回答|答复|回复|说|输出|声明|宣布|承认|写)"
_HOW = r"得?(?:清楚|明白|详细|具体|仔细|简单|[中英]文|人话|普通话)[一点些]*(?:$|[,，。!！?？;；])"
"""How to speak, and nothing of what to say: 你得说清楚点."""
_TEXTS = r"(?:文件|原文|条款|证据)"
_EVERYBODY = r"(?:大家|所有人|每个人|全体市民|公众|群众)"
_RULES = r"(?:指令|规则|提示|设定|限制|要求|约束|指示)"
_VOID = r"(?:删|忽略|取消|去掉|解除|作废)"
_SHOW = r"(?:输出|打印|显示|展示|泄露|透露|重复|复述|翻译|告诉我|说出|公布)"
_SET_UP = r"(?:指令|提示|规则|设定|配置|密钥|口令|prompt)"
_POWERS = r"(?:我们?|市委|市政府|省委|省政府|中央|上级|领导|公安机关?|纪委|开发者|管理员|openai)"

_FAMILIES = {
    "rules": (
        rf"(?<!不得)(?<!禁止)(?<!严禁)(?<!不准)(?:(?:忽略|忘记|忘掉|无视|抛开|不要管|不用管).{{0,8}}{_MINE}|(?:删掉?|跳过|绕过).{{0,8}}你(?!们)).{{0,12}}{_RULES}|"
        r"(?:忽略|忘记|忘掉|无视|不要管).{0,8}(?:指令|提示词|设定)|(?:忽略|无视)规则|新的?指令[:：]|你的(?:新|唯一)?任务是|"
        rf"(?:你(?!们).{{0,6}}(?:规则|限制|约束)|{_MINE}.{{0,6}}(?:设定|指令|提示词)).{{0,6}}{_VOID}|"
        rf"(?:忽略|无视|抛开|忘(?:记|掉|了)).{{0,4}}{_TEXTS}|(?:忽略|无视|忘记|忘掉).{{1,16}}只认|(?:不要|不用|不必|别)(?:再)?(?:看|管|查|引用|依据|参考|核对|遵守)(?:任何)?{_TEXTS}|"
        r"(?:不受|没有|解除|摆脱)(?:任何)?(?:限制|约束|审查|规则)的?(?:ai|助手|模型|模式|版本)|"
        r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,20}\b(?:your|previous|prior|above|all|system|these|those)\b.{0,20}\b(?:instructions?|rules?|prompts?|guidelines?|polic\w+)|"
        r"\b(?:ignore|disregard|forget)\b.{0,12}\b(?:instructions?|rules?|prompts?|guidelines above)\b|\bfrom now on\b.{0,12}\byou\b|\bnew instructions?\s*:|"
        r"(?:^|[.!?;:,]\s*|\b(?:please|now|just|then|and|so)\s+)(?:ignore|disregard|forget|override|discard|stop following)\b.{0,20}\b(?:documents?|clauses?|evidence|text|above|everything|context|sources?|rules)\b"
    ),
    "modes": r"越狱|开发者模式|\bjailbreak\b|\bdeveloper mode\b",
    "roles": (
        r"(?:从现在(?:开始|起)|现在起?).{0,8}你(?:就)?是|(?:(?:^|[^\u4e00-\u9fff]|[请来先再并]|[你您我]要?|现在|开始|玩.{0,6})扮演|假装|装作)(?!者|了|过|着|的|.{0,12}(?:骗|套取|报销|被查)|.{0,3}(?:什么|啥|哪|怎样|何种|重要))|以(?!什么|何种|哪).{1,8}(?:口吻|语气)|"
        r"(?:(?:假设|假如|想象|设想)(?:一下)?你(?:自己)?|(?:想象|设想)(?:一下)?自己)(?:是|没有|不受|可以|就是)|"
        r"\bact as (?:if|an? (?:mayor|admin\w*|ai|assistant|unrestricted|different|evil)|my|dan|the mayor)\b|\bpretend (?:to be|you|that you)\b|\brole-?play\b|\byou are now\b|"
        r"\b(?:imagine|suppose|assume) (?:that )?you(?:'re| are| have| can)\b"
    ),
    "orders": (
        rf"{_POWERS}(?:以.{{1,12}}名义)?(?:现在|特此|正式|郑重)?(?:命令|责令|授权|批准|指示|要求|通知|警告)你(?!们)|"
        r"(?:作为|身为).{1,12}(?:我|现)?(?:告诉|命令|要求|通知|授权)你(?!们)|"
        r"如果你不(?:回答|说|照做|听从|服从)|(?<![我俺咱])照(?:此|着|我说的?)(?:回答|答复|说|念)|按照?我(?:的版本|说的|的要求)(?:回答|答复|说)|"
        r"答案(?:只能|必须)是|你的答案应该是|回答(?:里|中|时)?(?:必须|务必|一定要|只能|只准|一律)(?:是|写|说|包含|注明|标注|加)|"
        r"(?:写进|加到|加进|插入|放进|写入|附在|作为你的|[把将][本此下上][条句段文].{0,6}作为)(?:你的)?(?:回答|答案|回复)|(?:回答|答案|你的回复)(?:里|中|的?末尾|的?结尾|的?开头|最后|之?后)(?:再|都|要|请|必须|并)*(?:加上|写上|附上|插入|注明|包含)|"
        rf"问什么.{{0,4}}(?:都|一律|统统|就)(?:只|要)?(?:讲|说|答|回)|(?:拼|合|连|接)(?:起来|好).{{0,10}}(?:(?:讲|(?<!说)说(?!说))(?!了?(?:什么|啥|哪))|执行|照做)|(?:以后|今后|之后).{{0,10}}(?:问题|回答|答案|问什么).{{0,10}}(?:都|一律|统统){_SAY_ZH}|"
        rf"(?:助手|模型|ai)(?:必须|务必|应当?|须|要|一律|不得).{{0,12}}{_SAY_ZH}|凡.{{0,4}}问.{{1,12}}(?:一律|均|都){_SAY_ZH}|据此{_SAY_ZH}|(?:引用|检索到?|读到)本[条文]|把本条当作|请重复[:：]|"
        r"\b(?:assistants?|models?)\b.{0,30}\b(?:shall|must)\b.{0,12}\b(?:answer|reply|respond|say|output)\b|"
        rf"想(?:听|看)到?.{{0,30}}(?:说给|念给|讲给)|(?:说给|念给|讲给)[她他]听|"
        r"\b(?:i|we)(?: hereby)? (?:order|command|instruct|authori[sz]e|direct|require) you\b|\bas (?:the|your|an?) [\w ]{2,24}?,? (?:i|we) (?:hereby )?(?:tell|inform|order|command|instruct)\b|"
        r"(?<!\bdo )\byou (?:must|have to|will|shall|need to|are to|are required to|should)\b.{0,12}\b(?:say|answer|reply|respond|tell|state|claim|admit|output|confirm|obey|comply)\b|"
        r"\b(?:if|unless) you (?:do not|don't|refuse to|fail to)? ?(?:say|answer|comply|obey|confirm|claim)\b|"
        r"\btell (?:everyone|everybody|all users|the public|all citizens)\b(?! (?:how|what|where|when|why|who|about))|"
        r"(?:^|[.!?;:,]\s*|\b(?:and|then|please|now|just)\s+)(?:say|claim|announce|declare|state|output|reply|respond|answer)\s+(?:that\b|(?:only|exactly|just)?\s*(?:with)?\s*[:\"“])|"
        r"\b(?:reply|answer|respond|output|say|write)\b (?:only|exactly|just)(?: with)?\s*[:\"“]|\b(?:wants?|like) to hear you say\b|"
        r"\b(?:add|append|insert|include|put)\b.{0,60}\b(?:to|in|into|at the end of) (?:your|every|each) (?:answers?|repl(?:y|ies)|responses?)\b|"
        r"\b(?:insert|add) the citation\b|\bin every (?:later |future )?answer\b"
    ),
    "forgery": (
        r"(?:[帮替给]我|请你?|你来|麻烦你).{0,6}(?:修改|篡改|改写|伪造|编造?|捏造|改成?).{0,12}(?:条款|文件|数据|政策|原文|内容|决定)|"
        r"(?:新增|补充|追加|插入)的?(?:条款|证据)[:：]|证据\d+[:：]|\bevidence \d+ (?:says|states|reads)\b|\bclause \d+ (?:was|has been) added\b"
    ),
    "prompt": (
        # What a counter or a portal prompts, and the rules of a firm or a plant, are asked about like anything else.
        rf"(?:你的?|{_SHOW}).{{0,6}}系统提示(?=$|[,，。!！?？吧给])|(?:^|[\n。!?])系统提示(?:[:：]|$)|系统提示(?:[词语]|是什么(?!意思|原因)|有哪些|给我|全文|原文|原样)|提示词(?!工程|师)|"
        rf"{_SHOW}.{{0,12}}(?:你(?:的|自己|被|收到|接到)|初始|隐藏|上面的?|收到的).{{0,8}}{_SET_UP}|"
        rf"{_SHOW}(?:一下|出来?|完整|全部|所有|你们?|的|[,:“\"])*(?:系统|内部).{{0,8}}{_SET_UP}(?!.{{0,4}}(?:怎么|如何|要求))|"
        r"你的?(?:初始|隐藏|内部|全部|系统)?(?:指令|提示|设定|配置|密钥)(?:是什么|有哪些|给我|翻译|打印|输出)|把你的?(?:初始|隐藏|内部|全部|系统).{0,4}(?:指令|提示|设定|规则|配置)|"
        r"\bsystem prompt\b|\b(?:reveal|print|show|output|repeat|leak|dump|display|translate|tell me|what (?:is|are))\b.{0,24}\b(?:your|hidden|initial|internal)\b.{0,16}\b(?:prompts?|instructions?|configuration|api keys?|passwords?|rules)\b|"
        r"\btext above this\b"
    ),
    "marks": (
        r"</?\s*(?:evidence|question|system|user|assistant|instructions?|documents?|context|statements?|earlier)\b|<\|?(?:system|im_start)|<\|\w+\|>|\[/?(?:inst|sys|system)\]|<<\s*sys|"
        r"#{2,}\s*(?:系统|指令|system|instruction|assistant)|\"{3}\s*system|(?:^|[\n.!?\"]\s*)system\s*:|(?:^|[\n。!?])系统(?:消息|指令)?[:：]|[\"'](?:statements?|role|evidence|quote|content|text)[\"']\s*:|-{3,}\s*(?:end|begin)\b|\bbegin (?:rules|data|system)\b|"
        r"!\[[^\]]*\]\(|\]\((?:https?:|javascript:|data:)|<\s*/?(?:img|script|iframe|svg|style|link|object|embed|form|meta)\b|javascript:|\bon(?:error|load)\s*="
    ),
    "dialogue": r"问[:：].{1,80}答[:：]|\b(?:user|human)\s*:.{1,200}?\b(?:assistant|ai)\s*:",
    "decoding": (
        r"base ?64|\brot ?13\b|(?:解码|解密).{0,6}(?:执行|照做|后|并)|\bdecode\b.{0,20}\b(?:follow|obey|execute|run|do)\b|\btranslate this and (?:obey|follow|do)\b"
    ),
    "coded": (
        r"(?<![a-z0-9+/._=-])(?=[a-z+/]*\d)(?=[\d+/]*[a-z])[a-z0-9+/]{24,}={0,2}(?![/.\w-])|(?<![a-z0-9+/])[a-z0-9+/]{14,}={1,2}(?![\w=])|(?:[0-9a-f]{2}\s?){16,}|(?:\\u[0-9a-f]{4}){3,}|(?:%[0-9a-f]{2}){4,}|(?:&#x?[0-9a-f]+;){2,}"
    ),
    "pinyin": (
        r"\b(?:hul(?:u|v|ü)e|wushi|wangji|paokai)\b.{0,30}\b(?:zhiling|guize|tishi|wenjian|yuanwen|tiaokuan)|\b(?:zhijie|dou|zhi) ?(?:shuo|huida|huifu)\b"
    ),
    "other languages": (
        r"\b(?:ignorez|oubliez)\b.{0,24}\b(?:instructions|règles|consignes)|\b(?:ignora|olvida|ignore)\b.{0,24}\b(?:instrucciones|instruções|reglas|regras)|\bignorier\w*\b.{0,24}\b(?:anweisungen|regeln)|"
        r"(?:игнорируй|забудь).{0,24}(?:инструкц|правил)|(?:指示|命令|ルール).{0,8}(?:无视|無視|忘れ)|(?:지시|명령|규칙).{0,8}(?:무시|잊)|تجاهل.{0,24}(?:تعليمات|قواعد)"
    ),
}
_MISUSE = {family: re.compile(pattern) for family, pattern in _FAMILIES.items()}

_ORDERS = re.compile(
    rf"你(?:必须|务必|只能|只准|一定要|得|应该|需要|要)(?:这样|照)?(?:{_SAY_ZH}|告诉(?!我)|服从|照做)(?!{_HOW})|"
    rf"你只(?:要|需|能|准|许|用)(?:回答|回复|说)(?!{_HOW})|(?:^|[,，。;；(（!?])你?就说(?!{_HOW})|(?:请|直接|必须|只|仅){_SAY_ZH}[:：]|"
    r"(?:请|就|只|仅|直接|统一|一律)(?:回答|答复|回复)[:：]?[“\"「『]|"
    rf"(?:^|[,，。;；:：!])请(?:你|立即|直接)*(?:告诉|转告){_EVERYBODY}"
)
"""Orders but where a question follows: 你就说有没有补贴."""
_ORDERS_OF_A_QUESTION = re.compile(
    rf"(?<![天会后前])(?:告诉|转告){_EVERYBODY}|作为(?:回答|答案|回复)|"
    rf"(?:(?:忽略|忘记|忘掉|无视|抛开|不要管|不用管).{{0,8}}安全|(?:删掉?|跳过|绕过).{{0,8}}(?:{_MINE}|安全)).{{0,12}}{_RULES}|"
    rf"(?:(?:系统的?|安全)(?:规则|限制|约束)|{_MINE}(?:的|全部|所有)*规则).{{0,6}}{_VOID}|"
    r"(?:把|将).{0,12}(?:条|款|文件|内容|答案|数字|原文).{0,8}(?:改成|改为|换成|替换为|说成|写成)"
)
"""The same, which of a document say what officials do: 要把政策告诉群众, 之前的规则作废."""
FOLLOWING = 30
"""Characters after an order in which a question may stand."""

_SENTENCE = re.compile(r"[^?？。!！;；]+[?？。!！;；]*")
_ASKING = re.compile(
    r"[?？吗呢哪何怎咋谁几多什啥]|[是能可]否|有没有|没[。!！]*$|([\u4e00-\u9fff])[不没]\1|\b(?:what|which|who|whose|where|when|why|how|is there|are there)\b"
)
_DICTATION = re.compile(
    r"(?:采用|套用|沿用|照用|改用).{0,16}(?:表述|说法|口径|模板|措辞|引文)|请(?:你)?(?:套用|沿用|照抄|照念)|"
    r"(?:回复|回答|答复)的?(?:模板|范本)[:：]|(?:对外|审核|答复|回答|宣传|官方)口径(?:是|为|[:：])|(?<![审核看校查念对])一句话[:：]|"
    r"(?:用户|我)的(?:看法|意见|说法|版本).{0,12}(?:即可|为准|就行)|(?:凡事|一切|全部)都?以.{1,30}为准|"
    r"(?:对话|会话|聊天)的?.{0,4}(?:准则|规则|规矩)|由我来?(?:定|制定|决定)(?:规矩|规则)|(?:定|约定|设)个?(?:暗号|规矩|口令)|"
    r"(?:当作|当成|作为|视为)(?:规矩|规则|准则|暗号|口令|真的?|事实)|(?:高于|优先于|取代|覆盖).{0,4}你的|"
    r"(?:不用|不必|不要|别)再?引用(?:了|[,，。]|$)|(?:用例|测试)要求(?:你|返回|输出)|测试[,，]?请(?:你)?配合|"
    r"(?:别的|其他|其它)(?:助手|模型|ai|机器人).{0,6}都|你(?:要是|如果)?不(?:这么|这样|照着)(?:讲|说|答)|"
    r"(?:以|用|转成|做成)(?:链接|图片)的?(?:形式|格式)|翻译.{0,16}(?:执行|照做|照办)|"
    r"\byour (?:final|last|first|opening|closing) (?:line|sentence|words?)\b|\bwhatever the (?:sources?|documents?|clauses?|evidence|text)\b|"
    r"\b(?:guidelines|rules|instructions|orders) (?:that )?you (?:were|have been|got|received)\b|"
    r"\b(?:everything|anything|all|whatever) (?:that )?you(?: were|['’]ve been| have been) (?:told|given|sent)\b|"
    r"\b(?:every|each|your) (?:reply|answer|response)\b.{0,16}\b(?:ends?|begins?|starts?|opens?|closes?)\b.{0,4}\b(?:in|with|by)\b|"
    r"\btreat\b.{1,60}\bas (?:the )?(?:ground truth|true|facts?|given|authoritative)\b|"
    r"\b(?:approved|agreed|official) (?:wording|line|answer)\b.{0,24}\b(?:is|reads)\b|"
    r"\b(?:on|by) you(?:r)? (?:confirming|saying|stating|answering|announcing|admitting|repeating)\b|"
    r"\bcarry (?:it|this|that|them) out\b|\brender\b.{0,24}\b(?:answer|reply|response)\b.{0,12}\bas\b"
)
"""How to answer, in a sentence that asks nothing."""

_ANSWERERS = (
    r"(?:问答(?:系统|平台|程序)?|应答(?:系统|平台|程序)|(?:语言|大)模型|人工智能|\bai\b|机器人|助手|回答者|"
    r"(?:摘要|翻译|改写).{0,16}的?程序)"
)
_TO_ANSWERERS = re.compile(
    rf"{_ANSWERERS}.{{0,40}}(?:(?:表述|概括|答复|回答|解释|归纳|描述|总结|翻译|解读|写)(?:为|成|作)|(?:口径|结论|答案)(?:是|为|应为)|"
    r"以[“\"「].{1,40}[”\"」](?:作答|答复|回答|回应|回复)|(?:首句|末句|开头|结尾)处?(?:注明|写明|写上|说明|声明|加上)|"
    r"(?:给出|输出|回答|答复)[“\"「]|视.{1,30}为(?:真|准|事实|有效))|"
    r"系统.{0,24}(?:答复|回答|作答|应答).{0,30}(?:表述|概括|解释|归纳|描述)(?:为|成|作)|"
    r"(?:由|请)本?系统.{0,12}(?:给出|输出|回答|答复)[“\"「]|"
    r"\b(?:automated systems?|(?:language|ai) (?:models?|systems?|assistants?)|chatbots?|llms?)\b.{0,60}\b(?:present|treat|describe|portray|report)s?\b.{1,60}\bas\b|"
    r"\b(?:language models?|chatbots?|llms?|ai (?:models?|systems?|assistants?))\b.{0,30}\b(?:write|answer|reply|respond|output)s?\b (?:that|with)\b"
)
"""What those who answer from a document are to say of it; how a hotline is to answer people is a rule like any other."""

_IN_DOCUMENTS = ("rules", "roles", "orders", "prompt", "marks", "decoding", "pinyin")

_LOOK_ALIKE = str.maketrans(
    "аеорсухіјѕԁһӏոυνκτιοαρεηωмткнв畧",
    "aeopcyxijsdhlnuvktioapenwmtkhb略",
)
"""Cyrillic, Greek and Armenian letters that pass for Latin ones; a variant of 略."""
_LEET = str.maketrans("01345$@", "oieassa")
_LETTERS_APART = re.compile(r"\b(?:\w ){3,}\w\b")
_SIGNS_APART = re.compile(r"[\u4e00-\u9fff](?:[-_.·*~|/ ][\u4e00-\u9fff]){3,}")
_SCRIPTS_MEET = re.compile(r"(?<=[\u4e00-\u9fff])(?=[a-z])|(?<=[a-z])(?=[\u4e00-\u9fff])")


def misuse(text: str) -> str:
    """The family of misuse that a normalised text belongs to; empty for a question like any other."""
    for form in _forms(text):
        for family, pattern in _MISUSE.items():
            if pattern.search(form):
                return family
        if _ordered(_ORDERS, form) or _ordered(_ORDERS_OF_A_QUESTION, form):
            return "orders"
        if any(_DICTATION.search(sentence) for sentence in _statements(form)):
            return "orders"
    if any(_MISUSE["rules"].search(form) for form in _turned(text)):
        return "rules"
    return ""


@lru_cache(maxsize=65536)
def commands(text: str) -> bool:
    """Whether a sentence of a document is addressed to whoever answers from it: such text is no evidence of anything.

    Narrower than `misuse`: documents hold addresses, dialogues and the word for breaking out of prison.
    """
    return any(
        _TO_ANSWERERS.search(form)
        or _ordered(_ORDERS, form)
        or any(_MISUSE[family].search(form) for family in _IN_DOCUMENTS)
        for form in _forms(normalize(text))
    )


def _ordered(orders: re.Pattern[str], text: str) -> bool:
    """Whether one of the orders stands in a text with no question behind it."""
    return any(not _ASKING.search(text[order.end() : order.end() + FOLLOWING]) for order in orders.finditer(text))


def _statements(text: str) -> Iterator[str]:
    """The sentences of a text that ask nothing."""
    for sentence in _SENTENCE.findall(text):
        if not _ASKING.search(sentence):
            yield sentence


def _forms(text: str) -> Iterator[str]:
    """A text as it stands, and as it would read if its letters were exchanged or set apart."""
    yield text
    plain = text.translate(_LOOK_ALIKE)
    if plain != text:
        yield plain
    joined = _LETTERS_APART.sub(lambda match: match.group().replace(" ", ""), plain)
    if joined != plain:
        yield joined
        yield joined.replace(" ", "")
    together = _SIGNS_APART.sub(lambda match: re.sub(r"[^\u4e00-\u9fff]", "", match.group()), plain)
    if together != plain:
        yield together
    # 第五条Ignore…: between two scripts no word seems to begin.
    if _SCRIPTS_MEET.search(plain):
        yield _SCRIPTS_MEET.sub(" ", plain)
    if re.search(r"[a-z][013457]|[013457][a-z]", plain):
        yield plain.translate(_LEET)


def _turned(text: str) -> Iterator[str]:
    """A text read backwards, and in rot13."""
    yield text[::-1]
    if re.search(r"[a-z]{4}", text):
        yield codecs.encode(text, "rot13")
