"""Long courses by the week: what the figure draws where a day would be narrower than a mark.

A week of values becomes its median and its range, morning and evening apart; a week without a value stays a gap. The
table keeps every value.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from statistics import median
from typing import TypeVar

from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.report.timeline.axis import Axis, axis_of
from assuage.report.timeline.look import MOST_DAYS
from assuage.report.timeline.row import TimelineRow

K = TypeVar("K", bound=Hashable)
WEEK = 7
# Ours: a lane of more marks or values than these in a long course is drawn by the week.
MOST_MARKS = 40
COUNTED = ("session", "exposure", "intake", "state", "note")


def drawn_rows(rows: Sequence[TimelineRow]) -> tuple[TimelineRow, ...]:
    """The rows as the figure draws them: all, or in a course of more than `MOST_DAYS` the weeks of crowded lanes."""
    axis = axis_of(rows)
    if axis.last - axis.first < MOST_DAYS:
        return tuple(rows)
    drawn: list[TimelineRow] = []
    for (panel, _), of_lane in _grouped(rows, lambda row: (row.panel, row.lane)):
        marks = [row for row in of_lane if row.what in COUNTED]
        if panel == "score" and len(of_lane) > MOST_MARKS:
            drawn += _weeks_of_values(of_lane, axis)
        elif len(marks) > MOST_MARKS:
            drawn += [row for row in of_lane if row.what not in COUNTED]
            drawn += _weeks_of_marks(marks, axis)
        else:
            drawn += of_lane
    return tuple(drawn)


def _grouped(
    rows: Sequence[TimelineRow], key: Callable[[TimelineRow], K]
) -> Iterator[tuple[K, list[TimelineRow]]]:
    """Rows that share a key, in the order in which keys first occur."""
    groups: dict[K, list[TimelineRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    yield from groups.items()


def _weeks_of_values(rows: Sequence[TimelineRow], axis: Axis) -> Iterator[TimelineRow]:
    """Median and range of each week and time of day; the median of ranges is a range."""
    for (time, week), values in _grouped(rows, lambda row: (row.time, row.day // WEEK)):
        lows = [row.low for row in values if row.low is not None]
        highs = [row.high for row in values if row.high is not None]
        middle = (float(median(lows)), float(median(highs)))
        speaking = values[0].speaking
        text = speaking.say(
            message(
                "timeline.week-values",
                median=_interval(*middle),
                lowest=min(lows),
                highest=max(highs),
                n=len(values),
            )
        )
        yield replace(
            values[0],
            what="week",
            time=time,
            minute=None,
            **_days(week, axis),
            low=min(lows),
            high=max(highs),
            middle=middle,
            approximate=False,
            text=text,
            label=_interval(*middle),
            by="",
            places=tuple(place for row in values for place in row.places),
        )


def _days(week: int, axis: Axis) -> dict[str, int]:
    """The first and the last day of a week, within the axis where it reaches over its ends."""
    first, until = week * WEEK, week * WEEK + WEEK - 1
    return {"day": max(first, axis.first) if until >= axis.first else first, "until": min(until, axis.last)}


def _interval(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _weeks_of_marks(rows: Sequence[TimelineRow], axis: Axis) -> Iterator[TimelineRow]:
    """How often in each week, kind by kind; a breach in it is said and kept."""
    for (_, _, week), marks in _grouped(rows, lambda row: (row.what, row.state, row.day // WEEK)):
        first, speaking = marks[0], marks[0].speaking
        breaches = sum(row.breach == "breach" for row in marks)
        state = message(f"symptom-state.{first.state}") if first.state else None
        text = speaking.say(
            message("timeline.week-marks", n=len(marks), state=state, breaches=breaches or None)
        )
        yield replace(
            first,
            kind=first.what,
            what="week",
            time="",
            minute=None,
            **_days(week, axis),
            ongoing=False,
            approximate=False,
            breach="breach" if breaches else "",
            text=text,
            label=str(len(marks)),
            remark="",
            by="",
            places=tuple(place for row in marks for place in row.places),
        )
