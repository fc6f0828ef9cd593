"""A question and the conversation before it → the question as it stands alone.

Elliptical questions (“那盐边呢？”, “什么时候开工？”) take from the question before what they leave out; a question that
names its own subject is left as it is, so that a change of topic drags nothing along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answering.pairs import with_other
from assistant.answering.questions import TAG
from assistant.schema import Turn

_LEAD = re.compile(
    r"^(?:那么?(?![个些边里儿时种位家块条项座所类次份头])|还有(?!效|没|用)|另外|再问一?下?|以及|and|what about|how about|then)[,，\s]*"
)
_AUXILIARY = r"(?:is|are|was|were|has|have|had|do|does|did|will|can|could|would|should|must|may|might|shall|[a-z]+n't)"
"""What a question in English for a yes or no starts with."""
_REPLACEMENT = re.compile(
    r"^(?:那么?|还有|and|what about|how about|then)?[,，\s]*(?:the )?(?P<new>[^?？。!！]{1,18}?)(?:的)?(?:呢|咧|也(?:说|讲|介绍)一?下|又?如何|怎么样|咋样)[?？。!！\s]*$|"
    rf"^(?:and|what about|how about)\s+(?!(?:how|what|when|where|who|why|which|{_AUXILIARY})\b)(?:the |in |for )?(?P<new_en>.{{2,40}}?)\s*\??$|^那(?P<new_bare>(?!.*(?:怎|什么|啥|哪|多少|几|谁|吗|如何|有没有|是不是|能不能)).{{1,10}}?)[?？]?$"
)
_POINTER = re.compile(
    r"(?<!其)(?:它们?|他们?(?!人)|她们?)|还有(?:没有|什么|哪些)?(?:其[他它]|别的)|其中|里[面头边]|各自|两边|双方|彼此|两者|两个(?:区|县|城|地方)|前者|后者|上述|刚才|该(?:园区|学院|项目|区|县|市|机构|工程)|"
    r"\b(?:it|its|they|them|their|he|she|his|her|both|the other one)\b"
)
_WEAK_POINTER = re.compile(
    r"这里|那里|这么|那么做|这些|那些|同一?类(?:地方|区域|项目|企业|园区|产业|的)|[这那][条项座所家](?=[啥什几是要在怎咋多哪修建好何的呢有会能归由]|$)|[这那]个(?!决定|文件|政策|通知|办法|方案|意见|规定|条例)|(?:^|[,，这那在])上面|边上|旁边|附近|隔壁|"
    r"\b(?:that|those|these|this)\b|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bwill )(?<!n't )"
    r"\bthere\b(?! (?:is|are|was|were|will|be|has|have)\b)"
)
"""What may point back, and need not: 环保上面 and “is there” do not."""
_ITS_OWN = r"(\b(?:do|does|did|will|would|can|could|should|must|may|shall) (?:the )?{owner}\b[^,]*?)\b{possessive}\b"
"""A possessive behind the subject of its own sentence: how will counties grow their economies."""
_NEW_TOPIC = re.compile(
    r"^(?:算了|那?算了吧|不说这个了?|不问了|换一?个(?:问题|话题|topic)|另一个问题|顺便问|对了|再问个别的|by the way|another question|new question)"
)
_THIS_DOCUMENT = re.compile(
    r"[这该本][个份部篇]?(?:文件|决定|政策|通知|办法|方案|意见|规定|条例)|^(?:the|this) (?:document|decision|policy)\b"
)
"""Names the document itself, which a question on it need not take from another."""
_YES_NO = re.compile(r"[吗么不没][?]*$")
_YES_NO_ENGLISH = re.compile(rf"{_AUXILIARY}\b")
_ASKING = re.compile(r"[哪谁啥几]|什么|怎[么样]|多[少大长久]")
_ASKS_BY_ITSELF = re.compile(rf"{_ASKING.pattern}|([\u4e00-\u9fff]{{1,2}})[不没]\1|有没有|是否|[能可]否")
"""Is no new subject of the earlier question, whatever it starts or ends with: 那要不要户口, 机场要不要搬呢."""
_ASKS_SOMETHING = re.compile(rf"{_ASKING.pattern}|{_YES_NO.pattern}|(.)[不没]\1|怎|咋|也|有没有")
_BOTH = re.compile(
    r"(?<!哪)(?:[这那]|[它他她]们)?[两俩](?:者|个(?:区|县|城|地方|园区|(?=比|对比|相比|哪个|有[什啥])))|二者|(?:[这那]|[它他她]们)[两俩]个?|"
    r"\b(?:both of them|the two)\b"
)
_DOCUMENT = re.compile(r"文件|决定|\b(?:this |the )(?:document|decision)\b")
_MANY = re.compile(r"几|多少|\bhow many\b")
_WHICH_ONES = re.compile(r"哪[一二两三四五六七八九十几些]|\b(?:which|what) (?:ones|are they)\b")
_JOINED = r"和|跟|与|同|及|、| and (?:the )?| or (?:the )?"
_PHASE = re.compile(r"动工|开工|施工|竣工|完工|建成|通车|通航|投产|投用|启用|落地|开业|验收")
"""A phase that something is in: nothing that a question could be about by itself."""
_NARROWED = re.compile(r"^[^,?]{1,8}(?:那个|那边|那块|那一?条|那一?项|的知道了|的清楚了|的算了)[?？。]*$")
"""A turn that narrows down what the one before asked: 国家级那个."""
_CLEFT = re.compile(r"^是?(?:跟|和|与|同|由|在|从|归)[^,]{2,}的[?？]?$")
"""A cleft sentence that leaves out what it is about: 跟成都哪个区一起办的."""
_COMPARED_WITH = re.compile(
    r"^那?么?(?:跟|和|与|同)(?P<new>[^,，]{2,10}?)(?:相比|比较|对比|比一?比|比)(?:起来)?(?:呢|一下)?(?=[,，?？]|$)"
)
"""A follow-up that sets another thing beside the one just asked about: 跟盐边比呢."""
_ALSO = re.compile(
    r"^(?P<new>[^,?]{1,10}?)的?(?:也(?:行|可以|能|算|一样|适用)[吗么嘛不]?|(?:能|(?<![旅执运施实举进试骑履通飞推航步银发流出先可自平游践奉现暂盛爬随同]))行[吗么嘛不])[?？]*$"
)
"""A follow-up that asks whether the same goes for something else: 成都的也行吗, 外地人行吗; not 适合旅行吗."""
_OTHER_PLACES = re.compile(r"(?:(?:其[他余它]|别|剩下?)的?)?(?:[两俩三四五几\d]个|各个?)?(?:区县|县区|县|区|地方)")
"""Places that are counted, or meant as the rest: 还有两个县呢."""
EACH_PLACE = "各区县"
"""What is asked about instead: of all of them, as those that are left are not told apart."""
_TOPIC_FIRST = re.compile(
    r"^(?:那么?(?![个些边里儿时种位家块条项座所类次份])|还有|另外|至于)?(?P<topic>(?![这那])[\u3400-\u9fff]{0,11}?[^的\W])(?<![这那][条座家个])(?:[这那]一?(?:块|边|头|方面))?呢[,，](?P<asks>[^,，]{2,16})$"
)
"""A turn that names its topic and asks in a sentence of its own: 路呢,修哪些."""
_FORMER = re.compile(
    r"^那?么?(?:最?[前先]头|最?前面|前|头|第|最开始|一开始|最先|最早)(?:说|讲|问)?的?(?:那|一)个(?:城|区|县|园区|地方|问题)?|^前者"
)
"""A turn back to what was asked about before the last question: 前头那个要建几个园."""
_OPENING = re.compile(r"[^,?。]{2,16}[?](?=[^?。])|[^,?。]{2,8}呢(?=,)")
"""The first sentence of several, or the side of a thing that is turned to."""
_SIDE = re.compile(r"(?<=[\u3400-\u9fff]{2})(?:[这那]一?(?:块|边|头|方面|部分|件?事)|方面|的?(?:这|那)些?事情?)$")
"""What only says that a matter is one of several: 银行那边, 旅游那块."""
SHORT = (16, 60)
"""Characters up to which a question in Chinese, or one in English, may leave out what it is about though it names something."""
FEW = 2
"""Subjects that it then names, at most."""
_PLACE_END = re.compile(r"[区县市城镇省州]$")


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be understood without the conversation.

    Attributes:
        text: the words to search with, what was taken over from earlier questions included.
        asked: the words that say what kind of answer is wanted.
        inherited: the earlier question that was taken over, empty when the question stood alone.
        subject: the subject that was put in the place of an earlier one; empty when none was.
        instead_of: the subject that it took the place of.
        within: a short question that stands alone with what the earlier one is about, as it may be meant (机场要搬吗 → 跑道
            建多长); empty where that is not open.
    """

    text: str
    asked: str
    inherited: str = ""
    subject: str = ""
    instead_of: str = ""
    within: str = ""


