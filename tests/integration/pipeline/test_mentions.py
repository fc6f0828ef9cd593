"""Which clauses mention a word, how many, how often: every clause is read, and the answer says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.indexing.numerals import to_chinese
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query

ROOT = Path(__file__).parents[3]
RULES = """{title}

第一条 为了管好{thing}，制定本办法。

第二条 市政机构负责{thing}的维修，经费由市里承担。

第三条 {thing}每天检查，检查{thing}的人员持证上岗。
"""


def held(assistant: Assistant, word: str) -> tuple[list[int], int]:
    """The numbers of the clauses that hold a word, and how often it stands in the document, counted by other means."""
    [document] = assistant.documents()
    # The record of the document says that 钇钛 is a misprint for 钒钛.
    text = {clause.position: re.sub(r"\s", "", clause.text).replace("钇钛", "钒钛") for clause in document.clauses}
    numbers = [c.number for c in document.clauses if c.kind == "clause" and word in text[c.position]]
    return numbers, sum(one.count(word) for one in text.values())


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("哪几条提到康养", "康养"),
        ("哪些条款提到了重庆？", "重庆"),
        ("“钒钛”一共出现了多少次", "钒钛"),
        ("有几条讲到医疗", "医疗"),
    ],
)
def test_every_clause_that_holds_the_word_is_cited_and_counted(
    corpus_assistant: Assistant, question: str, word: str
) -> None:
    numbers, times = held(corpus_assistant, word)
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert [citation.clause_number for citation in answer.citations if citation.clause_number] == numbers
    assert all(word in citation.quote for citation in answer.citations)
    lead = answer.text.splitlines()[0]
    assert "共17条，已逐条查过" in lead
    assert f"提到“{word}”的有{len(numbers)}条" in lead
    assert f"全文共{times}次" in lead
    document = corpus_assistant.document(answer.citations[0].document)
    assert all(document.text[c.start : c.end] == c.quote for c in answer.citations)


def test_a_word_that_no_clause_holds_is_refused_with_the_count_of_what_was_read(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("哪些条款提到地铁"))
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert "17条" in answer.text
    assert "没有一条提到“地铁”" in answer.text
    assert answer.related, "what is near is offered"
    assert "“GDP”" in corpus_assistant.ask(Query("哪些条款提到GDP")).text, "in the capitals in which it was typed"


def test_another_word_for_the_same_is_looked_for_where_the_own_one_is_nowhere(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("哪几条提到民企"))
    assert "没有“民企”这个说法，提到“民营企业”、“民营经济”、“民营资本”的有2条（十三、十五），全文共4次" in answer.text
    assert [citation.clause_number for citation in answer.citations] == [13, 15]


def test_in_english_the_translation_is_read(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("How many clauses mention the airport?"))
    assert answer.text.startswith("I read all 17 clauses: 1 mentions “airport” (10), 2 times in all: ")
    assert [citation.clause_number for citation in answer.citations] == [10]
    none = corpus_assistant.ask(Query("Which articles mention the subway?"))
    assert none.status == "no_evidence"
    assert "none mentions “subway”" in none.text


def test_what_has_no_translation_is_not_said_to_be_read_in_english(tmp_path: Path) -> None:
    (tmp_path / "lamps.txt").write_text(RULES.format(title="机场路灯办法", thing="机场路灯"), encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([ROOT / "corpus", tmp_path / "lamps.txt"], settings)
    both = open_assistant(settings)
    # By its Chinese name it can be looked for in both.
    answer = both.ask(Query("Which clauses mention the airport?"))
    assert answer.text.startswith("I read all 20 clauses of 2 documents: 4 mention “机场”")
    # “earnestly” stands in the translation, and no glossary has it.
    assert "I read all" not in both.ask(Query("Which clauses mention earnestly?")).text
    assert both.ask(Query("哪些文件提到机场")).text.startswith(
        "2份文件共20条，已逐条查过：提到“机场”的有4条（见于2份文件）"
    )


def test_a_matter_in_several_words_is_looked_for_by_what_it_means_and_no_word_is_counted(
    corpus_assistant: Assistant,
) -> None:
    answer = corpus_assistant.ask(Query("哪几条讲到机场搬迁的安排"))
    assert answer.text.startswith("共17条，已逐条查过，找到相关的")
    assert "提到" not in answer.text
    assert 10 in [citation.clause_number for citation in answer.citations]


def test_what_is_on_a_matter_is_what_names_it_where_few_do(corpus_assistant: Assistant) -> None:
    few = corpus_assistant.ask(Query("讲资源共享的是哪一条"))
    assert [citation.clause_number for citation in few.citations] == [9]
    assert "逐条查过" in few.text
    many = corpus_assistant.ask(Query("讲康养的是哪一条"))
    assert "逐条查过" not in many.text
    assert 11 in [citation.clause_number for citation in many.citations]
    assert "逐条查过" not in corpus_assistant.ask(Query("讲看病的是哪一条")).text, "none names it, one may be on it"


def test_several_documents_are_read_all(tmp_path: Path) -> None:
    for name, title, thing in (("lamps", "路灯管理办法", "路灯"), ("parks", "公园管理办法", "公园")):
        (tmp_path / f"{name}.txt").write_text(RULES.format(title=title, thing=thing), encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "lamps.txt", tmp_path / "parks.txt"], settings)
    both = open_assistant(settings)
    answer = both.ask(Query("哪几条提到检查"))
    assert answer.text.startswith("2份文件共6条，已逐条查过：提到“检查”的有2条（见于2份文件），全文共4次：")
    assert {(c.document, c.clause_number) for c in answer.citations} == {("lamps", 3), ("parks", 3)}
    one = both.ask(Query("哪几条提到检查", documents=("parks",)))
    assert one.text.startswith("共3条，已逐条查过：提到“检查”的有1条（第三条），全文共2次：")
    # Only its title and its clauses speak of lamps: six times, the title's among them.
    assert "提到“路灯”的有3条（见于1份文件），全文共5次" in both.ask(Query("哪些文件提到路灯")).text


def test_a_clause_that_is_nothing_but_a_label_lacks_every_word(tmp_path: Path) -> None:
    (tmp_path / "lamps.txt").write_text(
        "路灯办法\n\n第一条 路灯要亮。\n\n第二条\n\n第三条 路灯要修。\n", encoding="utf-8"
    )
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "lamps.txt"], settings)
    answer = open_assistant(settings).ask(Query("哪几条没有提到路灯"))
    assert answer.text.startswith("共3条，已逐条查过：没有提到“路灯”的有1条（第二条）：")
    assert [citation.clause_number for citation in answer.citations] == [2]


def test_of_many_places_the_first_are_quoted_and_all_counted(tmp_path: Path) -> None:
    clauses = "\n\n".join(f"第{to_chinese(number)}条 第{number}号路灯由市里维修。" for number in range(1, 26))
    (tmp_path / "lamps.txt").write_text(f"路灯维修办法\n\n{clauses}\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "lamps.txt"], settings)
    answer = open_assistant(settings).ask(Query("哪几条提到路灯"))
    lead, *quotes = answer.text.splitlines()
    assert "提到“路灯”的有25条" in lead
    assert lead.endswith("全文共26次，先列前20处："), "once more in the title"
    assert [citation.clause_number for citation in answer.citations] == list(range(1, 21))
    assert len(quotes) == 20


def test_what_a_set_leaves_out_does_not_take_the_places_of_its_own(tmp_path: Path) -> None:
    both = [f"第{to_chinese(number)}条 在市里办厂的{number}类企业可以申请贷款。" for number in range(1, 23)]
    one = [f"第{to_chinese(number)}条 在市里办厂的{number}类企业可以申请补贴。" for number in range(23, 25)]
    (tmp_path / "firms.txt").write_text("扶持办法\n\n" + "\n\n".join(both + one) + "\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "firms.txt"], settings)
    assistant = open_assistant(settings)
    answer = assistant.ask(Query("哪些条款提到企业但没提到贷款"))
    assert answer.text.startswith("共24条，已逐条查过：提到“企业”、但没有提到“贷款”的有2条（第二十三条、第二十四条）：")
    assert [citation.clause_number for citation in answer.citations] == [23, 24]
    answer = assistant.ask(Query("哪些条款同时提到企业和贷款"))
    assert "的有22条" in answer.text
    assert "先列前20处" in answer.text


@pytest.mark.parametrize(
    ("question", "having", "lacking"),
    [
        ("哪些条款没有提到钒钛？", [], ["钒钛"]),
        ("没有提到重庆的条款有几条", [], ["重庆"]),
        ("哪些条款同时提到康养和钒钛", ["康养", "钒钛"], []),
        ("既提到重庆又提到成都的条款有哪些", ["重庆", "成都"], []),
        ("哪条既有铁路又有机场", ["铁路", "机场"], []),
        ("哪些条款提到康养但没提到钒钛", ["康养"], ["钒钛"]),
        ("Which clauses do not mention vanadium?", [], ["钒"]),
        ("which clauses mention wellness but not vanadium", ["康养"], ["钒"]),
    ],
)
def test_the_clauses_without_a_word_or_with_two_are_listed(
    corpus_assistant: Assistant, question: str, having: list[str], lacking: list[str]
) -> None:
    every = {clause.number for clause in corpus_assistant.documents()[0].clauses if clause.kind == "clause"}
    wanted = every.intersection(*(held(corpus_assistant, word)[0] for word in having))
    wanted = wanted.difference(*(held(corpus_assistant, word)[0] for word in lacking))
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert {citation.clause_number for citation in answer.citations} == wanted
    assert re.search(rf"\b{len(wanted)}\b", answer.text.splitlines()[0].replace("条", " 条").replace("有", "有 "))
    document = corpus_assistant.document(answer.citations[0].document)
    assert all(document.text[c.start : c.end] == c.quote for c in answer.citations)


def test_a_set_without_clauses_is_refused_with_the_count_of_what_was_read(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("哪些条款提到成都但没有提到重庆"))
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert "共17条，已逐条查过，没有一条提到“成都”、但没有提到“重庆”" in answer.text


@pytest.mark.parametrize(
    "question", ["哪个区不发展战略性新兴产业", "which districts will not develop emerging industries"]
)
def test_those_that_do_are_no_answer_to_which_do_not(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == "no_evidence"
