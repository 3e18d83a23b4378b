"""The signs of the timeline. Shape says what it is, so that grey says the same; hollow means an inferred day."""

from __future__ import annotations

from assuage.report.look.figures import drawn_width
from assuage.report.look.tokens import DONE, GROUND, PAIN, QUIET, SESSION, STOP, TEXT, Token
from assuage.report.svg.shapes import Paint, Shape, SvgCircle, SvgGroup, SvgPath, SvgRect, SvgText
from assuage.report.timeline import look
from assuage.report.timeline.row import TimelineRow

_TRIANGLE_DOWN = ((-1.0, -0.85), (1.0, -0.85), (0.0, 0.95))
_TRIANGLE_UP = ((-1.0, 0.85), (1.0, 0.85), (0.0, -0.95))
_DIAMOND = ((0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0))
_PAGE = ((-0.8, -1.0), (0.8, -1.0), (0.8, 1.0), (-0.8, 1.0))
_CROSS = tuple(
    (x, y)
    for x, y in (
        *((-0.95, -0.5), (-0.5, -0.95), (0.0, -0.45), (0.5, -0.95), (0.95, -0.5), (0.45, 0.0)),
        *((0.95, 0.5), (0.5, 0.95), (0.0, 0.45), (-0.5, 0.95), (-0.95, 0.5), (-0.45, 0.0)),
    )
)
_STATES: dict[str, tuple[tuple[tuple[float, float], ...] | None, Token]] = {
    "present": (None, QUIET),
    "new": (_DIAMOND, STOP),
    "worse": (_TRIANGLE_UP, STOP),
    "better": (_TRIANGLE_DOWN, DONE),
    "resolved": (_CROSS, DONE),
    "absent": (_CROSS, DONE),
}


def outlined(tone: Token, approximate: bool, width: float = 1.4) -> Paint:
    """Filled for a stated day, hollow for an inferred one."""
    return Paint(GROUND if approximate else tone, tone, width)


def symbol_of(row: TimelineRow, x: float, y: float, size: float = 5) -> Shape:
    """The sign of a row that stands at a point, with its sentence."""
    match row.kind or row.what:
        case "exposure":
            return _polygon(_TRIANGLE_DOWN, row, STOP, x, y, size * 1.15)
        case "session" if row.label and row.what == "session" and size >= 5:
            return _disc(row, x, y, size / 5)
        case "session" | "intake":
            return SvgCircle(x, y, size * 0.9, outlined(SESSION, row.approximate), row.sentence)
        case "stop":
            return _polygon(_CROSS, row, TEXT, x, y, size * 1.1)
        case "note":
            return _polygon(_PAGE, row, QUIET, x, y, size)
        case "change" | "decision":
            return _polygon(_TRIANGLE_UP, row, TEXT, x, y, size)
        case _:
            points, tone = _STATES[row.state]
            if points is None:
                return SvgCircle(x, y, size * 0.9, outlined(tone, row.approximate), row.sentence)
            return _polygon(points, row, tone, x, y, size)


def _polygon(
    points: tuple[tuple[float, float], ...], row: TimelineRow, tone: Token, x: float, y: float, size: float
) -> Shape:
    moved = tuple((x + size * across, y + size * down) for across, down in points)
    return SvgPath(moved, outlined(tone, row.approximate), row.sentence, closed=True)


def _disc(row: TimelineRow, x: float, y: float, times: float) -> Shape:
    """A session with its number, so many times as large as on a wide sheet."""
    radius, size = look.DISC * times, look.SMALL * times
    if times == 1 and drawn_width(row.label, size, bold=True) >= 2 * radius - 3:
        size -= 2
    ink = SESSION if row.approximate else GROUND
    return SvgGroup(
        (
            SvgCircle(x, y, radius, outlined(SESSION, row.approximate)),
            SvgText(x, y + size * 0.36, row.label, size, ink, "middle", bold=True),
        ),
        row.sentence,
    )


def value_symbol(row: TimelineRow, x: float, y: float, size: float = 3.6) -> Shape:
    """The sign of a value by its time of day: a circle in the morning, a square in the evening, else a diamond."""
    paint = outlined(PAIN[-1], row.approximate, 1.2)
    match row.time:
        case "morning":
            return SvgCircle(x, y, size, paint, row.sentence)
        case "evening":
            return SvgRect(x - size, y - size, 2 * size, 2 * size, paint, row.sentence)
        case _:
            points = tuple((x + size * across, y + size * down) for across, down in _DIAMOND)
            return SvgPath(points, paint, row.sentence, closed=True)
