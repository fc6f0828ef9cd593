"""A query → what it is about: language, terms, kinds of answer, clause numbers, years, places, sub-questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.ages import age_asked
from assistant.answering.amounts import YEAR
from assistant.answering.as_asked import as_asked
from assistant.answering.asked import Asked, what_is_asked, without_left_out
from assistant.answering.clause_matters import ClauseMatter, matter_inside
from assistant.answering.conversation import Standalone, Vocabulary, resolve
from assistant.answering.everything import asks_for_everything, counts_clauses, matter_of
from assistant.answering.expansion import NAMING, Term
from assistant.answering.home import home_places, without_places
from assistant.answering.kinds import Kind
from assistant.answering.lexicon import Lexicon
from assistant.answering.pairs import Pairs
from assistant.answering.purposes import asks_why
from assistant.answering.quantities import quantities
from assistant.answering.questions import ASKS, TAG, TERSE, WHAT, WHICH, asking_words, head_of, out_of_story, pieces_of
from assistant.answering.references import References, find_references, without_left_out_clauses
from assistant.answering.restating import in_chinese
from assistant.answering.segmentation import segment
from assistant.answering.spelling import Speller
from assistant.answering.sub_question import SubQuestion, as_follow_up, with_subject
from assistant.answering.terms import THINGS, TermFinder
from assistant.answering.triage import Triage, triage
from assistant.answering.wishes import Wish, wish_of
from assistant.indexing.analysis import FUNCTION_CHARACTERS, normalize
from assistant.schema import Language, Query, Turn

_CJK = re.compile(r"[\u3400-\u9fff]")
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
_PLACE = re.compile(r"[\u3400-\u9fff](?:区|县|市|城|镇|省|州)$")
_OFFERED = re.compile(
    r"有(?:的|人)?说是?[\u3400-\u9fff]{2,6}?的?[,、]?(?:也?有|还有)(?:的|人)?说是?[\u3400-\u9fff]{2,6}?的?(?=[,。;?]|$)"
)
"""What others have said that it is, of which nothing needs to be so: 有说双流的,有说青羊的,到底是哪个区."""
_LINE = "高铁|高速|铁路|城际|客运专线|航线"
"""What links two places, so that of the two characters before it each stands for one."""
STORY_SHARE = 0.4
"""What a term counts that stands in the story around the question."""
TELLING = 0.4
"""Weight from which a term of the story is looked at; a story is full of common words."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a query is about. `parts` holds one sub-question at least, unless `triage` says that none is asked."""

    language: Language
    text: str
    triage: Triage
    references: References
    parts: tuple[SubQuestion, ...]
    foreign_places: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...] = ()
    """Spelling put right: (as typed, as understood)."""
    inherited: str = ""
    """The earlier question that a follow-up was read with; empty for a question that stands alone."""
    linked_places: tuple[str, ...] = ()
    """Those of `foreign_places` after which a document names a line: it may be meant."""
    typed: str = ""
    """The question as it was typed, and those before it, the latest first."""
    wish: Wish = ""
    """What a turn about the answer before it wants; all else is that of the question which that answered."""
    answer_in: Language | None = None
    """The language that such a turn wants, or is in."""
    shown: str = ""
    """What the conversation has been told since that question was asked, normalised; empty where it is not known."""
    why: Understanding | None = None
    """The question before a turn that only asks why; None for any other turn."""
    inside: SubQuestion | None = None
    """What is asked of the one clause that is named by its number; None where none, or several, are."""
    matter: ClauseMatter | None = None
    """What of that clause it may be."""

    def as_typed(self, words: str) -> str:
        """Words in the capitals in which they were typed: gdp目标 → GDP目标."""
        match = re.search(re.escape(words), self.typed, re.IGNORECASE)
        return match.group() if match else words


_BODY_ENGLISH = re.compile(
    r"\b(?:[Ww]ith|[Bb]y) (?:the )?([A-Z][a-z]{3,})\b|"
    r"\b([A-Z][a-z]{3,}) (?:University|College|Institute|Hospital|Bank|Group|Company|Corporation|Motors|Airlines)\b"
)
"""With whom something is done, and names of bodies."""
_GIVEN = re.compile(
    r"(?:也|都|请|麻烦)?(?:给|发|报|说|讲|来|要|列|告诉|附|留)?(?:我们?)?(?:一?[个下份声]|出来)?[吧呢]?"
)
"""What wants something given, behind its name."""
_ASKING = re.compile(r"[哪谁啥]|什么")
"""A word of asking, in a word that is cut wrongly: 去哪办."""


