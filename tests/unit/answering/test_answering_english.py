"""English questions are read as Chinese ones are: their words, the kind of answer asked for, numbers, follow-ups."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answering.asked import what_is_asked
from assistant.answering.english_forms import base_forms
from assistant.answering.english_kinds import counted_unit
from assistant.answering.english_numbers import english_quantities, in_english
from assistant.answering.expansion import Term
from assistant.answering.references import find_references
from assistant.answering.terms import TermFinder
from assistant.answering.understanding import Understanding
from assistant.indexing.analysis import normalize

Understand = Callable[..., Understanding]


def kinds(question: str) -> set[str]:
    return {kind.name for kind in what_is_asked(normalize(question)).kinds}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who should I call about this?", "contact"),
        ("What is the address of the office?", "address"),
        ("How expensive is a place in a care home?", "money"),
        ("How many yuan will it cost?", "money"),
        ("What GDP growth p.a. is planned?", "rate"),
        ("How long is the new motorway?", "size"),
        ("How long does an application take?", "duration"),
        ("How often are they inspected?", "frequency"),
        ("How soon will it open?", "time"),
        ("Which Chinese airlines will fly there?", "company"),
        ("Who will pay for the bridge?", "company"),
        ("Who's the current mayor?", "person"),
        ("What are the names of the officials?", "person"),
        ("Where do I sign up?", "application"),
        ("Which forms do I need?", "materials"),
        ("Has the station been completed?", "result"),
        ("Did the city reach its target?", "result"),
        ("How many firms did they end up with?", "result"),
        ("When I can apply?", "time"),
        ("The exact date of the session?", "day"),
        ("Which month was it adopted?", "month"),
        ("What year does it open?", "year"),
        ("Which mountain is the airport moving to?", "address"),
        ("The new hospital is on which road?", "address"),
        ("How wide is it and how many lanes?", "size"),
        ("What's the biggest stake a private owner may hold?", "rate"),
        ("How does my company join the alliance?", "application"),
        ("Developer of the new district, who is it?", "company"),
        ("Who puts in more money?", "company"),
        ("Which hotel chain runs the resort?", "company"),
        ("What is the closing date for bids?", "time"),
        ("How deep are the pits?", "size"),
        ("How hot does it get in the valley?", "quantity"),
        ("How far is the airport from the city centre?", "quantity"),
        ("Which digits are in its name?", "quantity"),
        ("Are the taxes split fifty-fifty?", "rate"),
        ("How many such firms are there today?", "result"),
        ("Which town is it in?", "county"),
        ("Where does the city rank?", "rank"),
        ("What happens to an office that fails?", "penalty"),
    ],
)
def test_the_kind_of_answer_that_is_asked_for(question: str, kind: str) -> None:
    assert kind in kinds(question)


@pytest.mark.parametrize(
    "question",
    [
        "How does the plan address pollution?",
        "How much of the land is restored?",
        "What happens when a mine is closed?",
        "What about factories that pollute?",
        "Who is in charge of the work?",
        "What drives economic growth?",
        "What is the growth pole of the region?",
        "Which kinds of companies may take part?",
        "When I am 70, who looks after me?",
        "I am a developer of apps, is there an incubator?",
        "Which road will be built?",
        "Would my rank be accepted here?",
        "How deep is the cooperation meant to be?",
        "How far are they with the airport?",
        "I heard what the factories make must be high-tech.",
        "What happens to a child who misses a vaccination?",
    ],
)
def test_words_that_ask_for_nothing_in_particular(question: str) -> None:
    assert kinds(question) == set()


@pytest.mark.parametrize(
    ("question", "shape"),
    [
        ("What parks will be built?", "wants_list"),
        ("Name them all", "wants_all"),
        ("The resort is in Miyi, isn't it?", "yes_no"),
        ("So the target is 200 billion, right?", "yes_no"),
        ("What does 7+3 stand for?", "definition"),
        ("How do the two differ?", "comparison"),
        ("What is this decision about?", "overview"),
        ("How come?", "reason"),
    ],
)
def test_the_shape_of_the_answer(question: str, shape: str) -> None:
    assert getattr(what_is_asked(normalize(question)), shape)


def test_what_is_counted() -> None:
    assert counted_unit("how many high-tech firms are there?") == "家"
    assert counted_unit("how many foreign visitors came?") == "人"
    assert counted_unit("how many parks are there?") == ""


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("output of 200 billion yuan", [("2000", "亿")]),
        ("rmb 150bn", [("1500", "亿")]),
        ("2.5 million", [("250", "万")]),
        ("70 percent", [("70", "%")]),
        ("12.5%", [("12.5", "%")]),
        ("30 r&d institutions", [("30", "家")]),
        ("1,000 high-tech enterprises and 50 000 jobs", [("1000", "家")]),
        ("clause 5 of part 2", []),
    ],
)
def test_quantities(text: str, quantities: list[tuple[str, str]]) -> None:
    assert english_quantities(text)[: len(quantities) or None] == quantities


@pytest.mark.parametrize(
    ("chinese", "english"),
    [("2000亿", "200 billion"), ("15亿", "1.5 billion"), ("300万", "3 million"), ("5万", "50000"), ("2030年", "2030")],
)
def test_quantities_in_english(chinese: str, english: str) -> None:
    assert in_english(chinese) == english
    assert in_english("70%") == "70%"
    assert in_english("昆山") == "昆山"


@pytest.mark.parametrize(
    ("question", "clauses", "parts"),
    [
        ("what's in art. 11?", (11,), ()),
        ("what does para 10 cover?", (10,), ()),
        ("arts. 3 and 4", (3, 4), ()),
        ("§ 5", (5,), ()),
        ("the final clause", (-1,), ()),
        ("part two", (), (2,)),
        ("the art 3 people made", (), ()),
    ],
)
def test_clauses_by_number(question: str, clauses: tuple[int, ...], parts: tuple[int, ...]) -> None:
    found = find_references(question)
    assert (found.clauses, found.parts) == (clauses, parts)


def term(finder: TermFinder, text: str) -> Term:
    return finder.terms(text, "en")[0]


def test_a_word_is_found_where_a_word_begins(finder: TermFinder) -> None:
    assert term(finder, "art").support("political parties and partners") == 0
    assert term(finder, "arts").support("literature and art") == 1
    assert term(finder, "assigning").support("assign responsibility to departments") == 1


def test_a_phrase_may_say_nothing_of_which_the_words_would(finder: TermFinder) -> None:
    assert [found.surface for found in finder.terms("is the airport moved step by step", "en")] == ["airport", "moved"]
    assert [found.surface for found in finder.terms("is a fast train on the cards", "en")] == ["fast train"]


def test_no_phrase_reaches_over_a_mark(finder: TermFinder) -> None:
    assert term(finder, "check again").surface == "check again"
    assert term(finder, "what will they check, again and again").surface == "check"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("places to park my car", "停车场"),
        ("vanadium town", "钒钛新城"),
        ("strong sides", "优势"),
        ("old factories", "工业遗产"),
        ("walking aids", "康复辅助器具"),
        ("teams up", "联合"),
        ("western section", "西段"),
    ],
)
def test_everyday_words_are_known(finder: TermFinder, words: str, said: str) -> None:
    assert any(found.support(said) >= 0.95 for found in finder.terms(words, "en"))


def test_british_spelling_is_read_as_american(finder: TermFinder) -> None:
    for british, american in [
        ("centre", "a service center"),
        ("recognised", "titles are recognized"),
        ("labour", "skilled labor"),
        ("travelling", "traveling"),
        ("programmes", "a program"),
    ]:
        assert term(finder, british).support(american) == 1, british


def test_names_with_a_number_in_them(finder: TermFinder) -> None:
    assert term(finder, "five fields").standins == (("五大领域", 1.0),)
    assert term(finder, "8 campaigns").standins == (("八大战役", 1.0),)
    assert "7+3" in {found.surface for found in finder.terms("what is the 7+3 system", "en")}
    assert not any(found.numbered for found in finder.terms("six fields", "en"))


@pytest.mark.parametrize(
    ("history", "question", "taken", "left"),
    [
        (["What should Renhe District do?"], "what about Yanbian?", ["yanbian"], ["renhe"]),
        (["How is Miyi County positioned?", "and East District?"], "and Yanbian?", ["yanbian"], ["miyi", "east"]),
        (["Which railways are planned?"], "How about the expressways?", ["expressways", "planned"], ["railways"]),
    ],
)
def test_a_follow_up_puts_its_subject_in_the_place_of_the_earlier_one(
    understand: Understand, history: list[str], question: str, taken: list[str], left: list[str]
) -> None:
    found = understand(question, *history)
    assert [word for word in taken if word not in found.text] == []
    assert [word for word in left if word in found.text] == []


def test_what_ends_with_a_tag_does_not_go_on_with_the_talk(understand: Understand) -> None:
    found = understand("and the park with Wenjiang is national level, right?", "When will the airport open?")
    assert "airport" not in found.text


def test_what_the_asker_tells_is_no_question(understand: Understand) -> None:
    (part,) = understand("My noodle shop is near the south train station, what is planned there?").parts
    assert part.own_words == "what is planned there"
    (part,) = understand("The orchards look dry. Anything about water up there?").parts
    assert part.own_words == "anything about water up there"


def test_the_same_is_asked_of_each(understand: Understand) -> None:
    parts = understand("Vanadium city or science city, what is the main business of each?").parts
    assert ["vanadium city" in part.text for part in parts] == [True, False]
    assert ["science city" in part.text for part in parts] == [False, True]


def test_two_questions_in_one_sentence(understand: Understand) -> None:
    assert len(understand("Is the airport moving and which motorways are planned?").parts) == 2
    assert len(understand("Which railways and motorways are planned?").parts) == 1


def test_an_english_sentence_is_no_story(understand: Understand) -> None:
    question = "In the new area, which is to be established by the city, how many firms should there be by 2025?"
    (part,) = understand(question).parts
    weights = {found.surface: found.weight for found in part.terms}
    alone = understand("new area").parts[0].terms[0]
    assert weights["new area"] == alone.weight
    assert part.years == ("2025",)


@pytest.mark.parametrize(
    ("phrase", "form"),
    [("chambers of commerce", "chamber of commerce"), ("policies", "policy"), ("programmes", "program")],
)
def test_a_phrase_is_looked_up_in_its_base_form(phrase: str, form: str) -> None:
    assert form in base_forms(phrase)


@pytest.mark.parametrize(
    ("word", "form", "other"), [("rated", "rate", "rat"), ("hoping", "hope", "hop"), ("opened", "open", "opene")]
)
def test_the_likelier_of_two_base_forms_comes_first(word: str, form: str, other: str) -> None:
    """Rated is of rate: of rat it would be ratted."""
    found = base_forms(word)
    assert found.index(form) < found.index(other)
