"""Files as they come: encodings, damage, records, translations."""

from __future__ import annotations

import base64
import codecs
import os
import textwrap
from pathlib import Path

import pytest

from assistant import ingestion
from assistant.errors import InvalidRecord, UnreadableSource
from assistant.ingestion import (
    find_sources,
    load_record,
    load_text,
    load_translation,
    parse_clauses,
    read_document,
)
from assistant.ingestion.records import url_safe
from assistant.schema import Misprint

TEXT = "关于朱镕基同志等的通知\n一、面积为30㎡，喆。\n"
BIG5 = "關於加強市政建設的若干規定，各級人民政府應當認真貫徹執行，並將有關情況及時上報。" * 3


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("gbk") + b"\x1a",
    ],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert load_text(path) == TEXT


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (" \u3000\n\ufeff".encode(), "nothing but white space"),
        (b"%PDF-1.4\x00\x01\x02", "damaged"),
        (b"GIF89a\x00\x01\x02", "binary"),
        (TEXT.encode("utf-16-le"), "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8\x41", "damaged"),
        (codecs.BOM_UTF8 + b"\xff\xff", "damaged"),
        (b"\xff\xd8\xff\xe0 JFIF \x80", "neither"),
        (BIG5.encode("big5"), "neither"),
        ("日本語の文章です。テストのための文字列。".encode("shift-jis"), "neither"),
        ("caf\u00e9 fran\u00e7ais".encode("latin-1"), "neither"),
        (TEXT.encode() + b"\x07", r"U\+0007 in line 3"),
        (TEXT.encode() + "\x9c".encode(), r"U\+009C"),
    ],
)
def test_unreadable_files_say_why_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource, match=message) as caught:
        load_text(path)
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_other_formats_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(UnreadableSource, match=r"is not a \.txt, \.md, \.docx, \.pdf, \.html, \.htm file"):
        load_text(tmp_path / "a.jpg")
    with pytest.raises(UnreadableSource, match="Cannot read"):
        load_text(tmp_path / "missing.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(UnreadableSource, match="Cannot read"):
        load_text(tmp_path / "folder.txt")


PICTURE = base64.b64encode(bytes(range(256)) * 4).decode()  # 1368 characters, the last two are =


@pytest.mark.parametrize(
    ("given", "left"),
    [
        (f"![图](data:image/png;base64,{PICTURE})\n甲。", "![图]()\n甲。"),
        (f"![图](data:image/svg+xml;base64,{'AbC+'}) b ![](data:image/jpeg;base64,xyz/)", "![图]() b ![]()"),
        ("![图](data:image/png;base64,\n" + "\r\n".join(textwrap.wrap(PICTURE, 76)) + ")\n甲。", "![图]()\n甲。"),
        (f"[i]: <data:image/png;base64,{PICTURE}>\nb c", "[i]: <>\nb c"),
        (f"[i]: data:image/png;base64,{PICTURE}\nb c", "[i]: \nb c"),
    ],
)
def test_pictures_in_a_text_are_left_out(tmp_path: Path, given: str, left: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"通知\n{given}\n乙。".encode())
    assert load_text(path) == f"通知\n{left}\n乙。"


def test_find_sources(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "a.toml", "a.en.jsonl", ".hidden.txt", "README.md", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    expected = [tmp_path / name for name in ("a.md", "b.txt", "sub/c.txt")]
    assert find_sources([tmp_path]) == expected
    assert find_sources([tmp_path / "b.txt", tmp_path, tmp_path / "sub" / ".." / "b.txt"])[0] == tmp_path / "b.txt"
    assert len(find_sources([tmp_path / "b.txt", tmp_path, tmp_path / "sub" / ".." / "b.txt"])) == 3
    with pytest.raises(UnreadableSource, match="does not exist"):
        find_sources([tmp_path / "nowhere"])


@pytest.mark.parametrize("stem", ["panzhihua-2020-07-30", "a_b.c", "A1"])
def test_safe_stems_are_ids(stem: str) -> None:
    assert url_safe(stem) == stem


def test_other_stems_become_safe_readable_and_distinct() -> None:
    stems = ["广州市办法", "广州市规定", "办法 2024", "办法 (2024)", "x/y", "-", "..", "a b", "a-b", "ａ", "２０２４年"]
    ids = [url_safe(stem) for stem in stems]
    assert len(set(ids)) == len(stems)
    assert all(identifier.isascii() and not set(identifier) & set(" /%?#") for identifier in ids)
    assert url_safe("办法 2024").startswith("2024-")
    assert url_safe("广州市办法").startswith("doc-")


def record_file(tmp_path: Path, content: str) -> Path:
    (tmp_path / "a.toml").write_text(content, encoding="utf-8")
    return tmp_path / "a.txt"


def test_record(tmp_path: Path) -> None:
    (tmp_path / "a.en.jsonl").write_text("")
    path = record_file(
        tmp_path,
        'id = "x-1"\ntitle = "题"\nadopted = 2020-07-30\npublished = "2020-08-01"\nstatus = "amended"\n'
        'translation = "a.en.jsonl"\nmisprints = [{printed = "钇", intended = "钒"}]\n',
    )
    record = load_record(path, "正文标题")
    assert (record.id, record.title, record.adopted, record.published) == ("x-1", "题", "2020-07-30", "2020-08-01")
    assert record.misprints == (Misprint("钇", "钒"),)
    assert load_record(record_file(tmp_path, ""), "正文标题").title == "正文标题"


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('nam = "x"', "nam"),
        ("title = 3", "title"),
        ('title = " "', "title"),
        ('adopted = "2020-02-30"', "adopted"),
        ('adopted = "2020.7.30"', "adopted"),
        ('effective = "20200730"', "effective"),
        ("repealed = 2020-07-30T10:00:00", "repealed"),
        ('id = "中文"', "id"),
        ('id = "a/b"', "id"),
        ('id = "../x"', "id"),
        ('status = "valid"', "status"),
        ('translation = "missing.jsonl"', "translation"),
        ('translation = "../a.jsonl"', "translation"),
        ('misprints = [{printed = "x"}]', "misprints"),
        ('misprints = "x"', "misprints"),
        ('misprints = [{printed = "", intended = "y"}]', "misprints"),
        ("title = ", "not valid TOML"),
    ],
)
def test_wrong_records_name_file_and_key(tmp_path: Path, content: str, key: str) -> None:
    with pytest.raises(InvalidRecord, match=key) as caught:
        load_record(record_file(tmp_path, content), "")
    assert "a.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_record_from_the_text_alone(tmp_path: Path) -> None:
    path = tmp_path / "办法.txt"
    path.write_text(
        "广州市人民政府办公厅关于印发某办法的通知\n\n穗府办规〔2024〕13号\n\n各区人民政府：\n现印发给你们。\n"
        "第一条 为了实施，制定本办法。\n第二条 本办法自2024年9月1日起施行。\n\n广州市人民政府办公厅\n2024年7月26日\n"
    )
    record = read_document(path)[0].record
    assert (record.number, record.issuer) == ("穗府办规〔2024〕13号", "广州市人民政府办公厅")
    assert (record.published, record.effective) == ("2024-07-26", "2024-09-01")
    assert record.title == "广州市人民政府办公厅关于印发某办法的通知"


