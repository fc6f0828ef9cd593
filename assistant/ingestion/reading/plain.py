"""The bytes of a text file → text: UTF-8, UTF-16 with byte order mark, GB18030 (which includes GBK and GB2312)."""

from __future__ import annotations

import codecs
import re

from assistant.errors import UnreadableSource
from assistant.ingestion.cleaning import strip_white

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_PICTURE = re.compile(
    r"data:image/[\w.+-]{1,40};base64,[A-Za-z0-9+/]*(?:[ \t\r\n]{1,4}[A-Za-z0-9+/]{60,})*"
    r"""(?:[ \t\r\n]{1,4}[A-Za-z0-9+/]+(?=={0,2}[)>"']))?={0,2}"""
)
"""A picture written into a text; lines of 60 characters and more go on with it, and a last one before a bracket."""
_HAN = re.compile("[\u4e00-\u9fff]")
_SAMPLE, _MIN_COMMON = 4000, 0.6


def decode(data: bytes, name: str) -> str:
    """Turns the bytes of a text file into text; see the module.

    Args:
        data: the bytes.
        name: what to call the file in messages.

    Returns:
        The text.

    Raises:
        UnreadableSource: the bytes are no text in a known encoding.
    """
    if not data:
        raise UnreadableSource(f"{name} is empty: put the document's text into it or remove it.", "empty")
    text = _decode_known(data, name).removesuffix("\x1a")  # where files ended under DOS
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableSource(
            f"{name} holds the control character U+{ord(control[0]):04X} in line {line}: "
            "it is no plain text, or damaged; save it as UTF-8 text without it."
        )
    if not strip_white(text):
        raise UnreadableSource(
            f"{name} holds nothing but white space: put the document's text into it or remove it.", "empty"
        )
    return text


def _decode_known(data: bytes, name: str) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableSource(
                    f"{name} begins like {encoding.upper()} but is damaged at byte {error.start + len(mark)}: "
                    "save it as UTF-8 again."
                ) from error
    if b"\0" in data:
        raise UnreadableSource(f"{name} is binary (it holds NUL bytes): give a text file, saved as UTF-8.")
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _is_plausible(text):
            return text
    raise UnreadableSource(f"{name} is neither UTF-8, UTF-16 nor GB18030 text: save it as UTF-8.")


def _is_plausible(text: str) -> bool:
    """Whether text read as GB18030 is Chinese: Big5, Shift-JIS and random bytes come out as rare characters.

    In Chinese text nearly every character is among the 3,755 most common, which GB2312 puts in rows 16 to 55.
    """
    sample = text[:_SAMPLE]
    if any("\ue000" <= character <= "\uf8ff" for character in sample):
        return False
    han = _HAN.findall(sample)
    common = sum(1 for character in han if 0xB0 <= character.encode("gb18030")[0] <= 0xD7 and _in_gb2312(character))
    return bool(han) and common >= _MIN_COMMON * len(han)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def without_control(text: str) -> str:
    """A text without the control characters that `decode` refuses: other programs' files hold them as leftovers."""
    return _CONTROL.sub("", text)


def without_pictures(text: str) -> str:
    """A text without the pictures that Markdown or HTML holds as base64, which no one reads; what names them stays."""
    return _PICTURE.sub("", text)
