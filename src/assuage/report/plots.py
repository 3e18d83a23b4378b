"""Parts that number plots are made of: a scale of numbers with its ticks, marks, and intervals; drawn as shapes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil, floor, log10

from msgspec import Struct

from assuage.catalogue.read import Catalogue
from assuage.report.look.tokens import FIGURE_SIZE, GROUND, LINE, QUIET, TEXT, Token
from assuage.report.svg.convert import png_of
from assuage.report.svg.lettering import wrapped
from assuage.report.svg.shapes import (
    Anchor,
    Paint,
    Shape,
    SvgCircle,
    SvgLine,
    SvgPath,
    SvgPicture,
    SvgText,
)
from assuage.report.svg.write import svg_text

SIZE, ROW = FIGURE_SIZE, 18  # of letters and from line to line, in pixels
WIDE, PHONE = 620, 276  # pixels: what a desk and a phone of 320 px have room for
STEPS = (1, 2, 5)  # of ticks, and ten times these


class NumberScale(Struct, frozen=True):
    """Numbers from `low` to `high`, laid from pixel `begins` to `ends`; downwards where `begins` is the larger."""

    low: float
    high: float
    begins: float
    ends: float

    def at(self, value: float) -> float:
        """The pixel of a number."""
        return self.begins + (value - self.low) / (self.high - self.low) * (self.ends - self.begins)

    def ticks(self, apart: float = 44) -> tuple[float, ...]:
        """Round numbers at least so many pixels apart."""
        least = apart * (self.high - self.low) / abs(self.ends - self.begins)
        power = 10.0 ** floor(log10(least))
        step = next(step * power for step in (*STEPS, 10) if step * power >= least * 0.999)
        return tuple(
            at * step for at in range(ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9) + 1)
        )


def written_number(value: float, speaking: Catalogue) -> str:
    """A number of an axis as its language writes it: as short as it can be."""
    return speaking.number(float(f"{value:.6g}"), exact=True)


def text(
    x: float, y: float, says: str, tone: Token = TEXT, anchor: Anchor = "start", *, bold: bool = False
) -> SvgText:
    """A line of text in the size that figures have."""
    return SvgText(x, y, says, SIZE, tone, anchor, bold)


def lines_of_text(x: float, y: float, says: str, width: float, *, bold: bool = False) -> list[SvgText]:
    """A text in as many lines as it needs, the first with its base line at y."""
    return [
        text(x, y + ROW * at, line, bold=bold)
        for at, line in enumerate(wrapped(says, SIZE, width, bold=bold))
    ]


def lying_axis(
    scale: NumberScale, top: float, bottom: float, named: str, speaking: Catalogue
) -> Iterator[Shape]:
    """Thin upright lines with their numbers below, and what is counted."""
    for value in scale.ticks():
        yield SvgLine(scale.at(value), top, scale.at(value), bottom, Paint(stroke=LINE))
        yield text(scale.at(value), bottom + ROW, written_number(value, speaking), QUIET, "middle")
    middle = (scale.begins + scale.ends) / 2
    yield text(middle, bottom + 2 * ROW + 2, named, QUIET, "middle")


def standing_axis(
    scale: NumberScale, left: float, right: float, ticks: Sequence[float], speaking: Catalogue
) -> Iterator[Shape]:
    """Thin lines across, each with its number at the left."""
    for value in ticks:
        yield SvgLine(left, scale.at(value), right, scale.at(value), Paint(stroke=LINE))
        yield text(left - 6, scale.at(value) + 4.5, written_number(value, speaking), QUIET, "end")


def dot(x: float, y: float, tone: Token, *, full: bool = True, radius: float = 5) -> Shape:
    """A dot, full or open."""
    return SvgCircle(x, y, radius, Paint(tone) if full else Paint(GROUND, tone, 1.6))


def triangle(x: float, y: float, tone: Token, half: float = 5.5) -> Shape:
    """A full triangle that points up: the sign of an exposure, and of what is worse."""
    return SvgPath(((x - half, y + half), (x, y - half), (x + half, y + half)), Paint(tone), closed=True)


def cross(x: float, y: float, tone: Token, half: float = 4.5) -> Iterator[Shape]:
    """A cross: nobody knows."""
    yield SvgLine(x - half, y - half, x + half, y + half, Paint(stroke=tone, width=1.6))
    yield SvgLine(x - half, y + half, x + half, y - half, Paint(stroke=tone, width=1.6))


def interval_shapes(
    scale: NumberScale, low: float, high: float, middle: float, y: float, tone: Token, *, dashed: bool
) -> Iterator[Shape]:
    """A line from low to high with its estimate as a dot; dashed, with an open dot, where it is less than it looks."""
    paint = Paint(stroke=tone, width=2.5, dash=(5, 4) if dashed else ())
    yield SvgLine(scale.at(low), y, scale.at(high), y, paint)
    yield dot(scale.at(middle), y, tone, full=not dashed, radius=4.5)


def picture_files(pictures: Iterable[SvgPicture]) -> Iterator[tuple[str, str | bytes]]:
    """Each picture twice, as SVG and as PNG of twice its size, by its file name."""
    for picture in pictures:
        drawn = svg_text(picture)
        yield f"{picture.name}.svg", drawn
        yield f"{picture.name}.png", png_of(drawn)
