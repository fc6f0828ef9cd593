"""cmrc2018, drcd and stard → pairs that teach what it is to answer: many topics, no policy document.

Beside each passage that answers stand passages that do not: others of the same article, the nearest first, and the
very passage without the stretch that answers. Without the latter a model learns to find what is alike. All three sets
may be trained on (CC BY-SA, MIT).
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.indexing.analysis import character_pairs
from assistant.indexing.sentences import split_parts, split_sentences
from eval.suites.base import SEED
from eval.suites.public import read_passages
from eval.suites.spans import SpanQuestion
from eval.suites.stard import Article, read_articles, read_questions
from eval.training.pairs import Pair

LONGEST = 85
"""Characters of a passage, about; a sentence may be a third longer."""
SHORTEST_REST = 18
"""Characters that a passage must keep when the stretch that answers is taken out."""
TITLE_SHARE = 0.6
"""Share of questions whose passages stand under the article's title."""
AMBIGUOUS = 0.7
"""What a passage counts that holds the answer's words where another one holds them too."""
LAY = 0.6
"""What a pair of stard counts: articles are matched to whole legal problems."""
SETS = (("cmrc2018", "dev"), ("cmrc2018", "trial"), ("drcd", "dev_simp"))

_STRETCH = re.compile(r"(?<=[，。；！？,])")


def public_pairs(data: Path) -> list[Pair]:
    """The pairs of the sets whose folders lie in `data`, in an order drawn with a fixed seed."""
    draw = random.Random(SEED)
    found: list[Pair] = []
    for folder, part in SETS:
        if (data / folder / f"{part}.passages.jsonl").is_file():
            found += _span_pairs(*read_passages(data / folder, part), draw)
    if (data / "stard").is_dir():
        found += _stard_pairs(data / "stard", draw)
    draw.shuffle(found)
    return found


def passages_of(text: str, longest: int = LONGEST) -> list[str]:
    """A text cut into passages of whole sentences; a long sentence is cut at its commas."""
    spans: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        if end - start <= longest * 4 / 3:
            if spans and end - spans[-1][0] <= longest:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
            continue
        first = len(spans)
        for a, b in split_parts(text[start:end], "；;，,"):
            if len(spans) > first and start + b - spans[-1][0] <= longest:
                spans[-1] = (spans[-1][0], start + b)
            else:
                spans.append((start + a, start + b))
    return [text[a:b].strip() for a, b in spans if text[a:b].strip()]


def shared(question: str, passage: str) -> float:
    """Share of a question's pairs of characters that a passage holds."""
    pairs = set(character_pairs(question))
    return len(pairs & set(character_pairs(passage))) / max(1, len(pairs))


def _span_pairs(texts: Mapping[str, str], questions: Sequence[SpanQuestion], draw: random.Random) -> Iterator[Pair]:
    bodies = {name: text.partition("\n") for name, text in texts.items()}
    passages = {name: passages_of(body) for name, (_, _, body) in bodies.items()}
    of_title: dict[str, list[str]] = defaultdict(list)
    for name, (title, _, _) in bodies.items():
        of_title[title].append(name)
    every = [passage for found in passages.values() for passage in found]
    for asked in questions:
        title = bodies[asked.document][0]
        mine = passages[asked.document]
        right = sorted((p for p in mine if _holds(p, asked.answers)), key=lambda p: -shared(asked.question, p))
        if not right:
            continue
        above = f"{title}：" if draw.random() < TITLE_SHARE else ""
        yield Pair(asked.question, above + right[0], True, 1.0 if len(right) == 1 else AMBIGUOUS)
        others = [p for name in of_title[title] if name != asked.document for p in passages[name]]
        wrong = [p for p in mine if p not in right]
        wrong = sorted(wrong, key=lambda p: draw.random() * 0.15 - shared(asked.question, p))[:2]
        if draw.random() < 0.5:
            sample = draw.sample(others, min(8, len(others))) or [draw.choice(every)]
            wrong.append(max(sample, key=lambda p: shared(asked.question, p)))
        rest = "".join(part for part in _STRETCH.split(right[0]) if not _holds(part, asked.answers))
        if len(rest) >= SHORTEST_REST:
            wrong.append(rest)
        for passage in wrong:
            if not _holds(passage, asked.answers):
                yield Pair(asked.question, above + passage, False)


def _holds(passage: str, answers: Sequence[str]) -> bool:
    return any(answer in passage for answer in answers)


def _stard_pairs(folder: Path, draw: random.Random) -> Iterator[Pair]:
    articles, same = read_articles(folder)
    by_id = {article.id: article for article in articles}
    of_law: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        of_law[article.law].append(article)
    for _, question, numbers, _ in read_questions(folder, same):
        for number in sorted(n for n in numbers if n in by_id)[:2]:
            law = by_id[number].law
            near = [article for article in of_law[law] if article.id not in numbers]
            near = sorted(draw.sample(near, min(25, len(near))), key=lambda a: -shared(question, a.text))[:2]
            far = max(draw.sample(articles, 60), key=lambda a: shared(question, a.text))
            yield Pair(question, _best(by_id[number], question), True, LAY)
            for article in (*near, far):
                yield Pair(question, _best(article, question), False, LAY)


def _best(article: Article, question: str) -> str:
    parts = passages_of(re.sub(r"\s+", "", article.text), 110) or [article.text]
    return f"{article.law}：{max(parts, key=lambda p: shared(question, p))}"
