"""Answering's parts over the real corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answering.lexicon import Lexicon, load_lexicon
from assistant.answering.spelling import Speller, open_speller
from assistant.answering.terms import TermFinder
from assistant.answering.understanding import Understander, Understanding
from assistant.indexing.catalogue import Catalogue
from assistant.indexing.embedding import load_embedder
from assistant.indexing.index import Index
from assistant.schema import Query, Turn

Understand = Callable[..., Understanding]


@pytest.fixture(scope="session")
def index(corpus_data_dir: Path) -> Index:
    embedder = load_embedder()
    return Index(corpus_data_dir, Catalogue.open(corpus_data_dir, embedder=embedder.name), embedder)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="session")
def finder(index: Index, lexicon: Lexicon) -> TermFinder:
    return TermFinder(index, lexicon)


@pytest.fixture(scope="session")
def speller(index: Index, lexicon: Lexicon) -> Speller:
    return open_speller(index, lexicon)


@pytest.fixture(scope="session")
def understand(index: Index, lexicon: Lexicon, finder: TermFinder, speller: Speller) -> Understand:
    """Understands a question after earlier ones, given oldest first."""
    understander = Understander(finder, lexicon, speller, [document.text for document in index.documents()])

    def run(question: str, *history: str) -> Understanding:
        return understander.understand(Query(question, tuple(map(Turn, history))))

    return run
