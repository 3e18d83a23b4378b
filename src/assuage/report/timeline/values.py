"""The panels of scores: one small panel for each scale and place, morning and evening kept apart.

A line joins two values only when they are of the same time of day on the same or the next day; anything else is a
gap and stays one. A range is drawn as a range: no middle is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from assuage.report.timeline import draw, look
from assuage.report.timeline.axis import Axis
from assuage.report.timeline.row import Row

# Ours: above this many marks in a panel lines stand for themselves, and only a lone day keeps its symbol.
MOST_SYMBOLS = 90
TALL, LOW = 62, 40


def score_panels(rows: Sequence[Row], axis: Axis, behind: Callable[[], list[Any]]) -> Iterator[Any]:
    """A panel for each scale and place that has a value, in the order of the rows."""
    scores = [row for row in rows if row.panel == "score"]
    lanes = list(dict.fromkeys(row.lane for row in scores))
    crossing = _exposures(rows, axis)
    for n, lane in enumerate(lanes):
        own = [row for row in scores if row.lane == lane]
        tall = TALL if len({row.day for row in own}) > 2 and len(lanes) <= 10 else LOW
        yield _panel(own, axis, [*behind(), *crossing], tall, headed=n == 0)


def _panel(own: Sequence[Row], axis: Axis, behind: list[Any], height: int, *, headed: bool) -> Any:
    import altair as alt

    scale = own[0]
    low, high = scale.scale_low, scale.scale_high
    ticks = [low, (low + high) / 2, high] if height == TALL else [low, high]
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(
            title=_title(scale.lane),
            titleAngle=0,
            titleAlign="right",
            titleBaseline="middle",
            titleX=-32,
            titleY=height / 2,
            titleFontSize=look.TEXT,
            titleFontWeight="normal",
            titleColor=look.INK,
            titleLimit=look.LABELS - 22,
            values=ticks,
            labelFontSize=look.TINY,
            labelColor=look.QUIET,
            grid=True,
            gridColor=look.GRID,
            domain=False,
            tickColor=look.FAINT,
            tickSize=3,
            minExtent=look.LABELS,
            maxExtent=look.LABELS,
            labelFlush=False,
        ),
    )
    layers = [*behind, *_lines(own, axis, y), *_ranges(own, axis, y), *_symbols(own, axis, y, height)]
    chart = alt.layer(*layers).properties(width=look.WIDTH, height=height)
    if headed:
        title = alt.TitleParams(
            text="Scores", anchor="start", frame="group", fontSize=look.SMALL, color=look.QUIET, offset=6
        )
        return chart.properties(title=title)
    return chart


def _title(lane: str) -> list[str]:
    """The name in lines short enough for the left margin: the scale first, then the place."""
    lines: list[str] = [""]
    for word in lane.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) > 24:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2]} …"]
    return lines


# --- lines ------------------------------------------------------------------------------------------------


def runs(own: Sequence[Row]) -> list[list[Row]]:
    """Values of one time of day on days that follow each other; a range, and a day without a value, ends a run."""
    by_time: dict[str, list[Row]] = {}
    for row in own:
        by_time.setdefault(row.time, []).append(row)
    found: list[list[Row]] = []
    for series in by_time.values():
        run: list[Row] = []
        for row in series:
            follows = bool(run) and row.day - run[-1].day <= 1
            if row.low != row.high or not follows:
                if run:
                    found.append(run)
                run = []
            if row.low == row.high:
                run.append(row)
        if run:
            found.append(run)
    return found


def _lines(own: Sequence[Row], axis: Axis, y: Any) -> Iterator[Any]:
    import altair as alt

    joined = [run for run in runs(own) if len(run) > 1]
    for early in (True, False):
        data = [
            {"x": round(axis.at(row), 2), "y": row.low, "run": n}
            for n, run in enumerate(joined)
            for row in run
            if (row.time == "morning") is early
        ]
        if data:
            yield (
                draw.inline(data)
                .mark_line(
                    color=look.LINE_EARLY if early else look.LINE_LATE,
                    strokeWidth=1.1 if early else 1.5,
                    strokeDash=[3, 2] if early else [1, 0],
                    strokeJoin="round",
                    aria=False,
                )
                .encode(x=draw.across(axis), y=y, detail=alt.Detail("run:N"))
            )


# --- ranges and symbols -----------------------------------------------------------------------------------


def _ranges(own: Sequence[Row], axis: Axis, y: Any) -> Iterator[Any]:
    """An upright bar from the low to the high end; dashed outline where the day is inferred."""
    import altair as alt

    for approximate in (False, True):
        data = [
            {
                "x": round(axis.at(row), 2),
                "y": row.low,
                "y2": row.high,
                "fill": "white" if approximate else look.ramp(row.high or 0, row.scale_low, row.scale_high),
                "says": row.sentence,
            }
            for row in own
            if row.low != row.high and row.approximate is approximate
        ]
        if data:
            yield (
                draw.inline(data)
                .mark_bar(
                    width=7 if len(own) <= MOST_SYMBOLS else 3,
                    stroke=look.LINE_LATE,
                    strokeWidth=1.2,
                    strokeDash=[2, 1.5] if approximate else [1, 0],
                )
                .encode(
                    x=draw.across(axis),
                    y=y,
                    y2="y2:Q",
                    color=alt.Color("fill:N", scale=None, legend=None),
                    description="says:N",
                )
            )


def _symbols(own: Sequence[Row], axis: Axis, y: Any, height: int) -> Iterator[Any]:
    exact = [row for row in own if row.low == row.high]
    few = len(own) <= MOST_SYMBOLS
    shown = exact if few else [run[0] for run in runs(own) if len(run) == 1]
    if shown:
        data = [
            {
                "x": round(axis.at(row), 2),
                "y": row.low,
                "shape": look.TIME_SHAPES[row.time],
                "fill": "white"
                if row.approximate
                else look.ramp(row.low or 0, row.scale_low, row.scale_high),
                "stroke": look.LINE_LATE,
                "says": row.sentence,
            }
            for row in shown
        ]
        yield draw.points(data, axis, y, (44 if len(own) < 40 else 20) if few else 9, strokeWidth=1.1)
    if few:
        yield from _numbers(own, axis, y, height)


def _numbers(own: Sequence[Row], axis: Axis, y: Any, height: int) -> Iterator[Any]:
    """The number to the right of its mark, where the next one leaves room."""
    data: list[dict[str, object]] = []
    in_time = sorted(own, key=axis.at)
    for row, following in pairwise([*in_time, None]):
        assert row is not None
        room = 99.0 if following is None else draw.pixels(axis, axis.at(following) - axis.at(row))
        if room > 12 + look.text_width(row.label, look.TINY):
            middle = ((row.low or 0) + (row.high or 0)) / 2
            data.append({"x": round(axis.at(row), 2), "y": middle, "text": row.label, "ink": look.INK})
    if data:
        yield draw.texts(data, axis, y, look.TINY, align="left", dx=8)


def _exposures(rows: Sequence[Row], axis: Axis) -> list[Any]:
    """Lines down from exposures over the scores: of all when they are few, else of breaches only."""
    taken = [row for row in rows if row.what == "exposure" and row.day >= axis.first]
    crossing = taken if len(taken) <= 12 else [row for row in taken if row.breach]
    found: list[Any] = []
    for approximate, dash in ((False, [1, 0]), (True, [4, 3])):
        data = [{"x": round(axis.at(row), 2)} for row in crossing if row.approximate is approximate]
        if data and len(crossing) <= 40:
            found.append(draw.upright(data, axis, stroke=look.EXPOSURE, strokeWidth=1.1, strokeDash=dash))
    return found
