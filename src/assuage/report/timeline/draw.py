"""The layers a panel is made of. Each takes rows of plain values and gives an Altair layer on the shared axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assuage.report.timeline import look
from assuage.report.timeline.axis import Axis

Datum = Mapping[str, object]


def inline(data: Sequence[Datum]) -> Any:
    """The data of a layer, inside the specification."""
    import altair as alt

    return alt.Chart(alt.Data(values=[dict(datum) for datum in data]))


def across(axis: Axis, field: str = "x") -> Any:
    """The horizontal place of a mark: days, without an axis of its own."""
    import altair as alt

    scale = alt.Scale(domain=[round(end, 3) for end in axis.domain], nice=False, zero=False)
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def pixels(axis: Axis, days: float) -> float:
    """How wide a span of days is drawn."""
    left, right = axis.domain
    return days / (right - left) * look.WIDTH


def points(data: Sequence[Datum], axis: Axis, y: Any, size: float, **marked: Any) -> Any:
    """Symbols whose shape, fill and outline stand in the data; each says its sentence."""
    import altair as alt

    return (
        inline(data)
        .mark_point(size=size, opacity=1, **{"strokeWidth": 1.4, **marked})
        .encode(
            x=across(axis),
            y=y,
            shape=alt.Shape("shape:N", scale=None, legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
            stroke=alt.Stroke("stroke:N", scale=None, legend=None),
            description="says:N",
        )
    )


def texts(data: Sequence[Datum], axis: Axis, y: Any, size: float, **marked: Any) -> Any:
    """Words beside marks; they repeat what the marks say, so nothing reads them out twice."""
    import altair as alt

    return (
        inline(data)
        .mark_text(fontSize=size, aria=False, **marked)
        .encode(x=across(axis), y=y, text="text:N", color=alt.Color("ink:N", scale=None, legend=None))
    )


def bars(data: Sequence[Datum], axis: Axis, y: Any, **marked: Any) -> Any:
    """Bars from `x` to `x2`; each says its sentence."""
    import altair as alt

    return (
        inline(data)
        .mark_bar(**marked)
        .encode(
            x=across(axis),
            x2="x2:Q",
            y=y,
            color=alt.Color("fill:N", scale=None, legend=None),
            description="says:N",
        )
    )


def upright(data: Sequence[Datum], axis: Axis, **marked: Any) -> Any:
    """Lines over the whole height of a panel."""
    return inline(data).mark_rule(aria=False, **marked).encode(x=across(axis))


def outlined(colour: str, approximate: bool) -> dict[str, str]:
    """Filled for a stated day, hollow for an inferred one."""
    return {"fill": "white" if approximate else colour, "stroke": colour}
