"""The score panels of the wide timeline: one for each scale and place, morning and evening never joined.

A line joins two values only when they are of the same time of day on the same or the next day; anything else is a
gap and stays one. A range is drawn as a range, hatched: no middle is chosen. Weeks are drawn as their median within
their range.
"""

from __future__ import annotations

from collections.abc import Sequence

from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import LINE, PAIN, QUIET, STOP
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Hatch, Paint, SvgLine, SvgPath, SvgRect, SvgText
from assuage.report.timeline import look
from assuage.report.timeline.lanes import NAME_WIDTH, draw_folded, draw_heading
from assuage.report.timeline.panels import CourseLane, CoursePanel
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.sheet import Sheet
from assuage.report.timeline.symbols import value_symbol

# Ours: above this many marks in a panel they are small, and no number stands beside them.
MOST_NUMBERED, SMALL_MARK = 60, 2.0
FEW_EXPOSURES, MOST_CROSSING = 12, 24
EARLY = (4.0, 2.5)  # the dashes of the morning's line


def draw_scores(sheet: Sheet, panel: CoursePanel, exposures: Sequence[TimelineRow]) -> None:
    """A panel for each lane, and a line of each exposure through all of them."""
    weekly = any(row.what == "week" for lane in panel.lanes for row in lane.rows)
    draw_heading(sheet, sheet.say("timeline.panel-score-weekly" if weekly else "timeline.panel-score"))
    top = sheet.y
    for lane in panel.lanes:
        # A value or two are read from their numbers; they need no height to be compared in.
        tall = len({row.day for row in lane.rows}) > 2
        _Scores(sheet, lane, look.SCORE_TALL if tall else look.SCORE_LOW).draw()
    for row in crossing(exposures):
        if not sheet.scale.is_before(row):
            x = sheet.scale.at(row)
            paint = Paint(stroke=STOP, width=1.2, dash=(4, 3) if row.approximate else ())
            sheet.behind.append(SvgLine(x, top, x, sheet.y - 6, paint))
    draw_folded(sheet, panel.folded)


def crossing(rows: Sequence[TimelineRow]) -> list[TimelineRow]:
    """The exposures whose line crosses the scores: all when they are few, else breaches, none when those are many."""
    taken = [row for row in rows if row.what == "exposure"]
    if len(taken) > FEW_EXPOSURES:
        taken = [row for row in taken if row.breach]
    return taken if len(taken) <= MOST_CROSSING else []


def joined_values(in_lane: Sequence[TimelineRow]) -> list[list[TimelineRow]]:
    """Values of one time of day on days, or weeks, that follow each other; a range, and a gap, ends a run."""
    by_time: dict[str, list[TimelineRow]] = {}
    for row in in_lane:
        by_time.setdefault(row.time, []).append(row)
    joined: list[list[TimelineRow]] = []
    for series in by_time.values():
        run: list[TimelineRow] = []
        for row in series:
            low, high = middle_of(row)
            if run and (low != high or row.day - (run[-1].until or run[-1].day) > 1):
                joined.append(run)
                run = []
            if low == high:
                run.append(row)
        if run:
            joined.append(run)
    return joined


def middle_of(row: TimelineRow) -> tuple[float, float]:
    """The ends of what is known of a row's value: equal where it is one number."""
    return row.middle if row.middle is not None else (row.low or 0, row.high or 0)


