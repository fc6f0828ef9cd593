"""Numbers → inline SVG and labels in words. Colours and fonts come from the page's style sheet, by class name.

Every chart carries its numbers as text for those who cannot see it; all text is escaped.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from eval.results import Figure, ReliabilityBin, Unit

SPACE = "\u00a0"
"""Between a number and its unit, which belong on one line."""
WIDTH, HEIGHT = 360, 220
"""Of a chart in SVG units; about a phone's width, so that text is not shrunk there."""
LEFT, RIGHT, TOP, BOTTOM = 38, 12, 12, 34


def number(value: float | None, unit: Unit) -> str:
    """A value with its unit, as a reader wants it."""
    if value is None:
        return "–"
    match unit:
        case "share":
            return f"{100 * value:.1f}{SPACE}%"
        case "ms":
            return f"{value:.1f}{SPACE}ms" if value < 10 else f"{value:,.0f}{SPACE}ms"
        case "characters":
            return f"{value:,.0f}{SPACE}characters"
        case "score":
            return f"{value:.3f}"
        case "count":
            return f"{value:,.0f}"


def aim(figure: Figure) -> str:
    """What is aimed for, in words; empty where nothing is."""
    if figure.aim is None:
        return ""
    whole = number(figure.aim, figure.unit).replace(f".0{SPACE}%", f"{SPACE}%")
    return f"{'≥' if figure.higher_is_better else '≤'}{SPACE}{whole}"


def interval(figure: Figure) -> str:
    """The ends of a figure's interval, without repeating the unit."""
    if figure.low is None or figure.high is None or figure.unit == "count":
        return ""
    scale, digits = {"share": (100, 1), "score": (1, 3)}.get(figure.unit, (1, 0))
    return f"{scale * figure.low:,.{digits}f}–{scale * figure.high:,.{digits}f}"


def change(figure: Figure, before: float | None) -> tuple[str, str]:
    """The change since an earlier value in words, and whether it is `better`, `worse` or `same`."""
    if before is None or figure.value is None:
        return "", "same"
    moved = figure.value - before
    scaled = 100 * moved if figure.unit == "share" else moved
    digits = {"share": 1, "score": 3}.get(figure.unit, 0)
    if round(abs(scaled), digits) == 0:
        return "unchanged", "same"
    points = " points" if figure.unit == "share" else ""
    return f"{scaled:+.{digits}f}{points}", "better" if (moved > 0) == figure.higher_is_better else "worse"


def _svg(label: str, body: str, width: float, height: float, kind: str, stretch: bool = False) -> Markup:
    ratio = Markup(' preserveAspectRatio="none"') if stretch else ""
    return Markup('<svg class="{}" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}"{}>{}</svg>').format(
        kind, width, height, label, ratio, Markup(body)
    )


def _rect(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" height="{max(height, 0):.2f}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"/>'


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "middle") -> str:
    return f'<text class="{kind}" x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}">{escape(words)}</text>'


def bar(value: float, low: float | None, high: float | None, aim: float | None = None, most: float = 1.0) -> Markup:
    """A horizontal bar from 0 to `value` on a track that ends at `most`, with its interval and the aim's mark.

    It is stretched to the place it stands in, so it holds no text.
    """
    scale = 100 / most
    body = _rect(0, 3, 100, 6, "track") + _rect(0, 3, min(value, most) * scale, 6, "value")
    if low is not None and high is not None:
        body += _rect(low * scale, 5, (min(high, most) - low) * scale, 2, "whisker")
    if aim is not None:
        body += _rect(min(aim, most) * scale - 0.4, 0, 0.8, 12, "aim")
    words = f"{value:.3g} of {most:.3g}" + (f", interval {low:.3g} to {high:.3g}" if low is not None else "")
    return _svg(words + (f", aim {aim:.3g}" if aim is not None else ""), body, 100, 12, "bar", stretch=True)


def _frame(x_ticks: Sequence[tuple[float, str]], y_ticks: Sequence[tuple[float, str]]) -> str:
    """Grid lines and tick labels; ticks are (place in [0, 1], words)."""
    body = ""
    for place, words in y_ticks:
        y = HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM)
        body += _line(LEFT, y, WIDTH - RIGHT, y, "grid") + _text(LEFT - 6, y + 4, words, "tick", "end")
    for place, words in x_ticks:
        at, anchor = (WIDTH - 2, "end") if place == 1 else (LEFT + place * (WIDTH - LEFT - RIGHT), "middle")
        body += _text(at, HEIGHT - BOTTOM + 16, words, "tick", anchor)
    return body


def _place(x: float, y: float) -> tuple[float, float]:
    """A point of the unit square in the frame."""
    return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)


def reliability_chart(bins: Sequence[ReliabilityBin]) -> Markup:
    """Confidence against the share that is answerable: on the diagonal, confidence means what it says."""
    ticks = [(step / 4, f"{25 * step}") for step in range(5)]
    body = _frame(ticks, ticks) + _line(*_place(0, 0), *_place(1, 1), "diagonal")
    points = [_place(b.mean_predicted, b.share_true) for b in bins]
    body += f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
    most = max((b.count for b in bins), default=1)
    for b, (x, y) in zip(bins, points, strict=True):
        body += f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{3 + 6 * math.sqrt(b.count / most):.1f}"><title>'
        body += f"{b.count} answers, confidence {100 * b.mean_predicted:.0f} %: {100 * b.share_true:.0f} % answerable"
        body += "</title></circle>"
    body += _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 3, "confidence, %", "axis")
    words = "; ".join(f"{100 * b.mean_predicted:.0f}: {100 * b.share_true:.0f} (n {b.count})" for b in bins)
    return _svg(f"Confidence against share answerable, in percent: {words}", body, WIDTH, HEIGHT, "chart")


def histogram(values: Sequence[float], axis: str, marks: Sequence[tuple[float, str]] = (), bins: int = 24) -> Markup:
    """How values are spread, with marks such as the median. What lies far above the rest is counted in the last bar."""
    ordered = sorted(values)
    most = _nice(max(1.2 * ordered[int(0.95 * (len(ordered) - 1))], *(at for at, _ in marks), 1e-9))
    counts = [0] * bins
    for value in ordered:
        counts[min(bins - 1, int(value / most * bins))] += 1
    top = _nice(max(counts))
    ticks = [(step / 4, f"{most * step / 4:,.5g}") for step in range(5)]
    if ordered[-1] > most:
        ticks[-1] = (1.0, "≥" + ticks[-1][1])
    body = _frame(ticks, [(0, "0"), (0.5, f"{top / 2:,g}"), (1, f"{top:,g}")])
    for index, count in enumerate(counts):
        x, y = _place(index / bins, count / top)
        width = (WIDTH - LEFT - RIGHT) / bins
        body += _rect(x + 0.6, y, width - 1.2, HEIGHT - BOTTOM - y, "value")
    for row, (at, words) in enumerate(marks):
        x, _ = _place(at / most, 0)
        late = at > 0.6 * most
        body += _line(x, TOP, x, HEIGHT - BOTTOM, "aim")
        body += _text(x + (-4 if late else 4), TOP + 8 + 13 * row, words, "mark", "end" if late else "start")
    body += _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 3, axis, "axis")
    words = ", ".join(mark for _, mark in marks)
    return _svg(f"Spread of {axis} over {len(ordered)} answers; {words}", body, WIDTH, HEIGHT, "chart")


def _nice(value: float) -> float:
    """The least of 1, 2, 4, 5, 8 or 10 times a power of ten that is not below a value."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= value * (1 - 1e-9))
