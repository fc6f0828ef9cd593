"""The ends of a document: its first and last paragraphs → title, adoption line, preamble; signature and attachments."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.ingestion.outline import Outline, Paragraph
from assistant.ingestion.paragraphs import ends_like_title, is_date, is_enactment, is_navigation, is_number, is_title
from assistant.schema import ClauseKind

Kinds = list[ClauseKind | None]

_TITLE_WITHIN = 15
_BODIES = "局|厅|部|院|会|委|办|室|府|处|署|中心|党组|公司|大学|学院|银行|司|法院|市委|省委|小组|指挥部"
_SIGNATURE = re.compile(rf"[^。；：，？！]{{3,40}}(?:{_BODIES})")
_IMPRINT = re.compile(r"(?:公开方式|信息公开选项|公开属性|主办单位|抄送|主送|分送|印发|此件|责任编辑|联系人|发布日期)")
_PRINTED = re.compile(r"[^。；，]{0,40}\d{4}年\d{1,2}月\d{1,2}日(?:印发|发布)?")
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpg|png)(?:下载)?$", re.I)


def front_kinds(paragraphs: Sequence[Paragraph], labelled: bool) -> Kinds:
    """What the paragraphs before the first label are.

    Args:
        paragraphs: the paragraphs before the first part or clause; all of them where nothing is labelled.
        labelled: whether the document numbers anything.

    Returns:
        A kind for each: title, adoption, preamble; `clause` after the title where nothing is labelled.
    """
    rest: ClauseKind = "preamble" if labelled else "clause"
    kinds: Kinds = [rest] * len(paragraphs)
    title = _title_index(paragraphs)
    if title is None or (not labelled and len(paragraphs) == 1):
        return kinds
    for i in range(title):
        kinds[i] = "preamble"
    kinds[title] = "title"
    for i in range(title + 1, min(title + 4, len(paragraphs))):
        if is_enactment(paragraphs[i].text):
            kinds[i] = "adoption"
    for i in range(title + 1, len(paragraphs)):
        text = paragraphs[i].text
        aside = (text.endswith(("：", ":")) and len(text) <= 60) or is_number(text) or is_navigation(text)
        if not labelled and kinds[i] == "clause" and (aside or text == paragraphs[title].text):
            kinds[i] = "preamble"
    return kinds


def _title_index(paragraphs: Sequence[Paragraph]) -> int | None:
    """The first paragraph if it can be a title, or a later one that names a kind of document if the first does not."""
    if not paragraphs:
        return None
    candidates: list[int] = []
    for i, paragraph in enumerate(paragraphs[:_TITLE_WITHIN]):
        text = paragraph.text
        if is_navigation(text) or is_number(text):
            continue
        if text.endswith(("。", "：", ":")) and i > 0:
            break
        if is_title(text):
            candidates.append(i)
    named = [i for i in candidates if ends_like_title(paragraphs[i].text)]
    return next(iter(named or candidates), None)


def closing_start(paragraphs: Sequence[Paragraph], found: Outline) -> int:
    """Where the signature, date and attachments begin.

    Args:
        paragraphs: all paragraphs of the document.
        found: the outline of the document.

    Returns:
        The index of the first closing paragraph; `len(paragraphs)` where there is none.
    """
    begin = len(paragraphs)
    while begin > 1 and begin - 1 not in found.roles and _closes(paragraphs, begin - 1):
        begin -= 1
    if found.labelled:
        last = max(found.roles)
        begin = max(begin, last + 1)
        for i in range(last + 1, begin):
            label = paragraphs[i].label
            if label is not None and label.level == "attachment":
                return i
    return begin


def _closes(paragraphs: Sequence[Paragraph], i: int) -> bool:
    text, label = paragraphs[i].text, paragraphs[i].label
    if is_date(text) or _PRINTED.fullmatch(text) or _IMPRINT.match(text) or _FILE.search(text):
        return True
    if label is not None:
        return label.level == "attachment" and len(text) <= 120
    return _SIGNATURE.fullmatch(text) is not None
