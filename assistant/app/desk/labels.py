"""Every word that only the desk says, in Chinese and in English: language → `DeskLabels`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.schema import Language


@dataclass(frozen=True, slots=True)
class DeskLabels:
    """The words of one language. `{…}` are filled with `str.format`."""

    desk: str
    login: str
    login_text: str
    password: str
    enter: str
    leave: str
    wrong_password: str
    too_soon: str
    stale_form: str
    name: str
    name_hint: str
    navigation: str
    sections: Mapping[str, str]

    asked: str
    asked_text: str
    log_off: str
    log_empty: str
    unreadable: str
    questions: str
    refused: str
    refusal_rate: str
    latency: str
    latency_text: str
    milliseconds: str
    by_status: str
    by_language: str
    languages: Mapping[str, str]
    count: str

    days: str
    days_alternative: str
    days_table: str
    day: str
    legend_answered: str
    legend_refused: str
    busiest: str

    unanswered: str
    unanswered_text: str
    unanswered_none: str
    times: str
    other_wordings: str

    cited: str
    cited_text: str
    cited_none: str

    complaints: str
    complaints_text: str
    complaints_none: str
    no_reason: str


ZH = DeskLabels(
    desk="工作台",
    login="登录工作台",
    login_text="工作台供工作人员查看大家问了什么、哪些没有答上来，并管理供查询的文件。",
    password="密码",
    enter="登录",
    leave="退出登录",
    wrong_password="密码不对。请再试一次。",
    too_soon="尝试得太频繁。请等 {seconds} 秒后再试。",
    stale_form="页面已过期。请重新填写。",
    name="经办人（选填）",
    name_hint="写进操作记录，说明是谁发布或撤下了文件。",
    navigation="工作台栏目",
    sections={"questions": "提问", "documents": "文件", "evaluation": "评测"},
    asked="大家问了什么",
    asked_text="保留最近 {days} 天的问题；存下之前已隐去证件号、电话和邮箱，不记录提问人。",
    log_off="提问记录没有开启，因此这里没有统计。要开启，请在启动前把环境变量 "
    "ASSISTANT_QUESTION_LOG_DAYS 设为要保留的天数，例如 30，再重新启动。"
    "问题会先隐去证件号、电话和邮箱再存下，到期删除。",
    log_empty="还没有记录到问题。",
    unreadable="记录文件暂时读不出来，服务器日志里有原因。",
    questions="提问",
    refused="未作答",
    refusal_rate="未作答比例",
    latency="用时",
    latency_text="一半的回答不超过前一个数，95% 的回答不超过后一个数。",
    milliseconds="{value} 毫秒",
    by_status="回答情况",
    by_language="语言",
    languages={"zh": "中文", "en": "英文"},
    count="次数",
    days="每天的提问",
    days_alternative="{first} 至 {last} 每天的提问数：共 {asked} 次，"
    "其中未作答 {refused} 次；最多的一天 {most} 次。数字见下表。",
    days_table="查看每天的数字",
    day="日期",
    legend_answered="已作答",
    legend_refused="未作答",
    busiest="最多一天 {most} 次",
    unanswered="没有答上来的问题",
    unanswered_text="文件中没有、或超出范围的问题，问同一件事的合在一起。",
    unanswered_none="没有这样的问题。",
    times="{count} 次",
    other_wordings="其他说法",
    cited="引用最多的条款",
    cited_text="每个回答里同一条款只计一次。",
    cited_none="还没有回答引用过条款。",
    complaints="没帮上忙的回答",
    complaints_text="提问人点了“没帮助”的回答，最新的在前。连同问题保留 {days} 天，存下之前已隐去证件号、电话和邮箱。",
    complaints_none="还没有这样的反馈。",
    no_reason="未说明原因",
)

EN = DeskLabels(
    desk="Staff desk",
    login="Sign in to the staff desk",
    login_text="At the desk, staff see what people ask and what was not answered, and look after the documents.",
    password="Password",
    enter="Sign in",
    leave="Sign out",
    wrong_password="That is not the password. Please try again.",
    too_soon="That was too soon after the last try. Please wait {seconds} seconds.",
    stale_form="The page had expired. Please fill it in again.",
    name="Your name (optional)",
    name_hint="Goes into the log, to say who published or withdrew a document.",
    navigation="Sections of the desk",
    sections={"questions": "Questions", "documents": "Documents", "evaluation": "Evaluation"},
    asked="What people ask",
    asked_text="Questions of the last {days} days. Identity numbers, phone numbers and e-mail addresses were removed "
    "before storing; who asked is not stored.",
    log_off="The log of questions is off, so there are no figures. To switch it on, set the environment variable "
    "ASSISTANT_QUESTION_LOG_DAYS to a number of days, such as 30, and start the assistant anew. Identity numbers, "
    "phone numbers and e-mail addresses are removed before a question is stored, and it is deleted after that time.",
    log_empty="No question has been stored yet.",
    unreadable="The records cannot be read now; the server's log says why.",
    questions="Questions",
    refused="Not answered",
    refusal_rate="Share not answered",
    latency="Time taken",
    latency_text="Half of the answers took no longer than the first figure, 95% no longer than the second.",
    milliseconds="{value} ms",
    by_status="Outcome",
    by_language="Language",
    languages={"zh": "Chinese", "en": "English"},
    count="Times",
    days="Questions a day",
    days_alternative="Questions a day from {first} to {last}: {asked} in all, {refused} of them not answered; "
    "{most} on the busiest day. The table below has the figures.",
    days_table="Show each day's figures",
    day="Day",
    legend_answered="Answered",
    legend_refused="Not answered",
    busiest="Busiest day: {most}",
    unanswered="Questions without an answer",
    unanswered_text="Questions that the documents do not answer or that are out of scope; "
    "those that ask the same are together.",
    unanswered_none="There are none.",
    times="{count} ×",
    other_wordings="Other wordings",
    cited="Clauses cited most",
    cited_text="A clause counts once an answer.",
    cited_none="No answer has cited a clause yet.",
    complaints="Answers that did not help",
    complaints_text="Answers that people marked “Not helpful”, the newest first. They are kept for {days} days, "
    "with the question; identity numbers, phone numbers and e-mail addresses were removed before storing.",
    complaints_none="There are none yet.",
    no_reason="No reason given",
)

DESK_LABELS: Mapping[Language, DeskLabels] = {"zh": ZH, "en": EN}
