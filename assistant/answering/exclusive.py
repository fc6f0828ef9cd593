"""Words of which only one can be so (国家级 or 省级, 强制 or 鼓励) → the one of a claim that a text has otherwise.

“新区要全面建成核心区吧” is on a sentence that says 基本形成. Where the sentence does not have the claim's word and has
another of the same sort, the claim has it wrong; where it has neither, nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.questions import CHOICE

_SORTS = (
    (("世界", "国家", "省", "市", "县", "区"), "级"),
    (tuple("东南西北"), "[向边](?=开放|通道|门户|枢纽)"),
    (tuple("上中下"), "游"),
    (tuple("铁公"), "路"),
)
"""The words of each sort: what tells them apart, levels from the highest, and what they end in."""
_LOWEST = 4
"""Where the lowest level begins, which counties and districts share."""
_ENCOURAGED = r"(?<![不未禁止])(?<!不.)(?:鼓励|支持|引导|倡导|允许)"
"""Not 不再支持, 不得允许."""
_UNFORCED = r"(?:不[得能可准许应]|严禁|禁止|杜绝|防止)[^,;。]{0,6}(?:强[制迫行]|干[预涉]|摊派)"
_FIRST = "(?=[^,;。]{0,3}?(?:唯一|独|第|首|最))"
_OPPOSED = (
    ("强制|必须|硬性|不得不", "应当|不得|严禁", rf"{_ENCOURAGED}|探索"),
    (
        "不让|不准|不许|不允许|禁止|严禁|叫停|取缔|关[光停]|[堵封]死|只[许准](?!有)",
        "不[得予再]|禁止|限制|退出|淘汰|关闭",
        rf"{_ENCOURAGED}|推广|扩大|放[宽开]|做[强大优]|招标",
    ),
    ("不[算计纳列][进入]|不进(?=[^,。]{0,3}考)|没往", "不[纳列计]入", "[纳列计]入"),
    ("副职|副手|分管", "副|分管", "主要负责|主要领导|一把手|正职"),
    (rf"(?:全国|国内){_FIRST}", "全国|国内|世界|全球", rf"(?:全省|省内|全市|市内){_FIRST}"),
    (rf"(?:全省|省内){_FIRST}", "全省|省内", rf"(?:全国|国内|世界|全球){_FIRST}"),
    ("只[挑选在对搞][^,;。?]{0,4}?(?:几[个条家项]|个别|部分)", "部分|个别", "全面|全部|所有"),
    ("自愿|随便|随意", rf"意愿|自主|{_UNFORCED}", "必须|应当|严禁|不得"),
    (
        "(?:全面|完全|彻底)(?=[建形完实达分推])|马上|立即|立刻",
        "",
        "基本(?=[建形完实达])|适度|逐步|分步|稳妥|探索",
    ),
)
"""What is claimed, what else a text says that bears it out, and what it says that does not go with it."""
_DENIED = re.compile(r"(?:没有?|不[会能要得用该搞]?|不是|并非|未|别|无[需须])[^,;。]{0,3}$")
"""What stands before a word that the claim itself denies: 没有强制, 不能推给副职."""
_ALONE = re.compile(
    r"(?P<only>只有|只[是跟和与同]|仅有|仅仅是?|唯独)(?P<one>[\u4e00-\u9fff]{2,10}?)(?:[一这]?[个家座所])?(?:[吗吧呢,;?]|对不|是不|$)"
)
"""Claims that one thing is the only one."""
_SHARE = re.compile(
    r"占(?![比有地据用领先])(?:到|了|全[省市县区国])?(?P<whole>(?:(?![要超达到过于为多比几])[a-z\u4e00-\u9fff]){2,8}?)的?(?:比[重例]|[一大]半|[三五]分之|百分之|\d)"
)
"""What something has a share of."""
_DONE = (
    r"批(?:下来|准|复|(?![下准复]))|获批|申[报请创]?(?:成功|下来)|建[成好]|修[好通]|[开动]工|动土|开通|通车|落成|竣工|"
    r"投[产用运]|运营|挂牌|启用|到手|拿[到下]|[列写]入|写进|纳入|互认|落地|[搬迁编改治]完|编[好制]|完工|收尾"
)
_GRANTED = re.compile(
    rf"(?<!是否)(?:都|已经?|(?<![尽提及])早就?|刚)(?P<early>{_DONE})(?!了?(?:[吗么没]|不[?。]))|"
    rf"(?<!是否)已经?[^,。?]{{1,12}}?(?P<far>{_DONE})(?!了?(?:[吗么没]|不[?。]))|"
    rf"(?<![没未])(?P<plain>{_DONE})(?:给[我咱你他]们?)?了(?=[,。!]|$)|"
    rf"不是[^,。]{{0,6}}?(?P<surely>{_DONE})了?[吗么]"
)
"""What is told as done, mostly before something else is asked: 保税中心都批下来了,什么时候开门."""
_INTENDED = re.compile(r"申[创报请]|争[取创]|创建|探索|力争|推动|前期|规划|加快")


def disputable(claim: str) -> list[str]:
    """The words of a normalised claim that may be wrong, and without which what it is on may be found: 国家级, gdp."""
    levels, ending = _SORTS[0]
    return re.findall(rf"(?:{'|'.join(levels)}){ending}", claim) + [share["whole"] for share in _SHARE.finditer(claim)]


def taken_for_granted(question: str, text: str) -> str:
    """What a normalised question tells as done that a normalised text only intends; empty for none."""
    told = None if CHOICE.search(question) else _GRANTED.search(question)
    done = next(filter(None, told.groups()), "") if told else ""
    if not (done and _INTENDED.search(text)) or re.search("已|批" if "批" in done else "已", text):
        return ""
    return f"{done}了" if len(done) == 1 else done


def said_otherwise(claim: str, text: str) -> str:
    """The word of a normalised claim that a normalised text on the same matter has otherwise; empty for none."""
    for words, ending in _SORTS:
        said = _said(words, ending, text, counted=bool(re.search(r"\d", claim)))
        wrong = next((m for m in re.findall(rf"(?:{'|'.join(words)}){ending}", claim) if m[:-1] not in said), "")
        if wrong and said:
            return str(wrong)
    share, given = _SHARE.search(claim), [one["whole"] for one in _SHARE.finditer(text)]
    if share and given and not any(_is_part_of(share["whole"], one) for one in given):
        return share["whole"]
    for claimed, borne_out, opposed in _OPPOSED:
        found = next((one for one in re.finditer(claimed, claim) if not _DENIED.search(claim[: one.start()])), None)
        bears_out = f"{claimed}|{borne_out}" if borne_out else claimed
        if found and re.search(opposed, text) and not re.search(bears_out, text):
            return found[0]
    alone = _ALONE.search(claim)
    if alone:
        one = re.escape(alone["one"])
        beside = re.search(rf"([\u4e00-\u9fff]{{2}})[和与、]{one}|{one}[和与、]([\u4e00-\u9fff]{{2}})", text)
        if beside and (beside[1] or beside[2]) not in claim:
            return alone["only"]
    return ""


def _is_part_of(one: str, other: str) -> bool:
    """Whether of two names one is the other with characters left out: 工业产值, 工业总产值."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def _said(words: Sequence[str], ending: str, text: str, counted: bool) -> set[str]:
    """Those of the words of a sort that a text says, also where one ending is for several: 国家、省级, 省级以上.

    Where things are `counted`, so many at 省级以上 are not as many at 国家级.
    """
    one = f"(?:{'|'.join(words)})"
    said: set[str] = set()
    several = rf"(?P<words>{one}(?:[、/和与及或]?{one})*)"
    for match in re.finditer(rf"{several}[两三四各]?{ending}(?:及|\(含\))?(?P<bound>以[上下])?", text):
        named = re.findall(one, match["words"])
        said.update(named)
        at = words.index(named[-1])
        if match["bound"] == "以上" and not counted:
            said.update(words if at >= _LOWEST else words[:at])
        elif match["bound"] == "以下":
            said.update(words[at:])
    return said
