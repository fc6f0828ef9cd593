from dataclasses import replace

import pytest

from assistant.answering.wording import correction
from assistant.errors import InvalidQuestion
from assistant.schema import Answer, Query, Turn
from eval.datasets import Question
from eval.figures import measure
from eval.suites.base import evenly
from eval.suites.decision import DecisionCase
from eval.suites.decision_figures import SPECS
from eval.systems import System

DOCUMENT = "panzhihua-2020-07-30"
ASKED = Question(
    id="q1",
    language="zh",
    audience="citizen",
    kind="fact",
    noise="none",
    question="2025年工业总产值多少？",
    history=(),
    status=frozenset({"answered"}),
    clauses=frozenset({2}),
    acceptable=frozenset(),
    facts=(("1500亿元",),),
)
REFUSE = replace(ASKED, id="q2", status=frozenset({"no_evidence"}), clauses=frozenset(), facts=())
FOLLOW_UP = replace(ASKED, id="q3", question="多少？", history=(("工业总产值有目标吗？", "有。"),))
ENGLISH = replace(ASKED, id="q4", language="en", question="How much?")


@pytest.fixture
def right(cite):
    return Answer("answered", "工业总产值1500亿元以上。[1]", "zh", (cite("工业总产值1500亿元以上", 2),), confidence=0.9)


@pytest.fixture
def measured(fake_engine, document):
    def measured(question, answer, documents=()):
        engine = fake_engine(answer if callable(answer) else lambda query: answer)
        return DecisionCase(question, document, documents).measure(System("fake", "", engine)), engine

    return measured


def test_a_right_answer(measured, right) -> None:
    item, engine = measured(ASKED, right)
    assert (item.right, item.problems, item.error) == (True, [], "")
    assert engine.asked == [Query(ASKED.question)]
    for key in ("fully_right", "quotes_verbatim", "quotes_in_clause", "markers_sound", "hit@1", "ndcg@10"):
        assert item.ratios[key] == (1, 1), key
    assert item.ratios["crashes"] == (0, 1)
    assert item.samples["length"] == len("工业总产值1500亿元以上。")
    assert item.samples["confidence"] == 0.9
    # 工业总产值 is the longest run that stands in the document too
    assert item.samples["overlap"] == pytest.approx(5 / len("2025年工业总产值多少？"))
    assert item.evidence[0].place == f"{DOCUMENT} （二）"


def test_a_wrong_answer_says_what_is_wrong(measured, cite) -> None:
    item, _ = measured(ASKED, Answer("partial", "认清形势。[1]", "zh", (cite("认清形势", 1),)))
    assert item.problems == [
        "status partial, expected answered",
        "fact missing: 1500亿元",
        "not cited: （二）",
        "wrongly cited: （一）",
    ]
    assert not item.right


def test_a_refusal(measured) -> None:
    item, _ = measured(REFUSE, Answer("no_evidence", "文件没有写。", "zh", confidence=0.1))
    assert item.right
    assert item.samples["answerable"] == 0
    assert "length" not in item.samples
    assert "hit@1" not in item.ratios


def test_a_crash_is_a_failure_with_its_error(measured) -> None:
    def crash(query: Query) -> Answer:
        raise ZeroDivisionError("division\nby zero")

    item, _ = measured(ASKED, crash)
    assert not item.right
    assert item.error == "ZeroDivisionError: division by zero"
    assert item.ratios["crashes"] == (1, 1)
    assert item.ratios["fully_right"] == (0, 1)
    assert item.ratios["citation_recall"] == (0, 1)
    assert "latency_ms" not in item.samples
    item, _ = measured(ASKED, lambda query: (_ for _ in ()).throw(InvalidQuestion("empty")))
    assert item.error == "InvalidQuestion: empty"


def test_a_quote_that_is_not_the_text_is_found(measured, right) -> None:
    citation = replace(right.citations[0], quote="工业总产值1600亿元以上")
    item, _ = measured(ASKED, replace(right, citations=(citation,)))
    assert item.ratios["quotes_verbatim"] == (0, 1)
    assert item.problems[-1].startswith("quote is not the text at")
    item, _ = measured(ASKED, replace(right, citations=(replace(right.citations[0], document="none"),)))
    assert item.ratios["quotes_verbatim"] == (0, 1)
    assert "cites none, which is not held" in item.problems


def test_a_quote_from_another_clause_is_found(measured, right, cite) -> None:
    citation = replace(cite("认清形势", 1), clause_number=2, clause_label="（二）")
    item, _ = measured(ASKED, replace(right, citations=(*right.citations, replace(citation, marker=2))))
    assert item.ratios["quotes_in_clause"] == (1, 2)
    assert item.ratios["markers_sound"] == (0, 1)
    assert "citation [2] is not in the text" in item.problems


def test_a_marker_that_leads_nowhere_is_found(measured, right) -> None:
    item, _ = measured(ASKED, replace(right, text=right.text + "又[2]，川府发[2020]1号。"))
    assert item.problems == ["marker [2] leads nowhere"]


def test_a_premise_put_right_that_is_so(measured, right) -> None:
    kept = replace(ASKED, corrected=False, pair="p1")
    answer = replace(right, text=correction("2025年", "zh") + right.text)
    item, _ = measured(kept, answer)
    assert (item.right, item.problems, item.labels["pair"]) == (False, ["put right what is so"], "p1")
    item, _ = measured(replace(kept, corrected=True), answer)
    assert item.right
    item, _ = measured(replace(kept, corrected=True), right)
    assert item.problems == ["premise not put right"]


def test_the_conversation_is_passed_on(measured, right) -> None:
    item, engine = measured(FOLLOW_UP, right, documents=(DOCUMENT,))
    assert engine.asked == [Query("多少？", (Turn("工业总产值有目标吗？", "有。"),), (DOCUMENT,))]
    assert item.ratios["fully_right_follow_up"] == (1, 1)
    assert "hit@1" not in item.ratios
    assert item.labels["turn"] == "follow-up"


def test_english_is_counted_apart(measured, right) -> None:
    item, _ = measured(ENGLISH, right)
    assert item.ratios["fully_right_english"] == (1, 1)
    assert "overlap" not in item.samples


def test_every_figure_can_be_measured(measured, right) -> None:
    refused = Answer("no_evidence", "没有。", "zh", confidence=0.1)
    kept = replace(ASKED, id="q5", corrected=False, pair="p1")
    false = replace(ASKED, id="q6", corrected=True, pair="p1")
    corrected = replace(right, text=correction("2030年", "zh") + right.text)
    pairs = ((ASKED, right), (REFUSE, refused), (FOLLOW_UP, right), (ENGLISH, right), (kept, right), (false, corrected))
    items = [measured(question, answer)[0] for question, answer in pairs]
    figures = {spec.key: measure(spec, items) for spec in SPECS}
    assert [key for key, figure in figures.items() if figure.value is None] == []
    assert figures["fully_right"].value == 1
    assert figures["refusal_precision"].value == 1
    assert figures["auroc"].value == 1


@pytest.mark.parametrize(("limit", "chosen"), [(None, 10), (3, 3), (10, 10), (99, 10)])
def test_a_limit_spreads_over_the_whole_set(limit: int | None, chosen: int) -> None:
    picked = evenly(range(10), limit)
    assert len(picked) == chosen
    if limit == 3:
        assert picked == [0, 3, 6]
