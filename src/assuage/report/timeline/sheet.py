"""The sheet the timeline is drawn on: its time axis, its data, and the layers a panel is made of.

Each layer takes plain values and gives an Altair chart on the shared axis. Data are kept aside under names and
put into the specification once: Altair copies a chart whenever it is combined, and copying values is slow.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assuage.catalogue.message import message
from assuage.catalogue.read import Catalogue
from assuage.report.timeline import look
from assuage.report.timeline.axis import Axis
from assuage.words.speak import ENGLISH

Datum = Mapping[str, object]


@dataclass(frozen=True)
class Sheet:
    """An axis, and the data of everything drawn on it by name."""

    axis: Axis
    speaking: Catalogue = ENGLISH
    datasets: dict[str, list[Datum]] = field(default_factory=dict[str, "list[Datum]"])
    _named: dict[str, str] = field(default_factory=dict[str, str])

    def say(self, id: str, /, **values: object) -> str:  # noqa: A002 - the id of the sentence
        """The sentence of that id in the language of the figure."""
        return self.speaking.say(message(id, **values))

    def chart(self, data: Sequence[Datum]) -> Any:
        """An empty chart of these values."""
        import altair as alt

        content = json.dumps(data, sort_keys=True)
        name = self._named.setdefault(content, f"d{len(self._named)}")
        self.datasets[name] = list(data)
        return alt.Chart(alt.NamedData(name=name))

    def across(self) -> Any:
        """The horizontal place of a mark: days, without an axis of its own."""
        import altair as alt

        # No padding: bars would otherwise widen the axis of their panel, and theirs alone.
        ends = [round(end, 3) for end in self.axis.domain]
        return alt.X(
            "x",
            type="quantitative",
            scale=alt.Scale(domain=ends, nice=False, zero=False, padding=0),
            axis=None,
        )

    def points(self, data: Sequence[Datum], y: Any, size: float, **marked: Any) -> Any:
        """Symbols whose shape, fill and outline stand in the data; each says its sentence.

        A datum may have a `size` of its own.
        """
        import altair as alt

        encoded = [{"size": size, **datum} for datum in data]
        return (
            self.chart(encoded)
            .mark_point(opacity=1, **{"strokeWidth": 1.4, **marked})
            .encode(
                x=self.across(),
                y=y,
                shape=alt.Shape("shape", type="nominal", scale=None, legend=None),
                fill=alt.Fill("fill", type="nominal", scale=None, legend=None),
                stroke=alt.Stroke("stroke", type="nominal", scale=None, legend=None),
                size=alt.Size("size", type="quantitative", scale=None, legend=None),
                description=alt.Description("says", type="nominal"),
            )
        )

    def texts(self, data: Sequence[Datum], y: Any, size: float, **marked: Any) -> Any:
        """Words beside marks; they repeat what the marks say, so nothing reads them out twice."""
        import altair as alt

        return (
            self.chart(data)
            .mark_text(fontSize=size, aria=False, **marked)
            .encode(
                x=self.across(),
                y=y,
                text=alt.Text("text", type="nominal"),
                color=alt.Color("ink", type="nominal", scale=None, legend=None),
            )
        )

    def bars(self, data: Sequence[Datum], y: Any, **marked: Any) -> Any:
        """Bars from `x` to `x2`; each says its sentence."""
        import altair as alt

        return (
            self.chart(data)
            .mark_bar(**marked)
            .encode(
                x=self.across(),
                x2=alt.X2("x2"),
                y=y,
                color=alt.Color("fill", type="nominal", scale=None, legend=None),
                description=alt.Description("says", type="nominal"),
            )
        )

    def upright(self, data: Sequence[Datum]) -> Any:
        """Lines over the whole height of a panel; each has its colour and its dashes."""
        import altair as alt

        return (
            self.chart(data)
            .mark_rule(aria=False, strokeWidth=1)
            .encode(
                x=self.across(),
                color=alt.Color("ink", type="nominal", scale=None, legend=None),
                strokeDash=alt.StrokeDash("dash", type="nominal", scale=None, legend=None),
            )
        )

    def panel(self, layers: Sequence[Any], height: float, heading: str = "") -> dict[str, Any]:
        """The layers as one panel of the figure, under a small heading.

        Layers are put together as plain values: Altair's own `layer` and `vconcat` copy every part again and again.
        """
        drawn = [layer.to_dict(validate=False, context={"top_level": False}) for layer in layers]
        panel: dict[str, Any] = {"layer": drawn, "width": look.WIDTH, "height": height}
        if heading:
            panel["title"] = {
                "text": heading,
                "anchor": "start",
                "frame": "group",
                "fontSize": look.SMALL,
                "color": look.QUIET,
                "offset": 4,
            }
        return panel

    def pixels(self, days: float) -> float:
        """How wide a span of days is drawn."""
        left, right = self.axis.domain
        return days / (right - left) * look.WIDTH

    def days(self, pixels: float) -> float:
        """How many days lie in a width."""
        left, right = self.axis.domain
        return pixels / look.WIDTH * (right - left)


def fits(text: str, size: float, width: float) -> str:
    """The text, cut with "…" to fit into that many pixels; empty where nothing readable would be left."""
    most = int(width / look.text_width("n", size))
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rstrip()}…" if most >= 6 else ""


def named(text: str, size: float, width: float) -> str:
    """The name of a lane, cut in its middle: long names that begin alike often end differently."""
    most = int(width / look.text_width("n", size))
    if len(text) <= most:
        return text
    tail = most // 3
    return f"{text[: most - tail - 1].rstrip()}…{text[-tail:].lstrip()}"


def outlined(colour: str, approximate: bool) -> dict[str, str]:
    """Filled for a stated day, hollow for an inferred one."""
    return {"fill": "white" if approximate else colour, "stroke": colour}
