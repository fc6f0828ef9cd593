"""Which clauses mention a word, how many do, how often it stands there → every clause read, so that the count is proof.

What a search finds is what fits best; it may stop before the last. Who asks where a word stands wants all places, and
is answered by looking at each piece of each document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.expansion import SYNONYM
from assistant.answering.passage import Passage
from assistant.answering.references import CLAUSE
from assistant.answering.sub_question import SubQuestion
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index, without_misprints
from assistant.indexing.sentences import split_parts, split_sentences
from assistant.schema import Clause, Document, Language

MOST_QUOTED = 20
"""Pieces that are quoted, at most; all are counted."""
SHORTEST = 12
"""Characters of a quote, at least, where its sentence has as many."""
FEW = 3
"""Clauses, at most, that a matter is told by, when they are those that name it."""
LONGEST = 300
"""Characters of a question for where a word stands, at most: it is short, and a long run of words takes long to try."""
LONGEST_WORD = 3
"""Characters of what is surely a word, and no matter that a document may put in other words."""

_CLAUSES = rf"(?:条款|条文|法条|{CLAUSE}|款(?!项)|章节?|段落?|部分|份?(?:文件|文档))"
_ANYWHERE = rf"(?:{_CLAUSES}|地方|处)"
_ALL = r"(?:第?几|哪[些几一]?个?|多少|所有的?|全部的?|每一?)"
_INSIDE = r"(?:里面?|中|当中|内容|都|也|还|明确|专门|直接|具体)*"
MENTION = r"(?:提(?:到|及|过|了)|[讲说谈写]到|提起)[了过]?"
TREAT = r"(?:涉及到?|包含|含有?|出现|是?关于|是?有关(?!系|联))[了过]?(?:跟|和|与)?"
_DOCUMENT = r"(?:(?:这[份个篇]|该|本|全|整[份个])?(?:文件|决定|政策|通知|办法|意见|方案|条例|规定|正文|全文|文[中里]))"
_TIMES = r"(?:多少|[几哪])(?:次|回|遍|处)"
_TOTAL = r"(?:总共|一共|共|都|被|有)*"
_END = r"(?:的(?:内容|规定|事情?|问题|要求)?|相关(?:的)?内容)?(?:都?(?:列|写|找)(?:一下|出来)*)?[吗么呢啊?？。!]*"
_END += r"(?:,(?:都|分别|各自?|具体|怎么|是哪)[^,]{,10})?$"
_COLLECT = r"(?:列|找|摘|整理|汇总|念|说|给|拉)"
_WHERE = [
    # 哪几条提到康养, 一共有多少条讲到重庆, 哪几条是关于人才的
    rf"{_ALL}{_CLAUSES}{_INSIDE}(?:{MENTION}|{TREAT})(?P<word>.+?){_END}",
    # 文件里哪些地方说到医疗; 哪些地方涉及拆迁 asks for places on the map
    rf"{_ALL}(?:地方|处){_INSIDE}{MENTION}(?P<word>.+?){_END}",
    # 哪几条跟养老有关
    rf"{_ALL}{_CLAUSES}{_INSIDE}是?[跟和与同](?P<word>.+?)(?:有关系?|相关|沾边)[的吗呢?？。]*$",
    # 提到重庆的条款有哪些, 所有涉及钒钛的条款, 涉及钒钛的有几条
    rf"(?:{MENTION}|{TREAT})(?P<word>[^,]+?)的(?:条款|条文|条目|(?:一共|总共)?[是有]?{_ALL}{_ANYWHERE}).{{0,12}}$",
    # 提到康养的地方都列出来; what is 关于康养 need not say so by that word
    rf"{MENTION}(?P<word>[^,]+?)的(?:内容|规定|表述|说法|地方)(?:都|全部?|统统|所有的?)+{_COLLECT}.{{0,6}}$",
    # 两座新城在哪些条款里提到
    rf"^(?P<word>[^,]+?)(?:是?在|被)+{_ALL}{_ANYWHERE}(?:里面?|中)*(?:被|有)*(?:{MENTION}|出现)[了过的吗呢?？。]*(?:,.{{,12}})?$",
    # 生态补偿在哪几条; where one clause is asked for it need not be by that word
    r"^(?P<word>[^,]+?)(?:都|一共)*在(?:哪[几些]|多少|(?<!第)几)个?条(?:款|文)?(?:里面?|中)*[吗呢?？。]*$",
    # 康养在文件里出现了几次, 钒钛这个词一共提到多少次
    rf"^(?P<word>.+?)(?:这?一?[个两几]?(?:词|字|字眼|说法))?(?:在?{_DOCUMENT}(?:里面?|中)?)?{_TOTAL}"
    rf"(?:出现|提到|提及|讲到|说到|提)(?:了|过)*{_TIMES}[吗呢?？。]*$",
    # 十四五这个词出现在哪
    rf"^(?P<word>[^,]+?)\s*(?:这?一?[个两几]?(?:词|字眼|说法|提法))\s*(?:在?{_DOCUMENT}(?:里面?|中)?)?{_TOTAL}"
    r"(?:出现|写|提|用)[了过到]?(?:在|于)?(?:哪[里儿些]?|什么|第几条)(?:地方|条|处)?[里中]?[吗呢?？。]*(?:[,\s].{,12})?$",
    # 一共几次提到康养, 提到几次重庆, 提到康养多少次
    rf"{_TIMES}{MENTION}(?P<word>.+?){_END}",
    rf"{MENTION}{_TIMES}(?P<word>.+?){_END}",
    rf"{MENTION}(?P<word>[^,]+?)(?:的(?:地方)?)?{_TOTAL}{_TIMES}[吗呢?？。]*$",
]
_WORD_ENGLISH = r"(?P<word>.+?)[?.!]*$"
_ON = r"[讲说写](?![明法清究义得到在])(?:的是?|了|过)?"
_WHERE_ON = [
    # 哪几条讲养老, 讲养老的是哪一条: asks for what is on a matter, in whatever words
    rf"{_ALL}{_CLAUSES}{_INSIDE}是?{_ON}(?P<word>.+?){_END}",
    rf"^{_ON}(?P<word>[^,]+?)的(?:条款|条文|(?:一共|总共)?[是有]?{_ALL}{_ANYWHERE}).{{0,12}}$",
    # 有没有提到养老
    rf"有没有(?:{MENTION}|提)(?P<word>.+?){_END}",
    rf"\b(?:does|do) (?:the |this )?(?:document|decision|policy|it|text) mention {_WORD_ENGLISH}",
]
IN_ENGLISH = (
    r"(?:mention(?:s|ed)?|talks? about|speaks? (?:of|about)|refers? to|deals? with|covers?|discuss(?:es)?|contains?|"
    r"(?:is|are) about|says? (?:something|anything) about|relates? to|concerns?)"
)
_CLAUSES_ENGLISH = r"(?:clause|article|section|provision|paragraph|part|place|document)s?"
_WHERE_ENGLISH = [
    rf"\b(?:which|what|how many) (?:of the )?{_CLAUSES_ENGLISH}(?: (?:of|in) (?:the |this )?[a-z]+)? "
    rf"{IN_ENGLISH} {_WORD_ENGLISH}",
    rf"\b(?:all|every|each)(?: of)?(?: the)? {_CLAUSES_ENGLISH} "
    rf"(?:(?:that |which )?{IN_ENGLISH}|mentioning|about|on) {_WORD_ENGLISH}",
    r"\bhow (?:often|many times) (?:is|are|do|does) (?:the )?(?:word |term )?(?P<word>.+?) "
    r"(?:mentioned|appear|occur|come up|used)\b.*$",
    r"\bhow (?:often|many times) (?:do|does) (?:the |this )?(?:document|decision|policy|it|text) "
    rf"(?:mention|use|say) {_WORD_ENGLISH}",
]
_QUESTIONS = [re.compile(pattern) for pattern in [*_WHERE, *_WHERE_ENGLISH]]
_QUESTIONS_ON = [re.compile(pattern) for pattern in _WHERE_ON]
_BEFORE = re.compile(
    rf"^(?:请问|那么?|麻烦|帮我?|看看|查查?|数数?|找找?|一下|统计|想知道|{_DOCUMENT}|里面?|中|"
    r"[,，\s“”\"'‘’《》「」]|the |a )+"
)
_BEHIND = re.compile(
    r"(?:[\s“”\"'‘’《》「」]|(?<![成首京古])都|一共|总共|散落?|分[布散]|这一?个?(?:词|字眼|说法|提法)|这[一些]?[类种些]的?(?:话|内容|东西|说法)?)+$"
)
_MARKS = "；;，,：: "
"""What parts a sentence into stretches."""
_NO_WORD = re.compile(r"^[,?。]|谁|什(?!锦)|啥|怎|如何|[你我他她它]|\b(?:what|which|who|it|them|this|that|me|us)\b")
"""What is asked for, or only pointed at, is no word to look for."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where words stand.

    Attributes:
        words: what was looked for.
        literally: whether it is the question's own word, and not one that means the same.
        clauses: how many clauses were read.
        holding: those that hold one of the words, in reading order.
        documents: how many documents these are of.
        times: how often the words stand in the documents as a whole.
        passages: the first stretch where one stands in each piece that is no title or heading, as many as are wanted.
    """

    words: tuple[str, ...]
    literally: bool
    clauses: int
    holding: tuple[Clause, ...]
    documents: int
    times: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The word of which a question asks where it stands; `loosely` where it may only be what the clause is on."""

    word: str
    loosely: bool = False


