"""Every word that only the pages say on which a document is checked, or its record corrected: language → labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.schema import Language


@dataclass(frozen=True, slots=True)
class PreviewLabels:
    """The words of one language. `{…}` are filled with `str.format`."""

    preview: str
    preview_text: str
    findings: str
    findings_none: str
    taken: Mapping[str, str]
    """By `Kind`: said of a text that was taken out of a file of that kind."""
    notes: Mapping[str, str]
    """By `NoteKind`."""
    finding: Mapping[str, str]
    missing_many: str
    record: str
    record_text: str
    title: str
    date_hint: str
    field_faults: Mapping[str, str]
    wrong_fields: str
    placed: str
    as_new: str
    as_version: str
    alike: Mapping[str, str]
    translation_kept: str
    translation_lost: str
    translation_lost_front: str
    translation_again: str
    difference: str
    compare: str
    added: str
    removed: str
    changed: str
    unchanged: str
    front_changed: str
    front_unchanged: str
    publish: str
    refuse: str
    refuse_title: str
    refuse_text: str
    back: str
    clauses: str
    clauses_text: str
    clauses_more: str
    gone: str
    gone_text: str


ZH = PreviewLabels(
    preview="核对文件",
    preview_text="以下是系统从文件中读出的内容。请核对、更正后发布；发布之前，任何人都查不到它。",
    findings="请留意",
    findings_none="没有发现编号缺漏等问题。",
    taken={
        "word": "正文取自 Word 文件。引用时逐字引用的是下面的文字，请与原件核对，特别是编号和表格。",
        "pdf": "正文取自 PDF 文件。引用时逐字引用的是下面的文字，请与原件核对，特别是分段、表格和生僻字。",
        "web": "正文取自网页。引用时逐字引用的是下面的文字，请与原网页核对，并检查有没有混入栏目、链接等。",
    },
    notes={
        "numbering": "有些段落的自动编号认不出来，没有写入正文，请在原文件里改为手工编号后重新上传：“{detail}”。",
        "tracked": "文件里有修订痕迹：插入的文字算作正文，删除的不算。请确认这是定稿。",
        "footnotes": "脚注和尾注没有收入正文。",
        "text_boxes": "文本框里的文字没有收入正文。如属正文，请移到文本框外后重新上传。",
        "contents": "自动生成的目录没有收入正文。",
        "formulas": "公式只取出了其中的文字，请与原件核对。",
        "empty_pages": "这些页没有文字，可能是扫描图片：第 {detail} 页。",
        "running_lines": "每页重复的页眉页脚已去掉：“{detail}”。",
    },
    finding={
        "no_title": "没有找到标题。请在下面填写。",
        "no_clause": "没有找到条款。",
        "missing": "“{label}”之前缺第 {first} 号。",
        "out_of_order": "“{label}”排在第 {first} 号之后，次序不对。",
        "only_label": "“{label}”只有编号，没有内容。",
        "stray_label": "“{label}”的正文里有一段以“{other}”开头，次序不对。",
    },
    missing_many="“{label}”之前缺第 {first} 至 {last} 号。",
    record="著录信息",
    record_text="回答和文件页上显示的就是这些。更正会随文件一起保存，重建索引后仍然有效。",
    title="标题",
    date_hint="日期按“年-月-日”填写，例如 2020-07-30；没有就留空。",
    field_faults={
        "empty": "不能为空。",
        "too_long": "太长，最多 300 个字。",
        "date": "不是日期。请按 2020-07-30 的格式填写。",
        "status": "请从列出的几种中选择。",
    },
    wrong_fields="有几处需要改正，还没有发布。",
    placed="发布为",
    as_new="新文件",
    as_version="替换：{title}",
    alike={
        "text": "正文与已有的这份文件完全相同：",
        "number": "文号与已有的这份文件相同：",
        "title": "标题与已有的这份文件相同：",
        "id": "文件名与已有的这份文件相同：",
    },
    translation_kept="原文件有英文对照。替换后，正文未变的 {count} 条保留英文对照。",
    translation_lost="下列 {count} 条有改动或已删去，其英文对照将不再显示：",
    translation_lost_front="标题、序言等条款以外的部分有改动，其英文对照也将不再显示。",
    translation_again="发布后可在“更正”页上传新的英文对照。",
    difference="与原文件相比",
    compare="查看差异",
    added="新增 {count} 条",
    removed="删去 {count} 条",
    changed="改动 {count} 条",
    unchanged="未变 {count} 条",
    front_changed="标题、序言等条款以外的部分有改动。",
    front_unchanged="条款以外的部分没有改动。",
    publish="发布",
    refuse="不发布，删除",
    refuse_title="放弃这份文件",
    refuse_text="文件有误时放弃它；要发布须重新上传。",
    back="返回文件列表",
    clauses="读出的结构",
    clauses_text="{parts} 个部分，{clauses} 条。点开可看正文。",
    clauses_more="另有 {count} 条没有列出。",
    gone="找不到这份上传的文件",
    gone_text="它已发布、已放弃，或超过一天已自动删除。",
)

EN = PreviewLabels(
    preview="Check a document",
    preview_text="This is what was understood of the file. Check and correct it, then publish; until then nobody can "
    "find it.",
    findings="Please note",
    findings_none="No gaps in the numbering or the like were found.",
    taken={
        "word": "The text was taken from a Word file. Quotes are word for word what stands below: check it against the "
        "original, numbers and tables above all.",
        "pdf": "The text was taken from a PDF. Quotes are word for word what stands below: check it against the "
        "original, paragraphs, tables and rare characters above all.",
        "web": "The text was taken from a web page. Quotes are word for word what stands below: check it against the "
        "page, and that no menus or links are among it.",
    },
    notes={
        "numbering": "Some automatic numbers could not be told and are not in the text. Type them into the file and "
        "upload it again: “{detail}”.",
        "tracked": "The file holds tracked changes: what was inserted counts as text, what was deleted does not. Is it "
        "the final version?",
        "footnotes": "Footnotes and endnotes are left out.",
        "text_boxes": "What stands in text boxes is left out. If it belongs to the text, move it out of them and "
        "upload the file again.",
        "contents": "The table of contents that Word made is left out.",
        "formulas": "Of formulas only the characters were taken: check them against the original.",
        "empty_pages": "These pages hold no text and may be scanned: {detail}.",
        "running_lines": "What is printed on every page was taken out: “{detail}”.",
    },
    finding={
        "no_title": "No title was found. Please fill it in below.",
        "no_clause": "No clause was found.",
        "missing": "Number {first} is missing before “{label}”.",
        "out_of_order": "“{label}” comes after number {first}, out of sequence.",
        "only_label": "“{label}” holds nothing but its label.",
        "stray_label": "“{label}” holds a paragraph that begins “{other}”, out of sequence.",
    },
    missing_many="Numbers {first} to {last} are missing before “{label}”.",
    record="Record",
    record_text="Answers and the document's page show these. Corrections are kept with the document, also when the "
    "index is rebuilt.",
    title="Title",
    date_hint="Dates are written year-month-day, such as 2020-07-30; empty if there is none.",
    field_faults={
        "empty": "This must be filled in.",
        "too_long": "This is too long; 300 characters are the most.",
        "date": "This is no date. Write it as 2020-07-30.",
        "status": "Choose one of those listed.",
    },
    wrong_fields="Some fields need correcting. Nothing has been published.",
    placed="Publish as",
    as_new="A new document",
    as_version="In place of: {title}",
    alike={
        "text": "The text is exactly that of a document held:",
        "number": "The number is that of a document held:",
        "title": "The title is that of a document held:",
        "id": "The file name is that of a document held:",
    },
    translation_kept="The document held has an English translation. It is kept for the clauses whose text is the same: "
    "{count}.",
    translation_lost="It goes for those that are changed or removed, {count}:",
    translation_lost_front="What stands outside the clauses (title, preamble and so on) has changed and loses its "
    "translation too.",
    translation_again="Once it is published, a new translation can be uploaded under “Correct”.",
    difference="Compared with the document held",
    compare="Show what changes",
    added="Added: {count}",
    removed="Removed: {count}",
    changed="Changed: {count}",
    unchanged="Unchanged: {count}",
    front_changed="What stands outside the clauses (title, preamble and so on) has changed.",
    front_unchanged="What stands outside the clauses has not changed.",
    publish="Publish",
    refuse="Discard, do not publish",
    refuse_title="Discard this file",
    refuse_text="If something is wrong with the file. To publish it, it must be uploaded again.",
    back="Back to the documents",
    clauses="Structure found",
    clauses_text="Parts: {parts}; clauses: {clauses}. Open one to see its text.",
    clauses_more="{count} more are not listed.",
    gone="There is no such upload",
    gone_text="It was published, discarded, or deleted after a day.",
)

PREVIEW_LABELS: Mapping[Language, PreviewLabels] = {"zh": ZH, "en": EN}
