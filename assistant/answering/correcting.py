"""A question that takes for granted what the documents contradict → the passage that puts it right.

What leads it is the assistant's own word that the documents do not say so: it must not be said where they do, nor where
the question only asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from assistant.answering.amounts import YEAR
from assistant.answering.asked import is_put_forward, is_to_confirm
from assistant.answering.claims import tells_of_oneself
from assistant.answering.dates import wrong_date
from assistant.answering.degrees import KNOWN
from assistant.answering.denials import denies, said_not_to_be_there
from assistant.answering.essence import plain, without_thousands
from assistant.answering.exchanged import exchanged
from assistant.answering.exclusive import disputable, said_otherwise, taken_for_granted
from assistant.answering.expansion import Term
from assistant.answering.found import Found
from assistant.answering.members import no_member, wrong_member
from assistant.answering.misquoting import misquoted, without_quotation_marks
from assistant.answering.negated import negated
from assistant.answering.ordinals import wrong_ordinal
from assistant.answering.passage import Passage
from assistant.answering.premises import SAID, TELLING, displaced, is_from, not_only, stretches
from assistant.answering.quantities import as_bounded, differs
from assistant.answering.questions import CHOICE, CLAUSES, WHAT, WHICH
from assistant.answering.quoting import passage_words, trimmed
from assistant.answering.sub_question import SubQuestion
from assistant.answering.understanding import Understanding
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index

_PARTS = re.compile("[,;。:]")
MOST = 0.6
"""Weighted share of what else a claim names that a part of the text must hold to be on the same matter."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a question has wrong, what puts it right, and how probable it is that this is on the matter.

    `wrong` is empty where it has wrong that the documents do not speak of something.
    """

    wrong: str
    passages: list[Passage]
    confidence: float


def put_right(
    index: Index,
    found: Found,
    understood: Understanding,
    places: Collection[str],
    examine: Callable[[SubQuestion], Found],
) -> Correction | None:
    """What puts a question right that names another place, number or year than the passage that says what is asked.

    Args:
        index: where the documents are.
        found: what was found for the question.
        understood: the question, or what it is a part of.
        places: names of places.
        examine: finds and judges what answers a question.

    Returns:
        The correction; None where the question has nothing wrong.
    """
    return (
        _contradicted(index, found, understood, places, examine)
        or _in_another_word(index, found, understood)
        or _said_after_all(index, found, examine)
    )


def _said_after_all(index: Index, found: Found, examine: Callable[[SubQuestion], Found]) -> Correction | None:
    """What the documents say of something of which a claim has that they do not speak: 攀钢压根没提吧."""
    question = found.question
    matter = said_not_to_be_there(question.text) if is_to_confirm(question.text) or question.told else ""
    terms = tuple(term for term in question.terms if term.surface in matter)
    if not any(term.names for term in terms):
        return None
    there = examine(replace(question, text=matter, own_words=matter, terms=terms, by_itself=None, within=None))
    said = "".join(passage_words(index, passage) for passage in there.passages)
    telling = [term for term in terms if term.names or term.weight >= TELLING]
    if there.judgement.answers and all(term.support(said) >= KNOWN for term in telling):
        return Correction("", there.passages, there.judgement.probability)
    return None


def _contradicted(
    index: Index,
    found: Found,
    understood: Understanding,
    places: Collection[str],
    examine: Callable[[SubQuestion], Found],
) -> Correction | None:
    """What puts right a place, a number, a year or a word of a sort of which only one can be so."""
    question = found.question
    misplaced = displaced(index, question, found.ranking, places, understood.foreign_places)
    if misplaced is not None and not denies(question.text, misplaced[0]):
        wrong, passage = misplaced
        return Correction(wrong, [trimmed(index, passage)], 1.0)
    alone = not_only(index, question, found.ranking, places)
    if alone is not None:
        only, passages = alone
        return Correction(only, [trimmed(index, passage) for passage in passages], 1.0)
    wrong = ""
    if understood.linked_places:
        return None
    foreign = [place for place in understood.foreign_places if place in question.text]
    if foreign:
        wrong = foreign[0]
        without = _without(question, wrong)
        if without is None:
            return None
        found = examine(without)
    elif is_to_confirm(question.text) and found.judgement.probability < found.judgement.threshold:
        for word in disputable(question.text):
            found = examine(_unsaid(question, word))
            if _wrong_word(index, found, question) == word:
                wrong = word
                break
    judgement = found.judgement
    if not found.passages or judgement.missing_label:
        return None
    if judgement.probability < judgement.threshold:
        return None
    granted = _granted(index, found, question)
    if judgement.missing_kind and not granted:
        return None
    wrong = wrong or granted or _wrong_word(index, found, question)
    if not wrong or denies(question.text, wrong):
        return None
    # A passage on something else may well have the word: what is said of the railway does not put a motorway right.
    others = [passage for passage in found.passages if wrong not in passage_words(index, passage)]
    return Correction(understood.as_typed(wrong), others or found.passages, judgement.probability)


def _in_another_word(index: Index, found: Found, understood: Understanding) -> Correction | None:
    """What puts a name right of which a document has one word otherwise.

    Who asks for something of it (川南分中心在哪) is told that no document has it, unless what is found answers.
    """
    question, judgement = found.question, found.judgement
    if question.everything or question.turns_to:
        return None
    said = stretches(index, found.ranking)
    documents = dict.fromkeys(passage.document for passage, _ in said)
    stands = partial(_stand_anywhere, index, documents)
    misread = misquoted(question.text, [text for _, text in said], partial(_says, question), stands)
    if misread is None or misread.wrong in question.taken_over or denies(question.text, misread.wrong):
        return None
    if re.search(f"(?:{WHICH.pattern}){re.escape(misread.wrong)}", question.text):
        return None  # asked for: 哪些县区要…, where the document has 西区要…
    if not judgement.answers and WHAT.search(misread.around):
        return None
    passage = said[misread.place][0]
    return Correction(understood.as_typed(misread.wrong), [trimmed(index, passage)], 1.0)


def _stand_anywhere(index: Index, documents: Iterable[str], words: str) -> bool:
    return any(words in without_quotation_marks(normalize(index.document(id_).text)) for id_ in documents)


def _without(question: SubQuestion, place: str) -> SubQuestion | None:
    """The question without a place that no document knows; None where the place is not taken for granted.

    To ask about another city, or to come from there, is one thing, to take it for granted beside what the documents
    know is another. 跟云南有什么合作 takes nothing for granted that they say of another place.
    """
    partner = re.search(rf"[跟和与同]{re.escape(place)}(?!相?比)", question.text)
    if question.text.startswith(place) or is_from(question.text, place):
        return None
    clauses = CLAUSES.findall(question.text)
    told = [clause for clause in clauses if place in clause]
    if len(told) < len(clauses) and all(map(tells_of_oneself, told)):
        return None  # 我们的钛材卖到德国,听说要开班列
    if not (partner or is_to_confirm(question.text) or question.told):
        return None
    rest = tuple(term for term in question.terms if place not in term.surface)
    telling = any(term.names and term.weight >= TELLING for term in rest)
    return replace(question, terms=rest) if telling else None


def _unsaid(question: SubQuestion, word: str) -> SubQuestion:
    """The question without a word of it: what it has wrong keeps what is right from being found."""
    return replace(
        question,
        text=question.text.replace(word, ""),
        own_words=question.own_words.replace(word, ""),
        terms=tuple(term for term in question.terms if word not in term.surface),
        by_itself=None,
        within=None,
    )


def _granted(index: Index, found: Found, question: SubQuestion) -> str:
    """What a question tells as done that what is said on the same matter only has as applied for; empty for none."""
    text = "".join(passage_words(index, passage) for passage in found.passages)
    part, share = _best_part(_names(question, text), text)
    return taken_for_granted(question.text, part) if share >= MOST else ""


def _names(question: SubQuestion, text: str) -> list[Term]:
    """What a question names; of what it only tells, which may be a long story, what a text has of it."""
    return [term for term in question.terms if term.names and (not question.told or term.support(text) >= KNOWN)]


def _best_part(terms: Sequence[Term], text: str) -> tuple[str, float]:
    """The part of a text that holds most of some terms, and the weighted share of them that it holds."""
    whole = sum(term.weight for term in terms) or 1.0
    covers = [(sum(term.weight * term.support(part) for term in terms) / whole, part) for part in _PARTS.split(text)]
    share, part = max(covers, key=lambda cover: cover[0])
    return part, share


def _on_the_matter(question: SubQuestion, stretches: list[str]) -> list[str]:
    """The stretches that hold most of what a question names; all where it names nothing that they hold."""
    names = [term for term in question.terms if term.names]
    covers = [sum(term.weight * term.support(stretch) for term in names) for stretch in stretches]
    least = SAID * max(covers)
    return [stretch for stretch, cover in zip(stretches, covers, strict=True) if cover >= least]


def _said_otherwise(question: SubQuestion, text: str, home: Collection[str]) -> str:
    """The word that a claim has otherwise than the one part of a text that holds most of what it names."""
    # All of a document is about the place in its title.
    names = [term for term in _names(question, text) if term.surface not in home]
    if not names:
        return ""
    best, _ = _best_part(names, text)
    wrong = said_otherwise(question.text, best)
    if wrong and any(wrong in term.surface and term.support(best) >= KNOWN for term in names):
        return ""  # in other words: GDP, 生产总值
    # What the claim has wrong the text does not hold.
    rest = [term for term in names if wrong not in term.surface and term.surface not in wrong]
    return wrong if rest and _best_part(rest, best)[1] >= MOST else ""


def _says(question: SubQuestion, words: str, text: str) -> bool:
    """Whether a text has all that some words of a question name, be it by other words."""
    named = [term for term in question.terms if term.surface in words]
    return bool(named) and all(term.support(text) > KNOWN for term in named)


def _wrong_ordinal(index: Index, found: Found, question: SubQuestion, text: str) -> str:
    """The numbered name of a question that the text has with other numbers, and its documents nowhere with that one."""
    # Few questions name one: the whole of a document is read for these only.
    if not wrong_ordinal(question.text, text):
        return ""
    documents = dict.fromkeys(passage.document for passage in found.passages)
    return wrong_ordinal(question.text, text, "\n".join(normalize(index.document(id_).text) for id_ in documents))


def _wrong_word(index: Index, found: Found, question: SubQuestion) -> str:
    """The number, name, year or word that a question has otherwise than what answers it; empty for none."""
    text, judgement = "".join(passage_words(index, passage) for passage in found.passages), found.judgement
    stretches = re.split("[、,;。:]", without_thousands(text))
    for named in question.numbers:
        # Where several count the same, which of them is meant does not show.
        alone = sum(unit == named[1] for _, unit in question.numbers) == 1
        if differs(question.text, named, _on_the_matter(question, stretches) if alone else stretches):
            return as_bounded(question.text, named)
    if judgement.missing_number and found.is_sure:
        return judgement.missing_number
    if named_otherwise := _wrong_ordinal(index, found, question, text):
        return named_otherwise
    if (is_put_forward(question.text) or question.told) and (
        wrong := wrong_date(question.text, "。".join(_on_the_matter(question, re.split("[;。]", text))))
    ):
        return wrong
    supposed = question.asked.yes_no or is_to_confirm(question.text) or question.told
    if supposed and (
        wrong := no_member(question.text, text) or wrong_member(question.text, text, partial(_says, question))
    ):
        return wrong
    if supposed and (wrong := _said_otherwise(question, text, judgement.at_home)):
        return wrong
    if supposed and not CHOICE.search(question.text):
        if wrong := exchanged(question.text, text, question.terms, question.numbers):
            return wrong
        names = [term for term in question.terms if term.surface not in judgement.at_home]
        # Who only asks (不分享吗) puts nothing forward.
        claimed = is_to_confirm(question.text) or question.told
        if claimed and (wrong := negated(question.text, text, names, MOST)):
            return wrong
    if judgement.missing_years and supposed and YEAR.search(plain(text)):
        return f"{judgement.missing_years[0]}年"
    return ""