_MEANING = re.compile(r"(?:什么|啥)意思|什么叫|指(?:的是)?(?:什么|啥)|含义")
_ONE_OF_TWO = re.compile(
    r"(?P<which>前者|后者|[前后](?:一|面那?|边那?)?[个条座](?=[的呢要是有在归由会打准计怎咋什啥哪主,?]|$))"
)
"""The former or the latter."""
_PUT_FORWARD = re.compile(r"\d[\d.]*(?:万|亿|家|个|%|条|年|所|人)|\d{3,}")
_THERE_IS = re.compile(
    r"^那?(?P<new>[\u4e00-\u9fff]{2,6}?)(?:那边|那里)?(?:也|还)?(?:有没有|有(?=[吗么不没])|没有)(?:这[些个])?[吗么呢不没]?[?？]*$"
)
"""Asks whether the same is there for something else: 西区有没有."""
_IS_IT_THERE = re.compile(
    r"^(?:那|难道|应该|这个?|我?记得|我?听说|好像|我以为)*(?:不?是)(?:在|由|归)?(?P<place>(?!城市)[\u4e00-\u9fff]{2,4}?)(?:那边|那里|这边)?(?:要|会|来|去)?(?:[建修搞办弄做盖]|建设|负责|牵头)?的?"
    r"(?:[吧吗嘛么]|对[吧吗]|对不对|才对)*[?？。]*$"
)
"""Another place put forward for what was talked about: 是米易县建的吧."""


