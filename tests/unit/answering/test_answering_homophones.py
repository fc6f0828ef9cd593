"""Real words in the wrong place are put right by what stands beside them; in their own place they are left alone."""

from __future__ import annotations

import math

import pytest

from assistant.answering.homophones import Homophones
from assistant.answering.language_model import LanguageModel, count_characters, load_counts
from assistant.answering.spelling import Speller
from assistant.indexing.analysis import normalize

COUNTS = {
    "^": 4, "$": 4, "甲": 4, "乙": 2, "丙": 2,
    "^甲": 4, "甲乙": 2, "甲丙": 1, "乙$": 2, "丙$": 1,
    "^甲乙": 2, "^甲丙": 1, "甲乙$": 2, "甲丙$": 1,
}  # fmt: skip


def test_the_gain_is_the_difference_of_log_probabilities() -> None:
    model = LanguageModel(COUNTS)
    # p(乙 | ^甲) = 2/4 and p($ | 甲乙) = 2/2, p(丙 | ^甲) = 1/4 and p($ | 甲丙) = 1/1.
    assert model.gain("甲丙", 1, 2, "乙") == pytest.approx(math.log(2))
    assert model.gain("甲乙", 1, 2, "丙") == pytest.approx(-math.log(2))
    assert model.gain("甲乙", 1, 2, "乙") == 0


def test_what_was_never_seen_together_is_told_by_fewer_characters_at_a_discount() -> None:
    model = LanguageModel(COUNTS)
    # 丁 is in no count: 0.4² · 0.5 / 16, where 16 single characters were counted; after it $: 0.4² · 4.5 / 16.
    unseen = math.log(0.16 * 0.5 / 16) + math.log(0.16 * 4.5 / 16)
    assert model.gain("甲丙", 1, 2, "丁") == pytest.approx(unseen - math.log(1 / 4))


def test_the_documents_count_beside_the_other_texts() -> None:
    held = LanguageModel(COUNTS, ["甲丙"] * 10)
    assert held.gain("甲丙", 1, 2, "乙") < 0 < LanguageModel(COUNTS).gain("甲丙", 1, 2, "乙")


def test_characters_are_counted_in_runs() -> None:
    assert count_characters(["甲乙，甲", "abc"]) == {
        "^": 2, "甲": 2, "乙": 1, "$": 2, "^甲": 2, "甲乙": 1, "乙$": 1, "甲$": 1, "^甲乙": 1, "甲乙$": 1, "^甲$": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("成语双城经济圈是什么", "成渝双城经济圈是什么"),
        ("程度重庆打算合作什么", "成都重庆打算合作什么"),
        ("申报省级心曲由哪个机构来抓", "申报省级新区由哪个机构来抓"),
        ("米意县的定为是啥", "米易县的定位是啥"),
        ("在外地看病怎么抱销", "在外地看病怎么报销"),
        ("新医院有好多张床味", "新医院有好多张床位"),
        ("养老服务体细怎么建", "养老服务体系怎么建"),
        ("养老机构什么时侯开工", "养老机构什么时候开工"),
    ],
)
def test_words_in_the_wrong_place(speller: Speller, typed: str, meant: str) -> None:
    assert speller.correct(normalize(typed))[0] == meant


@pytest.mark.parametrize(
    "question",
    """
攀宜高速和成昆高铁推进程度一样吗
公证处在哪里
公证和公正有什么区别
职称和职务怎么评
火车几点到上海
考核末位的干部怎么办
公租房租赁补贴什么时候到账
腿残了分公租房能挑一楼吗
私人企业能不能投这种大工程
织物出口有没有补贴
戏曲进校园
成语大赛什么时候办
""".strip().splitlines(),
)
def test_words_in_their_own_place(speller: Speller, question: str) -> None:
    assert speller.correct(normalize(question)) == (normalize(question), ())


def test_a_word_in_general_use_needs_more_to_be_a_slip() -> None:
    # 戏曲 (theatre) is in general use, 心曲 is not; both sound like 新区.
    model = LanguageModel(load_counts(), ["攀西新区"])
    homophones = Homophones(["新区"], (), "", model)
    assert model.gain("去攀西心曲看看", 3, 5, "新区") > 7
    assert homophones.put_right("去攀西心曲看看") == [("心曲", "新区")]
    assert model.gain("哪里有戏曲可看", 3, 5, "新区") > 7
    assert homophones.put_right("哪里有戏曲可看") == []


def test_pinyin_is_read_with_common_words(speller: Speller) -> None:
    assert speller.correct("kangyang shi shenme yisi")[0] == "康养是什么意思"