@pytest.mark.parametrize(
    ("name", "title"),
    [("公园办法".encode("gb18030"), "公园办法"), (b"parks-\xe9", "parks-\ufffd"), ("办法".encode(), "办法")],
)
@pytest.mark.parametrize("record", [b"", b'issuer = "x"'])
def test_a_file_whose_name_is_no_text_gives_a_title(tmp_path: Path, name: bytes, title: str, record: bytes) -> None:
    path = tmp_path / os.fsdecode(name + b".txt")
    path.write_text("第一条 甲。\n第二条 乙。\n")
    if record:
        path.with_suffix(".toml").write_bytes(record)
    document = read_document(path)[0]
    assert document.record.title == title
    assert document.id.isascii()


def test_translation(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"zh": "一", "en": "one"}\n\n{"zh": "二", "en": "two"}\n')
    assert load_translation(path) == [("一", "one"), ("二", "two")]
    for bad in ("[1]", '{"zh": "一"}', '{"zh": 1, "en": "x"}', "{", "[" * 100_000):
        path.write_text('{"zh": "一", "en": "one"}\n' + bad)
        with pytest.raises(InvalidRecord, match="line 2") as caught:
            load_translation(path)
        assert "\n" not in str(caught.value)
    with pytest.raises(InvalidRecord):
        load_translation(tmp_path / "missing.jsonl")


def test_the_digest_follows_what_is_read_not_how_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某某规定\n一、好。\n二、好。")
    digests = [read_document(tmp_path / "a.txt")[0].digest]
    (tmp_path / "t.jsonl").write_text('{"zh": "好。", "en": "Good."}')
    changes = (
        ("a.toml", 'issuer = "市政府"'),
        ("a.toml", 'translation = "t.jsonl"'),
        ("t.jsonl", ""),
        ("a.txt", "甲\n乙"),
    )
    for name, content in changes:
        (tmp_path / name).write_text(content)
        digests.append(read_document(tmp_path / "a.txt")[0].digest)
    assert len(set(digests)) == 5
    (tmp_path / "a.txt").write_bytes("甲\r\n乙\r\n".encode("gb18030"))
    assert read_document(tmp_path / "a.txt")[0].digest == digests[-1]


def test_a_document_that_is_parsed_otherwise_has_another_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("某某规定\n一、好。\n二、好。")
    before = read_document(tmp_path / "a.txt")[0].digest
    monkeypatch.setattr(ingestion, "parse_clauses", lambda text: parse_clauses(text)[:2])
    assert read_document(tmp_path / "a.txt")[0].digest != before
