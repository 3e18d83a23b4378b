"""The lanes of the wide timeline: a line each for a gate, a drug, a therapy or a symptom, its name at the left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import DONE, GROUND, LINE, MEDICATION, QUIET, SESSION, STOP, Token
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Hatch, Paint, SvgCircle, SvgLine, SvgPath, SvgRect
from assuage.report.timeline import look
from assuage.report.timeline.labels import LabelWish, PlacedLabel, placed_labels
from assuage.report.timeline.panels import CourseLane, CoursePanel
from assuage.report.timeline.row import Panel, TimelineRow
from assuage.report.timeline.sheet import Sheet
from assuage.report.timeline.symbols import symbol_of

BAR_TONES: dict[str, Token] = {"medication": MEDICATION, "therapy": SESSION, "gate": DONE}
# Ours: where marks stand closer than these many pixels, they lose their numbers, then become strokes.
NUMBERED, SEPARATE = 2 * look.DISC - 1, 6
EXPOSED = 4.8  # the size of an exposure, which bears no number: the same in every lane
MOST_LINES = 3
NAME_WIDTH = look.LABELS - 14


def draw_lanes(sheet: Sheet, panel: CoursePanel) -> None:
    """The panel under its heading, and in one line what was left out of it."""
    draw_heading(sheet, sheet.say(f"timeline.panel-{panel.panel}"))
    for lane in panel.lanes:
        _Lane(sheet, panel.panel, lane).draw()
    draw_folded(sheet, panel.folded)
    sheet.y += 6


def draw_heading(sheet: Sheet, text: str) -> None:
    """The name of a panel at the left, over a thin line."""
    sheet.draw(
        SvgLine(sheet.edge, sheet.y, sheet.right, sheet.y, Paint(stroke=LINE)),
    )
    sheet.column((text,), sheet.edge, sheet.y + 3, sheet.small, QUIET, bold=True)
    sheet.y += sheet.small * look.LEADING + 4


def draw_folded(sheet: Sheet, folded: Sequence[str]) -> None:
    """How many lanes are not drawn, with as many of their names as two lines hold."""
    if not folded:
        return
    width = sheet.width - 2 * sheet.edge
    names = len(folded)
    while names:
        text = sheet.say(
            "timeline.folded", n=len(folded), names=tuple(folded[:names]), more=names < len(folded) or None
        )
        if len(wrapped(text, sheet.small, width)) <= 2 or names == 1:
            break
        names = names * 3 // 4
    else:
        return
    sheet.y += 2
    sheet.paragraph(text, sheet.small, most=2)
    sheet.y += 2


class _Lane:
    """One lane while it is drawn: its first line of marks, and under it what did not fit beside them."""

    def __init__(self, sheet: Sheet, panel: Panel, lane: CourseLane) -> None:
        self.sheet, self.panel, self.lane, self.scale = sheet, panel, lane, sheet.scale
        self.spans = [row for row in lane.rows if row.what in ("course", "open")]
        self.changes = [row for row in lane.rows if row.what == "change" and panel == "medication"]
        self.marks = [row for row in lane.rows if row not in self.spans and row not in self.changes]
        self.y = sheet.y + look.LANE / 2

    def draw(self) -> None:
        """Name, bars, marks, labels; then the sheet goes on below the lane."""
        name = wrapped(self.lane.name, look.NAME, NAME_WIDTH, most=MOST_LINES)
        top = self.y - look.NAME * 0.6
        self.sheet.column(name, look.EDGE, top, look.NAME)
        for row in self.spans:
            self._bar(row)
        lines = self._draw_marks()
        self.sheet.y += max(
            look.LANE * 0.5 + len(name) * look.NAME * look.LEADING - 3, look.LANE + lines * 13
        )

    # --- bars ---

    def _bar(self, row: TimelineRow) -> None:
        begins, ends = self.scale.begins(row), self.scale.ends(row)
        tone = BAR_TONES[self.panel]
        top = self.y - look.BAR / 2
        tip = min(look.BAR / 2, ends - begins) if row.ongoing else 0.0
        bottom, neck = top + look.BAR, ends - tip
        corners = ((begins, top), (neck, top), (ends, self.y), (neck, bottom), (begins, bottom))
        self.sheet.draw(SvgPath(corners, Paint(tone), row.sentence, closed=True))
        if row.begun_unknown and not self.scale.is_before(row):
            before = begins - self.sheet.left
            if before > 4:
                hatch = Paint(Hatch(tone), tone, 0.8)
                self.sheet.draw(SvgRect(self.sheet.left, top, before, look.BAR, hatch))
        self._inside(row, begins, ends - tip)
        if not row.ongoing:
            self._why_ended(row, ends)

    def _inside(self, row: TimelineRow, begins: float, ends: float) -> None:
        """The dose at the start of a bar and after each change; `≈` before a day that is inferred."""
        changes = [change for change in self.changes if row.day <= change.day <= (row.until or row.day)]
        for part, following in pairwise([row, *changes, None]):
            assert part is not None
            starts = begins if part is row else self.scale.begins(part)
            until = self.scale.begins(following) if following else ends
            if part is not row:
                edge = Paint(stroke=GROUND, width=2)
                top = self.y - look.BAR / 2
                self.sheet.draw(SvgLine(starts, top, starts, top + look.BAR, edge, part.sentence))
            text = f"≈ {part.label}" if part.approximate and part.label else part.label
            if text and self.sheet.fits(text, starts + 5, until - 3):
                self.sheet.beside(starts + 5, self.y, text, GROUND)

    def _why_ended(self, row: TimelineRow, ends: float) -> None:
        """Beside the end of a bar why it ended, where there is room."""
        later = [
            self.scale.begins(other)
            for other in self.lane.rows
            if other.day > row.day and other.what == "course"
        ]
        later += [self.scale.at(mark) - 8 for mark in self.marks]
        limit = min([start for start in later if start >= ends], default=self.sheet.right)
        text = f"≈ {row.remark}" if row.until_approximate and row.remark else row.remark
        if not text:
            return
        lines = wrapped(text, look.SMALL, limit - ends - 10)
        if len(lines) <= 2 and all(self.sheet.fits(line, ends + 6, limit) for line in lines):
            for n, line in enumerate(lines):
                self.sheet.beside(ends + 6, self.y + (n - (len(lines) - 1) / 2) * look.SMALL * 1.05, line)

    # --- marks ---

    def _draw_marks(self) -> int:
        """The marks with their labels; how many lines below the first they need."""
        if not self.marks:
            return 0
        gap = self._gap()
        weeks = [row for row in self.marks if row.what == "week"]
        single = [row for row in self.marks if row.what != "week"]
        for row in weeks:
            self._week(row)
        if gap < SEPARATE:
            for row in single:
                self._stroke(row)
            single = [row for row in single if row.breach]
        wishes = {id(wish): (row, wish) for row, wish in ((row, self._wish(row)) for row in single)}
        placed = placed_labels(
            [wish for _, wish in wishes.values()], look.SMALL, self.sheet.left, self.sheet.right, MOST_LINES
        )
        if self.panel == "symptom":
            self._states(single, placed)
        size = 5.2 if gap >= NUMBERED else 4.2 if gap >= SEPARATE else 3.4
        for row in single:
            drawn = EXPOSED if row.what == "exposure" and gap >= SEPARATE else size
            self.sheet.draw(symbol_of(row, self.scale.at(row), self.y, drawn))
        for label in placed:
            row, _ = wishes[id(label.wish)]
            tone = STOP if row.what in ("exposure", "flag") or row.breach else QUIET
            self.sheet.beside(label.x, self.y + label.line * 13, label.text, tone)
        return max((label.line for label in placed), default=0)

    def _gap(self) -> float:
        """The distance that most marks keep: the tenth part that is closest is left out of account."""
        places = [self.scale.at(row) for row in self.marks if row.what != "week"]
        gaps = sorted(b - a for a, b in pairwise(sorted(places)) if b > a)
        return gaps[len(gaps) // 10] if gaps else 99.0

    def _wish(self, row: TimelineRow) -> LabelWish:
        """What may stand beside a mark, from the full text to none."""
        day = self.sheet.say("timeline.day", day=row.day) if self.scale.is_before(row) else ""
        match row.what:
            case "exposure":
                full = ", ".join(part for part in (row.label, row.breach_in_words) if part)
                texts = (full, row.breach_in_words, "")
            case "session":
                texts = (row.remark, row.remark, "")
            case "intake":
                texts = (row.label, "", "")
            case "state":
                state = self.sheet.say(f"symptom-state.{row.state}")
                texts = (state, state, "")
            case "flag":
                texts = (row.text, row.text, "")
            case "note":
                texts = (row.label, "", "")
            case _:
                texts = (row.text, row.text, "")
        return LabelWish(
            self.scale.at(row), tuple(", ".join(part for part in (day, text) if part) for text in texts)
        )

    def _states(self, rows: Sequence[TimelineRow], placed: Sequence[PlacedLabel]) -> None:
        """The line of a symptom: from each statement to the next, and open where nobody said that it is gone."""
        in_line = [label for label in placed if label.line == 0]
        beside = {label.wish.x: label for label in in_line if label.x > label.wish.x}
        before = {label.wish.x: label for label in in_line if label.x < label.wish.x}
        for row, following in pairwise([*rows, None]):
            assert row is not None
            if row.state in ("resolved", "absent") or row.what != "state":
                continue
            x = self.scale.at(row)
            label = beside.get(x)
            begins = label.x + drawn_width(label.text, look.SMALL) + 4 if label else x + 8
            ends = self.scale.at(following) - 8 if following else self.scale.ends(row)
            if following and (left_of := before.get(self.scale.at(following))):
                ends = left_of.x - 4
            if ends - begins > 5:
                line = Paint(stroke=QUIET, width=1.6)
                self.sheet.draw(SvgLine(begins, self.y, ends - (1 if row.ongoing else 0), self.y, line))
            if row.ongoing:
                self.sheet.open_end(ends - 1, self.y, QUIET)
            elif not following and row.until is not None:
                self.sheet.draw(SvgCircle(ends, self.y, 2.6, Paint(GROUND, DONE, 1.4)))

    def _stroke(self, row: TimelineRow) -> None:
        x = self.scale.at(row)
        paint = Paint(stroke=STOP if row.what == "exposure" else QUIET, width=1.2)
        self.sheet.draw(SvgLine(x, self.y - 6, x, self.y + 6, paint, row.sentence))

    def _week(self, row: TimelineRow) -> None:
        """A week's marks as a bar, the higher the more days; a breach is a mark over it."""
        begins, ends = self.scale.begins(row), self.scale.ends(row)
        share = min(len(row.places) / 7, 1)
        tone = STOP if row.kind == "exposure" else SESSION if row.kind in ("session", "intake") else QUIET
        height = 3 + 11 * share
        gap = 0.6 if ends - begins > 3 else 0
        rect = SvgRect(
            begins, self.y + 7 - height, max(ends - begins - gap, 0.8), height, Paint(tone), row.sentence
        )
        self.sheet.draw(rect)
