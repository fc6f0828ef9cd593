import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from assistant.config import Settings
from assistant.schema import Answer, Chunk, Evidence
from eval.errors import DataMissing, InvalidData
from eval.suites import SUITES, get_suite
from eval.suites.base import Options
from eval.suites.corpora import Compact
from eval.suites.public import read_cmrc2018, read_drcd, read_ncp_policy
from eval.suites.spans import Places, SpanCase, SpanData, SpanQuestion, chosen_texts, sample
from eval.suites.stard import Article, LawText, StardCase, Statutes, law_texts, read_articles
from eval.systems import System


def write(path: Path, *values: Any) -> None:
    data = "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def test_compact_offsets() -> None:
    compact = Compact("甲 乙\n丙\u200b丁")
    assert compact.text == "甲乙丙丁"
    assert compact.span(2, 5) == (1, 3)
    assert compact.span(1, 2) == (1, 1)
    assert list(compact.find("乙 丙")) == [(1, 3)]
    assert list(compact.find(" ")) == []


def test_ncp_policy(tmp_path: Path) -> None:
    write(tmp_path / "docs.jsonl.gz", {"docid": "a", "text": "关于口罩的通知 各区： 佩戴口罩。 特此通知。"})
    write(tmp_path / "questions.jsonl", {"id": "1", "docid": "a", "question": "戴什么？", "answer": "佩戴 口罩"})
    write(
        tmp_path / "unanswerable_candidates.jsonl", *({"id": str(n), "docid": "b", "question": "？"} for n in range(9))
    )
    data = read_ncp_policy(tmp_path)
    assert data.texts == {"a": "关于口罩的通知\n各区：\n佩戴口罩。\n特此通知。"}
    assert [bool(question.answers) for question in data.questions] == [True, False]


@pytest.mark.parametrize("limit", [None, 1])
def test_the_aims_are_for_all_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int | None) -> None:
    monkeypatch.setattr("eval.suites.spans.ensure_ingested", lambda name, texts, settings, *_: settings)
    documents = [{"docid": f"d{n}", "text": f"关于第{n}类补贴的通知 每户{n}00元。"} for n in range(4)]
    write(tmp_path / "docs.jsonl.gz", *documents)
    write(tmp_path / "questions.jsonl", {"id": "1", "docid": "d1", "question": "多少？", "answer": "每户100元"})
    write(tmp_path / "unanswerable_candidates.jsonl", {"id": "2", "docid": "b", "question": "落户？"})
    options = Options(tmp_path, data=tmp_path, corpus_limit=limit)
    prepared = get_suite("ncp_policy").prepare(options, Settings(data_dir=tmp_path), lambda *_: None)
    assert any(spec.aim is not None for spec in prepared.specs) == (limit is None)
    assert bool(prepared.notes) == (limit is not None)


def test_an_answer_that_is_not_in_its_document_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "docs.jsonl.gz", {"docid": "a", "text": "关于口罩的通知"})
    write(tmp_path / "questions.jsonl", {"id": "1", "docid": "a", "question": "戴什么？", "answer": "手套"})
    with pytest.raises(InvalidData, match=r"questions.jsonl, line 1: the answer does not stand in"):
        read_ncp_policy(tmp_path)


def passages(folder: Path, part: str, count: int) -> None:
    write(folder / f"{part}.passages.jsonl", *({"pid": n, "title": f"题{n}", "text": f"文{n}"} for n in range(count)))
    lines = ({"id": f"{part}{n}", "pid": n, "question": "？", "answers": [f"文{n}", "别"]} for n in range(count))
    write(folder / f"{part}.questions.jsonl", *lines)


def test_cmrc2018_takes_the_trial_questions_as_unanswerable(tmp_path: Path) -> None:
    passages(tmp_path, "dev", 3)
    passages(tmp_path, "trial", 2)
    data = read_cmrc2018(tmp_path)
    assert data.texts["p00001"] == "题1\n文1"
    assert [(q.id, q.answers) for q in data.questions][2:4] == [("dev2", ("文2",)), ("trial0", ())]
    write(tmp_path / "trial.questions.jsonl", {"id": "blank", "pid": 0, "question": "", "answers": ["文0"]})
    assert [q.id for q in read_cmrc2018(tmp_path).questions] == ["dev0", "dev1", "dev2"], "nothing is asked"


def test_a_passage_may_have_no_title(tmp_path: Path) -> None:
    passages(tmp_path, "dev", 1)
    passages(tmp_path, "trial", 1)
    write(tmp_path / "dev.passages.jsonl", {"pid": 0, "title": "", "text": "文0"})
    assert read_cmrc2018(tmp_path).texts == {"p00000": "文0"}


def test_drcd_leaves_a_tenth_of_the_titles_out(tmp_path: Path) -> None:
    passages(tmp_path, "dev_simp", 20)
    data = read_drcd(tmp_path)
    assert len(data.texts) == 18
    assert sum(not question.answers for question in data.questions) == 2
    assert read_drcd(tmp_path) == data


def test_a_smaller_corpus_keeps_the_documents_that_answer() -> None:
    questions = [SpanQuestion("1", "？", "d7", ("文",)), SpanQuestion("2", "？", "d8", ("文",))]
    data = SpanData({f"d{n}": "文" for n in range(20)}, questions)
    texts = chosen_texts(data, questions[:1], 3)
    assert len(texts) == 4, "the document of a question that is not asked is one of the others"
    assert "d7" in texts
    assert {"d7", "d8"} < set(chosen_texts(data, questions, 3))
    assert chosen_texts(data, questions, 0) == data.texts
    with pytest.raises(InvalidData, match="d9"):
        chosen_texts(SpanData({}, []), [SpanQuestion("1", "？", "d9", ("文",))], None)


