"""Turns about the answer before them, as people type them, and questions that look like them."""

from __future__ import annotations

import pytest

from assistant.answering.wishes import wish_of
from assistant.indexing.analysis import normalize

WISHES = {
    "more": (
        "具体点", "详细说说", "能再具体一点吗", "展开讲讲", "说得详细些", "还有吗", "还有呢？", "还有没有别的", "就这些？", "没了吗",
        "继续", "然后呢", "more details please", "anything else?", "Go on", "Is that all?", "tell me more about it",
        "把这几个字展开讲一下", "这块展开说说", "帮补全",
    ),
    "check": (
        "真的吗", "真的？", "是真的吗？", "你确定吗？", "确定吗", "对吗", "不对吧", "你说错了吧", "没有吗", "我不信", "Are you sure?",
        "really", "is that correct?", "That's wrong!", "That’s wrong",
    ),
    "source": (
        "依据呢", "有什么依据", "出处是哪里", "根据是什么", "在哪一条", "是哪一条写的？", "第几条", "哪里写的", "原文呢", "原文怎么写的",
        "看看原文", "source?", "Which clause is that?", "where does it say so",
    ),
    "plain": (
        "没看懂", "看不懂", "什么意思", "啥意思啊", "说人话", "简单点说", "用大白话讲讲", "解释一下", "我没太听懂", "What does that mean?",
        "I don't understand", "I don’t understand", "explain that in simple terms",
    ),
    "again": ("再说一遍", "重复一遍", "另外三个是啥", "其他几个是哪些", "剩下的两条叫什么", "没听清", "say that again"),
    "en": ("翻译成英文", "用英文说", "英语怎么说", "In English, please", "can you translate that into English?"),
    "zh": ("用中文说", "in Chinese please"),
}  # fmt: skip
QUESTIONS = (
    "机场要搬吗", "具体有哪些产业园", "详细目标是什么", "还有哪些公路", "还有有效期吗", "依据哪些法律", "什么时候开工", "在哪里", "在哪",
    "没有补贴吗", "真的要建机场吗", "确定了新区的目标吗", "两城是什么意思", "成渝是什么意思", "原文化局还在吗", "英文学校在哪里建",
    "中文系招生吗", "解释一下两城", "有多少条", "多少条", "那盐边呢", "更多企业能进来吗", "对谁有好处", "说说养老", "别的县呢", "其他企业呢", "另外三个县是啥", "另外三个区搞什么", "补全产业链", "展开合作", "简单讲一下机场搬迁",
    "where is it", "more parks", "which clause is on health", "is it in English schools", "does it say anything about schools?",
)  # fmt: skip


@pytest.mark.parametrize(("wish", "text"), [(wish, text) for wish, texts in WISHES.items() for text in texts])
def test_a_wish_is_understood(wish: str, text: str) -> None:
    assert wish_of(normalize(text, keep_spaces=True)) == wish


@pytest.mark.parametrize("text", QUESTIONS)
def test_what_asks_by_itself_is_none(text: str) -> None:
    assert wish_of(normalize(text, keep_spaces=True)) == ""


def test_an_acknowledgement_is_none() -> None:
    assert [wish_of(text) for text in ("好的", "哦", "明白了", "对", "没错", "谢谢")] == [""] * 6
