"""Plain questions on single words, over whatever is held: no labels are needed, so it runs over any documents.

What no document holds must be refused, however alike the word is to one that is held; what is held must be found. A
word that means the same as one that is held counts as not held, so nothing reaches all of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.config import Settings
from assistant.pipeline import open_assistant
from assistant.schema import Document, Query
from eval.errors import DataMissing
from eval.figures import LATENCY, Spec
from eval.nouns import nouns
from eval.results import Item
from eval.suites.base import Options, Prepared, Progress
from eval.suites.shown import citation_problems, citation_ratios, shown_answer
from eval.suites.spans import sample
from eval.systems import System, ask

TEXTS = Path(__file__).parents[1] / "data" / "train" / "reading" / "documents"
"""Policy texts of other places, whose words are asked about."""
SEEN = 2
"""How often a word must stand in those texts."""
QUESTIONS = 200
"""Questions of each sort, where none are counted out."""
HELD = ("文件里说到{}没有", "讲{}的是哪一条", "关于{}是怎么规定的", "哪里写了{}")
UNHELD = (*HELD, "{}有什么政策", "要发展{}吗", "{}归谁管", "{}怎么办", "有没有{}", "要建{}吗")

_SPECS = (
    Spec("unheld_refused", "Words not held: refused", "Of the questions on a word that no document holds, those "
         "refused.", aim=0.95, headline=True),
    Spec("held_answered", "Words held: answered", "Of the questions on a word that a document holds, those answered.",
         headline=True),
    Spec("held_quoted", "Words held: quoted", "Of those questions, the ones whose quotes hold the word.",
         headline=True),
    Spec("quotes_verbatim", "Quotes verbatim", "Of the quotes, those that are the document's text at their offsets.",
         aim=1.0),
    Spec("auroc", "Answerability AUROC", "Probability that a word that is held gets more confidence than one that is "
         "not.", "auroc", "score", headline=True),
    *LATENCY,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WordCase:
    """A question on a word."""

    word: str
    question: str
    held: bool

    def measure(self, system: System) -> Item:
        """Ask, and look whether it is answered with the word."""
        reply = ask(system.engine, Query(self.question))
        answer = reply.answer
        given = answer is not None and answer.status in ("answered", "partial")
        quoted = answer is not None and any(self.word in citation.quote for citation in answer.citations)
        right = quoted if self.held else answer is not None and not given
        ratios = {"crashes": (float(bool(reply.error)), 1.0)}
        if self.held:
            ratios |= {"held_answered": (float(given), 1.0), "held_quoted": (float(given and quoted), 1.0)}
        else:
            ratios["unheld_refused"] = (float(right), 1.0)
        samples = {}
        if answer:
            checked = citation_ratios(answer, citation_problems(system.engine, answer))
            ratios |= {key: pair for key, pair in checked.items() if key == "quotes_verbatim"}
            samples = {"confidence": answer.confidence, "answerable": float(self.held), "latency_ms": reply.latency_ms}
        return Item(
            id=f"{'held' if self.held else 'unheld'}-{self.word}",
            question=self.question,
            right=right and not reply.error,
            labels={"kind": "held" if self.held else "not held"},
            problems=[] if right else ["the word is not quoted" if self.held else "not refused"],
            gold=[("word", self.word), ("status", "answered" if self.held else "refused")],
            answer=shown_answer(answer) if answer else None,
            evidence=[],
            error=reply.error,
            ratios=ratios,
            samples=samples,
        )


@dataclass(frozen=True, slots=True)
class WordSuite:
    """The suite of single words."""

    name: str = "words"
    about: str = "Plain questions on words that the held documents hold, and on words of other policy that they do not"
    dimensions: tuple[str, ...] = ("kind",)
    splits: tuple[str, ...] = ()
    specs: tuple[Spec, ...] = _SPECS

    def prepare(self, options: Options, settings: Settings, progress: Progress) -> Prepared:
        """Choose the words. `data` may name another folder of texts that words are taken from.

        Raises:
            DataMissing: that folder holds no text.
            IndexNotBuilt: nothing is held.
        """
        folder = options.data or TEXTS
        texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
        if not texts:
            raise DataMissing(f"{folder} holds no text (*.txt) to take words from")
        held = open_assistant(settings).documents()
        cases = chosen(held, texts, options.limit)
        sizes = {
            "words held": str(sum(case.held for case in cases)),
            "words not held": str(sum(not case.held for case in cases)),
            "documents": str(len(held)),
        }
        return Prepared(settings, self.specs, cases, sizes)


def chosen(held: Iterable[Document], texts: Iterable[str], limit: int | None = None) -> list[WordCase]:
    """Questions on words of the documents, and on words of other texts that stand in none of them."""
    documents = list(held)
    whole = "\n".join(f"{document.record.title}\n{document.text}" for document in documents)
    own = sorted({word for document in documents for clause in document.clauses for word in nouns(clause.text)})
    counted = Counter(word for text in texts for word in _all_nouns(text))
    others = sorted(word for word, count in counted.items() if count >= SEEN and word not in whole)
    take = partial(sample, limit=limit or QUESTIONS)
    return [
        WordCase(word, forms[number % len(forms)].format(word), is_held)
        for is_held, words, forms in ((True, take(own), HELD), (False, take(others), UNHELD))
        for number, word in enumerate(words)
    ]


def _all_nouns(text: str) -> list[str]:
    return [word for line in text.splitlines() for word in nouns(line)]
