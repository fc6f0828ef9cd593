"""A question that stands alone → the things that it asks, each a sub-question with its terms and kinds of answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.answering.ages import age_asked
from assistant.answering.amounts import YEAR
from assistant.answering.asked import Asked, is_to_confirm, what_is_asked, without_left_out
from assistant.answering.claims import asks_if_so, claims_of
from assistant.answering.collecting import asks_for_everything, counts_clauses, matter_of, without_collecting
from assistant.answering.conversation import Standalone
from assistant.answering.degrees import NAMING, TELLING
from assistant.answering.denials import without_denied
from assistant.answering.expansion import Term
from assistant.answering.home import without_places
from assistant.answering.kinds import Kind
from assistant.answering.lexicon import Lexicon
from assistant.answering.pairs import Pairs
from assistant.answering.quantities import quantities
from assistant.answering.questions import (
    ASKS,
    TAG,
    TERSE,
    WHAT,
    WHICH,
    asking_words,
    head_of,
    language_of,
    only_asks_if_so,
    only_tells,
    out_of_story,
    pieces_of,
    plainly_tagged,
)
from assistant.answering.restating import in_chinese
from assistant.answering.segmentation import segment
from assistant.answering.sub_question import SubQuestion, as_follow_up, with_subject
from assistant.answering.subjects import Subjects
from assistant.answering.terms import THINGS, TermFinder
from assistant.schema import Language

_BOTH = re.compile(
    r"(?P<subject>[^,。]+?,?)(?:既(?!然|有|定|往|得)要?|一头要?|一边要?|一面要?|一方面要?)(?P<first>[^,，]+?)[,，]?"
    r"(?:又要?|也要?|还要?|一头要?|一边要?|一面要?|另?一方面要?)(?P<second>[^,，又]+)(?P<rest>[,，].*)?$"
)
"""Two things said of one subject: 金沙江既要通航又要保护, …"""
_JOINED = r" (?:and|or|with|vs\.?|to)(?: the)? |和|跟|与|同|及|、|还是|对比|比|vs\.?"
_EACH_OF = re.compile(r",?(?:分别|各自|各(?![个种类项级界方族国县区市部单乡镇街地行]))")
"""What asks the same of each of the things before it."""
_AND = ("和", "跟", "与", "同", "及", "以及", "、")
MOST_SIDES = 4
"""Things of which the same is asked one by one; of more it is asked as a whole."""
_CJK_RUN = re.compile(r"[\u3400-\u9fff]+")
STORY_SHARE = 0.4
"""What a term counts that stands in the story around the question."""
_GIVEN = re.compile(
    r"(?:也|都|请|麻烦)?(?:给|发|报|说|讲|来|要|列|告诉|附|留)?(?:我们?)?(?:一?[个下份声]|出来)?[吧呢]?"
)
"""What wants something given, behind its name."""


class QuestionParts:
    """Reads the parts of questions over one index."""

    def __init__(
        self, finder: TermFinder, lexicon: Lexicon, subjects: Subjects, pairs: Pairs, home: Collection[str]
    ) -> None:
        """Read questions.

        Args:
            finder: finds the terms of a question.
            lexicon: what words mean and do.
            subjects: tells what words name.
            pairs: the things that documents name in pairs.
            home: the place that the whole corpus is of, in its names.
        """
        self._finder, self._lexicon = finder, lexicon
        self._subjects, self._pairs, self._home = subjects, pairs, home

    def of(self, standalone: Standalone) -> tuple[SubQuestion, ...]:
        """What a question asks that stands alone: one sub-question at least."""
        if is_to_confirm(standalone.text) or only_tells(standalone.asked):
            claimed, asked = map(_as_claimed, (standalone.text, standalone.asked))
            standalone = replace(standalone, text=claimed, asked=asked)
        if (whole := self._everything(standalone)) is not None:
            return (whole,)
        parts = self._parts(standalone.text, standalone.asked, bool(standalone.inherited))
        if len(parts) == 1 and standalone.inherited:
            parts = self._follow_ups(standalone, parts[0])
        if asks_for_everything(out_of_story(standalone.text)[0]) and not any(part.everything for part in parts):
            # 要搭哪些班子？一个都别漏
            parts = tuple(replace(part, everything=True, terms=self._of_a_matter(part.terms)) for part in parts)
        if len(parts) == 1:
            parts = (replace(parts[0], within=self._within(standalone)),)
        return tuple(self._as_told(part, alone=not standalone.inherited) for part in parts)

    def claims(self, text: str) -> tuple[SubQuestion, ...]:
        """What a question tells beside what it asks, as far as it names what the documents know."""
        read = (
            replace(self._read(claim, claim, ""), own_words=claim, told=True) for claim in claims_of(_as_claimed(text))
        )
        return tuple(claim for claim in read if any(map(self._is_known, claim.terms)))

    def _as_told(self, part: SubQuestion, *, alone: bool) -> SubQuestion:
        """A part with whether it tells, or only asks if what is told beside it is so.

        Who goes on from the turn before (米易的) in few words asks, though no word says so.
        """
        told = alone and only_tells(part.text) and not part.everything
        return replace(part, told=told, if_so=self._asks_if_so(part))

    def _asks_if_so(self, part: SubQuestion) -> bool:
        if only_asks_if_so(part.own_words):
            return True
        own = [term for term in part.terms if term.surface in part.own_words]
        return not part.asked.kinds and not any(map(self._is_known, own)) and asks_if_so(part.own_words)

    def _is_known(self, term: Term) -> bool:
        return term.names and term.weight >= TELLING and self._finder.knows(term)

    def _everything(self, standalone: Standalone) -> SubQuestion | None:
        """A question in several pieces that asks for all that is said on what they name; None for any other.

        公共服务怎么补、怎么跟外地接轨,各处连起来读给我 is on one matter.
        """
        question, story = out_of_story(standalone.text)
        if standalone.inherited or not asks_for_everything(question):
            return None
        pieces, told = pieces_of(question, self._asks)
        if len(pieces) < 2 or self._compared(question, what_is_asked(question)):
            return None
        if any(what_is_asked(without_collecting(piece)).kinds for piece, _ in pieces):
            # 租金多少,有哪些产业园,都告诉我: of these one may be there and the other not.
            return None
        return replace(self.part(question, question, f"{story} {told}".strip()), by_itself=None)

    def _parts(self, text: str, asked: str, inherits: bool) -> tuple[SubQuestion, ...]:
        question, story = out_of_story(text)
        pieces, told = pieces_of(question, self._asks)
        if len(pieces) == 1 and told:
            question, story = pieces[0][0], f"{story} {told}".strip()
        compared = self._compared(question, what_is_asked(asked))
        if compared:
            parts = [replace(self.part(one, asked, story), by_itself=None) for one in compared]
            if not what_is_asked(asked).each:
                # What is asked is one thing: 去两城里哪个更对路, not of either by itself.
                parts = [replace(part, own_words=asking_words(question)) for part in parts]
            return tuple(parts)
        if inherits:
            return (replace(self.part(question, asked, story), own_words=asking_words(asked), by_itself=None),)
        both = _BOTH.match(question)
        if both:
            sides = (both["first"], both["second"])
            return tuple(self.part(both["subject"] + side, side + (both["rest"] or ""), story) for side in sides)
        if len(pieces) == 1:
            return (self.part(question, question, story),)
        return tuple(self._side_by_side(pieces, f"{story} {told}".strip()))

    def _follow_ups(self, standalone: Standalone, whole: SubQuestion) -> tuple[SubQuestion, ...]:
        """A follow-up, one part for each thing that it asks of what it takes over: 派的是哪类人,一年派几批.

        It is left whole where one of them names something that the documents know (生产放哪边,研发放哪边), or what is
        turned to (公共文化的那个呢,是第几批).
        """
        own = _own_words(standalone)
        pieces = [] if standalone.subject or not own else [piece for piece, _ in pieces_of(own, self._asks_on)[0]]
        turned = any(piece.endswith("呢") for piece in pieces[:-1]) or any(map(self._names_what_is_known, pieces))
        if len(pieces) < 2 or turned or out_of_story(standalone.text)[1]:
            return (as_follow_up(whole, standalone, self._lexicon.aspects),)
        parts = []
        for piece in pieces:
            text = f"{standalone.text.rstrip('?').removesuffix(own)}{piece}"
            part = replace(self.part(text, piece, ""), own_words=asking_words(piece), by_itself=None)
            parts.append(as_follow_up(part, replace(standalone, asked=piece), self._lexicon.aspects))
        return tuple(parts)

    def _names_what_is_known(self, piece: str) -> bool:
        return any(map(self._subjects.is_known, set(self._subjects.subjects(piece)) - self._lexicon.aspects))

    def _asks_on(self, piece: str) -> bool:
        """Whether a piece of a follow-up asks something, if only of what was spoken of before: 派的是哪类人."""
        return self._asks(piece) or bool(WHAT.search(piece))

    def _within(self, standalone: Standalone) -> SubQuestion | None:
        """A short question that stands alone, with what the one before is about; None where that is not open."""
        if not standalone.within:
            return None
        part = self._parts(standalone.within, standalone.asked, True)[0]
        taken = (term.surface for term in part.terms if term.surface not in standalone.asked)
        return replace(part, taken_over=" ".join(taken), leans=True)

    def _side_by_side(self, pieces: Sequence[tuple[str, bool]], story: str) -> list[SubQuestion]:
        """The pieces of a question, those that name no subject with that of the piece that opened the sentence.

        What names a subject of its own may be meant either way (周边能建酒店吗). A sentence that opens with several
        changes the subject for what follows in it.
        """
        named: SubQuestion | None = None
        parts = []
        for piece, opens in pieces:
            part = self.part(piece, piece, story)
            subjects = [subject for subject in self._subjects.subjects(piece) if subject not in self._lexicon.aspects]
            whole = part if named is None else with_subject(part, named, self._finder.knows)
            either_way = whole is not part and (len(subjects) > 1 or (subjects and opens))
            parts.append(replace(part, within=whole) if either_way else whole)
            if named is None or (len(subjects) > 1 and opens):
                named = part
        return parts

    def _compared(self, question: str, asked: Asked) -> list[str]:
        """The question asked of each of the things that it sets side by side; empty when it compares nothing."""
        if not (asked.comparison or asked.each) or asks_for_everything(question):
            return []
        two = self._pairs.two(question)
        if two:
            return list(two)
        language = language_of(question)
        sides = self._each_side(question)
        if sides:
            return sides
        names = sorted({term.surface for term in self._finder.terms(question, language) if term.names}, key=len)
        for first in names:
            for second in names:
                match = re.search(f"“?{re.escape(first)}”?(?:{_JOINED})“?{re.escape(second)}”?", question)
                if match and first != second:
                    return [question.replace(match.group(), first), question.replace(match.group(), second)]
        return []

    def _each_side(self, question: str) -> list[str]:
        """The question asked of each of the things joined before 分别 (跑船和治污各有啥安排); empty where none are."""
        mark = _EACH_OF.search(question)
        if mark is None:
            return []
        before, behind = question[: mark.start()].rstrip(","), question[mark.end() :]
        pieces = before.split(",")
        for at, piece in enumerate(pieces):
            sides = [""]
            for word in self._finder.words(piece):
                if word in _AND:
                    sides.append("")
                else:
                    sides[-1] += word
            if not 1 < len(sides) <= MOST_SIDES:
                continue
            if all(YEAR.search(side) or self._finder.terms(side, "zh") for side in sides):
                # 仁和区和东区的定位分别是什么
                shared = sides[-1][sides[-1].rindex("的") :] if "的" in sides[-1] else ""
                sides = [side if "的" in side else side + shared for side in sides]
                return [",".join([*pieces[:at], side, *pieces[at + 1 :]]) + behind for side in sides]
        return []

    def _asks(self, piece: str) -> bool:
        """Whether a piece of a question is a question itself: asks, and says about what."""
        asked = what_is_asked(piece)
        if not ASKS.search(piece):
            # 联系电话给一个 asks without a word of asking; what is longer (今年番茄价钱不好) tells, as 要选址建厂 does.
            return len(piece) <= TERSE and any(_is_named_last(kind, piece) for kind in asked.kinds)
        if asked.kinds or asked.count_unit is not None:
            return True
        language = language_of(piece)
        return any(term.weight > NAMING for term in self._finder.terms(piece, language))

    def part(self, text: str, asked: str, story: str) -> SubQuestion:
        """One sub-question.

        Args:
            text: its words, normalised.
            asked: those of them that say what kind of answer is wanted.
            story: what is told around it; empty where nothing is.
        """
        own_words = asking_words(text)
        part = replace(self._read(text, asked, story), own_words=own_words)
        told = text.replace(own_words, " ").strip(" ,。.?")
        if not (told or story) or not own_words or part.asked.left_out:
            return part
        own = self._read(own_words, own_words, f"{told} {story}".strip())
        # What is told bears on where the answer is looked for, not on how the question reads.
        own = replace(own, text=own_words, own_words=own_words, everything=part.everything)
        return replace(part, by_itself=own)

    def _read(self, text: str, asked: str, story: str) -> SubQuestion:
        left_out, text = without_left_out(self._without_home(text), self._lexicon.places)
        language: Language = language_of(text)
        everything = asks_for_everything(text)
        named = matter_of(text) if everything else text
        terms = list(self._finder.terms(TAG.sub("", named), language) or self._finder.terms(text, language))
        # The name in Chinese tells, as in a Chinese question, that what it consists of is asked for: 五大领域.
        text = " ".join([text, *(term.standins[0][0] for term in terms if term.numbered)])
        wanted = replace(
            what_is_asked(in_chinese(asked, terms) if language_of(asked) == "zh" else asked),
            age=age_asked(f"{text} {story}"),
            left_out=left_out,
        )
        if everything:
            terms = list(self._of_a_matter(terms))
            # What asks for all of it asks for no kind of answer (有多少算多少), and of what clauses say the meaning is
            # what they say: 生态补偿哪几条有写,分别啥意思.
            wanted = replace(wanted, kinds=what_is_asked(without_collecting(asked)).kinds, definition=False)
            wanted = replace(wanted, count_unit=None) if counts_clauses(text) else wanted
        known = {term.surface for term in terms}
        if story:
            around = [term for term in self._finder.terms(story, language) if term.surface not in known]
            around = [term for term in around if self._finder.knows(term) and term.weight >= TELLING]
            terms += [replace(term, weight=term.weight * STORY_SHARE) for term in around]
        return SubQuestion(
            f"{text} {story}".strip(),
            tuple(terms),
            wanted,
            tuple(dict.fromkeys(YEAR.findall(text))),
            quantities(text, language),
            head_of(text, [term for term in terms if term.names]),
            self._noun(text),
            everything,
        )

    def _without_home(self, text: str) -> str:
        """A question without the place that the whole corpus is of: it tells no clause from another.

        With it what names the place comes first, which are titles: of 广州低保一个月多少钱 低保一个月多少钱 is left.
        """
        if not any(place in text for place in self._home):
            return text
        without = without_places(text, self._finder.words(text), self._home)
        return without if self._finder.terms(without, "zh") else text

    def _of_a_matter(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms that name a matter, without those that only collect; all where no other is left."""
        return tuple(term for term in terms if term.surface not in self._lexicon.collecting) or tuple(terms)

    def _noun(self, text: str) -> str:
        match = WHICH.search(text)
        behind = _CJK_RUN.match(text, match.end()) if match else None
        if behind is None:
            return ""
        first = segment(behind.group(), self._finder.known)[0]
        return first.text if first.tag.startswith("n") or first.text in THINGS else ""


def _as_claimed(text: str) -> str:
    """A claim without what it says itself is not so, and with 对吧 where it asks in other words if it is so."""
    return without_denied(plainly_tagged(text))


def _is_named_last(kind: Kind, piece: str) -> bool:
    """Whether a piece ends with a kind of answer, or only wants it given: 联系电话给一个; not 报名字."""
    return any(_GIVEN.fullmatch(piece, match.end()) for match in kind.asked.finditer(piece))


def _own_words(standalone: Standalone) -> str:
    """The words of a follow-up behind those that it takes over; empty where the two are mixed."""
    asked = standalone.asked.rstrip("?")
    starts = range(len(asked) if standalone.inherited else 0)
    return next((asked[at:] for at in starts if standalone.text.rstrip("?").endswith(asked[at:])), "")
