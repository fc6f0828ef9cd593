"""Everything that documents say on a matter: whether a question asks for it, and which clauses belong to it.

A search finds what fits best and stops; who asks for all of something (列出所有支持民企的措施) is answered by looking
at every clause, so that the list can be called complete. The words that collect (`lexicon/collecting.txt`) name no
matter: a clause need not hold them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.degrees import LITERAL, TELLING
from assistant.answering.expansion import Term
from assistant.answering.passage import Passage
from assistant.answering.quoting import passages
from assistant.answering.ranking import Ranking
from assistant.answering.references import CLAUSE
from assistant.indexing.analysis import normalize
from assistant.indexing.index import Index
from assistant.schema import Clause, Document

Read = Callable[[Sequence[int]], NDArray[np.float64]]
"""Gives the log-odds that the chunks of some rows answer a question."""
Place = tuple[str, int]
"""A clause by its document's id and its position there."""

SIGNALS = ("score", "lead", "behind", "named")
"""Names of what tells whether a clause belongs, in the order of the model's weights."""
MOST_QUOTED = 12
"""Clauses that are quoted, at most; all are counted."""
OF_A_CLAUSE = 2
"""Chunks of a clause that are read, and quoted, at most."""
NAMED = 0.9
"""Share of the most telling term's weight from which a clause names the matter itself."""
MOST_CONSIDERED = 40
"""Chunks that are read, at most."""
AHEAD = 6.0
"""By how much the first chunk's score may lie above that of a clause that is looked at more closely."""
_SAID = r"(?:[讲说提谈写](?!不)|涉及|牵[涉扯]|关于|有关|相关|沾边|挂钩|关系)"
_GENERIC = (
    r"(?:政策|措施|举措|规定|要求|内容|安排|布置|部署|说法|表述|提法|做法|办法|打算|条款|条文|条目|信息|东西|事项|事情|地方|"
    r"方面|规划|计划)"
)
_CLAUSES = rf"(?:条款|条文|法条|{CLAUSE}|条(?={_GENERIC})|款(?!项)|章节?|段落?|部分|地方|处)"
_TEXT = r"(?:文[中里内]|全文|通篇|文件[里中]?|决定[里中])"
_ALL = (
    # 列出, 全部, 通通: whatever follows
    r"(?<!院)所有(?![权制者])|全部|全都|全(?=列|告诉|说|讲|摆|给|报|数|要看|写出|找)|一切|通通|统统|悉数|逐[条项个一]|一一列|挨个|"
    r"一条一?条|一项一?项|有一[条个项]算一|一口气|过一遍|汇个?一?个?总|盘(?:一盘|个|一下)|都(?:摆|报|讲|说|列|念|数|[找挑拣摘拎翻]|给)(?:上|哈|出|来|一下|一遍|说|完|给|全)|"
    r"[个条项]都?[不莫没别][要能]?[落漏少]|"
    r"列[出举全]|列(?:一下|个|一列|一遍|成|下来)|罗列|(?<!项目)清单|汇总|盘点|梳理|归纳|摘[出录要]|[找挑拣]全|[找挑拣拎](?:出来|齐)|找出|"
    # 都有哪些措施, 一共有几条
    rf"(?:一共|总共|合计|都)有?(?:哪|多少|几|什么|啥子?)[些个]?(?:{_GENERIC}|{_CLAUSES})|(?:一共|总共|都)有(?:哪|什么|啥)|"
    r"还有(?:没有)?(?:别的|其[他它]的?)|各处|前前后后|从头到尾|"
    # 文件里牵涉哪几项工作, 别的条里还有没有
    rf"{_TEXT}[^,]{{0,4}}(?:牵[涉扯]|涉及)到?了?(?:哪|几|多少)|"
    rf"(?:别的|其[他它余]的?|另外的?)(?:那[几些])?{CLAUSE}|"
    # 哪几条跟养老有关, 哪些地方讲到, 讲攀钢的一共有几条
    rf"(?:哪[几些]|(?<!第)几|多少)个?{_CLAUSES}(?=.{{0,12}}{_SAID})|"
    rf"(?:在|的有|的一共有)(?:哪[几些]|多少|几)(?:条款?|处|个?地方)(?![\u4e00-\u9fff]*(?:路|线|河|江|街|高速|铁))|"
    rf"{_SAID}.{{1,16}}(?:的|在|有|哪)(?:一共|总共)?有?(?:哪[几些]|几|多少)个?{_CLAUSES}"
)
_ALL_ENGLISH = (
    r"^all (?!(?:these|those|this|that)\b)(?:the )?(?:[a-z-]+ )*[a-z-]+s\b|"
    r"\b(?:list (?:it all|all|every|each|everything)|everything|"
    r"all (?:the |of the )?(?:[a-z-]+ ){0,3}"
    r"(?:measures|policies|provisions|clauses|articles|places|references|plans|rules)|"
    r"every (?:[a-z-]+ )?(?:measure|policy|provision|clause|article|place|mention|reference|plan|rule)|"
    r"(?:how many|which) (?:clauses|articles|provisions|sections))\b"
)
_EVERYTHING = re.compile(f"{_ALL}|{_ALL_ENGLISH}")
_ONE = re.compile(
    r"多少[钱万亿]|[几多]少?(?:个)?(?:亿|万|元|人|平方|公里|吨|年|月|天|岁)|[几多]久|何时|什么时候|"
    r"\bhow (?:much|long|far)\b"
)
"""One amount or date is asked for, of everything together: 总共要花多少钱."""
_WEAK = re.compile(r"所有的?|全部|全都|一切|\b(?:everything|every|all)\b")
_CONFIRMS = re.compile(
    r"[吗么不没][?？。!]*$|是不是|能不能|会不会|要不要|可不可以|是否|能否|可否|对不对|"
    r"^(?:is|are|was|were|do|does|did|can|will|would|must|should|has|have)\b"
)
"""Asks for a yes or no: there 所有, 全部 say of how many something holds (公交全部免费吗)."""
_TOLD = re.compile(r"[^?？。!！;；]*(?:指令|提示词|被告知|原样输出|\b(?:instructions?|prompts?)\b)[^?？。!！;；]*")
"""Asks for what the assistant was told, which is no matter of a document."""
_POLITE = re.compile(r"[,，]?(?:好|行|可以|成|能)[吗么不][?？。!]*$")
_WHATEVER = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:政策|措施|举措|规定|内容|做法)")
"""Stands for whatever is collected, and is no part of what it is on."""
_COUNTS_CLAUSES = re.compile(rf"(?:几|多少)个?{_CLAUSES}|\bhow many (?:clauses|articles|provisions|sections)\b")