def test_a_sample_is_the_same_every_time() -> None:
    assert sample(range(100), 5) == sample(range(100), 5)
    assert sample(range(3), 5) == [0, 1, 2]


def evidence(document, start: int, end: int, score: float = 1.0) -> Evidence:
    return Evidence(Chunk(f"x:{start}", document.id, 2, document.text[start:end], "", start, end, 9), score)


def test_whether_a_passage_holds_the_answer(fake_engine, document) -> None:
    engine, places = fake_engine(lambda query: Answer("no_evidence", "", "zh")), Places()
    question = SpanQuestion("1", "？", document.id, ("1500 亿元",))
    at = document.text.index("1500亿元")
    assert places.holds(engine, evidence(document, at, at + 6), question, 0)
    assert not places.holds(engine, evidence(document, at, at + 5), question, 0)
    assert places.holds(engine, evidence(document, at + 1, at + 5), question, 20)
    assert not places.holds(engine, evidence(document, 0, 4), question, 20)
    assert places.holds(engine, evidence(document, 0, 4), question, 300)
    assert not places.holds(engine, evidence(document, 0, 4), SpanQuestion("1", "？", "other", ("1500亿元",)), 300)


def test_a_span_question(fake_engine, cite, document) -> None:
    answer = Answer("answered", "1500亿元[1]", "zh", (cite("工业总产值1500亿元", 2),), confidence=0.8)
    system = System("fake", "", fake_engine(lambda query: answer))
    item = SpanCase(SpanQuestion("1", "产值？", document.id, ("1500亿元", "一千五")), Places()).measure(system)
    assert item.right
    for key in ("document_r1", "document_r5", "passage_r1", "chunk_r1", "answer_found", "answered", "rouge_l"):
        assert item.ratios[key] == (1, 1), key
    item = SpanCase(SpanQuestion("2", "产值？", "gone", ()), Places()).measure(system)
    assert (item.right, item.problems) == (False, ["not refused"])
    assert item.ratios["refused"] == (0, 1)
    assert item.samples["answerable"] == 0
    assert "rouge_l" not in item.ratios


def test_articles_of_the_same_words_are_one(tmp_path: Path) -> None:
    lines = [
        {"id": 5, "name": "民法典第十条", "text": "处理民事纠纷， 应当依照法律。"},
        {"id": 6, "name": "中华人民共和国民法典第十条", "text": "处理民事纠纷，应当依照法律。"},
        {"id": 7, "name": "民法典第二条", "text": "民法调整平等主体。"},
    ]
    write(tmp_path / "statutes.jsonl.gz", *lines)
    articles, same = read_articles(tmp_path)
    assert [(article.id, article.law, article.label) for article in articles] == [
        (5, "民法典", "第十条"),
        (7, "民法典", "第二条"),
    ]
    assert same == {5: 5, 6: 5, 7: 7}


ARTICLES = [Article(5, "民法典", "第十条", "处理纠纷。"), Article(7, "民法典", "第二条", "调整\n主体。")]
LAWS = law_texts(ARTICLES, whole=True)


def test_a_law_is_laid_out_in_the_order_of_its_articles() -> None:
    text = "民法典\n\n第二条\u3000调整\n主体。\n第十条\u3000处理纠纷。\n"
    assert list(LAWS) == ["law00000"]
    assert LAWS["law00000"] == LawText((7, 5), (3, 11), text)


def test_of_a_sample_each_article_is_a_document() -> None:
    texts = [law.text for law in law_texts(ARTICLES, whole=False).values()]
    assert texts == ["民法典\n\n第十条\u3000处理纠纷。\n", "民法典\n\n第二条\u3000调整\n主体。\n"]


def test_a_chunk_belongs_to_the_article_that_holds_its_middle(fake_engine) -> None:
    class Law:
        text = LAWS["law00000"].text

    statutes = Statutes({"law00000": LAWS["law00000"]}, {"law00000": Compact(Law.text)})

    def article(words: str) -> int | None:
        at = Law.text.index(words)
        chunk = Chunk("c", "law00000", 0, words, "", at, at + len(words), 3)
        return statutes.article(fake_engine(None), Evidence(chunk, 1.0))

    assert (article("民法典"), article("主体"), article("处理纠纷")) == (None, 7, 5)


def test_a_search_that_crashes_is_counted(fake_engine) -> None:
    class Broken:
        def search(self, *_: object) -> list[Evidence]:
            raise RuntimeError("gone")

    item = StardCase("1", "？", frozenset({5}), ("民法典第十条",), Statutes({}, {})).measure(System("x", "", Broken()))  # type: ignore[arg-type]
    assert item.error == "RuntimeError: gone"
    assert item.ratios["recall@100"] == (0, 1)
    assert item.ratios["crashes"] == (1, 1)


@pytest.mark.parametrize(
    "name", [name for name in SUITES if name not in ("decision", "rules", "plans", "tables", "words")]
)
def test_public_suites_need_data(name: str, tmp_path: Path) -> None:
    with pytest.raises(DataMissing, match="--data"):
        get_suite(name).prepare(Options(tmp_path), None, lambda *_: None)  # type: ignore[arg-type]
    with pytest.raises(DataMissing, match="does not exist"):
        get_suite(name).prepare(Options(tmp_path, data=tmp_path), None, lambda *_: None)  # type: ignore[arg-type]
