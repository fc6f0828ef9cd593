"""Words of asking as the south-west says them → as they stand in books: 好多 for how many, 好久 for when."""

from __future__ import annotations

import re

_ALWAYS = (
    (re.compile(r"啥子|么子|甚么"), "什么"),
    (re.compile(r"咋个|咋子"), "怎么"),
    (re.compile(r"莫得|没得(?![到罪以])|冇得?"), "没有"),
    (re.compile(r"晓不晓得|晓得"), "知道"),
    (re.compile(r"得不得行|要不要得"), "行不行"),
    (re.compile(r"哪阵|啥时(?![候间])"), "什么时候"),
)
_ASKING = (
    (re.compile(r"好多(?![于的了年人才])"), "多少"),
    (re.compile(r"好久(?![没不的了前])"), "什么时候"),
    (re.compile(r"好大(?![一的])"), "多大"),
    (re.compile(r"好(?=[高长宽远]的?[?]?$)"), "多"),
)
"""Elsewhere these only praise or lament: 好多企业都来了. They ask where nothing else in the sentence does."""
_ASKS = re.compile(r"什么|啥|怎|咋|如何|哪|谁|几|多少|吗|么|(.)[不没]\1|有没有|是否|能否")
_SENTENCE = re.compile(r"[^?!。;,]+[?!。;,]*")


def in_standard_words(text: str) -> str:
    """A normalised text with the dialect's words of asking put into standard ones; all else as it was."""
    for said, standard in _ALWAYS:
        text = said.sub(standard, text)
    return _SENTENCE.sub(lambda match: _asking(match.group()), text)


def _asking(sentence: str) -> str:
    if _ASKS.search(sentence):
        return sentence
    for said, standard in _ASKING:
        sentence = said.sub(standard, sentence)
    return sentence
