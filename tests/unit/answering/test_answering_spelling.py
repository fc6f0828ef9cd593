"""Misspelt words are put right into words of the corpus; right ones and English are left alone."""

from __future__ import annotations

import pytest

from assistant.answering.pinyin import PINYIN
from assistant.answering.spelling import Speller
from assistant.indexing.analysis import normalize


def corrected(speller: Speller, question: str) -> str:
    return speller.correct(normalize(question, keep_spaces=True))[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("钒太新城的定位", "钒钛新城的定位"),
        ("凡钛新城要建成什么", "钒钛新城要建成什么"),
        ("米意县打造成什么", "米易县打造成什么"),
        ("盐变县的定位", "盐边县的定位"),
        ("高薪技术企业有多少家", "高新技术企业有多少家"),
        ("工业总产直", "工业总产值"),
        ("招商引姿专班", "招商引资专班"),
        ("城市的迎并厅是哪里", "城市的迎宾厅是哪里"),
    ],
)
def test_words_that_sound_alike(speller: Speller, typed: str, meant: str) -> None:
    assert corrected(speller, typed) == meant
    text, changes = speller.correct(normalize(typed, keep_spaces=True))
    assert changes
    for before, after in changes:
        assert before in typed
        assert after in text


@pytest.mark.parametrize(
    "question",
    """
机场搬到哪里
投资钒钛项目有没有补贴
哪些条讲到看病
高速铁路什么时候开工
养老服务有哪些
人才引进政策
税收优惠
农村土地制度改革
西区和东区有什么区别
会议在哪里开
请问一下孩子上学怎么办
干部挂职
公园什么时候建
事业单位招聘
市里面的公交车
实施意见
食品安全怎么管
幼儿园建设
老年人优待证怎么办
就业补贴多少钱
住房公积金能提取吗
员工有几个
时间安排
商业保险
权利和义务
公示期多久
报酬怎么算
攀枝花是什么时候建市的
攀枝花自己的品牌
养老院怎么讲
晚上去哪里吃点东西
""".strip().splitlines(),
)
def test_right_words_are_left_alone(speller: Speller, question: str) -> None:
    text, changes = speller.correct(normalize(question, keep_spaces=True))
    assert text == normalize(question, keep_spaces=True)
    assert changes == ()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gao xin ji shu qi ye you duo shao jia", ["高新技术企业", "多少"]),
        ("mi yi xian yao da zao cheng shen me", ["米易县", "打造", "什么"]),
        ("kang yang lv you zen me fa zhan", ["康养旅游", "怎么", "发展"]),
        ("he zhang zhi", ["河长制"]),
        ("panxi kejicheng", ["攀西", "科技"]),
        ("2025 nian gong ye zong chan zhi duo shao", ["2025", "工业总产值", "多少"]),
        ("ji chang ban dao na li", ["机场", "搬到", "哪里"]),
    ],
)
def test_pinyin_is_read(speller: Speller, typed: str, words: list[str]) -> None:
    text = corrected(speller, typed)
    assert [word for word in words if word not in text] == []


@pytest.mark.parametrize(
    "question",
    [
        "Where will the airport move?",
        "How many industrial parks are there?",
        "What is Panzhihua?",
        "Can you see me",
        "He can sing",
        "main aim",
        "Xi an",
        "GDP",
        "an",
        "long gang dance",
        "I want to sue",
        "Is there a river chief system?",
    ],
)
def test_english_is_left_alone(speller: Speller, question: str) -> None:
    assert corrected(speller, question) == normalize(question, keep_spaces=True)


def test_a_word_is_only_put_right_into_a_word_that_the_corpus_has() -> None:
    assert Speller(["河长制"], []).correct("河常制怎么落实")[0] in ("河长制怎么落实", "河常制怎么落实")
    assert Speller(["无关词"], []).correct("河常制怎么落实") == ("河常制怎么落实", ())
    assert Speller([], []).correct("河常制怎么落实") == ("河常制怎么落实", ())


def test_empty_and_short(speller: Speller) -> None:
    for text in ("", "机", "?", "a", "1"):
        assert speller.correct(text) == (text, ())


def test_syllables() -> None:
    assert {"zhuang", "a", "er", "lv", "nve", "xiong", "shi"} <= PINYIN
    assert not {"the", "th", "b", "ing", "zhv4", ""} & PINYIN


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("机厂搬到哪里", "机场搬到哪里"),
        ("攀西科计城的定位", "攀西科技城的定位"),
        ("医养接合怎么推进", "医养结合怎么推进"),
        ("成渝地区双成经济圈", "成渝地区双城经济圈"),
        ("河常制怎么落实", "河长制怎么落实"),
        ("石墨希产业园", "石墨烯产业园"),
        ("钒钛心城", "钒钛新城"),
        ("非禁既入是什么", "非禁即入是什么"),
    ],
)
def test_words_and_phrases_that_sound_alike(speller: Speller, typed: str, meant: str) -> None:
    assert corrected(speller, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fan tai xin cheng you ji ge chan ye yuan", "钒钛新城有几个产业园"),  # 钒钛新有机个产业园
        ("kang yang lü you zen me fa zhan", "康养旅游怎么发展"),
        ("kāng yǎng lǚ yóu", "康养旅游"),
        ("liangcheng yigong yao tou duoshao qian", "两城一共要投多少钱"),
        ("can women change", "can women change"),  # 我们个
    ],
)
def test_pinyin_word_for_word(speller: Speller, typed: str, meant: str) -> None:
    assert corrected(speller, typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("which univeristy", "which university"),
        ("high-tech enterprizes", "high-tech enterprises"),
        ("is the aiport moving", "is the airport moving"),
        ("enviromental protection", "environmental protection"),
        ("panzihua railways", "panzhihua railways"),
        ("goverment services", "government services"),
        ("wich railways", "which railways"),
        ("how meny parks", "how many parks"),
        # Of two words as near, the one of the same letters.
        ("what precent of output", "what percent of output"),
        ("a seperate park", "a separate park"),
        ("what is planed there", "what is planned there"),
    ],
)
def test_english_words_are_put_right(speller: Speller, typed: str, meant: str) -> None:
    assert corrected(speller, typed) == meant
    assert len(speller.correct(typed)[1]) == 1


@pytest.mark.parametrize(
    "question",
    [
        "where do i buy noodles and bicycles",
        "organisations in the centre recognised programmes",
        "the coast near mianyang and kunshan",
        "who paints houses",
        "mary and mann ask for the dose",
        "co-operation of well-known firms isn't needed",
    ],
)
def test_right_english_words_are_left_alone(speller: Speller, question: str) -> None:
    assert speller.correct(question) == (question, ())


def test_english_is_only_put_right_into_known_words() -> None:
    speller = Speller([], [], corpus_english={"airport", "titanium"}, english=frozenset({"report"}))
    assert speller.correct("aiport titanum reports")[0] == "airport titanium reports"
    assert Speller([], []).correct("aiport") == ("aiport", ())
    assert speller.correct("aipotr")[0] == "aipotr"