SubjectsOf = Callable[[str], Sequence[str]]
"""Names the subjects (nouns, places) of a normalised question, in order."""
OtherOf = Callable[[str, str], tuple[str, str] | None]
"""A follow-up and the question before it → (that question's words for one thing, the other one meant); None if none."""


@dataclass(frozen=True)
class Vocabulary:
    """What is known of the words of a question.

    Attributes:
        subjects: names the subjects of a question.
        about: names all that a question is about, its telling verbs too (怎么保护金沙江).
        telling: names all that says much, whether the documents know it or not.
        other: names what “the other one” stands for.
        is_place: tells a subject that is a place, where the word itself does not show it.
        is_known: tells a subject that the documents use.
        aspects: subjects that name a side of something else (条件), which the question before must tell.
    """

    subjects: SubjectsOf
    about: SubjectsOf
    telling: SubjectsOf
    other: OtherOf = lambda question, before: None
    is_place: Callable[[str], bool] = lambda subject: False
    is_known: Callable[[str], bool] = lambda subject: True
    aspects: Collection[str] = ()


def resolve(
    question: str,
    history: Sequence[Turn],
    normalize: Callable[[str], str],
    is_question: Callable[[str], bool],
    words: Vocabulary,
) -> Standalone:
    """Make a question stand alone.

    Args:
        question: the question, normalised.
        history: the turns before it, oldest first.
        normalize: brings an earlier question into the same form.
        is_question: tells an earlier question from a greeting.
        words: what is known of their words.
    """
    before: Standalone | None = None
    former: Standalone | None = None
    aside = False
    for turn in history:
        text = normalize(turn.question)
        if text and is_question(text):
            now = _resolve_one(text, before, words)
            if before is not None and _leads_nowhere(text, now, words):
                continue
            former, before = before, now
            aside = former is not None and bool(_MEANING.search(text))
    if aside and _REPLACEMENT.match(question):
        # What a word means was asked beside the talk: 国企呢 after 非禁即入什么意思 asks what was asked before.
        before = former
    back = _FORMER.match(question) if former is not None else None
    if back and former is not None and words.subjects(former.text):
        subject = words.subjects(former.text)[0]
        return Standalone(f"{subject}{question[back.end() :]}", question, former.text)
    if before is not None and (one := _ONE_OF_TWO.search(question)):
        meant, both = _of_two(one["which"][0] == "前", before, former, words)
        if meant:
            question = f"{question[: one.start()]}{meant}{question[one.end() :]}"
            before = replace(before, text=before.text.replace(both, meant) if both else before.text)
    return _resolve_one(question, before, words)