def wanted_word(text: str) -> Wanted | None:
    """The word of which a normalised question asks where, or how often, it stands; None where it asks neither."""
    if len(text) > LONGEST:
        return None
    for questions, loosely in ((_QUESTIONS, False), (_QUESTIONS_ON, True)):
        for question in questions:
            match = question.search(text)
            if match is None or _NO_WORD.search(match["word"]):
                continue
            word = _BEHIND.sub("", _BEFORE.sub("", match["word"]))
            if len(word) > 1:
                return Wanted(word, loosely)
    return None


def mentions(
    index: Index,
    question: SubQuestion,
    wanted: Wanted,
    documents: Sequence[Document],
    language: Language,
    *,
    most: int | None = MOST_QUOTED,
) -> Mentions | None:
    """Every place where a word stands, or else words that mean the same.

    Args:
        index: where the documents are.
        question: what is asked, for the words that stand in for its own.
        wanted: what `wanted_word` gave.
        documents: those to read.
        language: of the question; an English word is looked for in the translations.
        most: how many passages to give, at most; None for all, of which some are still to be chosen.

    Returns:
        None where it is no word but a matter in several, or where not all can be read in the language of the word: a
        search may find it. So may what is on a matter that none names, or more than FEW.
    """
    word, english = wanted.word, language == "en"
    readable = not english or all(index.translation_of(one.id, 0, len(one.text)) for one in documents)
    found = _places(index, (word,), documents, english, literally=True, most=most) if readable else None
    if wanted.loosely:
        return found if found and 0 < len(found.holding) <= FEW else None
    if found and found.times:
        return found
    term = next((term for term in question.terms if term.surface == word), None)
    if term is None and (" " in word or (len(word) > LONGEST_WORD and not english)):
        return None
    standins = term.standins if term else ()
    alike = tuple(w for w, degree in standins if degree >= SYNONYM and w != word and not w.isascii())
    if alike:
        instead = _places(index, alike, documents, english=False, literally=False, most=most)
        if instead.times:
            return instead
    return found


