"""The key under the figure: only the signs that occur in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assuage.report.timeline import draw, look
from assuage.report.timeline.axis import Axis
from assuage.report.timeline.row import Row

LINE = 15


def _signs(rows: Sequence[Row], axis: Axis) -> Iterator[tuple[str, str, str, str]]:
    """Shape, fill, outline and meaning of each sign that occurs."""
    whats = {row.what for row in rows}
    if "exposure" in whats:
        yield "triangle-down", look.EXPOSURE, look.EXPOSURE, "exposure; its line crosses the scores"
    if "session" in whats:
        yield "circle", look.NEEDLE, look.NEEDLE, "session, with its number"
    states = {row.state for row in rows if row.panel == "symptom"}
    for state in ("present", "new", "worse", "better", "resolved"):
        if state in states or (state == "resolved" and "absent" in states):
            colour = look.STATE_COLOURS[state]
            yield look.STATE_SHAPES[state], colour, colour, "gone" if state == "resolved" else state
    times = {row.time for row in rows if row.panel == "score"}
    for time, shape in look.TIME_SHAPES.items():
        if time in times:
            yield shape, look.RAMP[2], look.LINE_LATE, time or "no time of day"
    if any(row.low != row.high for row in rows):
        yield "M-0.35,-1h0.7v2h-0.7Z", look.RAMP[2], look.LINE_LATE, "a range: lowest to highest"
    if any(row.ongoing and row.what == "course" for row in rows):
        yield "triangle-right", look.DRUG, look.DRUG, "no end recorded"
    if any(row.what in ("stop",) for row in rows):
        yield look.STOP, look.INK, look.INK, "stopped or not begun"
    if any(row.approximate or row.until_approximate for row in rows):
        yield "circle", "white", look.INK, "hollow, dashed or ≈: day inferred, not stated"


def key_panel(rows: Sequence[Row], axis: Axis) -> Any | None:
    """The signs with their meanings, in as many lines as they need; None when there is none."""
    import altair as alt

    left, right = axis.domain
    place, line = 0.0, 0
    symbols: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    for shape, fill, stroke, meaning in _signs(rows, axis):
        wide = 16 + look.text_width(meaning, look.SMALL - 0.5) + 10
        if place + wide > look.WIDTH and place:
            place, line = 0.0, line + 1
        x = left + (place + 5) / look.WIDTH * (right - left)
        symbols.append({"x": x, "y": line, "shape": shape, "fill": fill, "stroke": stroke, "says": meaning})
        words.append({"x": x, "y": line, "text": meaning, "ink": look.QUIET})
        place += wide
    if not symbols:
        return None
    height = LINE * (line + 1)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[line + 0.5, -0.5], nice=False, zero=False), axis=None)
    return alt.layer(
        draw.points(symbols, axis, y, 44, aria=False),
        draw.texts(words, axis, y, look.SMALL - 0.5, align="left", dx=9),
    ).properties(width=look.WIDTH, height=height)