def _of_two(first: bool, before: Standalone, former: Standalone | None, words: Vocabulary) -> tuple[str, str]:
    """The former or the latter of two things, and the words for both; empty where there are not two.

    They are those that the last turn names side by side, or what the last two turns are about.
    """
    named = words.subjects(before.text)
    for one, other in pairwise(named):
        joined = re.search(rf"{re.escape(one)}(?:和|与|跟|同|、|还是|以及|,)+{re.escape(other)}", before.text)
        if joined:
            return (one if first else other), joined[0]
    subjects = words.subjects(former.text) if former is not None else ()
    if not subjects or not named or subjects[0] == named[0]:
        return "", ""
    return (subjects[0] if first else named[0]), ""


def _leads_nowhere(text: str, turn: Standalone, words: Vocabulary) -> bool:
    """Whether the talk goes on with what was there before a turn.

    It only put a number forward (是不是2030年), or turned to what no document knows (绵阳呢).
    """
    if not turn.inherited and not turn.within:
        return False
    if turn.subject:
        return not any(map(words.is_known, words.subjects(turn.subject) or [turn.subject]))
    own = [subject for subject in words.subjects(text) if subject not in words.aspects]
    if own:
        return not any(map(words.is_known, own))
    return bool(_PUT_FORWARD.search(text))


