"""The phone's strips: the scores side by side, low at the left, time downwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import LINE, PAIN, QUIET, STOP
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Hatch, Paint, Shape, SvgLine, SvgPath, SvgRect, SvgText
from assuage.report.timeline import look
from assuage.report.timeline.axis import Axis, CourseScale
from assuage.report.timeline.lanes import draw_folded, draw_heading
from assuage.report.timeline.panels import CourseLane, CoursePanel
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.scores import EARLY, SMALL_MARK, crossing, joined_values, middle_of
from assuage.report.timeline.sheet import Sheet
from assuage.report.timeline.symbols import value_symbol
from assuage.report.timeline.wide import tint_of

SCORE_HEIGHT = 300
ROW = look.PHONE_SMALL * look.LEADING


def phone_backdrop(sheet: Sheet, rows: Sequence[TimelineRow], scale: CourseScale, left: float) -> None:
    """Tints of phases and the days at the left edge; of dates the year where it is another than above."""
    stays = [row for row in rows if row.what == "stay"]
    tints = tint_of(stays)
    right = sheet.width - look.PHONE_EDGE
    for stay in stays:
        begins, ends = scale.begins(stay), scale.ends(stay)
        sheet.behind.append(SvgRect(left, begins, right - left, ends - begins, Paint(tints[stay.day])))
    before = ""
    for tick in scale.days.ticks(40):
        y = scale.days.at(tick.day)
        sheet.behind.append(SvgLine(left - 3, y, right, y, Paint(stroke=LINE, width=0.5)))
        year, _, rest = tick.text.partition("-") if scale.days.starts_on else ("", "", "")
        lines = (tick.text,) if not rest else (rest,) if year == before else (year, rest)
        before = year
        for n, line in enumerate(lines):
            baseline = y + look.PHONE_SMALL * 0.36 + n * ROW
            # A long number of a day reaches to the edge of the picture and not over it.
            end = max(left - 5, drawn_width(line, look.PHONE_SMALL))
            sheet.draw(SvgText(end, baseline, line, look.PHONE_SMALL, QUIET, "end"))


class ScoreStrips:
    """The scores as strips side by side, low at the left, with the exposures across all of them."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Sequence[TimelineRow],
        axis: Axis,
        starts_on: date | None,
        panel: CoursePanel,
    ) -> None:
        self.sheet, self.rows, self.panel = sheet, rows, panel
        self.axis, self.starts_on = axis, starts_on
        self.room = (sheet.width - look.PHONE_EDGE - sheet.left) / len(panel.lanes)

    def draw(self) -> None:
        """Names and scales on top, then the strips; the sheet goes on below."""
        sheet = self.sheet
        weekly = any(row.what == "week" for lane in self.panel.lanes for row in lane.rows)
        heading = sheet.say("timeline.panel-score-weekly" if weekly else "timeline.panel-score")
        for n, line in enumerate(
            wrapped(heading, look.PHONE_SMALL, sheet.width - 2 * look.PHONE_EDGE, bold=True)
        ):
            if n == 0:
                draw_heading(sheet, line)
            else:
                sheet.column((line,), look.PHONE_EDGE, sheet.y - 3, look.PHONE_SMALL, QUIET, bold=True)
                sheet.y += ROW
        names = [wrapped(lane.name, look.PHONE_SMALL, self.room - 12, most=4) for lane in self.panel.lanes]
        top = sheet.y + max(len(name) for name in names) * ROW + ROW + 6
        self.scale = self.axis.laid(top, top + SCORE_HEIGHT, self.starts_on)
        phone_backdrop(sheet, self.rows, self.scale, sheet.left)
        for row in crossing(self.rows):
            if not self.scale.is_before(row):
                y = self.scale.at(row)
                paint = Paint(stroke=STOP, width=1.2, dash=(4, 3) if row.approximate else ())
                sheet.behind.append(SvgLine(sheet.left, y, sheet.width - look.PHONE_EDGE, y, paint))
        for n, lane in enumerate(self.panel.lanes):
            begins = sheet.left + n * self.room + 6
            sheet.column(names[n], begins, sheet.y, look.PHONE_SMALL)
            self._strip(lane, begins, begins + self.room - 14, top)
        sheet.y = top + SCORE_HEIGHT + 8
        draw_folded(sheet, self.panel.folded)

    def _strip(self, lane: CourseLane, left: float, right: float, top: float) -> None:
        low, high = lane.rows[0].scale_low, lane.rows[0].scale_high
        bottom = top + SCORE_HEIGHT

        def across(value: float) -> float:
            return left + (right - left) * ((value - low) / (high - low) if high > low else 0.5)

        for value in (low, high):
            x = across(value)
            self.sheet.behind.append(SvgLine(x, top, x, bottom, Paint(stroke=LINE)))
            text = SvgText(
                x, top - 3, f"{value:g}", look.PHONE_SMALL, QUIET, "start" if value == low else "end"
            )
            self.sheet.draw(text)
        shapes: list[Shape] = []
        for row in lane.rows:
            begins, ends = across(row.low or 0), across(row.high or 0)
            if row.what == "week":
                y, until = self.scale.begins(row), self.scale.ends(row)
                shape = SvgRect(begins - 0.5, y, ends - begins + 1, until - y, Paint(PAIN[0]), row.sentence)
                shapes.append(shape)
            elif row.low != row.high:
                paint = Paint(Hatch(PAIN[-1]), PAIN[-1], 1.2, (2.0, 1.5) if row.approximate else ())
                shapes.append(SvgRect(begins, self.scale.at(row) - 4, ends - begins, 8, paint, row.sentence))
        runs = joined_values(lane.rows)
        for run in runs:
            points = tuple((across(middle_of(row)[0]), self.scale.at(row)) for row in run)
            if len(points) > 1:
                dash = EARLY if run[0].time == "morning" else ()
                shapes.append(SvgPath(points, Paint(stroke=PAIN[-1], width=1.6, dash=dash)))
        size = 3.4 if len(lane.rows) <= 40 else SMALL_MARK
        for row in lane.rows:
            if row.what != "week" and row.low == row.high:
                x, y = across(row.low or 0), self.scale.at(row)
                shapes.append(value_symbol(row, x, y, size))
                beside = x + 7 if x + 8 + drawn_width(row.label, look.PHONE_SMALL) < right + 6 else x - 7
                if len(lane.rows) <= 8:
                    anchor = "start" if beside > x else "end"
                    shapes.append(
                        SvgText(
                            beside, y + look.PHONE_SMALL * 0.36, row.label, look.PHONE_SMALL, QUIET, anchor
                        )
                    )
        self.sheet.draw(*shapes)
