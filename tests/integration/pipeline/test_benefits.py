"""What citizens ask of a city's rules: their own age, all conditions of a list, everyday words, the city's own name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Answer, Query

ELDERS = """泸州市老年人优待办法

第一条 为了保障老年人的权益，制定本办法。

第二条 年满60周岁不满65周岁的老年人乘坐公共汽车，享受半价优惠。
65周岁以上的老年人免费享受前款优待。

第三条 申领老年人优待证应当同时符合下列条件：
（一）年满60周岁；
（二）具有本市户籍，或者持有本市居住证；
（三）本人未领取过优待证。
提交的照片不退还。
"""
ALLOWANCE = """泸州市民政局关于印发2025年最低生活保障标准的通知

【一图读懂】《泸州市民政局关于印发2025年最低生活保障标准的通知》 2025-05-30

各区人民政府：

（一）全市城乡最低生活保障标准为每人每月1309元。

（二）最低生活保障边缘家庭认定标准按最低生活保障标准的1.5倍确定，为每人每月1963.5元。

（三）2024年印发的《泸州市民政局关于提高2024年最低生活保障标准的通知》同时废止。
"""
HOUSING = """泸州市公共租赁住房管理办法

第一条 为了规范公共租赁住房的管理，制定本办法。

第二条 泸州市住房保障部门负责公共租赁住房的分配。

第三条 公共租赁住房的租赁合同期限为5年。

第四条 公共租赁住房的申请、审核程序如下：
（一）申请。申请人到户籍所在地街道办事处提出申请。
（二）初审。街道办事处在10日内提出初审意见。
（三）公示。公示时间为20日。
申请人对结果有异议的，可以申请复核。
"""

START_UP = """创业扶持问答

一、创业贷款最高可以申请多少？
创业贷款最高可以申请30万元。

二、一次性创业补贴
符合条件的创业者可以领取一次性创业补贴10000元。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("city")
    for name, text in (("elders", ELDERS), ("allowance", ALLOWANCE), ("housing", HOUSING)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("city-data"))
    ingest([folder], settings)
    return open_assistant(settings)


def quoted(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize("question", ["65岁坐公交要钱吗", "我妈今年70岁了，坐公交还要不要给钱"])
def test_what_holds_at_the_age_asked_about_is_quoted_too(city: Assistant, question: str) -> None:
    answer = city.ask(Query(question))
    assert answer.status == "answered"
    assert "65周岁以上的老年人免费享受前款优待" in quoted(answer)
    assert "半价" in quoted(answer), "the other one speaks of it"


def test_of_another_age_nothing_is_added(city: Assistant) -> None:
    answer = city.ask(Query("62岁老人坐公交怎么收费"))
    assert answer.status == "answered"
    assert "半价" in quoted(answer)
    assert "65周岁以上" not in quoted(answer)


def test_conditions_are_quoted_to_the_last_one(city: Assistant) -> None:
    (citation,) = city.ask(Query("办老年人优待证要什么条件")).citations
    assert citation.quote.startswith("申领老年人优待证应当同时符合下列条件：")
    assert citation.quote.endswith("（三）本人未领取过优待证。")


def test_a_procedure_is_quoted_to_its_last_step(city: Assistant) -> None:
    (citation,) = city.ask(Query("公租房申请要经过哪些环节")).citations
    assert citation.quote.startswith("公共租赁住房的申请、审核程序如下：")
    assert citation.quote.endswith("（三）公示。公示时间为20日。")


@pytest.mark.parametrize(
    ("question", "sum_"),
    [
        ("泸州低保一个月多少钱", "1309元"),
        ("在泸州，低保一个月能领多少钱", "1309元"),
        ("低保边缘户标准", "1963.5元"),
    ],
)
def test_the_city_of_all_documents_hides_no_clause(city: Assistant, question: str, sum_: str) -> None:
    answer = city.ask(Query(question))
    assert answer.status == "answered"
    assert sum_ in answer.citations[0].quote
    assert "一图读懂" not in quoted(answer)


def test_of_two_that_say_nearly_the_same_both_are_quoted(city: Assistant) -> None:
    answer = city.ask(Query("低保标准是多少"))
    assert "1309元" in quoted(answer)


def test_a_title_is_no_candidate_wherever_it_is_repeated(city: Assistant) -> None:
    index, (found,) = city.examine(Query("2025年最低生活保障标准"))
    texts = [index.text(row) for row in found.ranking.rows]
    assert any("1309元" in text for text in texts)
    assert not [text for text in texts if "一图读懂" in text]


def test_examples_are_questions_as_people_ask_them(tmp_path: Path) -> None:
    (tmp_path / "start-up.txt").write_text(START_UP, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "start-up.txt"], settings)
    examples = open_assistant(settings).example_questions("zh")
    assert "一次性创业补贴有什么规定？" in examples
    assert "创业贷款最高可以申请多少？" in examples
    assert not [question for question in examples if question.startswith("怎么")]


def test_another_city_is_named_as_missing_and_this_one_answered(city: Assistant) -> None:
    answer = city.ask(Query("泸州低保多少？深圳呢？"))
    assert answer.status == "partial"
    assert "1309元" in quoted(answer)
    assert "深圳" in answer.text.splitlines()[-1]
    assert city.ask(Query("深圳低保多少")).status == "no_evidence"


SETTLING = """禾泉县安居若干规定

第一条 为了方便群众安居，制定本规定。

第二条 每户宅基地面积不超过一百二十平方米。

第三条 单身居民申请公共租赁住房的，应当年满28周岁。

第四条 引进的博士每人给予安家补贴30万元。夫妻双方均符合条件的，安家补贴可以分别享受。
"""


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("county")
    (folder / "settling.txt").write_text(SETTLING, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("county-data"))
    ingest([folder], settings)
    return open_assistant(settings)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # A size in Chinese numerals; 多大 for an age; a norm in other words than the question's.
        ("宅基地最多能批多少平", "一百二十平方米"),
        ("单身多大能申请公租房", "28周岁"),
        ("两口子都是博士能领两份补贴不", "可以分别享受"),
    ],
)
def test_what_is_asked_for_is_known_in_the_forms_in_which_rules_say_it(
    county: Assistant, question: str, words: str
) -> None:
    answer = county.ask(Query(question))
    assert answer.status == "answered"
    assert words in quoted(answer)
