"""A question → its content terms: the longest stretches that the corpus has as they are, else words."""

from __future__ import annotations

import re
from collections.abc import Sequence

import rjieba

from assistant.answering.english_forms import MEASURES, NUMERALS, base_forms
from assistant.answering.expansion import Candidate, Expander, Term
from assistant.answering.lexicon import Lexicon
from assistant.answering.segmentation import Word, segment
from assistant.indexing.analysis import FUNCTION_CHARACTERS, MIXED
from assistant.indexing.index import Index

_MEASURE_WORD = (
    r"(?:个(?!人|体|性|税)|家(?!庭|长|属|具|电|务|政)|条(?!件|例|款|文|目)|项(?!目)|种(?!植|养|子|粮)|类(?!别|型)|层(?!次|面|级)|"
    r"所(?!有|得|在|属)|座(?!谈|位)|名(?!额|单|字|称|录)|级(?!别)|处(?!罚|理|方|分|置)|"
    r"场(?![所地景馆合面次站]))"
)
"""What counts things and names none: 条 of 哪几条路, which a segmenter may take for 条路."""
_QUESTION_WORDS = re.compile(
    r"(?:多少|[几多好]少?)钱|请问一?下?|麻烦问?一?下?|我想(?:问|知道|了解)一?下?|想(?:问|了解|知道)一?下?|能不能|可不可以|是不是|有没有|会不会|要不要|"
    r"什么时候|啥时候|何[时地处人]|(?<![很更许众最])多[大高长宽远深重](?![学型众家])|什么|怎么样|怎么办|怎么|怎样|如何|哪几?"
    + _MEASURE_WORD
    + r"|哪些|哪几|哪里|哪儿|哪头|哪边|哪家|哪年|哪一年|多少(?:"
    + _MEASURE_WORD
    + r")?|几"
    + _MEASURE_WORD
    + r"|为什么|为何|为啥|"
    r"是否|能否|可否|(?<=[\u4e00-\u9fff\d])才能(?=[\u4e00-\u9fff])|是谁|由谁|谁|好多|好久|有啥|是啥|干啥|干嘛|咋样|咋个|咋|啥子|啥|吗|呢|吧|嘛|呀|啊|哦|哈"
)
_VERB_NOT_VERB = re.compile(r"([\u3400-\u9fff]{1,2})[不没]\1")
"""A choice put as a question: 涨不涨, 免不免费, 提没提, 开放不开放; it asks after the verb."""
_A = re.compile(r"(?<=[修建盖造铺架挖])[条座所](?![例件款文目谈位有得在属需])(?=[\u4e00-\u9fff]{2})")
"""A measure word that stands for one of something: 修条铁路."""
_CJK = re.compile(r"[\u3400-\u9fff]")
_NUMBER_NAME = re.compile(r"\d\+\d|(?<!\d)(?!(?:19|20)\d\d)\d{4}(?!\d)")
"""Names that are numbers: “7+3”, “5115”."""
_MEASURE = r"\d+(?:st|nd|rd|th|s|km|kg|cm|mm|m|kw|mw|kwh|ha|rmb|yuan|bn|mn|tn|b|k)(?![a-z\d])"
_MIXED_NAME = re.compile(rf"(?<![a-z\d.])(?!{_MEASURE}){MIXED}(?![a-z\d])")
"""Names of letters and digits: 5g, a4. An ordinal and a quantity with its unit are none."""
_CONTENT_TAGS = ("n", "v", "a", "j", "l", "i", "b", "s", "z", "g", "x", "eng")
THINGS = frozenset("园区城路县镇乡河湖江山桥港站所院校厂库网线带圈")
"""Things that are named by one character, which a segmenter may tag as anything."""
_QUOTED_NAME = re.compile(r"“([\u4e00-\u9fff]{3,8})”")
_MARK = re.compile(r"[,;:?!()]|\.(?= |$)")
"""What parts stretches of an English text."""
LONGEST_PHRASE = 14


