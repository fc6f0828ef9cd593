"""Every word that the web pages say, in Chinese and in English: language → `Labels`.

A field that one language lacks is a type error, so the two stay complete. Texts are plain; whoever shows them escapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from assistant.schema import ClauseKind, Language, Status

if TYPE_CHECKING:
    from assistant.pipeline.doors import Audience

Problem = Literal["empty", "too_long", "not_text", "failed"]
"""What can be wrong with a question, as the page tells it."""

Reason = Literal["wrong", "incomplete", "not_found", "unclear"]
"""Why an answer did not help: it is wrong, lacks something, misses what the document says, is hard to understand."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language. `{…}` are filled with `str.format`."""

    html_lang: str
    name: str
    tagline: str
    disclaimer: str
    skip_to_question: str
    skip_to_text: str
    navigation: str
    all_documents: str
    as_of: str
    other_language: str
    other_language_code: Language

    welcome: str
    welcome_text: str
    examples: str
    doors: str
    audiences: Mapping[Audience, str]
    concerns: Mapping[Audience, str]
    behind_door: str
    ask_also: str
    question: str
    hint: str
    ask: str
    clear_conversation: str
    cleared: str
    export: str
    print_conversation: str
    conversation: str
    searching: str
    you_asked: str
    answer: str
    statuses: Mapping[Status, str]
    basis: str
    related: str
    related_none: str
    problems: Mapping[Problem, str]
    needs_script: str
    connection_lost: str
    not_yet_sent: str

    with_this_answer: str
    copy: str
    copied: str
    share: str
    shared: str
    copy_failed: str
    helpful: str
    not_helpful: str
    why_not: str
    reasons: Mapping[Reason, str]
    in_your_words: str
    sent_along: str
    send: str
    cancel: str
    thanks: str
    feedback_failed: str

    sources: str
    sources_empty: str
    sources_documents: str
    sources_failed: str
    source: str
    quoted: str
    open_in_document: str
    close: str
    translation: str
    translation_note: str

    contents: str
    record: str
    issuer: str
    number: str
    no_number: str
    meeting: str
    adopted: str
    published: str
    effective: str
    repealed: str
    status: str
    document_statuses: Mapping[str, str]
    origin: str
    unknown: str
    clause_count: str
    clause: str
    part: str
    kinds: Mapping[ClauseKind, str]
    quote_shown: str
    quote_changed: str
    to_the_quote: str
    find: str
    find_previous: str
    find_next: str
    find_count: str
    find_none: str
    show_translation: str
    print: str
    to_top: str
    ask_about: str
    misprint: str
    misprint_note: str
    documents_intro: str
    documents_empty: str
    not_found: str
    not_found_text: str