class Understander:
    """Understands queries over one index."""

    def __init__(self, finder: TermFinder, lexicon: Lexicon, speller: Speller, texts: Sequence[str]) -> None:
        self._finder = finder
        self._lexicon = lexicon
        self._speller = speller
        self._corpus_text = "\n".join(texts)
        self._home = home_places(texts, lexicon.places)
        self._pairs = Pairs(texts)
        # All of the documents is about the place in their titles.
        aspects = lexicon.aspects | set(self._home)
        self._vocabulary = Vocabulary(
            self._subjects, self._about, self._telling, self._other, self._is_place, self._is_known, aspects
        )

    def understand(self, query: Query) -> Understanding:
        """Read a query. It must hold at least one character that is not white space."""
        typed = as_asked(query.question)
        text, corrected = self._speller.correct(typed)
        language: Language = "zh" if _CJK.search(text) else "en"
        sort = triage(normalize(typed))
        if sort != "ask":
            return Understanding(language, text, sort, References(), (), (), corrected)
        # As typed, so that no correction makes an order look like a question.
        earlier = [turn for turn in query.history if self.asks(turn.question)]
        wish = wish_of(typed)
        if wish and not earlier:
            return Understanding(language, text, "greeting", References(), (), (), corrected)
        if wish:
            return self._before(query, earlier[-1], wish, language)
        left_out, text = without_left_out_clauses(text)
        standalone = resolve(
            text,
            earlier,
            lambda earlier: self._speller.correct(as_asked(earlier))[0],
            lambda earlier: triage(earlier) == "ask",
            self._vocabulary,
        )
        references = replace(self._references(text, query), left_out=left_out)
        parts = self._parts(standalone.text, standalone.asked, bool(standalone.inherited))
        if len(parts) == 1 and standalone.inherited:
            parts = self._follow_ups(standalone, parts[0])
        if asks_for_everything(out_of_story(standalone.text)[0]) and not any(part.everything for part in parts):
            # 要搭哪些班子？一个都别漏
            parts = tuple(replace(part, everything=True, terms=self._of_a_matter(part.terms)) for part in parts)
        if len(parts) == 1:
            parts = (replace(parts[0], within=self._within(standalone)),)
        matter = matter_inside(text) if len(references.clauses) == 1 and not references.step else None
        foreign = self._foreign(out_of_story(standalone.text)[0]) + self._unknown_bodies(query.question)
        return Understanding(
            language,
            standalone.text,
            sort,
            references,
            parts,
            foreign,
            corrected,
            standalone.inherited,
            tuple(place for place in foreign if self._ends_a_line(place)),
            "\n".join([query.question, *(turn.question for turn in reversed(query.history))]),
            why=self._as_asked_then(query, earlier[-1]) if earlier and asks_why(typed) else None,
            inside=self._part(matter.words, matter.words, "") if matter and matter.words else None,
            matter=matter,
        )

    def _as_asked_then(self, query: Query, asked: Turn) -> Understanding:
        """A question of the history, as it was understood when it was asked."""
        at = max(place for place, turn in enumerate(query.history) if turn is asked)
        return self.understand(replace(query, question=asked.question, history=query.history[:at]))

    def _before(self, query: Query, asked: Turn, wish: Wish, language: Language) -> Understanding:
        """The question that was asked last, with what a turn wants of its answer, in the language of that turn."""
        # The turn is not to be put in other words.
        at = max(place for place, turn in enumerate(query.history) if turn is asked)
        shown = normalize("\n".join(turn.answer for turn in query.history[at:]))
        before = replace(self._as_asked_then(query, asked), inherited="", shown=shown)
        if wish not in ("en", "zh"):
            return replace(before, wish=wish, answer_in=language)
        # More that was given since is wanted in that language too.
        since = [wish_of(as_asked(turn.question)) for turn in query.history[at + 1 :]]
        return replace(before, wish="more" if "more" in since else wish, answer_in=wish)

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
            part = replace(self._part(text, piece, ""), own_words=asking_words(piece), by_itself=None)
            parts.append(as_follow_up(part, replace(standalone, asked=piece), self._lexicon.aspects))
        return tuple(parts)

    def _names_what_is_known(self, piece: str) -> bool:
        return any(map(self._is_known, set(self._subjects(piece)) - self._lexicon.aspects))

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

    def asks(self, question: str) -> bool:
        """Whether a question asks the documents: no greeting or misuse, nor a turn about the answer before it."""
        typed = as_asked(question)
        return triage(normalize(typed)) == "ask" and not wish_of(typed)

    def plain(self, question: str) -> SubQuestion:
        """A question as one sub-question, whatever it is."""
        text = normalize(question)
        return self._part(text, text, "")

    def _references(self, text: str, query: Query) -> References:
        """The numbers that a question names; “the next one” is counted on from the last one that was spoken of."""
        references = find_references(text)
        if not references.step or references.clauses:
            return references
        at: int | None = None
        for turn in query.history:
            at = _spoken_of(find_references(normalize(turn.question)), at)
        return references if at is None else replace(references, clauses=(at + references.step,))

    def _subjects(self, text: str) -> list[str]:
        language = "zh" if _CJK.search(text) else "en"
        named = [
            term.surface
            for term in self._finder.terms(text, language)
            if term.names and term.weight > NAMING and not _ASKING.search(term.surface)
        ]
        return [*YEAR.findall(text), *named] if YEAR.search(text) and named else named

    def _about(self, text: str) -> list[str]:
        """Its subjects, and what else tells and is a word of the documents (保护), in order."""
        subjects = self._subjects(text)
        terms = self._finder.terms(text, "zh" if _CJK.search(text) else "en")
        telling = [
            term.surface
            for term in terms
            if term.surface in subjects or (term.weight >= TELLING and self._finder.knows(term))
        ]
        return [subject for subject in subjects if subject not in telling] + telling

    def _telling(self, text: str) -> list[str]:
        """What says much in a question, of whatever part of speech (发电), whether or not the documents know it."""
        terms = self._finder.terms(text, "zh" if _CJK.search(text) else "en")
        return self._subjects(text) + [term.surface for term in terms if term.weight >= TELLING]

    def _other(self, text: str, before: str) -> tuple[str, str] | None:
        """What “the other one” stands for after an earlier question: (that question's words for the one, the other)."""
        terms = self._finder.terms(before, "zh" if _CJK.search(before) else "en")
        called = {word: term.surface for term in terms for word, degree in term.standins if degree >= 1.0}
        pair = self._pairs.other(text, called.keys())
        return None if pair is None else (called[pair[0]], pair[1])

    def _is_known(self, subject: str) -> bool:
        """Whether the documents use a subject, in its own words or in others that mean the same."""
        terms = self._finder.terms(subject, "zh" if _CJK.search(subject) else "en")
        return any(self._finder.knows(term) for term in terms)

    def _is_place(self, subject: str) -> bool:
        """Whether a subject is a place; an English one, by what it is in Chinese."""
        terms = self._finder.terms(subject, "zh" if _CJK.search(subject) else "en")
        words = [word for term in terms for word, degree in term.standins if degree >= 1.0]
        return any(word in self._lexicon.places or _PLACE.search(word) for word in words)

    def _parts(self, text: str, asked: str, inherits: bool) -> tuple[SubQuestion, ...]:
        question, story = out_of_story(text)
        pieces, told = pieces_of(question, self._asks)
        if len(pieces) == 1 and told:
            question, story = pieces[0][0], f"{story} {told}".strip()
        compared = self._compared(question, what_is_asked(asked))
        if compared:
            parts = [replace(self._part(one, asked, story), by_itself=None) for one in compared]
            if not what_is_asked(asked).each:
                # What is asked is one thing: 去两城里哪个更对路, not of either by itself.
                parts = [replace(part, own_words=asking_words(question)) for part in parts]
            return tuple(parts)
        if inherits:
            return (replace(self._part(question, asked, story), own_words=asking_words(asked), by_itself=None),)
        both = _BOTH.match(question)
        if both:
            sides = (both["first"], both["second"])
            return tuple(self._part(both["subject"] + side, side + (both["rest"] or ""), story) for side in sides)
        if len(pieces) == 1:
            return (self._part(question, question, story),)
        return tuple(self._side_by_side(pieces, f"{story} {told}".strip()))

    def _side_by_side(self, pieces: Sequence[tuple[str, bool]], story: str) -> list[SubQuestion]:
        """The pieces of a question, those that name no subject with that of the piece that opened the sentence.

        What names a subject of its own may be meant either way (周边能建酒店吗). A sentence that opens with several
        changes the subject for what follows in it.
        """
        named: SubQuestion | None = None
        parts = []
        for piece, opens in pieces:
            part = self._part(piece, piece, story)
            subjects = [subject for subject in self._subjects(piece) if subject not in self._lexicon.aspects]
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
        language = "zh" if _CJK.search(question) else "en"
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
        language = "zh" if _CJK.search(piece) else "en"
        return any(term.weight > NAMING for term in self._finder.terms(piece, language))

    def _part(self, text: str, asked: str, story: str) -> SubQuestion:
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
        language: Language = "zh" if _CJK.search(text) else "en"
        everything = asks_for_everything(text)
        named = matter_of(text) if everything else text
        terms = list(self._finder.terms(TAG.sub("", named), language))
        # The name in Chinese tells, as in a Chinese question, that what it consists of is asked for: 五大领域.
        text = " ".join([text, *(term.standins[0][0] for term in terms if term.numbered)])
        wanted = replace(
            what_is_asked(in_chinese(asked, terms) if _CJK.search(asked) else asked),
            age=age_asked(f"{text} {story}"),
            left_out=left_out,
        )
        if everything:
            terms = list(self._of_a_matter(terms))
            # Of what clauses say the meaning is what they say: 生态补偿哪几条有写,分别啥意思.
            wanted = replace(wanted, count_unit=None, definition=False) if counts_clauses(text) else wanted
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

    @cached_property
    def _named_briefly(self) -> set[str]:
        """Places that a document names by their first characters in a row; looked for when one is first asked about.

        Of two characters one cannot tell whether they stand for places or make a word: 新青, 台中.
        """
        initials = self._lexicon.initials
        in_a_row = re.findall(f"[{''.join(initials)}]{{3,}}", self._corpus_text)
        return {place for run in in_a_row for initial in run for place in initials[initial]}

    def _foreign(self, text: str) -> tuple[str, ...]:
        """Places that the question names and no document does."""
        named = [word for word in self._finder.words(_OFFERED.sub(",", text)) if word in self._lexicon.places]
        unheld = (word for word in named if word not in self._corpus_text and word not in self._named_briefly)
        return tuple(dict.fromkeys(unheld))

    def _unknown_bodies(self, typed: str) -> tuple[str, ...]:
        """The names of bodies in an English question, as typed, that neither a document nor the lexicon knows."""
        named = (name for match in _BODY_ENGLISH.finditer(typed) for name in match.groups() if name)
        return tuple(dict.fromkeys(name for name in named if not self._speller.is_english(name.lower())))

    def _ends_a_line(self, place: str) -> bool:
        """Whether a document names a line after the place and another one, by their first characters: 成昆高速铁路."""
        if place[0] in FUNCTION_CHARACTERS:
            return False
        return bool(re.search(rf"{place[0]}[\u4e00-\u9fff]?(?:{_LINE})", self._corpus_text))


def _is_named_last(kind: Kind, piece: str) -> bool:
    """Whether a piece ends with a kind of answer, or only wants it given: 联系电话给一个; not 报名字."""
    return any(_GIVEN.fullmatch(piece, match.end()) for match in kind.asked.finditer(piece))


def _own_words(standalone: Standalone) -> str:
    """The words of a follow-up behind those that it takes over; empty where the two are mixed."""
    asked = standalone.asked.rstrip("?")
    starts = range(len(asked) if standalone.inherited else 0)
    return next((asked[at:] for at in starts if standalone.text.rstrip("?").endswith(asked[at:])), "")


def _spoken_of(references: References, before: int | None) -> int | None:
    """The clause that a conversation has come to with a question: the last one named, or one on from that before."""
    if references.clauses:
        return references.clauses[-1]
    if before is None or not references.step:
        return before
    return before + references.step or before  # there is no clause 0: a step too far leads nowhere
