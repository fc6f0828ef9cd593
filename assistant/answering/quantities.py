"""The quantities that a question names, and whether a text has them, in whatever notation, or as a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from assistant.answering.amounts import LARGE, YEAR, Amount, amounts, written
from assistant.answering.asked import is_to_confirm
from assistant.answering.english_numbers import english_quantities
from assistant.answering.essence import plain, runs, without_thousands
from assistant.indexing.numerals import CHINESE, LARGEST, to_chinese

_MORE = re.compile(
    rf"超过?|(?<![经通越])过了?(?=[\d{CHINESE}两])|[突打]?破|[多大高]于|不止|"
    r"\b(?:over|more than|exceed\w*|above)\b"
)
_AT_MOST = re.compile(
    r"不[能得会应可]?[超多大高]|至多|最多|以[下内]|(?<!不)(?<!不[能得会应可])[低少小]于|不到|不足|"
    r"\b(?:under|(?<!no )(?:less|fewer) than|at most|within|up to|no more than|below)\b"
)
_GOAL = re.compile(r"(?:要|达到?|到|超过|不[到足低少]|目标|是)[^\d,;。]{0,3}$")
"""What stands before a number that something is to reach: 要达到20家以上吗."""
_OWN = re.compile(
    r"(?:[我咱俺]|本人)(?![想要问听看记觉咋国省市州县区])|"
    r"\b(?:i(?! (?:was told|hear|heard|read|saw|think|thought|believe)\b)|we|my|our)\b"
)
"""Tells of who is asking (我投资8000万有奖励吗), and not of his city, nor what he heard or wants to know."""
_MEETS = re.compile(
    r"[^;。?]{0,12}?(?:(?<![性功效智产新])能(?!源|力)|可以|够|算|符合|(?<![国所私])有(?!色|限)|(?<![重主])要(?!求)|"
    r"[给奖补领拿享免报]|申请|行[吗么不])"
)
"""What follows a number that is the condition of something else."""
_SUFFICES = re.compile(r"元?就(?:可以|行|够)了?[吗吧么]?[?]*$")
"""What follows a number that is said to be all that is asked of something: 占比达到40%就可以吗."""
_WHETHER = re.compile(r"是否|会不会|要不要")
_ENDS = re.compile(r"元?(?:以[上下内]|左右)?的?[吗么嘛没不](?=[?。! ]|$)")
_MEMBERS = re.compile("、|[和与及](?=[^、]+$)")
"""What parts the members of a list."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_SPANS = frozenset({"年", "个月", "天", "周"})
_OF_ONESELF = frozenset({"年", "个", "名", "人", "个月"})
_BOUNDS = (
    "不[能得会应可]?[超低少高多](?:过|于)|不低于|不少于|不高于|不多于|不到|不足|超过|至少|最少|起码"
    "|至多|最多|低于|少于|高于|多于"
)

_NOT_OF_THINGS = re.compile(
    rf"(?:后面|另外|其[他余它]|剩下?|余下|别的|还有|前面|(?<![里外上下口码])头|(?<![以之])[前后])的?那?(?:\d+|[{CHINESE}]+)(?![\d.年月日])|"
    rf"(?:\d+|[{CHINESE}]+)个?(?:大?字|句话)"
)
"""Counts what is left beside what was named, or the first of them (后面三个我忘了), or words: 这四个字."""

Quantity = tuple[str, str]
"""Digits and unit: (80, %)."""


def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """The quantities in a normalised question, without its years, and without how many are left beside those it names.

    Those in Chinese numerals count, from two on, where something is put forward to be confirmed: elsewhere 两个 mostly
    tells of who is asking.
    """
    text = _NOT_OF_THINGS.sub(" ", text)
    typed = without_thousands(text)
    if language == "en":
        found = english_quantities(YEAR.sub(" ", typed))
    else:
        found = [(digits, unit) for digits, unit in written(typed) if unit or len(digits) > 1]
    if not is_to_confirm(text):
        return tuple(found)
    in_words = [(digits, unit) for digits, unit in written(plain(text)) if unit and Decimal(digits) > 1]
    return tuple(found + [named for named in in_words if named not in found])


def unconfirmed(text: str, named: Iterable[Quantity], nouns: Iterable[str], said: str, quoted: str) -> str:
    """The quantity that a question wants confirmed (要建4所大学对不对) and that is not there; empty for none.

    Args:
        text: the question, normalised.
        named: the quantities that it names.
        nouns: what it names besides.
        said: what the clauses say that may answer; the number may stand anywhere in it.
        quoted: what would be quoted of them; it may list so many of what is named.
    """
    if not is_to_confirm(text):
        return ""
    sorts = {noun[-1] for noun in nouns}
    plainly, given = without_thousands(said), [one for one in amounts(said) if one.unit or one.scaled]
    for digits, unit in named:
        if re.search(rf"{re.escape(digits)}[月日号点时:]", text):
            continue
        asked = _asked(text, (digits, unit))
        if any(asked.least in one.named for one in given) or _bears_out(text, (digits, unit), given):
            continue
        if unit in _SPANS and all(one.unit != unit for one in given):
            continue  # 五年内 may well be 到2025年
        listed = _lists(quoted, digits, sorts) or _counts_what_is_named(text, quoted, digits)
        if not (has_number(plainly, digits) or _has_numeral(said, digits) or listed):
            return digits + unit
    return ""


def has_number(text: str, digits: str) -> bool:
    """Whether a number stands in a text, and not as a part of another one: 500 is not in 1500."""
    return bool(re.search(rf"(?<![\d.]){re.escape(digits)}(?!\d|\.\d)", text))


