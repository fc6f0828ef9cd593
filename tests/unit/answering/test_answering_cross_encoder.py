"""The cross-encoder tells what answers from what is only about the same thing; all on the weights that are shipped."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.answering.cross_encoder import CrossEncoder, load_cross_encoder, passage_text
from assistant.answering.ranking import AHEAD, READ, UNREAD, Ranking
from assistant.indexing.index import Index
from assistant.indexing.networks import load_carried
from eval.datasets import DECISION


@pytest.fixture(scope="module")
def model() -> CrossEncoder:
    return load_cross_encoder()


def test_what_answers_is_likelier_than_what_stands_beside_it(model: CrossEncoder, index: Index) -> None:
    """Over every sixth dev question, on which it was not trained, whose one fact stands in one chunk: four of five."""
    wins = []
    for line in (DECISION / "dev.jsonl").read_text(encoding="utf-8").splitlines()[::6]:
        asked = json.loads(line)
        if len(asked["facts"]) != 1 or asked["history"] or asked["language"] != "zh":
            continue
        right = [row for row in range(len(index.chunks)) if any(fact in index.text(row) for fact in asked["facts"][0])]
        if len(right) != 1:
            continue
        beside = [row for row in (right[0] - 1, right[0] + 1) if 0 <= row < len(index.chunks)]
        odds = model.score(asked["question"], [passage_text(index, row) for row in right + beside])
        wins += [odds[0] > other for other in odds[1:]]
    assert len(wins) > 50
    assert np.mean(wins) > 0.8


def test_each_passage_is_scored_whatever_its_length_and_characters(model: CrossEncoder) -> None:
    found = model.score("路灯" * 400, ["", "灯", "路灯由市里负责维修。" * 200, "\0🙂", "灯　\n灯"])
    assert found.shape == (5,)
    assert np.isfinite(found).all()
    assert model.score("路灯", []).shape == (0,)


def test_the_company_of_a_passage_does_not_move_its_score(model: CrossEncoder) -> None:
    passage = "路灯的维修由市城市管理局照明所负责，接到报修后派人处理。"
    alone = model.score("谁修路灯", [passage])[0]
    among = model.score("谁修路灯", ["新建道路应当同步建设路灯。" * 12, passage, "蜂蜜"])[1]
    assert among == pytest.approx(alone, abs=1e-5)


def test_a_pair_is_read_once_until_it_is_forgotten() -> None:
    class Counting:
        reads = 0

        def run(self, *arguments: object) -> object:
            self.reads += 1
            return network.session.run(*arguments)

    network = load_carried("assistant.answering", "cross_encoder", threads=1)
    counting = Counting()
    model = CrossEncoder(network._replace(session=counting))
    passages = ["路灯由市里负责维修。", "新建道路应当同步建设路灯。"]
    first = model.score("谁修路灯", passages)
    assert model.score("谁修路灯", passages[::-1]).tolist() == first[::-1].tolist()
    assert counting.reads == 2
    assert model.score("谁修路灯？", passages[:1])[0] != first[0]
    assert counting.reads == 3, "another question"
    model.forget()
    assert model.score("谁修路灯", passages).tolist() == first.tolist()
    assert counting.reads == 5


def test_several_threads_get_what_one_gets(model: CrossEncoder) -> None:
    asked = [(f"第{n}条说什么", [f"第{n}条　本办法自发布之日起施行。", "本办法由市政府解释。"]) for n in range(12)]
    one_by_one = [model.score(*pair) for pair in asked]
    model.forget()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda pair: model.score(*pair), asked))
    np.testing.assert_allclose(together, one_by_one, atol=1e-4)


def test_a_passage_is_read_under_its_heading_and_the_beginning_of_its_sentence(index: Index) -> None:
    row = next(
        row
        for row, chunk in enumerate(index.chunks)
        if index.document(chunk.document).clauses[chunk.position].label == "（七）"
        and chunk.text.startswith("工业总产值1500亿元")
    )
    text = passage_text(index, row)
    assert text == f"全力争创省级新区：到2025年…{index.chunks[row].text}"
    titled = passage_text(index, row, with_title=True)
    assert titled.endswith(text)
    assert titled.startswith("中共攀枝花市委关于")
    heading = next(row for row, chunk in enumerate(index.chunks) if chunk.text.startswith("（七）"))
    assert passage_text(index, heading).count("全力争创省级新区") == 1


def test_reading_puts_the_first_in_order_and_leaves_the_rest() -> None:
    count = READ + 3
    ranking = Ranking(
        rows=tuple(range(100, 100 + count)),
        scores=np.array([2.0] * READ + [1.0] * (count - READ)),
        features=np.arange(count, dtype=float)[:, None],
        support=np.arange(count, dtype=float)[None],
        heading=np.zeros((1, count)),
        terms=(),
        similarity=tuple(map(float, range(count))),
    )
    asked: list[tuple[int, ...]] = []

    def score(rows: tuple[int, ...]) -> np.ndarray:
        asked.append(tuple(rows))
        return np.array([5.0 if row == 103 else -1.0 for row in rows])

    read = ranking.read(score, 0.5)
    assert asked == [tuple(range(100, 100 + READ))]
    assert read.rows[:4] == (103, 100, 101, 102)
    assert read.rows[READ:] == ranking.rows[READ:]
    assert read.answers == (5.0,) + (-1.0,) * (READ - 1) + (UNREAD,) * 3
    assert read.features[0, 0] == read.support[0, 0] == read.similarity[0] == 3.0


def test_what_lies_far_behind_is_not_read() -> None:
    scores = np.array([9.0, 8.0, 9.0 - AHEAD, 8.9 - AHEAD, 1.0])
    ranking = Ranking(
        rows=(4, 3, 2, 1, 0),
        scores=scores,
        features=np.zeros((5, 1)),
        support=np.zeros((0, 5)),
        heading=np.zeros((0, 5)),
        terms=(),
        similarity=(0.0,) * 5,
    )
    read = ranking.read(lambda rows: np.array([float(-row) for row in rows]), 0.7)
    assert read.rows == (4, 3, 2, 1, 0)
    assert read.answers == (-4.0, -3.0, -2.0, UNREAD, UNREAD)
    read = ranking.read(lambda rows: np.array([-2.0, 2.0, -2.0]), 0.7)
    assert read.rows == (3, 4, 2, 1, 0)
    assert list(read.scores) == [8.0, 9.0, *scores[2:]]
