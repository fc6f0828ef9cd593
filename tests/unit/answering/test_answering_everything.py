"""Everything on a matter: which clauses belong."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering.everything import OF_A_CLAUSE, belongs, collect, consider
from assistant.pipeline import Assistant
from assistant.schema import Query


def test_a_clause_belongs_the_likelier_the_better_it_fits_and_the_less_it_lies_behind() -> None:
    model = {
        "bias": -2.0,
        "weights": {"score": 0.5, "lead": 0.25, "behind": 1.0, "named": 0.8, "answers": 0.5, "held": 2.0},
    }
    # -2 + 0.5 * 8 + 0.25 * (-2) + 1.0 * (-1.9) + 0.8 * 0.5 + 0.5 * (-2) + 2.0 * 0.5 = 0: even odds.
    signals = {"score": 8.0, "lead": -2.0, "behind": -1.9, "named": 0.5, "answers": -2.0, "held": 0.5}
    assert belongs(signals, model) == pytest.approx(0.5)


def test_every_clause_is_looked_at_and_the_best_chunks_of_each_are_read(corpus_assistant: Assistant) -> None:
    index, considered = corpus_assistant.look_through(Query("所有跟人才有关的措施"))
    document = corpus_assistant.documents()[0]
    kinds = {document.clauses[clause.place[1]].kind for clause in considered}
    assert kinds == {"clause"}
    assert len({clause.place for clause in considered}) == len(considered)
    for clause in considered:
        assert 1 <= len(clause.chunks) == len(clause.each) <= OF_A_CLAUSE
        assert clause.signals["lead"] <= 0
        assert clause.signals["behind"] == max(one["behind"] for one in clause.each) <= 0
    assert index.document(document.id) == document
    assert max(clause.signals["lead"] for clause in considered) == 0
    assert max(clause.signals["behind"] for clause in considered) == 0


def test_what_is_read_decides_beside_what_fits(corpus_assistant: Assistant) -> None:
    index, found = corpus_assistant.examine(Query("所有跟人才有关的措施"))
    ranking, asked = found[0].ranking, found[0].question.asked
    documents = corpus_assistant.documents()
    model = {
        "threshold": 0.5,
        "bias": 0.0,
        "weights": {"score": 0.0, "lead": 0.0, "behind": 1.0, "named": 0.0, "answers": 0.0, "held": 0.0},
    }

    def collected(chosen: int) -> set[int]:
        """What belongs where only one chunk is said to answer."""
        odds = {row: 0.0 if place == chosen else -9.0 for place, row in enumerate(ranking.rows)}
        considered = consider(index, ranking, lambda rows: np.array([odds[row] for row in rows]))
        return {clause.position for clause in collect(index, ranking, considered, asked, documents, model).holding}

    bodies = [
        i for i, row in enumerate(ranking.rows) if documents[0].clauses[index.chunks[row].position].kind == "clause"
    ]
    assert collected(bodies[0]) == {index.chunks[ranking.rows[bodies[0]]].position}


def test_clauses_beyond_those_quoted_are_counted(corpus_assistant: Assistant) -> None:
    index, found = corpus_assistant.examine(Query("所有跟成渝地区有关的措施"))
    documents = corpus_assistant.documents()
    ranking, asked = found[0].ranking, found[0].question.asked
    every = {
        "threshold": 0.0,
        "bias": 0.0,
        "weights": {"score": 0.0, "lead": 0.0, "behind": 0.0, "named": 0.0, "answers": 0.0, "held": 0.0},
    }
    considered = consider(index, ranking, lambda rows: np.zeros(len(rows)))
    found_all = collect(index, ranking, considered, asked, documents, every)
    assert found_all.clauses == 17
    assert len(found_all.holding) == len(considered)
    assert [clause.number for clause in found_all.holding] == sorted(clause.number for clause in found_all.holding)