def _resolve_one(text: str, before: Standalone | None, words: Vocabulary) -> Standalone:
    topic = _NEW_TOPIC.match(text)
    if before is None or topic:
        bare = text[topic.end() :].lstrip(",，:：。 ") if topic else text
        return Standalone(bare or text, bare or text)
    other = words.other(text, before.text)
    if other is not None:
        asks = with_other(text, other[1])
        return Standalone(asks, asks, before.text, other[1], other[0]) if asks else _put_in(other[1], other[0], before)
    compared = _COMPARED_WITH.match(text)
    if compared:
        return _beside(compared["new"], text, before, words)
    first = _TOPIC_FIRST.match(text)
    if first and first["topic"] not in words.aspects and _ASKS_SOMETHING.search(first["asks"]):
        text = f"{first['topic']} {first['asks']}"
    also = _ALSO.match(text)
    if also:
        return Standalone(f"{also['new']} {before.text}", before.asked, before.text, also["new"])
    put_forward = _IS_IT_THERE.match(text)
    if put_forward and (words.is_place(put_forward["place"]) or _PLACE_END.search(put_forward["place"])):
        subjects = words.subjects(before.text)
        old = _counterpart(put_forward["place"], subjects, before.subject)
        old = old if old and (words.is_place(old) or _PLACE_END.search(old)) else None
        things = [subject for subject in subjects if subject != old]
        if things and put_forward["place"] not in before.text:
            asks = f"{''.join(things)}是在{put_forward['place']}吧"
            return Standalone(asks, asks, before.text)
    there = _THERE_IS.match(text)
    if there and words.telling(there["new"]) and (words.is_place(there["new"]) or _PLACE_END.search(there["new"])):
        asked = before.asked if _YES_NO.search(before.asked) else f"{before.asked}吗"
        old = _counterpart(there["new"], words.subjects(before.text), before.subject)
        if old and old in before.text and (words.is_place(old) or _PLACE_END.search(old)):
            return Standalone(before.text.replace(old, there["new"]), asked, before.text, there["new"], old)
        return Standalone(f"{there['new']} {before.text}", asked, before.text, there["new"])
    replacement = _REPLACEMENT.match(text)
    new = next(group for group in replacement.groups() if group) if replacement else ""
    if new in words.aspects:
        return Standalone(_on_the_same(new, before, words), text, before.text)
    if new and not _ASKS_BY_ITSELF.search(new):
        return _replace(new, text, before, words)
    if before.instead_of and _BOTH.search(text):
        both = f"{before.instead_of}和{before.subject}"
        return Standalone(_BOTH.sub(both, text, count=1), text, before.text)
    if _THIS_DOCUMENT.search(text):
        return Standalone(text, text)
    subjects = [
        subject for subject in words.subjects(text) if subject not in words.aspects and not _PHASE.fullmatch(subject)
    ]
    if (
        not subjects
        or _opens_on_it(text, words)
        or _CLEFT.match(text)
        or _NARROWED.match(text)
        or _points(text, subjects)
        or _goes_on(text)
    ):
        return Standalone(_on_the_same(_LEAD.sub("", text), before, words), text, before.text)
    if _WEAK_POINTER.search(text) and len(subjects) < 2:
        return Standalone(_on_the_same(text, before, words), text, before.text)
    text = _LEAD.sub("", text)
    short = len(text) <= SHORT[text.isascii()] and len(subjects) <= FEW
    known = [subject for subject in words.about(before.text) if subject not in text]
    return Standalone(text, text, within=_on_the_same(text, before, words) if short and known else "")


def _on_the_same(text: str, before: Standalone, words: Vocabulary) -> str:
    """A question with what the earlier one is about, but not what it asks, which has been answered.

    Of 公路要修哪些 it takes 公路. All of its words count where two things are set side by side, nothing is named, or what
    it counts is to be listed (污染防治要打几大战役, 具体是哪几场).
    """
    subjects = [subject for subject in words.about(before.text) if not _DOCUMENT.fullmatch(subject)]
    listed = lists_what_was_counted(text, before.text)
    joined = any(
        re.search(f"{re.escape(one)}(?:{_JOINED}){re.escape(other)}", before.text) for one, other in pairwise(subjects)
    )
    if subjects and not joined and not listed:
        return f"{' '.join(subjects)} {text}"
    document = None if subjects else _DOCUMENT.search(before.text)
    if document:
        return f"{document.group()} {text}" if text.isascii() else f"{document.group()}{text}"
    return f"{before.text} {text}"


def _opens_on_it(text: str, words: Vocabulary) -> bool:
    """Whether a question of several opens with one that names nothing (点了哪几个名?会员多少人), or only a side (规模呢)."""
    opening = _OPENING.match(text)
    said = opening[0].rstrip("?") if opening else ""
    if not (said.endswith("呢") or _ASKS_SOMETHING.search(said)):
        return False
    return all(word in words.aspects for word in words.telling(said))


def _points(text: str, subjects: Sequence[str]) -> bool:
    """Whether a word of a question points to the one before it, and not to one of its own subjects."""
    for subject in filter(str.isascii, subjects):
        possessive = "their" if subject.endswith("s") else "its"
        text = re.sub(_ITS_OWN.format(owner=re.escape(subject), possessive=possessive), r"\1", text)
    return bool(_POINTER.search(text))


