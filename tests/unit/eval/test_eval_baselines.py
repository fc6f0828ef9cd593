from types import SimpleNamespace

from assistant.schema import Chunk, Evidence, Query
from eval.baselines import TopChunks, _by_clause


def chunk(document, start: int, end: int, position: int) -> Chunk:
    return Chunk(f"x:{start}", document.id, position, document.text[start:end], "", start, end, 9)


def test_answers_always_with_the_best_chunks_and_cites_their_clauses(document) -> None:
    _, first, second = document.clauses
    found = [
        Evidence(chunk(document, second.start, second.end, 2), 3.0),
        Evidence(chunk(document, first.start, first.end, 1), 1.0),
    ]
    engine = TopChunks([document], lambda question, top_k, restricted: found[:top_k], 2)
    answer = engine.ask(Query("你好"))
    assert answer.status == "answered"
    assert answer.text == f"{second.text}[1]\n{first.text}[2]"
    assert [(citation.clause_number, citation.quote) for citation in answer.citations] == [
        (2, second.text),
        (1, first.text),
    ]
    assert answer.confidence == 0.75


def test_finding_nothing_is_no_evidence(document) -> None:
    answer = TopChunks([document], lambda question, top_k, restricted: [], 1).ask(Query("xyzzy"))
    assert (answer.status, answer.citations) == ("no_evidence", ())


def test_a_tutorial_chunk_is_cut_where_clauses_meet(document) -> None:
    start, end = document.clauses[1].start + 3, document.clauses[2].end - 4
    piece = SimpleNamespace(page_content=document.text[start:end], metadata={"start_index": start})
    pieces = _by_clause(document, piece)
    assert [(part.position, part.text) for part in pieces] == [
        (1, document.text[start : document.clauses[1].end]),
        (2, document.text[document.clauses[2].start : end]),
    ]
    assert all(document.text[part.start : part.end] == part.text for part in pieces)
