"""Questions for those that do not, and what could answer them."""

from __future__ import annotations

import pytest

from assistant.answering.opposites import lacks_a_denial
from assistant.indexing.analysis import normalize

SAID = ["东区发展旅游"]


@pytest.mark.parametrize(
    "question",
    [
        "哪个区不发展旅游",
        "哪些地方未通高铁",
        "谁没有资格",
        "Which districts do not develop tourism?",
        "Which districts don't develop tourism?",
        "Which districts don’t develop tourism?",
        "Tell me which county will never have a railway",
    ],
)
def test_who_does_is_no_answer_to_who_does_not(question: str) -> None:
    assert lacks_a_denial(normalize(question), SAID)
    assert not lacks_a_denial(normalize(question), ["其余各区不在此列"])


@pytest.mark.parametrize(
    "question",
    [
        "要布局哪些未来产业",
        "发展什么未来产业",
        "哪些未成年人能享受",
        "哪些园区做得不错",
        "归谁的规矩改不改",
        "What support is there for people without papers?",
        "What about those who do not work?",
        "What will not only grow but lead?",
    ],
)
def test_other_questions_need_no_denial(question: str) -> None:
    assert not lacks_a_denial(normalize(question), SAID)
