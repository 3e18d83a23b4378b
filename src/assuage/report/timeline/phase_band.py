"""Phases: the named band on top, and their tints and edges behind every other panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assuage.report.timeline import look
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.sheet import Datum, Sheet, fits, outlined

HEIGHT = 34
SOLID, DASHED = [1, 0], [3, 3]


@dataclass(frozen=True)
class Backdrop:
    """What lies behind the marks of a panel: tints of phases, their edges, a faint line for each tick."""

    rows: Sequence[TimelineRow]
    sheet: Sheet

    def layers(self, crossing: Sequence[Datum] = ()) -> list[Any]:
        """The layers, the furthest back first; `crossing` are more lines over the whole height."""
        stays = [row for row in self.rows if row.what == "stay"]
        ticks = [{"x": tick, "ink": look.GRID, "dash": SOLID} for tick in self.sheet.axis.ticks]
        lines = [*ticks, *_edges(stays, self.sheet), *crossing]
        return [*([_tints(stays, self.sheet)] if stays else []), self.sheet.upright(lines)]


def _tint_of(stays: Sequence[TimelineRow]) -> dict[str, str]:
    """A tint for each phase, the same whenever it comes back."""
    phases = list(dict.fromkeys(stay.state for stay in stays))
    return {phase: look.BANDS[n % len(look.BANDS)] for n, phase in enumerate(phases)}


def _tints(stays: Sequence[TimelineRow], sheet: Sheet) -> Any:
    import altair as alt

    tints, axis = _tint_of(stays), sheet.axis
    data = [{"x": axis.begins(stay), "x2": axis.ends(stay), "fill": tints[stay.state]} for stay in stays]
    colour = alt.Color("fill", type="nominal", scale=None, legend=None)
    return sheet.chart(data).mark_rect(aria=False).encode(x=sheet.across(), x2=alt.X2("x2"), color=colour)


def _edges(stays: Sequence[TimelineRow], sheet: Sheet) -> list[Datum]:
    """Solid where the day is stated, dashed where it is inferred; the first phase has no edge to cross."""
    return [
        {"x": sheet.axis.begins(stay), "ink": look.QUIET, "dash": DASHED if stay.approximate else SOLID}
        for stay in stays[1:]
        if stay.day >= sheet.axis.first
    ]


def phase_panel(rows: Sequence[TimelineRow], sheet: Sheet) -> dict[str, Any]:
    """The band with each phase's name and how it was entered; decisions that moved nobody as marks."""
    import altair as alt

    axis = sheet.axis
    stays = [row for row in rows if row.what == "stay"]
    tints = _tint_of(stays)
    layers: list[Any] = []
    if stays:
        bands = [
            {"x": axis.begins(stay), "x2": axis.ends(stay), "fill": tints[stay.state], "says": stay.sentence}
            for stay in stays
        ]
        layers.append(sheet.bars(bands, alt.value(HEIGHT / 2), height=HEIGHT))
    if len(stays) > 1:
        layers.append(sheet.upright(_edges(stays, sheet)))
    names = [_word(stay, stay.label, look.TEXT + 1.5, sheet) for stay in stays]
    how = [
        _word(stay, f"{'≈ ' if stay.approximate else ''}{stay.remark}", look.TINY + 0.5, sheet)
        for stay in stays
    ]
    layers.append(sheet.texts(names, alt.value(12), look.TEXT + 1, align="left", dx=5, fontWeight="bold"))
    layers.append(sheet.texts(how, alt.value(26), look.TINY + 0.5, align="left", dx=5))
    decisions = [row for row in rows if row.what == "decision"]
    if decisions:
        marks = [
            {
                "x": axis.at(row),
                "shape": "wedge",
                **outlined(look.INK, row.approximate),
                "says": row.sentence,
            }
            for row in decisions
        ]
        layers.append(sheet.points(marks, alt.value(HEIGHT - 2), 44))
    return sheet.panel(layers, HEIGHT)


def _word(stay: TimelineRow, text: str, size: float, sheet: Sheet) -> Datum:
    begins = max(sheet.axis.begins(stay), sheet.axis.domain[0])
    width = sheet.pixels(sheet.axis.ends(stay) - begins) - 8
    return {"x": begins, "text": fits(text, size, width), "ink": look.BAND_NAMES}
