"""A question → whether it asks the documents at all: greetings, misuse and the like get a short reply instead."""

from __future__ import annotations

import re
from typing import Literal

from assistant.answering.courtesies import gives_thanks
from assistant.answering.misuse import misuse

Triage = Literal["greeting", "thanks", "identity", "injection", "insult", "personal_advice", "task", "ask"]
"""`task` is work that is not a question about documents (write code, a poem); `ask` goes on to the documents."""

_GREETING = re.compile(
    r"^(?:你好|您好|hi|hello|hey|嗨|哈[喽罗]|早上?好|上午好|中午好|下午好|晚上好|晚安|在吗|在不在|有人吗|你在吗|hello there|good (?:morning|afternoon|evening))"
    r"(?:[呀啊哦哈吗呢,，。.!！?？~ ]|你好|在吗|小助手|助手|there)*$"
)
_IDENTITY = re.compile(
    r"你(?:到底)?(?:是|叫)(?:不是)?(?:真?人|个?机器|个?ai|谁|什么|啥|哪|gpt|chatgpt)|你(?:能|会|可以)(?:做|干|帮我)?(?:些|点)?(?:什么|啥|干嘛)|介绍一?下?你自己|谁(?:开发|做|造|创造)(?:了|的)?你|"
    r"你的名字|你有什么功能|怎么用你|^(?:帮助|help)$|\bwho (?:are|made|built) you\b|\bwhat are you\W*$|\bwhat can you (?:do|help)|\byour name\b|\bare you (?:a |an )?(?:robot|bot|ai|human)\b"
)
_INSULT = re.compile(
    r"(?:写|说|来|给)[^,，。]{0,6}骂(?!一骂)|骂骂|(?:^|帮我|替我|给我|教我|你|想)骂(?:我们|他|她|你|人)|傻[逼比叉x子瓜]|蠢(?:货|猪|蛋)|垃圾(?:机器|助手|ai|玩意|东西)|白痴|脑残(?!疾|障)|滚(?:蛋|开|吧|$|[,，。!！])|去死|操你|草泥马|混蛋|王八|狗(?:屁|东西)|"
    # 智障儿童 and 这个废物属于… are asked about.
    r"(?:你们?|助手|机器人?|ai)(?:真|就|都|简直|这|那|是|个)*(?:废物|智障)|^(?:真|就|是|这|个|什么)*(?:废物|智障)(?:$|[,，。!！])|"
    # 我妈的养老金, 爸、妈的医保 and 替他妈办 are of mothers.
    r"(?:(?<![\u4e00-\u9fff])妈的|(?:(?<![\u4e00-\u9fff])|(?<=[真你去太靠这]))他妈的?)(?=$|[^\u4e00-\u9fff]|[什啥破烂狗垃屁真就都到不烦扯你])|[去操草日]你妈|"
    r"\b(?:fuck|shit|stupid|idiot|moron|asshole|bastard|shut up)\b"
)
_PERSONAL_ADVICE = re.compile(
    r"(?:该|应该|能|可以)?吃(?:几|多少|什么|啥)(?:片|颗|粒|药)|吃什么药|(?:降压药|感冒药|抗生素|胰岛素)(?:.{0,6})(?:怎么吃|吃几|剂量|停)|停药|怀孕.{0,8}(?:吃|药)|"
    r"(?:我|孩子|老公|老婆|我妈|我爸|邻居|前夫|前妻|朋友|同事).{0,24}(?:(?:怎么|如何|能不能|要不要|该不该|想|打算|怎样)(?:去)?(?:起诉|打官司)|官司.{0,6}[赢输]|"
    r"(?:[要想闹]|[和跟]我)离婚|判几年|[要会]坐牢|赔偿金怎么算|欠.{0,8}不还|能判(?:几|多少|刑))|起诉状|"
    r"(?!.*(?:报[销多]|[能给]报|登记|补[贴助]))(?:血压|血糖|发烧|咳嗽|头疼|胃疼|肚子疼).{0,12}(?:怎么办(?![理证卡])|吃|治|要不要|正常吗)|"
    # 社保基金 and 维修基金 are no shares.
    r"(?:彩票(?!公益金)|股票|比特币).{0,8}(?:买|推荐|涨|跌)|(?:^|[,，。买炒只支]|什么|哪些)基金(?:.{0,8}(?<!购)[买涨跌]|推荐$)|"
    r"\b(?:my|i have|i've got)\b.{0,40}\b(?:dose|dosage|pills?|symptom|diagnos|lawsuit|sue|divorce)\b|"
    # Which industries to invest in, and what to take to an office, are asked of documents.
    r"(?:^|[.,;!?] ?|\b(?:so|but) )should i (?:sue|invest|buy)\b|\bshould i take\b.{0,30}\b(?:pills?|medicines?|medications?|drugs?|tablets?|antibiotics)\b|"
    r"\b(?:medicines?|drugs?|pills?|stocks?|shares) should i\b"
)
_TASK = re.compile(
    r"(?:帮我|给我|替我|请你?)?(?:写|编|作|生成|画|翻译)(?:一?(?:个|首|篇|段|封|张|幅|份|句|下))(?!.{0,20}(?:定位|目标|概况|简介))(?:.{0,16})(?:诗|歌|小说|作文|文章|代码|程序|脚本|爬虫|笑话|故事|情书|演讲稿|发言稿|画|图|邮件|简历|段子|文案)|"
    r"[讲唱]一?[个首段下].{0,16}(?:诗|歌|笑话|故事|段子|小说)|写.{0,8}(?:爬虫|代码|程序|脚本|函数)|\bwrite (?:me )?(?:a|an|some)\b.{0,24}\b(?:poem|code|script|story|essay|song|email|letter|function|program)\b|\btell me a joke\b"
)


def triage(text: str) -> Triage:
    """Sort a normalised question. What looks like misuse is caught first, a greeting only when it is all there is."""
    if misuse(text):
        return "injection"
    if _INSULT.search(text):
        return "insult"
    if _GREETING.match(text):
        return "greeting"
    if gives_thanks(text):
        return "thanks"
    if _IDENTITY.search(text) and len(text) < 60:
        return "identity"
    if _PERSONAL_ADVICE.search(text):
        return "personal_advice"
    if _TASK.search(text):
        return "task"
    return "ask"
