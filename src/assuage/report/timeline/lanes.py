"""The panels of lanes: gates, medication, therapy and symptoms, one line of the figure for each lane."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from assuage.report.timeline import draw, look
from assuage.report.timeline.axis import Axis
from assuage.report.timeline.row import PANELS, Panel, Row

LANE_PANELS: tuple[Panel, ...] = ("gate", "medication", "therapy", "symptom")
BAR = 11


def lane_panels(rows: Sequence[Row], axis: Axis, behind: Callable[[], list[Any]]) -> Iterator[Any]:
    """A panel for each kind of lane that has a mark, in order."""
    for panel in LANE_PANELS:
        own = [row for row in rows if row.panel == panel]
        if own:
            yield _panel(panel, own, axis, behind())


def _panel(panel: Panel, rows: Sequence[Row], axis: Axis, behind: list[Any]) -> Any:
    import altair as alt

    lanes = list(dict.fromkeys(row.lane for row in rows))
    remarks = any(row.remark for row in rows)
    step = look.LANE + 5 if remarks else look.LANE if panel != "symptom" else look.LANE - 4
    height = step * len(lanes)
    y = alt.Y(
        "lane:N",
        sort=None,
        scale=alt.Scale(domain=lanes, paddingInner=0, paddingOuter=0),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            labelFontSize=look.TEXT,
            labelColor=look.INK,
            labelLimit=look.LABELS,
            labelPadding=8,
            labelOverlap=False,
            minExtent=look.LABELS,
        ),
    )
    layers = [*behind, *_bars(rows, axis, y), *_marks(rows, axis, y, step)]
    title = alt.TitleParams(
        text=PANELS[panel],
        anchor="start",
        frame="group",
        fontSize=look.SMALL,
        color=look.QUIET,
        offset=3,
    )
    return alt.layer(*layers).properties(width=look.WIDTH, height=height, title=title)


# --- bars -------------------------------------------------------------------------------------------------

_BAR_COLOUR: dict[Panel, str] = {"medication": look.DRUG, "therapy": look.PROGRAMME, "gate": look.GATE}


def _bars(rows: Sequence[Row], axis: Axis, y: Any) -> Iterator[Any]:
    spans = [row for row in rows if row.what in ("course", "open")]
    if not spans:
        return
    data = [
        {
            "lane": row.lane,
            "x": axis.begins(row),
            "x2": axis.ends(row),
            "fill": _BAR_COLOUR[row.panel],
            "says": row.sentence,
        }
        for row in spans
    ]
    yield draw.bars(data, axis, y, height=BAR, cornerRadius=2)
    going_on = [_arrow(row, axis) for row in spans if row.ongoing]
    if going_on:
        yield draw.points(going_on, axis, y, 62, strokeWidth=0)
    inferred = [*_inferred(spans, axis)]
    if inferred:
        yield draw.texts(inferred, axis, y, look.TEXT, fontWeight="bold")
    changes = [row for row in rows if row.what == "change" and row.panel == "medication"]
    if changes:
        ticks = [{"lane": row.lane, "x": axis.begins(row)} for row in changes]
        yield (
            draw.inline(ticks)
            .mark_tick(thickness=2, color="white", size=BAR, aria=False, orient="vertical")
            .encode(x=draw.across(axis), y=y)
        )
        yield from _changed(changes, spans, axis, y)
    yield from _why_stopped(spans, axis, y)


def _arrow(row: Row, axis: Axis) -> dict[str, object]:
    """A bar without a recorded end has a point: nobody wrote that it stopped."""
    colour = _BAR_COLOUR[row.panel]
    return {
        "lane": row.lane,
        "x": axis.ends(row),
        "shape": "triangle-right",
        "fill": colour,
        "stroke": colour,
        "says": "",
    }


def _inferred(spans: Sequence[Row], axis: Axis) -> Iterator[dict[str, object]]:
    """`≈` inside an end whose day is inferred, where there is room for it."""
    for row in spans:
        wide = draw.pixels(axis, axis.ends(row) - axis.begins(row))
        inset = axis.domain[1] - axis.domain[0]
        off = 7 / look.WIDTH * inset
        if row.approximate and wide > 16:
            yield {"lane": row.lane, "x": axis.begins(row) + off, "text": "≈", "ink": "white"}
        if row.until_approximate and wide > 32:
            yield {"lane": row.lane, "x": axis.ends(row) - off, "text": "≈", "ink": "white"}


def _changed(changes: Sequence[Row], spans: Sequence[Row], axis: Axis, y: Any) -> Iterator[Any]:
    """The new dose, inside the bar up to the next change, where it can be read."""
    for lane in dict.fromkeys(row.lane for row in changes):
        own = [row for row in changes if row.lane == lane]
        end = max((axis.ends(row) for row in spans if row.lane == lane), default=axis.domain[1])
        for row, following in pairwise([*own, None]):
            assert row is not None
            about = "≈ " if row.approximate else ""
            text = f"{about}{row.label}"
            room = draw.pixels(axis, (axis.begins(following) if following else end) - axis.begins(row)) - 6
            if room > 30:
                datum = [{"lane": lane, "x": axis.begins(row), "text": text, "ink": "white"}]
                yield draw.texts(datum, axis, y, look.TINY, align="left", dx=4, limit=room)


def _why_stopped(spans: Sequence[Row], axis: Axis, y: Any) -> Iterator[Any]:
    """Beside the end of a bar why it ended, where nothing follows in its lane and there is room."""
    data: list[dict[str, object]] = []
    for row in spans:
        later = [other for other in spans if other.lane == row.lane and other.day > row.day]
        room = draw.pixels(axis, axis.domain[1] - axis.ends(row)) - 14
        if row.label and not later and look.text_width(row.label, look.TINY + 0.5) < room:
            text = row.label
            data.append({"lane": row.lane, "x": axis.ends(row), "text": text, "ink": look.QUIET})
    if data:
        yield draw.texts(data, axis, y, look.TINY + 0.5, align="left", dx=6)


# --- marks ------------------------------------------------------------------------------------------------


def _marks(rows: Sequence[Row], axis: Axis, y: Any, step: int) -> Iterator[Any]:
    single = [row for row in rows if row.what in ("session", "exposure", "stop", "state", "flag", "change")]
    single = [row for row in single if not (row.what == "change" and row.panel == "medication")]
    for lane in dict.fromkeys(row.lane for row in single):
        own = [row for row in single if row.lane == lane]
        yield from _lane_marks(own, axis, y, step)


def _lane_marks(own: Sequence[Row], axis: Axis, y: Any, step: int) -> Iterator[Any]:
    """The marks of one lane: as large as their distance allows, thin strokes where they are many."""
    gap = min((draw.pixels(axis, b.day - a.day) for a, b in pairwise(own) if b.day != a.day), default=99.0)
    many = len(own) > 40 or gap < 4
    if many:
        strokes = [_stroke(row, axis) for row in own]
        for approximate in (False, True):
            data = [one for one in strokes if one["approximate"] is approximate]
            if data:
                yield _strokes(data, axis, y, approximate)
        own = [row for row in own if row.breach]
    numbered = [row for row in own if row.what == "session" and row.label and gap >= 13]
    plain = [row for row in own if row not in numbered]
    if numbered:
        yield draw.points([_symbol(row, axis, "circle", look.NEEDLE) for row in numbered], axis, y, 175)
        yield draw.texts(
            [_numbered(row, axis) for row in numbered], axis, y, look.TINY + 0.5, fontWeight="bold"
        )
        remarks = [_remark(row, axis) for row in numbered if row.remark]
        if remarks:
            yield draw.texts(remarks, axis, y, look.TINY, dy=step / 2 + 0.5, baseline="middle")
    if plain:
        yield draw.points([_mark(row, axis) for row in plain], axis, y, 46 if gap < 10 else 62)
    yield from _beside(own, axis, y)


def _symbol(row: Row, axis: Axis, shape: str, colour: str) -> dict[str, object]:
    return {
        "lane": row.lane,
        "x": axis.at(row),
        "shape": shape,
        "says": row.sentence,
        **draw.outlined(colour, row.approximate),
    }


def _numbered(row: Row, axis: Axis) -> dict[str, object]:
    ink = look.NEEDLE if row.approximate else "white"
    return {"lane": row.lane, "x": axis.at(row), "text": row.label, "ink": ink}


def _remark(row: Row, axis: Axis) -> dict[str, object]:
    return {"lane": row.lane, "x": axis.at(row), "text": row.remark, "ink": look.NEEDLE}


def _mark(row: Row, axis: Axis) -> dict[str, object]:
    match row.what:
        case "exposure":
            return _symbol(row, axis, "triangle-down", look.EXPOSURE)
        case "session":
            return _symbol(row, axis, "circle", look.NEEDLE if row.panel == "therapy" else look.INK)
        case "stop":
            return _symbol(row, axis, look.STOP, look.INK)
        case "change":
            return _symbol(row, axis, "circle", look.PROGRAMME)
        case _:
            return _symbol(row, axis, look.STATE_SHAPES[row.state], look.STATE_COLOURS[row.state])


def _stroke(row: Row, axis: Axis) -> dict[str, object]:
    mark = _mark(row, axis)
    return {
        "lane": row.lane,
        "x": round(axis.at(row), 2),
        "stroke": mark["stroke"],
        "approximate": row.approximate,
    }


def _strokes(data: Sequence[draw.Datum], axis: Axis, y: Any, approximate: bool) -> Any:
    import altair as alt

    return (
        draw.inline([{key: one[key] for key in ("lane", "x", "stroke")} for one in data])
        .mark_tick(
            thickness=1.1,
            size=BAR,
            aria=False,
            orient="vertical",
            strokeDash=[2, 2] if approximate else [1, 0],
        )
        .encode(x=draw.across(axis), y=y, color=alt.Color("stroke:N", scale=None, legend=None))
    )


def _beside(own: Sequence[Row], axis: Axis, y: Any) -> Iterator[Any]:
    """To the right of a mark: its day where it lies before the axis, "breach" and how deep, where there is room."""
    data: list[dict[str, object]] = []
    for row, following in pairwise([*own, None]):
        assert row is not None
        said = " ".join(part for part in (row.label, row.breach) if part) if row.what == "exposure" else ""
        if row.day < axis.first:
            said = f"day {row.day}"
        ink = look.EXPOSURE if row.what == "exposure" else look.QUIET
        end = axis.at(following) if following else axis.domain[1]
        room = draw.pixels(axis, end - axis.at(row)) - 14
        short = row.breach and "!"
        text = said if look.text_width(said, look.TINY) < room else short
        if text:
            data.append({"lane": row.lane, "x": axis.at(row), "text": text, "ink": ink})
    if data:
        yield draw.texts(data, axis, y, look.TINY, align="left", dx=8, fontWeight="bold")
