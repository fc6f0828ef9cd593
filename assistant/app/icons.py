"""Status → a small drawing, so that a status is told by word and by shape, not by colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from assistant.schema import Status

_PATHS: Mapping[Status, str] = {
    "answered": '<circle cx="10" cy="10" r="8.2"/><path d="M6.2 10.4l2.6 2.6 5-5.6"/>',
    "partial": '<circle cx="10" cy="10" r="8.2"/><path class="fill" d="M10 1.8a8.2 8.2 0 0 1 0 16.4z"/>',
    "no_evidence": '<circle cx="8.6" cy="8.6" r="6.2"/><path d="M13.2 13.2l5 5M5.9 8.6h5.4"/>',
    "out_of_scope": '<circle cx="10" cy="10" r="8.2"/><path d="M6 10h8"/>',
    "clarify": '<circle cx="10" cy="10" r="8.2"/>'
    '<path d="M7.6 7.7a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M10 14.2v.2"/>',
    "blocked": '<circle cx="10" cy="10" r="8.2"/><path d="M4.4 4.4l11.2 11.2"/>',
}


def status_icon(status: Status) -> Markup:
    """The drawing of a status; hidden from screen readers, who get the word."""
    return Markup('<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>').format(
        Markup(_PATHS[status])
    )