ZH = Labels(
    html_lang="zh-CN",
    name="政策问答",
    tagline="问政策文件里写了什么，答案逐句可查",
    disclaimer="依据已收录的政策文件回答，逐字引用，不是官方答复。",
    skip_to_question="跳到提问框",
    skip_to_text="跳到正文",
    navigation="网站导航",
    all_documents="全部文件",
    as_of="收录内容更新至 {day}",
    other_language="English",
    other_language_code="en",
    welcome="想了解文件里的什么内容？",
    welcome_text="用平常的话提问即可。回答中的每一句都标有编号，点开就能看到它所依据的条款原文；文件里没有写的，会直接告诉您没有。",
    examples="可以这样问",
    doors="按身份看问题",
    audiences={"investors": "投资者", "citizens": "市民", "staff": "工作人员"},
    concerns={"investors": "项目、产业、营商", "citizens": "出行、医疗、环境", "staff": "分工、督察、落实"},
    behind_door="{audience}可以这样问",
    ask_also="还可以问",
    question="您的问题",
    hint="按 Enter 提问，Shift + Enter 换行。请勿输入身份证号、电话等个人信息。",
    ask="提问",
    clear_conversation="清空对话",
    cleared="对话已清空，这个浏览器里不再保留。",
    export="导出",
    print_conversation="打印",
    conversation="对话",
    searching="正在查找条款…",
    you_asked="您问",
    answer="回答",
    statuses={
        "answered": "已回答",
        "partial": "部分回答",
        "no_evidence": "文件中没有",
        "out_of_scope": "超出范围",
        "clarify": "请说得更具体",
        "blocked": "已拦截",
    },
    basis="依据",
    related="相关条款（不是答案）",
    related_none="没有找到相近的条款。",
    problems={
        "empty": "请先写下您的问题，再点“提问”。",
        "too_long": "问题太长了。请缩短一些，一次问一件事；您写的内容还在提问框里。",
        "not_text": "没有读出您的问题。请用文字写下想了解的内容；您写的还在提问框里。",
        "failed": "抱歉，这次没能回答。请稍后再试一次；您写的内容还在提问框里。",
    },
    needs_script="提问需要浏览器启用 JavaScript。不启用也可以阅读全部文件：",
    connection_lost="暂时连不上服务器，正在重试…您写的内容还在提问框里。",
    not_yet_sent="正在发送问题…网络可能较慢，请稍等。",
    with_this_answer="用这个回答",
    copy="复制",
    copied="已复制回答和依据。",
    share="分享链接",
    shared="链接已复制。打开它会重新提出这个问题。",
    copy_failed="浏览器不允许复制。请选中文字后自行复制。",
    helpful="有帮助",
    not_helpful="没帮助",
    why_not="哪里不好？",
    reasons={
        "wrong": "回答有误",
        "incomplete": "回答不完整",
        "not_found": "文件里有，却没有找到",
        "unclear": "看不明白",
    },
    in_your_words="补充说明（可不填，最多 500 字；请勿填写个人信息）",
    sent_along="您的问题会一并提交，最多保存 {days} 天。",
    send="提交",
    cancel="取消",
    thanks="谢谢您的反馈，我们会用它改进回答。",
    feedback_failed="抱歉，这次没能记下您的反馈。请稍后再试。",
    sources="条款原文",
    sources_empty="点开回答里的编号，例如 [1]，这里会显示它所依据的条款，并标出被引用的文字。",
    sources_documents="已收录的文件",
    sources_failed="没能取到条款原文。请检查网络后再点一次，或直接打开文件。",
    source="[{marker}] {clause}，查看原文：《{title}》",
    quoted="引用的原文",
    open_in_document="在文件全文中查看",
    close="关闭",
    translation="英文译文（非官方）",
    translation_note="英文为非官方译文，仅供参考，以中文原文为准。",
    contents="目录",
    record="文件信息",
    issuer="发文机关",
    number="文号",
    no_number="无文号",
    meeting="通过会议",
    adopted="通过日期",
    published="发布日期",
    effective="施行日期",
    repealed="废止日期",
    status="效力",
    document_statuses={"in_force": "现行有效", "amended": "已修改", "repealed": "已废止"},
    origin="来源",
    unknown="未载明",
    clause_count="共 {count} 条",
    clause="第 {number} 条",
    part="第 {number} 部分",
    kinds={
        "title": "标题",
        "adoption": "通过说明",
        "preamble": "前言",
        "part": "部分标题",
        "clause": "条款",
        "closing": "结尾",
    },
    quote_shown="下文标出了回答所引用的文字。",
    quote_changed="这份文件在回答之后已有改动，所引用的文字不在原处了。",
    to_the_quote="跳到引用处",
    find="在本文中查找",
    find_previous="上一处",
    find_next="下一处",
    find_count="第 {number} / {count} 处",
    find_none="没有找到",
    show_translation="对照显示英文译文",
    print="打印",
    to_top="回到顶部",
    ask_about="向助手提问",
    misprint="疑为“{intended}”之误",
    misprint_note="本文按原件所印照录；疑为误印之处以点线标出，并注明疑似的正字。",
    documents_intro="助手只依据下列文件回答。",
    documents_empty="还没有收录任何文件。",
    not_found="没有找到这份文件",
    not_found_text="它可能已被撤下，或者链接不完整。可以从全部文件中重新查找。",
)

