"""The folders of ncp_policy, cmrc2018 and drcd → documents and questions."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

from assistant.ingestion.cleaning import strip_white
from eval.datasets import read_lines, required, strings
from eval.errors import InvalidData
from eval.suites.base import SEED
from eval.suites.spans import SpanData, SpanQuestion, SpanSuite, sample, span_specs

_PARAGRAPH_END = re.compile(r"(?<=[。！？；：!?])[ \u3000]+")
_HELD_OUT = 0.1
"""Share of the titles of DRCD whose passages are left out; their questions are the unanswerable ones."""


def read_ncp_policy(folder: Path) -> SpanData:
    """DataFountain competition 424: government documents of early 2020, questions with verbatim answers.

    As many unanswerable questions are drawn, with a fixed seed, as there are answerable ones.
    """
    texts = {
        required(place, value, "docid", str): _paragraphs(required(place, value, "text", str))
        for place, value in read_lines(folder / "docs.jsonl.gz")
    }
    answerable = [
        _question(place, value, required(place, value, "docid", str), (required(place, value, "answer", str),), texts)
        for place, value in read_lines(folder / "questions.jsonl")
    ]
    missing = [
        _question(place, value, required(place, value, "docid", str), (), texts)
        for place, value in read_lines(folder / "unanswerable_candidates.jsonl")
    ]
    return SpanData(texts, answerable + sample(missing, len(answerable)))


def _paragraphs(text: str) -> str:
    """The text with the paragraphs that the set has joined by blanks: after the title and after a sentence."""
    title, blank, rest = text.partition(" ")
    return (title + "\n" if blank else title) + _PARAGRAPH_END.sub("\n", rest)


def _question(
    place: str, value: dict[str, Any], document: str, answers: tuple[str, ...], texts: dict[str, str]
) -> SpanQuestion:
    if answers:
        text = strip_white(texts.get(document, ""))
        answers = tuple(answer for answer in answers if strip_white(answer) in text)
        if not answers:
            raise InvalidData(f"{place}: the answer does not stand in the document {document!r}")
    return SpanQuestion(
        str(required(place, value, "id", str)), required(place, value, "question", str), document, answers
    )


def read_cmrc2018(folder: Path) -> SpanData:
    """CMRC 2018: the dev set; the trial set's questions, whose passages are left out, are the unanswerable ones."""
    texts, questions = read_passages(folder, "dev")
    _, strangers = read_passages(folder, "trial")
    missing = [SpanQuestion(stranger.id, stranger.question, "none", ()) for stranger in strangers]
    return SpanData(texts, questions + missing)


def read_drcd(folder: Path) -> SpanData:
    """DRCD dev, simplified; the passages of a tenth of the titles are left out: their questions are unanswerable."""
    texts, questions = read_passages(folder, "dev_simp")
    titles = sorted({text.partition("\n")[0] for text in texts.values()})
    left_out = set(random.Random(SEED).sample(titles, max(1, round(len(titles) * _HELD_OUT))))
    kept = {pid: text for pid, text in texts.items() if text.partition("\n")[0] not in left_out}
    return SpanData(
        kept, [q if q.document in kept else SpanQuestion(q.id, q.question, q.document, ()) for q in questions]
    )


def read_passages(folder: Path, part: str) -> tuple[dict[str, str], list[SpanQuestion]]:
    """The passages of a part, id → text headed by its title, and the questions on them."""
    texts: dict[str, str] = {}
    for place, value in read_lines(folder / f"{part}.passages.jsonl"):
        text = required(place, value, "text", str)
        title = str(value.get("title") or "").strip()  # some passages have none
        texts[_passage_id(place, value)] = f"{title}\n{text}" if title else text
    questions = []
    for place, value in read_lines(folder / f"{part}.questions.jsonl"):
        if value.get("question") == "":  # two of the trial set: nothing is asked
            continue
        answers = strings(place, "answers", required(place, value, "answers", list))
        questions.append(_question(place, value, _passage_id(place, value), tuple(answers), texts))
    return texts, questions


def _passage_id(place: str, value: dict[str, Any]) -> str:
    return f"p{required(place, value, 'pid', int):05d}"


NCP_POLICY = SpanSuite(
    "ncp_policy",
    "Government documents of early 2020: citizens' and firms' questions with verbatim answers (--data)",
    read_ncp_policy,
    span_specs({"document_r1": 0.80, "passage_r1": 0.65, "auroc": 0.90}),
)
CMRC2018 = SpanSuite("cmrc2018", "Encyclopedia passages, span questions (--data)", read_cmrc2018, span_specs({}))
DRCD = SpanSuite(
    "drcd",
    "Encyclopedia passages of Taiwan in simplified characters, span questions (--data)",
    read_drcd,
    span_specs({}),
)