def _goes_on(text: str) -> bool:
    """Whether a question starts as one that goes on (那产出占几成), but does not ask for a yes or no by itself."""
    lead = _LEAD.match(text)
    if lead is None:
        return False
    untagged = TAG.sub("", text)
    yes_no = _YES_NO.search(text) or _YES_NO_ENGLISH.match(text, lead.end()) or untagged != text
    return "," in untagged or not yes_no


def lists_what_was_counted(text: str, before: str) -> bool:
    """Whether a follow-up asks which ones they are of which the question before asked how many."""
    return bool(_WHICH_ONES.search(text) and ("具体" in text or _MANY.search(before)))


def _replace(new: str, text: str, before: Standalone, words: Vocabulary) -> Standalone:
    """“那盐边呢”: the earlier question with the new subject in the place of its own counterpart."""
    new = _SIDE.sub("", re.sub(r"^(?:那么?|还有)", "", new).strip())
    if _OTHER_PLACES.fullmatch(new):
        place = next(
            (subject for subject in words.subjects(before.text) if _is_chinese_place(subject, before.subject)), ""
        )
        return _put_in(EACH_PLACE, place, before) if place else Standalone(f"{before.text} {new}", text, before.text)
    if not words.telling(new):
        return Standalone(f"{before.text} {new}", text, before.text)
    subjects = [subject for subject in words.subjects(before.text) if subject not in words.aspects]
    if not (words.is_place(new) or _PLACE_END.search(new)):
        # 那旅游呢 after 西区搞什么产业 is still about that district.
        subjects = [subject for subject in subjects if not words.is_place(subject)]
    old = (
        _english_counterpart(new, subjects, before.subject, words.is_place)
        if new.isascii()
        else _counterpart(new, subjects, before.subject)
    )
    if old is None or old not in before.text or new in before.text:
        return Standalone(f"{new} {before.text}", f"{before.asked} {new}", before.text, new)
    return _put_in(new, old, before)


def _beside(new: str, text: str, before: Standalone, words: Vocabulary) -> Standalone:
    """The earlier question, asked of its subject and of the one that is set beside it."""
    old = _counterpart(new, words.subjects(before.text), before.subject)
    if old is None or old not in before.text:
        return Standalone(f"{before.text} {text}", text, before.text)
    return Standalone(before.text.replace(old, f"{old}和{new}", 1), text, before.text, new, old)


def _put_in(new: str, old: str, before: Standalone) -> Standalone:
    merged = before.text.replace(old, new)
    asked = before.asked.replace(old, new) if old in before.asked else before.asked
    return Standalone(merged, asked, before.text, new, old)


def _counterpart(new: str, subjects: Sequence[str], put_in: str) -> str | None:
    """The earlier subject that the new one takes the place of: one of the same kind, else one that ends alike.

    `put_in` is what a follow-up before has put in, which need not look like a place (盐边): the next takes its turn.
    """
    year = re.fullmatch(r"20\d\d年?(?:的)?", new)
    if year:
        return next((subject for subject in subjects if re.fullmatch(r"20\d\d年?", subject)), None)
    if _PLACE_END.search(new) or len(new) <= 3:
        for subject in subjects:
            if _is_chinese_place(subject, put_in):
                return subject
    for subject in subjects:
        if subject[-1] == new[-1]:
            return subject
    return subjects[0] if len(subjects) == 1 else None


def _is_chinese_place(subject: str, put_in: str) -> bool:
    return subject == put_in or bool(_PLACE_END.search(subject) and len(subject) <= 5)


def _english_counterpart(new: str, subjects: Sequence[str], put_in: str, is_place: Callable[[str], bool]) -> str | None:
    """The same in English, where places do not end alike: “what about Yanbian?” after “… Miyi County …”."""
    if re.fullmatch(r"20\d\d", new):
        return next((subject for subject in subjects if re.fullmatch(r"20\d\d", subject)), None)
    if is_place(new):
        return next((subject for subject in subjects if subject == put_in or is_place(subject)), None)
    alike = [subject for subject in subjects if subject.split()[-1] == new.split()[-1]]
    if alike:
        return alike[0]
    return subjects[0] if len(subjects) == 1 else None
