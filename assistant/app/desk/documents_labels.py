"""Every word that only the desk's documents pages say, in Chinese and in English: language → `DocumentsLabels`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.schema import Language


@dataclass(frozen=True, slots=True)
class DocumentsLabels:
    """The words of one language. `{…}` are filled with `str.format`."""

    intro: str
    upload: str
    upload_text: str
    choose: str
    send: str
    no_file: str
    too_many_files: str
    upload_too_large: str
    sending: str
    sent: str
    lost: str
    waits: str
    faults: Mapping[str, str]
    """By `UploadFault`."""

    works: str
    work_states: Mapping[str, str]
    actions: Mapping[str, str]
    done: Mapping[str, str]
    failed: str
    failures: Mapping[str, str]
    busy: str
    refresh: str
    open_document: str

    waiting: str
    waiting_text: str
    waiting_none: str
    look: str
    uploaded: str
    staff: str
    size: str

    held: str
    held_count: str
    correct: str
    withdraw: str
    withdraw_text: str
    withdraw_confirm: str
    withdrawn: str
    withdrawn_text: str
    put_back: str

    rebuild: str
    rebuild_text: str
    rebuild_confirm: str

    log: str
    log_text: str
    log_none: str
    time: str
    action: str
    document: str
    who: str
    file: str
    report: str
    unreadable: str
    stale: str


ZH = DocumentsLabels(
    intro="上传、核对、发布文件，撤下不再适用的文件。发布后，助手从下一个问题起就依据新文件回答。",
    upload="上传文件",
    upload_text="可一次选择多个文件，每个不超过 {size} MB：Word（.docx）、带文字层的 PDF、网页（.html），"
    "或 UTF-8、GB18030 编码的 .txt、.md。上传后先核对，确认无误再发布；文号或标题与已有文件相同的，可以替换原文件。",
    choose="选择文件",
    send="上传并核对",
    no_file="请先选择文件。",
    too_many_files="一次最多上传 {most} 个文件，请分几次上传。",
    upload_too_large="这些文件合计超过 {size} MB，请分几次上传。",
    sending="正在上传",
    sent="已上传，待核对",
    lost="上传中断。请检查网络后重试。",
    waits="去核对",
    faults={
        "kind": "不支持这种文件。请另存为 .docx 或 .txt 后上传。",
        "old_office": "不能读取旧版 Word（.doc）、WPS、RTF、OFD 等格式。请在原软件里“另存为”.docx 后上传。",
        "mislabelled": "文件的内容与扩展名不符，或文件已损坏。请用原软件打开，重新保存后上传。",
        "encrypted": "文件设有打开密码。请去掉密码，另存后上传。",
        "damaged": "文件已损坏，打不开。请用原软件打开检查，重新保存后上传。",
        "scanned": "这份 PDF 是扫描件，没有文字层。请先做文字识别（OCR）并校对，存为 .docx 或 .txt 后上传。",
        "garbled": "PDF 里的字用了特殊编码，取出来是乱码。请找原文的 .docx 或 .txt 上传，或先做文字识别（OCR）并校对。",
        "too_many_pages": "PDF 超过 1000 页。请检查是否选错了文件，或拆分后上传。",
        "unpacks_too_large": "文件解压后过大，可能有问题。请把正文复制到新的 Word 文件后上传。",
        "too_long": "正文超过 35 万字。政策文件不会这么长，请检查是否选错了文件，或拆分后上传。",
        "empty": "文件里没有文字。",
        "too_large": "文件超过 {size} MB。请检查是否选错了文件，或去掉其中的图片后上传。",
        "not_text": "读不出文字：文件已损坏，或不是 UTF-8、UTF-16、GB18030 编码的文本。请另存为 UTF-8 文本。",
        "waiting": "同一份文件已经上传，正在等待核对。",
        "too_many": "等待核对的文件太多。请先发布或放弃一些。",
    },
    works="最近的操作",
    work_states={"waiting": "排队中", "running": "进行中", "done": "已完成", "failed": "未完成"},
    actions={
        "publish": "发布",
        "replace": "替换",
        "refuse": "放弃",
        "withdraw": "撤下",
        "put_back": "恢复",
        "rebuild": "重建索引",
        "correct": "更正著录",
        "translate": "上传英文对照",
        "untranslate": "删除英文对照",
        "delete_report": "删除评测报告",
    },
    done={
        "publish": "已发布，助手已依据它回答。",
        "replace": "已替换，助手已依据新版本回答。",
        "withdraw": "已撤下，助手不再引用它。",
        "put_back": "已恢复，助手已依据它回答。",
        "rebuild": "索引已重建。",
        "correct": "著录信息已更正。",
        "translate": "英文对照已更新。",
        "untranslate": "英文对照已删除。",
    },
    failed="操作没有完成，文件和索引保持原样。服务器日志里有原因，请稍后再试。",
    failures={
        "IndexBusy": "另一个程序正在写入索引。请等它结束后再试。",
        "DataFolderNotWritable": "数据文件夹写不进去，请管理员检查磁盘空间和权限。",
        "UnknownUpload": "这份上传的文件已发布、已放弃或已过期。请重新上传。",
        "UnknownDocument": "这份文件已经不在库中。请刷新页面查看现在的文件。",
        "RecordOvertaken": "轮到这次更正时，著录信息已由他人改动，因此没有保存。请打开更正页核对后再保存。",
        "LastDocument": "这是库中唯一的文件，不能撤下，否则助手无从回答。请先发布另一份。",
        "UnreadableSource": "文件夹里有一份文件读不出来，服务器日志里有它的名字。索引保持原样。",
        "InvalidRecord": "有一份著录文件不合规定，服务器日志里有它的名字。索引保持原样。",
        "SameDocument": "文件夹里有两份文件编号相同，服务器日志里有它们的名字。请改名或去掉一份。索引保持原样。",
    },
    busy="对这份文件的上一个操作还没有结束。请稍等。",
    refresh="刷新",
    open_document="查看文件",
    waiting="待核对",
    waiting_text="这些文件已上传，还没有发布；一天后自动删除。",
    waiting_none="没有待核对的文件。",
    look="核对",
    uploaded="{who} 于 {time} 上传",
    staff="工作人员",
    size="{size} KB",
    held="已发布的文件",
    held_count="共 {count} 份。",
    correct="更正",
    withdraw="撤下",
    withdraw_text="撤下后，助手不再引用这份文件，网页上也不再显示；以后可以恢复。",
    withdraw_confirm="确认撤下",
    withdrawn="已撤下的文件",
    withdrawn_text="重新建立索引或重新导入文件夹，都不会让它们回来；只能在这里恢复。",
    put_back="恢复",
    rebuild="重新建立索引",
    rebuild_text="重新读取、切分全部文件并重建索引。更换模型或修改文件夹里的文件之后才需要；"
    "期间助手照常依据原来的索引回答。文件多时要几分钟。",
    rebuild_confirm="重新建立索引",
    log="操作记录",
    log_text="最近 {most} 条，只增不改。",
    log_none="还没有操作。",
    time="时间",
    action="操作",
    document="文件",
    who="经办人",
    file="上传的文件：{name}",
    report="报告：{name}",
    unreadable="操作记录暂时读不出来，服务器日志里有原因。",
    stale="页面已过期，没有执行操作。请重试。",
)

EN = DocumentsLabels(
    intro="Upload, check and publish documents, and withdraw those that no longer apply. Once a document is published, "
    "the assistant answers from it with the next question.",
    upload="Upload documents",
    upload_text="Choose one or more files of at most {size} MB each: Word (.docx), PDF with a text layer, web pages "
    "(.html), or .txt and .md in UTF-8 or GB18030. You check each "
    "one before it is published. A file with the number or title of a document held can take its place.",
    choose="Choose files",
    send="Upload and check",
    no_file="Choose a file first.",
    too_many_files="At most {most} files can be uploaded at a time. Please upload them in several goes.",
    upload_too_large="These files are larger than {size} MB together. Please upload them in several goes.",
    sending="Uploading",
    sent="Uploaded, to be checked",
    lost="The upload broke off. Please check the connection and try again.",
    waits="Check it",
    faults={
        "kind": "Files of this kind cannot be read. Save it as .docx or .txt and upload that.",
        "old_office": "Older Word files (.doc), WPS, RTF, OFD and the like cannot be read. Open it in the program it "
        "was made with, save it as .docx, and upload that.",
        "mislabelled": "What is in the file is not what its extension says, or it is damaged. Open it in the program "
        "it was made with, save it again, and upload that.",
        "encrypted": "The file is locked with a password. Save it without one and upload that.",
        "damaged": "The file is damaged and cannot be opened. Check it in the program it was made with, save it again, "
        "and upload that.",
        "scanned": "This PDF is a scan without a text layer. Have its text recognised (OCR) and proofread, save it as "
        ".docx or .txt, and upload that.",
        "garbled": "The characters of this PDF mean nothing outside its own fonts. Upload the original as .docx or "
        ".txt, or have its text recognised (OCR) and proofread.",
        "too_many_pages": "The PDF has more than 1,000 pages. Is it the right file? Otherwise split it.",
        "unpacks_too_large": "The file is far too large once unpacked; something is wrong with it. Copy its text into "
        "a new Word file and upload that.",
        "too_long": "The text is longer than 350,000 characters. No policy document is that long: is it the right "
        "file? Otherwise split it.",
        "empty": "There is no text in the file.",
        "too_large": "The file is larger than {size} MB. Is it the right file? Otherwise take its pictures out.",
        "not_text": "No text can be read: the file is damaged, or not text in UTF-8, UTF-16 or GB18030. Save it as "
        "UTF-8 text.",
        "waiting": "The same file has been uploaded already and waits to be checked.",
        "too_many": "Too many files wait to be checked. Publish or discard some first.",
    },
    works="Recent actions",
    work_states={"waiting": "Waiting", "running": "Running", "done": "Done", "failed": "Not done"},
    actions={
        "publish": "Publish",
        "replace": "Replace",
        "refuse": "Discard",
        "withdraw": "Withdraw",
        "put_back": "Put back",
        "rebuild": "Rebuild the index",
        "correct": "Correct the record",
        "translate": "Upload a translation",
        "untranslate": "Remove the translation",
        "delete_report": "Delete an evaluation report",
    },
    done={
        "publish": "Published: the assistant answers from it.",
        "replace": "Replaced: the assistant answers from the new version.",
        "withdraw": "Withdrawn: the assistant no longer cites it.",
        "put_back": "Put back: the assistant answers from it.",
        "rebuild": "The index has been rebuilt.",
        "correct": "The record has been corrected.",
        "translate": "The English translation has been put in place.",
        "untranslate": "The English translation has been removed.",
    },
    failed="This was not done; documents and index are as they were. The server's log says why. Please try again.",
    failures={
        "IndexBusy": "Another program is writing to the index. Please try again when it has finished.",
        "DataFolderNotWritable": "The data folder cannot be written. Have its disk space and permissions checked.",
        "UnknownUpload": "This upload was published, discarded, or has expired. Please upload the file again.",
        "UnknownDocument": "This document is no longer held. Refresh the page to see those that are.",
        "RecordOvertaken": "The record was changed by someone else before this correction’s turn came, so it was not "
        "saved. Open the page for corrections again, check, and save.",
        "LastDocument": "This is the only document and cannot be withdrawn: the assistant would have nothing to answer "
        "from. Publish another one first.",
        "UnreadableSource": "A file in the corpus folder cannot be read; the server's log names it. The index is as it "
        "was.",
        "InvalidRecord": "A record file is not as it must be; the server's log names it. The index is as it was.",
        "SameDocument": "Two files of the corpus folder would be one document; the server's log names them. Rename or "
        "remove one. The index is as it was.",
    },
    busy="The last action on this document has not ended yet. Please wait a moment.",
    refresh="Refresh",
    open_document="Open the document",
    waiting="To be checked",
    waiting_text="These files are uploaded and not published yet; after a day they are deleted.",
    waiting_none="No file waits to be checked.",
    look="Check",
    uploaded="Uploaded by {who} at {time}",
    staff="staff",
    size="{size} KB",
    held="Published documents",
    held_count="{count} in all.",
    correct="Correct",
    withdraw="Withdraw",
    withdraw_text="Once withdrawn, a document is neither cited nor shown; it can be put back later.",
    withdraw_confirm="Withdraw it",
    withdrawn="Withdrawn documents",
    withdrawn_text="Neither rebuilding the index nor reading the corpus folder again brings them back; only this does.",
    put_back="Put back",
    rebuild="Rebuild the index",
    rebuild_text="Reads and cuts all documents anew and builds the index from nothing. Only needed after another model "
    "was chosen or files in the corpus folder were changed. Meanwhile the assistant answers from the index as it is. "
    "With many documents it takes minutes.",
    rebuild_confirm="Rebuild the index",
    log="What was done",
    log_text="The last {most} entries. Entries are added, never changed.",
    log_none="Nothing has been done yet.",
    time="Time",
    action="Action",
    document="Document",
    who="By",
    file="File uploaded: {name}",
    report="Report: {name}",
    unreadable="The log cannot be read now; the server's log says why.",
    stale="The page had expired, and nothing was done. Please try again.",
)

DOCUMENTS_LABELS: Mapping[Language, DocumentsLabels] = {"zh": ZH, "en": EN}
