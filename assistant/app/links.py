"""Where things are on the site: documents, clauses, quotes → paths."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from assistant.app.passages import Quote, Span
from assistant.schema import Citation, Clause, Language

LONGEST_SHARED = 300
"""Characters of a question that a link takes along; `static/page.js` asks none that is longer."""

_PAGE = re.compile(
    r"/(en/)?|/documents(/[A-Za-z0-9_.~%-]+)?(\?[A-Za-z0-9_.~%=&-]*)?|/desk(/[A-Za-z0-9_-][A-Za-z0-9_.-]*){0,3}",
    re.ASCII,
)
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def anchor(clause: Clause) -> str:
    """The fragment that names a piece: `clause-11`, `part-3`, `part-2-intro`, `closing`, or `clause-0` at the front."""
    if clause.kind == "clause":
        return f"clause-{clause.number}"
    if clause.kind == "part":
        return f"part-{clause.part}"
    if clause.kind == "closing":
        return "closing"
    return f"part-{clause.part}-intro" if clause.part else "clause-0"


def home(language: Language) -> str:
    """The chat page in a language."""
    return "/en/" if language == "en" else "/"


def question(text: str, language: Language) -> str:
    """The chat page that asks a question as it opens; empty for a question too long for a link."""
    text = text.strip()
    return f"{home(language)}?q={quote(text, safe='')}" if text and len(text) <= LONGEST_SHARED else ""


def switch(path: str, language: Language) -> str:
    """Remember a language, and go on to a page."""
    return f"/language/{language}?" + urlencode({"to": path})


def is_local(path: str) -> bool:
    """Whether a path leads to a page of this site."""
    return _PAGE.fullmatch(path) is not None


def documents(language: Language) -> str:
    """The list of documents."""
    return "/documents" + _query(language)


def document(document_id: str, language: Language, span: Span | None = None, fragment: str = "") -> str:
    """A document's page; with a span, the page that marks these words; with a fragment, opened there."""
    path = f"/documents/{quote(document_id, safe='')}"
    return path + _query(language, span) + (f"#{fragment}" if fragment else "")


def citation(cited: Citation, language: Language) -> str:
    """The document page at the cited clause, with the quoted words marked.

    The fragment is the one of `Citation.url`, which says in which piece the quote stands.
    """
    _, _, fragment = cited.url.partition("#")
    if not _ANCHOR.fullmatch(fragment):
        fragment = f"clause-{cited.clause_number}"
    return document(cited.document, language, Quote.of(cited.quote, cited.start, cited.end), fragment)


def panel(cited: Citation, language: Language) -> str:
    """The fragment of HTML that the source panel shows for a citation."""
    parameters = {"quote": str(Quote.of(cited.quote, cited.start, cited.end)), "lang": language}
    return f"/documents/{quote(cited.document, safe='')}/panel?{urlencode(parameters)}"


def _query(language: Language, span: Span | None = None) -> str:
    parameters = {}
    if language == "en":
        parameters["lang"] = "en"
    if span is not None:
        parameters["quote"] = str(span)
    return "?" + urlencode(parameters) if parameters else ""