def differs(question: str, named: Quantity, stretches: Iterable[str]) -> bool:
    """Whether a quantity that a question takes for the documents' is given otherwise by stretches of a document.

    They give it otherwise where they have numbers that count the same, and none that bears it out: the number itself, a
    span (20—30家) that takes it in, more for 超过, less for 不到 or at most. What is open upwards names its least:
    neither 至少10家 nor 10家以上 is what 20家以上 says. But who has so much, or anything that holds from there on, has
    enough (投资8000万就有奖励吧, where 5000万元以上 is what it takes).
    """
    if not named[1] or not is_claimed(question, named):
        return False
    asked = _asked(question, named)
    given = [one for text in stretches for one in amounts(text) if asked.counts_like(one)]
    return bool(given) and not _bears_out(question, named, given)


def is_claimed(question: str, named: Quantity) -> bool:
    """Whether a question takes a quantity for the documents' (要达到20家吗), not for the asker's (差5年能补吗)."""
    before, behind = _around(question, named)
    if is_to_confirm(question):
        return not before.endswith("哪")
    condition = _is_condition(question, named) and not (_SUFFICES.match(behind) and not _OWN.search(question))
    if named[1] in _OF_ONESELF or condition:
        return False
    return not _CJK.search(question) or bool(_GOAL.search(before) or _ENDS.match(behind) or _WHETHER.search(before))


def as_bounded(question: str, named: Quantity) -> str:
    """A quantity with what bounds it in the question: 最多100家, 100家以下; by itself where nothing does."""
    number = "".join(named)
    match = re.search(rf"(?:{_BOUNDS})?{re.escape(number)}[元]?(?:以[上下内]|左右)?", question)
    return match.group() if match else number


def _asked(question: str, named: Quantity) -> Amount:
    """A quantity of a question as an amount, with what is counted behind 万 and 亿."""
    digits, unit = named
    scaled = unit in LARGE
    value = Decimal(digits) * LARGE.get(unit, 1)
    typed = [one for one in amounts(question) if value in one.named and one.scaled == scaled]
    counted = [one.unit for one in typed if scaled or one.unit == unit]
    return Amount(value, value, scaled, counted[0] if counted else "" if scaled else unit)


def _bears_out(question: str, named: Quantity, given: Iterable[Amount]) -> bool:
    asked = _asked(question, named)
    alike = [one for one in given if asked.counts_like(one)]
    bound = asked
    if _AT_MOST.search(question):
        bound = replace(asked, least=Decimal(0))
    elif _MORE.search(question):
        bound = replace(asked, most=Decimal("Infinity"))
    if _is_condition(question, named):
        # A number by itself may be the least that it takes: 投资达到5000万元的.
        return any(one.holds(bound) or one.least == one.most <= bound.least for one in alike)
    if bound != asked:
        return any(bound.holds(one) for one in alike)
    return any(asked.least in one.named or (len(one.named) > 1 and one.holds(asked)) for one in alike)


def _is_condition(question: str, named: Quantity) -> bool:
    """Whether so much is what something else is asked for: 投资8000万有奖励吗."""
    before, behind = _around(question, named)
    if _GOAL.search(before):
        # 要达到3000亿,有这回事吗
        return bool(_MEETS.match(behind.split(",")[0]))
    return bool(_OWN.search(question) or _MEETS.match(behind))


def _around(question: str, named: Quantity) -> tuple[str, str]:
    """What stands before and behind a quantity in a question; nothing behind where it is not written that way."""
    before, *behind = re.split(rf"(?<![\d.]){re.escape(''.join(named))}", plain(question), maxsplit=1)
    return before, "".join(behind)


def _has_numeral(text: str, digits: str) -> bool:
    """Whether a text has a number in Chinese numerals; not one that is part of another or of a name: 四 in 四川."""
    numeral = _numeral(digits)
    return bool(numeral and re.search(rf"(?<![{CHINESE}]){numeral}(?![{CHINESE}川])", text))


def _numeral(digits: str) -> str:
    """A pattern of a number in Chinese numerals; empty where it is not written so."""
    if not digits.isdecimal() or int(digits) > LARGEST:
        return ""
    return to_chinese(int(digits)).replace("二", "[二两]")


def _lists(text: str, digits: str, sorts: Collection[str]) -> bool:
    """Whether a text names so many things of a sort, told by their last character: four in A园、B园、C园和D园."""
    for stretch in re.split("[,;。:]", text):
        *others, last = _MEMBERS.split(stretch)
        alike = any(sort in last and all(one.endswith(sort) for one in others) for sort in sorts)
        if alike and digits == str(len(others) + 1):
            return True
    return False


def _counts_what_is_named(question: str, text: str, digits: str) -> bool:
    """Whether a number counts the members of a list of which a question names one, or those that it names.

    两个 of 新能源园跟装备园是分开的两个 counts these; 要建两个园 would count all.
    """
    counts_all = bool(
        re.search(rf"(?:[有建共就只是]|分[为成])(?:{digits}(?!\d)|{_numeral(digits) or digits})", question)
    )
    for stretch in re.split("[,;。:]", text):
        members = _MEMBERS.split(stretch)
        times = Counter(run for one in members for run in runs(one, 2))
        named = sum(any(times[run] == 1 and run in question for run in runs(one, 2)) for one in members)
        counted = range(len(members), len(members) + 1) if counts_all else (*range(2, named + 1), len(members))
        if named and digits in map(str, counted):
            return True
    return False
