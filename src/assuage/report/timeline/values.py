"""The panels of scores: one small panel for each scale and place, morning and evening kept apart.

A line joins two values only when they are of the same time of day on the same or the next day; anything else is a
gap and stays one. A range is drawn as a range: no middle is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from assuage.report.timeline import look
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.sheet import Datum, Sheet

# Ours: above this many marks in a panel lines stand for themselves, and only a lone day keeps its symbol.
MOST_SYMBOLS = 90
TALL, LOW = 62, 40
FEW_EXPOSURES, MOST_CROSSING = 12, 24
MOST_LETTERS = 24

Behind = Callable[[Sequence[Datum]], list[Any]]


def score_panels(rows: Sequence[TimelineRow], sheet: Sheet, behind: Behind) -> Iterator[dict[str, Any]]:
    """A panel for each scale and place that has a value, in the order of the rows."""
    scores = [row for row in rows if row.panel == "score"]
    lanes = list(dict.fromkeys(row.lane for row in scores))
    lines = _exposures(rows, sheet)
    for n, lane in enumerate(lanes):
        in_lane = [row for row in scores if row.lane == lane]
        height = TALL if len({row.day for row in in_lane}) > 2 and len(lanes) <= 10 else LOW
        yield _panel(in_lane, sheet, behind(lines), height, headed=n == 0)


def _panel(
    in_lane: Sequence[TimelineRow], sheet: Sheet, behind: list[Any], height: int, *, headed: bool
) -> dict[str, Any]:
    import altair as alt

    low, high = in_lane[0].scale_low, in_lane[0].scale_high
    title = _title(in_lane[0].lane)
    y = alt.Y(
        "y",
        type="quantitative",
        scale=alt.Scale(domain=[low, high], nice=False, zero=False, padding=0),
        axis=alt.Axis(
            title=title,
            titleAngle=0,
            titleAlign="right",
            titleBaseline="middle",
            titleX=-34,
            titleY=height / 2 - 6.5 * (len(title) - 1),
            titleFontSize=look.TEXT,
            titleFontWeight="normal",
            titleColor=look.INK,
            titleLineHeight=13,
            values=[low, (low + high) / 2, high] if height == TALL else [low, high],
            labelFontSize=look.TINY,
            labelColor=look.QUIET,
            labelFlush=False,
            grid=True,
            gridColor=look.GRID,
            domain=False,
            tickColor=look.FAINT,
            tickSize=3,
            minExtent=look.LABELS,
            maxExtent=look.LABELS,
        ),
    )
    drawn = _Values(in_lane, sheet, y, height)
    layers = [*behind, *drawn.lines(), *drawn.ranges(), *drawn.symbols()]
    return sheet.panel(layers, height, sheet.say("timeline.panel-score") if headed else "")


def _title(lane: str) -> list[str]:
    """The name in lines short enough for the left margin; what is left over is cut with "…"."""
    lines: list[str] = [""]
    for word in lane.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) > MOST_LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    cut = [line if len(line) <= MOST_LETTERS + 2 else f"{line[:MOST_LETTERS]}…" for line in lines]
    return [*cut[:2], f"{cut[2]} …"] if len(cut) > 3 else cut


def joined_values(in_lane: Sequence[TimelineRow]) -> list[list[TimelineRow]]:
    """Values of one time of day on days that follow each other; a range, and a day without a value, ends a run."""
    by_time: dict[str, list[TimelineRow]] = {}
    for row in in_lane:
        by_time.setdefault(row.time, []).append(row)
    joined: list[list[TimelineRow]] = []
    for series in by_time.values():
        run: list[TimelineRow] = []
        for row in series:
            exact = row.low == row.high
            if run and (not exact or row.day - run[-1].day > 1):
                joined.append(run)
                run = []
            if exact:
                run.append(row)
        if run:
            joined.append(run)
    return joined


class _Values:
    """The layers of one panel of scores."""

    def __init__(self, in_lane: Sequence[TimelineRow], sheet: Sheet, y: Any, height: int) -> None:
        self.own, self.sheet, self.y, self.height = in_lane, sheet, y, height
        self.runs = joined_values(in_lane)
        self.few = len(in_lane) <= MOST_SYMBOLS

    def _x(self, row: TimelineRow) -> float:
        return round(self.sheet.axis.at(row), 2)

    def lines(self) -> Iterator[Any]:
        """Lines through runs; the morning's is lighter and dashed."""
        import altair as alt

        data = [
            {
                "x": self._x(row),
                "y": row.low,
                "run": n,
                "ink": look.LINE_EARLY if row.time == "morning" else look.LINE_LATE,
                "dash": [3, 2] if row.time == "morning" else [1, 0],
            }
            for n, run in enumerate(self.runs)
            if len(run) > 1
            for row in run
        ]
        if data:
            yield (
                self.sheet.chart(data)
                .mark_line(strokeWidth=1.3, strokeJoin="round", aria=False)
                .encode(
                    x=self.sheet.across(),
                    y=self.y,
                    detail=alt.Detail("run", type="nominal"),
                    color=alt.Color("ink", type="nominal", scale=None, legend=None),
                    strokeDash=alt.StrokeDash("dash", type="nominal", scale=None, legend=None),
                )
            )

    def ranges(self) -> Iterator[Any]:
        """An upright bar from the low to the high end; its outline is dashed where the day is inferred."""
        import altair as alt

        data = [
            {
                "x": self._x(row),
                "y": row.low,
                "y2": row.high,
                "fill": "white" if row.approximate else look.RAMP[1],
                "dash": [2, 1.5] if row.approximate else [1, 0],
                "says": row.sentence,
            }
            for row in self.own
            if row.low != row.high
        ]
        if data:
            yield (
                self.sheet.chart(data)
                .mark_bar(width=8 if self.few else 3, stroke=look.LINE_LATE, strokeWidth=1.2)
                .encode(
                    x=self.sheet.across(),
                    y=self.y,
                    y2=alt.Y2("y2"),
                    color=alt.Color("fill", type="nominal", scale=None, legend=None),
                    strokeDash=alt.StrokeDash("dash", type="nominal", scale=None, legend=None),
                    description=alt.Description("says", type="nominal"),
                )
            )

    def symbols(self) -> Iterator[Any]:
        """A symbol for each value; among many only for a day that stands alone. Numbers where there is room."""
        exact = [row for row in self.own if row.low == row.high]
        shown = exact if self.few else [run[0] for run in self.runs if len(run) == 1]
        if shown:
            data = [
                {
                    "x": self._x(row),
                    "y": row.low,
                    "shape": look.TIME_SHAPES[row.time],
                    "fill": "white" if row.approximate else _colour(row),
                    "stroke": look.LINE_LATE,
                    "says": row.sentence,
                }
                for row in shown
            ]
            size = 44 if len(self.own) < 40 else 20 if self.few else 9
            yield self.sheet.points(data, self.y, size, strokeWidth=1.1)
        numbers = [*self._numbers()] if self.few else []
        if numbers:
            yield self.sheet.texts(numbers, self.y, look.TINY, align="left", dx=8)

    def _numbers(self) -> Iterator[Datum]:
        """The number to the right of its mark, unless it would lie on another mark or number."""
        marks = [(self._pixels(row), self._height(row)) for row in self.own]
        taken: list[tuple[float, float, float]] = []
        for row, (x, y) in zip(self.own, marks, strict=True):
            left, right = x + 7, x + 9 + look.text_width(row.label, look.TINY)
            struck = any(left - 4 < at < right + 4 and abs(up - y) < 8 for at, up in marks)
            struck |= any(begins < right and left < ends and abs(up - y) < 9 for begins, ends, up in taken)
            if not struck:
                taken.append((left, right, y))
                at = ((row.low or 0) + (row.high or 0)) / 2
                yield {"x": self._x(row), "y": at, "text": row.label, "ink": look.INK}

    def _pixels(self, row: TimelineRow) -> float:
        return self.sheet.pixels(self.sheet.axis.at(row) - self.sheet.axis.domain[0])

    def _height(self, row: TimelineRow) -> float:
        """How high its number stands in the panel, in pixels."""
        share = (((row.low or 0) + (row.high or 0)) / 2 - row.scale_low) / (row.scale_high - row.scale_low)
        return share * self.height


def _colour(row: TimelineRow) -> str:
    return look.ramp(row.low or 0, row.scale_low, row.scale_high)


def crossing(rows: Sequence[TimelineRow]) -> list[TimelineRow]:
    """The exposures whose line crosses the scores: all when they are few, else breaches, none when those are many."""
    taken = [row for row in rows if row.what == "exposure"]
    if len(taken) > FEW_EXPOSURES:
        taken = [row for row in taken if row.breach]
    return taken if len(taken) <= MOST_CROSSING else []


def _exposures(rows: Sequence[TimelineRow], sheet: Sheet) -> list[Datum]:
    return [
        {
            "x": round(sheet.axis.at(row), 2),
            "ink": look.EXPOSURE,
            "dash": [4, 3] if row.approximate else [1, 0],
        }
        for row in crossing(rows)
        if row.day >= sheet.axis.first
    ]
