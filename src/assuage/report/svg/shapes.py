"""What a picture is made of: lines, rectangles, circles, paths, texts, and groups of these. All are values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from assuage.report.look.tokens import GROUND, QUIET, TEXT, Token

Anchor = Literal["start", "middle", "end"]


class Hatch(Struct, frozen=True):
    """Stripes of `ink` on `ground`: the sign of what is not known, in colour and in grey."""

    ink: Token = QUIET
    ground: Token = GROUND


class Paint(Struct, frozen=True):
    """How a shape is filled and outlined; None leaves it empty. `width` and `dash` are pixels."""

    fill: Token | Hatch | None = None
    stroke: Token | None = None
    width: float = 1
    dash: tuple[float, ...] = ()


class SvgLine(Struct, frozen=True):
    """A straight line. `says` is its sentence for whoever hovers over it or has it read out; "" for decoration."""

    x1: float
    y1: float
    x2: float
    y2: float
    paint: Paint
    says: str = ""


class SvgRect(Struct, frozen=True):
    """An upright rectangle from its left upper corner."""

    x: float
    y: float
    width: float
    height: float
    paint: Paint
    says: str = ""
    corner: float = 0


class SvgCircle(Struct, frozen=True):
    """A circle about its middle."""

    x: float
    y: float
    radius: float
    paint: Paint
    says: str = ""


class SvgPath(Struct, frozen=True):
    """Straight lines through points, in order; `closed` goes back to the first."""

    points: tuple[tuple[float, float], ...]
    paint: Paint
    says: str = ""
    closed: bool = False


class SvgText(Struct, frozen=True):
    """One line of text; `y` is its base line. A Sentence keeps the language of each of its stretches."""

    x: float
    y: float
    text: str
    size: float
    tone: Token = TEXT
    anchor: Anchor = "start"
    bold: bool = False


class SvgGroup(Struct, frozen=True):
    """Shapes under one sentence; read out as one mark where it has one. `shift` moves all of them."""

    shapes: tuple[Shape, ...]
    says: str = ""
    shift: tuple[float, float] = (0, 0)


Shape = SvgLine | SvgRect | SvgCircle | SvgPath | SvgText | SvgGroup


class SvgPicture(Struct, frozen=True):
    """A whole picture. `name` begins the ids of its patterns, so that two on one page do not share them.

    `title` names it and `description` says in words what it shows; `language` is that of both.
    """

    name: str
    width: float
    height: float
    title: str
    description: str
    language: str
    shapes: Sequence[Shape]
