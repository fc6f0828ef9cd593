"""A question typed in pinyin → the question in characters, by the words of the corpus, the lexicon and of asking."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from functools import cached_property

_LATIN = re.compile(r"[a-z]+")
LONGEST = 6
"""Syllables of a word, at most."""
UNKNOWN, ALONE, WORD = 3.0, 1.3, 1.0
"""Cost of a syllable that no word has, of a word of one syllable, and of a longer word."""
SHORT = 3
"""Letters up to which an English word does not tell English from pinyin."""
READ = 0.6
"""Share of the syllables that must be read as words for the text to be pinyin."""

# Words of asking, so that a question in pinyin reads as one; the corpus supplies the words of content. Of those that
# sound alike the first one is taken.
_ASKING = (
    "什么 多少 哪里 哪些 哪个 怎么 怎样 如何 为什么 有没有 是不是 能不能 什么时候 谁 几家 几个 是 有 的 在 要 吗 和 到 年 了 会 能 "
    "目标 办 晚 完 建 修 条 家 个 不 没 这个 那个 请问 可以 我们 发展 建设 政策 支持 产值 工业 时候 地方 钱 补贴 电话 地址 主要 内容 第 "
    "规划 企业 公司 医院 学校 老人 养老 看病 交通 高铁 机场 旅游 环保 就业 搬 搬到 搬迁 多大 多久 几条 几年 哪年 哪家 投资 开工 搞 叫 "
    "全名 名字 名称 一共 总共 总投资 投 讲 说 提到 分别 哪几个 哪几家 现在 已经 目前 都 还 也 就 人 给 用 做 去 来 新 吧 呢 吃 住 成 太 管 贵 "
    "新区 区 县 市 长 路 电 水 涨 落实 推进 申请 条件 材料 时间 计划 情况 关于 对 把 被 跟 与 及 或 从 为 向 哪 八个 四个 五个 两个 三个"
).split()


class PinyinReader:
    """Reads pinyin as words."""

    def __init__(self, words: Sequence[Iterable[str]], english: Container[str]) -> None:
        """Take the words.

        Args:
            words: groups of words to read pinyin as; of words that sound the same one of a later group is taken.
            english: English words, in lower case; a text of which all words, or all of several longer ones, are such is no pinyin.
        """
        self._groups = [sorted(group) for group in words]
        self._english = english

    @cached_property
    def _by_syllables(self) -> dict[tuple[str, ...], tuple[float, str]]:
        from pypinyin import lazy_pinyin

        found: dict[tuple[str, ...], tuple[float, str]] = {}
        for rank, group in enumerate([*self._groups, _ASKING[::-1]]):
            for word in group:
                if len(word) > LONGEST:
                    continue
                cost = (WORD if len(word) > 1 else ALONE) - 0.05 * rank
                found[tuple(lazy_pinyin(word))] = (cost, word)
        return found

    def read(self, text: str) -> str | None:
        """The question in characters when all its words read as pinyin, else None (it is in another language)."""
        text = without_tones(text)
        tokens = _LATIN.findall(text)
        # Short words are spelt as syllables are: he, can, long.
        longer = [token for token in tokens if len(token) > SHORT]
        if len(tokens) < 2 or all(token in self._english for token in (longer if len(longer) > 1 else tokens)):
            return None
        syllables = [_syllables(token) for token in tokens]
        if not all(syllables):
            return None
        flat = [syllable for group in syllables for syllable in group]
        words, known = self._written(flat)
        if known < READ * len(flat):
            return None
        digits = re.sub(r"[a-z' ]+", " ", text).strip()
        return (digits + " " + "".join(words)).strip() if digits else "".join(words)

    def _written(self, syllables: Sequence[str]) -> tuple[list[str], int]:
        """The fewest words that the syllables can be read as, and how many syllables they take."""
        best: list[tuple[float, int, str]] = [(0.0, 0, "")]
        for end in range(1, len(syllables) + 1):
            options = [(best[end - 1][0] + UNKNOWN, end - 1, "")]
            for start in range(max(0, end - LONGEST), end):
                known = self._by_syllables.get(tuple(syllables[start:end]))
                if known is not None:
                    options.append((best[start][0] + known[0], start, known[1]))
            best.append(min(options, key=lambda option: option[0]))
        words: list[str] = []
        end = len(syllables)
        while end > 0:
            words.append(best[end][2])
            end = best[end][1]
        words.reverse()
        return words, sum(map(len, words))


def without_tones(text: str) -> str:
    """The text without tone marks, ü as the v that stands for it on keyboards."""
    parted = unicodedata.normalize("NFD", text.replace("ü", "v"))
    plain = "".join(character for character in parted if not unicodedata.combining(character) or character == "\u0308")
    return plain.replace("u\u0308", "v")


def _syllables(token: str) -> list[str]:
    """The pinyin syllables of a Latin token, fewest first found; empty when it is no pinyin."""
    best: list[list[str] | None] = [None] * (len(token) + 1)
    best[0] = []
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - 6), end):
            head = best[start]
            if head is not None and token[start:end] in PINYIN:
                found = best[end]
                if found is None or len(head) + 1 < len(found):
                    best[end] = [*head, token[start:end]]
    return best[len(token)] or []


_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s y w".split()
_FINALS = "a o e ai ei ao ou an en ang eng ong er i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang ue v ve".split()
PINYIN = frozenset(initial + final for initial in _INITIALS for final in _FINALS) | frozenset(
    "a o e ai ei ao ou an en ang eng er".split()
)
"""Every way to write a syllable; a few that no word uses do no harm."""
