"""What the assistant says in its own words, in Chinese and in English: refusals, corrections, leads and notes.

What documents say is only ever quoted. What is said of clauses by number or count is in `wording_of_clauses`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answering.answerability import Judgement
from assistant.answering.degrees import KNOWN, TELLING
from assistant.answering.english_numbers import in_english
from assistant.answering.expansion import Term
from assistant.answering.missing_kind import PERMISSION
from assistant.answering.ranking import Ranking
from assistant.answering.triage import Triage
from assistant.schema import Language, Record

HOTLINE = {
    "zh": "可拨打政务服务便民热线12345核实或咨询。",
    "en": "The government service hotline 12345 can help further.",
}

AN_ANSWER = {"zh": "这个问题的答案", "en": "an answer to this question"}
"""What is missing, where nothing more specific is known."""
MOST_NAMED = 3
"""How many numbers that no clause or part has are named, at most."""
REWORDED = 0.5
"""What a word of the question tells that the documents do not use, as a share of one that they do."""
_ASKING = re.compile(r"多[少大长高重久]|[几哪谁啥]|什么|^(?:钱|金额|money|amount|number)$")
"""A word of asking, which is no part of what a question is about: 面积多大, how much money."""
_OF_A_LABEL = re.compile(r"[、或的]")

_STATES = {
    "in_force": ("现行有效", "in force"),
    "amended": ("已修改", "amended"),
    "repealed": ("已废止", "repealed"),
}

_REPLIES: dict[str, tuple[str, str]] = {
    "greeting": (
        "您好！我依据已收录的政策文件回答问题，逐字引用原文，请问您想了解哪方面的政策？",
        "Hello! I answer from the policy documents I hold, quoting them word for word. What would you like to know?",
    ),
    "thanks": (
        "不客气，还想了解文件里的哪些内容，随时可以问我。",
        "You're welcome. Ask whenever you want to know more of what the documents say.",
    ),
    "identity": (
        "我是政策文件问答助手，只依据已收录的文件回答并逐字引用条款，我的回答不是官方答复。",
        "I am an assistant that answers only from the policy documents it holds, quoting the clauses word for word; "
        "my answers are not official replies.",
    ),
    "injection": (
        "我只依据已收录的政策文件如实回答，不能改变规则、扮演他人或改写文件内容。请直接提出您想了解的政策问题。",
        "I only answer truthfully from the policy documents I hold; I cannot change my rules, play a role or alter "
        "what they say. Please ask what you would like to know about the policy.",
    ),
    "insult": (
        "很抱歉没能帮到您。请告诉我您想了解哪项政策，我会依据文件原文回答。",
        "I am sorry that I could not help. Tell me which policy you want to know about; I will answer from the text.",
    ),
    "personal_advice": (
        "这需要医生、律师等专业人士结合您的具体情况判断，我只能告诉您政策文件里写了什么。",
        "That needs a doctor, a lawyer or another professional who knows your case; I can only say what the policy "
        "documents state.",
    ),
    "task": (
        "这不在我的服务范围内：我只回答已收录政策文件里的内容。",
        "That is outside what I do: I only answer what the policy documents I hold say.",
    ),
}


def reply(kind: Triage, language: Language) -> str:
    """The short reply to what does not ask the documents."""
    return _REPLIES[kind][language == "en"]


def out_of_scope(language: Language) -> str:
    """The reply to a question about other things than the documents."""
    if language == "en":
        return "The policy documents I hold do not deal with this, so I cannot answer it. " + HOTLINE["en"]
    return "已收录的政策文件没有涉及这个问题，我无法回答。" + HOTLINE["zh"]


def subject(ranking: Ranking, judgement: Judgement) -> str:
    """What a question is about: its most telling word, rather one that the documents use; empty for none.

    Not the kind of answer that is missing, which is named beside it: 新区面积 is about the 新区. A place is named where
    there is no other noun, one that all of a document is about where there is no other word, be it a verb.
    """
    kind = judgement.missing_kind
    label = kind.label[0] if kind else ""
    own = _OF_A_LABEL.split(label) if label else []

    def aptness(named: tuple[Term, float]) -> tuple[bool, bool, bool, float]:
        (term, degree), word = named, named[0].surface
        told = term.weight * (1.0 if degree >= 1.0 else REWORDED)
        return word not in judgement.at_home, not _ASKING.search(word) and word not in label, not term.place, told

    held = ranking.support.max(axis=1) if ranking.support.size else []
    known = [
        (term, degree)
        for term, degree in zip(ranking.terms, held, strict=False)
        if degree >= KNOWN or (term.names and term.weight >= TELLING)
    ]
    names = [named for named in known if named[0].names]
    if any(term.surface not in judgement.at_home for term, _ in names):
        known = names
    if not names:
        return ""
    word = max(known, key=aptness)[0].surface
    if word in label or _ASKING.search(word):
        return ""
    return next((word.removesuffix(end) for end in own if end and word.endswith(end)), "") or word


def refusal(missing: Sequence[str], language: Language, looked_at: int = 0) -> str:
    """The reply to a question about the documents' subject that they do not answer: names what is missing of it.

    With `looked_at` it says that so many clauses, all there are, were looked at.
    """
    named = listed(missing, language)
    if language == "en":
        through = f" (I went through all {looked_at} clauses)" if looked_at else ""
        return f"The policy documents I hold do not state {named}{through}, so I cannot answer this. {HOTLINE['en']}"
    through = f"（共{looked_at}条，已逐条查过）" if looked_at else ""
    return f"已收录的政策文件{through}没有写明{named}，我不能凭推测回答。{HOTLINE['zh']}"


def missing_part(
    judgement: Judgement,
    subject: str,
    foreign: Sequence[str],
    language: Language,
    own_words: str = "",
    several: bool = False,
) -> str:
    """What is missing, as a noun phrase.

    Args:
        judgement: what was found out about the question.
        subject: what it is about, where the documents know it.
        foreign: places that it names and no document does.
        language: of the phrase.
        own_words: those of the question, empty where they should not be repeated.
        several: whether it is one of several, which its own words tell apart.
    """
    english = language == "en"
    if foreign:
        return f"anything about {foreign[0]}" if english else f"关于“{foreign[0]}”的内容"
    if judgement.missing_label:
        name = judgement.missing_label
        return f"what “{name}” consists of" if english else f"“{name}”具体包括什么"
    if judgement.missing_years and not judgement.years_elsewhere:
        year = judgement.missing_years[0]
        return f"anything for {year}" if english else f"{year}年的情况"
    if judgement.missing_number:
        number = judgement.missing_number
        return f"“{in_english(number)}”" if english else f"“{number}”"
    said = ""
    if own_words:
        said = f"an answer to “{own_words}”" if english else f"“{own_words.replace(',', '，')}”"
    if said and (several or judgement.missing_kind is PERMISSION):
        return said
    if judgement.missing_kind:
        label = judgement.missing_kind.label[english]
        if english:
            return f"{label} for “{subject}”" if subject else label
        return f"“{subject}”的{label}" if subject else f"这里所问的{label}"
    if judgement.missing_terms and (judgement.missing_things or not said):
        words = judgement.missing_terms[:2]
        return (
            ("anything about " + " or ".join(f"“{word}”" for word in words))
            if english
            else "、".join(f"“{word}”" for word in words) + "的具体规定"
        )
    if said:
        return said
    if subject:
        return f"what is asked about “{subject}”" if english else f"所问的“{subject}”的情况"
    return AN_ANSWER[language]


def missing_note(missing: Sequence[str], language: Language) -> str:
    """The closing line of an answer to half of a question: what is missing of the other half."""
    named = listed(missing, language)
    return f"The documents do not state {named}." if language == "en" else f"文件没有写明{named}。"


def read_as(corrected: Sequence[tuple[str, str]], language: Language) -> str:
    """The closing line of an answer to a question in which spelling was put right: (as typed, as understood)."""
    if language == "en":
        return "I read " + ", ".join(f"“{typed}” as “{meant}”" for typed, meant in corrected) + "."
    return "（问题中的" + "，".join(f"“{typed}”按“{meant}”理解" for typed, meant in corrected) + "。）"


def model_away(language: Language) -> str:
    """The closing line of an answer that the configured chat model should have written."""
    if language == "en":
        return "The chat model is not available at the moment; this answer quotes the documents instead."
    return "（对话模型暂时无法使用，以上回答直接引用文件原文。）"


def listed(named: Sequence[str], language: Language) -> str:
    """A few names in a row, and that there are more where there are."""
    shown = list(named[:MOST_NAMED])
    more = len(named) > len(shown)
    if language == "en":
        return ", ".join(shown) + " and so on" if more else " or ".join(shown)
    return "、".join(shown) + "等" * more


_PUT_RIGHT = {"zh": ("文件写的不是", "，原文是："), "en": ("", " is not what the document says. It says: ")}
_SAID_AFTER_ALL = {"zh": "文件里写到了，原文是：", "en": "The document does speak of it. It says: "}


def correction(wrong: str, language: Language) -> str:
    """What leads the quote that a premise goes against; `wrong` is empty where the premise is that nothing is said."""
    if not wrong:
        return _SAID_AFTER_ALL[language]
    before, after = _PUT_RIGHT[language]
    return f"{before}“{in_english(wrong).title() if language == 'en' else wrong}”{after}"


def puts_right(text: str) -> bool:
    """Whether an answer says that a question's premise is not what the document says."""
    otherwise = any(before in text and after in text for before, after in _PUT_RIGHT.values())
    return otherwise or any(lead.strip() in text for lead in _SAID_AFTER_ALL.values())


