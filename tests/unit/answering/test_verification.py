"""What is shown as written must be what the clause says: planted falsehoods never pass, true shortenings do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest

from assistant.answering.essence import essence, numbers
from assistant.answering.lexicon import load_lexicon
from assistant.answering.verification import Verdict, verify
from assistant.ingestion import read_document
from assistant.schema import Document
from eval.planting import falsehoods, truths
from tests.conftest import CORPUS

PLACES = load_lexicon().places
EVIDENCE = (
    "鼓励东区发展康养产业，西区建设3个物流园区。严禁新增钢铁产能，但技术改造除外。到2025年，力争培育百亿企业5家，"
    "研发投入占比达到百分之二点五。市发展改革委应当在30日内办结，逾期未办结的，不得收取费用。"
    "支持仁和区完善教育、医疗、养老等公共服务，进一步推进ITS平台建设。"
)


def check(statement: str, quote: str = "") -> Verdict:
    return verify(statement, quote or EVIDENCE, EVIDENCE, PLACES)


@pytest.mark.parametrize(
    "statement",
    [
        "严禁新增钢铁产能，但技术改造除外。",
        "鼓励东区发展康养产业[1]",
        "文件提出，鼓励东区发展康养产业，西区建设三个物流园区。",
        "到二〇二五年，力争培育百亿企业五家。",
        "支持仁和区完善教育、养老等公共服务。",
        "市发展改革委应当在三十日内办结，逾期未办结的，不得收取费用。",
    ],
)
def test_a_shortening_of_the_clause_passes(statement: str) -> None:
    verdict = check(statement)
    assert verdict.text, verdict.reason
    assert "[" not in verdict.text
    assert EVIDENCE[verdict.start : verdict.end]


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("鼓励东区发展康养产业，西区建设4个物流园区。", "number"),
        ("到2026年，力争培育百亿企业5家。", "number"),
        ("市发展改革委应当在十三日内办结。", "number"),
        ("鼓励米易县发展康养产业。", "name"),
        ("鼓励西区发展康养产业。", "sense"),  # both districts stand in the quote
        ("必须东区发展康养产业。", "binding"),
        ("东区发展康养产业。", "sense"),  # what is only encouraged
        ("到2025年，培育百亿企业5家。", "sense"),
        ("培育百亿企业5家。", "sense"),
        ("研发投入占比达到百分之二点五。", "sense"),  # without the year and 力争 that govern it
        ("已培育百亿企业5家。", "binding"),
        ("新增钢铁产能。", "sense"),
        ("严禁新增钢铁产能。", "sense"),  # without its exception
        ("收取费用。", "sense"),
        ("西区严禁建设物流园区。", "sense"),
        ("支持仁和区进一步推进GPS平台建设。", "latin"),
        ("支持仁和区完善住房公共服务。", "words"),
        ("鼓励东区发展康养产业？", "marks"),
        ("市发展改革委应当在30日内办结，收取费用。", "sense"),
        ("", "length"),
        ("鼓励东区发展康养产业，" * 60, "length"),
    ],
)
def test_what_the_clause_does_not_say_fails(statement: str, reason: str) -> None:
    assert (check(statement).text, check(statement).reason) == ("", reason)


@pytest.mark.parametrize("quote", ["鼓励东区发展康养产亚", "", "东区", "鼓励东区发展康养产业，西区建设4个", " "])
def test_a_quote_must_stand_in_the_evidence_word_for_word(quote: str) -> None:
    verdict = verify("鼓励东区发展康养产业", quote, EVIDENCE, PLACES)
    assert (verdict.text, verdict.reason, verdict.quotable) == ("", "no_quote", False)


def test_a_whole_clause_is_no_quote() -> None:
    assert verify(EVIDENCE[:40], EVIDENCE * 5, EVIDENCE * 6, PLACES).reason == "no_quote"


def test_a_quote_cut_before_what_turns_it_is_widened() -> None:
    verdict = check("新增钢铁产能", "新增钢铁产能")
    assert verdict.text == ""
    assert EVIDENCE[verdict.start : verdict.end] == "严禁新增钢铁产能，但技术改造除外。"


@pytest.mark.parametrize(
    ("evidence", "statement"),
    [
        ("新建水电站，扩建钢铁厂，一律禁止。", "新建水电站。"),
        ("企业虚报数据的，取消其资格。", "企业虚报数据。"),
        ("对符合条件的企业，给予补贴。", "给予补贴。"),
        ("对东区企业，给予补贴；对西区企业，给予贷款。", "对东区企业，给予贷款。"),
        ("由甲、乙、丙三个部门共同办理。", "由甲、丙三个部门共同办理。"),
        ("引进人才满五年的，发放奖金，中途离职的除外。", "引进人才满五年的，发放奖金。"),
        ("发展二、三产业。", "发展二十三产业。"),
        ("七十岁以上的，免费乘坐公交。", "免费乘坐公交。"),
        ("合同期满后，全额退还保证金。", "全额退还保证金。"),
        ("合同期满且没有欠费，全额退还保证金。", "全额退还保证金。"),
        ("具有本市户籍的残疾人，享受全额补贴。", "享受全额补贴。"),
        ("博士研究生，可以一次性领取三万元。", "可以一次性领取三万元。"),
        ("五层以上的住宅，加装电梯补贴三万元。", "加装电梯补贴三万元。"),
        ("占比提高1.5个百分点。", "占比提高15个百分点。"),
        ("持续缴纳社会保险满24个月的家庭可申请购房补贴。", "缴纳社会保险满24个月的家庭可申请购房补贴。"),
        ("持续经营的企业可以申请贷款。", "经营的企业可以申请贷款。"),
        ("不断缴满五年的，免缴。", "缴满五年的，免缴。"),
        ("①100万元以下的给予补贴。", "1100万元以下的给予补贴。"),
        ("①十五日内办结。", "115日内办结。"),
        ("⒈50元以下的给予补贴。", "1.50元以下的给予补贴。"),
    ],
)
def test_what_turns_a_part_cannot_be_left_behind(evidence: str, statement: str) -> None:
    assert not verify(statement, evidence, evidence, PLACES).text
    assert verify(evidence, evidence, evidence, PLACES).text


@pytest.mark.parametrize(
    ("evidence", "statement"),
    [
        ("除甲村、乙村、丙村外，一律禁止放养。", "除甲村、丙村外，一律禁止放养。"),
        ("甲村、乙村、丙村以外的地区禁止放养。", "甲村、丙村以外的地区禁止放养。"),
        ("仅限教师、护士、医生申请。", "仅限教师、医生申请。"),
        ("申请人提交身份证、户口本、收入证明。", "申请人提交身份证、收入证明。"),
        ("同时具备户籍、住房、社保条件的，给予补贴。", "同时具备户籍、社保条件的，给予补贴。"),
        ("必须配备厨师、护士、保安人员。", "必须配备厨师、保安人员。"),
    ],
)
def test_no_item_of_what_excepts_limits_or_requires_may_be_missing(evidence: str, statement: str) -> None:
    assert verify(statement, evidence, evidence, PLACES).reason == "sense"
    assert verify(evidence, evidence, evidence, PLACES).text


@pytest.mark.parametrize(
    ("evidence", "statement"),
    [
        ("支持民营企业发展。", "支持民营和企业发展。"),
        ("支持民营企业发展。", "支持民营、企业发展。"),
        ("支持民营和企业发展。", "支持民营企业发展。"),
        ("引进上海的大学。", "引进上海大学。"),
        ("建设重庆市区。", "建设重庆与市区。"),
    ],
)
def test_a_joining_word_says_something(evidence: str, statement: str) -> None:
    assert not verify(statement, evidence, evidence, PLACES).text


def test_which_word_joins_a_list_says_nothing() -> None:
    assert verify("支持工业、农业以及旅游业。", "支持工业、农业和旅游业。", "支持工业、农业和旅游业。", PLACES).text


@pytest.mark.parametrize(("kept", "holds"), [("乙乙、" * 30, True), ("乙乙、" * 30 + "乙", False)])
def test_many_equal_items_are_read_at_once(
    kept: str, holds: bool, effort: Callable[[Callable[[], object]], float]
) -> None:
    evidence = "支持甲、" + "乙乙、" * 60 + "丙。"
    assert bool(verify(f"支持甲、{kept}丙。", evidence, evidence, PLACES).text) == holds
    assert effort(lambda: verify(f"支持甲、{kept}丙。", evidence, evidence, PLACES)) < 20


def test_numbers_are_read_however_they_are_written() -> None:
    assert numbers("百分之二十五，三十日，二〇二五年，1,000元，１２") == ["25%", "30", "2025", "1000", "12"]
    assert essence("1、2号") != essence("12号")
    assert essence("1.5万") != essence("15万")


def test_english_statements_are_held_against_the_translation() -> None:
    text = "The city shall build 3 parks by 2025, unless the province objects. It may support small firms."
    assert verify("The city shall build 3 parks by 2025, unless the province objects", text, text, (), "en").text
    assert not verify("The city shall build 3 parks by 2025.", text, text, (), "en").text
    assert not verify("The city shall build 4 parks by 2025, unless the province objects.", text, text, (), "en").text
    assert not verify("The city shall build 3 parks.", text, text, (), "en").text
    assert not verify("It must support small firms.", text, text, (), "en").text
    assert not verify("It supports small firms.", text, text, (), "en").text


# Measured over the corpus


@cache
def documents() -> tuple[Document, ...]:
    return (read_document(CORPUS / "panzhihua-2020-07-30.txt")[0],)


def test_no_planted_falsehood_passes() -> None:
    cases = falsehoods(documents())
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= 300
    assert {"number", "year", "place", "raised", "unhedged", "negated", "done", "splice"} <= kinds.keys()
    passed = [(case.kind, case.text) for case in cases if verify(case.text, case.quote, case.clause, PLACES).text]
    print(f"\nplanted {len(cases)} {dict(kinds)}, passed {len(passed)}")
    assert passed == []


def test_true_shortenings_are_kept() -> None:
    cases = truths(documents())
    assert len(cases) >= 100
    lost = [(case.text, verify(case.text, case.quote, case.clause, PLACES).reason) for case in cases]
    lost = [row for row in lost if row[1]]
    print(f"\ntrue {len(cases)}, lost {len(lost)}")
    assert len(lost) <= 0.05 * len(cases), lost