class _Scores:
    """The panel of one scale and place."""

    def __init__(self, sheet: Sheet, lane: CourseLane, height: float) -> None:
        self.sheet, self.lane, self.height, self.scale = sheet, lane, height, sheet.scale
        self.low, self.high = lane.rows[0].scale_low, lane.rows[0].scale_high
        self.top = sheet.y + 8
        self.taken: list[tuple[float, float, float]] = []
        self.weeks = [row for row in lane.rows if row.what == "week"]
        self.values = [row for row in lane.rows if row.what != "week"]
        self.few = len(lane.rows) <= MOST_NUMBERED

    def up(self, value: float) -> float:
        """Where a value stands."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.top + self.height * (1 - share)

    def draw(self) -> None:
        """Name and frame, then ranges, lines, marks and numbers; the sheet goes on below."""
        sheet = self.sheet
        name = wrapped(self.lane.name, look.NAME, NAME_WIDTH - 22, most=3)
        sheet.column(name, look.EDGE, self.top, look.NAME)
        for value in (self.low, self.high):
            y = self.up(value)
            sheet.behind.append(SvgLine(sheet.left, y, sheet.right, y, Paint(stroke=LINE, width=0.8)))
            text = SvgText(sheet.left - 5, y + look.SMALL * 0.36, f"{value:g}", look.SMALL, QUIET, "end")
            sheet.draw(text)
        for row in self.weeks:
            self._week_range(row)
        runs = joined_values(self.lane.rows)
        for run in runs:
            self._line(run)
        for row in self.values:
            if row.low != row.high:
                self._range(row)
        for row in self.values:
            if row.low == row.high:
                size = 3.6 if self.few else SMALL_MARK
                sheet.draw(value_symbol(row, self.scale.at(row), self.up(row.low or 0), size))
        if self.few:
            self._numbers()
        below = self._names_of_lines(runs, self.top + len(name) * look.NAME * look.LEADING)
        sheet.y = max(self.top + self.height + 8, below + 4)

    def _range(self, row: TimelineRow) -> None:
        width = 8 if self.few else 3
        top, bottom = self.up(row.high or 0), self.up(row.low or 0)
        dash = (2.0, 1.5) if row.approximate else ()
        paint = Paint(Hatch(PAIN[-1]), PAIN[-1], 1.2, dash)
        self.sheet.draw(
            SvgRect(self.scale.at(row) - width / 2, top, width, max(bottom - top, 1), paint, row.sentence)
        )

    def _week_range(self, row: TimelineRow) -> None:
        """A week from its lowest to its highest value, and its median where that is a range itself."""
        begins, ends = self.scale.begins(row), self.scale.ends(row)
        top, bottom = self.up(row.high or 0), self.up(row.low or 0)
        band = SvgRect(begins, top - 0.5, ends - begins, bottom - top + 1, Paint(PAIN[0]), row.sentence)
        self.sheet.draw(band)
        low, high = middle_of(row)
        if low != high:
            shape = SvgRect(
                begins, self.up(high), ends - begins, self.up(low) - self.up(high), Paint(Hatch(PAIN[-1]))
            )
            self.sheet.draw(shape)

    def _line(self, run: Sequence[TimelineRow]) -> None:
        points = tuple((self.scale.at(row), self.up(middle_of(row)[0])) for row in run)
        weekly = run[0].what == "week"
        if len(points) == 1 and weekly:
            begins, ends = self.scale.begins(run[0]), self.scale.ends(run[0])
            points = ((begins, points[0][1]), (ends, points[0][1]))
        if len(points) > 1:
            dash = EARLY if run[0].time == "morning" else ()
            self.sheet.draw(SvgPath(points, Paint(stroke=PAIN[-1], width=1.6, dash=dash)))

    def _numbers(self) -> None:
        """The number to the right of its mark, unless it would lie on another mark or number."""
        rows = [row for row in self.values if row.low is not None and row.high is not None]
        marks = [(self.scale.at(row), self._middle(row)) for row in rows]
        times = len({row.time for row in rows}) > 1 and len(rows) <= 12
        for row, (x, y) in zip(rows, marks, strict=True):
            time = self.sheet.say(f"timeofday.{row.time}") if row.time and times else ""
            texts = dict.fromkeys((f"{row.label} {time}".strip(), row.label))
            widths = {text: drawn_width(text, look.SMALL) for text in texts}
            places = [(x + 8, text) for text in texts] + [(x - 8 - widths[text], text) for text in texts]
            for begins, text in places:
                ends = begins + widths[text]
                struck = any(begins - 5 < at < ends + 5 and abs(up - y) < 9 for at, up in marks)
                struck |= any(
                    low < ends and begins < high and abs(up - y) < 12 for low, high, up in self.taken
                )
                if not struck and self.sheet.left <= begins and ends < self.sheet.right:
                    self.taken.append((begins, ends, y))
                    self.sheet.beside(begins, y, text)
                    break

    def _middle(self, row: TimelineRow) -> float:
        return (self.up(row.low or 0) + self.up(row.high or 0)) / 2

    def _names_of_lines(self, runs: Sequence[Sequence[TimelineRow]], top: float) -> float:
        """Where several times of day have lines, a sample of each with its name under the name of the lane."""
        times = sorted({run[0].time for run in runs if len(run) > 1})
        if len(times) < 2:
            return top
        for time in times:
            text = self.sheet.say(f"timeofday.{time}") if time else self.sheet.say("key.no-time")
            y = top + look.SMALL * 0.6
            paint = Paint(stroke=PAIN[-1], width=1.6, dash=EARLY if time == "morning" else ())
            self.sheet.draw(SvgLine(look.EDGE, y, look.EDGE + 22, y, paint))
            self.sheet.beside(look.EDGE + 28, y, text)
            top += look.SMALL * look.LEADING
        return top