class TermFinder:
    """Finds and expands the terms of questions over one index."""

    def __init__(self, index: Index, lexicon: Lexicon, *, near_words: bool = True) -> None:
        """Take the words of the index; without `near_words`, none stands in for another by its vector alone."""
        self._expander = Expander(index, lexicon, near_words=near_words)
        self._row, self._corpus = self._expander.row, self._expander.text
        self._lexicon = lexicon
        self._entries = frozenset(lexicon.entries)
        self._ends = self._entries | THINGS
        # What stands in quotation marks is a name (“赢在广州”), whatever words it is made of.
        quoted = _QUOTED_NAME.findall(self._corpus)
        self._known = self._entries.union(self._row, lexicon.stopwords, lexicon.places, lexicon.faint, quoted)
        self._longest_gloss = max((term.count(" ") + 1 for term in lexicon.glossary), default=1)

    def terms(self, text: str, language: str) -> tuple[Term, ...]:
        """The content terms of a normalised question, in order, each once."""
        named = [Candidate(name, "n") for name in _MIXED_NAME.findall(text)]
        text = _MIXED_NAME.sub(" ", text)
        candidates = named + (self._english(text) if language == "en" else self._chinese(text))
        once: dict[str, Candidate] = {}
        for candidate in candidates:
            once.setdefault(candidate.surface, candidate)
        return self._expander.expand(list(once.values()))

    def _chinese(self, text: str) -> list[Candidate]:
        found: list[Candidate] = []
        latin = re.findall(r"[a-z][a-z'-]*(?: [a-z][a-z'-]*)*", text)
        for phrase in latin:
            found += self._english(phrase)
        found += [Candidate(name, "n") for name in _NUMBER_NAME.findall(text) if name in self._corpus]
        stripped = _QUESTION_WORDS.sub(" ", re.sub(r"[a-z][a-z' -]*", " ", text))
        stripped = _A.sub(" ", _VERB_NOT_VERB.sub(_verb, stripped))
        run: list[Word] = []
        for word in [*segment(stripped, self._known), Word(" ", "x", False)]:
            if _CJK.match(word.text) and self._may_join(word):
                run.append(word)
                continue
            found += self._phrases(run)
            run = []
        return found

    @property
    def known(self) -> frozenset[str]:
        """The words that a question is cut into before all others."""
        return self._known

    def words(self, text: str) -> list[str]:
        """The words of a normalised Chinese text, in order."""
        return [word.text for word in segment(text, self._known)]

    def _may_join(self, word: Word) -> bool:
        """Whether a word can be part of a phrase: anything but grammar and the words of asking."""
        return word.text not in FUNCTION_CHARACTERS and word.text not in self._lexicon.stopwords

    def _phrases(self, run: Sequence[Word]) -> list[Candidate]:
        """The terms in words that stand together: the longest sequences that the corpus has as they are, else words."""
        found: list[Candidate] = []
        at = 0
        while at < len(run):
            for end in range(len(run), at + 1, -1):
                phrase = self._corpus_phrase(run, at, end)
                if phrase and not (run[at].tag.startswith("v") and self._parts_a_phrase(run, at, end)):
                    parts = tuple(word.text for word in run[at:end] if len(word.text) > 1)
                    found.append(Candidate(phrase, "n", parts=parts))
                    at = end
                    break
            else:
                if self._carries_content(run[at]):
                    word = run[at]
                    found.append(Candidate(word.text, word.tag, parts=self._compound(word), known=word.known))
                at += 1
        return found

    def _corpus_phrase(self, run: Sequence[Word], start: int, end: int) -> str:
        """The words from start to end as one phrase, if the corpus has it and it is cut where words end; else empty."""
        phrase = "".join(word.text for word in run[start:end])
        whole = len(phrase) <= LONGEST_PHRASE and self._is_whole(phrase, run[start], run[end - 1])
        return phrase if whole and phrase in self._corpus else ""

    def _parts_a_phrase(self, run: Sequence[Word], start: int, end: int) -> bool:
        """Whether a phrase would take from the next one its beginning: 发展阳光 from 阳光康养."""
        return any(
            self._corpus_phrase(run, inside, behind)
            for inside in range(start + 1, end)
            for behind in range(end + 1, len(run) + 1)
        )

    def _compound(self, word: Word) -> tuple[str, ...]:
        """The two words that a longer one is made of which the corpus has not: 大学老师."""
        text = word.text
        if len(text) != 4 or not word.tag.startswith("n") or text in self._corpus:
            return ()
        parts = (text[:2], text[2:])
        return parts if all(part in self._row or part in self._entries for part in parts) else ()

    def _is_whole(self, phrase: str, first: Word, last: Word) -> bool:
        """Whether a phrase that the corpus has is cut where words end: 住院 生 is only a piece of 住院 生育.

        A character that is no word of any kind (烯 of 石墨烯) ends one.
        """
        return phrase in self._row or all(
            len(word.text) > 1 or word.text in self._ends or word.tag == "x" for word in (first, last)
        )

    def _carries_content(self, word: Word) -> bool:
        text = word.text
        if len(text) == 1:
            # A name of one character (钛) says what is meant; a noun (人, 事) mostly does not.
            return text in self._entries or (word.tag == "nz" and text in self._corpus)
        if text in self._row or text in self._entries:
            return True
        return word.tag.startswith(_CONTENT_TAGS)

    def _english(self, text: str) -> list[Candidate]:
        found = [Candidate(name, "n") for name in _NUMBER_NAME.findall(text) if name in self._corpus]
        # No phrase reaches over a mark: what will they check, again and again.
        return found + [candidate for stretch in _MARK.split(text) for candidate in self._stretch(stretch)]

    def _stretch(self, text: str) -> list[Candidate]:
        """The terms of English words that no mark parts."""
        words = re.findall(r"[a-z]+(?:[-'][a-z]+)*|\d+", text)
        found: list[Candidate] = []
        at = 0
        while at < len(words):
            if words[at].isdigit() and words[at] not in NUMERALS:
                at += 1
                continue
            name = self._numbered(words[at : at + 3])
            if name is not None:
                found.append(name)
                at += name.surface.count(" ") + 1
                continue
            for length in range(min(self._longest_gloss, len(words) - at), 0, -1):
                phrase = " ".join(words[at : at + length])
                translations = self._gloss(phrase)
                if translations:
                    found.append(Candidate(phrase, "n", translations))
                if translations or (length > 1 and phrase in self._lexicon.stopwords):
                    # A phrase may say little of which the words would say something: does the paper, step by step.
                    at += length
                    break
            else:
                word = words[at]
                if word not in self._lexicon.stopwords and len(word) > 2 and not word.isdigit():
                    # A word without a gloss may be any part of speech; it is not taken to name anything.
                    found.append(Candidate(word, "v"))
                at += 1
        return found

    def _numbered(self, words: Sequence[str]) -> Candidate | None:
        """A name with a number in it that the corpus has: “five fields” for 五大领域."""
        numerals = NUMERALS.get(words[0], "")
        for length in range(len(words), 1, -1):
            phrase = " ".join(words[1:length])
            names = tuple(
                numeral + measure + noun
                for noun in self._gloss(phrase)
                for numeral in numerals
                for measure in MEASURES
                if numeral + measure + noun in self._corpus
            )
            if names:
                return Candidate(f"{words[0]} {phrase}", "n", names, numbered=True)
        return None

    def _gloss(self, phrase: str) -> tuple[str, ...]:
        glossary = self._lexicon.glossary
        if phrase in self._lexicon.stopwords:
            return ()
        for form in (*base_forms(phrase), *base_forms(phrase.replace("-", " "))):
            if form in glossary:
                return glossary[form]
        return ()

    def knows(self, term: Term) -> bool:
        """Whether the corpus itself uses the term, or what it is in Chinese."""
        return any(word in self._row or word in self._corpus for word, degree in term.standins if degree >= 1.0)


def _verb(choice: re.Match[str]) -> str:
    """The verb of a choice, apart from what it is done to unless the two make one word: 修 医院, but 下雨."""
    verb = choice[1]
    first = rjieba.cut(verb + choice.string[choice.end() : choice.end() + 3], False)[0]
    return verb if len(first) > len(verb) else f"{verb} "
