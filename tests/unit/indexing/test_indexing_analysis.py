"""The form in which texts are compared, and their words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.indexing.analysis import character_pairs, content_words, index_tokens, normalize, to_simplified, words


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("ＧＤＰ増長５０％", "gdp増长50%"),  # 増 is Japanese: simplification leaves it
        ("Ｐanzhihua　２０２５", "panzhihua 2025"),
        ("釩鈦新城與攀西科技城", "钒钛新城与攀西科技城"),
        ("國家級發展區", "国家级发展区"),
        ("（四）", "(四)"),
        ("（1）：", "(1):"),
        ("钒 钛\u3000新\t城", "钒钛新城"),
        ("建设\n\n新城", "建设新城"),
        ("新城 2025 年", "新城2025年"),
        ("high   tech\nzone", "high tech zone"),
        ("Don’t, it‘s, isnʼt", "don't, it's, isn't"),
        ("the firms’ park", "the firms’ park"),
        ("钒\x00钛\x07新\x1b城", "钒钛新城"),
        ("新\u200b城\u202e\ufeff", "新城"),
        ("钒钛\ud800新城\udfff", "钒钛新城"),
        ("  ", ""),
        ("", ""),
        ("到二〇三五年", "到2035年"),
        ("二零三五年", "2035年"),
        ("一九四九 — 二○○九年", "1949—2009年"),
        ("二ＯＯ八年、二0一五年", "2008年、2015年"),
        ("二 〇 二 五 年", "2025年"),
        ("〔二〇二五〕12号", "〔2025〕12号"),
        ("“一二三五”、一二三四年级、三〇二室", "“一二三五”、一二三四年级、三〇二室"),
        ("电话一三八一九二三四五六七，第二〇二五三号", "电话一三八一九二三四五六七,第二〇二五三号"),
        ("①65周岁以上", "1 65周岁以上"),
        ("⒈50元", "1. 50元"),
        ("①十五日内", "1 十五日内"),
        ("①百万元、②千万元,100 万元", "1、百万元、2、千万元,100万元"),
        ("①②③均可", "1 2 3均可"),
        ("③原贷款", "3原贷款"),
        ("10²、10¹²、1½倍", "10 2、10 12、1 1⁄2倍"),
        ("CO₂、60㎡、60m²、PM₂.₅", "co2、60m2、60m2、pm2.5"),
        ("附件1 三年行动方案", "附件1 三年行动方案"),
        ("第 3 条第 三 条", "第3条第三条"),
    ],
)
def test_the_compared_form(typed: str, compared: str) -> None:
    assert normalize(typed) == compared


@pytest.mark.parametrize("text", ["皇后与里程", "乾坤", "著作", "发展和头发", "后花园"])
def test_simplified_text_is_left_as_it_is(text: str) -> None:
    assert to_simplified(text) == text


def test_spaces_stay_where_the_writer_parts_words_with_them() -> None:
    assert normalize("fan  tai　xin cheng", keep_spaces=True) == "fan tai xin cheng"
    assert normalize("钒钛 新城", keep_spaces=True) == "钒钛 新城"


ANY_TEXT = st.text(
    st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from("，。（）()“” \n\t\u3000\u200b\ud800钒钛發发ＡaＢ９9①²一九二〇○o"),
    ),
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_normalising_twice_changes_nothing_and_leaves_no_control_characters(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in once)
    once.encode("utf-8")


def test_the_same_words_however_they_are_written() -> None:
    assert words("高水平建設釩鈦新城") == words("高水平　建设钒 钛 新城") == words("高水平建设钒钛新城")
    assert index_tokens("ＨＩＧＨ－tech") == index_tokens("high-tech")


def test_characters_that_stand_alone_are_joined_and_grammar_is_not() -> None:
    assert "钒钛" in words("钒钛新城")
    assert words("的了吗") == ["的", "了", "吗"]


def test_punctuation_is_no_word() -> None:
    assert index_tokens("，。；：（）“”—…!?") == []
    assert words("“五大领域”，") == ["五大", "领域"]


def test_long_words_are_found_by_their_parts_too() -> None:
    tokens = index_tokens("中国科学院")
    assert {"中国科学院", "中国", "科学", "科学院"} <= set(tokens)


def test_numbers_are_words_but_carry_no_content() -> None:
    assert "1500" in words("工业总产值1500亿元以上")
    assert "50%" in words("占比50%以上")
    assert content_words("到2025年，占比50%以上") == ["占比", "以上"]


def test_a_year_is_one_word_however_it_is_written() -> None:
    assert index_tokens("二〇三五年") == index_tokens("二○三五年") == index_tokens("2035年")
    assert character_pairs("二○二○年") == character_pairs("2020年")
    assert "〇二" in character_pairs("三〇二室")


@pytest.mark.parametrize("name", ["5G", "A4", "CO2", "B2B"])
def test_names_of_letters_and_digits_are_words(name: str) -> None:
    assert index_tokens(name) != []
    assert content_words(name) == [name.lower()]
