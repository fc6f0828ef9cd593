"""A query → what it is about: language, terms, kinds of answer, clause numbers, years, places, sub-questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.as_asked import as_asked
from assistant.answering.claims import lives_there
from assistant.answering.clause_matters import ClauseMatter, matter_inside
from assistant.answering.conversation import resolve
from assistant.answering.denials import denies
from assistant.answering.home import home_places
from assistant.answering.lexicon import Lexicon
from assistant.answering.outline_asked import asks_for_outline
from assistant.answering.pairs import Pairs
from assistant.answering.purposes import asks_why
from assistant.answering.question_parts import QuestionParts
from assistant.answering.questions import language_of, out_of_story
from assistant.answering.references import References, find_references, with_plain_numbers, without_left_out_clauses
from assistant.answering.short_years import with_full_years
from assistant.answering.spelling import Speller
from assistant.answering.sub_question import SubQuestion
from assistant.answering.subjects import Subjects
from assistant.answering.terms import TermFinder
from assistant.answering.triage import Triage, triage
from assistant.answering.unheld import Unheld
from assistant.answering.wishes import Wish, wish_of
from assistant.indexing.analysis import normalize
from assistant.schema import Language, Query


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
    claims: tuple[SubQuestion, ...] = ()
    """What the question tells beside what it asks, each as a question whether it is so."""
    outline: bool = False
    """Whether an outline of a document as a whole is asked for."""

    def as_typed(self, words: str) -> str:
        """Words in the capitals in which they were typed: gdp目标 → GDP目标."""
        match = re.search(re.escape(words), self.typed, re.IGNORECASE)
        return match.group() if match else words


class Understander:
    """Understands queries over one index."""

    def __init__(self, finder: TermFinder, lexicon: Lexicon, speller: Speller, texts: Sequence[str]) -> None:
        self._speller = speller
        pairs, home = Pairs(texts), home_places(texts, lexicon.places)
        self._subjects = subjects = Subjects(finder, lexicon, pairs)
        # All of the documents is about the place in their titles.
        self._vocabulary = subjects.vocabulary(lexicon.aspects | set(home))
        self._parts = QuestionParts(finder, lexicon, subjects, pairs, home)
        self._unheld = Unheld(finder, lexicon, speller, texts)

    def understand(self, query: Query) -> Understanding:
        """Read a query. It must hold at least one character that is not white space."""
        typed = as_asked(query.question)
        text, corrected = self._put_right(typed)
        text, language = with_plain_numbers(text), language_of(text)
        sort = triage(normalize(typed))
        if sort != "ask":
            return Understanding(language, text, sort, References(), (), (), corrected)
        # As typed, so that no correction makes an order look like a question.
        earlier = [place for place, turn in enumerate(query.history) if self.asks(turn.question)]
        wish = wish_of(typed)
        if wish and not earlier:
            return Understanding(language, text, "greeting", References(), (), (), corrected)
        if wish:
            return self._before(query, earlier[-1], wish, language)
        left_out, text = without_left_out_clauses(text)
        standalone = resolve(
            text,
            [query.history[place] for place in earlier],
            lambda earlier: self._put_right(as_asked(earlier))[0],
            lambda earlier: triage(earlier) == "ask",
            self._vocabulary,
        )
        references = replace(self._references(text, query), left_out=left_out)
        matter = matter_inside(text) if len(references.clauses) == 1 and not references.step else None
        question = out_of_story(standalone.text)[0]
        foreign = self._unheld.places(question) + self._unheld.bodies(query.question)
        foreign = tuple(place for place in foreign if not (denies(question, place) or lives_there(question, place)))
        claims = () if standalone.inherited else self._parts.claims(standalone.text)
        return Understanding(
            language,
            standalone.text,
            sort,
            references,
            self._parts.of(standalone),
            foreign,
            corrected,
            standalone.inherited,
            tuple(place for place in foreign if self._unheld.ends_a_line(place)),
            "\n".join([query.question, *(turn.question for turn in reversed(query.history))]),
            why=self._as_asked_then(query, earlier[-1]) if earlier and asks_why(typed) else None,
            inside=self._parts.part(matter.words, matter.words, "") if matter and matter.words else None,
            matter=matter,
            claims=claims,
            outline=not references.parts and asks_for_outline(text, self._subjects.named),
        )

    def _as_asked_then(self, query: Query, at: int) -> Understanding:
        """A question of the history, by its place there, as it was understood when it was asked."""
        return self.understand(replace(query, question=query.history[at].question, history=query.history[:at]))

    def _before(self, query: Query, at: int, wish: Wish, language: Language) -> Understanding:
        """The question that was asked last, with what a turn wants of its answer, in the language of that turn."""
        # The turn is not to be put in other words.
        shown = normalize("\n".join(turn.answer for turn in query.history[at:]))
        before = replace(self._as_asked_then(query, at), inherited="", shown=shown)
        if wish not in ("en", "zh"):
            return replace(before, wish=wish, answer_in=language)
        # More that was given since is wanted in that language too.
        since = [wish_of(as_asked(turn.question)) for turn in query.history[at + 1 :]]
        return replace(before, wish="more" if "more" in since else wish, answer_in=wish)

    def _put_right(self, typed: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        """A normalised question as it is meant, and what was misspelt or said short: (as typed, as understood)."""
        text, corrected = self._speller.correct(typed)
        text, years = with_full_years(text)
        return text, (*corrected, *years)

    def plain(self, question: str) -> SubQuestion:
        """A question as one sub-question, whatever it is."""
        text = normalize(question)
        return self._parts.part(text, text, "")

    def asks(self, question: str) -> bool:
        """Whether a question asks the documents: no greeting or misuse, nor a turn about the answer before it."""
        typed = as_asked(question)
        return triage(normalize(typed)) == "ask" and not wish_of(typed)

    def _references(self, text: str, query: Query) -> References:
        """The numbers that a question names; “the next one” is counted on from the last one that was spoken of."""
        references = find_references(text)
        if not references.step or references.clauses:
            return references
        at: int | None = None
        for turn in query.history:
            at = _spoken_of(find_references(normalize(turn.question)), at)
        return references if at is None else replace(references, clauses=(at + references.step,))


def _spoken_of(references: References, before: int | None) -> int | None:
    """The clause that a conversation has come to with a question: the last one named, or one on from that before."""
    if references.clauses:
        return references.clauses[-1]
    if before is None or not references.step:
        return before
    return before + references.step or before  # there is no clause 0: a step too far leads nowhere
