"""Follow-ups that lean on the question before, none of which the decision answers: few of them may get a sentence."""

from __future__ import annotations

from assistant.pipeline import Assistant
from assistant.schema import Query, Turn

UNANSWERED = (
    ("钒钛新城有哪些产业园", "怎么入驻"),
    ("钒钛新城有哪些产业园", "谁来管"),
    ("钒钛新城有哪些产业园", "哪个最大"),
    ("钒钛新城有哪些产业园", "要什么条件"),
    ("机场要搬吗", "老机场怎么办"),
    ("机场要搬吗", "为什么"),
    ("高新技术企业要达到多少家", "怎么认定"),
    ("高新技术企业要达到多少家", "有奖励吗"),
    ("红格要建什么", "谁投资"),
    ("红格要建什么", "怎么去"),
    ("职称能互认吗", "怎么办理"),
    ("职称能互认吗", "要多久"),
    ("民企能参与基础设施吗", "门槛是什么"),
    ("民企能参与基础设施吗", "要交钱吗"),
    ("冷链物流基地建不建", "谁来运营"),
    ("冷链物流基地建不建", "多大面积"),
    ("康养学院是干嘛的", "怎么报名"),
    ("康养学院是干嘛的", "毕业去哪"),
    ("攀钢要做什么", "归谁管"),
    ("攀钢要做什么", "裁不裁人"),
    ("科技城要建哪些项目", "总投资多少"),
    ("科技城要建哪些项目", "谁负责"),
    ("怎么治理金沙江", "谁出钱"),
    ("怎么治理金沙江", "能钓鱼吗"),
    ("河长制怎么落实", "举报找谁"),
    ("西区要发展什么", "有多少人"),
    ("米易县要干什么", "什么时候完成"),
    ("新区有什么目标", "达不到怎么办"),
    ("飞地园区怎么分税", "在哪里"),
    ("商会联盟要建吗", "怎么加入"),
)
"""The question before, which is answered, and the follow-up."""
LEAST_REFUSED = 28
"""15 were refused when the earlier question was read with the follow-up as a whole (ADR 29), 24 before ADR 31."""


def test_most_are_refused(corpus_assistant: Assistant) -> None:
    answers = [corpus_assistant.ask(Query(question, (Turn(before, ""),))) for before, question in UNANSWERED]
    assert sum(answer.status == "no_evidence" for answer in answers) >= LEAST_REFUSED
    assert all(not answer.citations for answer in answers if answer.status == "no_evidence")


def test_what_names_its_own_subject_at_length_is_answered_on_that(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("西部路海新通道攀枝花参不参与", (Turn("民企能参与基础设施吗"),)))
    assert answer.status == "answered"
    assert {citation.clause_number for citation in answer.citations} == {10}
