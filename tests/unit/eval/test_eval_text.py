import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel, LCSseq

from eval.metrics.text import (
    answer_length,
    common_subsequence_length,
    contains_any,
    is_verbatim,
    longest_common_substring,
    markers_in,
    phrasing_overlap,
    rouge_l,
    squash,
    strip_markers,
)

short = st.text(alphabet="攀枝花市钒钛ab ", max_size=40)


def test_squash_folds_width_case_and_white_space() -> None:
    assert squash(" ＧＤＰ　１５００ 亿\n元 Panxi ") == "gdp1500亿元panxi"


def test_only_numbers_that_are_markers_are_stripped() -> None:
    assert strip_markers("甲 [1]乙[2]，川府发[2020]1号[12]。", {1, 2}) == "甲乙，川府发[2020]1号[12]。"
    assert markers_in("甲[1][3]乙 [2]，[x]") == {1, 2, 3}


def test_answer_length_leaves_markers_and_outer_white_space_out() -> None:
    assert answer_length(" 四个园区[1]。[2]\n", {1, 2}) == len("四个园区。")


def test_a_fact_is_found_by_any_alternative() -> None:
    haystack = squash("工业总产值 1500亿元 以上")
    assert contains_any(haystack, ["150 billion", "１５００亿元"])
    assert not contains_any(haystack, ["1500万元"])


@pytest.mark.parametrize("alternatives", [[], ["  "], ["1500亿元", ""]])
def test_a_blank_fact_is_an_error(alternatives: list[str]) -> None:
    with pytest.raises(ValueError, match="alternative"):
        contains_any("1500亿元", alternatives)


@pytest.mark.parametrize(
    ("quote", "start", "end", "verbatim"),
    [("枝花", 1, 3, True), ("枝花 ", 1, 3, False), ("", 1, 1, False), ("攀", -4, 1, False), ("枝花市x", 1, 5, False)],
)
def test_verbatim(quote: str, start: int, end: int, verbatim: bool) -> None:
    assert is_verbatim(quote, "攀枝花市", start, end) is verbatim


def test_rouge_l_by_hand() -> None:
    # 攀枝花市 / 攀花: the longest common subsequence is 攀花, so 2 * 2 / (4 + 2)
    assert rouge_l("攀枝花市", "攀花") == pytest.approx(4 / 6)
    assert rouge_l("攀 枝花", "攀枝花") == 1
    assert rouge_l("", "攀枝花") == 0


def test_rouge_l_without_reference_is_an_error() -> None:
    with pytest.raises(ValueError, match="reference"):
        rouge_l("攀枝花", " ")


@given(short, short)
def test_common_subsequence_agrees_with_rapidfuzz(a: str, b: str) -> None:
    assert common_subsequence_length(a, b) == LCSseq.similarity(a, b)


@given(short, short.filter(str.strip))
def test_rouge_l_is_rapidfuzz_normalised_indel_similarity(a: str, b: str) -> None:
    # F1 of the subsequence is 1 - (insertions and deletions) / (len a + len b)
    assert rouge_l(a, b) == pytest.approx(Indel.normalized_similarity(squash(a), squash(b)))


@given(short, short)
def test_common_substring_agrees_with_difflib(a: str, b: str) -> None:
    match = difflib.SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    assert longest_common_substring(a, b) == match.size


def test_overlap_by_hand() -> None:
    # 钒钛新城 is the longest run, 4 of the 8 characters of the question
    assert phrasing_overlap("钒钛新城在哪里？", "建设钒钛新城，") == 0.5
    with pytest.raises(ValueError, match="blank"):
        phrasing_overlap(" ", "钒钛")
