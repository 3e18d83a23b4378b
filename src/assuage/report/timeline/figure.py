"""The timeline as one Altair specification: panels under each other on one time axis.

Literal colours stand in the data and every layer has the same axes: nested layers would otherwise share one
colour scale and lose their titles. Each mark carries the sentence of its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assuage.report.timeline import draw, look
from assuage.report.timeline.axis import Axis, axis_of
from assuage.report.timeline.key import key_panel
from assuage.report.timeline.lanes import lane_panels
from assuage.report.timeline.phase_band import Backdrop, phase_panel
from assuage.report.timeline.row import Row
from assuage.report.timeline.values import score_panels


def specification(
    rows: Sequence[Row], *, title: str, subtitle: Sequence[str], summary: str
) -> dict[str, Any]:
    """The Vega-Lite specification of the figure, with its data inside.

    `summary` is the sentence that stands for the picture where it cannot be seen.
    """
    import altair as alt

    axis = axis_of(rows)
    behind = Backdrop(rows, axis).layers
    panels: list[Any] = []
    phases = [row for row in rows if row.panel == "phase"]
    if phases:
        panels.append(phase_panel(phases, axis))
    panels += lane_panels(rows, axis, behind)
    panels += score_panels(rows, axis, behind)
    if not rows:
        panels.append(_nothing(axis))
    panels.append(_time_axis(axis))
    key = key_panel(rows, axis)
    if key is not None:
        panels.append(key)
    heading = alt.TitleParams(
        text=title,
        subtitle=list(subtitle),
        anchor="start",
        frame="bounds",
        fontSize=look.TITLE,
        color=look.INK,
        subtitleFontSize=look.SMALL + 0.5,
        subtitleColor=look.QUIET,
        subtitlePadding=4,
        subtitleLineHeight=14,
        offset=10,
    )
    figure = (
        alt.vconcat(*panels, spacing=look.BETWEEN_PANELS)
        .properties(
            title=heading,
            description=summary,
            background="white",
            padding={"left": 8, "right": 14, "top": 8, "bottom": 8},
        )
        .configure(font=look.FONT)
        .configure_view(stroke=None)
    )
    # Validating takes a tenth of a second; the tests do it, on the figures of many records.
    return figure.to_dict(validate=False)


def _time_axis(axis: Axis) -> Any:
    """The axis itself, once, under all panels."""
    import altair as alt

    scale = alt.Scale(domain=[round(end, 3) for end in axis.domain], nice=False, zero=False)
    shown = alt.Axis(
        title="Day (0 = start of the record)",
        titleFontSize=look.TEXT,
        titleColor=look.INK,
        titleFontWeight="normal",
        labelFontSize=look.SMALL,
        labelColor=look.INK,
        values=axis.ticks,
        format="d",
        grid=False,
        domainColor=look.FAINT,
        tickColor=look.FAINT,
        orient="bottom",
        offset=-4,
    )
    return (
        draw.inline([{"x": axis.first}])
        .mark_rule(opacity=0, aria=False)
        .encode(x=alt.X("x:Q", scale=scale, axis=shown))
        .properties(width=look.WIDTH, height=1)
    )


def _nothing(axis: Axis) -> Any:
    import altair as alt

    said = [{"x": axis.first, "text": "Nothing that could be drawn was recorded.", "ink": look.QUIET}]
    return draw.texts(said, axis, alt.value(16), look.TEXT, align="left").properties(
        width=look.WIDTH, height=32
    )
