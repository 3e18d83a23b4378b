"""The key under the figure: only the signs that occur in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assuage.catalogue.message import Message, message
from assuage.report.timeline import look
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.sheet import Sheet
from assuage.report.timeline.values import crossing

LINE = 15


def _signs(rows: Sequence[TimelineRow]) -> Iterator[tuple[str, str, str, Message]]:
    """Shape, fill, outline and meaning of each sign that occurs."""
    whats = {row.what for row in rows}
    if "exposure" in whats:
        crosses = any(row.panel == "score" for row in rows) and crossing(rows)
        meaning = message("key.exposure-crossing" if crosses else "key.exposure")
        yield "triangle-down", look.EXPOSURE, look.EXPOSURE, meaning
    if "session" in whats:
        yield "circle", look.NEEDLE, look.NEEDLE, message("key.session")
    states = {row.state for row in rows if row.panel == "symptom"}
    for state in ("present", "new", "worse", "better", "resolved"):
        if state in states or (state == "resolved" and "absent" in states):
            colour = look.STATE_COLOURS[state]
            meaning = message("key.gone") if state == "resolved" else message(f"symptom-state.{state}")
            yield look.STATE_SHAPES[state], colour, colour, meaning
    times = {row.time for row in rows if row.panel == "score"}
    for time, shape in look.TIME_SHAPES.items():
        if time in times:
            meaning = message(f"timeofday.{time}") if time else message("key.no-time")
            if time == "morning":
                meaning = message("key.morning")
            yield shape, look.RAMP[2], look.LINE_LATE, meaning
    if any(row.low != row.high for row in rows):
        yield "M-0.35,-1h0.7v2h-0.7Z", look.RAMP[2], look.LINE_LATE, message("key.range")
    if any(row.ongoing and row.what == "course" for row in rows):
        yield "triangle-right", look.DRUG, look.DRUG, message("key.no-end")
    if any(row.what in ("stop",) for row in rows):
        yield look.STOP, look.INK, look.INK, message("key.stopped")
    if any(row.approximate or row.until_approximate for row in rows):
        yield "circle", "white", look.INK, message("key.inferred")


def key_panel(rows: Sequence[TimelineRow], sheet: Sheet) -> dict[str, Any] | None:
    """The signs with their meanings, in as many lines as they need; None when there is none."""
    import altair as alt

    left = sheet.axis.domain[0]
    place, line = 0.0, 0
    symbols: list[dict[str, object]] = []
    words: list[dict[str, object]] = []
    for shape, fill, stroke, sign in _signs(rows):
        meaning = sheet.speaking.say(sign)
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
