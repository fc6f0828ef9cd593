"""The training texts and questions → the counts and the common words by which the assistant tells misspelt words."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import rjieba

from assistant.answering.language_model import count_characters
from assistant.indexing.analysis import normalize

TRAINING = Path(str(files("eval"))) / "data" / "train"
LEXICON = Path(__file__).resolve().parents[2] / "assistant" / "answering" / "lexicon"
SEEN = 2
"""How often two or three characters must stand together to be kept."""
COMMON = 20
"""How often a word must stand there to be common."""
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")


def count(out: Path = LEXICON) -> dict[str, int]:
    """Write `characters.txt.gz` and `common_words.txt` to a folder, and return how many entries each has."""
    texts = [normalize(text) for text in _texts()]
    grams = {gram: seen for gram, seen in sorted(count_characters(texts).items()) if seen >= SEEN or len(gram) == 1}
    lines = "".join(f"{gram}\t{seen}\n" for gram, seen in grams.items())
    # Without the time in it, so that the same texts give the same file.
    (out / "characters.txt.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    words = Counter(word for text in texts for word in rjieba.cut(text, False))
    common = sorted(word for word, seen in words.items() if seen >= COMMON and _WORD.fullmatch(word))
    (out / "common_words.txt").write_text("".join(f"{word}\n" for word in common), encoding="utf-8")
    return {"counts of characters": len(grams), "common words": len(common)}


def _texts() -> Iterator[str]:
    """Every document and question that the assistant is trained or fitted on, in the order of their files."""
    for path in sorted(TRAINING.rglob("documents/*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(TRAINING.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield str(json.loads(line)["question"])
