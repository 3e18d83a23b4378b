"""The panels of lanes: gates, medication, therapy and symptoms, one line of the figure for each lane."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from assuage.report.timeline import look
from assuage.report.timeline.row import Panel, TimelineRow
from assuage.report.timeline.sheet import Datum, Sheet, fits, named, outlined

LANE_PANELS: tuple[Panel, ...] = ("gate", "medication", "therapy", "symptom")
BAR = 12

# Ours: where marks stand closer than this, in pixels, they lose their numbers, then become strokes.
NUMBERED, SEPARATE = 13, 5

Behind = Callable[[Sequence[Datum]], list[Any]]


def lane_panels(rows: Sequence[TimelineRow], sheet: Sheet, behind: Behind) -> Iterator[dict[str, Any]]:
    """A panel for each kind of lane that has a mark, in order."""
    for panel in LANE_PANELS:
        of_panel = [row for row in rows if row.panel == panel]
        if of_panel:
            yield _panel(panel, of_panel, sheet, behind(()))


def _panel(panel: Panel, rows: Sequence[TimelineRow], sheet: Sheet, behind: list[Any]) -> dict[str, Any]:
    import altair as alt

    lanes = list(dict.fromkeys(row.lane for row in rows))
    step = _step(panel, rows)
    numbered = {lane: f"lane {n}" for n, lane in enumerate(lanes)}
    # Lanes are told apart by number, so that two names which begin alike stay two lanes when they are cut.
    labels = {numbered[lane]: named(lane, look.TEXT, look.LABELS + 22) for lane in lanes}
    y = alt.Y(
        "lane",
        type="nominal",
        sort=None,
        scale=alt.Scale(domain=list(labels), paddingInner=0, paddingOuter=0),
        axis=alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            labelExpr=f"({_json(labels)})[datum.value]",
            labelFontSize=look.TEXT,
            labelColor=look.INK,
            labelLimit=look.LABELS + 30,
            labelPadding=8,
            labelOverlap=False,
            minExtent=look.LABELS,
            maxExtent=look.LABELS,
        ),
    )
    drawn = _Lanes(rows, sheet, y, numbered, step)
    layers = [*behind, *([drawn.guides()] if panel == "symptom" else []), *drawn.bars(), *drawn.marks()]
    return sheet.panel(layers, step * len(lanes), sheet.say(f"timeline.panel-{panel}"))


def _json(labels: dict[str, str]) -> str:
    import json

    return json.dumps(labels, ensure_ascii=False)


def _step(panel: Panel, rows: Sequence[TimelineRow]) -> int:
    if any(row.remark for row in rows if row.what == "session"):
        return look.LANE + 5
    return look.LANE - 4 if panel == "symptom" else look.LANE


_BAR_COLOUR: dict[Panel, str] = {"medication": look.DRUG, "therapy": look.PROGRAMME, "gate": look.GATE}


class _Lanes:
    """The layers of one panel of lanes."""

    def __init__(
        self, rows: Sequence[TimelineRow], sheet: Sheet, y: Any, lanes: dict[str, str], step: int
    ) -> None:
        self.rows, self.sheet, self.y, self.lanes, self.step = rows, sheet, y, lanes, step
        self.axis = sheet.axis
        self.spans = [row for row in rows if row.what in ("course", "open")]
        self.changes = [row for row in rows if row.what == "change" and row.panel == "medication"]

    def _datum(self, row: TimelineRow, x: float, **more: object) -> Datum:
        return {"lane": self.lanes[row.lane], "x": round(x, 3), **more}

    def guides(self) -> Any:
        """A dotted line along each lane, for the eye on its way from a mark to its name."""
        lanes = [{"lane": lane} for lane in self.lanes.values()]
        return (
            self.sheet.chart(lanes)
            .mark_rule(color=look.FAINT, strokeWidth=0.7, strokeDash=[1, 4], aria=False)
            .encode(y=self.y)
        )

    # --- bars ---

    def bars(self) -> Iterator[Any]:
        """Bars with their doses inside, an arrow where no end was recorded, why they ended beside them."""
        if not self.spans:
            return
        data = [
            self._datum(
                row,
                self.axis.begins(row),
                x2=round(self.axis.ends(row), 3),
                fill=_BAR_COLOUR[row.panel],
                says=row.sentence,
            )
            for row in self.spans
        ]
        yield self.sheet.bars(data, self.y, height=BAR)
        going_on = [row for row in self.spans if row.ongoing and row.what == "course"]
        if going_on:
            yield self.sheet.points([self._arrow(row) for row in going_on], self.y, 1, strokeWidth=0)
        if self.changes:
            ticks = [self._datum(row, self.axis.begins(row)) for row in self.changes]
            yield (
                self.sheet.chart(ticks)
                .mark_tick(thickness=2, color="white", size=BAR, aria=False, orient="vertical")
                .encode(x=self.sheet.across(), y=self.y)
            )
        inside = [*self._inside()]
        if inside:
            yield self.sheet.texts(inside, self.y, look.TINY + 0.5, align="left", dx=5)
        outside = [*self._why_ended()]
        if outside:
            yield self.sheet.texts(outside, self.y, look.TINY + 0.5, align="left", dx=7)

    def _arrow(self, row: TimelineRow) -> Datum:
        """A bar without a recorded end has a point: nobody wrote that it stopped."""
        colour = _BAR_COLOUR[row.panel]
        head = f"M0,-{BAR / 2}L7,0L0,{BAR / 2}Z"
        return self._datum(row, self.axis.ends(row), shape=head, fill=colour, stroke=colour, size=1, says="")

    def _inside(self) -> Iterator[Datum]:
        """The dose at the start of a bar and after each change, and `≈` at an end whose day is inferred."""
        for row in self.spans:
            changes = [change for change in self.changes if change.lane == row.lane and row.day <= change.day]
            changes = [change for change in changes if row.until is not None and change.day <= row.until]
            end = self.axis.ends(row)
            parts: list[TimelineRow] = [row, *changes]
            for part, following in pairwise([*parts, None]):
                assert part is not None
                begins = self.axis.begins(part)
                until = self.axis.begins(following) if following else end
                tail = 18 if row.until_approximate and following is None else 6
                label = f"{'≈ ' if part.approximate else ''}{part.label}".strip()
                text = fits(label, look.TINY + 0.5, self.sheet.pixels(until - begins) - tail)
                if text:
                    yield self._datum(part, begins, text=text, ink="white")
            if row.until_approximate and self.sheet.pixels(end - self.axis.begins(row)) > 32:
                yield self._datum(row, end - self.sheet.days(19), text="≈", ink="white")

    def _why_ended(self) -> Iterator[Datum]:
        """Beside the end of a bar why it ended, where nothing follows in its lane."""
        for row in self.spans:
            later = [other for other in self.rows if other.lane == row.lane and other.day > row.day]
            width = self.sheet.pixels(self.axis.domain[1] - self.axis.ends(row)) - 12
            if row.remark and not [change for change in later if change not in self.changes]:
                text = fits(row.remark, look.TINY + 0.5, width)
                yield self._datum(row, self.axis.ends(row), text=text, ink=look.QUIET)

    # --- marks ---

    def marks(self) -> Iterator[Any]:
        """Sessions, exposures and states: as large as their distance allows, strokes where they are many."""
        single = [row for row in self.rows if row not in self.spans and row not in self.changes]
        symbols: list[Datum] = []
        strokes: list[Datum] = []
        numbers: list[Datum] = []
        remarks: list[Datum] = []
        beside: list[Datum] = []
        for lane in dict.fromkeys(row.lane for row in single):
            in_lane = [row for row in single if row.lane == lane]
            gap = _gap(in_lane, self.sheet)
            if gap < SEPARATE:
                strokes += [self._stroke(row) for row in in_lane]
                in_lane = [row for row in in_lane if row.breach]
            for row in in_lane:
                if row.what == "session" and row.label and gap >= NUMBERED:
                    symbols.append(self._symbol(row, "circle", look.NEEDLE, 175))
                    ink = look.NEEDLE if row.approximate else "white"
                    numbers.append(self._datum(row, self.axis.at(row), text=row.label, ink=ink))
                    if row.remark:
                        remarks.append(self._datum(row, self.axis.at(row), text=row.remark, ink=look.NEEDLE))
                else:
                    symbols.append(self._mark(row, 46 if gap < 10 else 62))
            beside += self._beside(in_lane)
        if strokes:
            yield self._strokes(strokes)
        if symbols:
            yield self.sheet.points(symbols, self.y, 62)
        if numbers:
            yield self.sheet.texts(numbers, self.y, look.TINY + 0.5, fontWeight="bold")
        if remarks:
            yield self.sheet.texts(remarks, self.y, look.TINY, dy=self.step / 2 + 0.5, baseline="middle")
        if beside:
            yield self.sheet.texts(beside, self.y, look.TINY, align="left", dx=8, fontWeight="bold")

    def _symbol(self, row: TimelineRow, shape: str, colour: str, size: float) -> Datum:
        marked = outlined(colour, row.approximate)
        return self._datum(row, self.axis.at(row), shape=shape, size=size, says=row.sentence, **marked)

    def _mark(self, row: TimelineRow, size: float) -> Datum:
        match row.what:
            case "exposure":
                return self._symbol(row, "triangle-down", look.EXPOSURE, size)
            case "session":
                return self._symbol(row, "circle", look.NEEDLE, size)
            case "stop":
                return self._symbol(row, look.STOP, look.INK, size)
            case "change":
                return self._symbol(row, "circle", look.PROGRAMME, size)
            case _:
                if row.state in ("resolved", "absent"):
                    size *= 1.35  # a hollow cross needs room for its inside
                return self._symbol(row, look.STATE_SHAPES[row.state], look.STATE_COLOURS[row.state], size)

    def _stroke(self, row: TimelineRow) -> Datum:
        ink = self._mark(row, 1)["stroke"]
        return self._datum(
            row, round(self.axis.at(row), 2), ink=ink, dash=[2, 2] if row.approximate else [1, 0]
        )

    def _strokes(self, data: Sequence[Datum]) -> Any:
        import altair as alt

        return (
            self.sheet.chart(data)
            .mark_tick(thickness=1.1, size=BAR, aria=False, orient="vertical")
            .encode(
                x=self.sheet.across(),
                y=self.y,
                color=alt.Color("ink", type="nominal", scale=None, legend=None),
            )
        )

    def _beside(self, in_lane: Sequence[TimelineRow]) -> Iterator[Datum]:
        """To the right of a mark: its day where it lies before the axis, "breach" and how deep, where there is room."""
        for row, following in pairwise([*in_lane, None]):
            assert row is not None
            exposure = row.what == "exposure"
            breach = row.breach_in_words
            full = ", ".join(part for part in (row.label, breach) if part) if exposure else ""
            before = self.sheet.say("timeline.day", day=row.day)
            beside = before if row.day < self.axis.first else full
            end = self.axis.at(following) if following else self.axis.domain[1]
            width = self.sheet.pixels(end - self.axis.at(row)) - 12
            choices = (beside, breach, "!" if breach else "")
            text = next(
                (choice for choice in choices if choice and look.text_width(choice, look.TINY) < width - 5),
                "",
            )
            if text or row.breach:
                ink = look.EXPOSURE if exposure else look.QUIET
                yield self._datum(row, self.axis.at(row), text=text or "!", ink=ink)


def _gap(in_lane: Sequence[TimelineRow], sheet: Sheet) -> float:
    """The distance in pixels that most marks of a lane keep: the tenth part that is closest is left out of account."""
    gaps = sorted(sheet.pixels(b.day - a.day) for a, b in pairwise(in_lane) if b.day != a.day)
    return gaps[len(gaps) // 10] if gaps else 99.0
