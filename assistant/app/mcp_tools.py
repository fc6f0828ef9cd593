"""The tools of the MCP door: arguments as a model fills them in → what a tool gives back, as plain JSON.

A tool is described to a language model by its name, its description, and the JSON schemas of its two pydantic models.
Nothing here knows of a transport; `mcp_door` serves the tools.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.app import links
from assistant.app.api_models import AnsweredBody, ClauseBody, DocumentBody, EarlierTurn, HitBody, turns_of
from assistant.app.desk.questions import Record
from assistant.app.passages import Quote, Span
from assistant.errors import UsageError
from assistant.pipeline.asking import LONGEST_QUESTION
from assistant.schema import Citation, Clause, Document, Evidence, Query

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

MOST_PASSAGES = 50

INSTRUCTIONS = (
    "Answers from Chinese policy documents, word for word. `ask` answers a question in Chinese or English and cites,"
    " for every sentence, the clause it rests on; it says so where the documents do not answer, and that is a finding"
    " to pass on, not an error. Quote `citations[].quote` as it stands and name the clause; do not add to it."
    " `search` finds passages, `get_clause` gives a clause in full, `list_documents` says what there is."
)

_DOCUMENTS = "Ids of documents to look in, as `list_documents` gives them; empty: all."


class Arguments(BaseModel):
    """What a tool takes. Some clients send a list as the text of its JSON; it is read as the list."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _lists_sent_as_text(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: _as_list(value) if name in ("history", "documents") else value for name, value in given.items()}


class AskArguments(Arguments):
    """A question, and the conversation before it."""

    question: str = Field(description=f"The question, in Chinese or English, {LONGEST_QUESTION:,} characters at most.")
    history: list[str | EarlierTurn] = Field(
        default=[], max_length=100, description="Earlier questions of the conversation, oldest first."
    )
    documents: list[str] = Field(default=[], max_length=1000, description=_DOCUMENTS)


class SearchArguments(Arguments):
    """What to look for."""

    query: str = Field(description="A question, or words, in Chinese or English.")
    k: int = Field(default=10, ge=1, le=MOST_PASSAGES, description="How many passages, at most.")
    documents: list[str] = Field(default=[], max_length=1000, description=_DOCUMENTS)


class ClauseArguments(Arguments):
    """A clause, by document and number."""

    document: str = Field(description="Id of the document, as `list_documents` gives it.")
    number: int = Field(ge=1, description="The clause's number: 11 for （十一） or 第十一条.")


class NoArguments(Arguments):
    """Nothing."""


class PassageBody(HitBody):
    """A passage found, word for word, and where it stands."""

    document_title: str
    clause_label: str
    url: str


class PassagesBody(BaseModel):
    """Passages, the best first."""

    passages: list[PassageBody]


class FoundClauseBody(ClauseBody):
    """A clause in full, and where it stands."""

    document: str
    document_title: str
    url: str


class DocumentsBody(BaseModel):
    """All documents."""

    documents: list[DocumentBody]


A = TypeVar("A", bound=Arguments)


@dataclass(frozen=True, slots=True)
class Tool(Generic[A]):
    """A tool. `run` takes its arguments and the address of the site ("" if unknown), before which paths are put."""

    name: str
    title: str
    description: str
    arguments: type[A]
    result: type[BaseModel]
    run: Callable[[A, str], dict[str, Any]]


def build_tools(assistant: Assistant, record: Record) -> Mapping[str, Tool[Any]]:
    """The tools over an assistant, by name.

    Args:
        assistant: the assistant that answers.
        record: told of each question and its answer; it neither fails nor takes time.
    """

    def ask(given: AskArguments, site: str) -> dict[str, Any]:
        answer = assistant.ask(Query(given.question, turns_of(given.history), tuple(given.documents)))
        record(given.question, answer)

        def entry(cited: Citation) -> dict[str, Any]:
            return cited.to_dict() | {"url": site + links.citation(cited, answer.language)}

        told = answer.to_dict() | {
            "citations": [entry(cited) for cited in answer.citations],
            "related": [entry(cited) for cited in answer.related],
        }
        del told["id"]
        return told

    def search(given: SearchArguments, site: str) -> dict[str, Any]:
        index, found = assistant.search_state(given.query, given.k, tuple(given.documents))
        return {"passages": [_passage(index.document(item.chunk.document), item, site) for item in found]}

    def get_clause(given: ClauseArguments, site: str) -> dict[str, Any]:
        document = assistant.document(given.document)
        numbered = {clause.number: clause for clause in document.clauses if clause.kind == "clause"}
        if given.number not in numbered:
            raise UsageError(f"document {document.id} has no clause {given.number}; it has {_range(numbered)}")
        clause = numbered[given.number]
        where = {"document": document.id, "document_title": document.record.title}
        return clause.to_dict() | where | {"url": _link(document, clause, site)}

    def list_documents(given: NoArguments, site: str) -> dict[str, Any]:
        held = assistant.documents()
        return {"documents": [each.to_dict() | {"url": site + links.document(each.id, "zh")} for each in held]}

    tools: list[Tool[Any]] = [
        Tool("ask", "Ask the policy documents", _ASK, AskArguments, AnsweredBody, ask),
        Tool("search", "Search the policy documents", _SEARCH, SearchArguments, PassagesBody, search),
        Tool("get_clause", "Read a clause in full", _GET_CLAUSE, ClauseArguments, FoundClauseBody, get_clause),
        Tool("list_documents", "List the policy documents", _LIST, NoArguments, DocumentsBody, list_documents),
    ]
    return {tool.name: tool for tool in tools}


_ASK = (
    "Answer a question from the policy documents. Each sentence of `answer` bears markers [n] of `citations`, which"
    " hold the clause, the words of the document they rest on (`quote`, verbatim) and a link (`url`). `status`:"
    " `answered`; `partial` (the answer says what the documents leave open); `no_evidence` (not in the documents);"
    " `out_of_scope`; `clarify` (too vague: ask the user); `blocked`. `related` lists near clauses that are no answer."
)
_SEARCH = "Find the passages that fit a question or words best, word for word, with clause, link and score."
_GET_CLAUSE = "Give one clause of a document in full, word for word, by its number."
_LIST = "List the documents: id, title, issuer, dates, whether in force, number of clauses, link."


def _passage(document: Document, item: Evidence, site: str) -> dict[str, Any]:
    chunk, clause = item.chunk, document.clauses[item.chunk.position]
    return {
        "document": document.id,
        "document_title": document.record.title,
        "clause_number": clause.number,
        "clause_label": clause.label,
        "text": chunk.text,
        "start": chunk.start,
        "end": chunk.end,
        "score": item.score,
        "scores": item.scores,
        "url": _link(document, clause, site, Quote.of(chunk.text, chunk.start, chunk.end)),
    }


def _link(document: Document, clause: Clause, site: str, span: Span | None = None) -> str:
    return site + links.document(document.id, "zh", span, links.anchor(clause))


def _range(numbered: Mapping[int, Clause]) -> str:
    """Which clauses there are: `clauses 1 to 17`."""
    if not numbered:
        return "no numbered clauses"
    return f"clauses {min(numbered)} to {max(numbered)}"


def _as_list(value: Any) -> Any:
    if not isinstance(value, str) or not value.lstrip().startswith("["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value
