"""The timeline for a phone: time runs downwards, each lane is a column, and words stand beside them on their day.

Two parts share the days: what was done and what happened, then the scores as strips.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report.look.tokens import QUIET, SESSION, STOP, TEXT, Token
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import Hatch, Paint, SvgLine, SvgPath, SvgPicture, SvgRect, SvgText
from assuage.report.timeline import look
from assuage.report.timeline.axis import Axis
from assuage.report.timeline.lanes import BAR_TONES, draw_folded
from assuage.report.timeline.panels import CourseLane, CoursePanel, panels_of
from assuage.report.timeline.phone_scores import ROW, ScoreStrips, phone_backdrop
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.sheet import CourseHead, Sheet
from assuage.report.timeline.symbols import symbol_of, value_symbol
from assuage.report.timeline.wide import foot, silent_from

LEAST_HEIGHT, MOST_HEIGHT = 380, 1500
PER_DAY = 60  # pixels: a course of a few days does not stand in an empty page


def phone_picture(
    rows: Sequence[TimelineRow], axis: Axis, head: CourseHead, speaking: Catalogue, starts_on: date | None
) -> SvgPicture:
    """The picture of these rows, `look.PHONE` pixels wide."""
    days = look.PHONE_DATES if starts_on else look.PHONE_DAYS
    scale = axis.laid(look.PHONE_EDGE + days, look.PHONE - look.PHONE_EDGE)
    sheet = Sheet(look.PHONE, scale, speaking, edge=look.PHONE_EDGE, small=look.PHONE_SMALL)
    sheet.head(head)
    few = _lanes_of_few(rows)
    in_columns = [row for row in rows if row.lane not in few and row.what != "decision"]
    panels = panels_of(in_columns, look.MOST_COLUMNS)
    if rows:
        columns = [panel for panel in panels if panel.panel != "score"]
        in_words = [row for row in rows if row.panel != "score" or row.lane in few]
        _Course(sheet, in_words, axis, starts_on, columns).draw()
    else:
        sheet.paragraph(sheet.say("timeline.nothing"), look.NAME)
    for panel in panels:
        if panel.panel == "score":
            ScoreStrips(sheet, rows, axis, starts_on, panel).draw()
    silent = silent_from(rows, axis.last)
    if silent is not None:
        sheet.y += 4
        sheet.paragraph(sheet.say("timeline.silent", day=silent - 1), look.PHONE_SMALL)
    foot(sheet, rows, head.undrawn, rings=False)
    return SvgPicture(
        "timeline-phone",
        look.PHONE,
        sheet.y + look.PHONE_EDGE,
        head.title,
        head.summary,
        speaking.language,
        (*sheet.behind, *sheet.shapes),
    )


def _lanes_of_few(rows: Sequence[TimelineRow]) -> set[str]:
    """The lanes that need no column or strip of their own: a stop alone, a scale of two days at most."""
    lanes: dict[str, list[TimelineRow]] = {}
    for row in rows:
        lanes.setdefault(row.lane, []).append(row)
    return {
        name
        for name, of_lane in lanes.items()
        if all(row.what == "stop" for row in of_lane)
        or (all(row.what == "value" for row in of_lane) and len({row.day for row in of_lane}) <= 2)
    }


class _Word(Struct, frozen=True):
    """What stands beside the columns on a day: its rows, its lines, and how much it is worth keeping."""

    rows: tuple[TimelineRow, ...]
    y: float
    lines: tuple[str, ...]
    tone: Token
    bold: bool
    weight: int

    @property
    def height(self) -> float:
        return len(self.lines) * ROW + 3

    @property
    def says(self) -> str:
        """The sentences of its rows."""
        return "; ".join(row.sentence for row in self.rows)


class _Course:
    """Bars, sessions and exposures as columns, and everything that happened in words beside them."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Sequence[TimelineRow],
        axis: Axis,
        starts_on: date | None,
        panels: Sequence[CoursePanel],
    ) -> None:
        self.sheet, self.rows, self.axis, self.starts_on, self.panels = sheet, rows, axis, starts_on, panels
        self.left = sheet.left
        self.columns: list[tuple[CourseLane, float]] = []
        x = self.left + 4.0
        for panel in panels:
            for lane in panel.lanes:
                wide = (
                    look.DISCS
                    if any(row.what in ("session", "exposure") for row in lane.rows)
                    else look.COLUMN
                )
                self.columns.append((lane, x + wide / 2))
                x += wide
        self.words_at = x + 14
        self.width = sheet.width - look.PHONE_EDGE - self.words_at

    def draw(self) -> None:
        """Names over the columns, then the columns, then the words; the sheet goes on below."""
        top = self._names()
        words = self._words(0)
        needed = sum(word.height for word in words)
        least = min(LEAST_HEIGHT, PER_DAY * (self.axis.last + 1 - self.axis.first))
        least = least if self.columns else LEAST_HEIGHT / 4
        height = min(max(least, needed * 1.12), MOST_HEIGHT)
        self.scale = self.axis.laid(top, top + height, self.starts_on)
        phone_backdrop(self.sheet, self.rows, self.scale, self.left)
        for lane, x in self.columns:
            self._column(lane, x)
        bottom = self._write(self._words(top))
        self._phase_marks()
        self.sheet.y = max(top + height, bottom) + 8
        folded = [name for panel in self.panels for name in panel.folded]
        draw_folded(self.sheet, folded)

    def _names(self) -> float:
        """Each column's name on a line of its own, the first at the top, so that no line to a column crosses a name."""
        y = self.sheet.y
        ends: list[tuple[float, float]] = []
        for lane, x in self.columns:
            dose = next((row.label for row in lane.rows if row.what == "course"), "")
            lines = wrapped(
                f"{lane.name} {dose}".strip(),
                look.PHONE_SMALL,
                self.sheet.width - look.PHONE_EDGE - x - 6,
                most=2,
            )
            self.sheet.column(lines, x + 5, y, look.PHONE_SMALL)
            ends.append((x, y + look.PHONE_SMALL * 0.6))
            y += len(lines) * ROW
        y += 8 if self.columns else 0
        for x, begins in ends:
            corner = ((x + 3, begins), (x, begins), (x, y))
            self.sheet.draw(SvgPath(corner, Paint(stroke=QUIET, width=0.8)))
        return y

    # --- columns ---

    def _column(self, lane: CourseLane, x: float) -> None:
        for row in lane.rows:
            match row.what:
                case "course" | "open":
                    self._bar(row, x)
                case "change" if row.panel == "medication":
                    y = self.scale.begins(row)
                    paint = Paint(stroke=TEXT, width=2)
                    self.sheet.draw(SvgLine(x - 5, y, x + 5, y, paint, row.sentence))
                case "week":
                    self._week(row, x)
                case "session" | "exposure" | "intake" | "stop" | "change":
                    self.sheet.draw(symbol_of(row, x, self.scale.at(row), look.PHONE_SIGN))
                case _:
                    pass

    def _bar(self, row: TimelineRow, x: float) -> None:
        begins, ends = self.scale.begins(row), self.scale.ends(row)
        half, tip = 5.0, min(5.0, ends - begins) if row.ongoing else 0.0
        neck = ends - tip
        corners = ((x - half, begins), (x + half, begins), (x + half, neck), (x, ends), (x - half, neck))
        paint = Paint(BAR_TONES[row.panel])
        self.sheet.draw(SvgPath(corners, paint, row.sentence, closed=True))
        if row.begun_unknown and begins - self.scale.edge > 4:
            hatch = Paint(Hatch(BAR_TONES[row.panel]), BAR_TONES[row.panel], 0.8)
            self.sheet.draw(SvgRect(x - half, self.scale.edge, 2 * half, begins - self.scale.edge, hatch))

    def _week(self, row: TimelineRow, x: float) -> None:
        begins, ends = self.scale.begins(row), self.scale.ends(row)
        tone = STOP if row.kind == "exposure" else SESSION if row.kind in ("session", "intake") else QUIET
        width = 3 + 9 * min(len(row.places) / 7, 1)
        rect = SvgRect(x - 6, begins, width, max(ends - begins - 0.5, 0.8), Paint(tone), row.sentence)
        self.sheet.draw(rect)

    def _phase_marks(self) -> None:
        """Each stay as a thin strip at the left, with its sentence; hatched where nothing was recorded at the end."""
        for row in self.rows:
            if row.what == "stay":
                begins, ends = self.scale.begins(row), self.scale.ends(row)
                self.sheet.draw(SvgRect(self.left, begins, 2, ends - begins, Paint(QUIET), row.sentence))
        days = self.scale.days
        silent = silent_from(self.rows, days.last)
        if silent is not None:
            begins = days.at(silent)
            hatch = Paint(Hatch(), QUIET, 0.8)
            self.sheet.draw(SvgRect(self.left, begins, 5, days.ends - begins, hatch))

    # --- words ---

    def _words(self, top: float) -> list[_Word]:
        """What is said beside the columns, in the order of days; of too much what matters least is left out."""
        together: dict[tuple[object, ...], list[TimelineRow]] = {}
        for row in sorted(self.rows, key=_day_of_word):
            if _is_told(row) and self._belongs(row):
                together.setdefault(_told_with(row), []).append(row)
        words = [self._word(tuple(rows), top) for rows in together.values()]
        least = sorted((word.weight for word in words), reverse=True)[: look.MOST_WORDS][-1:]
        return [word for word in words if word.weight >= least[0]][: look.MOST_WORDS]

    def _belongs(self, row: TimelineRow) -> bool:
        """Whether its lane is drawn. What is in the table only has no words either, unless it is a breach."""
        drawn = {lane.name for lane, _ in self.columns}
        return (
            row.what not in ("exposure", "intake", "course", "change")
            or bool(row.breach)
            or row.lane in drawn
        )

    def _word(self, rows: tuple[TimelineRow, ...], top: float) -> _Word:
        """The words of a phase, an exposure, symptoms of one state, an end."""
        row = rows[0]
        tone, bold, weight = TEXT, False, 4
        lanes = self.sheet.speaking.value(tuple(dict.fromkeys(row.lane for row in rows)))
        match row.what:
            case "stay":
                text, bold, weight = row.label, True, 9
            case "exposure":
                text = ", ".join(part for part in (row.lane, row.label, row.breach_in_words) if part)
                tone, weight = STOP, 8 if row.breach else 6
            case "state":
                text = self.sheet.say(
                    "timeline.state-of", state=message(f"symptom-state.{row.state}"), lanes=lanes
                )
                weight = {"new": 7, "worse": 7, "present": 3}.get(row.state, 4)
            case "flag":
                text, tone, weight = row.text, STOP, 8
            case "note":
                text, tone, weight = f"{lanes}: {row.label}", QUIET, 2
            case "value":
                times = [self.sheet.say(f"timeofday.{row.time}") if row.time else "" for row in rows]
                values = [f"{row.label} {time}".strip() for row, time in zip(rows, times, strict=True)]
                text, weight = f"{lanes}: {', '.join(values)}", 5
            case "course":
                text, tone = f"{lanes}: {row.remark}", QUIET
            case _:
                text, tone, weight = f"{lanes}: {row.text}", QUIET, 5
        if row.what != "stay" and (row.until_approximate if row.what == "course" else row.approximate):
            text = f"≈ {text}"
        sign = 13 if self._has_sign(row) else 0
        lines = tuple(wrapped(text, look.PHONE_SMALL, self.width - sign, bold=bold, most=12))
        y = 0.0
        if top:
            y = self.scale.ends(row) if row.what == "course" else self.scale.at(row)
            y = self.scale.begins(row) + 6 if row.what == "stay" else y
        return _Word(rows, y, lines, tone, bold, weight)

    def _has_sign(self, row: TimelineRow) -> bool:
        """Whether its sign stands beside its words, because no column has it."""
        return row.what in ("state", "flag", "note", "value", "decision") or (
            row.what == "stop" and row.lane not in {lane.name for lane, _ in self.columns}
        )

    def _write(self, words: Sequence[_Word]) -> float:
        """Each word on its day, or as soon below it as there is room; where the last one ends."""
        places: list[float] = []
        free = self.scale.edge
        for word in words:
            free = max(word.y - ROW / 2, free)
            places.append(free)
            free += word.height
        # What was pushed over the end moves up again as far as there is room above it.
        limit = max(self.scale.days.ends, self.scale.edge + sum(word.height for word in words))
        for n in reversed(range(len(words))):
            places[n] = min(places[n], limit - words[n].height)
            limit = places[n]
        led: int | None = None
        for word, top in zip(words, places, strict=True):
            middle = top + ROW / 2
            row, sign = word.rows[0], 0.0
            day, _ = _day_of_word(row)
            # One line for a day: it leads to the first of its words, and the others stand below that.
            if row.what != "stay" and day != led:
                lead = (
                    (self.words_at - 14, word.y),
                    (self.words_at - 10, word.y),
                    (self.words_at - 3, middle),
                )
                self.sheet.draw(SvgPath(lead, Paint(stroke=QUIET, width=0.8)))
                led = day
            if self._has_sign(row):
                symbol = value_symbol if row.what == "value" else symbol_of
                shape = symbol(row, self.words_at + 5, middle, 4.2)
                self.sheet.draw(replace(shape, says=word.says) if not isinstance(shape, SvgText) else shape)
                sign = 13.0
            self.sheet.column(
                word.lines, self.words_at + sign, top + 1, look.PHONE_SMALL, word.tone, bold=word.bold
            )
        return max((top + word.height for word, top in zip(words, places, strict=True)), default=self.sheet.y)


def _is_told(row: TimelineRow) -> bool:
    """Whether a row stands in words beside the columns: what its column does not show well enough."""
    if row.what == "course":
        return bool(row.remark)
    return row.what in ("stay", "exposure", "state", "flag", "note", "value", "stop", "decision", "change")


def _day_of_word(row: TimelineRow) -> tuple[int, int]:
    """The day words stand on, a phase before what happened in it."""
    ended = row.what == "course" and row.until is not None
    return (row.until if ended and row.until is not None else row.day, 0 if row.what == "stay" else 1)


def _told_with(row: TimelineRow) -> tuple[object, ...]:
    """What stands in one line: symptoms of a day that are in one state, values of a day on one scale."""
    match row.what:
        case "state":
            return (row.day, row.what, row.state, row.approximate)
        case "value":
            return (row.day, row.what, row.lane)
        case _:
            return (row.day, row.what, row.lane, row.text)
