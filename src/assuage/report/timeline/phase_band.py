"""Phases: the named band on top, and their tints and edges behind every other panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assuage.report.timeline import draw, look
from assuage.report.timeline.axis import Axis
from assuage.report.timeline.row import Row

HEIGHT = 34


@dataclass(frozen=True)
class Backdrop:
    """What lies behind the marks of a panel: tints of phases, their edges, a faint line for each tick."""

    rows: Sequence[Row]
    axis: Axis

    def layers(self) -> list[Any]:
        """The layers, the furthest back first."""
        stays = [row for row in self.rows if row.what == "stay"]
        ticks = [{"x": tick} for tick in self.axis.ticks]
        found = [_tints(stays, self.axis)] if stays else []
        found.append(draw.upright(ticks, self.axis, stroke=look.GRID, strokeWidth=0.8))
        return [*found, *_edges(stays, self.axis)]


def _tint_of(stays: Sequence[Row]) -> dict[str, str]:
    """A tint for each phase, the same whenever it comes back."""
    phases = list(dict.fromkeys(stay.state for stay in stays))
    return {phase: look.BANDS[n % len(look.BANDS)] for n, phase in enumerate(phases)}


def _tints(stays: Sequence[Row], axis: Axis) -> Any:
    import altair as alt

    tints = _tint_of(stays)
    data = [{"x": axis.begins(stay), "x2": axis.ends(stay), "fill": tints[stay.state]} for stay in stays]
    return (
        draw.inline(data)
        .mark_rect(aria=False)
        .encode(x=draw.across(axis), x2="x2:Q", color=alt.Color("fill:N", scale=None, legend=None))
    )


def _edges(stays: Sequence[Row], axis: Axis) -> list[Any]:
    """Solid where the day is stated, dashed where it is inferred; the first phase has no edge to cross."""
    later = [stay for stay in stays[1:] if stay.day >= axis.first]
    found: list[Any] = []
    for approximate, dash in ((False, [1, 0]), (True, [3, 3])):
        data = [{"x": axis.begins(stay)} for stay in later if stay.approximate is approximate]
        if data:
            found.append(draw.upright(data, axis, stroke=look.QUIET, strokeWidth=1, strokeDash=dash))
    return found


def phase_panel(rows: Sequence[Row], axis: Axis) -> Any:
    """The band with each phase's name and how it was entered; decisions that moved nobody as marks."""
    import altair as alt

    stays = [row for row in rows if row.what == "stay"]
    tints = _tint_of(stays)
    bands = [
        {
            "x": axis.begins(stay),
            "x2": axis.ends(stay),
            "fill": tints[stay.state],
            "says": stay.sentence,
        }
        for stay in stays
    ]
    middle = alt.value(HEIGHT / 2)
    layers = [draw.bars(bands, axis, middle, height=HEIGHT)] if bands else []
    layers += _edges(stays, axis)
    for stay in stays:
        room = draw.pixels(axis, axis.ends(stay) - max(axis.begins(stay), axis.domain[0])) - 8
        about = "≈ " if stay.approximate else ""
        for text, y, size, weight in (
            (stay.label, 12, look.TEXT + 1, "bold"),
            (f"{about}{stay.remark}", 26, look.TINY + 0.5, "normal"),
        ):
            if room > 14:
                datum = [{"x": axis.begins(stay), "text": text, "ink": look.BAND_NAMES}]
                layers.append(
                    draw.texts(
                        datum, axis, alt.value(y), size, align="left", dx=5, fontWeight=weight, limit=room
                    )
                )
    decisions = [row for row in rows if row.what == "decision"]
    if decisions:
        marks = [
            {
                "x": axis.at(row),
                "shape": "wedge",
                **draw.outlined(look.INK, row.approximate),
                "says": row.sentence,
            }
            for row in decisions
        ]
        layers.append(draw.points(marks, axis, alt.value(HEIGHT - 2), 40))
    return alt.layer(*layers).properties(width=look.WIDTH, height=HEIGHT)