EN = Labels(
    html_lang="en",
    name="Policy Q&A",
    tagline="Ask what a policy document says, and check every sentence of the answer",
    disclaimer="Answers rest on the policy documents held here, quoted word for word. This is not an official reply.",
    skip_to_question="Skip to the question box",
    skip_to_text="Skip to the text",
    navigation="Site",
    all_documents="All documents",
    as_of="Holdings as of {day}",
    other_language="中文",
    other_language_code="zh",
    welcome="What would you like to know?",
    welcome_text="Ask in plain words. Every sentence of an answer carries a number: open it to read the clause it "
    "rests on. What the documents do not say, the assistant tells you plainly.",
    examples="For example",
    doors="Questions by who is asking",
    audiences={"investors": "Investors", "citizens": "Citizens", "staff": "Staff"},
    concerns={
        "investors": "Projects, industry, business",
        "citizens": "Travel, health, environment",
        "staff": "Duties, review, delivery",
    },
    behind_door="{audience} could ask",
    ask_also="You could also ask",
    question="Your question",
    hint="Enter asks, Shift + Enter starts a new line. Please leave out identity numbers, phone numbers and the like.",
    ask="Ask",
    clear_conversation="Clear conversation",
    cleared="The conversation has been cleared; this browser keeps nothing of it.",
    export="Export",
    print_conversation="Print",
    conversation="Conversation",
    searching="Looking through the clauses…",
    you_asked="You asked",
    answer="Answer",
    statuses={
        "answered": "Answered",
        "partial": "Answered in part",
        "no_evidence": "Not in the documents",
        "out_of_scope": "Out of scope",
        "clarify": "Please be more specific",
        "blocked": "Blocked",
    },
    basis="Based on",
    related="Related clauses (not an answer)",
    related_none="No clause comes near.",
    problems={
        "empty": "Please write your question first, then choose “Ask”.",
        "too_long": "The question is too long. Please shorten it and ask one thing at a time; "
        "what you wrote is still in the box.",
        "not_text": "No question could be read. Please say in words what you would like to know; "
        "what you wrote is still in the box.",
        "failed": "Sorry, this could not be answered. Please try again in a while; what you wrote is still in the box.",
    },
    needs_script="Asking needs JavaScript. Without it you can still read all documents:",
    connection_lost="The server cannot be reached; trying again… What you wrote is still in the box.",
    not_yet_sent="Sending your question… The connection may be slow, please wait.",
    with_this_answer="This answer",
    copy="Copy",
    copied="The answer and its sources have been copied.",
    share="Share link",
    shared="The link has been copied. Whoever opens it asks this question anew.",
    copy_failed="The browser does not allow copying. Please select the text and copy it yourself.",
    helpful="Helpful",
    not_helpful="Not helpful",
    why_not="What was amiss?",
    reasons={
        "wrong": "The answer is wrong",
        "incomplete": "Something is missing",
        "not_found": "The document says it, but it was not found",
        "unclear": "It is hard to understand",
    },
    in_your_words="In your own words (optional, up to 500 characters; please leave out personal details)",
    sent_along="Sent with your question; kept for {days} days.",
    send="Send",
    cancel="Cancel",
    thanks="Thank you. Your feedback helps to make the answers better.",
    feedback_failed="Sorry, your feedback could not be stored. Please try again in a while.",
    sources="Clause",
    sources_empty="Open a number in an answer, such as [1]: the clause it rests on appears here, "
    "with the quoted words marked.",
    sources_documents="Documents held here",
    sources_failed="The clause could not be fetched. Check your connection and try again, or open the document.",
    source="[{marker}] {clause}, show the clause: {title}",
    quoted="Quoted words",
    open_in_document="Read it in the whole document",
    close="Close",
    translation="English translation (unofficial)",
    translation_note="The English is an unofficial translation for reference; the Chinese text prevails.",
    contents="Contents",
    record="About this document",
    issuer="Issued by",
    number="Number",
    no_number="No document number",
    meeting="Adopted by",
    adopted="Adopted",
    published="Published",
    effective="In effect from",
    repealed="Repealed",
    status="Status",
    document_statuses={"in_force": "In force", "amended": "Amended", "repealed": "Repealed"},
    origin="Source",
    unknown="Not stated",
    clause_count="{count} clauses",
    clause="Clause {number}",
    part="Part {number}",
    kinds={
        "title": "Title",
        "adoption": "Adoption",
        "preamble": "Preamble",
        "part": "Part heading",
        "clause": "Clause",
        "closing": "Closing",
    },
    quote_shown="The words that the answer quotes are marked below.",
    quote_changed="This document has changed since the answer: the words it quotes no longer stand where they stood.",
    to_the_quote="Go to the quote",
    find="Find in this document",
    find_previous="Previous",
    find_next="Next",
    find_count="{number} of {count}",
    find_none="Not found",
    show_translation="Show English beside the Chinese",
    print="Print",
    to_top="Back to top",
    ask_about="Ask the assistant",
    misprint="probably a misprint of “{intended}”",
    misprint_note="The text stands as printed; probable misprints are underlined with dots, "
    "with what was probably meant beside them.",
    documents_intro="The assistant answers from these documents only.",
    documents_empty="No documents are held yet.",
    not_found="There is no such document",
    not_found_text="It may have been withdrawn, or the link may be incomplete. You can look for it in the list.",
)

LABELS: Mapping[Language, Labels] = {"zh": ZH, "en": EN}