def _places(
    index: Index,
    words: Sequence[str],
    documents: Sequence[Document],
    english: bool,
    literally: bool,
    most: int | None,
) -> Mentions:
    holding: list[tuple[str, Clause]] = []
    passages: list[tuple[Passage, bool]] = []
    counts, clauses = dict.fromkeys(words, 0), 0
    for document in documents:
        for clause in document.clauses:
            clauses += clause.kind == "clause"
            whole = "".join(index.text(row) for row in index.clause_rows(document.id, clause.position))
            if not english and not any(word in whole for word in words):
                continue
            first: Passage | None = None
            for start, end, text in clause_stretches(index, document, clause, english):
                for word in words:
                    times = _times(word, text)
                    counts[word] += times
                    if times and first is None:
                        first = Passage(document.id, clause.position, start, end)
            if first is not None:
                passages.append((first, clause.kind in ("clause", "preamble")))
                holding += [(document.id, clause)] if clause.kind == "clause" else []
    # A title or a heading is quoted where nothing under it holds the word.
    quoted = [passage for passage, is_text in passages if is_text] or [passage for passage, _ in passages]
    held = tuple(word for word in words if counts[word]) or tuple(words)
    return Mentions(
        words=held,
        literally=literally,
        clauses=clauses,
        holding=tuple(clause for _, clause in holding),
        documents=len({document for document, _ in holding}),
        times=sum(counts.values()),
        passages=tuple(quoted[:most]),
    )


def _times(word: str, text: str) -> int:
    if word.isascii():
        return len(re.findall(rf"(?<![a-z0-9]){re.escape(word)}(?:e?s)?(?![a-z0-9])", text))
    return text.count(word)


def clause_stretches(index: Index, document: Document, clause: Clause, english: bool) -> list[tuple[int, int, str]]:
    """A piece without its label in stretches that can be quoted: (start, end, normalised text).

    With `english` the text is that of the translation. Else a stretch is what stands between commas, joined with what
    follows it in its sentence where it is shorter than SHORTEST.
    """
    found = []
    if english:
        for pair in index.translation_of(document.id, clause.start, clause.end):
            shown = document.text[pair.start : pair.end].rstrip(_MARKS)
            found.append((pair.start, pair.start + len(shown), normalize(pair.text)))
        return found
    body = clause.start + len(clause.label)
    for start, end in split_sentences(document.text[body : clause.end]):
        sentence = document.text[body + start : body + end]
        opened: int | None = None
        for part_start, part_end in split_parts(sentence, _MARKS):
            opened = part_start if opened is None else opened
            if part_end - opened < SHORTEST and part_end < len(sentence):
                continue
            shown = sentence[opened:part_end].rstrip(_MARKS)
            left = body + start + opened
            found.append((left, left + len(shown), normalize(without_misprints(shown, document.record))))
            opened = None
    return found
