"""A text → what is asked in it, one question after the other, and what is only told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answering.expansion import Term
from assistant.schema import Language

_CJK = re.compile(r"[\u3400-\u9fff]")
_SENTENCE = re.compile(r"[^。?!;\n]+[?!]?")
_HOW = r"多[少大长高久远宽快重深]|何[时地处人]"
ASKS = re.compile(
    rf"[?]|(.)[不没]\1|吗|吧|呢|嘛|么|什么|啥|哪|谁|(?<!十)(?<!认得)(?<!没)(?<!好)几(?![十百千万乎])|{_HOW}|怎|咋|如何|是否|能否|可否|是不是|有没有|能不能|可不可以|会不会|要不要|为何|为什么|没得|没有$|没$|不$|"
    r"\b(?:what|which|who|when|where|how|why|is|are|do|does|can|will|any(?:thing|one|body)?)\b"
)
"""Words of asking."""
WHAT = re.compile(r"[哪谁]|啥(?!的)|(?<![这那])几|什么|怎|咋|如何|多[少大久长远]|\b(?:wh\w+|how)\b")
"""Words of asking for more than a yes or no."""
TAG = re.compile(r",\s*(?:right|correct|isn't it|doesn't it|aren't they|is it|yes)\s*(?=\?*\s*$)")
"""What an English question ends with that only asks for a yes."""
_OF_ONESELF = re.compile(
    r"^(?:(?:hi|hello|so|well|and|but)[, ]+)?(?:i|we|i['’](?:m|ve|d)|we['’](?:re|ve|d)|my|our)\b"
    r"(?!.*(?:[.;] |\b(?:what|which|who|when|where|how|why|any)\b))"
)
"""English words that tell of who is asking: my shop is near the station."""
WHICH = re.compile(
    r"(?:哪|多少|(?<![的这那好前后])几)(?:些|几|个|家|位|所|条|座|种|类|项|样|部分|方面|级|层|名|处|本|台|款|批|支|届|张|辆|套|栋|户|棵|头|只|亩|吨|场(?![所地景馆合面次站]))*|什么样?的?|"
    r"啥样?的?|谁|\b(?:which|what|how many|who)\b(?: kinds? of| other)?"
)
"""What asks for one or more of several things."""
_SPLIT = re.compile(
    rf"[?？]|[,，、](?=[^,，、]*(?:{_HOW}|几|哪|什么|啥|谁|怎|咋|如何|吗|没|不))|;|"
    r",? and (?=(?:(?:by|in|on|at|for|to|from|with) )?(?:which|what|how|who|when|where|why|is|are|does|do|can|will)\b)|"
    r", (?=(?:when|where|why|who|how much)(?:[,?]| and\b|$))"
)
_CUT = re.compile(r"((?:[^?;。.]|\.(?=\S)|(?<=\b\w)\.|(?<=\bno)\.)+)([?;。.]?)")
"""Sentences and the marks at their ends; no point is one in a number, or behind a letter (U.S. firms) or a no."""
_POINTS = ("。", ".")
_PARTICLE = re.compile(r"[吗呢么没不吧嘛]$")
"""What ends a question without its mark."""
_LEAD = re.compile(r"^(?:那么?(?![个些边里儿时种位家块])|还有(?!效|没|用)|另外|以及),?")
"""What leads to a question and is no part of it."""
_HEARSAY = re.compile(
    r"^(?:我?(?:在|从)?[^,]{0,4}(?:有人|别人|人家|同事|朋友|老板|领导|客户|邻居|亲戚|网上|新闻|报纸|电视|稿子|材料|群里|微信|抖音)"
    r"[里上头]*[^,]{0,2}(?:说|讲|吹|传|写|提)[的了到过]*,?|我?(?:听人?|据)[说讲],?)+"
)
"""Where what is asked about was heard or read."""
_TAG = re.compile(
    r"我?(?:是?(?:对|真的?|没错|没[记搞弄]错)|是|有)(?:这回事|这样|假的)?[的吧吗么嘛不没啊呢]*(?:[对是有])?[?]*$|"
    r"(?:is (?:that|it) )?(?:right|correct|true)[?]*$"
)
"""What only asks whether it is so."""
CLAUSES = re.compile("[^,;.。?!]+")
"""What stands between two marks."""
_SMALL = re.compile(
    "[我俺咱你您他她它们这那样话事条个里上面以全都就也还可能应该当大概好像是有没不得的地说讲记理解念写读看数算填抄听传想猜认为判断画图搞弄"
    "背答表述概括总结对错混岔漏偏反歪串妥靠谱准真假属实信站住前后毛病问题通消息吗吧么嘛呢啊呀哈把罢回了过着哦噻嗦哇]{2,14}[?]*"
)
"""Words that name nothing, and those with which somebody judges what is told, or says how he came by it."""
_SMALL_ENGLISH = re.compile(
    r"(?:(?:i|you|we|they|he|she|it|this|that|these|them|my|me|the|a|an|is|are|was|were|do|does|did|have|has|had|am|get|got|read|"
    r"reading|understand|understood|understanding|hear|heard|right|correct|correctly|true|accurate|accurately|sound|wrong|mistaken|verify|"
    r"confirm|check|please|pls|really|actually|so|then|or|not|no|yes|list|number|case|say|says|said|here|guess|think|claim|statement|"
    r"facts?|legit|can|could|would)(?![a-z])[' ,.?!]*){1,12}"
)
_JUDGED = re.compile(
    r"\b(?:right|correct|correctly|true|accurate|accurately|sound|wrong|mistaken|verify|confirm|legit|yes)\b|对(?![我你您他她它咱俺])|错|混|岔|漏|偏|反|歪|串|真|假|靠谱|理解|回事|是这样|站得住|毛病|没问题|说得通|准|属实|可信"
)
_OPEN = re.compile("[吗吧么嘛不没把哇嗦噻?]|的话$")
_TOPIC = re.compile(r"(?:[这那]一?(?:块|方面|件事)|方面)$")
"""What ends a clause that only names what the next one asks about."""
REACH = 4
"""Characters that may lie between what is asked for and the word of asking: 产业园区都有哪些."""
STORY_LENGTH = 60
"""Chinese characters above which a question is read as a story with a question inside."""
LATIN_SHARE = 0.3
"""What a character counts that is not Chinese: English takes about three for one of Chinese."""
_CHOICE = re.compile(r"得(.)不\1$")
_ON_IT = re.compile(r"[算计归由看靠谁]|怎|咋|如何")
"""What is asked about the matter that the words before it name as a choice: 落实得好不好,算进哪项考评."""
CHOICE = re.compile(r"还是|\bor\b")
"""Asks which of two things is so."""
TOLD = 8
"""Characters that tell something, at least; fewer merely name it."""
_KEYWORDS = re.compile(r"[\u3400-\u9fff] [\u3400-\u9fff]")
"""Words set apart name what is looked for."""
TERSE = 8
"""Characters up to which the mere name of what is wanted asks for it."""


def pieces_of(question: str, asks: Callable[[str], bool]) -> tuple[list[tuple[str, bool]], str]:
    """What a question asks one after the other: (words, whether they open a sentence), and what it only tells.

    Within a sentence the words that ask nothing by themselves go with the question behind them, else with the one
    before. Where nothing is asked, or all of it may be one question, it is left whole.
    """
    pieces: list[tuple[str, bool]] = []
    told: list[str] = []
    marked = "?" in question
    for sentence, mark in _CUT.findall(question):
        sentence = sentence.strip()
        if not sentence:
            continue
        if marked and mark in _POINTS and not _PARTICLE.search(sentence):
            # 我翻半天没找到。文件怎么说?
            told.append(sentence)
            continue
        asking: list[str] = []
        before, start = "", 0
        stretches = list(_stretches(sentence))
        for (begin, end), (following, _) in zip(stretches, [*stretches[1:], (len(sentence), 0)], strict=True):
            start = start if before else begin
            piece, before = sentence[begin:end].strip(), sentence[start:end].strip()
            if _CHOICE.search(piece) and _ON_IT.match(sentence[following:].strip()):
                continue
            if asks(piece) or (ASKS.search(piece) and asks(before)):
                asking.append(before)
                before = ""
        if not asking or (len(sentence) > TERSE and not ASKS.search(sentence)):
            told.append(sentence)
            continue
        if before:
            asking[-1] = f"{asking[-1]},{before}"
        pieces += [(piece, at == 0) for at, piece in enumerate(asking)]
    return (pieces, "。".join(told)) if pieces else ([(question, True)], "")


def _stretches(sentence: str) -> Iterator[tuple[int, int]]:
    """Where the stretches of a sentence lie, each of which may be a question: (begin, end)."""
    begin = 0
    for mark in _SPLIT.finditer(sentence):
        yield begin, mark.start()
        begin = mark.end()
    yield begin, len(sentence)


def asking_words(piece: str) -> str:
    """The words of a piece from the first clause that asks to the last: 租金多少 of 想入驻产业园,租金多少.

    Where that only asks if so (对吧) it is the clause before that is asked about, where one names its topic (环保这块),
    that too.
    """
    clauses = re.split("[,。]", _LEAD.sub("", piece))
    asking = [place for place, clause in enumerate(clauses) if ASKS.search(clause)]
    # An English verb that asks stands in what tells as well.
    asking = [place for place in asking if not _OF_ONESELF.match(clauses[place].strip())] or asking
    if not asking:
        return piece
    full = [place for place in asking if not (_TAG.match(clauses[place].strip()) or only_asks_if_so(clauses[place]))]
    first = full[0] if full else max(0, asking[0] - 1)
    if first and _TOPIC.search(clauses[first - 1]):
        first -= 1
    words = ",".join(clauses[first : asking[-1] + 1]).strip(" ?")
    return _HEARSAY.sub("", words) or words


def head_of(text: str, terms: Sequence[Term]) -> str:
    """The term next to the word of asking: right behind it, else last before it."""
    match = WHICH.search(text)
    if match is None:
        return ""
    after = text[match.end() :].lstrip("的 ")
    for term in terms:
        if after.startswith(term.surface):
            return term.surface
    before = [(text.rfind(term.surface, 0, match.start()) + len(term.surface), term.surface) for term in terms]
    ends = [(end, surface) for end, surface in before if match.start() - REACH <= end <= match.start()]
    return max(ends)[1] if ends else ""


def only_asks_if_so(clause: str) -> bool:
    """Whether a normalised clause only asks if what stands beside it is so, in whatever words: 他讲得没错吧."""
    clause = clause.strip()
    small = _SMALL_ENGLISH.fullmatch(clause) or (_SMALL.fullmatch(clause) and _OPEN.search(clause))
    return bool(small and _JUDGED.search(clause))


def plainly_tagged(text: str) -> str:
    """A normalised question that asks if what it tells is so, in whatever words, with 对吧 in their place."""
    tagged = CLAUSES.sub(
        lambda clause: "对吧" if only_asks_if_so(clause[0]) and not _TAG.match(clause[0]) else clause[0], text
    )
    return text if only_asks_if_so(text) or not _CJK.search(text) else tagged


def only_tells(text: str) -> bool:
    """Whether a normalised text tells something and asks for nothing."""
    return len(text) >= TOLD and not (ASKS.search(text) or CHOICE.search(text) or _KEYWORDS.search(text))


def language_of(text: str) -> Language:
    """The language that a question is answered in: Chinese as soon as it has one Chinese character."""
    return "zh" if _CJK.search(text) else "en"


def _length(text: str) -> float:
    """How long a text is, in Chinese characters."""
    chinese = len(_CJK.findall(text))
    return chinese + LATIN_SHARE * (len(text) - chinese)


def out_of_story(text: str) -> tuple[str, str]:
    """The question inside a long text, and the story around it."""
    if _length(text) <= STORY_LENGTH:
        return text, ""
    sentences = [sentence.strip() for sentence in _SENTENCE.findall(text) if sentence.strip()]
    asking = [sentence for sentence in sentences if ASKS.search(sentence)]
    if not asking:
        return text, ""
    question = asking[-1]
    if _length(question) > STORY_LENGTH:
        clauses = question.split(",")
        question = ",".join(clauses[-2:])
    return question, text.replace(question, " ")
