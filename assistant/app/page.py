"""The chat page in one language, as Gradio Blocks: question box, conversation, source panel.

The conversation is shown by `gr.Markdown` as HTML of our own, not by `gr.Chatbot`: the Chatbot lets images through its
sanitiser, reads what visitors type as Markdown, and speaks the browser's language rather than the page's. All HTML
comes from `rendering`, which escapes; the source panel is filled by `static/page.js` from the server's fragments.
`gr.HTML` is avoided because it needs `unsafe-eval` in the Content-Security-Policy.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.app import conversation
from assistant.app.conversation import Exchange
from assistant.app.desk.questions import Record
from assistant.app.labels import LABELS, Problem
from assistant.app.rendering import Door, Renderer
from assistant.errors import AssistantError, InvalidQuestion
from assistant.schema import Language, Query

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

logger = logging.getLogger(__name__)

EXAMPLES_SHOWN = 6
ASK_ALSO_SHOWN = 3
LONG_QUESTION = 300
"""Characters from which a refused question is called too long rather than unreadable."""
SIMULTANEOUS_QUESTIONS = 8
STORAGE_KEY = "policy-assistant.conversation"
"""Key in the browser's localStorage. The secret below only obscures: the data are the visitor's own."""

Updates = tuple[Any, ...]
"""New values of: earlier turns, current turn, notice, question box, stored conversation."""


class ChatPage:
    """The behaviour behind the page of one language."""

    def __init__(self, assistant: Assistant, language: Language, record: Record) -> None:
        self.assistant = assistant
        self.language = language
        self.record = record
        self.labels = LABELS[language]
        self.renderer = Renderer(language, assistant)

    @property
    def examples(self) -> list[str]:
        """Questions that the corpus, as it is now, answers."""
        return self.assistant.example_questions(self.language)

    def threshold(self) -> str:
        """The welcome as it is sent with the page: its doors open once the page has asked for `restore`.

        Finding the questions behind the doors takes a second or two, which the start of the server need not wait for.
        """
        return self.renderer.welcome(
            self.examples[:EXAMPLES_SHOWN], [Door(audience) for audience in self.labels.audiences]
        )

    def welcome(self) -> str:
        """The page's conversation before the first question; an audience without questions has no door."""
        found = self.assistant.door_questions(self.language)
        doors = [Door(audience, found[audience]) for audience in self.labels.audiences if found[audience]]
        return self.renderer.welcome(self.examples[:EXAMPLES_SHOWN], doors)

    def sources(self) -> str:
        """The source panel before a citation is opened."""
        return self.renderer.empty_panel()

    def restore(self, stored: object) -> tuple[str, str]:
        """Show what the browser kept of the conversation, and the documents held now."""
        return self._earlier(conversation.load(stored)), self.renderer.empty_panel(ready=True)

    def forget(self) -> Updates:
        """Empty the page and what the browser keeps, and say so."""
        return self.welcome(), "", self.renderer.notice(self.labels.cleared, calm=True), "", []

    def respond(self, question: str | None, stored: object) -> Iterator[Updates]:
        """Answer a question: the page after each piece of the answer.

        Args:
            question: as typed.
            stored: the conversation so far, as the browser kept it.
        """
        typed = question or ""
        exchanges = conversation.load(stored)
        if not typed.strip():
            yield gr.skip(), gr.skip(), self.renderer.notice(self.labels.problems["empty"]), gr.skip(), gr.skip()
            return
        number = len(exchanges) + 1
        earlier = self._earlier(exchanges) if exchanges else ""
        yield earlier, self.renderer.pending(typed, number), self.renderer.notice(""), "", gr.skip()
        try:
            yield from self._stream(Query(typed, conversation.history(exchanges)), exchanges, number)
        except AssistantError as error:
            yield self._failed(typed, exchanges, self._problem(typed, error))
        except Exception:
            logger.exception("a question could not be answered")
            yield self._failed(typed, exchanges, "failed")

    def _stream(self, query: Query, exchanges: list[Exchange], number: int) -> Iterator[Updates]:
        text = ""
        for chunk in self.assistant.stream(query):
            text += chunk.text
            if chunk.answer is None:
                yield gr.skip(), self.renderer.pending(query.question, number, text), gr.skip(), gr.skip(), gr.skip()
                continue
            self.record(query.question, chunk.answer)
            exchange = Exchange(query.question, chunk.answer)
            shown = self.renderer.turn(exchange, number, self._ask_also([*exchanges, exchange]))
            yield gr.skip(), shown, gr.skip(), gr.skip(), conversation.dump([*exchanges, exchange])

    def _failed(self, typed: str, exchanges: Sequence[Exchange], problem: Problem) -> Updates:
        """The page as it was, with what was typed back in the box, and a word on what is wrong."""
        notice = self.renderer.notice(self.labels.problems[problem])
        return self._earlier(exchanges), "", notice, typed, gr.skip()

    def _earlier(self, exchanges: Sequence[Exchange]) -> str:
        return self.renderer.log(exchanges) if exchanges else self.welcome()

    def _ask_also(self, exchanges: Sequence[Exchange]) -> list[str]:
        """Example questions that have not been asked, others after each answer."""
        asked = {exchange.question.strip() for exchange in exchanges}
        left = [example for example in self.examples if example not in asked]
        first = ASK_ALSO_SHOWN * len(exchanges) % max(len(left), 1)
        return (left[first:] + left[:first])[:ASK_ALSO_SHOWN]

    @staticmethod
    def _problem(typed: str, error: AssistantError) -> Problem:
        if not isinstance(error, InvalidQuestion):
            logger.error("a question could not be answered: %s", error)
            return "failed"
        return "too_long" if len(typed) > LONG_QUESTION else "not_text"


