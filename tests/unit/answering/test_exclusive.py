"""Words of which only one can be so: what a claim has otherwise than the text on it."""

from __future__ import annotations

import pytest

from assistant.answering.exclusive import said_otherwise


@pytest.mark.parametrize(
    ("claim", "text", "wrong"),
    [
        ("要建市级示范园区吧", "建设省级示范园区", "市级"),
        ("要建省级示范园区吧", "建设省级示范园区", ""),
        ("要建示范园区吧", "建设省级示范园区", ""),
        ("要建市级示范园区吧", "建设示范园区", ""),
        ("要打造东向开放枢纽吧", "打造南向开放枢纽", "东向"),
        ("污水处理要治上游吧", "治理下游", "上游"),
        ("企业上保险是强制的吧", "鼓励企业投保", "强制"),
        ("企业必须投保吧", "企业应当投保,鼓励多保", "必须"),
        ("企业必须投保吧", "鼓励企业投保,建筑企业必须投保", ""),
        ("不准外地人参加吧", "支持外地人员参加", "不准"),
        ("体检是自愿的吧", "新员工必须体检", "自愿"),
        ("到2025年要全面建成吧", "到2025年基本建成", "全面"),
        ("公共服务要全面一体化吧", "基本公共服务一体化", ""),
        ("两院要马上合并吧", "逐步推进两院合并", "马上"),
        ("补贴只有教师吧", "发给教师和医生", "只有"),
        ("只有教师吗", "医生、教师按月领取", "只有"),
        ("只有教师和医生吧", "发给教师和医生", ""),
        ("只有教师吧", "教师按月领取", ""),
    ],
)
def test_the_word_of_a_claim_that_a_text_has_otherwise(claim: str, text: str, wrong: str) -> None:
    assert said_otherwise(claim, text) == wrong
