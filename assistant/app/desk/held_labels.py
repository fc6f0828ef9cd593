"""Every word that only the page of a published document at the desk says: language → `HeldLabels`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.schema import Language


@dataclass(frozen=True, slots=True)
class HeldLabels:
    """The words of one language. `{…}` are filled with `str.format`."""

    title: str
    text: str
    look: str
    record: str
    record_text: str
    save: str
    nothing_changed: str
    wrong_fields: str
    overtaken: str
    now: str
    translation: str
    none: str
    covers: str
    format: str
    template: str
    template_text: str
    choose: str
    send: str
    remove: str
    remove_text: str
    remove_confirm: str
    no_file: str
    one_file: str
    faults: Mapping[str, str]
    """By `TranslationFault`."""
    gone: str
    gone_text: str


ZH = HeldLabels(
    title="更正已发布的文件",
    text="在这里更正著录信息、管理英文对照，不必重新上传正文。条款的编号和网址不变，以前的引用仍然有效；更正之前的版本会留存。",
    look="查看文件页",
    record="著录信息",
    record_text="保存后，回答和文件页立即按新的信息显示。",
    save="保存更正",
    nothing_changed="没有改动，未保存。",
    wrong_fields="有几处需要改正，还没有保存。",
    overtaken="您打开这一页之后，著录信息已由他人更正，您填写的内容还没有保存。与现在的记录不同的各项都注明了现在的内容，请核对后再保存。",
    now="现在的记录：{value}",
    translation="英文对照",
    none="没有英文对照。",
    covers="{total} 条中有 {count} 条有英文对照。",
    format="上传 .jsonl 文件：UTF-8 编码，每行一句，按原文顺序，如 {example}。"
    "中文须与文件页上的文字逐字一致；留空的英文视为未译。上传后整份替换现有的英文对照。",
    template="下载待译文件",
    template_text="已按句拆好，有译文的带译文；填好 en 后上传。",
    choose="选择 .jsonl 文件",
    send="检查并上传",
    remove="删除英文对照",
    remove_text="删除后，文件页和英文回答不再显示英文对照；删除前的版本会留存。",
    remove_confirm="确认删除",
    no_file="请先选择文件。",
    one_file="一次只能上传一个文件。",
    faults={
        "encoding": "文件不是 UTF-8 文本。请另存为 UTF-8 后上传。",
        "json": "第 {line} 行不是 JSON。请检查引号、逗号和括号。",
        "keys": "第 {line} 行缺少文字 zh 或 en。每行须同时有这两项。",
        "order": "第 {line} 行的中文“{words}”在正文的这个位置找不到：与原文有出入，或次序不对。请从待译文件里复制。",
        "empty": "文件里没有一句译文。要删除英文对照，请用下面的按钮。",
        "too_large": "文件超过 {size} MB。请检查是否选错了文件。",
    },
    gone="库中没有这份文件",
    gone_text="它可能已被撤下。",
)

EN = HeldLabels(
    title="Correct a published document",
    text="Correct the record and manage the English translation here, without uploading the text again. Clauses keep "
    "their numbers and addresses, so earlier citations stay good; what stood before is kept.",
    look="Open the document’s page",
    record="Record",
    record_text="Once saved, answers and the document’s page show it at once.",
    save="Save the corrections",
    nothing_changed="Nothing was changed, so nothing was saved.",
    wrong_fields="Some fields need correcting. Nothing has been saved.",
    overtaken="The record was corrected by someone else after you opened this page, so what you typed has not been "
    "saved. Where it differs from the record, the field says what the record holds now. Please check, and save again.",
    now="The record now: {value}",
    translation="English translation",
    none="There is none.",
    covers="Clauses with a translation: {count} of {total}.",
    format="Upload a .jsonl file: UTF-8, one sentence a line, in the order of the document, such as {example}. The "
    "Chinese must be word for word that of the document’s page; sentences with empty English count as not translated. "
    "It takes the place of the whole translation there is.",
    template="Download a file to fill in",
    template_text="The document cut into sentences, with the translation there is. Fill in en and upload it.",
    choose="Choose a .jsonl file",
    send="Check and upload",
    remove="Remove the translation",
    remove_text="Then neither the document’s page nor answers in English show it; what stood before is kept.",
    remove_confirm="Remove it",
    no_file="Choose a file first.",
    one_file="One file can be uploaded at a time.",
    faults={
        "encoding": "The file is not UTF-8 text. Save it as UTF-8 and upload that.",
        "json": "Line {line} is not JSON. Check its quotation marks, commas and brackets.",
        "keys": "Line {line} lacks the text zh or en. Each line must have both.",
        "order": "Line {line}: the Chinese “{words}” is not found at this place of the document. It differs from the "
        "text, or is out of order. Copy it from the file to fill in.",
        "empty": "There is no English in the file. To remove the translation, use the button below.",
        "too_large": "The file is larger than {size} MB. Is it the right file?",
    },
    gone="This document is not held",
    gone_text="It may have been withdrawn.",
)

HELD_LABELS: Mapping[Language, HeldLabels] = {"zh": ZH, "en": EN}