def build_page(assistant: Assistant, language: Language, record: Record) -> gr.Blocks:
    """The page's components, wired to its behaviour."""
    chat = ChatPage(assistant, language, record)
    labels = chat.labels
    blocks = gr.Blocks(title=f"{labels.name} · {labels.tagline}", analytics_enabled=False, fill_width=True)
    with blocks:
        stored = gr.BrowserState([], storage_key=STORAGE_KEY, secret=STORAGE_KEY)
        _html(chat.renderer.header(), "header")
        with gr.Row(elem_id="columns", equal_height=False):
            with gr.Column(elem_id="chat", scale=3, min_width=0):
                earlier = _html(chat.threshold(), "earlier")
                current = _html("", "current")
                with gr.Column(elem_id="composer", min_width=0):
                    notice = _html(chat.renderer.notice(""), "notice")
                    with gr.Row(elem_id="ask-row", equal_height=False):
                        box = gr.Textbox(
                            label=labels.question, lines=1, max_lines=6,
                            elem_id="question", scale=1, min_width=0, container=True, autofocus=False,
                        )  # fmt: skip
                        ask = gr.Button(labels.ask, variant="primary", elem_id="ask", scale=0, min_width=88)
                    with gr.Row(elem_id="below-row", equal_height=False):
                        _html(f'<p class="hint">{labels.hint}</p>', "hint")
                        gr.Button(labels.export, elem_id="export", elem_classes="quiet", scale=0, min_width=0)
                        gr.Button(
                            labels.print_conversation, elem_id="print", elem_classes="quiet", scale=0, min_width=0
                        )
                        clear = gr.Button(
                            labels.clear_conversation, elem_id="clear", elem_classes="quiet", scale=0, min_width=0
                        )
            with gr.Column(elem_id="sources", scale=2, min_width=0):
                sources = _html(chat.sources(), "sources-panel")
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        outputs = [earlier, current, notice, box, stored]
        asking = gr.on(
            [ask.click, box.submit], chat.respond, [box, stored], outputs,
            trigger_mode="once", concurrency_limit=SIMULTANEOUS_QUESTIONS, **quiet,
        )  # fmt: skip
        # An answer still coming would bring back what was cleared.
        clear.click(chat.forget, None, outputs, cancels=[asking], **quiet)
        blocks.load(chat.restore, [stored], [earlier, sources], **quiet)
    blocks.queue(default_concurrency_limit=SIMULTANEOUS_QUESTIONS, max_size=256, api_open=False)
    return blocks


def _html(value: str, element_id: str) -> gr.Markdown:
    return gr.Markdown(value, sanitize_html=False, latex_delimiters=[], container=False, elem_id=element_id)


def mount(app: Any, assistant: Assistant, record: Record) -> None:
    """Put the pages on a FastAPI app: English at `/en`, Chinese at `/`; to be called last, since `/` takes the rest.

    Fonts are the system's own: nothing is fetched from another host.
    """
    fonts = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
    theme = gr.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"])
    paths: tuple[tuple[Language, str], ...] = (("en", "/en"), ("zh", "/"))
    for language, path in paths:
        gr.mount_gradio_app(
            app, build_page(assistant, language, record), path=path, theme=theme,
            footer_links=[], run_history=False, ssr_mode=False, show_error=False, enable_monitoring=False, pwa=False,
        )  # fmt: skip
