"""The key under the figure: only the signs that occur in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assuage.report.timeline import look
from assuage.report.timeline.row import Row
from assuage.report.timeline.sheet import Sheet
from assuage.report.timeline.values import crossing

LINE = 15


def _signs(rows: Sequence[Row]) -> Iterator[tuple[str, str, str, str]]:
    """Shape, fill, outline and meaning of each sign that occurs."""
    whats = {row.what for row in rows}
    if "exposure" in whats:
        crosses = any(row.panel == "score" for row in rows) and crossing(rows)
        said = "exposure; its line crosses the scores" if crosses else "exposure"
        yield "triangle-down", look.EXPOSURE, look.EXPOSURE, said
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
            said = "morning (its line is dashed)" if time == "morning" else time
            yield shape, look.RAMP[2], look.LINE_LATE, said or "no time of day"
    if any(row.low != row.high for row in rows):
        yield "M-0.35,-1h0.7v2h-0.7Z", look.RAMP[2], look.LINE_LATE, "a range: lowest to highest"
    if any(row.ongoing and row.what == "course" for row in rows):
        yield "triangle-right", look.DRUG, look.DRUG, "no end recorded"
    if any(row.what in ("stop",) for row in rows):
        yield look.STOP, look.INK, look.INK, "stopped or not begun"
    if any(row.approximate or row.until_approximate for row in rows):
        yield "circle", "white", look.INK, "hollow, dashed or ≈: day inferred, not stated"


def key_panel(rows: Sequence[Row], sheet: Sheet) -> dict[str, Any] | None:
    """The signs with their meanings, in as many lines as they need; None when there is none."""
    import altair as alt

    left = sheet.axis.domain[0]
    place, line = 0.0, 0
    symbols: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    for shape, fill, stroke, meaning in _signs(rows):
        wide = 16 + look.text_width(meaning, look.SMALL - 0.5) + 10
        if place + wide > look.WIDTH and place:
            place, line = 0.0, line + 1
        x = left + sheet.days(place + 5)
        symbols.append({"x": x, "y": line, "shape": shape, "fill": fill, "stroke": stroke, "says": meaning})
        words.append({"x": x, "y": line, "text": meaning, "ink": look.QUIET})
        place += wide
    if not symbols:
        return None
    height = LINE * (line + 1)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[line + 0.5, -0.5], nice=False, zero=False), axis=None)
    layers = [
        sheet.points(symbols, y, 44, aria=False),
        sheet.texts(words, y, look.SMALL - 0.5, align="left", dx=9),
    ]
    return sheet.panel(layers, height)
