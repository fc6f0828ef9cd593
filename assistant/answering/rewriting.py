"""A follow-up and the questions before it → the question as it stands alone, in a chat model's words if they hold.

The model may only fill in what the conversation has said. A rewriting that drops what was asked, changes a number, or
brings in a word that nobody has used is thrown away, and the question is read as it is without a model.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import closing

from assistant.answering.chat import Chat
from assistant.answering.essence import latin, numbers, plain
from assistant.answering.generation import fenced, load_prompt
from assistant.answering.segmentation import segment
from assistant.answering.triage import triage
from assistant.indexing.analysis import FUNCTION_CHARACTERS, normalize
from assistant.schema import Language

LONGEST_REWRITING = 200
"""Characters of a rewriting, at most."""
TURNS_SHOWN = 4
"""How many earlier questions the model sees."""

_CJK = re.compile(r"[\u3400-\u9fff]")
_DENIES = re.compile(r"不|没|无|非|未|禁|\b(?:not|no|never|without|cannot)\b|n't\b")
_FRAME = re.compile(r"^(?:独立问题|改写(?:后的问题)?|问题|rewritten(?: question)?|question)\s*[:：]\s*", re.IGNORECASE)
_ENGLISH_GRAMMAR = frozenset(
    "a an the of in on at to for by with from and or is are was were be been do does did will would shall should can "
    "could may might must have has had what which who whom whose when where how why much many any some there it its "
    "this that these those they their about as".split()
)
_ASKING = frozenset("什么 哪些 哪个 哪里 多少 怎么 怎样 如何 是否 有没有 为什么 时候 什么样 哪几个 方面 关于".split())


class Rewriter:
    """Has follow-ups rewritten by a chat model. Safe for use from several threads."""

    def __init__(self, chat: Chat, places: Collection[str]) -> None:
        self._chat = chat
        self._places = places

    def rewrite(self, question: str, earlier: Sequence[str], language: Language) -> str:
        """The question as it stands alone; empty where what the model writes does not hold.

        Args:
            question: the follow-up.
            earlier: the questions before it, oldest first.
            language: of the question.

        Raises:
            ModelAway: the model failed.
        """
        told = "".join(f"<earlier>\n{fenced(one)}\n</earlier>\n" for one in earlier[-TURNS_SHOWN:])
        prompt = [
            ("system", load_prompt(f"rewrite-{language}")),
            ("human", f"{told}<question>\n{fenced(question)}\n</question>"),
        ]
        reply = ""
        with closing(self._chat.reply(prompt)) as pieces:
            for piece in pieces:
                reply += piece
                if len(reply.strip()) > LONGEST_REWRITING:
                    break
        rewritten = _FRAME.sub("", reply.strip()).strip(" “”\"'`")
        return rewritten if holds(rewritten, question, earlier, self._places, language) else ""


def holds(rewritten: str, question: str, earlier: Sequence[str], places: Collection[str], language: Language) -> bool:
    """Whether a rewriting asks what the question asks, in words that the conversation has used."""
    if not rewritten or "\n" in rewritten or len(rewritten) > LONGEST_REWRITING:
        return False
    if (_CJK.search(rewritten) is not None) != (language == "zh") or triage(normalize(rewritten)) != "ask":
        return False
    said, asked = plain(rewritten), plain(question)
    told = [plain(one) for one in earlier]
    if any(number not in numbers(asked) + numbers(" ".join(told)) for number in numbers(said)):
        return False
    if any(number not in numbers(said) for number in numbers(asked)):
        return False
    if len(_DENIES.findall(said)) != len(_DENIES.findall(asked)):
        return False
    known = " ".join([*told, asked])
    if language == "en":
        words = latin(rewritten) - _ENGLISH_GRAMMAR
        return words <= latin(" ".join([*earlier, question])) and _kept_english(rewritten, question)
    return all(_known(word.text, known) for word in segment(said, places)) and _kept(said, asked, places)


def _known(word: str, known: str) -> bool:
    if not re.search(r"\w", word) or word in known or word in _ASKING:
        return True
    return all(character in FUNCTION_CHARACTERS for character in word)


def _kept(said: str, asked: str, places: Collection[str]) -> bool:
    """Whether the words of the follow-up that name something, or give the answer its kind, are still there."""
    words = [word.text for word in segment(asked, places)]
    return all(word in said for word in words if re.search(r"\w", word) and not _empty(word))


def _empty(word: str) -> bool:
    return all(character in FUNCTION_CHARACTERS for character in word) or word in _ASKING


def _kept_english(rewritten: str, question: str) -> bool:
    pointing = {"he", "she", "they", "them", "his", "her", "one", "ones", "other", "then", "too", "also", "else"}
    return latin(question) - _ENGLISH_GRAMMAR - pointing <= latin(rewritten)
