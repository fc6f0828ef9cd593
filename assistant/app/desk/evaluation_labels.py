"""Every word that only the evaluation's page says, in Chinese and in English: language → `EvaluationLabels`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.schema import Language


@dataclass(frozen=True, slots=True)
class EvaluationLabels:
    """The words of one language. `{…}` are filled with `str.format`."""

    title: str
    text: str
    not_installed: str

    start: str
    split: str
    splits: Mapping[str, str]
    split_hints: Mapping[str, str]
    number: str
    all_questions: str
    some_questions: str

    running: str
    running_elsewhere: str
    running_text: str
    preparing: str
    asked: str
    elapsed: str
    stop: str
    ended: str
    lost: str
    bar: str

    states: Mapping[str, str]
    reason: str
    known_reasons: Mapping[str, str]
    report_of_it: str

    costs: str
    costs_text: str
    already_running: str
    cannot_start: str
    bad_choice: str
    stale_form: str

    history: str
    history_text: str
    history_more: str
    history_none: str
    date: str
    set_name: str
    questions: str
    figures: Mapping[str, str]
    since: str
    since_value: str
    first_run: str
    other_questions: str
    change: str
    no_value: str
    crashes: str
    report: str
    data: str
    report_name: str
    data_name: str
    delete: str
    delete_name: str
    delete_text: str
    delete_confirm: str
    deleting_while_running: str
    no_such_report: str
    cannot_delete: str


ZH = EvaluationLabels(
    title="评测",
    text="用一组已知答案的题目考助手：答得对不对、该拒答的是否拒答、引用的条款准不准。题目针对攀枝花的《决定》，"
    "或评测自带的虚构文件；只在这台服务器上运行；运行期间照常可以提问，只是会慢一些。",
    not_installed="这台服务器上没有安装评测程序（assistant 旁边的 eval 目录），不能在这里评测。以前的报告仍可查看。",
    start="开始评测",
    split="题目",
    splits={
        "dev": "开发集",
        "test": "测试集",
        "hard-dev": "开发集（难题）",
        "hard-test": "测试集（难题）",
        "all-dev": "开发集（列全）",
        "all-test": "测试集（列全）",
        "turns-dev": "开发集（对话）",
        "turns-test": "测试集（对话）",
        "people-dev": "开发集（各类人）",
        "people-test": "测试集（各类人）",
        "english-dev": "开发集（英文）",
        "english-test": "测试集（英文）",
        "everyday-dev": "开发集（日常）",
        "everyday-test": "测试集（日常）",
        "contrast-dev": "开发集（对照）",
        "contrast-test": "测试集（对照）",
        "rules-dev": "地方规定，开发集",
        "rules-test": "地方规定，测试集",
        "plans-dev": "外地规划，开发集",
        "plans-test": "外地规划，测试集",
        "tables-dev": "表格，开发集",
        "tables-test": "表格，测试集",
    },
    split_hints={
        "dev": "改进助手时用；报告列出每道答错的题。",
        "test": "只用来报告成绩；不要照着它改助手。",
        "hard-dev": "同开发集；多用生活用语提问，或要几条条款合起来才能答全。",
        "hard-test": "同测试集；问法更生活化，更接近没读过文件的人。",
        "all-dev": "同开发集；要求把某一方面的内容全部列出。",
        "all-test": "同测试集；要求把某一方面的内容全部列出。",
        "turns-dev": "同开发集；每题是一段对话的最后一句，要连着前面的话才懂。",
        "turns-test": "同测试集；每题是一段对话的最后一句，要连着前面的话才懂。",
        "people-dev": "同开发集；居民、办企业的、机关人员等各用各的说法提问。",
        "people-test": "同测试集；居民、办企业的、机关人员等各用各的说法提问。",
        "english-dev": "同开发集；外商、外籍居民等用日常英文提问，不少人母语并非英文。",
        "english-test": "同测试集；外商、外籍居民等用日常英文提问，不少人母语并非英文。",
        "everyday-dev": "同开发集；短句、追问、列全、英文都有，像手机上随手打的。",
        "everyday-test": "同测试集；短句、追问、列全、英文都有，像手机上随手打的。",
        "contrast-dev": "同开发集；两题一对，只差一处，该怎么答却不同：或有答案，或没有，或前提不对。",
        "contrast-test": "同测试集；两题一对，只差一处，该怎么答却不同：或有答案，或没有，或前提不对。",
        "rules-dev": "针对评测自带的八份虚构文件（补贴、住房、入学、企业），一起检索；改进助手时用。",
        "rules-test": "同开发集，针对另外八份虚构文件；只用来报告成绩。",
        "plans-dev": "针对评测自带的八份虚构城市的决定和方案，每题只查一份；改进助手时用。",
        "plans-test": "同开发集，针对另外八份虚构文件；只用来报告成绩。",
        "tables-dev": "针对评测自带的十二份虚构文件，答案多在表格里，一起检索；改进助手时用。",
        "tables-test": "同开发集，针对另外十二份虚构文件；只用来报告成绩。",
    },
    number="题数",
    all_questions="全部",
    some_questions="{count} 题，均匀抽取",
    running="正在评测",
    running_elsewhere="这次评测由另一个进程启动，要在那里停止。",
    running_text="{split}，{number}。可以离开本页，评测会继续。",
    preparing="正在准备……",
    asked="已答 {done} 题，共 {total} 题",
    elapsed="已用 {seconds} 秒",
    stop="停止评测",
    ended="评测结束，正在更新页面……",
    lost="连不上服务器，正在重试。评测不受影响。",
    bar="评测进度",
    states={
        "done": "上次评测已完成，用时 {seconds} 秒。",
        "failed": "上次评测没有完成，没有留下报告。",
        "stopped": "上次评测已按要求停止，没有留下报告。停止前已答 {done} 题。",
        "interrupted": "上次评测进行中服务器停了，评测随之中断，没有留下报告。可以重新开始。",
    },
    reason="程序给出的原因：",
    known_reasons={
        "is not held": "题目针对的《决定》不在收录的文件里。请先在“文件”栏目收录它，再来评测。",
        "No space left": "服务器的磁盘满了。",
    },
    report_of_it="查看这次的报告",
    costs="这台服务器配置了对话模型 {model}",
    costs_text="评测时它要为题目逐一撰写回答，模型服务商可能按用量收费。题目和相关条款会发给 {server}。"
    "请先选少量题目试一试。",
    already_running="已有一次评测在进行，等它结束或停止后再开始。",
    cannot_start="评测启动不了，服务器日志里有原因。",
    bad_choice="请从列出的题目和题数中选择。",
    stale_form="页面已过期，没有执行。请再试一次。",
    history="历次评测",
    history_text="最新的在前。数值后的括号里是比上一次同样题目增减的百分点。",
    history_more="最多保留最近 {count} 次，更早的自动删除。",
    history_none="还没有评测过。",
    date="时间",
    set_name="题目",
    questions="题数",
    figures={
        "fully_right": "完全正确",
        "refusal_precision": "拒答准确率",
        "refusal_recall": "拒答召回率",
        "citation_precision": "引用准确率",
        "citation_recall": "引用召回率",
    },
    since="与上次相比",
    since_value="新答对 {fixed} 题，新答错 {broken} 题",
    first_run="首次",
    other_questions="没有相同的题目",
    change="比上次 {change} 个百分点",
    no_value="无此类题",
    crashes="{count} 题出错",
    report="报告",
    data="数据",
    report_name="{date} 的报告",
    data_name="{date} 的数据（JSON）",
    delete="删除",
    delete_name="删除 {date} 的报告",
    delete_text="报告和数据一并删除，不能恢复。",
    delete_confirm="确认删除",
    deleting_while_running="评测进行中不能删除报告：它可能正要与之比较。请等评测结束。",
    no_such_report="没有这份报告，可能已经删除。",
    cannot_delete="报告删除不了，服务器日志里有原因。",
)

EN = EvaluationLabels(
    title="Evaluation",
    text="Puts questions with known answers to the assistant: are its answers right, does it refuse what it should, "
    "does it cite the right clauses. The questions are about the decision of Panzhihua, or about invented "
    "documents that the evaluation brings along. It runs on this server only; people can go on asking meanwhile, a "
    "little more slowly.",
    not_installed="The evaluation (the folder eval beside assistant) is not installed on this server, so none can be "
    "started here. Earlier reports can still be read.",
    start="Start an evaluation",
    split="Questions",
    splits={
        "dev": "Development set",
        "test": "Test set",
        "hard-dev": "Development set, harder",
        "hard-test": "Test set, harder",
        "all-dev": "Development set, complete lists",
        "all-test": "Test set, complete lists",
        "turns-dev": "Development set, conversations",
        "turns-test": "Test set, conversations",
        "people-dev": "Development set, people of all kinds",
        "people-test": "Test set, people of all kinds",
        "english-dev": "Development set, English",
        "english-test": "Test set, English",
        "everyday-dev": "Development set, everyday",
        "everyday-test": "Test set, everyday",
        "contrast-dev": "Development set, contrasts",
        "contrast-test": "Test set, contrasts",
        "rules-dev": "Local rules, development set",
        "rules-test": "Local rules, test set",
        "plans-dev": "Plans of other cities, development set",
        "plans-test": "Plans of other cities, test set",
        "tables-dev": "Tables, development set",
        "tables-test": "Tables, test set",
    },
    split_hints={
        "dev": "To improve the assistant with; the report shows every wrong answer.",
        "test": "Only to report how good it is; do not change the assistant by it.",
        "hard-dev": "As the development set, in everyday words, or with answers from several clauses.",
        "hard-test": "As the test set, asked as people do who have not read the document.",
        "all-dev": "As the development set; asks for everything on a matter.",
        "all-test": "As the test set; asks for everything on a matter.",
        "turns-dev": "As the development set; each is the last turn of a conversation, read with those before it.",
        "turns-test": "As the test set; each is the last turn of a conversation, read with those before it.",
        "people-dev": "As the development set, asked by residents, business people and officials in their own ways.",
        "people-test": "As the test set, asked by residents, business people and officials in their own ways.",
        "english-dev": "As the development set, asked in everyday English by investors and residents from abroad.",
        "english-test": "As the test set, asked in everyday English by investors and residents from abroad.",
        "everyday-dev": "As the development set; short questions, follow-ups, lists and English, as typed on a phone.",
        "everyday-test": "As the test set; short questions, follow-ups, lists and English, as typed on a phone.",
        "contrast-dev": "As the development set; pairs that differ in one thing and are to be answered differently.",
        "contrast-test": "As the test set; pairs that differ in one thing and are to be answered differently.",
        "rules-dev": "Over eight invented documents that come along (benefits, housing, schools, firms), "
        "searched together; to improve the assistant with.",
        "rules-test": "As its development set, over eight others; only to report how good it is.",
        "plans-dev": "Over eight invented decisions and plans that come along, each question over one of "
        "them; to improve the assistant with.",
        "plans-test": "As its development set, over eight others; only to report how good it is.",
        "tables-dev": "Over twelve invented documents that come along, most answers in tables, searched together; to "
        "improve the assistant with.",
        "tables-test": "As its development set, over twelve others; only to report how good it is.",
    },
    number="How many",
    all_questions="All",
    some_questions="{count}, spread evenly",
    running="An evaluation is running",
    running_elsewhere="Another process started this one; it can be stopped there.",
    running_text="{split}, {number}. You may leave this page, it goes on.",
    preparing="Getting ready…",
    asked="{done} of {total} questions answered",
    elapsed="{seconds} s so far",
    stop="Stop the evaluation",
    ended="The evaluation has ended; the page is brought up to date…",
    lost="The server cannot be reached; trying again. The evaluation goes on.",
    bar="Progress of the evaluation",
    states={
        "done": "The last evaluation is complete; it took {seconds} s.",
        "failed": "The last evaluation did not complete and left no report.",
        "stopped": "The last evaluation was stopped as asked and left no report. {done} questions had been answered.",
        "interrupted": "The server ended during the last evaluation, which broke off and left no report. "
        "You can start it again.",
    },
    reason="The program's reason:",
    known_reasons={
        "is not held": "The decision that the questions are about is not among the documents. "
        "Publish it under “Documents” first, then start again.",
        "No space left": "The server's disk is full.",
    },
    report_of_it="See its report",
    costs="A chat model is set up on this server: {model}",
    costs_text="In an evaluation it writes an answer to question after question, for which its provider may charge. "
    "Questions and the clauses they touch are sent to {server}. Try a few questions first.",
    already_running="An evaluation is running. Wait until it ends, or stop it, before you start another.",
    cannot_start="The evaluation cannot be started; the server's log says why.",
    bad_choice="Please choose one of the sets and numbers of questions offered.",
    stale_form="The page had expired, nothing was done. Please try again.",
    history="Past evaluations",
    history_text="The newest first. In brackets: percentage points since the run before, on the same questions.",
    history_more="The latest {count} are kept; older ones are deleted by themselves.",
    history_none="There has been none yet.",
    date="Time",
    set_name="Set",
    questions="Questions",
    figures={
        "fully_right": "Fully right",
        "refusal_precision": "Refusal precision",
        "refusal_recall": "Refusal recall",
        "citation_precision": "Citation precision",
        "citation_recall": "Citation recall",
    },
    since="Since the run before",
    since_value="{fixed} now right, {broken} now wrong",
    first_run="First run",
    other_questions="No question in common",
    change="{change} points since the run before",
    no_value="No such question",
    crashes="{count} failed",
    report="Report",
    data="Data",
    report_name="Report of {date}",
    data_name="Data of {date} (JSON)",
    delete="Delete",
    delete_name="Delete the report of {date}",
    delete_text="Report and data are deleted for good.",
    delete_confirm="Delete it",
    deleting_while_running="No report can be deleted while an evaluation runs, as it may be compared with it. Wait "
    "until it ends.",
    no_such_report="There is no such report; it may have been deleted.",
    cannot_delete="The report cannot be deleted; the server's log says why.",
)

EVALUATION_LABELS: Mapping[Language, EvaluationLabels] = {"zh": ZH, "en": EN}
