"""The timeline as one Altair specification: panels under each other on one time axis.

Literal colours stand in the data and every layer has the same axes: nested layers would otherwise share one
colour scale and lose their titles. Each mark carries the sentence of its row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assuage.catalogue.read import Catalogue
from assuage.report.timeline import look
from assuage.report.timeline.axis import axis_of
from assuage.report.timeline.key import key_panel
from assuage.report.timeline.lanes import lane_panels
from assuage.report.timeline.phase_band import Backdrop, phase_panel
from assuage.report.timeline.row import TimelineRow
from assuage.report.timeline.sheet import Sheet
from assuage.report.timeline.values import score_panels
from assuage.words.speak import ENGLISH


def specification(
    rows: Sequence[TimelineRow],
    *,
    title: str,
    subtitle: Sequence[str],
    summary: str,
    speaking: Catalogue = ENGLISH,
) -> dict[str, Any]:
    """The Vega-Lite specification of the figure, with its data inside.

    `summary` is the sentence that stands for the picture where it cannot be seen.
    """
    import altair as alt

    sheet = Sheet(axis_of(rows), speaking)
    behind = Backdrop(rows, sheet).layers
    panels: list[dict[str, Any]] = []
    phases = [row for row in rows if row.panel == "phase"]
    if phases:
        panels.append(phase_panel(phases, sheet))
    panels += lane_panels(rows, sheet, behind)
    panels += score_panels(rows, sheet, behind)
    if not rows:
        panels.append(_nothing(sheet))
    panels.append(_time_axis(sheet))
    key = key_panel(rows, sheet)
    if key is not None:
        panels.append(key)
    return {
        "$schema": alt.SCHEMA_URL,
        "description": summary,
        "title": {
            "text": title,
            "subtitle": list(subtitle),
            "anchor": "start",
            "frame": "bounds",
            "fontSize": look.TITLE,
            "color": look.INK,
            "subtitleFontSize": look.SMALL + 0.5,
            "subtitleColor": look.QUIET,
            "subtitlePadding": 4,
            "subtitleLineHeight": 14,
            "offset": 10,
        },
        "background": "white",
        "padding": {"left": 8, "right": 14, "top": 8, "bottom": 8},
        "spacing": look.BETWEEN_PANELS,
        "config": {"font": look.FONT, "view": {"stroke": None}},
        "vconcat": panels,
        "datasets": sheet.datasets,
    }


def _time_axis(sheet: Sheet) -> dict[str, Any]:
    """The axis itself, once, under all panels."""
    import altair as alt

    scale = alt.Scale(domain=[round(end, 3) for end in sheet.axis.domain], nice=False, zero=False, padding=0)
    shown = alt.Axis(
        title=sheet.say("timeline.axis"),
        titleFontSize=look.TEXT,
        titleColor=look.INK,
        titleFontWeight="normal",
        labelFontSize=look.SMALL,
        labelColor=look.INK,
        values=sheet.axis.ticks,
        format="d",
        grid=False,
        domainColor=look.FAINT,
        tickColor=look.FAINT,
        orient="bottom",
        offset=-4,
    )
    unseen = (
        sheet.chart([{"x": sheet.axis.first}])
        .mark_rule(opacity=0, aria=False)
        .encode(x=alt.X("x", type="quantitative", scale=scale, axis=shown))
    )
    return sheet.panel([unseen], 1)


def _nothing(sheet: Sheet) -> dict[str, Any]:
    import altair as alt

    nothing = [{"x": sheet.axis.first, "text": sheet.say("timeline.nothing"), "ink": look.QUIET}]
    return sheet.panel([sheet.texts(nothing, alt.value(16), look.TEXT, align="left")], 32)
