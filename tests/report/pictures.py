"""Pictures taken apart for the tests: their texts with the room they take, their marks with their paint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from assuage.report.look.figures import drawn_width
from assuage.report.svg.shapes import Paint, Shape, SvgGroup, SvgPicture, SvgText


class Lettered(NamedTuple):
    """A text and the box it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def painted(shapes: Iterable[Shape]) -> Iterator[tuple[str, Paint]]:
    """The sentence of each mark with its paint; of a group, that of its first shape."""
    for shape in shapes:
        if isinstance(shape, SvgGroup):
            paints = [inner.paint for inner in shape.shapes if not isinstance(inner, SvgGroup | SvgText)]
            yield (shape.says, paints[0])
        elif not isinstance(shape, SvgText) and shape.says:
            yield (shape.says, shape.paint)


def lettering(shapes: Iterable[Shape]) -> Iterator[Lettered]:
    """Every text with its box: from the base line up to the height of a capital."""
    for shape in shapes:
        if isinstance(shape, SvgGroup):
            yield from lettering(shape.shapes)
        elif isinstance(shape, SvgText):
            width = drawn_width(shape.text, shape.size, bold=shape.bold)
            left = shape.x - {"start": 0, "middle": width / 2, "end": width}[shape.anchor]
            yield Lettered(shape.text, left, shape.y - shape.size * 0.7, left + width, shape.y)


def outside(picture: SvgPicture) -> list[str]:
    """The texts that reach over an edge of the picture."""
    return [
        each.text
        for each in lettering(picture.shapes)
        if each.left < 0 or each.top < 0 or each.right > picture.width + 0.5 or each.bottom > picture.height
    ]


def overlapping(picture: SvgPicture) -> list[tuple[str, str]]:
    """The pairs of texts of which one lies on the other."""
    return [
        (a.text, b.text)
        for a, b in combinations(lettering(picture.shapes), 2)
        if a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom
    ]
