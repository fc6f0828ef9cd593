"""Properties of ingestion on generated documents, whose pieces are known because they were generated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from assistant.ingestion import (
    chunk_document,
    clean,
    parse_clauses,
    parse_numeral,
    split_parts,
    split_sentences,
    to_chinese,
    warnings,
)
from assistant.ingestion.cleaning import WHITE, strip_white
from assistant.schema import Document, Record

SETTINGS = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = ["坚持", "以人民为中心", "发展思想", "加快建设", "钒钛新城", "和", "攀西科技城", "推动", "高质量发展"]
WORDS += ["完善", "政策体系", "15个", "“两城”", "（含县区）", "2025年"]
ASIDES = [
    "按照第三条的规定",
    "违反第三条规定",
    "符合（二）项要求",
    "依据（2020年）方案",
    "面向一、二级市场",
    "增长3.5%",
    "遵守《某某办法（试行）》",
]
LOOKALIKES = ("第三条", "（二）", "（2020年）", "一、二级")
HEADS = ["强化组织领导", "激活市场主体", "调动各方参与", "夯实县域经济基础", "加强内外大通道建设", "深化重点领域改革"]
BRACKETS = ["（）", "()", "（)", "(）", "〔〕"]


@dataclass
class Draft:
    """A generated document: its paragraphs, and the pieces that a parser must find."""

    paragraphs: list[str] = field(default_factory=list)
    pieces: list[tuple[str, int, str, str]] = field(default_factory=list)

    def add(self, paragraph: str, kind: str = "", number: int = 0, label: str = "", heading: str = "") -> None:
        self.paragraphs.append(paragraph)
        if kind:
            self.pieces.append((kind, number, label, heading))


@st.composite
def sentences(draw: st.DrawFn, least: int = 1, most: int = 3) -> str:
    """Running text: every sentence has a comma; some mention labels that are none."""
    written = ""
    for _ in range(draw(st.integers(least, most))):
        phrases = ["".join(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=4))) for _ in range(2)]
        aside = draw(st.none() | st.sampled_from(ASIDES))
        written += "为此" + "，".join([phrases[0], *([aside] if aside else []), phrases[1]]) + "。"
    return written


def bracketed(draw: st.DrawFn, number: int) -> str:
    pair = draw(st.sampled_from(BRACKETS))
    return pair[0] + to_chinese(number) + pair[1]


@st.composite
def decisions(draw: st.DrawFn) -> Draft:
    """一、 over （一）, numbered on or anew in each part; 1. inside; the last 一、 may be a clause."""
    made = front(draw)
    run_on = draw(st.booleans())
    inner = printed = 0
    parts = draw(st.integers(1, 4))
    for part in range(1, parts + 1):
        made.add(f"{to_chinese(part)}、{HEADS[part - 1]}", "part", 0, f"{to_chinese(part)}、", HEADS[part - 1])
        if draw(st.booleans()):
            made.add(draw(sentences()), "preamble")
        printed = printed if run_on else 0
        for _ in range(draw(st.integers(1 if part > 1 else 2, 5))):
            printed, inner = printed + 1, inner + 1
            label, head = bracketed(draw, printed), draw(st.sampled_from(HEADS))
            made.add(f"{label}{head}。{draw(sentences())}", "clause", inner, label, head)
            for item in range(1, draw(st.integers(0, 2)) + 1):
                made.add(f"{item}.{draw(sentences(1, 1))}")
    if draw(st.booleans()):
        label = f"{to_chinese(parts + 1)}、"
        made.add(f"{label}本决定自发布之日起施行。", "clause", inner + 1, label, "本决定自发布之日起施行")
    return made


@st.composite
def regulations(draw: st.DrawFn, counts: tuple[int, ...] = (2, 3, 9, 12)) -> Draft:
    """第X条 with or without chapters, with items inside unless there are 50 or more."""
    made = front(draw)
    if made.pieces[-1][0] == "preamble":
        made.paragraphs.pop()
        made.pieces.pop()
    count = draw(st.sampled_from(counts))
    chapters = draw(st.sets(st.integers(1, count), max_size=4)) | {1} if draw(st.booleans()) else set()
    style = draw(st.sampled_from(["", "\u3000", " "]))
    chapter = 0
    for number in range(1, count + 1):
        if number in chapters:
            chapter += 1
            label, head = f"第{to_chinese(chapter)}章", HEADS[chapter - 1]
            made.add(f"{label}{style}{head}", "part", 0, label, head)
        label = f"第{to_chinese(number)}条"
        head = draw(st.sampled_from(["", "适用范围"])) if count < 50 else ""
        body = draw(sentences(1, 1)) if count < 50 else "为此坚持推动，完善政策体系。"
        made.add(f"{label}{style}{f'【{head}】' if head else ''}{body}", "clause", number, label, head)
        for item in range(1, draw(st.integers(0, 2)) + 1 if count < 50 else 1):
            made.add(f"（{to_chinese(item)}）{draw(sentences(1, 1))}")
    return made


@st.composite
def lists(draw: st.DrawFn) -> Draft:
    """Only 一、 or only 1. or only （一）."""
    made = front(draw)
    form = draw(st.sampled_from(["{c}、", "{n}.", "{n}．", "{n}、", "（{c}）", "({c})"]))
    for number in range(1, draw(st.integers(2, 14)) + 1):
        label = form.format(c=to_chinese(number), n=number)
        head = draw(st.sampled_from(HEADS))
        made.add(f"{label}{head}。{draw(sentences())}", "clause", number, label, head)
    return made


def front(draw: st.DrawFn) -> Draft:
    made = Draft()
    made.add("中共某某市委关于加快建设 推动发展的决定", "title")
    if draw(st.booleans()):
        made.add("（2020年7月30日某某市第十届委员会第九次全体会议通过）", "adoption")
    if draw(st.booleans()):
        made.add(draw(sentences()), "preamble")
    return made


DRAFTS = st.one_of(decisions(), regulations(), lists())


@st.composite
def printed(draw: st.DrawFn, draft: Draft, anywhere: bool = False) -> str:
    """The document as a file: lines broken, stray spaces, blank lines, page breaks.

    Breaks fall where a reader could tell them: in running text, not after a full stop or inside a number; after the
    first comma, and in a labelled paragraph that may be all heading after the first full stop. With `anywhere` they
    fall at any place.
    """
    newline = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    random = Random(draw(st.integers(0, 10**6)))
    printed_paragraphs = []
    for position, paragraph in enumerate(draft.paragraphs):
        written, line = paragraph[0], 1
        for i in range(1, len(paragraph)):
            before, after = paragraph[i - 1], paragraph[i]
            first = "。" if re.match("[（(〔1-9一二三四]", paragraph) else "，"
            told = position > 0 and first in paragraph[:i] and before not in "。：；！？”）" and after not in "（〔("
            told = told and not (after.isdigit() and (before.isdigit() or before == "."))
            line += 1
            tempting = paragraph.startswith(LOOKALIKES, i)
            if line > 4 and (anywhere or told) and random.random() < (0.4 if tempting else 0.04):
                line = 1
                written += random.choice(
                    [newline, newline * 2, " " + newline + newline + "\u3000", "\f", newline + "\t"]
                )
            elif position > 0 and both_wide(before, after) and random.random() < 0.03:
                written += random.choice([" ", "\u3000", "\u00a0", "  ", "\u200b"])
            written += after
        printed_paragraphs.append(random.choice(["", "\u3000\u3000"]) + written + random.choice(["", " "]))
    between = newline * draw(st.integers(1, 3))
    return draw(st.sampled_from(["", "\ufeff", newline])) + between.join(printed_paragraphs) + newline


def both_wide(before: str, after: str) -> bool:
    return re.fullmatch("[\u4e00-\u9fff]{2}", before + after) is not None


def tidy(draft: Draft) -> str:
    lines = [re.sub(f"[{WHITE}]", "", paragraph) for paragraph in draft.paragraphs]
    return "\n".join([draft.paragraphs[0], *lines[1:]])


@SETTINGS
@given(st.data())
def test_broken_documents_are_made_whole(data: st.DataObject) -> None:
    draft = data.draw(DRAFTS)
    assert clean(data.draw(printed(draft))) == tidy(draft)


@SETTINGS
@given(st.data())
def test_pieces_are_found_as_generated(data: st.DataObject) -> None:
    draft = data.draw(DRAFTS)
    clauses = parse_clauses(clean(data.draw(printed(draft))))
    assert [(clause.kind, clause.number, clause.label, clause.heading) for clause in clauses] == draft.pieces
    assert [text for text in warnings(clauses) if "missing" in text] == []


@settings(SETTINGS, max_examples=20)
@given(st.data(), st.sampled_from([50, 123]))
def test_long_regulations_are_found_as_generated(data: st.DataObject, count: int) -> None:
    draft = data.draw(regulations((count,)))
    clauses = parse_clauses(clean(data.draw(printed(draft))))
    assert [(clause.kind, clause.number, clause.label, clause.heading) for clause in clauses] == draft.pieces


@SETTINGS
@given(st.data())
def test_nothing_is_lost_or_invented_and_pieces_tile(data: st.DataObject) -> None:
    raw = data.draw(DRAFTS.flatmap(lambda draft: printed(draft, anywhere=True)))
    check_tiling(raw)


@SETTINGS
@given(
    st.text(alphabet=st.sampled_from(list("一二十、（）(第条章1.。，；：附件“”\n\n\r \u3000\ufeffA中文")), max_size=120)
)
def test_any_text_is_tiled(raw: str) -> None:
    check_tiling(raw)


def check_tiling(raw: str) -> None:
    text = clean(raw)
    assert strip_white(text) == strip_white(raw)
    assert all(line and line == line.strip() for line in text.split("\n")) or not text
    clauses = parse_clauses(text)
    assert "\n".join(clause.text for clause in clauses) == text
    assert all(text[clause.start : clause.end] == clause.text for clause in clauses)
    numbers = [clause.number for clause in clauses if clause.kind == "clause"]
    assert numbers == sorted(set(numbers))
    assert 0 not in numbers
    assert all(clause.number == 0 for clause in clauses if clause.kind != "clause")
    assert all(clause.label in clause.text and clause.heading in clause.text for clause in clauses)


@SETTINGS
@given(DRAFTS.flatmap(lambda draft: printed(draft, anywhere=True)), st.integers(1, 90), st.sampled_from([1, 2, 3]))
def test_chunks_are_verbatim_within_their_piece_and_budget(raw: str, budget: int, weight: int) -> None:
    def count(text: str) -> int:
        return sum(weight if character > "\x7f" else 1 for character in text)

    text = clean(raw)
    document = Document(Record(id="d", title=""), text, parse_clauses(text))
    chunks = chunk_document(document, budget, count)
    covered: dict[int, str] = {}
    for chunk in chunks:
        piece = document.clauses[chunk.position]
        assert piece.start <= chunk.start < chunk.end <= piece.end
        assert text[chunk.start : chunk.end] == chunk.text
        assert chunk.text == chunk.text.strip()
        assert chunk.tokens == count(chunk.text)
        assert chunk.tokens <= budget or len(chunk.text) == 1
        covered[chunk.position] = covered.get(chunk.position, "") + chunk.text
    assert [chunk.start for chunk in chunks] == sorted(chunk.start for chunk in chunks)
    for piece in document.clauses:
        assert strip_white(covered[piece.position]) == strip_white(piece.text)


@SETTINGS
@given(DRAFTS)
def test_a_roomy_budget_cuts_between_sentences_only(draft: Draft) -> None:
    text = clean("\n\n".join(draft.paragraphs))
    document = Document(Record(id="d", title=""), text, parse_clauses(text))
    for chunk in chunk_document(document, 200, len):
        piece = document.clauses[chunk.position]
        ends = {piece.start + end for _, end in split_sentences(piece.text)}
        assert chunk.end in ends


def test_a_text_without_any_place_to_cut_is_counted_a_few_times_over_and_no_more() -> None:
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return len(text)

    text = "a" * 100_000
    chunks = chunk_document(Document(Record(id="d", title=""), text, parse_clauses(text)), 200, count)
    assert [len(chunk.text) for chunk in chunks] == [200] * 500
    assert counted < 50 * len(text), "a thousand times where each cut counts all that follows"


@SETTINGS
@given(st.text(alphabet=st.sampled_from(list("甲乙。！？!?；，、：”“’‘）（(《》\n ab1")), max_size=60))
def test_sentences_and_parts_cover_the_text(text: str) -> None:
    for split in (split_sentences, split_parts):
        spans = split(text)
        assert all(a < b for a, b in spans)
        assert all(spans[i][1] <= spans[i + 1][0] for i in range(len(spans) - 1))
        assert strip_white("".join(text[a:b] for a, b in spans)) == strip_white(text)
        assert all(text[a:b] == text[a:b].strip() for a, b in spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？丁", ["甲。", "乙！", "丙？", "丁"]),
        ("他说“甲。”乙。（注：丙。）丁；戊：己。", ["他说“甲。”", "乙。", "（注：丙。）", "丁；戊：己。"]),
        ("甲\n乙。\n丙", ["甲", "乙。", "丙"]),
        ("增长3.5%，见 http://a.cn/?b=1 。好!乙", ["增长3.5%，见 http://a.cn/?b=1 。", "好!", "乙"]),
        ("甲？！乙……丙", ["甲？！", "乙……丙"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东区要甲、乙，丙；西区要丁。", ["东区要甲、乙，", "丙；", "西区要丁。"]),
        (
            "按照“生态优先，产业立根；创新”的思路，立足（含县，区）攀西。",
            ["按照“生态优先，产业立根；创新”的思路，", "立足（含县，区）攀西。"],
        ),
        ("甲“乙，丙。", ["甲“乙，", "丙。"]),
    ],
)
def test_parts(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split_parts(text)] == expected


@given(st.integers(0, 9999))
def test_numerals_round_trip(number: int) -> None:
    written = to_chinese(number)
    assert parse_numeral(written) == number
    assert parse_numeral(written.replace("零", "〇")) == number
    assert parse_numeral(str(number)) == number
    assert parse_numeral("".join(chr(ord(digit) + 0xFEE0) for digit in str(number))) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10), ("一十二", 12), ("廿三", 23), ("卅", 30), ("百二十三", 123), ("一百零三", 103), ("一百〇三", 103),
        ("两百", 200), ("一千零一十", 1010), ("二〇二〇", 2020), ("⑫", 12), ("１２", 12), ("〇", 0), ("零", 0),
        ("拾壹", 11), ("", None), ("一百二", None), ("十百", None), ("甲", None), ("1.5", None), ("12345", None),
        # About so many: neither 23 nor 35.
        ("两三", None), ("三四", None), ("三五", None), ("一九九八", 1998), ("二三〇", 230),
    ],
)  # fmt: skip
def test_numerals(text: str, number: int | None) -> None:
    assert parse_numeral(text) == number