def in_force(record: Record, language: Language) -> str:
    """What leads the quote of when a document is from in an answer to whether it still holds.

    That is said of no document by itself: whoever loaded it has put it down.
    """
    state = _STATES[record.status][language == "en"]
    day = date.fromisoformat(record.repealed) if record.repealed else None
    if language == "en":
        since = f" since {day.day} {day:%B %Y}" if day else ""
        return f"It is put down here as {state}{since}; its issuer has the last word. The document says: "
    since = f"（{day.year}年{day.month}月{day.day}日起）" if day else ""
    return f"该文件登记为{state}{since}，以发布机关公布的为准。原文："


def translated(english: str, quote: str) -> str:
    """A sentence of an English answer: the unofficial translation with the authoritative words under it."""
    return f"{english}\n> {quote}"


def untranslated(quote: str) -> str:
    """A sentence of an English answer from a document without a translation; rows of a table on lines of their own."""
    prose, row, rows = f"\n{quote}".partition("\n|")
    said = f" “{prose.strip()}”" if prose.strip() else ""
    return f"The document says (in Chinese):{said}{row}{rows}"


_ON_THE_ANSWER = {
    "check": (
        "以下是文件原文，逐字引用，点引用可核对：",
        "These are the document's own words; open the citation to check them: ",
    ),
    "plain": (
        "我只引用原文，不改写，以免走样。需要解读可拨打12345。原文：",
        "I quote and do not rephrase, so that nothing is changed; the hotline 12345 can explain. The document says: ",
    ),
    "more": ("相近的内容还有：", "Near to it the documents also say: "),
    "no_more": (
        "各条已逐条查过，没有找到别的内容，点引用可看整条：",
        "I went through all clauses and found nothing else on it; open the citation for the whole clause: ",
    ),
    "within": ("更具体的是：", "In more detail: "),
    "whole": ("这一条的全文是：", "The clause in full: "),
}


def on_the_answer(wish: str, language: Language) -> str:
    """What leads the quotes where a turn was about the answer before it; empty where nothing needs to be said."""
    return _ON_THE_ANSWER[wish][language == "en"] if wish in _ON_THE_ANSWER else ""


def rest_missing(language: Language) -> str:
    """The closing line of an answer to half of a question, where the other half is not named."""
    return "The documents do not state the rest of it." if language == "en" else "其余部分文件没有写明。"


def overview_lead(language: Language) -> str:
    """What leads the headings in an overview."""
    return "Main points:" if language == "en" else "主要内容："