def matter_of(text: str) -> str:
    """A normalised question for everything without what stands for whatever is collected: of 人才政策 人才 is left."""
    return _WHATEVER.sub(" ", text)


def counts_clauses(text: str) -> bool:
    """Whether what a question counts are the clauses themselves: their number need stand in none."""
    return bool(_COUNTS_CLAUSES.search(text))


def asks_for_everything(text: str) -> bool:
    """Whether a normalised question asks for all that is said on something, wherever it stands."""
    text = _POLITE.sub("", _TOLD.sub("", text))
    if _CONFIRMS.search(text):
        text = _WEAK.sub("", text)
    return bool(_EVERYTHING.search(text)) and not _ONE.search(text)


@dataclass(frozen=True, slots=True)
class Collected:
    """What was found on a matter.

    Attributes:
        clauses: how many clauses were looked at.
        read: how many documents these are of.
        holding: those that belong to the matter, in reading order.
        documents: how many documents those are of.
        passages: what to quote of them, of MOST_QUOTED at most.
        by_meaning: whether some of them do not name the matter: others may be missing.
    """

    clauses: int
    read: int
    holding: tuple[Clause, ...]
    documents: int
    passages: tuple[Passage, ...]
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class Considered:
    """A clause that is looked at closely.

    Attributes:
        place: its document's id, and its position there.
        chunks: places of its best chunks in the ranking, OF_A_CLAUSE at most, best first.
        signals: name → what tells whether it belongs to the matter: the ranker's score of its best chunk, how far that
            lies behind the first chunk of all, how far its best log-odds lie behind the best of all, and how telling
            the best of the terms is that it names, as a share of the most telling one: a matter is asked for in several
            words of which one is enough (引水、治河、防洪).
        each: the same of each of those chunks by itself.
    """

    place: Place
    chunks: tuple[int, ...]
    signals: Mapping[str, float]
    each: tuple[Mapping[str, float], ...]


