"""What cannot be read is refused with the reason; what is read goes the same way from the command line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnreadableSource
from assistant.ingestion import clean, load_text, read, read_document
from tests.unit.ingestion.make_pdf import make_pdf
from tests.unit.ingestion.make_word import Word


@given(st.text(st.sampled_from("一二三条第（）()、，。；：“”办法通知 1.a|\n\u2029"), max_size=120))
def test_what_is_known_to_be_paragraphs_is_read_as_the_same_paragraphs(raw: str) -> None:
    text = clean(raw)
    # One line may be a whole document whose breaks became spaces: nothing is known of it.
    assert "\n" not in text or clean(text.replace("\n", "\n\u2029\n")) == text


def archive(parts: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts:
            packed.writestr(name, data)
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = Word()
WORD.add("公园管理办法。")
GOOD = WORD.bytes()


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.doc", OLE + b"\0" * 600, "old_office"),
        ("a.wps", b"x", "old_office"),
        ("a.docx", OLE + b"\0" * 600, "old_office"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("a.docx", b"plain text", "mislabelled"),
        ("a.pdf", "只是文字。".encode(), "mislabelled"),
        ("a.docx", archive([("xl/workbook.xml", b"<a/>")]), "mislabelled"),
        ("a.docx", archive([("word/document.xml", b"<a/>")]), "damaged"),
        ("a.docx", GOOD[: len(GOOD) // 2], "damaged"),
        ("a.docx", archive([("word/document.xml", b"\0" * 40_000_000)]), "unpacks_too_large"),
        ("a.docx", archive([(f"word/{i}", b"") for i in range(5000)]), "unpacks_too_large"),
        ("a.pdf", b"%PDF-1.4\x00\x01", "damaged"),
        ("a.pdf", make_pdf(""), "scanned"),
        ("a.pdf", make_pdf("\ue001\ue002\ue003\ue004\ue005"), "garbled"),
        ("a.html", b"<html><body><script>1</script></body></html>", "empty"),
        ("a.html", f"<html><body>{'<div>' * 3000}第一条 甲。".encode(), "damaged"),
        ("a.txt", b"", "empty"),
        ("a.md", b"![](data:image/png;base64,AAAA)", "empty"),
        ("a.txt", "路灯。".encode() * 1_400_000, "too_long"),
        ("a.txt", rb"{\rtf1\ansi \'c2\'b7}", "old_office"),
        ("a.html", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>=E8=B7=AF</html>", "kind"),
        ("a.html", b"From: <Saved by Blink>\nMIME-Version: 1.0\n\n<html>=E8=B7=AF</html>", "kind"),
        ("a.xlsx", b"PK\x03\x04", "kind"),
        ("a.bin", b"x", "kind"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str, data: bytes, fault: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(data, name)
    assert caught.value.fault == fault
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_word_file_with_entities_of_its_own_is_refused() -> None:
    parts = {
        info.filename: zipfile.ZipFile(io.BytesIO(GOOD)).read(info)
        for info in zipfile.ZipFile(io.BytesIO(GOOD)).infolist()
    }
    bomb = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    head, rest = parts["word/document.xml"].split(b"?>", 1)
    parts["word/document.xml"] = head + b"?>" + bomb + rest.replace("公园".encode(), "&a;公园".encode())
    with pytest.raises(UnreadableSource) as caught:
        read(archive(list(parts.items())), "a.docx")
    assert caught.value.fault == "damaged"


def test_the_command_line_reads_them_by_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "办法.docx").write_bytes(GOOD)
    document, _ = read_document(tmp_path / "办法.docx")
    assert document.text == "公园管理办法。"
    assert load_text(tmp_path / "办法.docx") == "公园管理办法。"
