"""What the assistant says in its own words of clauses: by their number, how many there are, which ones hold a word."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.everything import MOST_QUOTED, Collected
from assistant.answering.mention_sets import ClauseSet
from assistant.answering.mentions import Mentions
from assistant.answering.wording import HOTLINE, listed
from assistant.schema import Clause, Language


def no_such_clause(
    numbers: Sequence[int], count: int, label: str, title: str, language: Language, *, restart: bool = False
) -> str:
    """That there are no clauses of some numbers: the reply to who asks for them, or the closing line beside others.

    A number below 0 counts from the end; 0 is the clause before the first one. Of several documents, `title` names the
    one with the most clauses, `count` of them, `label` the last; it is empty where clauses have no numbers.
    With `restart` these start again in each part, and `label` has the highest.
    """
    if language == "en":
        named = [f"clause {n}" if n > 0 else f"clause {-n} from the end" if n else "such clause" for n in numbers]
        of = (
            f"of the documents I hold, “{title}” has the most, {count} clauses"
            if title
            else f"the document has {count} clauses"
            if label
            else "the document is not divided into clauses"
        )
        last = f", the last one is {label}" if label else ""
        return f"There is no {listed(named, language)}: {of}{last}."
    named = [f"第{n}条" if n > 0 else f"倒数第{-n}条" if n else "这一条" for n in numbers]
    of = f"条数最多的是《{title}》，共有{count}条" if title else f"该文件共有{count}条" if label else "该文件不分条"
    last = f"，最后一条是{label}" if label else ""
    if restart:
        last = f"，分部分编号，最大的编号是{label}"
    return f"没有{listed(named, language)}：{of}{last}。"


def not_in_clause(clause: Clause, missing: Sequence[str], language: Language) -> str:
    """That a clause does not say what is asked of it; `missing` are noun phrases."""
    if language == "en":
        return f"Clause {clause.number} does not state {listed(missing, language)}. {HOTLINE['en']}"
    return f"{clause.label}没有写明{listed(missing, language)}。{HOTLINE['zh']}"


def more_of_a_number(more: int, language: Language) -> str:
    """The closing line where a document has further clauses of the number that is asked for."""
    if language == "en":
        return f"{more} more clauses have this number; please say which part is meant."
    return f"（文件分部分编号，同一编号的还有{more}条，可说明是哪一部分再问。）"


def no_such_inside(numbers: Sequence[int], labels: Sequence[str], language: Language) -> str:
    """That a part has no clauses of some numbers, counted within it; `labels` are those that it has."""
    if language == "en":
        named = [f"clause {n}" if n > 0 else f"clause {-n} from the end" for n in numbers]
        return f"That part has no {listed(named, language)}: it has {len(labels)}, {labels[0]} to {labels[-1]}."
    named = [f"第{n}条" if n > 0 else f"倒数第{-n}条" for n in numbers]
    return f"这一部分没有{listed(named, language)}：共{len(labels)}条，从{labels[0]}到{labels[-1]}。"


def no_such_part(
    numbers: Sequence[int], counted: tuple[int, bool], called: str, documents: int, language: Language
) -> str:
    """That there are no parts of some numbers: the reply to who asks for them, or the closing line beside others.

    A number below 0 counts from the end. `counted` is how many parts the document, or of several `documents` any of
    them, has at most, or, where the count starts again, how far it goes, and whether it does; `called` what they are
    called (章), empty for 部分.
    """
    most, restarts = counted
    if language == "en":
        unit = _UNITS.get(called, "part")
        named = [f"{unit} {number}" if number > 0 else f"{unit} {-number} from the end" for number in numbers]
        has = f"{most} {unit}{'s' * (most > 1)}" if most else f"no {unit}s"
        has += " in a row at most" if restarts else ""
        of = f"no document I hold has more than {most}" if documents > 1 else f"the document has {has}"
        return f"There is no {listed(named, language)}: {of}."
    unit = called or "部分"
    many = _counted(most, called)
    named = [f"第{number}{unit}" if number > 0 else f"倒数第{-number}{unit}" for number in numbers]
    of = f"已收录的文件最多有{many}" if documents > 1 else f"该文件共有{many}" if most else f"该文件不分{unit}"
    if restarts:
        of = f"{'已收录的' if documents > 1 else '该'}文件最多编到第{most}{unit}"
    return f"没有{listed(named, language)}：{of}。"


def which_document(titles: Sequence[str], count: int, language: Language) -> str:
    """The reply to a question that any of several documents may be meant by: some of their titles, and how many."""
    more = count > len(titles)
    if language == "en":
        lines = [f"This could be asked of {count} documents. Please ask again and say which one is meant:"]
        return "\n".join([*lines, *(f"- {title}" for title in titles), *(["- …"] if more else [])])
    lines = [f"有{count}份文件都可能是您要问的，请说明是哪一份，再问一次："]
    return "\n".join([*lines, *(f"- {title}" for title in titles), *(["- ……"] if more else [])])


def clause_count(count: int, language: Language) -> str:
    """What leads the quote of the last clause in an answer to how many clauses there are."""
    if language == "en":
        return f"The document has {count} clauses. The last one is: "
    return f"该文件共有{count}条，最后一条是："


_UNITS = {"章": "chapter", "节": "section"}


def _counted(count: int, called: str) -> str:
    return f"{count}{called}" if called not in ("", "部分") else f"{count}个部分"


def part_count(count: int, called: str, language: Language) -> str:
    """What leads the headings of the parts in an answer to how many there are; `called` is their name (章)."""
    if language == "en":
        return f"The document has {count} {_UNITS.get(called, 'part')}{'s' * (count > 1)}: "
    return f"该文件共有{_counted(count, called)}："


def mentions(found: Mentions, word: str, documents: int, language: Language) -> str:
    """What leads the quotes of the clauses that mention a word: how many of all, which ones, and how often in all."""
    words = "、".join(f"“{one}”" for one in found.words)
    several = documents > 1
    many, times = len(found.holding), found.times
    labels = _labels(found.holding)
    if language == "en":
        words = " or ".join(f"“{one}”" for one in found.words)
        read = f"I read all {found.clauses} clauses" + (f" of {documents} documents" if several else "")
        if not many:
            return f"{read}: none mentions {words}, but it stands elsewhere in the text: "
        of = f"of {found.documents} document{'s' * (found.documents > 1)}"
        which = of if several else ", ".join(str(c.number) for c in found.holding)
        shown = f"; the first {len(found.passages)} places" if many > len(found.passages) else ""
        return f"{read}: {many} mention{'s' * (many == 1)} {words} ({which}), {times} {_times(times)} in all{shown}: "
    read = (f"{documents}份文件" if several else "") + f"共{found.clauses}条，已逐条查过"
    unsaid = "" if found.literally else f"没有“{word}”这个说法，"
    if not many:
        return f"{read}：{unsaid}没有一条提到{words}，条款以外写到的是："
    which = f"（见于{found.documents}份文件）" if several else f"（{labels}）"
    shown = f"，先列前{len(found.passages)}处" if many > len(found.passages) else ""
    return f"{read}：{unsaid}提到{words}的有{many}条{which}，全文共{times}次{shown}："


def mention_set(
    found: ClauseSet | None, having: Sequence[str], lacking: Sequence[str], documents: int, language: Language
) -> str:
    """What leads the quotes of the clauses that have some words and lack others, or says that there are none.

    `found` is None where the words cannot be looked for in the language of the question.
    """
    shown_all = found is None or len({(one.document, one.position) for one in found.passages}) == len(found.holding)
    if language == "en":
        words, others = (" and ".join(f"“{word}”" for word in words) for words in (having, lacking))
        which = f"mention {words}" + (f" but not {others}" if lacking else "") if having else f"do not mention {others}"
        if found is None:
            return f"I cannot tell from the Chinese text which clauses {which}. {HOTLINE['en']}"
        read = f"I read all {found.clauses} clauses" + (f" of {documents} documents" if documents > 1 else "")
        if not found.holding:
            return f"{read}. There are none that {which}. {HOTLINE['en']}"
        labels = ", ".join(str(clause.number) for clause in found.holding)
        labels = f"of {found.documents} documents" if documents > 1 else labels
        shown = "" if shown_all else f"; the first {len(found.passages)} places"
        return f"{read}: {len(found.holding)} {which} ({labels}){shown}: "
    named = ["和".join(f"“{word}”" for word in words) for words in (having, lacking)]
    which = ("同时提到" if len(having) > 1 else "提到") + named[0] if having else ""
    which += ("、但" if having and lacking else "") + (f"没有提到{named[1]}" if lacking else "")
    if found is None:
        return f"我无法逐条核对哪些条款{which}。{HOTLINE['zh']}"
    read = (f"{documents}份文件" if documents > 1 else "") + f"共{found.clauses}条，已逐条查过"
    if not found.holding:
        return f"{read}，没有一条{which}。{HOTLINE['zh']}"
    labels = _labels(found.holding)
    labels = f"见于{found.documents}份文件" if documents > 1 else labels
    shown = "" if shown_all else f"，先列前{len(found.passages)}处"
    return f"{read}：{which}的有{len(found.holding)}条（{labels}）{shown}："


def collected(found: Collected, language: Language) -> str:
    """What leads the quotes of all clauses on a matter: how many were looked at, how many belong, and which ones."""
    many, several = len(found.holding), found.documents > 1
    labels = _labels(found.holding)
    if not many:
        return ""
    if language == "en":
        which = f"of {found.documents} documents" if several else ", ".join(str(c.number) for c in found.holding)
        shown = f"; the first {MOST_QUOTED}" if many > MOST_QUOTED else ""
        read = f"all {found.clauses} clauses" + (f" of {found.read} documents" if found.read > 1 else "")
        by = "; told by what they mean, so that some may be missing" if found.by_meaning else ""
        return f"I went through {read} and found {many} on this ({which}){shown}{by}: "
    which = f"（见于{found.documents}份文件）" if several else f"（{labels}）"
    shown = f"，先列前{MOST_QUOTED}条" if many > MOST_QUOTED else ""
    read = (f"{found.read}份文件" if found.read > 1 else "") + f"共{found.clauses}条"
    by = "，按意思判断，可能有遗漏" if found.by_meaning else ""
    return f"{read}，已逐条查过，找到相关的{many}条{which}{shown}{by}："


def _labels(clauses: Sequence[Clause]) -> str:
    """The numbers of clauses as they are printed, without brackets; of those without labels their ordinals."""
    return "、".join(clause.label.strip("（）() 、.") or _numbered(clause.number) for clause in clauses)


def _numbered(number: int) -> str:
    """What a clause without a label is called, here as beside a citation."""
    return f"第{number}条" if number else ""


def mentioned_nowhere(word: str, clauses: int, language: Language) -> str:
    """The reply to where a word stands that no clause holds."""
    if language == "en":
        return f"I read all {clauses} clauses I hold: none mentions “{word}”. {HOTLINE['en']}"
    return f"已收录的文件共{clauses}条，已逐条查过，没有一条提到“{word}”。{HOTLINE['zh']}"


def _times(times: int) -> str:
    return "time" if times == 1 else "times"


def source(labels: Sequence[str], numbers: Sequence[int], language: Language) -> str:
    """What leads the quotes in an answer to where that stands.

    Before the first clause a label is empty and a number 0; of a clause that has no label the number is told.
    """
    if language == "en":
        return f"It stands in {_joined([f'clause {n}' if n else 'the opening' for n in numbers])}: "
    places = [label or _numbered(number) or "文件开头" for label, number in zip(labels, numbers, strict=True)]
    return f"出自{'、'.join(places)}，点引用可打开原文："


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