def consider(index: Index, ranking: Ranking, read: Read) -> list[Considered]:
    """The clauses that are not far behind the best.

    Args:
        index: where they are.
        ranking: all chunks of the documents, ranked for the question.
        read: log-odds that the chunks of some rows answer it.
    """
    if not ranking.rows:
        return []
    chunks: dict[Place, list[int]] = {}
    for place, row in enumerate(ranking.rows):
        chunk = index.chunks[row]
        if float(ranking.scores[place]) < float(ranking.scores[0]) - AHEAD:
            break
        if index.document(chunk.document).clauses[chunk.position].kind == "clause":
            found = chunks.setdefault((chunk.document, chunk.position), [])
            found += [place] if len(found) < OF_A_CLAUSE else []
        if sum(map(len, chunks.values())) == MOST_CONSIDERED:
            break
    places = [place for found in chunks.values() for place in found]
    odds = dict(zip(places, read([ranking.rows[place] for place in places]), strict=True))
    first, top = float(ranking.scores[0]), max(odds.values(), default=0.0)

    weights = np.array([term.weight for term in ranking.terms])
    telling = (ranking.support >= LITERAL) * weights[:, None] / max(float(weights.max(initial=0.0)), 1e-9)

    def signals(found: Sequence[int]) -> dict[str, float]:
        score = float(ranking.scores[found[0]])
        return {
            "score": score,
            "lead": score - first,
            "behind": float(max(odds[place] for place in found) - top),
            "named": float(telling[:, list(found)].max(initial=0.0)),
        }

    return [
        Considered(clause, tuple(found), signals(found), tuple(signals([place]) for place in found))
        for clause, found in chunks.items()
    ]


def collect(
    index: Index,
    ranking: Ranking,
    considered: Sequence[Considered],
    asked: Asked,
    documents: Sequence[Document],
    model: Mapping[str, Any],
    quoted: Sequence[Passage] = (),
) -> Collected:
    """The clauses that belong to what everything is asked of.

    Args:
        index: where they are.
        ranking: all chunks of the documents, ranked for the question.
        considered: the clauses that `consider` found near.
        asked: what it asks for.
        documents: those that were looked at.
        model: the fitted weights (`everything` in model.json).
        quoted: what answers it, as a search finds it; the clauses of it belong in any case.
    """
    pieces = [(document.id, piece) for document in documents for piece in document.clauses]
    clauses = [(id_, piece) for id_, piece in pieces if piece.kind == "clause"]
    sure = {(passage.document, passage.position) for passage in quoted}
    least = float(model["threshold"])
    places: dict[Place, list[int]] = {}
    name = _one_name(ranking.terms)
    using = [clause.place for clause in considered if name is None or _uses(index, clause.place, name)]
    for clause in considered:
        if using and clause.place not in using:
            continue
        if belongs(clause.signals, model) >= least:
            each = zip(clause.chunks, clause.each, strict=True)
            places[clause.place] = [place for place, signals in each if belongs(signals, model) >= least] or [
                clause.chunks[0]
            ]
    holding = [(id_, clause) for id_, clause in clauses if (id_, clause.position) in sure | places.keys()]
    shown = [(id_, clause.position) for id_, clause in holding[:MOST_QUOTED]]
    chosen = [place for clause in shown for place in places.get(clause, ())]
    return Collected(
        len(clauses),
        len(documents),
        tuple(clause for _, clause in holding),
        len({id_ for id_, _ in holding}),
        tuple(passages(index, ranking, sorted(chosen), asked)),
        any(clause.place in places and clause.signals["named"] < NAMED for clause in considered),
    )


def _one_name(terms: Sequence[Term]) -> Term | None:
    """The name that is all that tells in a question (攀钢): what does not use it is not on it. None for others.

    A matter that the lexicon knows (人才) may be told in other words.
    """
    telling = [term for term in terms if term.weight >= TELLING]
    return telling[0] if len(telling) == 1 and not telling[0].listed else None


def _uses(index: Index, place: Place, name: Term) -> bool:
    """Whether a clause has a name anywhere, be it in its heading."""
    document = index.document(place[0])
    clause = document.clauses[place[1]]
    return name.support(normalize(document.text[clause.start : clause.end])) >= LITERAL


def belongs(signals: Mapping[str, float], model: Mapping[str, Any]) -> float:
    """The probability that a clause with these signals belongs to what everything is asked of."""
    logit = float(model["bias"]) + sum(model["weights"][name] * signals[name] for name in SIGNALS)
    return 1 / (1 + math.exp(-logit))
