"""The HTML that Gradio sends for a chat page → the HTML that we send: language, title, style, scripts with a nonce.

Gradio hard-codes `<html lang="en">`, names pictures on other hosts in its metadata, and has neither a title nor a word
for visitors without scripts.
"""

from __future__ import annotations

import re

from markupsafe import escape

from assistant.app import links
from assistant.app.assets import asset
from assistant.app.documents import render
from assistant.app.feedback import LONGEST_TEXT
from assistant.app.labels import LABELS
from assistant.app.languages import as_language

STYLES = ("base.css", "page.css", "turns.css", "doors.css", "feedback.css", "sources.css", "small.css")
SCRIPTS = ("page.js", "doors.js", "take-along.js", "feedback.js")
_METADATA = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
_MANIFEST = re.compile(r'<link rel="manifest"[^>]*>\s*')


def rewrite(html: str, language: str, nonce: str, feedback_days: int) -> str:
    """The chat page as it is sent.

    Args:
        html: as Gradio wrote it.
        language: `zh` or `en`.
        nonce: the value that lets this page's scripts run.
        feedback_days: how long feedback is kept, as the page tells.
    """
    page_language = as_language(language) or "zh"
    labels = LABELS[page_language]
    html = _MANIFEST.sub("", _METADATA.sub("", html))
    html = re.sub(r'<html\s+lang="en"', f'<html lang="{labels.html_lang}"', html, count=1)
    html = html.replace("<script", f'<script nonce="{nonce}"')
    head = (
        f"<title>{escape(labels.name)} · {escape(labels.tagline)}</title>"
        f'<meta name="description" content="{escape(labels.disclaimer)}">'
        '<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" type="image/svg+xml" href="{asset("favicon.svg")}">'
        + "".join(f'<link rel="stylesheet" href="{asset(name)}">' for name in STYLES)
        + "".join(f'<script nonce="{nonce}" src="{asset(name)}" defer></script>' for name in SCRIPTS)
    )
    without_scripts = (
        f'<noscript><p>{escape(labels.needs_script)} <a href="{links.documents(page_language)}">'
        f"{escape(labels.all_documents)}</a></p></noscript>"
    )
    form = render("feedback.html", page_language, longest_text=LONGEST_TEXT, feedback_days=feedback_days)
    html = html.replace("</head>", head + "</head>", 1)
    return html.replace("<gradio-app", without_scripts + form + "<gradio-app", 1)
